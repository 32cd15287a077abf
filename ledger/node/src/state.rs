//! What the services of a node share: one cloneable, read-only handle on the chain, and the way into the mempool.

use std::sync::Arc;

use salus_chain::block::{LightBlock, TxInclusion};
use salus_chain::genesis::{ChainContext, Genesis};
use salus_chain::ids::{ChainId, GrantId, Hash32, TxHash};
use salus_chain::state::{StateKey, StateReader};
use salus_chain::state_tree::StateProof;
use salus_chain::time::{Clock, UnixMillis};
use tendermint::block::signed_header::SignedHeader;
use tokio::sync::watch;

use crate::config::Config;
use crate::executor::tendermint_commit;
use crate::home::Home;
use crate::keys::Keys;
use crate::mempool::Mempool;
use crate::present::Measured;
use crate::store::{Store, StoreError, TxPlace};

/// The newest final block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its height; 0 before the first block.
    pub height: u64,
    /// Its time; the genesis time before the first block.
    pub time_ms: UnixMillis,
    /// Its header hash; zero before the first block.
    pub hash: Hash32,
}

/// Why the chain could not be read: always a fault of this machine, never of the asker.
pub type ReadError = StoreError;

/// A recorded transaction with the proof that its block holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedTx {
    /// Height of the block.
    pub height: u64,
    /// Its octets.
    pub octets: Vec<u8>,
    /// Its result; 0 when executed.
    pub code: u16,
    /// Its place under the header's data hash.
    pub inclusion: TxInclusion,
}

/// A state value at one height with its proof.
#[derive(Clone, Debug)]
pub struct ProvenValue {
    /// Verify against the app hash of this height's header.
    pub height: u64,
    /// The value, or `None` with a proof of absence.
    pub value: Option<Vec<u8>>,
    /// The proof; `encode` makes what a light client decodes.
    pub proof: StateProof,
}

/// The handle: cheap to clone, never blocks on consensus.
#[derive(Clone)]
pub struct NodeState(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) config: Config,
    pub(crate) home: Home,
    pub(crate) keys: Keys,
    pub(crate) genesis: Genesis,
    pub(crate) ctx: ChainContext,
    pub(crate) store: Store,
    pub(crate) index: u16,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) test_clock: bool,
    pub(crate) measured: Measured,
    pub(crate) mempool: Mempool,
    pub(crate) head: watch::Sender<Head>,
}

impl NodeState {
    /// The newest final block.
    #[must_use]
    pub fn head(&self) -> Head {
        *self.0.head.borrow()
    }

    /// Changes with every final block.
    #[must_use]
    pub fn new_blocks(&self) -> watch::Receiver<Head> {
        self.0.head.subscribe()
    }

    /// The light block at `height`; 0 asks for the newest. `None` for a height that is not kept or not reached.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn light_block(&self, height: u64) -> Result<Option<LightBlock>, ReadError> {
        let store = &self.0.store;
        let height = if height == 0 { self.head().height } else { height };
        let (Some(block), Some(certificate)) = (store.block(height)?, store.certificate(height)?) else {
            return Ok(None);
        };
        let next = store.validators(height.saturating_add(1))?;
        let (Some(validators), Some(next_validators)) = (store.validators(height)?, next) else {
            return Err(StoreError::Damaged("no validators"));
        };
        let commit =
            tendermint_commit(&certificate, &validators).map_err(|_| StoreError::Damaged("commit"))?;
        let signed_header =
            SignedHeader::new(block.header, commit).map_err(|_| StoreError::Damaged("signed header"))?;
        Ok(Some(LightBlock { signed_header, validators, next_validators }))
    }

    /// The store, for the node's own tests.
    #[cfg(test)]
    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    /// The first height whose block is kept.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn earliest(&self) -> Result<u64, ReadError> {
        self.0.store.earliest()
    }

    /// The state value under `key` at the head, without proof: for the node's own decisions.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn value(&self, key: &StateKey) -> Result<Option<Vec<u8>>, ReadError> {
        let state = self.0.store.state_at(self.head().height)?;
        state.get(key).map_err(|e| StoreError::Tree(e.to_string()))
    }

    /// The state value under `key` after the block at `height`, with its proof; height 0 asks for the newest. `None`
    /// for a height that is not kept or not reached.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn proven_value(&self, key: &StateKey, height: u64) -> Result<Option<ProvenValue>, ReadError> {
        let head = self.head().height;
        let height = if height == 0 { head } else { height };
        if height > head {
            return Ok(None);
        }
        let (value, proof) = self.0.store.state_at(height)?.prove(key)?;
        Ok(Some(ProvenValue { height, value, proof }))
    }

    /// A recorded transaction.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn tx(&self, hash: &TxHash) -> Result<Option<RecordedTx>, ReadError> {
        match self.0.store.tx_place(hash)? {
            Some(place) => self.recorded(place).map(Some),
            None => Ok(None),
        }
    }

    /// Every recorded transaction that concerns `grant`, oldest first, at most `limit`.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn grant_log(&self, grant: &GrantId, limit: usize) -> Result<Vec<RecordedTx>, ReadError> {
        let places = self.0.store.grant_places(grant, limit)?;
        places.into_iter().map(|place| self.recorded(place)).collect()
    }

    fn recorded(&self, place: TxPlace) -> Result<RecordedTx, ReadError> {
        const DAMAGED: StoreError = StoreError::Damaged("transaction index");
        let block = self.0.store.block(place.height)?.ok_or(DAMAGED)?;
        let index = usize::try_from(place.index).map_err(|_| DAMAGED)?;
        let inclusion = TxInclusion::prove(&block.tx_hashes(), index).ok_or(DAMAGED)?;
        let octets = block.txs.into_iter().nth(index).ok_or(DAMAGED)?;
        Ok(RecordedTx { height: place.height, octets, code: place.code, inclusion })
    }

    /// Transactions that wait, and the way in.
    #[must_use]
    pub fn mempool(&self) -> &Mempool {
        &self.0.mempool
    }

    /// This machine's clock, or the test clock.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.clock
    }

    /// The chain's genesis.
    #[must_use]
    pub fn genesis(&self) -> &Genesis {
        &self.0.genesis
    }

    /// Whether the clock is one that a test controls.
    #[must_use]
    pub fn test_clock(&self) -> bool {
        self.0.test_clock
    }

    pub(crate) fn measured(&self) -> &Measured {
        &self.0.measured
    }

    /// The chain's id.
    #[must_use]
    pub fn chain_id(&self) -> ChainId {
        self.0.ctx.chain_id
    }

    /// What execution needs of the genesis.
    #[must_use]
    pub fn context(&self) -> &ChainContext {
        &self.0.ctx
    }

    /// This member's keeper index, from 1.
    #[must_use]
    pub fn index(&self) -> u16 {
        self.0.index
    }

    /// This member's secret keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Where files go: services make their own directory under `home().data()`.
    #[must_use]
    pub fn home(&self) -> &Home {
        &self.0.home
    }
}
