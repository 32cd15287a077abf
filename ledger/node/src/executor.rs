//! Building, judging and recording blocks: the application that the engine orders for.

use std::collections::VecDeque;
use std::sync::Arc;

use jmt::storage::TreeUpdateBatch;
use salus_chain::block::{self as format, HeaderInput};
use salus_chain::circle::Subject;
use salus_chain::codec::Record;
use salus_chain::genesis::{ChainContext, Genesis};
use salus_chain::ids::{GrantId, Hash32, TxHash};
use salus_chain::state::{self, BlockEffects, TxRefused};
use salus_chain::state_tree;
use salus_chain::time::{Clock, UnixMillis};
use salus_chain::tx::{ApproveBody, ApproveTx, ObjectBody, ObjectTx, Tx, tx_hash};
use tendermint::block::{Commit, Header};
use tendermint::{account, validator};
use tokio::sync::watch;

use crate::block::Block;
use crate::engine::{
    Address, Application, ApplicationError, BlockId, Certificate, DecidedBlock, MAX_BLOCK_BYTES, Undecided,
    Verdict,
};
use crate::mempool::Mempool;
use crate::present::ClockOff;
use crate::state::Head;
use crate::store::{Decided, Store, StoreError};

mod commit;

pub(crate) use commit::tendermint_commit;

/// Executed blocks that are remembered until one is decided.
const PREPARED: usize = 8;
/// A proposer leaves failing transactions out and builds again, this often at most.
const REBUILDS: usize = 3;

/// A block that was executed and not recorded.
struct Prepared {
    id: BlockId,
    block: Block,
    octets: Arc<[u8]>,
    effects: BlockEffects,
    tree: TreeUpdateBatch,
}

/// The application.
pub struct Executor {
    ctx: ChainContext,
    clock: Arc<dyn Clock>,
    store: Store,
    mempool: Mempool,
    head: watch::Sender<Head>,
    prepared: VecDeque<Prepared>,
    clock_is_right: bool,
}

fn failed(error: impl std::fmt::Display) -> ApplicationError {
    ApplicationError(error.to_string())
}

/// Records the state of height 0 if there is none, and returns the head.
///
/// # Errors
/// If the store fails or the genesis has keys that are no keys.
pub fn prepare_store(store: &Store, genesis: &Genesis) -> Result<Head, ApplicationError> {
    if let Some(head) = store.head().map_err(failed)? {
        return Ok(head);
    }
    let validators = format::validator_set(genesis).map_err(failed)?;
    let writes = state::genesis_writes(&genesis.context());
    let empty = store.state_at(0).map_err(failed)?;
    let (_, tree) = state_tree::apply(&empty, 0, &writes).map_err(failed)?;
    let head = Head { height: 0, time_ms: genesis.genesis_time_ms, hash: Hash32::ZERO };
    store.record_genesis(head, &tree, &validators).map_err(failed)?;
    Ok(head)
}

impl Executor {
    /// An application on top of what `store` holds.
    #[must_use]
    pub fn new(
        ctx: ChainContext,
        clock: Arc<dyn Clock>,
        store: Store,
        mempool: Mempool,
        head: watch::Sender<Head>,
    ) -> Self {
        let (prepared, clock_is_right) = (VecDeque::new(), false);
        Self { ctx, clock, store, mempool, head, prepared, clock_is_right }
    }

    /// Takes the operator's word, until the next block, for a clock that is far after the head.
    pub fn confirm_clock(&mut self) {
        self.clock_is_right = true;
    }

    fn current(&self) -> Head {
        *self.head.borrow()
    }

    fn validators(&self, height: u64) -> Result<validator::Set, ApplicationError> {
        let set = self.store.validators(height).map_err(failed)?;
        set.ok_or_else(|| failed(StoreError::Damaged("no validators")))
    }

    /// Executes transactions after the head and makes the header of it.
    fn execute(
        &self,
        time_ms: UnixMillis,
        txs: &[impl AsRef<[u8]>],
        last_commit: Option<&Commit>,
        proposer: account::Id,
    ) -> Result<(Header, BlockEffects, TreeUpdateBatch), ApplicationError> {
        let head = self.current();
        let height = head.height.saturating_add(1);
        let before = self.store.state_at(head.height).map_err(failed)?;
        let effects = state::execute_block(&self.ctx, &before, height, time_ms, txs).map_err(failed)?;
        let (app_hash, tree) = state_tree::apply(&before, height, &effects.writes).map_err(failed)?;
        let hashes: Vec<TxHash> = txs.iter().map(|tx| tx_hash(tx.as_ref())).collect();
        let header = format::header(&HeaderInput {
            ctx: &self.ctx,
            height,
            time_ms,
            last_block_id: last_commit.map(|commit| commit.block_id),
            last_commit,
            txs: &hashes,
            validators: &self.validators(height)?,
            next_validators: &self.validators(height.saturating_add(1))?,
            app_hash,
            results: &effects.results,
            proposer,
        })
        .map_err(failed)?;
        Ok((header, effects, tree))
    }

