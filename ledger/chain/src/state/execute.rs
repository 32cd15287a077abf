//! Checking a transaction against the head, and executing a block.

use super::judge::Judge;
use super::overlay::Overlay;
use super::record::ChainRecord;
use super::{BlockEffects, CheckError, Event, Head, StateError, StateKey, StateReader, StateWrite};
use super::{
    TxRefused, TxResult, access, circle, contract, credential, duty, enrol, expiry, grant, mandate, review,
    stated,
};
use crate::codec::Record;
use crate::genesis::ChainContext;
use crate::ids::TxHash;
use crate::time::UnixMillis;
use crate::tx::{Tx, tx_hash};

/// The writes that make the state of height 0.
pub fn genesis_writes(ctx: &ChainContext) -> Vec<StateWrite> {
    let record = ChainRecord { chain_id: ctx.chain_id, grants: 0, heap_len: 0 };
    vec![(StateKey::Chain, Some(record.encode()))]
}

/// The part of the check that needs no state: ids, proof of work, signatures. Its verdict never changes, so a node may
/// remember it by transaction hash.
///
/// # Errors
/// The reason for refusal.
pub fn check_signatures(ctx: &ChainContext, tx: &Tx) -> Result<(), TxRefused> {
    match tx {
        Tx::Grant(tx) => grant::grant_signed(ctx, tx),
        Tx::Revoke(tx) => grant::revoke_signed(ctx, tx),
        Tx::Access(tx) => access::access_signed(ctx, tx),
        Tx::ErasureAck(tx) => grant::erasure_signed(ctx, tx),
        Tx::Credential(tx) => credential::credential_signed(ctx, tx),
        Tx::Enrol(tx) => enrol::enrol_signed(ctx, tx),
        Tx::Withdraw(tx) => enrol::withdraw_signed(ctx, tx),
        Tx::Contract(tx) => contract::contract_signed(ctx, tx),
        Tx::Circle(tx) => circle::create_signed(ctx, tx),
        Tx::CircleChange(tx) => circle::paid_signed(ctx, tx),
        Tx::Approve(tx) => circle::paid_signed(ctx, tx),
        Tx::Object(tx) => circle::paid_signed(ctx, tx),
        Tx::DelegatedGrant(tx) => circle::delegated_signed(ctx, tx),
        Tx::Spring(tx) => circle::paid_signed(ctx, tx),
        Tx::StatedAccess(tx) => stated::stated_signed(ctx, tx),
        Tx::Announce(tx) => stated::announce_signed(ctx, tx),
        Tx::Review(tx) => review::review_signed(ctx, tx),
        Tx::MandatedGrant(tx) => mandate::grant_signed(ctx, tx),
        Tx::MandatedRevoke(tx) => mandate::revoke_signed(ctx, tx),
        Tx::MandatedObject(tx) => circle::laptop_signed(ctx, tx),
        Tx::Duty(tx) => duty::duty_signed(ctx, tx),
        Tx::DutyGrant(tx) => duty::duty_grant_signed(ctx, tx),
    }
}

/// Whether `tx` could enter the block after `head`.
///
/// # Errors
/// The reason for refusal, or that the state could not be read.
pub fn check_tx(
    ctx: &ChainContext,
    state: &impl StateReader,
    tx: &Tx,
    head: &Head,
) -> Result<(), CheckError> {
    check_on(ctx, &mut Overlay::with(state, Judge::of_check()), tx, head)
}

/// [`check_tx`] over an overlay that keeps questions to contracts.
pub(super) fn check_on<S: StateReader>(
    ctx: &ChainContext,
    overlay: &mut Overlay<'_, S>,
    tx: &Tx,
    head: &Head,
) -> Result<(), CheckError> {
    // An attacker chooses the order of costs, so: what the state says by itself, then proof of work and signatures, and what
    // contracts say of it last. A forged transaction reaches no contract.
    let next = Head { height: head.height.saturating_add(1), time_ms: head.time_ms };
    apply(ctx, overlay, next, tx, tx.hash(), &mut Vec::new())?;
    check_signatures(ctx, tx)?;
    Ok(overlay.settle()?)
}

