//! Opening in an emergency: a card that holds a key and nothing else, and what has to happen before the key opens anything.
//!
//! ```text
//! patient     Card::generate -> Plan { reader of the card, the key that it names, contract BreakGlass } -> prepare, advance
//!             -> the text on paper; the same key again, when another permission takes the place of this one
//! clinician   text -> Card -> find (capsule, proven permission by that key) -> Shared
//!             announce (a reason, one's attested key) -- half an hour --> alone   an Opener by that key
//!             Prepared -> Ask -> another clinician: Word -> seconded              at once, an Opener and a Second by the other's key
//!             for four hours from the first opening on, then never again with this card
//! afterwards  review                                                              the person, or a helper by the person's word
//! ```
//!
//! The permission's reader is the key on the card, because nobody knows beforehand who will be there. Each opening and each
//! announcement carries the signature of an attested clinician, so that the members' record names somebody who answers for it.
//!
//! Guarantees, all held by the members: no receipt and no release without a reason and an attested clinician who answers for it,
//! without another attested clinician's word or an announcement by the same one half an hour ago, later than four hours after the
//! first opening, or of what was over a month before. By the clinician's own application, against whoever saw the card: it opens only
//! what the key that the card names gave. A card is read strictly.
//!
//! Non-guarantees: whoever has the patient's own keys, of an opened laptop, has that key too; who finds a card can put another card in
//! its place. That two keys which two members attest are two persons' nobody can tell. A member says of two keys of its own
//! whether they are one person's; what it says is what counts.

mod card;
mod error;
mod open;
mod review;
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
pub use review::{entrust, review, review_by_helper};
pub use second::{Ask, SecondError, Word};
pub use standing::{Found, Standing, announce, find, standing};

/// The contract that a card's permission is under.
pub const CONTRACT: Ready = Ready::BreakGlass;
/// Between the announcement and an opening without a second person, in milliseconds: half an hour, as in the contract.
pub const WAIT_MS: i64 = 30 * 60_000;
/// From the first opening on, in milliseconds, inclusive: four hours, as in the contract.
pub const OPEN_MS: i64 = 4 * 3_600_000;
/// How far back an opening reaches, in milliseconds: 30 days. The members release what was over a day before that at most
/// ([`salus_keeper::release::EMERGENCY_SET_MS`]).
pub const SET_MS: i64 = 30 * 86_400_000;
/// What is on a card unless the patient chooses otherwise.
pub const SET: [Category; 4] =
    [Category::BloodPressure, Category::HeartRate, Category::Glucose, Category::OxygenSaturation];

/// Whether a permission is one for emergencies.
#[must_use]
pub fn is_emergency(terms: &GrantTerms) -> bool {
    CONTRACT.text().is_ok_and(|text| contract_hash(&text) == terms.contract_hash)
}
