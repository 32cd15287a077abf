//! Slot C: guardians, t of n of whom open the record together.
//!
//! ```text
//! slot key 32 --Shamir over GF(256), t of n--> part 33 of each guardian: x u8 (1..=n) || y 32
//! check  = HMAC-SHA-256(y, "salus/keyslot/guardian/v1" || record || salt || x), first 16 octets
//! sealed = version u8 = 1 || record 16 || salt 32 || t u8 || n u8 || x u8 || guardian 32
//!          || HPKE(guardian, info = "salus/guardian-part/v1", aad = all before, y): enc 32 || 48
//! ```
//!
//! The checks ([`Checks`]) tell a part that was altered, or of another slot, from one that fits, so that a bad part among
//! enough good ones hinders nobody, and whoever gave it is known. The slot key opens backups too ([`crate::backup`]).
//!
//! ```text
//! proof key = HMAC-SHA-256(y, "salus/guardian-part/rehearsal/v1" || salt || x)
//! proof     = HMAC-SHA-256(proof key, question 32): that a part is held, to whoever kept its proof key, and nothing of it
//! ```
//!
//! Fewer than t parts say nothing about the slot key. When a guardian may open a part, and who may object, is not decided
//! here.

use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::file::take;
use super::{Checks, SALT, salt, shamir};
use crate::backup;
use crate::envelope::{self, Context};
use crate::secret::extract_sha512;
use crate::{Key, VaultError};

pub(super) const VERSION: u8 = 1;
const INFO: &[u8] = b"salus/guardian-part/v1";
const BEFORE: usize = 1 + 16 + SALT + 3 + 32;

/// Octets of a sealed part.
pub const SEALED_SHARE: usize = BEFORE + 32 + envelope::OVERHEAD;

/// Most guardians of a record.
pub const MOST_GUARDIANS: usize = 10;

/// A slot for guardians that is not in the file yet: their parts are handed over first, so that an interruption leaves the
/// guardians before.
pub struct GuardianSlot {
    checks: Checks,
    prk: Zeroizing<[u8; 64]>,
    recipient: String,
    proofs: Vec<Key>,
}

impl core::fmt::Debug for GuardianSlot {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("GuardianSlot(redacted)")
    }
}

/// One guardian's part, sealed to that guardian's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedShare([u8; SEALED_SHARE]);

/// One guardian's part, opened; wiped on drop, redacted in `Debug`.
#[derive(Clone)]
pub struct Share {
    salt: [u8; SALT],
    part: shamir::Part,
}

impl core::fmt::Debug for Share {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Share(redacted)")
    }
}

impl GuardianSlot {
    /// A fresh slot that `needed` of these guardians open, and the part of each, in their order. X25519 public keys.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`]: fewer than two guardians or more than [`MOST_GUARDIANS`], fewer than two needed or more
    /// than there are, the same key twice, or a key of small order.
    pub fn fresh(
        record: [u8; 16],
        guardians: &[[u8; 32]],
        needed: u8,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(Self, Vec<SealedShare>), VaultError> {
        let n = u8::try_from(guardians.len()).map_err(|_| VaultError::OutOfBounds)?;
        let twice = (1..guardians.len()).any(|i| guardians[..i].contains(&guardians[i]));
        if twice || guardians.len() > MOST_GUARDIANS || !(2..=n).contains(&needed) {
            return Err(VaultError::OutOfBounds);
        }
        let (salt, key) = (salt(rng), Key::random(rng));
        let parts = shamir::split(&key, needed, n, rng).ok_or(VaultError::OutOfBounds)?;
        let mut sealed = Vec::with_capacity(guardians.len());
        for (part, guardian) in parts.iter().zip(guardians) {
            let of = [&[VERSION], record.as_slice(), &salt, &[needed, n, part.x]].concat();
            sealed.push(SealedShare::seal(&of, guardian, &part.y, rng)?);
        }
        let slot = Self {
            prk: extract_sha512(&salt, &[key.expose()]),
            recipient: backup::recipient_of_parts(&key),
            proofs: parts.iter().map(|part| proof_key(&salt, part)).collect(),
            checks: Checks::of(record, needed, salt, &parts),
        };
        Ok((slot, sealed))
    }

    /// Head and prk, when it was made for this record.
    pub(super) fn parts(&self, record: &[u8; 16]) -> Option<(Vec<u8>, &[u8])> {
        (self.checks.record() == record).then(|| (self.checks.head(), &self.prk[..]))
    }

    /// What tells which parts fit.
    #[must_use]
    pub const fn checks(&self) -> &Checks {
        &self.checks
    }

    /// What shows later that each guardian holds their part ([`proves`]), in their order: for keeping sealed in the record.
    #[must_use]
    pub fn proof_keys(&self) -> &[Key] {
        &self.proofs
    }

    /// To whom backups are made so that the parts open them.
    pub(crate) fn recipient(&self) -> &str {
        &self.recipient
    }
}

/// True when `proof` is the answer of whoever holds the part of this proof key to this question.
#[must_use]
pub fn proves(proof_key: &Key, question: &[u8; 32], proof: &[u8; 32]) -> bool {
    proof_key.mac(&[question])[..].ct_eq(&proof[..]).into()
}

fn proof_key(salt: &[u8; SALT], part: &shamir::Part) -> Key {
    part.y.mac_key(&[b"salus/guardian-part/rehearsal/v1", salt, &[part.x]])
}

impl Share {
    /// That the part is held, as the answer to a question that is asked once; it says nothing else of the part.
    #[must_use]
    pub fn prove(&self, question: &[u8; 32]) -> [u8; 32] {
        proof_key(&self.salt, &self.part).mac(&[question])
    }