fn apply<S: StateReader>(
    ctx: &ChainContext,
    state: &mut Overlay<'_, S>,
    now: Head,
    tx: &Tx,
    hash: TxHash,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    match tx {
        Tx::Grant(tx) => grant::grant(state, now, &tx.body, hash, events),
        Tx::Revoke(tx) => grant::revoke(state, now, tx, events),
        Tx::Access(tx) => access::access(ctx, state, now, &tx.body, None, hash, events),
        Tx::ErasureAck(tx) => grant::erasure(state, tx, events),
        Tx::Credential(tx) => credential::credential(state, now, tx, events),
        Tx::Enrol(tx) => enrol::enrol(state, now, tx, events),
        Tx::Withdraw(tx) => enrol::withdraw(state, now, tx, events),
        Tx::Contract(tx) => contract::contract(state, now, tx, events),
        Tx::Circle(tx) => circle::create(state, now, &tx.body, events),
        Tx::CircleChange(tx) => circle::change(state, now, &tx.body, events),
        Tx::Approve(tx) => circle::approve(state, now, &tx.body, events),
        Tx::Object(tx) => circle::object(state, now, &tx.body, events),
        Tx::DelegatedGrant(tx) => circle::delegated(state, now, &tx.body, hash, events),
        Tx::Spring(tx) => circle::spring(state, now, &tx.body, events),
        Tx::StatedAccess(tx) => stated::stated(ctx, state, now, tx, hash, events),
        Tx::Announce(tx) => stated::announce(state, now, tx, hash, events),
        Tx::Review(tx) => review::review(state, now, &tx.body, hash, events),
        Tx::MandatedGrant(tx) => mandate::grant(ctx, state, now, &tx.body, hash, events),
        Tx::MandatedRevoke(tx) => mandate::revoke(ctx, state, now, &tx.body, events),
        Tx::MandatedObject(tx) => circle::object_by_laptop(ctx, state, now, &tx.body, events),
        Tx::Duty(tx) => duty::duty(state, now, &tx.body, events),
        Tx::DutyGrant(tx) => duty::duty_grant(state, now, &tx.body, hash, events),
    }
}

/// What a transaction writes, whoever signed it: for histories too long to sign.
#[cfg(test)]
pub(crate) fn apply_unsigned(
    ctx: &ChainContext,
    state: &impl StateReader,
    now: Head,
    tx: &Tx,
) -> Result<Vec<StateWrite>, TxRefused> {
    let mut overlay = Overlay::new(state);
    match apply(ctx, &mut overlay, now, tx, tx.hash(), &mut Vec::new()) {
        Ok(()) => Ok(overlay.into_writes()),
        Err(CheckError::Refused(refused)) => Err(refused),
        Err(CheckError::State(error)) => panic!("{error}"),
    }
}

/// Executes a block: first the end times that have come, then each transaction in order. A transaction that
/// is refused has a result and no effect.
///
/// # Errors
/// [`StateError`] when the state cannot be read; nothing may be committed then.
pub fn execute_block(
    ctx: &ChainContext,
    state: &impl StateReader,
    height: u64,
    time_ms: UnixMillis,
    txs: &[impl AsRef<[u8]>],
) -> Result<BlockEffects, StateError> {
    let mut overlay = Overlay::new(state);
    let effects = run_block(ctx, &mut overlay, Head { height, time_ms }, txs)?;
    Ok(BlockEffects { writes: overlay.into_writes(), ..effects })
}

/// Everything of a block but its writes, which stay in the overlay.
pub(super) fn run_block<S: StateReader>(
    ctx: &ChainContext,
    overlay: &mut Overlay<'_, S>,
    now: Head,
    txs: &[impl AsRef<[u8]>],
) -> Result<BlockEffects, StateError> {
    let mut effects = BlockEffects::default();
    expiry::expire(overlay, now.height, now.time_ms, &mut effects.events)?;
    for octets in txs {
        let octets = octets.as_ref();
        let hash = tx_hash(octets);
        let outcome = match Tx::decode(octets) {
            Err(_) => Err(TxRefused::Malformed),
            Ok(tx) => match check_signatures(ctx, &tx) {
                Err(refused) => Err(refused),
                Ok(()) => match apply(ctx, overlay, now, &tx, hash, &mut effects.events) {
                    Ok(()) => Ok(()),
                    Err(CheckError::Refused(refused)) => Err(refused),
                    Err(CheckError::State(error)) => return Err(error),
                },
            },
        };
        effects.results.push(TxResult { hash, outcome });
    }
    Ok(effects)
}
