//! Closing by itself when nobody is there.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::App;

/// Without a person for so long, the record closes. 5 minutes.
pub(crate) const IDLE_MS: i64 = 5 * 60 * 1000;
/// With work that a person began and may be waiting for. 1 hour.
const WORKING_MS: i64 = 60 * 60 * 1000;
/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(1);

impl App {
    /// A person did something. Nobody does at a window that is hidden, whatever its page asks for.
    pub(crate) fn touch(&self) {
        if !self.0.hidden.load(Ordering::Relaxed) {
            self.0.active.store(self.now(), Ordering::Relaxed);
        }
    }

    /// Closes the record when nobody did anything for five minutes, or when the clock went back by as much; an export, a
    /// rehearsal or a verification that a person began has an hour.
    pub(crate) async fn lock_when_idle(&self) {
        let (open, verifies) = {
            let open = self.0.open.read().await;
            (open.is_some(), open.as_ref().is_some_and(|o| o.verifying.runs()))
        };
        let limit = if verifies || self.works_for_person() { WORKING_MS } else { IDLE_MS };
        let idle = self.now().abs_diff(self.0.active.load(Ordering::Relaxed)) >= limit.unsigned_abs();
        if idle && open {
            tracing::info!("closing the record: nobody was here for five minutes");
            if let Err(failure) = self.lock().await {
                tracing::warn!(code = %failure.code, "the record was closed, but not everything was written back");
            }
        }
    }

    /// Looks at the clock once a second, as long as the application lives.
    pub(crate) fn watch_idleness(&self) {
        let weak = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            let mut tick = tokio::time::interval(TICK);
            tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                tick.tick().await;
                let Some(inner) = weak.upgrade() else { return };
                App(inner).lock_when_idle().await;
            }
        });
    }
}
