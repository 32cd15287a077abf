//! The keyslots file: several ways to one 32-octet master key.
//!
//! ```text
//! "SALUSKEY" || version u8 || record 16 || count u8 || count * (kind u8 || u16 length || slot) || SHA-256 of all
//! cost = memory_kib u32 || passes u32 || lanes u32
//! slot   kind  head                                                            then, in every slot
//! A      1     cost 12 || salt 32                                              commitment 32 || wrapped 48
//! A'     3     version u8 = 1 || cost 12 || salt 32 || check 16
//! B      2     salt 32
//! C      4     version u8 = 1 || t u8 || n u8 || salt 32 || n * check 16
//! prk A  = Argon2id v0x13(passphrase, salt)
//! prk A' = HKDF-Extract-SHA512(salt, Argon2id(passphrase, salt) || the keyring's secret 32)
//! prk B  = HKDF-Extract-SHA512(salt, recovery key)
//! prk C  = HKDF-Extract-SHA512(salt, slot key 32), the slot key shared t of n among guardians ([`guardian`])
//! kek 32 || commitment 32 = HKDF-Expand-SHA512(prk, aad)
//! aad = "salus/keyslot/v1" || record || kind || head
//! wrapped = ChaCha20-Poly1305(kek, nonce 0^12, aad, master): each kek is used once, its salt is fresh
//! ```
//!
//! The file's version is 1 as long as it has slots of kinds 1 and 2 only, else 2: what an older version can read stays as
//! it was, and what it cannot is told. There is a slot A or a slot A', never both. The checksum tells a damaged file from a
//! wrong passphrase before Argon2id runs, and the check of slot A' another keyring from a wrong passphrase. Slots of kinds
//! that this version does not know are kept as they are.

mod argon;
mod bound;
mod checks;
mod file;
pub mod guardian;
pub mod recovery;
mod shamir;
#[cfg(test)]
mod tests;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

pub use argon::PassphraseCost;
pub(crate) use argon::check_passphrase;
pub use checks::{Checks, MOST_CHECKS};
pub use guardian::{GuardianSlot, SealedShare, Share, proves};
pub use recovery::RecoveryKey;

use crate::error::Part;
use crate::keyring::Keyring;
use crate::secret::{expand_sha512, extract_sha512, wipe_stack};
use crate::{Key, VaultError};

const PASSPHRASE: u8 = 1;
const RECOVERY: u8 = 2;
const BOUND: u8 = 3;
const GUARDIANS: u8 = 4;
const SALT: usize = 32;
const COMMITMENT: usize = 32;
const WRAPPED: usize = 48;

const DAMAGED: VaultError = VaultError::Damaged { part: Part::Keyslots };

/// What opens a record.
#[derive(Clone, Copy)]
pub enum Unlock<'a> {
    /// Slot A or A'.
    Passphrase(&'a str),
    /// Slot B.
    RecoveryKey(&'a RecoveryKey),
    /// Slot C, with parts that guardians opened.
    Guardians(&'a [Share]),
}

impl core::fmt::Debug for Unlock<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Unlock::Passphrase(_) => "Passphrase(redacted)",
            Unlock::RecoveryKey(_) => "RecoveryKey(redacted)",
            Unlock::Guardians(_) => "Guardians(redacted)",
        })
    }
}

/// The decoded file.
#[derive(Clone)]
pub(crate) struct Keyslots {
    /// Which record the slots belong to.
    pub(crate) record: [u8; 16],
    slots: Vec<(u8, Vec<u8>)>,
}

impl Keyslots {
    /// An empty file for a new record.
    pub(crate) const fn new(record: [u8; 16]) -> Self {
        Self { record, slots: Vec::new() }
    }

    /// Puts `master` under a passphrase, replacing an earlier one; with `secret`, under both. Takes about a second.
    pub(crate) fn set_passphrase(
        &mut self,
        master: &Key,
        passphrase: &str,
        cost: PassphraseCost,
        secret: Option<&Key>,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), VaultError> {
        argon::check_passphrase(passphrase)?;
        cost.check()?;
        let salt = salt(rng);
        let (kind, head, prk) = match secret {
            None => {
                let head = [cost.encode().as_slice(), &salt].concat();
                (PASSPHRASE, head, Zeroizing::new(cost.derive(passphrase, &salt)?.to_vec()))
            }
            Some(secret) => {
                let head = bound::head(&self.record, cost, &salt, secret);
                (BOUND, head, Zeroizing::new(bound::prk(passphrase, cost, &salt, secret)?.to_vec()))
            }
        };
        // One passphrase at a time, whichever way it opens.
        self.slots.retain(|(k, _)| *k != PASSPHRASE && *k != BOUND);
        self.replace(kind, &head, &prk, master);
        Ok(())
    }

