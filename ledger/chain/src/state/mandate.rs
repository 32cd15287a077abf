//! MandatedGrantTx and MandatedRevokeTx: what another laptop of a person may do, as long as its mandate stands. Its objection to
//! a change of the person's circle is `circle/laptop.rs`.
//!
//! A removed laptop is one whose mandates were withdrawn. Then it gives nothing, and stops nothing, not even what it gave
//! itself; the permissions that it gave run on, and the key of the mandate can stop them. Whoever gave a permission says with its
//! `revoker_root` who else stops it, and anybody can enrol: a laptop with a modified application may have named keys of its own there, and
//! stop what it gave with these. Refusing the root from then on would keep the person's other laptops from stopping it too.

use super::overlay::Overlay;
use super::record::EnrolmentRecord;
use super::{CheckError, Event, Head, StateKey, StateReader, TxRefused, grant};
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::genesis::ChainContext;
use crate::ids::{GrantId, Hash32, TxHash, VerifyingKey};
use crate::sign::Label;
use crate::tx::{
    Mandate, MandateFor, MandatedGrantBody, MandatedGrantTx, MandatedRevokeBody, MandatedRevokeTx, PaidBody,
    mandate_commitment, pow_valid,
};

/// The permission that was given under a mandate. It is at [`StateKey::Mandate`] and at [`StateKey::Mandated`]: whoever has
/// either name finds the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MandateRecord {
    /// The mandate.
    pub mandate_pk: VerifyingKey,
    /// The permission.
    pub grant_id: GrantId,
}

impl Record for MandateRecord {
    const MAX: usize = 2 + 64;

    fn kind(&self) -> u8 {
        0x24
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.mandate_pk);
        out.fixed(self.grant_id);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            0x24 => Ok(Self { mandate_pk: input.verifying_key()?, grant_id: input.grant_id()? }),
            other => Err(CodecError::Kind(other)),
        }
    }
}

pub(super) fn grant_signed(ctx: &ChainContext, tx: &MandatedGrantTx) -> Result<(), TxRefused> {
    let body = &tx.body;
    grant::body_holds(ctx, &body.grant, &body.octets(), tx.pow)?;
    let own = &body.grant.terms.patient_grant_pk;
    let signed = own.verify(Label::MandatedGrant, &ctx.chain_id, &tx.signed(), &tx.signature);
    signed.map_err(|_| TxRefused::Signature)?;
    grant::acks_verify(ctx, &body.grant)
}

pub(super) fn grant<S: StateReader>(
    ctx: &ChainContext,
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &MandatedGrantBody,
    hash: TxHash,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let terms = &body.grant.terms;
    stands(ctx, state, MandateFor::Giving, (&body.mandate, &terms.patient_grant_pk))?;
    let mandate_pk = body.mandate.mandate_pk;
    // One act's worth: whoever keeps the mandate finds everything that came of it under one name.
    if state.record::<MandateRecord>(&StateKey::Mandate(mandate_pk))?.is_some() {
        return Err(TxRefused::MandateUsed.into());
    }
    // Refuses before it records anything, so this is the last that can refuse.
    grant::grant(state, now, &body.grant, hash, events)?;
    let record = MandateRecord { mandate_pk, grant_id: terms.grant_id };
    state.put(StateKey::Mandate(mandate_pk), &record);
    state.put(StateKey::Mandated(terms.grant_id), &record);
    Ok(())
}

pub(super) fn revoke_signed(ctx: &ChainContext, tx: &MandatedRevokeTx) -> Result<(), TxRefused> {
    if !pow_valid(&ctx.chain_id, &tx.body.octets(), tx.pow, ctx.params.pow_bits) {
        return Err(TxRefused::ProofOfWork);
    }
    tx.body
        .hand_pk
        .verify(Label::MandatedRevoke, &ctx.chain_id, &tx.signed(), &tx.signature)
        .map_err(|_| TxRefused::Signature)
}

pub(super) fn revoke<S: StateReader>(
    ctx: &ChainContext,
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &MandatedRevokeBody,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let record = state.grant(&body.grant_id)?.ok_or(TxRefused::UnknownGrant)?;
    let root = record.terms.revoker_root;
    if root == Hash32::ZERO || !body.path.proves(&root, &body.mandate.mandate_pk.revoker_leaf()) {
        return Err(TxRefused::Revoker.into());
    }
    stands(ctx, state, MandateFor::Stopping, (&body.mandate, &body.hand_pk))?;
    grant::end(state, now, record, events)
}

/// Whether a mandate is for this and for this key, and was not withdrawn.
pub(super) fn stands<S: StateReader>(
    ctx: &ChainContext,
    state: &Overlay<'_, S>,
    what: MandateFor,
    (mandate, hand): (&Mandate, &VerifyingKey),
) -> Result<(), CheckError> {
    let enrolled: EnrolmentRecord =
        state.enrolment(&mandate.mandate_pk)?.ok_or(TxRefused::UnknownEnrolment)?;
    if enrolled.commitment != mandate_commitment(what, &ctx.chain_id, &mandate.salt, hand) {
        return Err(TxRefused::Mandate.into());
    }
    if enrolled.withdrawn.is_some() {
        return Err(TxRefused::EnrolmentWithdrawn.into());
    }
    Ok(())
}

/// What the mandate of a permission says to a plain stop or a review by this key: `Some(true)` for the mandate's own key, and for the
/// laptop that gave it as long as the mandate stands; `None` when it was given without one, or the key is another.
pub(super) fn may_stop<S: StateReader>(
    state: &Overlay<'_, S>,
    grant: &GrantId,
    own: &VerifyingKey,
    by: &VerifyingKey,
) -> Result<Option<bool>, CheckError> {
    let Some(given) = state.record::<MandateRecord>(&StateKey::Mandated(*grant))? else { return Ok(None) };
    if *by == given.mandate_pk {
        return Ok(Some(true));
    }
    if by != own {
        return Ok(None);
    }
    let enrolled = state.enrolment(&given.mandate_pk)?;
    Ok(Some(enrolled.is_some_and(|enrolled| enrolled.withdrawn.is_none())))
}