    fn remember(&mut self, prepared: Prepared) {
        if self.prepared.len() == PREPARED {
            self.prepared.pop_front();
        }
        self.prepared.push_back(prepared);
    }

    /// The rules that need no execution. The clock is not one of them: a verdict is the same at every member.
    fn well_formed(&self, block: &Block, height: u64) -> Result<bool, ApplicationError> {
        let head = self.current();
        let bytes: usize = block.txs.iter().map(Vec::len).sum();
        let time_ms = format::instant(block.header.time);
        let members = self.validators(height)?;
        let proposer = members.validators().iter().any(|info| info.address == block.header.proposer_address);
        Ok(block.header.height.value() == height
            && proposer
            && time_ms > head.time_ms
            && bytes <= usize::try_from(self.ctx.params.max_block_bytes).unwrap_or(0)
            && self.last_commit_holds(block.last_commit.as_ref())?)
    }
}

impl Application for Executor {
    fn head(&self) -> u64 {
        self.current().height
    }

    fn head_time(&self) -> UnixMillis {
        self.current().time_ms
    }

    fn propose(&mut self, height: u64, proposer: Address) -> Result<(BlockId, Arc<[u8]>), ApplicationError> {
        let head = self.current();
        if height != head.height.saturating_add(1) {
            return Err(failed(format!("asked for a block of height {height} after {}", head.height)));
        }
        let now = self.clock.now();
        if !self.clock_is_right {
            ClockOff::no_leap(self.ctx.n(), &head, now).map_err(failed)?;
        }
        let time_ms = now.max(head.time_ms.saturating_add(1));
        let last_commit = self.last_commit()?;
        // Half of a block is always left for framing, whatever a genesis allows.
        let room = usize::try_from(self.ctx.params.max_block_bytes).unwrap_or(0).min(MAX_BLOCK_BYTES / 2);
        let mut txs = self.mempool.reap(room);
        let mut left_out = Vec::new();
        let proposer = account::Id::new(proposer.0);
        for attempt in 0..=REBUILDS {
            if attempt == REBUILDS {
                left_out.append(&mut txs);
            }
            let (header, effects, tree) = self.execute(time_ms, &txs, last_commit.as_ref(), proposer)?;
            if effects.results.iter().any(|result| result.outcome.is_err()) {
                let (good, bad): (Vec<_>, Vec<_>) =
                    txs.into_iter().zip(&effects.results).partition(|(_, result)| result.outcome.is_ok());
                txs = good.into_iter().map(|(tx, _)| tx).collect();
                // What found no room for its contract breaks no rule: it waits, and is not judged again for that.
                let broken = bad.into_iter().filter(|(_, r)| r.outcome != Err(TxRefused::ContractsFull));
                left_out.extend(broken.map(|(tx, _)| tx));
                continue;
            }
            self.mempool.recheck(&left_out);
            let txs = txs.iter().map(|tx| tx.to_vec()).collect();
            let block = Block { header, last_commit, txs };
            let octets: Arc<[u8]> = block.encode().into();
            let id = block.id(&octets).ok_or_else(|| failed("the built block is too long"))?;
            self.remember(Prepared { id, block, octets: octets.clone(), effects, tree });
            return Ok((id, octets));
        }
        Err(failed("an empty block has a failing transaction"))
    }

    fn judge(&mut self, height: u64, octets: &[u8]) -> Result<Verdict, ApplicationError> {
        let Ok(block) = Block::decode(octets) else { return Ok(Verdict::NotABlock) };
        let Some(id) = block.id(octets) else { return Ok(Verdict::NotABlock) };
        if self.prepared.iter().any(|prepared| prepared.id == id) {
            return Ok(Verdict::Valid(id));
        }
        if !self.well_formed(&block, height)? {
            return Ok(Verdict::Invalid(id));
        }
        let proposer = block.header.proposer_address;
        let (header, effects, tree) =
            self.execute(id.time_ms, &block.txs, block.last_commit.as_ref(), proposer)?;
        if header != block.header {
            return Ok(Verdict::Invalid(id));
        }
        self.remember(Prepared { id, block, octets: octets.into(), effects, tree });
        Ok(Verdict::Valid(id))
    }