    /// Puts `master` under a recovery key, replacing an earlier one.
    pub(crate) fn set_recovery(
        &mut self,
        master: &Key,
        key: &RecoveryKey,
        rng: &mut (impl CryptoRng + ?Sized),
    ) {
        let head = salt(rng);
        let prk = extract_sha512(&head, &[key.expose()]);
        self.replace(RECOVERY, &head, &*prk, master);
    }

    /// Opens a slot. Takes about a second with a passphrase; `keyring` is asked for slot A' only.
    pub(crate) fn open(&self, unlock: Unlock<'_>, keyring: &dyn Keyring) -> Result<Key, VaultError> {
        match unlock {
            Unlock::Passphrase(passphrase) if self.has(BOUND) => {
                let (head, rest) = self.slot(BOUND, bound::HEAD)?;
                let prk = bound::open(&self.record, head, passphrase, keyring)?;
                self.unwrap(BOUND, head, rest, &*prk)
            }
            Unlock::Passphrase(passphrase) => {
                let (head, rest) = self.slot(PASSPHRASE, argon::ENCODED + SALT)?;
                let cost = PassphraseCost::decode(head)?;
                // A text that could never have been set is wrong, and a megabyte of it is not hashed.
                argon::check_passphrase(passphrase).map_err(|_| VaultError::WrongPassphrase)?;
                let prk = cost.derive(passphrase, &head[argon::ENCODED..])?;
                self.unwrap(PASSPHRASE, head, rest, &*prk)
            }
            Unlock::RecoveryKey(key) => {
                let (head, rest) = self.slot(RECOVERY, SALT)?;
                let prk = extract_sha512(head, &[key.expose()]);
                self.unwrap(RECOVERY, head, rest, &*prk)
            }
            Unlock::Guardians(shares) => {
                let slot = self.content(GUARDIANS)?;
                let head = slot.len().checked_sub(COMMITMENT + WRAPPED).ok_or(DAMAGED)?;
                let (head, rest) = slot.split_at(head);
                let prk = guardian::open(&self.record, head, shares)?;
                self.unwrap(GUARDIANS, head, rest, &*prk)
            }
        }
    }

    /// SHA-256 of the recovery slot, which says which recovery key is meant: its salt is fresh each time.
    pub(crate) fn recovery_slot(&self) -> Option<[u8; 32]> {
        let (_, slot) = self.slots.iter().find(|(kind, _)| *kind == RECOVERY)?;
        Some(Sha256::digest(slot).into())
    }

    /// The cost of the passphrase slot, while it opens without the keyring.
    pub(crate) fn unbound(&self) -> Option<PassphraseCost> {
        let (_, slot) = self.slots.iter().find(|(k, _)| *k == PASSPHRASE)?;
        PassphraseCost::decode(slot).ok()
    }

    /// True when the passphrase opens together with the keyring.
    pub(crate) fn is_bound(&self) -> bool {
        self.has(BOUND)
    }

    /// True when there is a recovery key.
    pub(crate) fn has_recovery(&self) -> bool {
        self.has(RECOVERY)
    }

    /// How many guardians of how many open it.
    pub(crate) fn guardians(&self) -> Option<(u8, u8)> {
        guardian::numbers(self.content(GUARDIANS).ok()?)
    }

    /// Puts a guardians' slot in, replacing an earlier one.
    pub(crate) fn set_guardians(&mut self, slot: &GuardianSlot, master: &Key) -> Result<(), VaultError> {
        let (head, prk) = slot.parts(&self.record).ok_or(VaultError::OutOfBounds)?;
        self.replace(GUARDIANS, &head, prk, master);
        Ok(())
    }

    /// Which parts fit the guardians' slot; `None` without one that this version can read.
    pub(crate) fn checks(&self) -> Option<Checks> {
        let slot = self.content(GUARDIANS).ok()?;
        let head = slot.len().checked_sub(COMMITMENT + WRAPPED)?;
        Checks::of_slot(&self.record, &slot[..head]).ok()
    }

