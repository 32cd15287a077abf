//! Opening in an emergency: a card that holds a key and nothing else, and what has to happen before the key opens anything.
//!
//! ```text
//! patient     Card::generate -> Plan { reader of the card, contract BreakGlass } -> prepare, advance -> the text on paper
//! clinician   text -> Card -> find (capsule, proven permission) -> Shared
//!             announce (a reason) -- half an hour --> alone            a Second by the clinician's own attested key
//!             Prepared -> Ask -> another clinician: Word -> seconded   at once, a Second by the other clinician's key
//!             for four hours from the first opening on, then never again with this card
//! ```
//!
//! The permission's reader is the key on the card, because nobody knows beforehand who will be there. Each opening carries the
//! signature of an attested clinician, so that the members' record names somebody who answers for it.
//!
//! Guarantees: the members take no receipt, and release nothing, without a reason, without an attested clinician's signature or
//! an announcement half an hour ago, and later than four hours after the first opening. A card is read strictly.
//!
//! Non-guarantees: the members cannot tell whether one person or two hold a card and an attested key, so that the clinician who
//! opens alone waits half an hour is this crate's rule. Whoever holds the card and waits needs no attested key at all. An
//! announcement is made once: it stays made until the permission is stopped or ends.

mod card;
mod error;
mod open;
mod second;
mod standing;
#[cfg(test)]
mod tests;

use salus_chain::contract::{Ready, contract_hash};
use salus_chain::tx::GrantTerms;
use salus_wire::Category;

pub use card::{Card, CardError};
pub use error::EmergencyError;
pub use open::{Prepared, alone, seconded};
pub use second::{Ask, SecondError, Word};
pub use standing::{Found, Standing, announce, find, standing};

/// The contract that a card's permission is under.
pub const CONTRACT: Ready = Ready::BreakGlass;
/// Between the announcement and an opening without a second person, in milliseconds: half an hour, as in the contract.
pub const WAIT_MS: i64 = 30 * 60_000;
/// From the first opening on, in milliseconds, inclusive: four hours, as in the contract.
pub const OPEN_MS: i64 = 4 * 3_600_000;
/// How far back an opening reaches, in milliseconds: 30 days.
pub const SET_MS: i64 = 30 * 86_400_000;
/// What is on a card unless the patient chooses otherwise.
pub const SET: [Category; 4] =
    [Category::BloodPressure, Category::HeartRate, Category::Glucose, Category::OxygenSaturation];

/// Whether a permission is one for emergencies.
#[must_use]
pub fn is_emergency(terms: &GrantTerms) -> bool {
    CONTRACT.text().is_ok_and(|text| contract_hash(&text) == terms.contract_hash)
}
