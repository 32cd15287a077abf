//! Rule 2's question to who vouches: the reader, who opens in an emergency or with a second person, and that second person are still
//! what a member said that they are, and the last two are two.

use salus_chain::state::CredentialRecord;
use salus_chain::tx::{Purpose, Tx};

use super::{Refusal, ReleaseFacts};

/// What a keeper's own chain says of the people of an opening, at the keeper's head; `None` when it says nothing of them, never
/// because it was not asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Credentials<'a> {
    /// The newest statement about the key that answers for the reader
    /// ([`salus_chain::circle::CircleGrantRecord::answering`]).
    pub reader: Option<&'a CredentialRecord>,
    /// The newest statement about the second person that the receipt names.
    pub second: Option<&'a CredentialRecord>,
    /// The newest statement about the clinician who opens in an emergency or with a second person, whom the receipt names.
    pub opener: Option<&'a CredentialRecord>,
}

/// Whether everybody whom the chain knows is attested, at the head and by the own clock. The chain judged the same when the
/// receipt was recorded; what a member took back since then opens nothing any more.
pub(super) fn hold(facts: &ReleaseFacts<'_>, opening: &Tx) -> Result<(), Refusal> {
    super::duty::holds(facts)?;
    let times = [facts.head.time_ms, facts.clock_ms];
    let in_force = |credential: &CredentialRecord| times.iter().all(|now| credential.in_force(*now));
    let reader = match facts.credentials.reader {
        Some(credential) => in_force(credential),
        // A delegate's permission names an attested key for each reader. In one of the person's own the key is fresh, and
        // nobody attests it.
        None => facts.circle.is_none(),
    };
    let (purpose, _, seconded) = opening.stated();
    let answering = facts.credentials.opener.filter(|opener| in_force(opener));
    let opener = match (purpose, seconded, opening.opener()) {
        (Purpose::Treatment, false, None) => true,
        (Purpose::Emergency, _, Some(_)) => answering.is_some(),
        // Whom a member attests as the reader is who opens.
        (Purpose::Treatment, true, Some(by)) => {
            answering.is_some()
                && facts.credentials.reader.is_none_or(|reader| reader.body.credential_pk == by)
        }
        (Purpose::Emergency, _, None)
        | (Purpose::Treatment, true, None)
        | (Purpose::Treatment, false, Some(_)) => false,
    };
    let apart = |second: &CredentialRecord| answering.is_some_and(|opener| second.another_person(opener));
    let second = facts.credentials.second.filter(|second| in_force(second));
    let second = !seconded || second.is_some_and(apart);
    if reader && opener && second { Ok(()) } else { Err(Refusal::Credential) }
}
