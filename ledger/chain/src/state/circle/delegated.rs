//! DelegatedGrantTx: a grant like any other, and what makes it a steward's.

use super::super::overlay::Overlay;
use super::super::{CheckError, Event, Head, StateKey, StateReader, TxRefused, grant};
use super::{attested, known};
use crate::circle::{CircleGrantRecord, GrantReader, Signer};
use crate::genesis::ChainContext;
use crate::ids::{Hash32, TxHash};
use crate::merkle;
use crate::sign::Label;
use crate::tx::{DelegatedGrantBody, DelegatedGrantTx};

/// Everything that needs no state: what holds for every permission, both signatures, and that the readers are those of the
/// permission and known to their clinicians.
pub(in crate::state) fn delegated_signed(ctx: &ChainContext, tx: &DelegatedGrantTx) -> Result<(), TxRefused> {
    let (body, terms, chain) = (&tx.body, &tx.body.grant.terms, &ctx.chain_id);
    grant::body_holds(ctx, &body.grant, &body.octets(), tx.pow)?;
    let leaves: Vec<Hash32> = body.readers.iter().map(|claim| claim.reader_pk.leaf()).collect();
    if leaves.is_empty() || merkle::root(&leaves) != terms.reader_pk_root {
        return Err(TxRefused::Recipient);
    }
    let signed = tx.signed();
    let own = terms.patient_grant_pk.verify(Label::DelegatedGrant, chain, &signed, &tx.grant_signature);
    own.map_err(|_| TxRefused::Signature)?;
    let steward = body.delegate_pk.verify(Label::DelegatedGrant, chain, &signed, &tx.delegate_signature);
    steward.map_err(|_| TxRefused::Signature)?;
    for claim in &body.readers {
        let code =
            claim.credential_pk.verify(Label::Code, chain, claim.reader_pk.as_ref(), &claim.code_signature);
        code.map_err(|_| TxRefused::Recipient)?;
    }
    grant::acks_verify(ctx, &body.grant)
}

pub(in crate::state) fn delegated<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    body: &DelegatedGrantBody,
    hash: TxHash,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let id = body.grant.terms.grant_id;
    let circle = known(state, now, &body.circle_id)?;
    let Some(Signer::Delegate(proposer)) = circle.find(&body.delegate_pk) else {
        return Err(TxRefused::CircleSigner.into());
    };
    let needs = circle.needs(now.time_ms, proposer, body)?;
    for claim in &body.readers {
        attested(state, now, &claim.credential_pk)?;
    }
    // Refuses before it records anything, so this is the last that can refuse.
    grant::grant(state, now, &body.grant, hash, events)?;
    let readers = body.readers.iter();
    let given = CircleGrantRecord {
        circle_id: body.circle_id,
        proposer,
        needs,
        approvals: Vec::new(),
        proposed_ms: now.time_ms,
        ready_ms: (needs == 0).then_some(now.time_ms),
        objected: false,
        confirmed_by: None,
        readers: readers
            .map(|claim| GrantReader { leaf: claim.reader_pk.leaf(), credential_pk: claim.credential_pk })
            .collect(),
    };
    state.put(StateKey::CircleGrant(id), &given);
    events.push(Event::Delegated(id));
    Ok(())
}
