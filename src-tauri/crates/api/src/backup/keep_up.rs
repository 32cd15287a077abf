//! In the background, while the record is open: a backup a day, one after readings were deleted for ever, and one after other
//! guardians were named.
//!
//! One that is due is made in the next round that can: a disk that is away and other work that runs are waited for, and every
//! other failure is tried again after an hour. One that the lock cut off is taken up as soon as the record is opened.

use std::time::Duration;

use salus_vault::backup;
use salus_wire::command::{Command, MakeBackup};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use super::make;
use super::place::Place;
use super::rewrite::{Deletions, Parts};
use crate::failure::OrFail;
use crate::{App, background};

/// How often the clock is looked at.
const EACH: Duration = Duration::from_secs(30);
/// A backup is due so long after the newest. 24 hours.
const DAY_MS: i64 = 86_400_000;
/// After a failure that waiting alone does not mend, so long until the next attempt. 1 hour.
const AGAIN_MS: i64 = 3_600_000;

/// Starts the task; it ends when the record is closed.
pub(crate) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let mut tick = background::every(EACH);
    // Not at once: opening the record comes first.
    tick.tick().await;
    let mut failed = if app.takes_up_backup() { beat(&app, None).await } else { None };
    loop {
        tick.tick().await;
        failed = beat(&app, failed).await;
    }
}

/// When the last attempt failed, and why.
type Failed = Option<(UnixMillis, ErrorCode)>;

/// One round, unless it is too early for another attempt.
async fn beat(app: &App, failed: Failed) -> Failed {
    let now = app.now();
    if failed.is_some_and(|last| waits(last, now)) {
        return failed;
    }
    let code = round(app, now, failed).await.err()?.code;
    if failed.is_none_or(|(_, before)| before != code) {
        tracing::info!(%code, "no backup was made; it is tried again");
    }
    Some((now, code))
}

/// True when it is too early for another attempt. A disk that is not plugged in is looked for in every round, and so is the end
/// of other work.
fn waits((at, code): (UnixMillis, ErrorCode), now: UnixMillis) -> bool {
    !matches!(code, ErrorCode::TargetMissing | ErrorCode::Busy) && now.abs_diff(at) < AGAIN_MS.unsigned_abs()
}

async fn round(app: &App, now: UnixMillis, failed: Failed) -> Result<(), Failure> {
    let open = app.open().await?;
    if !open.vault.can_back_up().await.or_fail()? {
        return Err(ErrorCode::NoBackupKey.into());
    }
    let place = Place::of(app, &open.vault).await?;
    if failed.is_some_and(|(_, code)| code == ErrorCode::TargetMissing) {
        // Said already.
        place.ready()?;
    }
    let id = open.vault.record_id();
    let made = backup::list(&place.folder, id).unwrap_or_default();
    let deleted = Deletions::of(&open.vault).pending(&open.vault).await?;
    let entrusted = Parts::of(&open.vault).await?.pending(&open.vault).await?;
    if !is_due(made.iter().map(|b| b.at), now) && !deleted && !entrusted {
        return Ok(());
    }
    let running = app.begin_by_itself(MakeBackup::NAME)?;
    make(app, &open, &running).await
}

