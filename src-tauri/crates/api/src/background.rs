//! Work that goes on while the record is open, and ends when it is closed.

use std::time::Duration;

use tokio::time::{Interval, MissedTickBehavior};

use crate::App;

/// Runs `work` until it ends or the record is closed; not at all when it is closed already.
pub(crate) async fn spawn<W>(app: &App, work: impl FnOnce(App) -> W)
where
    W: Future<Output = ()> + Send + 'static,
{
    let Ok(open) = app.open().await else { return };
    let mut closing = open.closing.subscribe();
    drop(open);
    // On the heap: unlocking starts many of these one after the other, and each would stay part of it, and of its stack.
    let work = Box::pin(work(app.clone()));
    let task = async move {
        tokio::select! {
            biased;
            _ = closing.wait_for(|c| *c) => {}
            () = work => {}
        }
    };
    app.0.tasks.lock().await.spawn(task);
}

/// A beat at once and then every so often; a round that takes longer delays the next one.
pub(crate) fn every(period: Duration) -> Interval {
    let mut tick = tokio::time::interval(period);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tick
}
