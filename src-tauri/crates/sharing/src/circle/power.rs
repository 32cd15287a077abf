//! A power of attorney and the family's rules, in the product's terms, and as the chain holds them: hashes and times.
//!
//! ```text
//! salt of a category  = first 16 of SHA-256("hg/v1/circle-salt" || seed 32 || 01 || category u8)
//! salt of a recipient = first 16 of SHA-256("hg/v1/circle-salt" || seed 32 || 02 || credential_pk 32)
//! instrument_hash     = SHA-256("hg/v1/instrument" || salt 32 || SHA-256(file)); zero without a paper
//! leaves                of categories in order of their codes, of recipients in order of their keys
//! ```
//!
//! One salt for each category of a circle, so that a leaf is the same under every root of it.

use std::collections::{BTreeMap, BTreeSet};

use salus_chain::circle::{Beginning, Delegate, Policy, Role, category_leaf, recipient_leaf};
use salus_chain::ids::{Hash32, VerifyingKey, sha256};
use salus_chain::merkle;
use salus_chain::time::Epoch;
use salus_keeper::Scope;
use salus_wire::{Category, UnixMillis};
use zeroize::Zeroizing;

/// Milliseconds that a lease lasts beyond the longest permission: as long as a person's computer may be off before a steward
/// cannot give that any more. 8 days.
pub const SLACK_MS: i64 = 8 * 86_400_000;

/// What opens the leaves of one circle; its person derives it, and tells the salts to the delegates.
#[derive(Clone)]
pub struct Salts {
    seed: Zeroizing<[u8; 32]>,
    recalled: BTreeMap<Category, [u8; 16]>,
}

impl Salts {
    /// Of a seed that nobody else has.
    #[must_use]
    pub fn new(seed: Zeroizing<[u8; 32]>) -> Self {
        Self { seed, recalled: BTreeMap::new() }
    }

    /// With what helpers recalled of a circle that was made with another seed: it goes before what this one gives.
    #[must_use]
    pub fn recalled(self, recalled: BTreeMap<Category, [u8; 16]>) -> Self {
        Self { recalled, ..self }
    }

    /// A category's.
    #[must_use]
    pub fn category(&self, category: Category) -> [u8; 16] {
        let recalled = self.recalled.get(&category).copied();
        recalled.unwrap_or_else(|| self.salt(&[1, category.code()]))
    }

    /// A clinician's, by the attested key.
    #[must_use]
    pub fn recipient(&self, credential_pk: &VerifyingKey) -> [u8; 16] {
        self.salt(&[[2_u8].as_slice(), &credential_pk.0].concat())
    }

    fn salt(&self, of: &[u8]) -> [u8; 16] {
        let hash = sha256(&[b"hg/v1/circle-salt", &*self.seed, of]);
        let mut salt = [0; 16];
        salt.copy_from_slice(&hash[..16]);
        salt
    }
}

impl core::fmt::Debug for Salts {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Salts(..)")
    }
}

/// What one delegate may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Power {
    /// What kind.
    pub role: Role,
    /// What a steward may read and permit.
    pub categories: BTreeSet<Category>,
    /// The clinicians whom a steward may permit, by their attested keys; empty for any attested one.
    pub recipients: BTreeSet<VerifyingKey>,
    /// Longest permission, in milliseconds.
    pub longest_ms: i64,
    /// First instant.
    pub begins_ms: UnixMillis,
    /// First instant after it.
    pub lapses_ms: UnixMillis,
    /// First instant at which it rests until it is confirmed again.
    pub review_ms: Option<UnixMillis>,
    /// Whether it waits for two clinicians.
    pub springs: bool,
    /// [`instrument_hash`] of the paper; zero without one.
    pub instrument: Hash32,
}

/// What delegates need one another for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Approvals that a sensitive or long permission needs; at least 1.
    pub approvals: u8,
    /// A permission that ends later than this after it was recorded needs them, in milliseconds.
    pub long_ms: i64,
    /// Categories that need none; all others are sensitive.
    pub ordinary: BTreeSet<Category>,
    /// From the last approval to the first opening, in milliseconds.
    pub veto_ms: i64,
    /// Seat of the delegate whose objection counts before that, besides the person's; 0 for anybody's.
    pub objector: u8,
}

/// The hash that a power carries of the paper that it is written on.
#[must_use]
pub fn instrument_hash(salt: &[u8; 32], file: &[u8]) -> Hash32 {
    Hash32(sha256(&[b"hg/v1/instrument", salt, &sha256(&[file])]))
}

