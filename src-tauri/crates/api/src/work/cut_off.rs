//! Long work that the lock cuts off: said after the next unlocking, until it is begun again or put away. A backup that nobody asked
//! for is not said but taken up again at once.
//!
//! ```text
//! kept = JSON of `CutOff`, sealed when the record is locked; nothing while there is nothing to say
//! ```

use std::collections::BTreeSet;

use salus_vault::Vault;
use salus_vault::backup::Watch;
use salus_wire::Failure;
use salus_wire::command::{Command, ExportRecord, ForgetStopped, MakeBackup, RehearseBackup};
use salus_wire::event::Event;
use salus_wire::view::{AppView, StoppedWork};
use serde::{Deserialize, Serialize};

use crate::lock::Open;
use crate::namespace::WORK;
use crate::{App, Run};

const NAME: &[u8] = b"cut off";

/// What the lock cut off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CutOff {
    /// What a person had begun.
    asked: BTreeSet<StoppedWork>,
    /// A backup that nobody asked for.
    backup: bool,
}

impl CutOff {
    /// What is kept in a record; what does not open is not said.
    pub(crate) async fn of(vault: &Vault) -> Self {
        let kept = vault.cabinet().get(WORK, NAME).await.ok().flatten();
        kept.and_then(|octets| serde_json::from_slice(&octets).ok()).unwrap_or_default()
    }

    /// Keeps it, where something else is kept.
    pub(crate) async fn keep(&self, open: &Open) {
        if *self == open.cut_off {
            return;
        }
        let cabinet = open.vault.cabinet();
        let kept = match serde_json::to_vec(self) {
            Ok(_) if *self == Self::default() => cabinet.remove(WORK, NAME).await.map(|_| ()),
            Ok(octets) => cabinet.put(WORK, NAME, &octets).await,
            Err(_) => return,
        };
        if let Err(error) = kept {
            tracing::debug!(%error, "what the lock cut off is not kept");
        }
    }

    /// Adds work of this name.
    fn add(&mut self, name: &str, asked: bool) {
        match stopped(name) {
            Some(work) if asked => {
                self.asked.insert(work);
            }
            Some(StoppedWork::Backup) => self.backup = true,
            _ => {}
        }
    }
}

/// As it is said; `None` for what no lock ends.
fn stopped(name: &str) -> Option<StoppedWork> {
    match name {
        MakeBackup::NAME => Some(StoppedWork::Backup),
        RehearseBackup::NAME => Some(StoppedWork::Rehearsal),
        ExportRecord::NAME => Some(StoppedWork::Export),
        _ => None,
    }
}

impl Run for ForgetStopped {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        app.cut_off().asked.clear();
        Ok(app.view().await)
    }
}

impl App {
    /// What is cut off when the record is closed now, with what is said of earlier work; and how to wait for the threads that are at it.
    pub(crate) fn cut_off_now(&self, open: &Open) -> (CutOff, Option<Watch>) {
        let mut cut_off = self.cut_off().clone();
        if open.verifying.runs() {
            cut_off.asked.insert(StoppedWork::Verification);
        }
        let watch = self.work().as_ref().map(|work| {
            cut_off.add(work.name, work.asked);
            work.watch.clone()
        });
        (cut_off, watch)
    }

    /// What is said to have been stopped.
    pub(crate) fn stopped(&self) -> Vec<StoppedWork> {
        self.cut_off().asked.iter().copied().collect()
    }

    /// True once after the lock cut off a backup that nobody had asked for.
    pub(crate) fn takes_up_backup(&self) -> bool {
        core::mem::take(&mut self.cut_off().backup)
    }

    /// Work of this name begins: what was said of an earlier one is over.
    pub(super) fn begun(&self, name: &str) {
        if let Some(work) = stopped(name) {
            self.begins_again(work);
        }
    }

    /// The same of work that is said so.
    pub(crate) fn begins_again(&self, work: StoppedWork) {
        let was_said = self.cut_off().asked.remove(&work);
        if was_said {
            self.tell(Event::BackupsChanged);
        }
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::command::{GetApp, VerifyRecord};

    use super::*;
    use crate::testing::{Hands, NOON, patient, unlock};

    /// Locks while work of this name is under way, and tells what is said after the next unlocking.
    async fn locked_during(app: &App, name: &'static str) -> Vec<StoppedWork> {
        let running = app.begin(name).unwrap();
        app.lock().await.unwrap();
        drop(running);
        assert!(app.run(GetApp {}).await.unwrap().stopped.is_empty(), "nothing is said while it is locked");
        unlock(app).await.stopped
    }

    #[tokio::test]
    async fn what_a_person_began_is_said_until_it_is_begun_again_or_put_away() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        assert_eq!(unlock(&app).await.stopped, [], "nothing was cut off");
        assert_eq!(locked_during(&app, ExportRecord::NAME).await, [StoppedWork::Export]);
        let both = [StoppedWork::Rehearsal, StoppedWork::Export];
        assert_eq!(locked_during(&app, RehearseBackup::NAME).await, both);
        // Over a restart too, and it is not said again once it was begun.
        app.lock().await.unwrap();
        assert_eq!(unlock(&app).await.stopped, both);
        let mut events = app.subscribe();
        drop(app.begin(ExportRecord::NAME).unwrap());
        // The page hears of it, and asks again.
        while events.recv().await.unwrap() != Event::BackupsChanged {}
        assert_eq!(app.run(GetApp {}).await.unwrap().stopped, [StoppedWork::Rehearsal]);
        assert_eq!(app.run(ForgetStopped {}).await.unwrap().stopped, []);
        app.lock().await.unwrap();
        assert_eq!(unlock(&app).await.stopped, []);
        assert_eq!(CutOff::of(&app.open().await.unwrap().vault).await, CutOff::default());
        app.close().await.unwrap();
    }

    #[tokio::test]
    async fn what_a_lock_does_not_end_is_not_said() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        assert_eq!(locked_during(&app, "restore_backup").await, []);
        let running = app.begin_by_itself(MakeBackup::NAME).unwrap();
        app.run(VerifyRecord {}).await.unwrap();
        app.lock().await.unwrap();
        drop(running);
        assert_eq!(unlock(&app).await.stopped, [StoppedWork::Verification]);
        app.run(VerifyRecord {}).await.unwrap();
        assert_eq!(app.run(GetApp {}).await.unwrap().stopped, []);
        app.close().await.unwrap();
    }
}
