//! A 32-octet key that prints as nothing and is wiped when dropped.
//!
//! It lives on the heap, so that moving whatever holds it moves no octet of it, and what computes with it wipes the stack that
//! it used ([`wipe_stack`]): neither a moved value nor a returned function may leave a copy that outlives the lock.

use core::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Sha256, Sha512};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// 32 secret octets; redacted in `Debug`, zeroized on drop, compared in constant time.
pub struct Key(Box<[u8; 32]>);

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for Key {}

impl Clone for Key {
    fn clone(&self) -> Self {
        Self::copied(&self.0)
    }
}

impl Key {
    /// Takes the octets.
    #[must_use]
    pub fn new(mut octets: [u8; 32]) -> Self {
        let key = Self::copied(&octets);
        octets.zeroize();
        key
    }

    /// A copy of the octets, from heap to heap.
    #[must_use]
    pub fn copied(octets: &[u8; 32]) -> Self {
        let mut key = Self(Box::new([0; 32]));
        key.0.copy_from_slice(octets);
        key
    }

    /// A fresh random key.
    #[must_use]
    pub fn random(rng: &mut (impl rand_core::CryptoRng + ?Sized)) -> Self {
        let mut key = Self(Box::new([0; 32]));
        rng.fill_bytes(&mut *key.0);
        key
    }

    /// The octets; the caller keeps them secret.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA-256 under this key, over the concatenation of `parts`.
    #[must_use]
    pub(crate) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = hmac256(&*self.0);
        parts.iter().for_each(|p| mac.update(p));
        let out = mac.finalize().into_bytes().into();
        wipe_stack();
        out
    }

    /// A key: HMAC-SHA-256 under this one, over the concatenation of `parts`.
    #[must_use]
    pub(crate) fn mac_key(&self, parts: &[&[u8]]) -> Self {
        let key = Self::new(self.mac(parts));
        wipe_stack();
        key
    }

    /// A key derived for one purpose: HKDF-Expand-SHA-512(self, parts, 32).
    #[must_use]
    pub(crate) fn sub(&self, parts: &[&[u8]]) -> Self {
        let mut key = Self(Box::new([0; 32]));
        expand_sha512(&*self.0, parts, &mut *key.0);
        wipe_stack();
        key
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(redacted)")
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0[..].ct_eq(&other.0[..]).into()
    }
}

impl Eq for Key {}

/// Overwrites the stack below the caller's frame, where what it called before has left its variables: 4 KiB.
#[inline(never)]
pub(crate) fn wipe_stack() {
    let mut dirt = [0_u64; 512];
    dirt.zeroize();
    core::hint::black_box(&dirt);
}

/// As [`wipe_stack`] after deeper work: 128 KiB.
#[inline(never)]
pub(crate) fn wipe_deep_stack() {
    let mut dirt = [0_u64; 16_384];
    dirt.zeroize();
    core::hint::black_box(&dirt);
}

pub(crate) fn hmac256(key: &[u8]) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"))
}

pub(crate) fn hmac512(key: &[u8]) -> Hmac<Sha512> {
    Hmac::<Sha512>::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"))
}

/// HKDF-Extract with SHA-512 (RFC 5869 section 2.2).
#[must_use]
pub fn extract_sha512(salt: &[u8], ikm: &[&[u8]]) -> Zeroizing<[u8; 64]> {
    let prk = Zeroizing::new(mac512(salt, ikm));
    wipe_stack();
    prk
}

/// In a frame of its own, which the caller wipes: the hash keeps what it hashed.
#[inline(never)]
fn mac512(key: &[u8], parts: &[&[u8]]) -> [u8; 64] {
    let mut mac = hmac512(key);
    parts.iter().for_each(|p| mac.update(p));
    mac.finalize().into_bytes().into()
}

/// HKDF-Expand with SHA-512 (RFC 5869 section 2.3); `info` is the concatenation of `parts`.
///
/// Written from HMAC because `Hkdf::from_prk` refuses a pseudo-random key shorter than the hash, and the segment keys
/// of the tree are 32 octets.
///
/// # Panics
/// When `out` is longer than 255 blocks of 64 octets; every caller passes a constant of at most 76.
pub fn expand_sha512(prk: &[u8], parts: &[&[u8]], out: &mut [u8]) {
    assert!(out.len() <= 255 * 64, "RFC 5869: at most 255 blocks");
    let mut previous = Zeroizing::new([0u8; 64]);
    for (block, counter) in out.chunks_mut(64).zip(1u8..=255) {
        let mut mac = hmac512(prk);
        if counter > 1 {
            mac.update(&*previous);
        }
        parts.iter().for_each(|p| mac.update(p));
        mac.update(&[counter]);
        *previous = mac.finalize().into_bytes().into();
        block.copy_from_slice(&previous[..block.len()]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expand_agrees_with_the_hkdf_crate() {
        let prk = [7u8; 64];
        let mut ours = [0; 76];
        expand_sha512(&prk, &[b"in", b"fo"], &mut ours);
        let mut theirs = [0; 76];
        hkdf::Hkdf::<Sha512>::from_prk(&prk).unwrap().expand(b"info", &mut theirs).unwrap();
        assert_eq!(ours, theirs);
    }

    #[test]
    fn extract_agrees_with_the_hkdf_crate() {
        let (prk, _) = hkdf::Hkdf::<Sha512>::extract(Some(b"salt"), b"ikm");
        assert_eq!(extract_sha512(b"salt", &[b"i", b"km"])[..], prk[..]);
    }

    #[test]
    fn a_key_prints_as_nothing() {
        assert_eq!(format!("{:?}", Key::new([0xAB; 32])), "Key(redacted)");
    }
}
