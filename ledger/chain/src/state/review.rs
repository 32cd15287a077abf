//! ReviewTx: who may say something of an emergency, and what an objection does.
//!
//! It is final, it names who said it, and it stands in the list of the member that attested the clinician. Where it says so it also
//! stops the permission: nothing more is opened with it.

use super::circle;
use super::emergency::{ActRecord, ObjectionCount, ObjectionRecord, Review, Reviewer};
use super::overlay::Overlay;
use super::record::{GrantEnd, GrantRecord};
use super::{CheckError, Event, Head, StateKey, StateReader, TxRefused, mandate};
use crate::circle::Signer;
use crate::genesis::ChainContext;
use crate::ids::TxHash;
use crate::tx::{ReviewBody, ReviewTx, Verdict};

pub(super) fn review_signed(ctx: &ChainContext, tx: &ReviewTx) -> Result<(), TxRefused> {
    circle::paid_signed(ctx, tx)?;
    let entrusted = tx.body.entrusted.map(|entrusted| entrusted.verify(&tx.body.grant_id, &ctx.chain_id));
    entrusted.unwrap_or(Ok(())).map_err(|_| TxRefused::Signature)
}

pub(super) fn review<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &ReviewBody,
    hash: TxHash,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    if now.height > body.valid_until_height {
        return Err(TxRefused::TooLate.into());
    }
    let mut grant = state.grant(&body.grant_id)?.ok_or(TxRefused::UnknownGrant)?;
    let key = StateKey::EmergencyAct(body.act);
    let act: Option<ActRecord> = state.record(&key)?;
    let act = act.filter(|act| act.grant_id == body.grant_id).ok_or(TxRefused::UnknownAct)?;
    let by = reviewer(state, now, body, &grant)?;
    let review = Review { by: body.signer_pk, verdict: body.verdict, at_ms: now.time_ms };
    state.put(key, &act.reviewed(review, by)?);
    events.push(Event::Reviewed(body.grant_id));
    if body.verdict.objects() {
        list(state, now, body, &act, hash)?;
    }
    // A permission that ended has nothing to stop, and an objection comes late more often than not.
    let running = grant.end.is_none() && now.time_ms < grant.terms.expires_ms;
    if body.verdict == Verdict::Stopped && running {
        grant.end = Some(GrantEnd { revoked: true, height: now.height });
        state.put(StateKey::Grant(body.grant_id), &grant);
        events.push(Event::Revoked(body.grant_id));
    }
    Ok(())
}

/// Whose key it is, if it may say something.
fn reviewer<S: StateReader>(
    state: &Overlay<'_, S>,
    now: Head,
    body: &ReviewBody,
    grant: &GrantRecord,
) -> Result<Reviewer, CheckError> {
    let own = grant.terms.patient_grant_pk;
    // The own key of what another laptop gave is that laptop's. A removed one says nothing in the person's name, and stops nothing by
    // saying it; neither does whom it entrusted.
    if mandate::may_stop(state, &body.grant_id, &own, &own)? == Some(false) {
        return Err(TxRefused::Reviewer.into());
    }
    let given = state.delegated(&body.grant_id)?;
    let circle_id = match (&given, &body.entrusted) {
        // The own key of a delegate's permission is the delegate's, who must not review in the person's name.
        (Some(given), None) => given.circle_id,
        (None, Some(entrusted)) if entrusted.patient_grant_pk == own => entrusted.circle_id,
        (None, None) if body.signer_pk == own => return Ok(Reviewer::Person),
        _ => return Err(TxRefused::Reviewer.into()),
    };
    let circle = state.circle(&circle_id, now.time_ms)?.ok_or(TxRefused::UnknownCircle)?;
    match circle.find(&body.signer_pk).ok_or(TxRefused::CircleSigner)? {
        Signer::Delegate(seat) if circle.in_force(seat, now.time_ms) => Ok(Reviewer::Helper),
        Signer::Delegate(_) => Err(TxRefused::PowerNotInForce.into()),
        // Of a permission of their own the person speaks with its own key: each says it once.
        Signer::Patient if given.is_some() => Ok(Reviewer::Person),
        Signer::Patient | Signer::Guardian(_) => Err(TxRefused::BeyondRole.into()),
    }
}

/// Puts an objection into the list of the member that attested the clinician.
fn list<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &ReviewBody,
    act: &ActRecord,
    hash: TxHash,
) -> Result<(), CheckError> {
    // Whoever announced or opened was attested, and what is recorded of a credential stays.
    let Some(credential) = state.credential(&act.by)? else { return Ok(()) };
    let member = credential.body.member_index;
    let count: Option<ObjectionCount> = state.record(&StateKey::Objections(member))?;
    let ObjectionCount(place) = count.unwrap_or_default();
    let next = place.checked_add(1).ok_or(TxRefused::TooMany)?;
    let objection = ObjectionRecord {
        tx: hash,
        act: body.act,
        grant_id: body.grant_id,
        credential_pk: act.by,
        verdict: body.verdict,
        at_ms: now.time_ms,
    };
    state.put(StateKey::Objection(member, place), &objection);
    state.put(StateKey::Objections(member), &ObjectionCount(next));
    Ok(())
}
