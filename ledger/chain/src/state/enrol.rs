//! EnrolTx and WithdrawTx.

use super::overlay::Overlay;
use super::record::{EnrolmentRecord, Withdrawn};
use super::{CheckError, Event, Head, StateKey, StateReader, TxRefused};
use crate::genesis::ChainContext;
use crate::sign::Label;
use crate::tx::{EnrolTx, WithdrawTx, pow_valid};

pub(super) fn enrol_signed(ctx: &ChainContext, tx: &EnrolTx) -> Result<(), TxRefused> {
    // The cheap puzzle before the costly signature.
    if !pow_valid(&ctx.chain_id, &tx.body.octets(), tx.pow, ctx.params.pow_bits) {
        return Err(TxRefused::ProofOfWork);
    }
    tx.body
        .enrolment_pk
        .verify(Label::Enrol, &ctx.chain_id, &tx.signed(), &tx.signature)
        .map_err(|_| TxRefused::Signature)
}

pub(super) fn enrol<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    tx: &EnrolTx,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let pk = tx.body.enrolment_pk;
    // Also a withdrawn one: a key that is lost stays lost.
    if state.enrolment(&pk)?.is_some() {
        return Err(TxRefused::EnrolmentExists.into());
    }
    let record = EnrolmentRecord {
        commitment: tx.body.commitment,
        height: now.height,
        time_ms: now.time_ms,
        withdrawn: None,
    };
    state.put(StateKey::Enrolment(pk), &record);
    events.push(Event::Enrolled(pk));
    Ok(())
}

pub(super) fn withdraw_signed(ctx: &ChainContext, tx: &WithdrawTx) -> Result<(), TxRefused> {
    if !pow_valid(&ctx.chain_id, &tx.body.octets(), tx.pow, ctx.params.pow_bits) {
        return Err(TxRefused::ProofOfWork);
    }
    tx.body
        .enrolment_pk
        .verify(Label::Withdraw, &ctx.chain_id, &tx.signed(), &tx.signature)
        .map_err(|_| TxRefused::Signature)
}

pub(super) fn withdraw<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    tx: &WithdrawTx,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let pk = tx.body.enrolment_pk;
    let mut record = state.enrolment(&pk)?.ok_or(TxRefused::UnknownEnrolment)?;
    // The first withdrawal's time stands: a later one would make lost days look enrolled.
    if record.withdrawn.is_some() {
        return Err(TxRefused::EnrolmentWithdrawn.into());
    }
    record.withdrawn = Some(Withdrawn { height: now.height, time_ms: now.time_ms });
    state.put(StateKey::Enrolment(pk), &record);
    events.push(Event::EnrolmentWithdrawn(pk));
    Ok(())
}
