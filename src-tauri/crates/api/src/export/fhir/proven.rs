//! What every permission's Consent has, whoever gave it and on whichever computer: how far it is proven and by what, and the words of
//! its condition.

use salus_chain::contract::contract_hash;
use salus_insight::fhir::{Condition, Consent, Proven, Provenance, Resource};
use salus_wire::view::{ConditionView, ProofView};
use salus_wire::{Failure, GrantId};

use super::asked::Log;
use super::sharing::Shared;
use super::{Pen, no_time};
use crate::share::sentence;

impl Shared {
    /// How far a permission is proven, and by what: by the members now, else by what is remembered of them.
    pub(super) fn standing<'a>(
        &mut self,
        log: &'a Log,
        remembered: Option<&'a ProofView>,
    ) -> (Proven<'a>, Option<&'a ProofView>) {
        match log {
            Log::Proven(log) => (Proven::Complete(&log.proof.height), Some(&log.proof)),
            Log::Unknown => {
                self.missing += 1;
                let earlier = remembered.map_or(Proven::Not, |proof| Proven::Earlier(&proof.height));
                (earlier, remembered)
            }
            Log::NotRecorded => (Proven::Not, None),
        }
    }
}

/// Writes a permission's Consent, and behind it what proves that it was recorded.
pub(super) fn write(
    pen: &mut Pen<'_>,
    consent: &Consent,
    id: &GrantId,
    proof: Option<&ProofView>,
) -> Result<(), Failure> {
    pen.entry(consent)?;
    if let Some(proof) = proof {
        let id = pen.ids.of("proof", &[&id.0]);
        let of = Provenance::of_permission(id, consent.reference(None), proof).map_err(no_time)?;
        pen.entry(&of)?;
    }
    Ok(())
}

/// A condition whose policy is known as text.
pub(super) struct Under {
    hash: String,
    sentence: Option<String>,
}

impl Under {
    /// `None` without one.
    pub(super) fn of(condition: Option<&ConditionView>) -> Option<Self> {
        let policy = condition.map(|condition| condition.policy.as_str())?;
        let (hash, sentence) = (contract_hash(policy).to_string(), sentence::condition(policy, 0));
        (!policy.is_empty()).then_some(Self { hash, sentence })
    }

    /// As the Consent says it.
    pub(super) fn said(&self) -> Condition<'_> {
        Condition { hash: &self.hash, sentence: self.sentence.as_deref(), purpose: None }
    }
}
