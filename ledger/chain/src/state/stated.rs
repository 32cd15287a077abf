//! StatedAccessTx and AnnounceTx.

use super::consent::StatementRecord;
use super::emergency::{ActRecord, Announcement, Did, EmergencyRecord};
use super::overlay::Overlay;
use super::record::{AccessPointer, CredentialRecord, GrantStatus};
use super::{CheckError, Event, Head, StateError, StateKey, StateReader, TxRefused, access, circle};
use crate::circle::CircleGrantRecord;
use crate::genesis::ChainContext;
use crate::ids::{GrantId, Hash32, TxHash, VerifyingKey};
use crate::sign::Label;
use crate::tx::{AnnounceTx, Purpose, StatedAccessBody, StatedAccessTx};

pub(super) fn stated_signed(ctx: &ChainContext, tx: &StatedAccessTx) -> Result<(), TxRefused> {
    let reader = tx.body.access.reader_pk.signing();
    if tx.body.second.is_some_and(|second| second.pk == reader) {
        return Err(TxRefused::Second);
    }
    reader
        .verify(Label::StatedAccess, &ctx.chain_id, &tx.body.octets(), &tx.signature)
        .map_err(|_| TxRefused::Signature)?;
    tx.body.opener_signed(&ctx.chain_id).map_err(|_| TxRefused::Signature)?;
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
    people(state, now, &tx.body)?;
    // Whoever else holds the card could sign as the reader for what the clinician signed once.
    let once = tx.body.once().map(StateKey::Access);
    if let Some(key) = &once
        && state.record::<AccessPointer>(key)?.is_some()
    {
        return Err(TxRefused::Replayed.into());
    }
    access::access(ctx, state, now, &tx.body.access, Some(&statement), hash, events)?;
    state.put(StateKey::Statement(hash), &statement);
    let pointer: Option<AccessPointer> = state.record(&StateKey::Access(hash))?;
    let (Some(by), Some(once), Some(pointer)) = (statement.opener_pk, once, pointer) else { return Ok(()) };
    state.put(once, &pointer);
    if statement.purpose == Purpose::Emergency {
        let grant_id = tx.body.access.grant_id;
        opened(state, now, grant_id)?;
        let (did, reason, at_ms, reviews) = (Did::Opened, statement.reason, now.time_ms, Vec::new());
        let act = ActRecord { grant_id, did, by, reason, at_ms, reviews };
        state.put(StateKey::EmergencyAct(hash), &act);
    }
    Ok(())
}

/// The first emergency opening of a permission begins its end.
fn opened<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    grant_id: GrantId,
) -> Result<(), CheckError> {
    let key = StateKey::Emergency(grant_id);
    let before: EmergencyRecord = state.record(&key)?.unwrap_or_default();
    if before.opened_ms.is_none() {
        state.put(key, &EmergencyRecord { opened_ms: Some(now.time_ms), ..before });
    }
    Ok(())
}

/// Who has to be there: in an emergency an attested clinician who answers for it, and where there is a second person, besides
/// that clinician somebody else with a credential in force.
fn people<S: StateReader>(
    state: &Overlay<'_, S>,
    now: Head,
    body: &StatedAccessBody,
) -> Result<(), CheckError> {
    let opener = match (body.purpose, &body.second, &body.opener) {
        (Purpose::Treatment, None, None) => return Ok(()),
        (Purpose::Emergency, _, Some(by)) | (Purpose::Treatment, Some(_), Some(by)) => {
            attested(state, now, &by.pk)?.ok_or(TxRefused::Opener)?
        }
        (Purpose::Emergency, _, None)
        | (Purpose::Treatment, Some(_), None)
        | (Purpose::Treatment, None, Some(_)) => return Err(TxRefused::Opener.into()),
    };
    let Some(second) = &body.second else { return Ok(()) };
    let given = state.delegated(&body.access.grant_id)?;
    let answering = CircleGrantRecord::answering(given.as_ref(), &body.access.reader_pk);
    // Whom a member attests as the reader is who opens. A card's key, and one that is fresh for each invitation, nobody attests.
    let known = state.credential(&answering)?.is_some();
    if body.purpose == Purpose::Treatment && known && answering != opener.body.credential_pk {
        return Err(TxRefused::Opener.into());
    }
    // A delegate's permission names the attested key of each reader: nobody seconds themselves under their other key.
    if second.pk == answering {
        return Err(TxRefused::Second.into());
    }
    // Unlike the reader's, this credential has to exist: the word of a key that nobody attested is worth nothing.
    let second = attested(state, now, &second.pk)?.ok_or(TxRefused::Second)?;
    if second.another_person(&opener) { Ok(()) } else { Err(TxRefused::Second.into()) }
}

/// A clinician's credential, when it is in force.
fn attested<S: StateReader>(
    state: &Overlay<'_, S>,
    now: Head,
    pk: &VerifyingKey,
) -> Result<Option<CredentialRecord>, StateError> {
    Ok(state.credential(pk)?.filter(|credential| credential.in_force(now.time_ms)))
}

pub(super) fn announce_signed(ctx: &ChainContext, tx: &AnnounceTx) -> Result<(), TxRefused> {
    tx.body
        .reader_pk
        .signing()
        .verify(Label::Announce, &ctx.chain_id, &tx.body.octets(), &tx.signature)
        .map_err(|_| TxRefused::Signature)?;
    tx.body.announcer_signed(&ctx.chain_id).map_err(|_| TxRefused::Signature)
}

pub(super) fn announce<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    tx: &AnnounceTx,
    hash: TxHash,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let body = &tx.body;
    let by = body.by.ok_or(TxRefused::Opener)?;
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
    attested(state, now, &by.pk)?.ok_or(TxRefused::Opener)?;
    let key = StateKey::Emergency(body.grant_id);
    let before: EmergencyRecord = state.record(&key)?.unwrap_or_default();
    let (by_pk, reason, at_ms) = (by.pk, body.reason, now.time_ms);
    let after = before.announced(Announcement { by: by_pk, reason, at_ms, tx: hash })?;
    if by.follows_ms != before.follows_ms() {
        return Err(TxRefused::Follows.into());
    }
    state.put(key, &after);
    let (grant_id, did, reviews) = (body.grant_id, Did::Announced, Vec::new());
    let act = ActRecord { grant_id, did, by: by_pk, reason, at_ms, reviews };
    state.put(StateKey::EmergencyAct(hash), &act);
    events.push(Event::Announced(grant_id));
    Ok(())
}
