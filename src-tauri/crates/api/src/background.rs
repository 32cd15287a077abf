//! Work that goes on while the record is open, and ends when it is closed.

use std::time::Duration;

use futures::future::BoxFuture;
use salus_wire::Failure;
use salus_wire::event::Event;
use tokio::time::{Interval, MissedTickBehavior};

use crate::App;
use crate::lock::Open;

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

/// One part of a round: dropped when a person wants the turn, and left for later when it takes longer than `patience`, so that one dead
/// member does not hold up the others. Tells pages `news` when it changed something; `what` it is stands in the log.
pub(crate) async fn part(
    app: &App,
    open: &Open,
    patience: Duration,
    news: Event,
    what: &str,
    work: BoxFuture<'_, Result<bool, Failure>>,
) {
    let work = async {
        match tokio::time::timeout(patience, work).await {
            Ok(Ok(true)) => app.tell(news),
            Ok(Ok(false)) => {}
            Ok(Err(failure)) => tracing::debug!(code = %failure.code, what, "it is done later"),
            Err(_) => tracing::debug!(what, "it takes too long and is done later"),
        }
    };
    open.sharing.background(work).await;
}
