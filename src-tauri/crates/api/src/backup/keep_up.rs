//! In the background, while the record is open: a backup a day.

use std::time::Duration;

use salus_vault::backup;
use salus_wire::command::{Command, MakeBackup};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use super::make;
use super::place::Place;
use crate::App;
use crate::failure::OrFail;

/// How often the clock is looked at.
const EACH: Duration = Duration::from_secs(30);
/// A backup is due so long after the newest. 24 hours.
const DAY_MS: i64 = 86_400_000;
/// After a failure, so long until the next attempt. 1 hour.
const AGAIN_MS: i64 = 3_600_000;

/// Starts the task; it ends when the record is closed.
pub(crate) async fn start(app: &App) {
    let Ok(open) = app.open().await else { return };
    let mut closing = open.closing.subscribe();
    drop(open);
    let app_in_task = app.clone();
    let task = async move {
        let work = rounds(&app_in_task);
        tokio::select! {
            _ = closing.wait_for(|c| *c) => {}
            () = work => {}
        }
    };
    app.0.tasks.lock().await.spawn(task);
}

async fn rounds(app: &App) {
    // Not at once: opening the record comes first.
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + EACH, EACH);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut failed = None;
    loop {
        tick.tick().await;
        let now = app.now();
        if failed.is_some_and(|at: UnixMillis| now.abs_diff(at) < AGAIN_MS.unsigned_abs()) {
            continue;
        }
        failed = match round(app, now).await {
            Ok(()) => None,
            Err(failure) => {
                tracing::info!(code = %failure.code, "no backup was made; it is tried again in an hour");
                Some(now)
            }
        };
    }
}

async fn round(app: &App, now: UnixMillis) -> Result<(), Failure> {
    let open = app.open().await?;
    if !open.vault.can_back_up().await.or_fail()? {
        return Err(ErrorCode::NoBackupKey.into());
    }
    let place = Place::of(app, &open.vault).await?;
    let id = open.vault.record_id();
    let newest = backup::list(&place.folder, id).ok().and_then(|all| all.first().map(|b| b.at));
    if !is_due(newest, now) {
        return Ok(());
    }
    let running = app.begin(MakeBackup::NAME)?;
    make(app, &open, &running).await
}

/// True a day after the newest, and also when the newest is of a later day: then one of the two clocks was wrong.
fn is_due(newest: Option<UnixMillis>, now: UnixMillis) -> bool {
    newest.is_none_or(|newest| now.abs_diff(newest) >= DAY_MS.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_after_the_newest_or_without_any() {
        assert!(is_due(None, 0));
        assert!(!is_due(Some(0), DAY_MS - 1));
        assert!(is_due(Some(0), DAY_MS));
        assert!(is_due(Some(400 * DAY_MS), DAY_MS), "a clock that went back does not stop them");
    }
}
