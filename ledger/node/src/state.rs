//! What the services of a node share: one cloneable, read-only handle on the chain, and the way into the mempool.

use std::sync::Arc;

use salus_chain::genesis::Genesis;
use salus_chain::ids::{ChainId, GrantId, Hash32, TxHash};
use salus_chain::merkle::MerklePath;
use salus_chain::time::{Clock, UnixMillis};
use tokio::sync::watch;

use crate::config::Config;
use crate::home::Home;
use crate::keys::Keys;
use crate::mempool::Mempool;

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
#[derive(Debug, thiserror::Error)]
#[error("the store cannot be read: {0}")]
pub struct ReadError(pub String);

/// A recorded transaction with the proof that its block holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedTx {
    /// Height of the block.
    pub height: u64,
    /// Its octets.
    pub octets: Vec<u8>,
    /// Path to the header's data hash; its index is the position in the block.
    pub path: MerklePath,
}

/// A state value at one height with its proof.
#[derive(Clone, Debug)]
pub struct ProvenValue {
    /// The value, or `None` with a proof of absence.
    pub value: Option<Vec<u8>>,
    /// `jmt::proof::SparseMerkleProof`, encoded as `salus_chain` verifies it, against the header's app hash.
    pub proof: Vec<u8>,
}

/// The handle: cheap to clone, never blocks on consensus.
#[derive(Clone)]
pub struct NodeState(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) config: Config,
    pub(crate) home: Home,
    pub(crate) keys: Keys,
    pub(crate) genesis: Genesis,
    pub(crate) chain_id: ChainId,
    pub(crate) index: u16,
    pub(crate) clock: Arc<dyn Clock>,
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

    /// The light block at `height` as `salus_chain::block` encodes it; height 0 asks for the newest.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn light_block(&self, _height: u64) -> Result<Option<Vec<u8>>, ReadError> {
        Err(ReadError("not linked yet".into()))
    }

    /// The state value under `key` at the head, without proof: for the node's own decisions.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn value(&self, _key: &[u8]) -> Result<Option<Vec<u8>>, ReadError> {
        Err(ReadError("not linked yet".into()))
    }

    /// The state value under `key` after the block at `height`, with its proof; `None` for a height that is not kept.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn proven_value(&self, _key: &[u8], _height: u64) -> Result<Option<ProvenValue>, ReadError> {
        Err(ReadError("not linked yet".into()))
    }

    /// A recorded transaction.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn tx(&self, _hash: &TxHash) -> Result<Option<RecordedTx>, ReadError> {
        Err(ReadError("not linked yet".into()))
    }

    /// Every recorded transaction that concerns `grant`, oldest first, at most `limit`.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn grant_log(&self, _grant: &GrantId, _limit: usize) -> Result<Vec<RecordedTx>, ReadError> {
        Err(ReadError("not linked yet".into()))
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

    /// The chain's id.
    #[must_use]
    pub fn chain_id(&self) -> ChainId {
        self.0.chain_id
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
