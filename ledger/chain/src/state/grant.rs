//! GrantTx, RevokeTx and ErasureAckTx.

use super::overlay::Overlay;
use super::record::{GrantEnd, GrantRecord, bit};
use super::{
    CheckError, Event, Head, StateError, StateKey, StateReader, TxRefused, access, circle, contract, expiry,
    mandate,
};
use crate::genesis::ChainContext;
use crate::ids::{GrantId, Hash32, TxHash};
use crate::merkle::MerklePath;
use crate::sign::Label;
use crate::tx::{ErasureAckTx, GrantBody, GrantTx, Pow, RevokeTx, ack_body, pow_valid};

/// Proof of work, id, acks and signature: everything that needs no state.
pub(super) fn grant_signed(ctx: &ChainContext, tx: &GrantTx) -> Result<(), TxRefused> {
    body_holds(ctx, &tx.body, &tx.body.octets(), tx.pow)?;
    tx.body
        .terms
        .patient_grant_pk
        .verify(Label::Grant, &ctx.chain_id, &tx.signed(), &tx.signature)
        .map_err(|_| TxRefused::Signature)?;
    acks_verify(ctx, &tx.body)
}

/// What every permission must be, whoever records it, before the costly signatures; the proof of work is over `paid`.
pub(super) fn body_holds(
    ctx: &ChainContext,
    body: &GrantBody,
    paid: &[u8],
    pow: Pow,
) -> Result<(), TxRefused> {
    let terms = &body.terms;
    if terms.keeper_set_id != ctx.keeper_set_id || terms.threshold != ctx.threshold {
        return Err(TxRefused::KeeperSet);
    }
    let length = terms.expires_ms.saturating_sub(terms.not_before_ms);
    if length <= 0 || length > ctx.params.max_grant_ms {
        return Err(TxRefused::Times);
    }
    if terms.grant_id != GrantId::derive(&ctx.chain_id, &terms.patient_grant_pk, &body.nonce) {
        return Err(TxRefused::GrantId);
    }
    // The cheap puzzle before the costly signatures.
    if !pow_valid(&ctx.chain_id, paid, pow, ctx.params.pow_bits) {
        return Err(TxRefused::ProofOfWork);
    }
    let increasing = body.acks.windows(2).all(|pair| pair[0].keeper < pair[1].keeper);
    if !increasing || body.acks.len() < usize::from(ctx.threshold) {
        return Err(TxRefused::Acks);
    }
    Ok(())
}

pub(super) fn acks_verify(ctx: &ChainContext, body: &GrantBody) -> Result<(), TxRefused> {
    let terms = &body.terms;
    for ack in &body.acks {
        let keeper = ctx.keeper_pk(ack.keeper).ok_or(TxRefused::Acks)?;
        let body = ack_body(&terms.grant_id, &terms.keeper_set_id, &terms.commit_hash, ack.keeper);
        keeper.verify(Label::Ack, &ctx.chain_id, &body, &ack.signature).map_err(|_| TxRefused::Acks)?;
    }
    Ok(())
}

pub(super) fn grant<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &GrantBody,
    hash: TxHash,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let terms = &body.terms;
    if now.height > body.valid_until_height {
        return Err(TxRefused::TooLate.into());
    }
    if terms.expires_ms <= now.time_ms {
        return Err(TxRefused::Times.into());
    }
    if state.grant(&terms.grant_id)?.is_some() {
        return Err(TxRefused::GrantExists.into());
    }
    contract::given(state, now, terms)?;
    let acks = body.acks.iter().filter_map(|ack| bit(ack.keeper)).fold(0, |all, bit| all | bit);
    let record = GrantRecord {
        terms: terms.clone(),
        tx_hash: hash,
        height: now.height,
        acks,
        end: None,
        erased: 0,
        access_count: 0,
        access_head: access::access_log_start(&terms.grant_id),
        access_epoch: 0,
        access_in_epoch: 0,
    };
    let mut chain = state.chain()?;
    chain.grants = chain.grants.checked_add(1).ok_or(StateError::Inconsistent("grant count"))?;
    expiry::push(state, &mut chain, terms.expires_ms, terms.grant_id)?;
    state.put(StateKey::Chain, &chain);
    state.put(StateKey::Grant(terms.grant_id), &record);
    events.push(Event::Granted(terms.grant_id));
    Ok(())
}

pub(super) fn revoke_signed(ctx: &ChainContext, tx: &RevokeTx) -> Result<(), TxRefused> {
    if !pow_valid(&ctx.chain_id, &tx.body.octets(), tx.pow, ctx.params.pow_bits) {
        return Err(TxRefused::ProofOfWork);
    }
    tx.body
        .revoker_pk
        .verify(Label::Revoke, &ctx.chain_id, &tx.signed(), &tx.signature)
        .map_err(|_| TxRefused::Signature)
}

pub(super) fn revoke<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    tx: &RevokeTx,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let body = &tx.body;
    let record = state.grant(&body.grant_id)?.ok_or(TxRefused::UnknownGrant)?;
    let (single, own_pk) = (body.path == MerklePath::single(), record.terms.patient_grant_pk);
    let own = match mandate::may_stop(state, &body.grant_id, &own_pk, &body.revoker_pk)? {
        Some(may) => single && may,
        None => single && body.revoker_pk == own_pk,
    };
    let root = &record.terms.revoker_root;
    let delegated = *root != Hash32::ZERO && body.path.proves(root, &body.revoker_pk.revoker_leaf());
    if !own && !delegated && !circle::may_stop(state, now, body)? {
        return Err(TxRefused::Revoker.into());
    }
    end(state, now, record, events)
}

/// Ends a permission, whoever was found to be allowed to.
pub(super) fn end<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    mut record: GrantRecord,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let id = record.terms.grant_id;
    // One that has not begun can be stopped; one that ended cannot end again.
    if record.end.is_some() || now.time_ms >= record.terms.expires_ms {
        return Err(TxRefused::Ended.into());
    }
    record.end = Some(GrantEnd { revoked: true, height: now.height });
    state.put(StateKey::Grant(id), &record);
    events.push(Event::Revoked(id));
    Ok(())
}

pub(super) fn erasure_signed(ctx: &ChainContext, tx: &ErasureAckTx) -> Result<(), TxRefused> {
    let keeper = ctx.keeper_pk(tx.body.keeper).ok_or(TxRefused::UnknownMember)?;
    keeper
        .verify(Label::Erasure, &ctx.chain_id, &tx.body.octets(), &tx.signature)
        .map_err(|_| TxRefused::Signature)
}

pub(super) fn erasure<S: StateReader>(
    state: &mut Overlay<'_, S>,
    tx: &ErasureAckTx,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let mut record = state.grant(&tx.body.grant_id)?.ok_or(TxRefused::UnknownGrant)?;
    if record.end.is_none() {
        return Err(TxRefused::NotEnded.into());
    }
    let bit = bit(tx.body.keeper).ok_or(TxRefused::UnknownMember)?;
    if record.erased & bit != 0 {
        return Err(TxRefused::AlreadyErased.into());
    }
    record.erased |= bit;
    state.put(StateKey::Grant(tx.body.grant_id), &record);
    events.push(Event::Erased { grant: tx.body.grant_id, keeper: tx.body.keeper });
    Ok(())
}