/// True unless one is of the last day. One of a later day does not count: then one of the two clocks was wrong.
fn is_due(mut made: impl Iterator<Item = UnixMillis>, now: UnixMillis) -> bool {
    !made.any(|at| (now - DAY_MS + 1..=now).contains(&at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_after_the_newest_or_without_any() {
        let due = |made: &[UnixMillis], now| is_due(made.iter().copied(), now);
        assert!(due(&[], 0));
        assert!(!due(&[0], DAY_MS - 1));
        assert!(due(&[0], DAY_MS));
        assert!(due(&[400 * DAY_MS], DAY_MS), "a clock that went back does not stop them");
        assert!(!due(&[400 * DAY_MS, DAY_MS], DAY_MS), "nor does it make one in every round");
    }

    #[test]
    fn an_hour_after_a_failure_but_at_once_when_the_disk_is_there_again() {
        assert!(waits((0, ErrorCode::DiskFull), AGAIN_MS - 1));
        assert!(!waits((0, ErrorCode::DiskFull), AGAIN_MS));
        assert!(!waits((0, ErrorCode::TargetMissing), 1));
    }

    #[tokio::test]
    async fn other_work_is_waited_for_and_no_longer() {
        use crate::testing::{Hands, NOON, patient, weigh};
        use salus_wire::command::GetBackups;

        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        weigh(&app, NOON).await.unwrap();
        let other = app.begin("export_record").unwrap();
        let failed = beat(&app, None).await;
        assert_eq!(failed, Some((NOON, ErrorCode::Busy)));
        let view = app.run(GetBackups {}).await.unwrap();
        assert_eq!((view.backups.len(), view.failure), (0, None), "it is no failure");
        drop(other);
        clock.set(NOON + 30_000);
        assert_eq!(beat(&app, failed).await, None);
        assert_eq!(app.run(GetBackups {}).await.unwrap().backups.len(), 1);
        app.close().await.unwrap();
    }

    #[tokio::test]
    async fn one_that_the_lock_cut_off_is_taken_up_when_the_record_is_opened() {
        use crate::testing::{Hands, NOON, patient, unlock, weigh};
        use crate::work::CutOff;
        use salus_wire::command::GetBackups;
        use salus_wire::event::Event;

        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        weigh(&app, NOON).await.unwrap();
        // As far as the lock finds it: begun, and nothing has its name yet.
        let running = app.begin_by_itself(MakeBackup::NAME).unwrap();
        app.lock().await.unwrap();
        drop(running);
        let mut events = app.subscribe();
        assert!(unlock(&app).await.stopped.is_empty(), "nobody asked for it, and nobody has to do anything");
        let made = async { while events.recv().await.unwrap() != Event::BackupsChanged {} };
        tokio::time::timeout(EACH / 2, made).await.expect("it is not waited for the next round");
        assert_eq!(app.run(GetBackups {}).await.unwrap().backups.len(), 1);
        // Done: the next unlocking has nothing to take up.
        app.lock().await.unwrap();
        unlock(&app).await;
        assert_eq!(app.open().await.unwrap().cut_off, CutOff::default());
        app.close().await.unwrap();
    }

    /// What the task does in each of its rounds, without its clock.
    #[tokio::test]
    async fn a_day_makes_one_backup_by_itself_and_three_months_ask_for_a_test() {
        use crate::testing::{Hands, NOON, patient, unlock, weigh};
        use salus_wire::command::GetBackups;

        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        weigh(&app, NOON).await.unwrap();
        let made = async |now| {
            clock.set(now);
            // A clock that jumps closes the record, at whichever moment it is looked at.
            loop {
                unlock(&app).await;
                match (round(&app, now, None).await, app.run(GetBackups {}).await) {
                    (Ok(()), Ok(view)) => return view,
                    (Err(f), _) | (_, Err(f)) => assert_eq!(f.code, ErrorCode::Locked),
                }
            }
        };
        assert_eq!(made(NOON).await.backups.len(), 1);
        assert_eq!(made(NOON + DAY_MS - 1).await.backups.len(), 1);
        assert_eq!(made(NOON + DAY_MS).await.backups.len(), 2);
        // The clock goes back a year, and forward again: one more, and not one in every round.
        let back = NOON - 365 * DAY_MS;
        assert_eq!(made(back).await.backups.len(), 3);
        assert_eq!(made(back + 60_000).await.backups.len(), 3);
        let view = made(NOON + 2 * DAY_MS).await;
        assert!(!view.rehearsal_due || view.backups.iter().any(|b| b.at == back));
        assert!(made(NOON + 91 * DAY_MS).await.rehearsal_due);
        app.close().await.unwrap();
    }
}
