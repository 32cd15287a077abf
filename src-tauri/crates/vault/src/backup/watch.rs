//! How far long work is, and the word to stop it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::BackupError;

/// Shared between whoever does long work and whoever watches it.
#[derive(Clone)]
pub struct Watch {
    stop: Arc<AtomicBool>,
    tell: Arc<dyn Fn(u64, u64) + Send + Sync>,
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
        Self { stop: Arc::default(), tell: Arc::new(tell) }
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
        Self { stop: self.stop.clone(), tell: Arc::new(tell) }
    }

    /// Stops the work at its next step.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
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
        if self.stop.load(Ordering::Relaxed) {
            return Err(BackupError::Cancelled);
        }
        (self.tell)(done, total);
        Ok(())
    }
}

/// Stops what it belongs to when it is dropped.
#[derive(Debug)]
pub struct StopOnDrop(Watch);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stop();
    }
}
