//! ApproveTx and ObjectTx.

use super::super::overlay::Overlay;
use super::super::record::{GrantEnd, GrantRecord};
use super::super::{CheckError, Event, Head, StateError, StateKey, StateReader, TxRefused};
use super::{as_seen_by, in_time, known, record};
use crate::circle::{CircleGrantRecord, CircleRecord, Subject};
use crate::ids::GrantId;
use crate::tx::{ApproveBody, ObjectBody};

pub(in crate::state) fn approve<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &ApproveBody,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    in_time(now, body)?;
    let circle = as_seen_by(state, now, &body.circle_id, (body.revision, &body.signer_pk))?;
    let signer = circle.find(&body.signer_pk).ok_or(TxRefused::CircleSigner)?;
    match body.subject {
        Subject::Change(subject) => {
            let after = circle.approve(now.time_ms, signer, &subject)?;
            record(state, now, after, events);
        }
        Subject::Grant(id) => {
            let (given, _) = running(state, now, &circle, &id)?;
            let after = given.approve(now.time_ms, &circle, signer)?;
            state.put(StateKey::CircleGrant(id), &after);
            events.push(Event::Delegated(id));
        }
    }
    Ok(())
}

pub(in crate::state) fn object<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &ObjectBody,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    in_time(now, body)?;
    let circle = known(state, now, &body.circle_id)?;
    let signer = circle.find(&body.signer_pk).ok_or(TxRefused::CircleSigner)?;
    match body.subject {
        Subject::Change(subject) => {
            circle.may_object(now.time_ms, signer)?;
            let after = circle.object(&subject)?;
            record(state, now, after, events);
        }
        Subject::Grant(id) => {
            let (given, mut grant) = running(state, now, &circle, &id)?;
            let after = given.object(now.time_ms, &circle, signer)?;
            // It can never open again, so keepers need not hold its shares until it runs out.
            grant.end = Some(GrantEnd { revoked: true, height: now.height });
            state.put(StateKey::Grant(id), &grant);
            state.put(StateKey::CircleGrant(id), &after);
            events.push(Event::Revoked(id));
            events.push(Event::Delegated(id));
        }
    }
    Ok(())
}

/// A delegated permission of this circle that has not ended.
fn running<S: StateReader>(
    state: &Overlay<'_, S>,
    now: Head,
    circle: &CircleRecord,
    id: &GrantId,
) -> Result<(CircleGrantRecord, GrantRecord), CheckError> {
    let given = state.delegated(id)?.filter(|given| given.circle_id == circle.circle_id);
    let given = given.ok_or(TxRefused::NothingWaits)?;
    let grant = state.grant(id)?.ok_or(StateError::Inconsistent("a delegated permission without terms"))?;
    if grant.end.is_some() || now.time_ms >= grant.terms.expires_ms {
        return Err(TxRefused::Ended.into());
    }
    Ok((given, grant))
}
