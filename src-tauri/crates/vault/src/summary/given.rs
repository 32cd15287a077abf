//! A day's summary as it is given to others: signed by the computer that summed it up, sealed under a key of the day.
//!
//! ```text
//! given     = seal_padded(key, LABEL || series 16 || generation u32 || day u32 || writer 16, body || signature 64)
//! body      = 01 || 5A || series 16 || generation u32 || day u32 || writer 16 || version u64 || block
//! block     = a block of the day alone (see `summary`), without its sources and without the instants of its values
//! signature = Ed25519("hg/v1/summary" || 00 || 0^32 || body)
//! key       = HMAC-SHA256(leaf `day` of the days' tree, "salus/summary/given/v1"), which is LABEL
//! locator   = HMAC-SHA256(leaf `day` of the days' tree, "salus/summary/locate/v1")
//! ```
//!
//! Count, lowest, highest, sum, and how many minutes hold a value: nothing of it says when in the day. Of a day with one value
//! it is that value. No manifest lists it, because the manifests are sealed under the readings' keys: it carries its own
//! signature, so that another reader of the same day cannot make one up. Of several the highest version counts.

use rand_core::CryptoRng;
use salus_wire::{Level, Summary};
use zeroize::Zeroizing;

use super::{Block, decode, encode};
use crate::manifest::{ManifestError, verifies};
use crate::seal::{self, SealError};
use crate::segment::SegmentError;
use crate::{Locator, Node, Origin, SharedError};

const VERSION: u8 = 1;
const TYPE: u8 = 0x5A;
const LABEL: &[u8] = b"salus/summary/given/v1";
const LOCATE: &[u8] = b"salus/summary/locate/v1";
const SIGNATURE: usize = 64;

/// What a signature of the vault's over it is called ([`crate::Vault::sign`]).
pub const KIND: &str = "summary";

/// A day's summary of which seal and signature were checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenDay {
    /// Days since 1970 in UTC.
    pub day: u32,
    /// Rises whenever readings of the day are sealed again; the highest counts.
    pub version: u64,
    /// One for each quantity; first and last instant are those of the day.
    pub rows: Vec<Summary>,
}

/// Where a depot keeps it; `None` when the day does not lie under the node.
#[must_use]
pub fn locator(node: &Node, day: u32) -> Option<Locator> {
    node.descend(0, day).map(|leaf| Locator(leaf.key().mac(&[LOCATE])))
}

