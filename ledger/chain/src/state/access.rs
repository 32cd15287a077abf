//! AccessTx and the log of receipts.

use super::overlay::Overlay;
use super::record::{AccessPointer, AccessRecord, GrantStatus};
use super::{
    CheckError, Event, Head, StateKey, StateReader, StatementRecord, TxRefused, circle, contract, duty,
};
use crate::codec::Record;
use crate::genesis::ChainContext;
use crate::ids::{GrantId, Hash32, TxHash, sha256};
use crate::sign::Label;
use crate::time::Epoch;
use crate::tx::{AccessBody, AccessTx};

/// Head of an empty log: SHA-256("hg/v1/access-log" || grant_id).
pub fn access_log_start(grant: &GrantId) -> Hash32 {
    Hash32(sha256(&[b"hg/v1/access-log", &grant.0]))
}

/// Head after these receipts, in order: each step is SHA-256("hg/v1/access-log" || head || receipt).
/// Equal to the head in the proven grant record, the list is the whole log.
pub fn access_log_head<'a>(grant: &GrantId, log: impl IntoIterator<Item = &'a AccessRecord>) -> Hash32 {
    log.into_iter().fold(access_log_start(grant), |head, receipt| next_head(&head, receipt))
}

fn next_head(head: &Hash32, receipt: &AccessRecord) -> Hash32 {
    Hash32(sha256(&[b"hg/v1/access-log", &head.0, &receipt.encode()]))
}

pub(super) fn access_signed(ctx: &ChainContext, tx: &AccessTx) -> Result<(), TxRefused> {
    tx.body
        .reader_pk
        .signing()
        .verify(Label::Access, &ctx.chain_id, &tx.body.octets(), &tx.signature)
        .map_err(|_| TxRefused::Signature)
}

/// Records a receipt, with a statement or without one: it is the same receipt in the same log, and its `tx_hash` commits to
/// what was stated.
pub(super) fn access<S: StateReader>(
    ctx: &ChainContext,
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &AccessBody,
    statement: Option<&StatementRecord>,
    hash: TxHash,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let mut grant = state.grant(&body.grant_id)?.ok_or(TxRefused::UnknownGrant)?;
    match grant.status_at(now.time_ms) {
        GrantStatus::Active => {}
        GrantStatus::NotYet => return Err(TxRefused::NotBegun.into()),
        GrantStatus::Revoked | GrantStatus::Expired => return Err(TxRefused::Ended.into()),
    }
    let on_duty = match state.duty_grant(&body.grant_id)? {
        Some(to) => Some(duty::may_open(state, now, &to.group, body)?),
        None if !body.path.proves(&grant.terms.reader_pk_root, &body.reader_pk.leaf()) => {
            return Err(TxRefused::Reader.into());
        }
        None => None,
    };
    let given = circle::may_open(state, now, &body.grant_id, &body.reader_pk)?;
    let credential = state.credential(&body.reader_pk.signing())?;
    if credential.is_some_and(|credential| !credential.in_force(now.time_ms)) {
        return Err(TxRefused::Credential.into());
    }
    if state.record::<AccessPointer>(&StateKey::Access(hash))?.is_some() {
        return Err(TxRefused::Replayed.into());
    }
    let Epoch(epoch) = Epoch::at(now.time_ms);
    if grant.access_epoch != epoch {
        grant.access_epoch = epoch;
        grant.access_in_epoch = 0;
    }
    if grant.access_in_epoch >= ctx.params.access_per_epoch || grant.access_count == u32::MAX {
        return Err(TxRefused::TooMany.into());
    }
    // Last, because it costs most.
    let people =
        contract::People { reader: &body.reader_pk, given: given.as_ref(), on_duty: on_duty.as_ref() };
    contract::opened(state, now, &grant.terms, &people, statement)?;
    let receipt = AccessRecord {
        tx_hash: hash,
        grant_id: body.grant_id,
        place: grant.access_count,
        reader_pk: body.reader_pk,
        request_hash: body.request_hash,
        epk_hash: body.epk_hash,
        height: now.height,
        time_ms: now.time_ms,
    };
    grant.access_in_epoch += 1;
    grant.access_count += 1;
    grant.access_head = next_head(&grant.access_head, &receipt);
    let pointer = AccessPointer { grant_id: body.grant_id, place: receipt.place, height: now.height };
    state.put(StateKey::Access(hash), &pointer);
    state.put(StateKey::AccessLog(body.grant_id, receipt.place), &receipt);
    state.put(StateKey::Grant(body.grant_id), &grant);
    events.push(Event::Accessed(receipt));
    Ok(())
}
