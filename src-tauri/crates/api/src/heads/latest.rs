//! Values that are kept by work that may overlap, each numbered when it was read.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Numbers that grow.
#[derive(Debug, Default)]
pub(super) struct Numbers(AtomicU64);

impl Numbers {
    pub(super) fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// What was kept last in one place, for each record: one is written at a time, and an earlier value not over a later one.
#[derive(Debug, Default)]
pub(super) struct Latest(Mutex<HashMap<[u8; 16], u64>>);

impl Latest {
    /// Does `work` unless a later value was kept already.
    pub(super) fn keep<T>(&self, record: &[u8; 16], order: u64, work: impl FnOnce() -> T) -> Option<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = kept.entry(*record).or_insert(0);
        if *last > order {
            return None;
        }
        *last = order;
        Some(work())
    }
}