    /// True when both are the part of one place of one slot, be one of them false or not.
    #[must_use]
    pub fn is_place_of(&self, other: &Self) -> bool {
        self.salt == other.salt && self.part.x == other.part.x
    }

    pub(super) const fn part(&self) -> &shamir::Part {
        &self.part
    }

    pub(super) const fn salt(&self) -> &[u8; SALT] {
        &self.salt
    }
}

impl SealedShare {
    /// The octets, to hand over.
    #[must_use]
    pub const fn to_bytes(&self) -> &[u8; SEALED_SHARE] {
        &self.0
    }

    /// From octets; `None` when they are none of this version.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let octets = <[u8; SEALED_SHARE]>::try_from(bytes).ok()?;
        (octets[0] == VERSION).then_some(Self(octets))
    }

    /// Seals the part of `y` to a guardian; `of` is what stands before the guardian's key.
    fn seal(
        of: &[u8],
        guardian: &[u8; 32],
        y: &Key,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Self, VaultError> {
        let before = [of, guardian].concat();
        let context = Context { info: INFO, aad: &before, psk: None };
        let text = envelope::seal(guardian, context, y.expose(), rng);
        let octets = [before, text.map_err(|_| VaultError::OutOfBounds)?].concat();
        Ok(Self(octets.try_into().map_err(|_| VaultError::OutOfBounds)?))
    }

    /// The same part, sealed to another key: what a guardian gives back.
    ///
    /// # Errors
    /// As [`SealedShare::open`]; [`VaultError::OutOfBounds`] for a key of small order.
    pub fn reseal(
        &self,
        guardian: &Key,
        to: &[u8; 32],
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Self, VaultError> {
        let share = self.open(guardian)?;
        Self::seal(&self.0[..BEFORE - 32], to, &share.part.y, rng)
    }

    /// Opens the part with the guardian's X25519 secret key.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`] when it is not sealed to this key, or was altered.
    pub fn open(&self, guardian: &Key) -> Result<Share, VaultError> {
        let (before, text) = self.0.split_at(BEFORE);
        let context = Context { info: INFO, aad: before, psk: None };
        let y = envelope::open(guardian, context, text).map_err(|_| VaultError::WrongPassphrase)?;
        let y = Zeroizing::new(<[u8; 32]>::try_from(&y[..]).map_err(|_| VaultError::WrongPassphrase)?);
        let mut at = &before[1 + 16..];
        let salt = take(&mut at)?;
        let [_, _, x] = take(&mut at)?;
        Ok(Share { salt, part: shamir::Part { x, y: Key::new(*y) } })
    }
}

/// The slot's t and n.
pub(super) fn numbers(slot: &[u8]) -> Option<(u8, u8)> {
    match slot {
        [VERSION, needed, of, ..] => Some((*needed, *of)),
        _ => None,
    }
}

/// The slot's prk from enough parts that fit.
pub(super) fn open(
    record: &[u8; 16],
    head: &[u8],
    shares: &[Share],
) -> Result<Zeroizing<[u8; 64]>, VaultError> {
    let checks = Checks::of_slot(record, head)?;
    let key = checks.key(shares)?;
    Ok(extract_sha512(checks.salt(), &[key.expose()]))
}

#[cfg(test)]
mod tests;
