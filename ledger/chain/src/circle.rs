//! Circles: who may act for one person, and within which limits; data that every member checks.
//!
//! ```text
//! person's key --CircleTx--> CircleRecord { delegates, guardians, policy, at most one pending change }
//! any key      --ChangeTx--> propose: at once when it takes power away, else 72 h after enough approvals
//!              --ApproveTx, ObjectTx--> respond: an approval each; one objection ends a pending change
//! laptop       --MandatedObjectTx--> the same objection, by the word of the person's key and a mandate that stands
//! steward      --DelegatedGrantTx--> limits: within the power? -> CircleGrantRecord (approvals, veto window)
//! clinician    --SpringTx--> a power that waits for two attestations
//! anyone       CircleRecord::at(block time) applies what has come due: no block has to do it
//! ```
//!
//! Roles. The *person's* key does everything at once, its own retirement too, except that more power waits. A *steward* reads and issues; an
//! *approver* holds no data key, and can approve, object and stop; a *guardian* can only help to give the circle a new key of
//! the person. Every key is used in one circle only and nowhere else; a circle says nothing personal.
//!
//! Guaranteed: no delegate removes the person or another delegate, adds one alone, or lengthens a power of their own; a
//! permission that a delegate records keeps to the delegate's limits, waits for its approvals and its veto window, and can be
//! stopped by any one delegate; an approval counts once, for one subject, at one revision of the circle; a retired key of the person
//! is nobody, what it had waiting is void, and for 30 days the key in its place cannot keep guardians from giving another, also not by making a new revision in every block.
//!
//! Not guaranteed, because members see no data keys and no names:
//! - A steward holds the keys of the series that were given to them. Nothing here keeps them from telling those to others, or
//!   from dealing a plain permission under a key of their own: that one is no permission of this circle, and whoever reads it
//!   can see so. Categories are enforced by which series keys a steward was given; the claims say which were meant.
//! - One human with two keys is two delegates or two guardians; and two clinicians, where two members attest the keys or one does
//!   under two names ([`crate::state::CredentialRecord::another_person`]).
//! - The permissions of one circle can be seen to belong together.
//! - Any one of a circle can object to every change that waits. Against an obstinate guardian, or a lost key that objects, the
//!   person makes a new circle.
//! - Whoever has the person's key can be the first to retire it. Guardians take it back; without guardians nobody does.
//!
//! Specification: HG/1, "Families".

mod change;
mod commitment;
mod create;
mod delegate;
mod field;
mod guardians;
mod limits;
mod permission;
mod policy;
mod propose;
mod record;
mod respond;
mod settle;
mod signer;

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

pub use change::Change;
pub use commitment::{category_leaf, recipient_leaf};
pub use delegate::{Beginning, Delegate, Role};
pub use guardians::Guardians;
pub use permission::{CircleGrantRecord, GrantReader};
pub use policy::Policy;
pub use record::{CircleRecord, Pending, Seated};
pub use signer::{Signer, Subject};

/// How long a change that gives power waits, for any of the circle to object: 72 hours, counted from its last approval.
pub const DELAY_MS: i64 = 72 * 3_600_000;
/// Delegates of a circle at one time at most.
pub const MAX_DELEGATES: usize = 8;
/// Guardians of a circle at most.
pub const MAX_GUARDIANS: usize = 8;
/// The highest seat: delegates that a circle ever has, because a seat is never given twice. The octet's eighth bit marks
/// guardians ([`Signer`]).
pub const LAST_SEAT: u8 = 0x7f;
/// Clinicians that must attest before a power springs.
pub const ATTESTATIONS: usize = 2;
/// The longest veto window: 30 days. A longer one would be a refusal that nobody signed.
pub const MAX_VETO_MS: i64 = 30 * 86_400_000;
/// How far ahead a review may be confirmed: 366 days. Further would be a power without review, which waits as a raise does.
pub const REVIEW_AHEAD_MS: i64 = 366 * 86_400_000;
/// How long a key of the person that came by [`Change::RetireKey`] keeps guardians from nothing: 30 days, ten times what a recovery
/// waits.
pub const RETIRED_MS: i64 = 30 * 86_400_000;
/// Readers of a delegated permission at most.
pub const MAX_GRANT_READERS: usize = 4;
/// Claims of categories in a delegated permission at most.
pub const MAX_CLAIMS: usize = 32;
