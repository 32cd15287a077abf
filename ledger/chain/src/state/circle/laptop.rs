//! MandatedObjectTx: another laptop of the person ends a change that waits, as the person's own key may.

use super::super::overlay::Overlay;
use super::super::{CheckError, Event, Head, StateReader, TxRefused, mandate};
use super::{in_time, known, paid_signed, record};
use crate::circle::Signer;
use crate::genesis::ChainContext;
use crate::tx::{MandateFor, MandatedObjectBody, MandatedObjectTx};

/// Both signatures: the laptop's over the whole, and the person's over the circle and the mandate.
pub(in crate::state) fn laptop_signed(ctx: &ChainContext, tx: &MandatedObjectTx) -> Result<(), TxRefused> {
    paid_signed(ctx, tx)?;
    tx.body.may.verify(&tx.body.circle_id, &ctx.chain_id).map_err(|_| TxRefused::Signature)
}

pub(in crate::state) fn object_by_laptop<S: StateReader>(
    ctx: &ChainContext,
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &MandatedObjectBody,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    in_time(now, body)?;
    let circle = known(state, now, &body.circle_id)?;
    // Whose word it is: a key that was the person's once says nothing any more, nor does anybody else of the circle.
    if circle.find(&body.may.person_pk) != Some(Signer::Patient) {
        return Err(TxRefused::CircleSigner.into());
    }
    // What the person's key may not say, it says through nobody else.
    circle.may_object(now.time_ms, Signer::Patient)?;
    let after = circle.object(&body.change)?;
    mandate::stands(ctx, state, MandateFor::Objecting, (&body.may.mandate, &body.hand_pk))?;
    record(state, now, after, events);
    Ok(())
}
