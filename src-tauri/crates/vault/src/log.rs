//! The record's log: an append-only Merkle tree that says what was sealed, in which order.
//!
//! ```text
//! leaf  = 01 || kind u8 || content || blind 16
//! kind 1, a sealing    category u8 || epoch u32 || version u64 || SHA-256 of the signed manifest 32
//! kind 2, an accepted  at i64 || size u64 || counter u64 || root 32: an older copy was accepted in place of this head
//! kind 3, a restart    at i64: the log was damaged and begun anew
//! kind 4, a shredding  category u8 || epoch u32 || version u64
//! blind = HMAC-SHA-256(log key, position u64 || leaf without its blind), the first 16 octets
//! tree  = RFC 6962 over the leaves; the blind keeps a hash from being guessed
//! ```
//!
//! At rest a leaf is a sealed row, together with the hash of the largest complete subtree that ends at it
//! ([`tree::Frontier::push`]), so that the root of any earlier size takes a few rows: about 140 octets for each sealing, 0.04 for
//! each reading at 1 Hz.
//!
//! # Source
//! RFC 6962 section 2.1; <https://c2sp.org/tlog-checkpoint>; <https://c2sp.org/signed-note>.

pub mod head;
pub mod note;
pub mod tree;

use salus_wire::{Category, UnixMillis};

use crate::row::DAMAGED;
use crate::{Epoch, Key, VaultError};

pub use head::Head;
pub use note::Checkpoint;
pub use tree::Hash;

const VERSION: u8 = 1;
const SEALED: u8 = 1;
const ACCEPTED: u8 = 2;
const RESTARTED: u8 = 3;
const SHREDDED: u8 = 4;
const BLIND: usize = 16;

/// What one leaf says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// An epoch was sealed.
    Sealed {
        /// Of which category.
        category: Category,
        /// Which epoch.
        epoch: Epoch,
        /// The manifest's version.
        version: u64,
        /// SHA-256 of the signed manifest.
        manifest: Hash,
    },
    /// The person accepted an older copy of the record.
    Accepted {
        /// When, Unix milliseconds.
        at: UnixMillis,
        /// What the record had come to before.
        instead_of: Head,
    },
    /// The log was damaged, and the person had it begun anew.
    Restarted {
        /// When, Unix milliseconds.
        at: UnixMillis,
    },
    /// An epoch's readings were destroyed on purpose.
    Shredded {
        /// Of which category.
        category: Category,
        /// Which epoch.
        epoch: Epoch,
        /// The version that was destroyed.
        version: u64,
    },
}

impl Leaf {
    /// The leaf's octets at a position from 1.
    pub(crate) fn encode(&self, key: &Key, position: u64) -> Vec<u8> {
        let of = |category: &Category, epoch: &Epoch, version: &u64| {
            [&[category.code()][..], &epoch.number().to_be_bytes(), &version.to_be_bytes()].concat()
        };
        let (kind, content) = match self {
            Leaf::Sealed { category, epoch, version, manifest } => {
                (SEALED, [&of(category, epoch, version)[..], manifest].concat())
            }
            Leaf::Accepted { at, instead_of } => {
                (ACCEPTED, [&at.to_be_bytes()[..], &instead_of.encode()].concat())
            }
            Leaf::Restarted { at } => (RESTARTED, at.to_be_bytes().to_vec()),
            Leaf::Shredded { category, epoch, version } => (SHREDDED, of(category, epoch, version)),
        };
        let mut out = [&[VERSION, kind][..], &content].concat();
        let blind = blind(key, position, &out);
        out.extend_from_slice(&blind);
        out
    }

    /// A leaf from its octets.
    ///
    /// # Errors
    /// [`VaultError::Damaged`]: another version or kind, another position, or not a leaf of this record.
    pub(crate) fn decode(key: &Key, position: u64, bytes: &[u8]) -> Result<Self, VaultError> {
        let (leaf, rest) = bytes.split_last_chunk::<BLIND>().ok_or(DAMAGED)?;
        if blind(key, position, leaf) != *rest {
            return Err(DAMAGED);
        }
        Self::parse(leaf).ok_or(DAMAGED)
    }

