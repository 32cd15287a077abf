//! Transactions that wait for a block: checked at the door, bounded, gossiped to every member.
//!
//! ```text
//! light client --submit--> Mempool --admitted()--> public swarm --> every member's submit
//!                             | reap                                       |
//!                             v                                            v
//!                          proposer                                 seen_revocation
//! ```
//!
//! Gossip is not an optimisation: the engine's proposer changes every height, and one with an empty pool proposes nothing.
//! A valid revocation counts from the moment it is seen, before any block holds it, and even when the pool is full.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use salus_chain::circle::Subject;
use salus_chain::codec::{CodecError, Record};
use salus_chain::ids::{GrantId, TxHash};
use salus_chain::tx::{MAX_TX_BYTES, Tx, Verdict, tx_hash};
use tokio::sync::{broadcast, watch};

use crate::config::MempoolLimits;

#[cfg(test)]
mod tests;

/// Newly admitted transactions that a slow gossip task may fall behind by; it then asks for [`Mempool::pending`].
const ADMITTED_BACKLOG: usize = 1_024;

/// Why a transaction is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TxRefused {
    /// Longer than any transaction.
    #[error("longer than {MAX_TX_BYTES} octets")]
    TooLarge,
    /// Not a transaction in its canonical encoding.
    #[error("not a transaction: {0}")]
    Malformed(CodecError),
    /// In a block already.
    #[error("recorded at height {0}")]
    Recorded(u64),
    /// Against a rule of the chain, as of the head.
    #[error("{0}")]
    Rule(salus_chain::state::TxRefused),
    /// No room; try again later or elsewhere.
    #[error("the member's queue is full")]
    Full,
    /// The state could not be read.
    #[error("the member cannot read its state")]
    Unavailable,
}

/// Decides whether a transaction may wait, as of the head.
pub type Check = Box<dyn Fn(&Tx, &TxHash) -> Result<(), TxRefused> + Send + Sync>;

/// The handle that everyone shares.
#[derive(Clone)]
pub struct Mempool(Arc<Inner>);

struct Inner {
    limits: MempoolLimits,
    check: Check,
    pool: Mutex<Pool>,
    admitted: broadcast::Sender<Arc<[u8]>>,
    waiting: watch::Sender<usize>,
}

#[derive(Default)]
struct Pool {
    queue: BTreeMap<u64, Waiting>,
    places: HashMap<TxHash, u64>,
    bytes: usize,
    next: u64,
    revoked: BTreeSet<GrantId>,
}

struct Waiting {
    hash: TxHash,
    octets: Arc<[u8]>,
    valid_until: u64,
}

