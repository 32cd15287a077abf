//! CircleTx, ChangeTx and SpringTx, and below what is said about a circle. What is allowed says [`crate::circle`]; here it is read and recorded.

use super::overlay::Overlay;
use super::{CheckError, CredentialRecord, Event, Head, StateError, StateKey, StateReader, TxRefused};
use crate::circle::{Change, CircleRecord, Signer};
use crate::genesis::ChainContext;
use crate::ids::{CircleId, VerifyingKey};
use crate::tx::{ChangeBody, CircleBody, CircleTx, Paid, PaidBody, SpringBody, pow_valid};

mod delegated;
mod hold;
mod laptop;
mod respond;

pub(super) use delegated::{delegated, delegated_signed};
pub(super) use hold::{may_open, may_stop};
pub(super) use laptop::{laptop_signed, object_by_laptop};
pub(super) use respond::{approve, object};

/// Proof of work and signature of a transaction of one key.
pub(super) fn paid_signed<B: PaidBody>(ctx: &ChainContext, tx: &Paid<B>) -> Result<(), TxRefused> {
    // The cheap puzzle before the costly signature.
    if !pow_valid(&ctx.chain_id, &tx.body.octets(), tx.pow, ctx.params.pow_bits) {
        return Err(TxRefused::ProofOfWork);
    }
    let signer = tx.body.signer();
    signer.verify(B::LABEL, &ctx.chain_id, &tx.signed(), &tx.signature).map_err(|_| TxRefused::Signature)
}

pub(super) fn create_signed(ctx: &ChainContext, tx: &CircleTx) -> Result<(), TxRefused> {
    let body = &tx.body;
    if body.circle_id != CircleId::derive(&ctx.chain_id, &body.patient_pk, &body.nonce) {
        return Err(TxRefused::CircleId);
    }
    paid_signed(ctx, tx)
}

pub(super) fn create<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &CircleBody,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    in_time(now, body)?;
    if state.circle(&body.circle_id, now.time_ms)?.is_some() {
        return Err(TxRefused::CircleExists.into());
    }
    let circle = CircleRecord::create(body, now)?;
    record(state, now, circle, events);
    Ok(())
}

pub(super) fn change<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &ChangeBody,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    in_time(now, body)?;
    let circle = known(state, now, &body.circle_id)?;
    let circle = if undoes(&circle, body) {
        circle
    } else {
        as_seen_by(state, now, &body.circle_id, (body.revision, &body.signer_pk))?
    };
    let signer = circle.find(&body.signer_pk).ok_or(TxRefused::CircleSigner)?;
    let after = circle.propose(now.time_ms, signer, &body.change, body.subject())?;
    record(state, now, after, events);
    Ok(())
}

/// Whether the person takes somebody out of the circle as it was before. A seat is never given twice, so it means the same now; and
/// whoever is to go could ask for something, or object to it, in every block, so that the person's word always came too late.
fn undoes(circle: &CircleRecord, body: &ChangeBody) -> bool {
    matches!(body.change, Change::RemoveDelegate(_))
        && body.revision < circle.revision
        && circle.find(&body.signer_pk) == Some(Signer::Patient)
}

pub(super) fn spring<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &SpringBody,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    in_time(now, body)?;
    let circle = as_seen(state, now, &body.circle_id, body.revision)?;
    let by = attested(state, now, &body.credential_pk)?;
    let before = circle.attested(&body.delegate_pk).iter();
    let before = before.filter_map(|pk| state.credential(pk).transpose());
    let before: Vec<CredentialRecord> = before.collect::<Result<_, StateError>>()?;
    let circle = circle.heard(now.time_ms, &body.delegate_pk, &by, &before)?;
    let after = circle.attest(&body.delegate_pk, &body.credential_pk)?;
    record(state, now, after, events);
    Ok(())
}

fn in_time(now: Head, body: &impl PaidBody) -> Result<(), TxRefused> {
    if now.height > body.valid_until_height() { Err(TxRefused::TooLate) } else { Ok(()) }
}

/// The circle at this block's time.
fn known<S: StateReader>(
    state: &Overlay<'_, S>,
    now: Head,
    id: &CircleId,
) -> Result<CircleRecord, CheckError> {
    Ok(state.circle(id, now.time_ms)?.ok_or(TxRefused::UnknownCircle)?)
}

/// The circle at this block's time, when it is still at the revision that was signed for.
fn as_seen<S: StateReader>(
    state: &Overlay<'_, S>,
    now: Head,
    id: &CircleId,
    revision: u32,
) -> Result<CircleRecord, CheckError> {
    let circle = known(state, now, id)?;
    if circle.revision != revision {
        return Err(TxRefused::CircleRevision.into());
    }
    Ok(circle)
}

/// The same for somebody of the circle who asks or approves. A young key of the person could make a revision in every block, and so
/// outrun those who take it back: what guardians signed counts then also at a later revision.
fn as_seen_by<S: StateReader>(
    state: &Overlay<'_, S>,
    now: Head,
    id: &CircleId,
    (revision, signer_pk): (u32, &VerifyingKey),
) -> Result<CircleRecord, CheckError> {
    let circle = known(state, now, id)?;
    let guardian = matches!(circle.find(signer_pk), Some(Signer::Guardian(_)));
    let outrun = revision < circle.revision && guardian && circle.is_young(now.time_ms);
    if circle.revision == revision || outrun { Ok(circle) } else { Err(TxRefused::CircleRevision.into()) }
}

/// A clinician's credential, which is in force.
fn attested<S: StateReader>(
    state: &Overlay<'_, S>,
    now: Head,
    credential_pk: &VerifyingKey,
) -> Result<CredentialRecord, CheckError> {
    let credential = state.credential(credential_pk)?;
    Ok(credential.filter(|credential| credential.in_force(now.time_ms)).ok_or(TxRefused::Credential)?)
}

fn record<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    circle: CircleRecord,
    events: &mut Vec<Event>,
) {
    let circle = CircleRecord { height: now.height, ..circle };
    events.push(Event::Circle(circle.circle_id));
    state.put(StateKey::Circle(circle.circle_id), &circle);
}
