//! CredentialTx.

use super::overlay::Overlay;
use super::record::CredentialRecord;
use super::{CheckError, Event, Head, StateKey, StateReader, TxRefused};
use crate::genesis::ChainContext;
use crate::sign::Label;
use crate::tx::{CredentialStatus, CredentialTx};

pub(super) fn credential_signed(ctx: &ChainContext, tx: &CredentialTx) -> Result<(), TxRefused> {
    let member = ctx.keeper_pk(tx.body.member_index).ok_or(TxRefused::UnknownMember)?;
    member
        .verify(Label::Credential, &ctx.chain_id, &tx.body.octets(), &tx.signature)
        .map_err(|_| TxRefused::Signature)
}

pub(super) fn credential<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    tx: &CredentialTx,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    let body = &tx.body;
    if body.status == CredentialStatus::Active && body.valid_until_ms <= now.time_ms {
        return Err(TxRefused::Times.into());
    }
    if let Some(last) = state.credential(&body.credential_pk)? {
        if last.body.member_index != body.member_index || last.body.status == CredentialStatus::Withdrawn {
            return Err(TxRefused::CredentialOwner.into());
        }
        if body.nonce <= last.body.nonce {
            return Err(TxRefused::Nonce.into());
        }
    }
    let record = CredentialRecord { body: body.clone(), height: now.height };
    state.put(StateKey::Credential(body.credential_pk), &record);
    events.push(Event::Credential(body.credential_pk));
    Ok(())
}
