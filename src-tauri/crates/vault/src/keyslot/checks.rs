//! Which parts fit a slot of guardians, for those who do not have the slot: a guardian, and a person on a new computer.
//!
//! ```text
//! checks = record 16 || head of slot C: version u8 = 1 || t u8 || n u8 || salt 32 || n * check 16
//! ```
//!
//! A check is a keyed hash of 32 random octets: it says nothing about the part, and a part that was altered, or belongs to
//! another slot, does not fit it.

use subtle::ConstantTimeEq;

use super::file::take;
use super::guardian::{MOST_GUARDIANS, Share, VERSION};
use super::{SALT, shamir};
use crate::{Key, VaultError};

const CHECK: usize = 16;
const RECORD: usize = 16;
/// Octets of a head before its checks.
const FIXED: usize = 3 + SALT;

/// Most octets of [`Checks::to_bytes`].
pub const MOST_CHECKS: usize = RECORD + FIXED + MOST_GUARDIANS * CHECK;

/// What tells which parts fit a slot of guardians; public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checks {
    record: [u8; RECORD],
    needed: u8,
    salt: [u8; SALT],
    all: Vec<[u8; CHECK]>,
}

impl Checks {
    /// Of the parts of a fresh slot, in their order.
    pub(super) fn of(record: [u8; RECORD], needed: u8, salt: [u8; SALT], parts: &[shamir::Part]) -> Self {
        let all = parts.iter().map(|part| check(&record, &salt, part)).collect();
        Self { record, needed, salt, all }
    }

    /// From the head of a slot.
    ///
    /// # Errors
    /// [`VaultError::TooNew`]; [`VaultError::Damaged`] when the octets are no head.
    pub(super) fn of_slot(record: &[u8; RECORD], head: &[u8]) -> Result<Self, VaultError> {
        let mut at = head;
        let [version, needed, n] = take(&mut at)?;
        if version != VERSION {
            return Err(VaultError::TooNew);
        }
        let salt = take(&mut at)?;
        let most = usize::from(n) <= MOST_GUARDIANS;
        if !most || at.len() != usize::from(n) * CHECK || !(2..=n).contains(&needed) {
            return Err(super::DAMAGED);
        }
        let mut all = Vec::with_capacity(usize::from(n));
        for _ in 0..n {
            all.push(take(&mut at)?);
        }
        Ok(Self { record: *record, needed, salt, all })
    }

    /// The head of the slot.
    pub(super) fn head(&self) -> Vec<u8> {
        let mut head = [&[VERSION, self.needed, self.parts()], self.salt.as_slice()].concat();
        self.all.iter().for_each(|check| head.extend_from_slice(check));
        head
    }

    /// The octets, to hand over.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.record.as_slice(), &self.head()].concat()
    }

    /// From octets; `None` when they are none of this version.
    #[must_use]
    pub fn from_bytes(octets: &[u8]) -> Option<Self> {
        let (record, head) = octets.split_first_chunk()?;
        Self::of_slot(record, head).ok()
    }

    /// How many parts it takes.
    #[must_use]
    pub const fn needed(&self) -> u8 {
        self.needed
    }

    /// How many parts there are.
    #[must_use]
    pub fn parts(&self) -> u8 {
        u8::try_from(self.all.len()).unwrap_or(u8::MAX)
    }

    /// True when a part is one of this slot's, unaltered.
    #[must_use]
    pub fn fits(&self, share: &Share) -> bool {
        let (part, salt) = (share.part(), share.salt());
        let expected = usize::from(part.x).checked_sub(1).and_then(|place| self.all.get(place));
        *salt == self.salt
            && expected.is_some_and(|of| of[..].ct_eq(&check(&self.record, salt, part)[..]).into())
    }

    /// The slot's key from enough parts that fit; parts that do not are passed over.
    ///
    /// # Errors
    /// [`VaultError::TooFewGuardians`].
    pub(crate) fn key(&self, shares: &[Share]) -> Result<Key, VaultError> {
        let mut fitting: Vec<&shamir::Part> = Vec::new();
        for share in shares.iter().filter(|share| self.fits(share)) {
            if fitting.iter().all(|f| f.x != share.part().x) {
                fitting.push(share.part());
            }
        }
        let have = u8::try_from(fitting.len()).unwrap_or(u8::MAX);
        if have < self.needed {
            return Err(VaultError::TooFewGuardians { have, need: self.needed });
        }
        shamir::combine(&fitting[..usize::from(self.needed)]).ok_or(super::DAMAGED)
    }

    /// The salt, which each slot has anew.
    pub(super) const fn salt(&self) -> &[u8; SALT] {
        &self.salt
    }

    /// The record.
    pub(super) const fn record(&self) -> &[u8; RECORD] {
        &self.record
    }
}

fn check(record: &[u8; RECORD], salt: &[u8; SALT], part: &shamir::Part) -> [u8; CHECK] {
    let mac = part.y.mac(&[b"salus/keyslot/guardian/v1", record, salt, &[part.x]]);
    let mut half = [0; CHECK];
    half.copy_from_slice(&mac[..CHECK]);
    half
}

const _: () =
    assert!(FIXED + MOST_GUARDIANS * CHECK + super::COMMITMENT + super::WRAPPED < 1024, "a slot stays small");
