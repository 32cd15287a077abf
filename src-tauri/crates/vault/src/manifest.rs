//! What an epoch consists of, signed by the computer that sealed it: a dropped or swapped segment shows.
//!
//! One manifest per (series, epoch, writer); a later one has a higher version and replaces the earlier.
//!
//! ```text
//! body  = 01 || 4D || series 16 || generation u32 || epoch u32 || writer 16 || version u64 || closed u8
//!         || count u32 || root 32
//! plain = body || count * (seq u64 || readings u32 || SHA-256 of the sealed segment) || signature 64
//! signature = Ed25519("hg/v1/manifest" || 00 || 0^32 || body): a record belongs to no chain, so the chain id is zero
//! root  = RFC 6962 tree over the entries
//! ```

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use salus_wire::SeriesId;
use sha2::{Digest, Sha256};

use crate::Epoch;
use crate::log::tree;
use crate::secret::wipe_deep_stack;

const VERSION: u8 = 1;
const TYPE: u8 = 0x4D;
pub(crate) const BODY: usize = 2 + 16 + 4 + 4 + 16 + 8 + 1 + 4 + 32;
const ENTRY: usize = 8 + 4 + 32;
const SIGNATURE: usize = 64;

/// Most segments of one epoch by one writer: 2^20 readings of 32 values each make 512 segments of 65,536 values.
pub const MAX_SEGMENTS: usize = 512;

/// The computer that seals: 16 random octets; a restored copy gets another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriterId(pub [u8; 16]);

/// The computer that seals, and the key that its manifests verify under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Writer {
    /// Its identifier.
    pub id: WriterId,
    /// Its Ed25519 verifying key.
    pub key: [u8; 32],
}

/// One segment in a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The segment's sequence number, part of its sealing context.
    pub seq: u64,
    /// How many readings it holds.
    pub readings: u32,
    /// SHA-256 of the sealed bytes.
    pub hash: [u8; 32],
}

/// A manifest whose signature and root were checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The series.
    pub series: SeriesId,
    /// The generation of the series' key.
    pub generation: u32,
    /// The epoch.
    pub epoch: Epoch,
    /// Who sealed it.
    pub writer: WriterId,
    /// Rises with every re-sealing; the highest counts.
    pub version: u64,
    /// True when the epoch was over; more readings may still arrive late, with a higher version.
    pub closed: bool,
    /// The segments, all of them.
    pub entries: Vec<Entry>,
}

/// Why bytes are not a manifest of this writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// Not the encoding of a manifest.
    #[error("not a manifest")]
    Malformed,
    /// The signature does not verify.
    #[error("the manifest's signature does not verify")]
    Signature,
    /// The list does not give the signed root.
    #[error("the manifest's list does not match its root")]
    Root,
}

impl Manifest {
    /// How many readings the epoch holds.
    #[must_use]
    pub fn readings(&self) -> u64 {
        self.entries.iter().map(|e| u64::from(e.readings)).sum()
    }

    /// The entry of a sealed segment, by its hash.
    #[must_use]
    pub fn entry_of(&self, sealed: &[u8]) -> Option<Entry> {
        let hash: [u8; 32] = Sha256::digest(sealed).into();
        self.entries.iter().copied().find(|e| e.hash == hash)
    }

    fn body(&self) -> Vec<u8> {
        let count = u32::try_from(self.entries.len())
            .unwrap_or_else(|_| unreachable!("at most {MAX_SEGMENTS} entries"));
        let mut b = Vec::with_capacity(BODY + self.entries.len() * ENTRY + SIGNATURE);
        b.extend_from_slice(&[VERSION, TYPE]);
        b.extend_from_slice(self.series.as_bytes());
        b.extend_from_slice(&self.generation.to_be_bytes());
        b.extend_from_slice(&self.epoch.number().to_be_bytes());
        b.extend_from_slice(&self.writer.0);
        b.extend_from_slice(&self.version.to_be_bytes());
        b.push(u8::from(self.closed));
        b.extend_from_slice(&count.to_be_bytes());
        b.extend_from_slice(&root(&self.entries));
        b
    }

    /// Signs and encodes.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        let mut out = self.body();
        let signature = key.sign(&signed(&out));
        wipe_deep_stack();
        self.entries.iter().for_each(|e| out.extend_from_slice(&e.encode()));
        out.extend_from_slice(&signature.to_bytes());
        out
    }

    /// Decodes and verifies.
    ///
    /// # Errors
    /// [`ManifestError`].
    pub fn verify(bytes: &[u8], key: &[u8; 32]) -> Result<Self, ManifestError> {
        let (body, rest) = bytes.split_at_checked(BODY).ok_or(ManifestError::Malformed)?;
        let (list, signature) = rest.split_last_chunk::<SIGNATURE>().ok_or(ManifestError::Malformed)?;
        let manifest = Self::parse(body, list).ok_or(ManifestError::Malformed)?;
        if !verifies(key, &signed(body), signature) {
            return Err(ManifestError::Signature);
        }
        if manifest.body() != body {
            return Err(ManifestError::Root);
        }
        Ok(manifest)
    }

    pub(crate) fn parse(body: &[u8], list: &[u8]) -> Option<Self> {
        let mut at = body;
        if take::<2>(&mut at)? != [VERSION, TYPE] {
            return None;
        }
        let series = SeriesId(take(&mut at)?);
        let generation = u32::from_be_bytes(take(&mut at)?);
        let epoch = Epoch::new(u32::from_be_bytes(take(&mut at)?))?;
        let writer = WriterId(take(&mut at)?);
        let version = u64::from_be_bytes(take(&mut at)?);
        let closed = match take(&mut at)? {
            [0] => false,
            [1] => true,
            _ => return None,
        };
        let count = usize::try_from(u32::from_be_bytes(take(&mut at)?)).ok()?;
        if count > MAX_SEGMENTS || list.len() != count * ENTRY {
            return None;
        }
        let entries = list.chunks_exact(ENTRY).map(Entry::parse).collect::<Option<_>>()?;
        Some(Self { series, generation, epoch, writer, version, closed, entries })
    }
}

impl Entry {
    fn encode(&self) -> [u8; ENTRY] {
        let mut out = [0; ENTRY];
        out[..8].copy_from_slice(&self.seq.to_be_bytes());
        out[8..12].copy_from_slice(&self.readings.to_be_bytes());
        out[12..].copy_from_slice(&self.hash);
        out
    }

    fn parse(mut at: &[u8]) -> Option<Self> {
        Some(Self {
            seq: u64::from_be_bytes(take(&mut at)?),
            readings: u32::from_be_bytes(take(&mut at)?),
            hash: take(&mut at)?,
        })
    }
}

fn take<const N: usize>(at: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = at.split_first_chunk::<N>()?;
    *at = rest;
    Some(*head)
}

/// Ed25519, strict: no small-order key or commitment, no second encoding of a signature (RFC 8032 section 5.1.7).
pub(crate) fn verifies(key: &[u8; 32], message: &[u8], signature: &[u8; SIGNATURE]) -> bool {
    VerifyingKey::from_bytes(key)
        .is_ok_and(|k| k.verify_strict(message, &Signature::from_bytes(signature)).is_ok())
}

fn signed(body: &[u8]) -> Vec<u8> {
    [b"hg/v1/manifest".as_slice(), &[0], &[0; 32], body].concat()
}

/// RFC 6962 tree over the entries.
fn root(entries: &[Entry]) -> [u8; 32] {
    tree::root(entries.iter().map(|e| tree::leaf_hash(&e.encode())))
}

#[cfg(test)]
mod tests;
