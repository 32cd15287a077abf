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
use tokio::sync::{Mutex, MutexGuard, watch};

use crate::failure::Fail;

/// One at a time changes permissions; a person's command makes background work give way.
#[derive(Default)]
pub(crate) struct Turn {
    lock: Mutex<()>,
    /// How many persons' commands wait for it.
    wanted: watch::Sender<usize>,
}

/// A person's command that waits, as long as this is there.
struct Waits<'a>(&'a watch::Sender<usize>);

impl<'a> Waits<'a> {
    fn new(wanted: &'a watch::Sender<usize>) -> Self {
        wanted.send_modify(|waiting| *waiting = waiting.saturating_add(1));
        Self(wanted)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|waiting| *waiting = waiting.saturating_sub(1));
    }
}

impl Turn {
    /// A person's turn.
    pub(crate) async fn take(&self) -> MutexGuard<'_, ()> {
        let _waits = Waits::new(&self.wanted);
        self.lock.lock().await
    }

    /// Does background work, and drops it when a person wants the turn. None begins while a person waits, also where it came first.
    pub(crate) async fn background(&self, work: impl Future<Output = ()>) {
        let _guard = self.lock.lock().await;
        tokio::select! {
            biased;
            () = self.is_wanted() => {}
            () = work => {}
        }
    }

    /// Ends once a person waits.
    async fn is_wanted(&self) {
        let mut wanted = self.wanted.subscribe();
        // It ends in no other way: whoever counts is in here.
        let _ = wanted.wait_for(|waiting| *waiting > 0).await;
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

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::pin::pin;

    use futures::poll;

    use super::*;

    #[tokio::test]
    async fn background_work_gives_way_to_a_person_also_where_it_came_first() {
        let turn = Turn::default();
        let mut works = pin!(turn.background(pending()));
        assert!(poll!(works.as_mut()).is_pending());
        let mut waits = pin!(turn.background(pending()));
        assert!(poll!(waits.as_mut()).is_pending());
        let mut person = pin!(turn.take());
        assert!(poll!(person.as_mut()).is_pending());
        assert!(poll!(works.as_mut()).is_ready());
        assert!(poll!(waits.as_mut()).is_ready());
        assert!(poll!(person.as_mut()).is_ready());
    }

    #[tokio::test]
    async fn who_waited_for_another_person_or_waits_no_more_drops_nothing_afterwards() {
        let turn = Turn::default();
        for waits_to_the_end in [true, false] {
            let first = turn.take().await;
            let mut second = Box::pin(turn.take());
            assert!(poll!(second.as_mut()).is_pending());
            drop(first);
            if waits_to_the_end {
                drop(second.await);
            } else {
                drop(second);
            }
            let mut done = false;
            turn.background(async { done = true }).await;
            assert!(done);
        }
    }
}
