//! Sealed bytes: C2SP chunked-encryption v1 with SHA-512 and ChaCha20-Poly1305.
//!
//! ```text
//! key32 || base_nonce12 || commitment32 = HKDF-Expand-SHA512(key, LABEL || 00 || salt24 || context)
//! sealed = salt24 || commitment32 || chunk_0 || chunk_1 || ...   each 16 KiB + 16 octets, the last strictly shorter
//! nonce_i = base_nonce XOR i (96 bits, big-endian), empty associated data
//! ```
//!
//! The salt is random, so no nonce state can repeat after a restore, a clone or a crash. The commitment is compared in
//! constant time before anything is decrypted: one ciphertext opens under one key only.
//!
//! # Source
//! <https://c2sp.org/chunked-encryption>

pub mod pad;

use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce, Tag};
use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::Key;
use crate::secret::expand_sha512;

const LABEL: &[u8] = b"c2sp.org/chunked-encryption@v1+AEAD_CHACHA20_POLY1305\0";

/// Plain octets of a full chunk.
const CHUNK: usize = 16 * 1024;
const TAG: usize = 16;
const SALT: usize = 24;
const COMMITMENT: usize = 32;
const HEADER: usize = SALT + COMMITMENT;

/// Why sealed bytes did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not a possible length: cut short, or cut at a chunk's end.
    #[error("the sealed bytes have an impossible length")]
    Length,
    /// Sealed under another key or for another context.
    #[error("the sealed bytes are not for this key and context")]
    WrongKey,
    /// A chunk was altered, moved, dropped or added.
    #[error("the sealed bytes were altered")]
    Altered,
    /// The padding is not the one that sealing makes.
    #[error("the padding is not canonical")]
    Padding,
}

/// Octets that sealing adds to `plain` octets: header and one tag per chunk.
#[must_use]
pub const fn sealed_len(plain: usize) -> usize {
    HEADER + plain + (plain / CHUNK + 1) * TAG
}

/// Seals with a fresh random salt.
#[must_use]
pub fn seal(key: &Key, context: &[u8], plain: &[u8], rng: &mut (impl CryptoRng + ?Sized)) -> Vec<u8> {
    let mut salt = [0; SALT];
    rng.fill_bytes(&mut salt);
    seal_with_salt(key, context, plain, &salt)
}

/// Pads to a length that says little ([`pad`]), then seals.
#[must_use]
pub fn seal_padded(key: &Key, context: &[u8], plain: &[u8], rng: &mut (impl CryptoRng + ?Sized)) -> Vec<u8> {
    seal(key, context, &pad::pad(plain), rng)
}

/// Opens what [`seal`] made.
///
/// # Errors
/// [`SealError`]; nothing is returned from bytes of which any chunk fails.
pub fn open(key: &Key, context: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let body_len = sealed.len().checked_sub(HEADER).ok_or(SealError::Length)?;
    if body_len % (CHUNK + TAG) < TAG {
        return Err(SealError::Length);
    }
    let (salt, rest) = sealed.split_at(SALT);
    let (commitment, body) = rest.split_at(COMMITMENT);
    let okm = Okm::derive(key, salt, context);
    if !bool::from(okm.commitment().ct_eq(commitment)) {
        return Err(SealError::WrongKey);
    }
    let cipher = okm.cipher();
    let mut plain = Zeroizing::new(Vec::with_capacity(body_len));
    for (index, chunk) in (0u64..).zip(body.chunks(CHUNK + TAG)) {
        open_chunk(&cipher, &okm.nonce(index), chunk, &mut plain)?;
    }
    Ok(plain)
}

/// Opens what [`seal_padded`] made.
///
/// # Errors
/// [`SealError`].
pub fn open_padded(key: &Key, context: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let mut padded = open(key, context, sealed)?;
    let len = pad::unpad(&padded).ok_or(SealError::Padding)?.len();
    padded.drain(..pad::PREFIX);
    padded.truncate(len);
    Ok(padded)
}

fn seal_with_salt(key: &Key, context: &[u8], plain: &[u8], salt: &[u8; SALT]) -> Vec<u8> {
    let okm = Okm::derive(key, salt, context);
    let cipher = okm.cipher();
    let mut sealed = Vec::with_capacity(sealed_len(plain.len()));
    sealed.extend_from_slice(salt);
    sealed.extend_from_slice(okm.commitment());
    let full = plain.chunks_exact(CHUNK);
    // The last chunk is strictly shorter than a full one: empty when the length is a multiple.
    let last = full.remainder();
    for (index, chunk) in (0u64..).zip(full.chain(core::iter::once(last))) {
        seal_chunk(&cipher, &okm.nonce(index), chunk, &mut sealed);
    }
    sealed
}

/// Appends the sealed chunk and its tag.
fn seal_chunk(cipher: &ChaCha20Poly1305, nonce: &Nonce, chunk: &[u8], sealed: &mut Vec<u8>) {
    let from = sealed.len();
    sealed.extend_from_slice(chunk);
    let tag = cipher
        .encrypt_inout_detached(nonce, &[], (&mut sealed[from..]).into())
        .unwrap_or_else(|_| unreachable!("a chunk is far below the cipher's limit"));
    sealed.extend_from_slice(&tag);
}

/// Appends the opened chunk.
fn open_chunk(
    cipher: &ChaCha20Poly1305,
    nonce: &Nonce,
    chunk: &[u8],
    plain: &mut Vec<u8>,
) -> Result<(), SealError> {
    let (text, tag) = chunk.split_last_chunk::<TAG>().ok_or(SealError::Length)?;
    let from = plain.len();
    plain.extend_from_slice(text);
    cipher
        .decrypt_inout_detached(nonce, &[], (&mut plain[from..]).into(), &Tag::from(*tag))
        .map_err(|_| SealError::Altered)
}

struct Okm(Zeroizing<[u8; 76]>);

impl Okm {
    fn derive(key: &Key, salt: &[u8], context: &[u8]) -> Self {
        let mut okm = Zeroizing::new([0; 76]);
        expand_sha512(key.expose(), &[LABEL, salt, context], &mut *okm);
        Self(okm)
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new_from_slice(&self.0[..32])
            .unwrap_or_else(|_| unreachable!("32 octets are a key"))
    }

    fn nonce(&self, index: u64) -> Nonce {
        let mut nonce = [0; 12];
        nonce.copy_from_slice(&self.0[32..44]);
        nonce[4..].iter_mut().zip(index.to_be_bytes()).for_each(|(n, i)| *n ^= i);
        Nonce::from(nonce)
    }

    fn commitment(&self) -> &[u8] {
        &self.0[44..]
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod two_keys;
#[cfg(test)]
mod vectors;
