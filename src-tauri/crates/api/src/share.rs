//! The patient's permissions: who may see what until when.
//!
//! ```text
//! list_groups, check_code -> preview -> issue (passphrase, native confirmation) -> list, stop
//!                             |
//!                             '- keep_up: this gateway's enrolment, missing acknowledgements, new segments to the depots,
//!                                         proofs of where it stands, and whether its clinician is still confirmed;
//!                                         again under new keys, when the record has some
//! make_card -> a permission to a key on paper -> show_card -> print
//! reply: where each clinician can write back, and their signed notes -> list_replies, read_reply
//! get_emergency -> announcements and openings with a card -> review_emergency
//! ```

pub(crate) mod again;
mod attested;
mod card;
pub(crate) mod code;
pub(crate) mod condition;
mod draft;
pub(crate) mod emergency;
pub(crate) mod enrol;
pub(crate) mod freeze;
pub(crate) mod issue;
pub(crate) mod keep_up;
pub(crate) mod kept;
mod list;
pub(crate) mod looked;
pub(crate) mod minute;
mod preview;
pub(crate) mod qr;
pub(crate) mod recipient;
pub(crate) mod reply;
mod seen;
pub(crate) mod sentence;
pub(crate) mod upload;

use salus_sharing::issue::IssueError;
use salus_sharing::stop::StopError;
use salus_wire::Failure;
use tokio::sync::{Mutex, MutexGuard, Notify};

use crate::failure::Fail;

/// One at a time changes permissions; a person's command makes background work give way.
#[derive(Default)]
pub(crate) struct Turn {
    lock: Mutex<()>,
    wanted: Notify,
}

impl Turn {
    /// A person's turn.
    pub(crate) async fn take(&self) -> MutexGuard<'_, ()> {
        if let Ok(guard) = self.lock.try_lock() {
            return guard;
        }
        self.wanted.notify_one();
        self.lock.lock().await
    }

    /// Does background work, and drops it when a person wants the turn.
    pub(crate) async fn background(&self, work: impl Future<Output = ()>) {
        let _guard = self.lock.lock().await;
        tokio::select! {
            () = self.wanted.notified() => {}
            () = work => {}
        }
    }
}

impl Fail for IssueError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "the permission was not given");
        Failure::new(self.code())
    }
}

impl Fail for StopError {
    fn fail(self) -> Failure {
        tracing::debug!(error = %self, "the permission was not stopped");
        Failure::new(self.code())
    }
}
