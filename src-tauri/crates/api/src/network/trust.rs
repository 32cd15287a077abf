//! What the light client trusts, kept sealed in the record, and which members the record belongs to.
//!
//! What was verified last in this process is beside it in memory, so that a locked application goes on from where the open
//! record was, and an unlocked one from where the locked application was. It is headers that members tell everybody: nothing of
//! the record is in them.

use std::sync::{Arc, Weak};

use async_trait::async_trait;
use salus_chain::ids::ChainId;
use salus_light::client::newer;
use salus_light::{MemoryStore, StoreError, TrustStore};
use salus_vault::Vault;
use salus_wire::Failure;

use crate::App;
use crate::app::Inner;
use crate::failure::OrFail;

const NAMESPACE: &str = crate::namespace::MEMBERS;
const CHAIN: &[u8] = b"chain";
const TRUSTED: &[u8] = b"trusted";

/// True when the record belongs to this chain's members; a record that belongs to none yet does from now on.
pub(super) async fn is_of(vault: &Vault, chain: &ChainId) -> Result<bool, Failure> {
    match vault.cabinet().get(NAMESPACE, CHAIN).await.or_fail()? {
        Some(known) => Ok(known[..] == chain.0),
        None => vault.cabinet().put(NAMESPACE, CHAIN, &chain.0).await.or_fail().map(|()| true),
    }
}

/// The store of an unlocked record. It outlives neither the application nor the unlocking.
pub(super) struct Kept {
    app: Weak<Inner>,
    seen: Arc<MemoryStore>,
}

impl Kept {
    pub(super) fn new(app: &App, seen: Arc<MemoryStore>) -> Self {
        Self { app: Arc::downgrade(&app.0), seen }
    }
}

#[async_trait]
impl TrustStore for Kept {
    async fn load(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let failed = StoreError { writing: false };
        let app = App(self.app.upgrade().ok_or(failed)?);
        let open = app.open().await.map_err(|_| failed)?;
        let stored = open.vault.cabinet().get(NAMESPACE, TRUSTED).await.map_err(|_| failed)?;
        let stored = stored.map(|s| s.to_vec());
        let newest = newer(stored.clone(), self.seen.load().await?);
        if let Some(record) = newest.as_ref().filter(|_| newest != stored) {
            open.vault.cabinet().put(NAMESPACE, TRUSTED, record).await.map_err(|_| failed)?;
        }
        Ok(newest)
    }

    async fn save(&self, record: &[u8]) -> Result<(), StoreError> {
        let failed = StoreError { writing: true };
        let app = App(self.app.upgrade().ok_or(failed)?);
        let open = app.open().await.map_err(|_| failed)?;
        open.vault.cabinet().put(NAMESPACE, TRUSTED, record).await.map_err(|_| failed)?;
        self.seen.save(record).await
    }
}