    fn keep(&mut self, block: &Undecided) -> Result<(), ApplicationError> {
        self.store.keep_undecided(block).map_err(failed)
    }

    fn undecided(&self, height: u64) -> Result<Vec<Undecided>, ApplicationError> {
        self.store.undecided(height).map_err(failed)
    }

    fn commit(&mut self, certificate: &Certificate) -> Result<(), ApplicationError> {
        let (height, id) = (certificate.height, certificate.id);
        if !self.prepared.iter().any(|prepared| prepared.id == id) {
            let stored = self.store.undecided(height).map_err(failed)?;
            let stored = stored.into_iter().find(|block| block.id == id);
            let stored = stored.ok_or_else(|| failed(format!("block {id} was decided and is not here")))?;
            self.judge(height, &stored.octets)?;
        }
        let prepared = self.prepared.iter().find(|prepared| prepared.id == id);
        let prepared = prepared.ok_or_else(|| {
            failed(format!(
                "block {id} of height {height} was decided and breaks a rule here; keep this home as evidence"
            ))
        })?;
        let head = Head { height, time_ms: id.time_ms, hash: Hash32(id.hash) };
        let results = prepared.block.txs.iter().zip(&prepared.effects.results);
        let txs: Vec<_> = results.map(|(tx, result)| (result.hash, result.code(), concerns(tx))).collect();
        self.store
            .record(&Decided {
                head,
                block: &prepared.octets,
                certificate,
                tree: &prepared.tree,
                txs: &txs,
                validators: &self.validators(height.saturating_add(1))?,
            })
            .map_err(failed)?;
        self.prepared.clear();
        self.clock_is_right = false;
        self.head.send_replace(head);
        let hashes: Vec<TxHash> = txs.iter().map(|(hash, ..)| *hash).collect();
        self.mempool.recorded(&hashes, height.saturating_add(1));
        Ok(())
    }

    fn improve(&mut self, certificate: &Certificate) -> Result<(), ApplicationError> {
        let stored = self.store.certificate(certificate.height).map_err(failed)?;
        let better = stored.is_some_and(|old| {
            old.id == certificate.id && old.signatures.len() < certificate.signatures.len()
        });
        if better { self.store.replace_commit(certificate).map_err(failed) } else { Ok(()) }
    }

    fn decided(&self, height: u64) -> Result<Option<DecidedBlock>, ApplicationError> {
        let octets = self.store.block_octets(height).map_err(failed)?;
        let certificate = self.store.certificate(height).map_err(failed)?;
        Ok(octets.zip(certificate).map(|(octets, certificate)| (octets.into(), certificate)))
    }
}

/// The grant that a transaction concerns.
fn concerns(tx: &[u8]) -> Option<GrantId> {
    match Tx::decode(tx).ok()? {
        Tx::Grant(tx) => Some(tx.body.terms.grant_id),
        Tx::Revoke(tx) => Some(tx.body.grant_id),
        Tx::Access(tx) => Some(tx.body.grant_id),
        Tx::ErasureAck(tx) => Some(tx.body.grant_id),
        Tx::StatedAccess(tx) => Some(tx.body.access.grant_id),
        Tx::Announce(tx) => Some(tx.body.grant_id),
        Tx::Review(tx) => Some(tx.body.grant_id),
        Tx::DutyGrant(tx) => Some(tx.body.grant.terms.grant_id),
        Tx::Credential(_) | Tx::Duty(_) | Tx::Enrol(_) | Tx::Withdraw(_) | Tx::Contract(_) => None,
        Tx::DelegatedGrant(tx) => Some(tx.body.grant.terms.grant_id),
        Tx::MandatedGrant(tx) => Some(tx.body.grant.terms.grant_id),
        Tx::MandatedRevoke(tx) => Some(tx.body.grant_id),
        Tx::Approve(ApproveTx { body: ApproveBody { subject: Subject::Grant(id), .. }, .. })
        | Tx::Object(ObjectTx { body: ObjectBody { subject: Subject::Grant(id), .. }, .. }) => Some(id),
        Tx::Circle(_) | Tx::CircleChange(_) | Tx::Approve(_) | Tx::Object(_) | Tx::Spring(_) => None,
        Tx::MandatedObject(_) => None,
    }
}

#[cfg(test)]
mod tests;