/// The leaves of categories whose salts are told.
pub(super) fn leaves(salts: impl Fn(Category) -> [u8; 16], categories: &BTreeSet<Category>) -> Vec<Hash32> {
    let mut codes: Vec<Category> = categories.iter().copied().collect();
    codes.sort_by_key(|category| category.code());
    codes.into_iter().map(|category| category_leaf(&salts(category), category.code())).collect()
}

/// What a circle's record says of these categories; zero for none.
#[must_use]
pub fn categories_root(salts: &Salts, categories: &BTreeSet<Category>) -> Hash32 {
    root(&leaves(|category| salts.category(category), categories))
}

/// The root over leaves; zero for none.
pub(super) fn root(leaves: &[Hash32]) -> Hash32 {
    if leaves.is_empty() { Hash32::ZERO } else { merkle::root(leaves) }
}

impl Power {
    /// As the chain holds it.
    #[must_use]
    pub fn delegate(&self, pk: VerifyingKey, salts: &Salts) -> Delegate {
        let recipients: Vec<Hash32> =
            self.recipients.iter().map(|pk| recipient_leaf(&salts.recipient(pk), pk)).collect();
        Delegate {
            pk,
            role: self.role,
            instrument_hash: self.instrument,
            categories_root: categories_root(salts, &self.categories),
            recipients_root: root(&recipients),
            longest_ms: self.longest_ms,
            begins_ms: self.begins_ms,
            lapses_ms: self.lapses_ms,
            review_ms: self.review_ms,
            beginning: if self.springs { Beginning::Attested } else { Beginning::AtOnce },
        }
    }

    /// The epochs that a steward gets keys of at `now`: from `data_from` to as far ahead as their longest permission may
    /// reach, and never past the power's end. `None` when that is empty.
    #[must_use]
    pub fn lease(&self, data_from: UnixMillis, now: UnixMillis) -> Option<Scope> {
        lease(self.longest_ms, self.lapses_ms, data_from, now)
    }
}

/// As [`Power::lease`].
#[must_use]
pub fn lease(
    longest_ms: i64,
    lapses_ms: UnixMillis,
    data_from: UnixMillis,
    now: UnixMillis,
) -> Option<Scope> {
    let end = now.saturating_add(longest_ms).saturating_add(SLACK_MS).min(lapses_ms);
    if data_from >= end {
        return None;
    }
    Scope::new(Epoch::at(data_from).0, Epoch::at(end.saturating_sub(1)).0).ok()
}

impl Rules {
    /// As the chain holds them.
    #[must_use]
    pub fn policy(&self, salts: &Salts) -> Policy {
        Policy {
            approvals: self.approvals,
            long_ms: self.long_ms,
            ordinary_root: categories_root(salts, &self.ordinary),
            veto_ms: self.veto_ms,
            objector: self.objector,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;
    const NOW: UnixMillis = 1_795_000_000_000;

    #[test]
    fn a_lease_ends_with_the_power_and_a_little_after_the_longest_permission() {
        let lease = |lapses, from| lease(30 * DAY, lapses, from, NOW);
        let long = lease(NOW + 400 * DAY, NOW - 5 * DAY).unwrap();
        assert_eq!(long.first_epoch, Epoch::at(NOW - 5 * DAY).0);
        assert_eq!(long.last_epoch, Epoch::at(NOW + 38 * DAY - 1).0);
        assert_eq!(lease(NOW + DAY, NOW).unwrap().last_epoch, Epoch::at(NOW + DAY - 1).0);
        assert_eq!(lease(NOW - DAY, NOW), None);
    }

    #[test]
    fn leaves_are_of_the_circle_and_in_one_order() {
        let salts = |seed: u8| Salts::new(Zeroizing::new([seed; 32]));
        let all: BTreeSet<Category> = Category::ALL.iter().copied().collect();
        let of = |seed: u8| leaves(|category| salts(seed).category(category), &all);
        assert_eq!(of(1), of(1));
        assert!(of(1).iter().zip(of(2)).all(|(one, other)| *one != other));
        assert_eq!(root(&[]), Hash32::ZERO);
        assert_ne!(instrument_hash(&[1; 32], b"paper"), instrument_hash(&[2; 32], b"paper"));
        let key = VerifyingKey([9; 32]);
        assert_ne!(salts(1).recipient(&key), salts(2).recipient(&key));
    }
}