    /// SHA-256 of the guardians' slot, which says which guardians are meant: its salt is fresh each time.
    pub(crate) fn guardians_slot(&self) -> Option<[u8; 32]> {
        self.content(GUARDIANS).ok().map(|slot| Sha256::digest(slot).into())
    }

    /// Removes the passphrase.
    pub(crate) fn remove_passphrase(&mut self) -> Result<(), VaultError> {
        self.remove(&[PASSPHRASE, BOUND])
    }

    /// Removes the recovery key.
    pub(crate) fn remove_recovery(&mut self) -> Result<(), VaultError> {
        self.remove(&[RECOVERY])
    }

    /// Removes the guardians.
    pub(crate) fn remove_guardians(&mut self) -> Result<(), VaultError> {
        self.remove(&[GUARDIANS])
    }

    /// True when there is a way back in that neither a memory nor this computer can lose.
    pub(crate) fn has_way_back(&self) -> bool {
        self.has(RECOVERY) || self.has(GUARDIANS)
    }

    fn remove(&mut self, kinds: &[u8]) -> Result<(), VaultError> {
        let mut left = self.clone();
        left.slots.retain(|(k, _)| !kinds.contains(k));
        if !left.has_way_back() {
            return Err(VaultError::LastDoor);
        }
        *self = left;
        Ok(())
    }

    fn has(&self, kind: u8) -> bool {
        self.slots.iter().any(|(k, _)| *k == kind)
    }

    fn content(&self, kind: u8) -> Result<&[u8], VaultError> {
        let found = self.slots.iter().find(|(k, _)| *k == kind);
        found.map(|(_, slot)| slot.as_slice()).ok_or(VaultError::WrongPassphrase)
    }

    fn slot(&self, kind: u8, head: usize) -> Result<(&[u8], &[u8]), VaultError> {
        let slot = self.content(kind)?;
        if slot.len() == head + COMMITMENT + WRAPPED { Ok(slot.split_at(head)) } else { Err(DAMAGED) }
    }

    fn replace(&mut self, kind: u8, head: &[u8], prk: &[u8], master: &Key) {
        let aad = self.aad(kind, head);
        let okm = okm(prk, &aad);
        let payload = Payload { msg: master.expose(), aad: &aad };
        let wrapped = cipher(&okm)
            .encrypt(&Nonce::default(), payload)
            .unwrap_or_else(|_| unreachable!("32 octets are below the cipher's limit"));
        let slot = [head, &okm[32..], &wrapped].concat();
        self.slots.retain(|(k, _)| *k != kind);
        self.slots.push((kind, slot));
        self.slots.sort_by_key(|(k, _)| *k);
    }

    fn unwrap(&self, kind: u8, head: &[u8], rest: &[u8], prk: &[u8]) -> Result<Key, VaultError> {
        let aad = self.aad(kind, head);
        let okm = okm(prk, &aad);
        let (commitment, wrapped) = rest.split_at(COMMITMENT);
        if !bool::from(okm[32..].ct_eq(commitment)) {
            return Err(VaultError::WrongPassphrase);
        }
        let plain = cipher(&okm)
            .decrypt(&Nonce::default(), Payload { msg: wrapped, aad: &aad })
            .map(Zeroizing::new)
            .map_err(|_| DAMAGED)?;
        let master = <&[u8; 32]>::try_from(&plain[..]).map(Key::copied).map_err(|_| DAMAGED);
        wipe_stack();
        master
    }

    fn aad(&self, kind: u8, head: &[u8]) -> Vec<u8> {
        [b"salus/keyslot/v1".as_slice(), &self.record, &[kind], head].concat()
    }
}

fn salt(rng: &mut (impl CryptoRng + ?Sized)) -> [u8; SALT] {
    let mut salt = [0; SALT];
    rng.fill_bytes(&mut salt);
    salt
}

fn okm(prk: &[u8], aad: &[u8]) -> Zeroizing<[u8; 64]> {
    let mut okm = Zeroizing::new([0; 64]);
    expand_sha512(prk, &[aad], &mut *okm);
    okm
}

pub(crate) fn cipher(okm: &[u8; 64]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new_from_slice(&okm[..32]).unwrap_or_else(|_| unreachable!("32 octets are a key"))
}
