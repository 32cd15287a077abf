//! Where the trusted state is kept between runs: a port, and a store for tests.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;

/// A store that failed; the implementation logs the cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the trusted state cannot be {}", if *.writing { "saved" } else { "loaded" })]
pub struct StoreError {
    /// While saving, not while loading.
    pub writing: bool,
}

/// Keeps one small opaque record (at most 256 KiB), which must not be readable or writable by others: who can change it
/// can choose what this client trusts.
#[async_trait]
pub trait TrustStore: Send + Sync + 'static {
    /// The record last saved; `None` at first.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read; the client then does not start.
    async fn load(&self) -> Result<Option<Vec<u8>>, StoreError>;

    /// Replaces the record, durably.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    async fn save(&self, record: &[u8]) -> Result<(), StoreError>;
}

/// Forgets with the process: for tests.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Option<Vec<u8>>>);

#[async_trait]
impl TrustStore for MemoryStore {
    async fn load(&self) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    async fn save(&self, record: &[u8]) -> Result<(), StoreError> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(record.to_vec());
        Ok(())
    }
}
