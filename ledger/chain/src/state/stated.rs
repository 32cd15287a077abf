//! StatedAccessTx and AnnounceTx.

use super::consent::{EmergencyRecord, StatementRecord};
use super::overlay::Overlay;
use super::record::GrantStatus;
use super::{CheckError, Event, Head, StateKey, StateReader, TxRefused, access, circle};
use crate::circle::CircleGrantRecord;
use crate::genesis::ChainContext;
use crate::ids::{Hash32, TxHash};
use crate::sign::Label;
use crate::tx::{AnnounceTx, Purpose, StatedAccessTx};

pub(super) fn stated_signed(ctx: &ChainContext, tx: &StatedAccessTx) -> Result<(), TxRefused> {
    let reader = tx.body.access.reader_pk.signing();
    if tx.body.second.is_some_and(|second| second.pk == reader) {
        return Err(TxRefused::Second);
    }
    reader
        .verify(Label::StatedAccess, &ctx.chain_id, &tx.body.octets(), &tx.signature)
        .map_err(|_| TxRefused::Signature)?;
    tx.body.second_signed(&ctx.chain_id).map_err(|_| TxRefused::Signature)
}

pub(super) fn stated<S: StateReader>(
    ctx: &ChainContext,
    state: &mut Overlay<'_, S>,
    now: Head,
    tx: &StatedAccessTx,
    hash: TxHash,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let statement = StatementRecord::from(&tx.body);
    if let Some(second) = &statement.second_pk {
        // A delegate's permission names the attested key of each reader: nobody seconds themselves under their other key.
        let given = state.delegated(&tx.body.access.grant_id)?;
        if *second == CircleGrantRecord::answering(given.as_ref(), &tx.body.access.reader_pk) {
            return Err(TxRefused::Second.into());
        }
        // Unlike the reader's, this credential has to exist: the word of a key that nobody attested is worth nothing.
        let credential = state.credential(second)?;
        let attested = credential.is_some_and(|credential| credential.in_force(now.time_ms));
        if !attested {
            return Err(TxRefused::Second.into());
        }
    }
    access::access(ctx, state, now, &tx.body.access, Some(&statement), hash, events)?;
    state.put(StateKey::Statement(hash), &statement);
    if statement.purpose == Purpose::Emergency {
        let key = StateKey::Emergency(tx.body.access.grant_id);
        let before = state.record::<EmergencyRecord>(&key)?.unwrap_or_default();
        if before.opened_ms.is_none() {
            state.put(key, &EmergencyRecord { opened_ms: Some(now.time_ms), ..before });
        }
    }
    Ok(())
}

pub(super) fn announce_signed(ctx: &ChainContext, tx: &AnnounceTx) -> Result<(), TxRefused> {
    tx.body
        .reader_pk
        .signing()
        .verify(Label::Announce, &ctx.chain_id, &tx.body.octets(), &tx.signature)
        .map_err(|_| TxRefused::Signature)
}

pub(super) fn announce<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    tx: &AnnounceTx,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let body = &tx.body;
    let grant = state.grant(&body.grant_id)?.ok_or(TxRefused::UnknownGrant)?;
    match grant.status_at(now.time_ms) {
        GrantStatus::Active => {}
        GrantStatus::NotYet => return Err(TxRefused::NotBegun.into()),
        GrantStatus::Revoked | GrantStatus::Expired => return Err(TxRefused::Ended.into()),
    }
    // Nothing but a contract reads it.
    if grant.terms.contract_hash == Hash32::ZERO {
        return Err(TxRefused::Contract.into());
    }
    if !body.path.proves(&grant.terms.reader_pk_root, &body.reader_pk.leaf()) {
        return Err(TxRefused::Reader.into());
    }
    circle::may_open(state, now, &body.grant_id, &body.reader_pk)?;
    let credential = state.credential(&body.reader_pk.signing())?;
    if credential.is_some_and(|credential| !credential.in_force(now.time_ms)) {
        return Err(TxRefused::Credential.into());
    }
    let key = StateKey::Emergency(body.grant_id);
    let before = state.record::<EmergencyRecord>(&key)?.unwrap_or_default();
    // One that serves stands: a later one would start the wait anew, and be one more notice of nothing.
    if before.serves(now.time_ms).is_some() {
        return Err(TxRefused::Announced.into());
    }
    let announced = EmergencyRecord { announced_ms: Some(now.time_ms), reason: body.reason, ..before };
    state.put(key, &announced);
    events.push(Event::Announced(body.grant_id));
    Ok(())
}