    fn parse(leaf: &[u8]) -> Option<Self> {
        let ([VERSION, kind], mut at) = leaf.split_first_chunk::<2>()? else { return None };
        let epoch_of = |at: &mut &[u8]| {
            let category = Category::from_code(take::<1>(at)?[0])?;
            Some((category, Epoch::new(u32::from_be_bytes(take(at)?))?, u64::from_be_bytes(take(at)?)))
        };
        let leaf = match *kind {
            SEALED => {
                let (category, epoch, version) = epoch_of(&mut at)?;
                Leaf::Sealed { category, epoch, version, manifest: take(&mut at)? }
            }
            ACCEPTED => {
                let when = i64::from_be_bytes(take(&mut at)?);
                Leaf::Accepted { at: when, instead_of: Head::decode(&take(&mut at)?) }
            }
            RESTARTED => Leaf::Restarted { at: i64::from_be_bytes(take(&mut at)?) },
            SHREDDED => {
                let (category, epoch, version) = epoch_of(&mut at)?;
                Leaf::Shredded { category, epoch, version }
            }
            _ => return None,
        };
        at.is_empty().then_some(leaf)
    }
}

fn blind(key: &Key, position: u64, leaf: &[u8]) -> [u8; BLIND] {
    let mut half = [0; BLIND];
    half.copy_from_slice(&key.mac(&[&position.to_be_bytes(), leaf])[..BLIND]);
    half
}

fn take<const N: usize>(at: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = at.split_first_chunk::<N>()?;
    *at = rest;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves() -> [Leaf; 4] {
        let epoch = Epoch::new(438_232).unwrap();
        let category = Category::HeartRate;
        let instead_of = Head { size: 7, counter: 9, root: [5; 32] };
        [
            Leaf::Sealed { category, epoch, version: 3, manifest: [4; 32] },
            Leaf::Accepted { at: 1_795_000_000_000, instead_of },
            Leaf::Restarted { at: 1 },
            Leaf::Shredded { category, epoch, version: 2 },
        ]
    }

    #[test]
    fn a_leaf_reads_back_at_its_own_position_only() {
        let key = Key::new([1; 32]);
        for leaf in leaves() {
            let octets = leaf.encode(&key, 5);
            assert_eq!(Leaf::decode(&key, 5, &octets), Ok(leaf));
            assert_eq!(Leaf::decode(&key, 6, &octets), Err(DAMAGED));
            assert_eq!(Leaf::decode(&Key::new([2; 32]), 5, &octets), Err(DAMAGED));
            assert!((0..octets.len()).all(|cut| Leaf::decode(&key, 5, &octets[..cut]).is_err()));
        }
    }

    /// The stored form, written down: what an older version wrote has to be read for ever.
    #[test]
    fn the_stored_form_is_the_documented_one() {
        let key = Key::new([1; 32]);
        let plain = |leaf: &Leaf| {
            let octets = leaf.encode(&key, 1);
            hex::encode(&octets[..octets.len() - BLIND])
        };
        let [sealed, accepted, restarted, shredded] = leaves();
        let code = hex::encode([Category::HeartRate.code()]);
        let four = "04".repeat(32);
        assert_eq!(plain(&sealed), format!("0101{code}0006afd80000000000000003{four}"));
        let five = "05".repeat(32);
        assert_eq!(plain(&accepted), format!("0102000001a1ee565e0000000000000000070000000000000009{five}"));
        assert_eq!(plain(&restarted), "01030000000000000001");
        assert_eq!(plain(&shredded), format!("0104{code}0006afd80000000000000002"));
        assert_eq!(hex::encode(blind(&key, 1, &[1, 3])).len(), 32);
    }
}
