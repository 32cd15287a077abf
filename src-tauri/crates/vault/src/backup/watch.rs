//! How far long work is, the word to stop it, and whether a thread is still at it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

use super::BackupError;

/// Shared between whoever does long work and whoever watches it.
#[derive(Clone)]
pub struct Watch {
    stop: Arc<AtomicBool>,
    tell: Arc<dyn Fn(u64, u64) + Send + Sync>,
    /// Heard by every thread that is at it.
    threads: watch::Sender<()>,
}

impl core::fmt::Debug for Watch {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Watch").field("stop", &self.stop).finish_non_exhaustive()
    }
}

impl Watch {
    /// `tell` hears how much is done and of how much, in octets; often, so it should be quick.
    #[must_use]
    pub fn new(tell: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        Self { stop: Arc::default(), tell: Arc::new(tell), threads: watch::Sender::new(()) }
    }

    /// Nobody watches.
    #[must_use]
    pub fn silent() -> Self {
        Self::new(|_, _| {})
    }

    /// For the part `n`, from 0, of `of` equal ones: what is told goes on where the part before ended.
    #[must_use]
    pub(crate) fn part(&self, n: u64, of: u64) -> Self {
        let tell = self.tell.clone();
        let tell = move |done: u64, total: u64| {
            tell(total.saturating_mul(n).saturating_add(done.min(total)), total.saturating_mul(of));
        };
        Self { stop: self.stop.clone(), tell: Arc::new(tell), threads: self.threads.clone() }
    }

    /// Stops the work at its next step.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Says that a thread is at it, for as long as the answer lives: a thread goes on to its next step when nobody waits for it any
    /// longer.
    #[must_use]
    pub fn at_work(&self) -> AtWork {
        AtWork { _heard: self.threads.subscribe() }
    }

    /// Waits until no thread is at it.
    pub async fn at_rest(&self) {
        self.threads.closed().await;
    }

    /// Stops the work when it is dropped: a future that is no longer wanted takes its thread with it.
    #[must_use]
    pub fn stop_on_drop(&self) -> StopOnDrop {
        StopOnDrop(self.clone())
    }

    /// Says how far it is.
    ///
    /// # Errors
    /// [`BackupError::Cancelled`] once it was stopped.
    pub fn step(&self, done: u64, total: u64) -> Result<(), BackupError> {
        if self.is_stopped() {
            return Err(BackupError::Cancelled);
        }
        (self.tell)(done, total);
        Ok(())
    }
}

/// A thread is at it.
#[derive(Debug)]
pub struct AtWork {
    _heard: watch::Receiver<()>,
}

/// Stops what it belongs to when it is dropped.
#[derive(Debug)]
pub struct StopOnDrop(Watch);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_rests_once_every_thread_of_every_part_is_done() {
        let watch = Watch::silent();
        watch.at_rest().await;
        let (one, other) = (watch.at_work(), watch.part(1, 2).at_work());
        let (done, waits) = std::sync::mpsc::channel();
        let rests = tokio::spawn({
            let watch = watch.clone();
            async move {
                watch.at_rest().await;
                done.send(()).unwrap();
            }
        });
        drop(one);
        tokio::task::yield_now().await;
        assert!(waits.try_recv().is_err(), "one is still at it");
        drop(other);
        rests.await.unwrap();
        assert_eq!(waits.try_recv(), Ok(()));
    }
}
