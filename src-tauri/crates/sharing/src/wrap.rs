//! Two locks on one key: a tree node is wrapped under the slot's PRF output AND the secret sealed to the clinician.
//!
//! ```text
//! PRK          = HKDF-Extract-SHA512(salt grant_id, ikm c_g || prf64)
//! kek32||com32 = HKDF-Expand(PRK, info, 64)
//! info         = "hg/v1/kek" || series_id16 || generation u32 || start_epoch u32 || level u8
//!              | "hg/v1/kek-day" || series_id16 || generation u32 || start_epoch u32 || level u8 || day u32
//! wrap80       = com32 || ChaCha20-Poly1305(kek, nonce 0^12, aad info, node key 32)
//! ```
//!
//! The second is of a day's summary: a slot of 12 days wraps each day that ends in it, and none of the readings' nodes.
//!
//! The key wraps one node once, so the nonce may be constant. `com` commits to the key: it is compared in constant time
//! BEFORE anything is decrypted, so that one wrap cannot be made to open under two keys.
//!
//! # Source
//! 2-access.md, "Key wrap and capsule"; RFC 5869; RFC 8439.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hkdf::Hkdf;
use salus_chain::ids::GrantId;
use salus_keeper::Slot;
use salus_wire::SeriesId;
use sha2::Sha512;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Octets of a wrap: commitment 32, key 32, tag 16.
pub const WRAP: usize = 80;
const COMMITMENT: usize = 32;

/// The secret of one grant that is sealed to its clinician: 32 random octets.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct GrantSecret([u8; 32]);

impl GrantSecret {
    /// From stored octets.
    #[must_use]
    pub const fn from_bytes(octets: [u8; 32]) -> Self {
        Self(octets)
    }

    /// A fresh one.
    pub fn random(rng: &mut impl rand_core::CryptoRng) -> Self {
        let mut octets = [0; 32];
        rng.fill_bytes(&mut octets);
        Self(octets)
    }

    /// The octets, for sealing and for the record that keeps them.
    #[must_use]
    pub const fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl core::fmt::Debug for GrantSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("GrantSecret(..)")
    }
}

/// What a wrap is about; every field is bound into the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The grant.
    pub grant: GrantId,
    /// The series.
    pub series: SeriesId,
    /// The generation of the series' root.
    pub generation: u32,
    /// The tree node, named by the slot that opens it.
    pub slot: Slot,
}

impl Place {
    fn info(&self) -> Vec<u8> {
        let mut info = b"hg/v1/kek".to_vec();
        info.extend_from_slice(self.series.as_bytes());
        info.extend_from_slice(&self.generation.to_be_bytes());
        info.extend_from_slice(&self.slot.start().to_be_bytes());
        info.push(self.slot.level());
        info
    }
}

/// What the wrap of a day's summary is about: the key of one leaf of the days' tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPlace {
    /// The grant, the series, and the slot that opens it.
    pub place: Place,
    /// Days since 1970 in UTC.
    pub day: u32,
}

impl DayPlace {
    fn info(&self) -> Vec<u8> {
        let Place { series, generation, slot, .. } = self.place;
        let (generation, start) = (generation.to_be_bytes(), slot.start().to_be_bytes());
        let (level, day) = ([slot.level()], self.day.to_be_bytes());
        [b"hg/v1/kek-day".as_slice(), series.as_bytes(), &generation, &start, &level, &day].concat()
    }
}

/// Why a wrap did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrapError {
    /// Made under another key: another grant, slot, series, or a wrong PRF output.
    #[error("the wrap was made under another key")]
    OtherKey,
    /// The wrapped key was altered.
    #[error("the wrap was altered")]
    Altered,
}

/// The two halves of the expansion: the key and the commitment to it.
struct Kek {
    key: Zeroizing<[u8; 32]>,
    commitment: [u8; COMMITMENT],
    info: Vec<u8>,
}

fn kek(grant: &GrantId, info: Vec<u8>, secret: &GrantSecret, prf: &[u8; 64]) -> Kek {
    let mut ikm = Zeroizing::new([0; 96]);
    ikm[..32].copy_from_slice(&secret.0);
    ikm[32..].copy_from_slice(prf);
    let mut okm = Zeroizing::new([0; 64]);
    Hkdf::<Sha512>::new(Some(grant.as_bytes()), &*ikm)
        .expand(&info, &mut *okm)
        .expect("64 octets are one block of SHA-512");
    let mut key = Zeroizing::new([0; 32]);
    key.copy_from_slice(&okm[..32]);
    let mut commitment = [0; COMMITMENT];
    commitment.copy_from_slice(&okm[32..]);
    Kek { key, commitment, info }
}

/// Wraps one node key.
#[must_use]
pub fn wrap(place: &Place, secret: &GrantSecret, prf: &[u8; 64], node: &[u8; 32]) -> [u8; WRAP] {
    under(&kek(&place.grant, place.info(), secret, prf), node)
}

/// Wraps the key of one day's summary.
#[must_use]
pub fn wrap_day(at: &DayPlace, secret: &GrantSecret, prf: &[u8; 64], leaf: &[u8; 32]) -> [u8; WRAP] {
    under(&kek(&at.place.grant, at.info(), secret, prf), leaf)
}

fn under(kek: &Kek, node: &[u8; 32]) -> [u8; WRAP] {
    let sealed = ChaCha20Poly1305::new(&Key::from(*kek.key))
        .encrypt(&Nonce::default(), Payload { msg: node, aad: &kek.info })
        .expect("32 octets are far below the cipher's limit");
    let mut out = [0; WRAP];
    out[..COMMITMENT].copy_from_slice(&kek.commitment);
    out[COMMITMENT..].copy_from_slice(&sealed);
    out
}

/// Opens one wrap.
///
/// # Errors
/// [`WrapError`]: wrong key and altered ciphertext are told apart by the commitment.
pub fn unwrap(
    place: &Place,
    secret: &GrantSecret,
    prf: &[u8; 64],
    wrapped: &[u8; WRAP],
) -> Result<Zeroizing<[u8; 32]>, WrapError> {
    from(&kek(&place.grant, place.info(), secret, prf), wrapped)
}

/// Opens the wrap of one day's summary.
///
/// # Errors
/// As [`unwrap`].
pub fn unwrap_day(
    at: &DayPlace,
    secret: &GrantSecret,
    prf: &[u8; 64],
    wrapped: &[u8; WRAP],
) -> Result<Zeroizing<[u8; 32]>, WrapError> {
    from(&kek(&at.place.grant, at.info(), secret, prf), wrapped)
}

fn from(kek: &Kek, wrapped: &[u8; WRAP]) -> Result<Zeroizing<[u8; 32]>, WrapError> {
    if !bool::from(kek.commitment.ct_eq(&wrapped[..COMMITMENT])) {
        return Err(WrapError::OtherKey);
    }
    let node = ChaCha20Poly1305::new(&Key::from(*kek.key))
        .decrypt(&Nonce::default(), Payload { msg: &wrapped[COMMITMENT..], aad: &kek.info })
        .map(Zeroizing::new)
        .map_err(|_| WrapError::Altered)?;
    let mut out = Zeroizing::new([0; 32]);
    out.copy_from_slice(&node);
    Ok(out)
}

#[cfg(test)]
mod tests;
