//! ContractTx, and asking the contract of a permission.

use super::consent::{ContractRecord, StatementRecord};
use super::emergency::EmergencyRecord;
use super::judge::Question;
use super::overlay::Overlay;
use super::{CheckError, DutyRecord, Event, Head, StateKey, StateReader, TxRefused};
use crate::circle::CircleGrantRecord;
use crate::contract::{Action, Facts, contract_hash};
use crate::genesis::ChainContext;
use crate::ids::{Hash32, ReaderKey};
use crate::sign::Label;
use crate::tx::{ContractTx, GrantTerms, Purpose, pow_valid};

pub(super) fn contract_signed(ctx: &ChainContext, tx: &ContractTx) -> Result<(), TxRefused> {
    // The cheap puzzle before the costly signature, and both before the costlier validation in [`contract`].
    if !pow_valid(&ctx.chain_id, &tx.body.octets(), tx.pow, ctx.params.pow_bits) {
        return Err(TxRefused::ProofOfWork);
    }
    tx.body
        .author_pk
        .verify(Label::Contract, &ctx.chain_id, &tx.signed(), &tx.signature)
        .map_err(|_| TxRefused::Signature)
}

pub(super) fn contract<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    tx: &ContractTx,
    events: &mut Vec<Event>,
) -> Result<(), CheckError> {
    if now.height > tx.body.valid_until_height {
        return Err(TxRefused::TooLate.into());
    }
    let hash = contract_hash(&tx.body.text);
    if state.record::<ContractRecord>(&StateKey::Contract(hash))?.is_some() {
        return Err(TxRefused::ContractExists.into());
    }
    state.ask(Question::Valid(tx.body.text.clone()))?;
    let record = ContractRecord { text: tx.body.text.clone(), height: now.height };
    state.put(StateKey::Contract(hash), &record);
    events.push(Event::Contract(hash));
    Ok(())
}

/// Whether a permission with these terms may be recorded.
pub(super) fn given<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    terms: &GrantTerms,
) -> Result<(), CheckError> {
    asked(state, terms, Action::Give, Facts::of(terms, now.time_ms))
}

/// What is known of who opens.
pub(super) struct People<'a> {
    pub(super) reader: &'a ReaderKey,
    /// What is recorded of the permission when it is a delegate's.
    pub(super) given: Option<&'a CircleGrantRecord>,
    /// The reader's duty when the permission is to those on duty.
    pub(super) on_duty: Option<&'a DutyRecord>,
}

/// Whether a receipt of a permission with these terms may be recorded; without a statement it is for treatment. In an emergency
/// who opens answers for the reader.
pub(super) fn opened<S: StateReader>(
    state: &mut Overlay<'_, S>,
    now: Head,
    terms: &GrantTerms,
    people: &People<'_>,
    statement: Option<&StatementRecord>,
) -> Result<(), CheckError> {
    if terms.contract_hash == Hash32::ZERO {
        return Ok(());
    }
    let emergency = statement.filter(|stated| stated.purpose == Purpose::Emergency);
    let opener = emergency.and_then(|stated| stated.opener_pk);
    let answers = opener.unwrap_or_else(|| CircleGrantRecord::answering(people.given, people.reader));
    let credential = state.credential(&answers)?;
    let known = state.record::<EmergencyRecord>(&StateKey::Emergency(terms.grant_id))?;
    let mut facts = Facts::of(terms, now.time_ms)
        .read_by(credential.as_ref())
        .on_duty(people.on_duty)
        .approved_in(people.given)
        .in_emergency(known.as_ref(), opener.as_ref());
    if let Some(stated) = statement {
        facts = facts.stated(stated.purpose, stated.reason, stated.second_pk.is_some());
    }
    asked(state, terms, Action::Open, facts)
}

fn asked<S: StateReader>(
    state: &mut Overlay<'_, S>,
    terms: &GrantTerms,
    action: Action,
    facts: Facts,
) -> Result<(), CheckError> {
    if terms.contract_hash == Hash32::ZERO {
        return Ok(());
    }
    let hash = terms.contract_hash;
    let record = state.record::<ContractRecord>(&StateKey::Contract(hash))?;
    let text = record.ok_or(TxRefused::Contract)?.text;
    Ok(state.ask(Question::Permits { hash, text, action, facts })?)
}
