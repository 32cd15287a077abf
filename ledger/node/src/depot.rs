//! The depot: sealed octets for anybody, by content, against work, for a time.
//!
//! The depot learns padded sizes, equality of locators and when something may go. It keeps a blob until the time its writer
//! named, which is the permission's end, and the grace of the configuration after it. Its clock must not run ahead of the
//! chain (`present::Earlier`): what is collected is gone.

mod store;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use salus_chain::codec::Record;
use salus_chain::genesis::Genesis;
use salus_chain::ids::{ChainId, Hash32};
use salus_chain::time::{Clock, UnixMillis};
use salus_keeper::depot::{
    DepotPow, DepotRefused, DepotReply, DepotRequest, DepotTerms, InboxPut, MAX_BLOB_BYTES, MAX_FOUND, Put,
};
use salus_light::p2p::Fault;

use crate::config;
pub use store::{Store, StoreError};

const DAY_MS: i64 = 86_400_000;

/// How often what is past its time is looked for.
const COLLECT: Duration = Duration::from_secs(600);

/// The depot's handle; cheap to clone.
#[derive(Clone)]
pub struct Depot(Arc<Inner>);

struct Inner {
    store: Store,
    chain_id: ChainId,
    clock: Arc<dyn Clock>,
    pow_bits: u8,
    max_bytes: u64,
    max_blob_bytes: u32,
    grace_ms: i64,
    max_keep_ms: i64,
}

impl Depot {
    /// Opens the depot in a local directory.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open(
        directory: &Path,
        limits: &config::Depot,
        genesis: &Genesis,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, StoreError> {
        let largest = u32::try_from(MAX_BLOB_BYTES).unwrap_or(u32::MAX);
        let max_blob_bytes = u32::try_from(limits.max_blob_bytes).unwrap_or(u32::MAX).min(largest);
        let store = Store::open(directory, limits.max_bytes, max_blob_bytes.into()).await?;
        Ok(Self(Arc::new(Inner {
            store,
            chain_id: genesis.chain_id(),
            clock,
            pow_bits: limits.pow_bits,
            max_bytes: limits.max_bytes,
            max_blob_bytes,
            grace_ms: i64::from(limits.grace_days) * DAY_MS,
            max_keep_ms: genesis.params.max_grant_ms,
        })))
    }

    /// Octets that are kept.
    pub async fn used(&self) -> u64 {
        self.0.store.used().await
    }

    /// Removes what is past its time, again and again; ends when dropped.
    pub async fn collect(self) {
        let mut tick = tokio::time::interval(COLLECT);
        loop {
            tick.tick().await;
            match self.0.store.collect(self.0.clock.now()).await {
                Ok(0) => {}
                Ok(removed) => tracing::info!(removed, "the depot removed what was past its time"),
                Err(error) => tracing::warn!(%error, "the depot could not remove what is past its time"),
            }
        }
    }

    /// Answers one encoded request with one encoded reply.
    ///
    /// # Errors
    /// [`Fault::Malformed`] when it does not decode.
    pub async fn answer(&self, body: &[u8]) -> Result<Vec<u8>, Fault> {
        let request = DepotRequest::decode(body).map_err(|_| Fault::Malformed)?;
        let reply = match request {
            DepotRequest::Put(put) => self.put(*put).await,
            DepotRequest::Get(hash) => self.get(&hash).await,
            DepotRequest::Find(locator) => Ok(DepotReply::Hashes(self.0.store.find(&locator).await?)),
            DepotRequest::FindMany(locators) => self.find_many(&locators).await,
            DepotRequest::InboxPut(put) => self.put_pointer(put).await,
            DepotRequest::InboxFind(inbox) => Ok(DepotReply::Pointers(self.0.store.pointers(&inbox).await?)),
            DepotRequest::Stat(hashes) => self.stat(hashes).await,
        };
        Ok(reply.unwrap_or_else(DepotReply::Refused).encode())
    }

    async fn put(&self, put: Put) -> Result<DepotReply, DepotRefused> {
        let until = self.admit(&put, put.keep_until_ms)?;
        Ok(DepotReply::Stored(self.0.store.put(put.octets.into(), &put.locators, until).await?))
    }

    async fn put_pointer(&self, put: InboxPut) -> Result<DepotReply, DepotRefused> {
        let until = self.admit(&put, put.keep_until_ms)?;
        Ok(DepotReply::Stored(self.0.store.put_pointer(&put.inbox, &put.pointer, until).await?))
    }

    /// Until when to keep it, when the work and the time are within the terms.
    fn admit(&self, put: &impl DepotPow, keep_until_ms: UnixMillis) -> Result<UnixMillis, DepotRefused> {
        if !put.pow_holds(&self.0.chain_id, self.0.pow_bits) {
            return Err(DepotRefused::ProofOfWork);
        }
        let ahead = keep_until_ms.saturating_sub(self.0.clock.now());
        if ahead <= 0 || ahead > self.0.max_keep_ms {
            return Err(DepotRefused::Terms);
        }
        Ok(keep_until_ms.saturating_add(self.0.grace_ms))
    }

    async fn get(&self, hash: &Hash32) -> Result<DepotReply, DepotRefused> {
        let octets = self.0.store.get(hash).await?.ok_or(DepotRefused::NotFound)?;
        Ok(DepotReply::Blob(octets.into()))
    }

    async fn find_many(&self, locators: &[Hash32]) -> Result<DepotReply, DepotRefused> {
        let mut found = Vec::new();
        for (place, locator) in (0u16..).zip(locators) {
            found.extend(self.0.store.find(locator).await?.into_iter().map(|hash| (place, hash)));
            if found.len() >= MAX_FOUND {
                found.truncate(MAX_FOUND);
                break;
            }
        }
        Ok(DepotReply::Found(found))
    }

    async fn stat(&self, hashes: Vec<Hash32>) -> Result<DepotReply, DepotRefused> {
        let mut held = Vec::new();
        for hash in hashes {
            if self.0.store.holds(&hash).await? {
                held.push(hash);
            }
        }
        let terms = DepotTerms {
            pow_bits: self.0.pow_bits,
            max_blob_bytes: self.0.max_blob_bytes,
            room_bytes: self.0.max_bytes.saturating_sub(self.used().await),
            max_keep_ms: self.0.max_keep_ms,
        };
        Ok(DepotReply::Stat { terms, held })
    }
}

impl From<StoreError> for DepotRefused {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full | StoreError::Crowded => Self::Full,
            StoreError::TooLarge => Self::Terms,
            error @ StoreError::DiskFull => {
                tracing::error!(%error, "the depot takes nothing more");
                Self::Full
            }
            StoreError::Failed(error) => {
                tracing::error!(%error, "the depot's store failed");
                Self::Internal
            }
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the depot's store failed");
        Self::Internal
    }
}

#[cfg(test)]
mod tests;
