//! What the record had come to after a commit: kept outside its directory, it shows when an older copy is in its place.
//!
//! ```text
//! head = size u64 || counter u64 || root 32
//! at rest, outside = sealed row of (01 || head), tied to the record's identifier
//! ```
//!
//! It is sealed so that nobody who cannot open the record can make one. Who can delete or replace the place where it is kept
//! can take it away, or put an older one back together with an older copy: then nothing shows.

use crate::VaultError;
use crate::log::Hash;
use crate::row::{DAMAGED, RowCipher};
use rand_core::CryptoRng;

const TABLE: &str = "head";
const VERSION: u8 = 1;
const ENCODED: usize = 48;

/// What the record had come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Leaves of the log.
    pub size: u64,
    /// Commits so far, also those that seal nothing.
    pub counter: u64,
    /// The tree's root at that size.
    pub root: Hash,
}

impl Head {
    /// The octets, 48.
    #[must_use]
    pub fn encode(&self) -> [u8; ENCODED] {
        let mut out = [0; ENCODED];
        out[..8].copy_from_slice(&self.size.to_be_bytes());
        out[8..16].copy_from_slice(&self.counter.to_be_bytes());
        out[16..].copy_from_slice(&self.root);
        out
    }

    /// A head from its octets.
    #[must_use]
    pub fn decode(bytes: &[u8; ENCODED]) -> Self {
        let word = |at: usize| {
            let mut word = [0; 8];
            word.copy_from_slice(&bytes[at..at + 8]);
            u64::from_be_bytes(word)
        };
        let mut root = [0; 32];
        root.copy_from_slice(&bytes[16..]);
        Self { size: word(0), counter: word(8), root }
    }

    pub(crate) fn seal(
        &self,
        rows: &RowCipher,
        record: &[u8; 16],
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Vec<u8> {
        rows.seal(TABLE, record, &[&[VERSION][..], &self.encode()].concat(), rng)
    }

    pub(crate) fn open(rows: &RowCipher, record: &[u8; 16], sealed: &[u8]) -> Result<Self, VaultError> {
        let plain = rows.open(TABLE, record, sealed)?;
        match plain.split_first() {
            Some((&VERSION, head)) => Ok(Self::decode(head.try_into().map_err(|_| DAMAGED)?)),
            _ => Err(DAMAGED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;

    #[test]
    fn a_head_opens_for_its_record_and_key_only() {
        let head = Head { size: 3, counter: 0x0102, root: [9; 32] };
        let rows = |n| RowCipher::new(&Key::new([n; 32]));
        let sealed = head.seal(&rows(1), &[2; 16], &mut ChaCha20Rng::seed_from_u64(1));
        assert_eq!(Head::open(&rows(1), &[2; 16], &sealed), Ok(head));
        assert_eq!(Head::open(&rows(1), &[3; 16], &sealed), Err(DAMAGED));
        assert_eq!(Head::open(&rows(2), &[2; 16], &sealed), Err(DAMAGED));
        assert_eq!(Head::open(&rows(1), &[2; 16], &[]), Err(DAMAGED));
        let hex = hex::encode(&head.encode()[..20]);
        assert_eq!(hex, "0000000000000003000000000000010209090909");
    }
}
