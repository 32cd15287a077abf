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

use super::{Checks, SALT, salt, shamir, take};
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
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;

    use super::super::{Keyslots, Unlock};
    use super::*;
    use crate::NoKeyring;

    const RECORD: [u8; 16] = [7; 16];
    const CHECK_LEN: usize = 16;

    struct Family {
        slots: Keyslots,
        master: Key,
        sealed: Vec<SealedShare>,
    }

    fn secret(n: u8) -> Key {
        Key::new([n; 32])
    }

    fn publics(n: u8) -> Vec<[u8; 32]> {
        (1..=n).map(|i| envelope::public(&secret(i)).unwrap()).collect()
    }

    fn family(n: u8, needed: u8, seed: u64) -> Family {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let master = Key::new([9; 32]);
        let (slot, sealed) = GuardianSlot::fresh(RECORD, &publics(n), needed, &mut rng).unwrap();
        let mut slots = Keyslots::new(RECORD);
        slots.set_guardians(&slot, &master).unwrap();
        Family { slots: Keyslots::decode(&slots.encode()).unwrap(), master, sealed }
    }

    impl Family {
        fn share(&self, n: u8) -> Share {
            self.sealed[usize::from(n) - 1].open(&secret(n)).unwrap()
        }

        fn open(&self, shares: &[Share]) -> Result<Key, VaultError> {
            self.slots.open(Unlock::Guardians(shares), &NoKeyring)
        }
    }

    #[test]
    fn any_needed_ones_open_it_and_fewer_do_not() {
        let f = family(4, 3, 1);
        assert_eq!(f.slots.guardians(), Some((3, 4)));
        for left_out in 1..=4 {
            let three: Vec<Share> = (1..=4).filter(|n| *n != left_out).map(|n| f.share(n)).collect();
            assert_eq!(f.open(&three), Ok(f.master.clone()), "without {left_out}");
            let few = Err(VaultError::TooFewGuardians { have: 2, need: 3 });
            assert_eq!(f.open(&three[..2]), few);
            // The same part twice is one part.
            assert_eq!(f.open(&[three[0].clone(), three[1].clone(), three[1].clone()]), few);
        }
        assert_eq!(f.open(&[]), Err(VaultError::TooFewGuardians { have: 0, need: 3 }));
    }

    #[test]
    fn a_bad_part_among_enough_good_ones_hinders_nobody() {
        let f = family(5, 2, 1);
        let other = family(5, 2, 2);
        let mut bent = f.share(1);
        bent.part.y = Key::new([1; 32]);
        let mut nowhere = f.share(2);
        nowhere.part.x = 0;
        let foreign = other.share(3);
        let bad = [bent, nowhere, foreign];
        assert_eq!(f.open(&bad), Err(VaultError::TooFewGuardians { have: 0, need: 2 }));
        let enough = [&bad[..], &[f.share(4), f.share(5)]].concat();
        assert_eq!(f.open(&enough), Ok(f.master.clone()));
    }

    #[test]
    fn a_part_that_does_not_fit_is_told_from_one_that_does() {
        let (f, other) = (family(3, 2, 1), family(3, 2, 2));
        let checks = f.slots.checks().unwrap();
        assert_eq!((checks.needed(), checks.parts()), (2, 3));
        let read = Checks::from_bytes(&checks.to_bytes()).unwrap();
        assert_eq!(read, checks);
        assert!((1..=3).all(|n| read.fits(&f.share(n))));
        let mut bent = f.share(1);
        bent.part.y = Key::new([1; 32]);
        let mut moved = f.share(1);
        moved.part.x = 2;
        for bad in [&bent, &moved, &other.share(1)] {
            assert!(!read.fits(bad));
        }
        assert_eq!(read.key(&[bent, f.share(2)]), Err(VaultError::TooFewGuardians { have: 1, need: 2 }));
        let octets = checks.to_bytes();
        for cut in 0..octets.len() {
            assert_eq!(Checks::from_bytes(&octets[..cut]), None, "{cut}");
        }
        assert_eq!(Checks::from_bytes(&[octets.as_slice(), &[0; CHECK_LEN]].concat()), None);
    }

    #[test]
    fn a_part_is_proven_for_one_question_and_to_who_kept_its_proof_key() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let (slot, sealed) = GuardianSlot::fresh(RECORD, &publics(3), 2, &mut rng).unwrap();
        let (one, two) = (sealed[0].open(&secret(1)).unwrap(), sealed[1].open(&secret(2)).unwrap());
        let [first, second, _] = slot.proof_keys() else { panic!("three guardians") };
        let proof = one.prove(&[5; 32]);
        assert!(proves(first, &[5; 32], &proof));
        assert!(!proves(first, &[6; 32], &proof) && !proves(second, &[5; 32], &proof));
        assert!(!proves(first, &[5; 32], &two.prove(&[5; 32])));
        // The next guardians' parts are others, also those of the same people.
        let (next, _) = GuardianSlot::fresh(RECORD, &publics(3), 2, &mut rng).unwrap();
        assert!(!proves(&next.proof_keys()[0], &[5; 32], &proof));
    }

    #[test]
    fn a_part_is_given_back_to_another_key_and_is_the_same_part() {
        let f = family(3, 2, 1);
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        let to = envelope::public(&secret(9)).unwrap();
        let back =
            |n: u8, rng: &mut ChaCha20Rng| f.sealed[usize::from(n) - 1].reseal(&secret(n), &to, rng).unwrap();
        let both = [back(1, &mut rng), back(3, &mut rng)];
        assert!(matches!(both[0].open(&secret(1)), Err(VaultError::WrongPassphrase)));
        let shares = both.map(|sealed| sealed.open(&secret(9)).unwrap());
        assert_eq!(f.open(&shares), Ok(f.master.clone()));
        assert!(f.sealed[0].reseal(&secret(2), &to, &mut rng).is_err());
        assert!(f.sealed[0].reseal(&secret(1), &[0; 32], &mut rng).is_err());
    }

    #[test]
    fn a_part_opens_for_its_guardian_only_and_unaltered() {
        let f = family(3, 2, 1);
        assert!(matches!(f.sealed[0].open(&secret(2)), Err(VaultError::WrongPassphrase)));
        for at in 0..SEALED_SHARE {
            let mut altered = *f.sealed[0].to_bytes();
            altered[at] ^= 1;
            let opened = SealedShare::from_bytes(&altered).map(|s| s.open(&secret(1)));
            assert!(!matches!(opened, Some(Ok(_))), "octet {at}");
        }
        assert_eq!(SealedShare::from_bytes(&f.sealed[0].to_bytes()[1..]), None);
        assert_eq!(SealedShare::from_bytes(f.sealed[0].to_bytes()).as_ref(), Some(&f.sealed[0]));
    }

    #[test]
    fn numbers_out_of_bounds_are_refused() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let mut fresh = |keys: &[[u8; 32]], needed| GuardianSlot::fresh(RECORD, keys, needed, &mut rng).err();
        let out = Some(VaultError::OutOfBounds);
        let many: Vec<[u8; 32]> = (1..=11).map(|i| envelope::public(&secret(i)).unwrap()).collect();
        assert_eq!(fresh(&many, 2), out);
        assert_eq!(fresh(&publics(1), 1), out);
        assert_eq!(fresh(&publics(3), 1), out);
        assert_eq!(fresh(&publics(3), 4), out);
        assert_eq!(fresh(&[publics(1)[0]; 2], 2), out);
        assert_eq!(fresh(&[[0; 32], publics(1)[0]], 2), out, "a key of small order");
        assert_eq!(fresh(&publics(10), 10), None);
    }

    #[test]
    fn a_slot_goes_into_its_own_record_only() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let (slot, _) = GuardianSlot::fresh([8; 16], &publics(2), 2, &mut rng).unwrap();
        let mut slots = Keyslots::new(RECORD);
        assert_eq!(slots.set_guardians(&slot, &Key::new([1; 32])), Err(VaultError::OutOfBounds));
    }

    #[test]
    fn the_last_way_back_is_never_removed() {
        let mut f = family(3, 2, 1);
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        assert_eq!(f.slots.remove_guardians(), Err(VaultError::LastDoor));
        f.slots.set_recovery(&f.master.clone(), &crate::RecoveryKey::random(&mut rng), &mut rng);
        assert_eq!(f.slots.remove_guardians(), Ok(()));
        assert_eq!(f.slots.remove_recovery(), Err(VaultError::LastDoor));
        assert!(f.slots.has_way_back());
    }
}