impl Mempool {
    /// An empty pool that admits what `check` lets pass.
    #[must_use]
    pub fn new(limits: MempoolLimits, check: Check) -> Self {
        Self(Arc::new(Inner {
            limits,
            check,
            pool: Mutex::default(),
            admitted: broadcast::channel(ADMITTED_BACKLOG).0,
            waiting: watch::channel(0).0,
        }))
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.0.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a transaction, from a light client or from another member alike; taking it twice is taking it once.
    ///
    /// # Errors
    /// [`TxRefused`] says why not.
    pub fn submit(&self, octets: &[u8]) -> Result<TxHash, TxRefused> {
        if octets.len() > MAX_TX_BYTES {
            return Err(TxRefused::TooLarge);
        }
        let hash = tx_hash(octets);
        if self.pool().places.contains_key(&hash) {
            return Ok(hash);
        }
        let tx = Tx::decode(octets).map_err(TxRefused::Malformed)?;
        (self.0.check)(&tx, &hash)?;
        let octets: Arc<[u8]> = octets.into();
        let count = {
            let mut pool = self.pool();
            if let Some(grant) = stops(&tx) {
                pool.revoked.insert(grant);
            }
            pool.admit(&self.0.limits, &tx, hash, octets.clone())?;
            pool.queue.len()
        };
        self.0.waiting.send_replace(count);
        // No receiver is no error: a one-member chain gossips to nobody.
        let _ = self.0.admitted.send(octets);
        Ok(hash)
    }

    /// The octets of every transaction from now on that was not in the pool before.
    #[must_use]
    pub fn admitted(&self) -> broadcast::Receiver<Arc<[u8]>> {
        self.0.admitted.subscribe()
    }

    /// Everything that waits, oldest first: for a member that connected late or fell behind.
    #[must_use]
    pub fn pending(&self) -> Vec<Arc<[u8]>> {
        self.pool().queue.values().map(|waiting| waiting.octets.clone()).collect()
    }

    /// Whether a valid revocation of `grant`, or an objection that stops it, was seen, in gossip or from a client; recorded or not.
    #[must_use]
    pub fn seen_revocation(&self, grant: &GrantId) -> bool {
        self.pool().revoked.contains(grant)
    }

    /// How many transactions wait; changes wake the proposer.
    #[must_use]
    pub fn waiting(&self) -> watch::Receiver<usize> {
        self.0.waiting.subscribe()
    }

    /// The oldest transactions whose octets fit into `max_bytes`; they stay in the pool until they are recorded.
    #[must_use]
    pub fn reap(&self, max_bytes: usize) -> Vec<Arc<[u8]>> {
        let mut room = max_bytes;
        let pool = self.pool();
        let fits = |waiting: &&Waiting| match room.checked_sub(waiting.octets.len()) {
            Some(rest) => {
                room = rest;
                true
            }
            None => false,
        };
        pool.queue.values().take_while(fits).map(|waiting| waiting.octets.clone()).collect()
    }

    /// Forgets what a block recorded, and what can no longer be recorded at `next_height`.
    pub fn recorded(&self, hashes: &[TxHash], next_height: u64) {
        let count = {
            let mut pool = self.pool();
            for hash in hashes {
                pool.forget(hash);
            }
            let late = |w: &&Waiting| w.valid_until < next_height;
            let late: Vec<TxHash> = pool.queue.values().filter(late).map(|w| w.hash).collect();
            for hash in &late {
                pool.forget(hash);
            }
            pool.queue.len()
        };
        self.0.waiting.send_replace(count);
    }

    /// Checks transactions again and forgets those that break a rule by now: a proposer saw them fail.
    pub fn recheck(&self, octets: &[Arc<[u8]>]) {
        let broken = |octets: &Arc<[u8]>| {
            let hash = tx_hash(octets);
            let tx = Tx::decode(octets).ok()?;
            match (self.0.check)(&tx, &hash) {
                Err(TxRefused::Rule(_) | TxRefused::Recorded(_)) => Some(hash),
                _ => None,
            }
        };
        let broken: Vec<TxHash> = octets.iter().filter_map(broken).collect();
        self.recorded(&broken, 0);
    }
}

/// The permission that a transaction stops: a revocation, an objection by its circle, or one to an emergency that says so.
fn stops(tx: &Tx) -> Option<GrantId> {
    match tx {
        Tx::Revoke(tx) => Some(tx.body.grant_id),
        Tx::MandatedRevoke(tx) => Some(tx.body.grant_id),
        Tx::Object(tx) => match tx.body.subject {
            Subject::Grant(id) => Some(id),
            Subject::Change(_) => None,
        },
        Tx::Review(tx) => (tx.body.verdict == Verdict::Stopped).then_some(tx.body.grant_id),
        _ => None,
    }
}

impl Pool {
    fn admit(
        &mut self,
        limits: &MempoolLimits,
        tx: &Tx,
        hash: TxHash,
        octets: Arc<[u8]>,
    ) -> Result<(), TxRefused> {
        if self.places.contains_key(&hash) {
            return Ok(());
        }
        // Stopping a permission, and objecting to anything, has a quarter of the room for itself.
        let stops = matches!(
            tx,
            Tx::Revoke(_) | Tx::MandatedRevoke(_) | Tx::Object(_) | Tx::MandatedObject(_) | Tx::Review(_)
        );
        let extra = usize::from(stops);
        let max_txs = limits.max_txs.saturating_add(extra * (limits.max_txs / 4));
        let max_bytes = limits.max_bytes.saturating_add(extra * (limits.max_bytes / 4));
        let bytes = self.bytes.saturating_add(octets.len());
        if self.queue.len() >= max_txs || bytes > max_bytes {
            return Err(TxRefused::Full);
        }
        let valid_until = match tx {
            Tx::Grant(grant) => grant.body.valid_until_height,
            Tx::Contract(contract) => contract.body.valid_until_height,
            Tx::DelegatedGrant(tx) => tx.body.grant.valid_until_height,
            Tx::MandatedGrant(tx) => tx.body.grant.valid_until_height,
            Tx::DutyGrant(tx) => tx.body.grant.valid_until_height,
            Tx::Circle(tx) => tx.body.valid_until_height,
            Tx::CircleChange(tx) => tx.body.valid_until_height,
            Tx::Approve(tx) => tx.body.valid_until_height,
            Tx::Object(tx) => tx.body.valid_until_height,
            Tx::MandatedObject(tx) => tx.body.valid_until_height,
            Tx::Spring(tx) => tx.body.valid_until_height,
            Tx::Review(tx) => tx.body.valid_until_height,
            Tx::Revoke(_) | Tx::MandatedRevoke(_) | Tx::Access(_) | Tx::ErasureAck(_) | Tx::Credential(_) => {
                u64::MAX
            }
            Tx::Enrol(_) | Tx::Withdraw(_) | Tx::StatedAccess(_) | Tx::Announce(_) | Tx::Duty(_) => u64::MAX,
        };
        self.bytes = bytes;
        self.places.insert(hash, self.next);
        self.queue.insert(self.next, Waiting { hash, octets, valid_until });
        self.next = self.next.wrapping_add(1);
        Ok(())
    }

    fn forget(&mut self, hash: &TxHash) {
        if let Some(waiting) = self.places.remove(hash).and_then(|place| self.queue.remove(&place)) {
            self.bytes = self.bytes.saturating_sub(waiting.octets.len());
        }
    }
}
