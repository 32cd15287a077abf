//! Rule 2's question to the consent contract.

use salus_chain::contract::{Action, Compiled, Facts, contract_hash};
use salus_chain::ids::Hash32;
use salus_chain::state::EmergencyRecord;
use salus_chain::tx::{GrantTerms, Purpose, Tx};

use super::{Refusal, ReleaseFacts};

/// What a keeper's own chain says besides the grant and its people, all of it at the keeper's head.
#[derive(Debug, Clone, Copy)]
pub struct ContractFacts<'a> {
    /// The recorded text; what was stated with the opening is in the receipt itself.
    pub text: &'a str,
    /// The grant's emergency.
    pub emergency: Option<&'a EmergencyRecord>,
}

/// Whether the grant's contract permits the release of every slot that is asked for: one that it does not permit refuses all.
pub(super) fn permits(facts: &ReleaseFacts<'_>, terms: &GrantTerms, opening: &Tx) -> Result<(), Refusal> {
    if terms.contract_hash == Hash32::ZERO {
        return Ok(());
    }
    let given = facts.contract.ok_or(Refusal::Contract)?;
    if contract_hash(given.text) != terms.contract_hash {
        return Err(Refusal::Contract);
    }
    let contract = Compiled::parse(given.text).map_err(|_| Refusal::Contract)?;
    let (purpose, reason, seconded) = opening.stated();
    // In an emergency who opens answers for the reader.
    let opener = opening.opener().filter(|_| purpose == Purpose::Emergency);
    let answers = if opener.is_some() { facts.credentials.opener } else { facts.credentials.reader };
    let asked = Facts::of(terms, facts.head.time_ms)
        .read_by(answers)
        .on_duty(facts.duty.and_then(|on| on.duty))
        .approved_in(facts.circle.map(|(given, _)| given))
        .stated(purpose, reason, seconded)
        .in_emergency(given.emergency, opener.as_ref());
    // A request has at most 64 slots, by construction.
    let permitted = facts.request.slots.slots().iter().all(|slot| {
        let asked = asked.of_slot(slot.level(), slot.start_ms(), slot.end_ms());
        contract.permits(Action::Release, &asked)
    });
    if permitted { Ok(()) } else { Err(Refusal::Contract) }
}
