//! What is derived from the master key.

use crate::Key;
use crate::row::RowCipher;

/// Keys under the master key, each for one purpose.
pub(super) struct Keys {
    pub(super) master: Key,
    pub(super) rows: RowCipher,
    pub(super) names: Key,
    pub(super) fingerprints: Key,
    /// The record's first identity.
    pub(super) identity: Key,
    pub(super) log: Key,
}

impl Keys {
    pub(super) fn new(master: Key) -> Self {
        let sub = |purpose: &str| master.sub(&[b"salus/vault/v1/", purpose.as_bytes()]);
        let rows = RowCipher::new(&sub("rows"));
        Self {
            rows,
            names: sub("names"),
            fingerprints: sub("fingerprints"),
            identity: sub("identity"),
            log: sub("log"),
            master,
        }
    }

    /// A keyed hash that stands for a name in the database.
    pub(super) fn tag(&self, parts: &[&[u8]]) -> [u8; 16] {
        let lengths: Vec<[u8; 8]> = parts.iter().map(|p| (p.len() as u64).to_be_bytes()).collect();
        let framed: Vec<&[u8]> = lengths.iter().zip(parts).flat_map(|(l, p)| [l.as_slice(), p]).collect();
        first_half(self.names.mac(&framed))
    }
}

/// The first 16 octets of a hash.
pub(super) fn first_half(hash: [u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    half
}