/// Signs and seals a day's rows. `sign` is given the body, and signs it as [`KIND`]; `None` when the day does not lie under the
/// node, or for rows that are not of the day.
pub fn give(
    node: &Node,
    origin: &Origin,
    day: u32,
    version: u64,
    rows: &[Summary],
    sign: impl FnOnce(&[u8]) -> [u8; SIGNATURE],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Option<Vec<u8>> {
    let leaf = node.descend(0, day)?;
    let rows = rows.iter().map(untimed).collect();
    let block = encode(&Block { level: Level::Day, day, sources: [0; 16], rows })?;
    let mut plain = Zeroizing::new(head(origin, day));
    plain.extend_from_slice(&version.to_be_bytes());
    plain.extend_from_slice(&block);
    let signature = sign(&plain);
    plain.extend_from_slice(&signature);
    Some(seal::seal_padded(&leaf.key().mac_key(&[LABEL]), &context(origin, day), &plain, rng))
}

/// Opens and verifies what was found under the day's locator.
///
/// # Errors
/// [`SealError::WrongKey`] before anything is decrypted, when it is not this origin's; [`SharedError`] for what is altered or
/// forged.
pub fn open(node: &Node, origin: &Origin, day: u32, sealed: &[u8]) -> Result<GivenDay, SharedError> {
    let leaf = node.descend(0, day).ok_or(SealError::WrongKey)?;
    let plain = seal::open_padded(&leaf.key().mac_key(&[LABEL]), &context(origin, day), sealed)?;
    let (body, signature) = plain.split_last_chunk::<SIGNATURE>().ok_or(SegmentError::Malformed)?;
    if !verifies(&origin.writer.key, &signed(body), signature) {
        return Err(ManifestError::Signature.into());
    }
    let rest = body.strip_prefix(head(origin, day).as_slice()).ok_or(SharedError::OtherEpoch)?;
    let (version, block) = rest.split_first_chunk::<8>().ok_or(SegmentError::Malformed)?;
    let block = decode(block)?;
    if block.level != Level::Day || block.day != day {
        return Err(SharedError::OtherEpoch);
    }
    Ok(GivenDay { day, version: u64::from_be_bytes(*version), rows: block.rows })
}

/// A day's row as it is given: without the instants of its first and last value.
#[must_use]
pub fn untimed(row: &Summary) -> Summary {
    Summary { first: row.start, last: row.start + Level::Day.millis() - 1, ..*row }
}

/// What stands before the version.
fn head(origin: &Origin, day: u32) -> Vec<u8> {
    [[VERSION, TYPE].as_slice(), place(origin, day).as_slice()].concat()
}

fn context(origin: &Origin, day: u32) -> Vec<u8> {
    [LABEL, place(origin, day).as_slice()].concat()
}

fn place(origin: &Origin, day: u32) -> Vec<u8> {
    let Origin { series, generation, writer } = origin;
    [series.as_bytes().as_slice(), &generation.to_be_bytes(), &day.to_be_bytes(), &writer.id.0].concat()
}

fn signed(body: &[u8]) -> Vec<u8> {
    [b"hg/v1/".as_slice(), KIND.as_bytes(), &[0], &[0; 32], body].concat()
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;
    use salus_wire::{Decimal, Quantity, SeriesId};

    use super::*;
    use crate::summary::day_start;
    use crate::{Key, Writer, WriterId};

    const DAY: u32 = 20_775;

    fn origin(key: &SigningKey) -> Origin {
        let writer = Writer { id: WriterId([3; 16]), key: key.verifying_key().to_bytes() };
        Origin { series: SeriesId([5; 16]), generation: 1, writer }
    }

    fn rows() -> Vec<Summary> {
        let at = day_start(DAY) + 7_000_000;
        let mut row = Summary::of(Level::Day, Quantity::HeartRate, at, Decimal::whole(60));
        row.push(at + 90_000, Decimal::whole(71));
        vec![row]
    }

    fn given(signer: &SigningKey, origin: &Origin, version: u64) -> Vec<u8> {
        let node = Node::root(Key::new([7; 32]));
        let sign = |body: &[u8]| signer.sign(&signed(body)).to_bytes();
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        give(&node, origin, DAY, version, &rows(), sign, &mut rng).unwrap()
    }

    #[test]
    fn a_day_opens_with_its_own_leaf_and_says_no_instant() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let origin = origin(&key);
        let sealed = given(&key, &origin, 9);
        let leaf = Node::root(Key::new([7; 32])).descend(0, DAY).unwrap();
        let opened = open(&leaf, &origin, DAY, &sealed).unwrap();
        let (start, [was]) = (day_start(DAY), <[Summary; 1]>::try_from(rows()).unwrap());
        let untimed = Summary { first: start, last: start + 86_399_999, ..was };
        assert_eq!(opened, GivenDay { day: DAY, version: 9, rows: vec![untimed] });
        assert_eq!((untimed.count, untimed.minutes, untimed.mean()), (2, 2, Some(Decimal::whole(66))));
        assert_eq!(locator(&leaf, DAY), locator(&Node::root(Key::new([7; 32])), DAY));
        let beside = Node::root(Key::new([7; 32])).descend(0, DAY + 1).unwrap();
        assert_eq!(locator(&beside, DAY), None);
        assert_eq!(open(&beside, &origin, DAY, &sealed), Err(SharedError::Seal(SealError::WrongKey)));
        assert_eq!(open(&beside, &origin, DAY + 1, &sealed), Err(SharedError::Seal(SealError::WrongKey)));
    }

    #[test]
    fn what_another_signed_or_altered_is_refused() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let origin = origin(&key);
        let leaf = Node::root(Key::new([7; 32])).descend(0, DAY).unwrap();
        // Somebody who was given the same day, and signs with a key of their own.
        let forged = given(&SigningKey::from_bytes(&[2; 32]), &origin, 9);
        assert_eq!(open(&leaf, &origin, DAY, &forged), Err(SharedError::Manifest(ManifestError::Signature)));
        let sealed = given(&key, &origin, 9);
        for at in [0, 30, 60, sealed.len() / 2, sealed.len() - 1] {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(open(&leaf, &origin, DAY, &altered).is_err(), "{at}");
        }
        for cut in [0, 1, 40, sealed.len() - 1] {
            assert!(open(&leaf, &origin, DAY, &sealed[..cut]).is_err(), "{cut}");
        }
        let other = Origin { generation: 2, ..origin };
        assert_eq!(open(&leaf, &other, DAY, &sealed), Err(SharedError::Seal(SealError::WrongKey)));
    }
}
