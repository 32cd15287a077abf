//! A day's anchor: a salted commitment to what a record had come to, recorded on the chain once a day.
//!
//! ```text
//! key, salt  = derived by the record's newest identity for the chain and the day: every copy of the record that has it derives the
//!              same
//! commitment = SHA-256("hg/v1/anchor" || chain_id || salt 32 || size u64 || counter u64 || root 32)
//! recorded   = an EnrolTx of that key and commitment
//! ```
//!
//! An older copy of the record that was put back, together with everything that was kept beside it, still derives the keys of
//! the days that it knows nothing of; an anchor under one of them is the proof that the record had gone on.
//!
//! It goes as an enrolment because nothing on the chain can tell a commitment to a gateway from one to a head, and nobody needs
//! to: the label inside the commitment keeps the one from ever opening as the other.
//!
//! Guarantees: nothing on the chain leads from an anchor to a record, a person, another anchor or a gateway. Recording again
//! after a crash records once.
//!
//! Non-guarantees: a copy from before the record's identity gave way to another does not derive the keys of the days after that;
//! members that take two anchors over one connection, or see one computer record one each day, can link them.

use salus_chain::ids::{ChainId, Hash32, VerifyingKey, sha256};
use salus_chain::sign::SigningKey;
use salus_chain::tx::{EnrolBody, Tx};
use salus_light::{Inclusion, LightError};
use salus_vault::{Head, Vault};
use salus_wire::UnixMillis;

use crate::network::Network;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// A day since 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u32);

impl Day {
    /// The day of an instant; `None` before 1970 and after the year 11 million.
    #[must_use]
    pub fn at(instant: UnixMillis) -> Option<Self> {
        u32::try_from(instant.div_euclid(DAY_MS)).ok().map(Self)
    }
}

/// One day's one-time key and salt.
#[derive(Debug, Clone)]
pub struct Anchor {
    key: SigningKey,
    salt: [u8; 32],
}

impl Anchor {
    /// The anchor that this record has for a day on this chain.
    #[must_use]
    pub fn of(vault: &Vault, chain: &ChainId, day: Day) -> Self {
        let context = [&chain.0[..], &day.0.to_be_bytes()].concat();
        let derived = |label| vault.derive(vault.identity(), label, &context);
        Self::from_seeds(&derived("anchor key"), *derived("anchor salt"))
    }

    fn from_seeds(key: &[u8; 32], salt: [u8; 32]) -> Self {
        Self { key: SigningKey::from_bytes(key), salt }
    }

    /// The key that names its record on the chain.
    #[must_use]
    pub fn name(&self) -> VerifyingKey {
        self.key.verifying_key()
    }

    /// What is recorded of a head.
    #[must_use]
    pub fn commitment(&self, chain: &ChainId, head: &Head) -> Hash32 {
        let Head { size, counter, root } = head;
        let parts: [&[u8]; 6] =
            [b"hg/v1/anchor", &chain.0, &self.salt, &size.to_be_bytes(), &counter.to_be_bytes(), root];
        Hash32(sha256(&parts))
    }

    fn tx(&self, chain: &ChainId, pow_bits: u8, head: &Head) -> Tx {
        let body = EnrolBody { enrolment_pk: self.name(), commitment: self.commitment(chain, head) };
        Tx::Enrol(body.sign(chain, pow_bits, &self.key))
    }
}

/// An anchor as the chain has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// Proven time of its block.
    pub time_ms: UnixMillis,
    /// Its height.
    pub height: u64,
    /// True when it is to the head that was asked about; false when another copy of the record recorded another.
    pub same: bool,
}

/// What the chain has under a day's anchor, proven; `None` is a proof that it has nothing.
///
/// # Errors
/// [`LightError`].
pub async fn find<N: Network>(
    network: &N,
    anchor: &Anchor,
    head: &Head,
) -> Result<Option<Recorded>, LightError> {
    let expected = anchor.commitment(&network.genesis().chain_id(), head);
    let record = network.enrolment(&anchor.name()).await?.value;
    Ok(record.map(|r| Recorded { time_ms: r.time_ms, height: r.height, same: r.commitment == expected }))
}

/// Records a head under a day's anchor and waits for the proof. What is there already stays: the answer says whether it is the
/// same.
///
/// # Errors
/// [`LightError`]; call again with the same head.
pub async fn record<N: Network>(network: &N, anchor: &Anchor, head: &Head) -> Result<Recorded, LightError> {
    if let Some(recorded) = find(network, anchor, head).await? {
        return Ok(recorded);
    }
    let (chain, bits) = (network.genesis().chain_id(), network.genesis().params.pow_bits);
    let Inclusion { height, time_ms, .. } = network.record(&anchor.tx(&chain, bits, head)).await?;
    Ok(Recorded { time_ms, height, same: true })
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;
    use salus_chain::tx::enrolment_commitment;

    use super::*;
    use crate::town::Town;

    fn anchor(day: u8) -> Anchor {
        Anchor::from_seeds(&[day; 32], [day + 100; 32])
    }

    const HEAD: Head = Head { size: 3, counter: 9, root: [7; 32] };

    #[test]
    fn a_head_is_recorded_once_and_found_again() {
        let town = Town::new(4);
        assert_eq!(block_on(find(&town, &anchor(1), &HEAD)), Ok(None));
        let recorded = block_on(record(&town, &anchor(1), &HEAD)).unwrap();
        assert!(recorded.same && recorded.height > 0);
        town.wait(60_000);
        // After a crash that forgot the answer.
        assert_eq!(block_on(record(&town, &anchor(1), &HEAD)), Ok(recorded));
        assert_eq!(block_on(find(&town, &anchor(1), &HEAD)), Ok(Some(recorded)));
        assert_eq!(block_on(find(&town, &anchor(2), &HEAD)), Ok(None));
    }

    #[test]
    fn another_copys_anchor_shows_and_is_not_replaced() {
        let town = Town::new(4);
        let first = block_on(record(&town, &anchor(1), &HEAD)).unwrap();
        let other = Head { counter: 10, ..HEAD };
        let found = block_on(record(&town, &anchor(1), &other)).unwrap();
        assert_eq!((found.same, found.time_ms), (false, first.time_ms));
        assert!(block_on(find(&town, &anchor(1), &HEAD)).unwrap().unwrap().same);
    }

    #[test]
    fn the_commitment_is_the_documented_one_and_no_enrolments() {
        let chain = ChainId([2; 32]);
        let parts = [b"hg/v1/anchor".as_slice(), &[2; 32], &[101; 32], &[0, 0, 0, 0, 0, 0, 0, 3]];
        let rest = [[0u8, 0, 0, 0, 0, 0, 0, 9].as_slice(), &[7; 32]];
        let expected = sha256(&[&parts.concat(), &rest.concat()]);
        assert_eq!(anchor(1).commitment(&chain, &HEAD), Hash32(expected));
        let gateway = VerifyingKey([7; 32]);
        assert_ne!(enrolment_commitment(&chain, &[101; 32], &gateway), Hash32(expected));
        for other in [Head { size: 4, ..HEAD }, Head { counter: 8, ..HEAD }, Head { root: [8; 32], ..HEAD }] {
            assert_ne!(anchor(1).commitment(&chain, &other), Hash32(expected));
        }
    }

    #[test]
    fn a_day_is_utc() {
        assert_eq!(Day::at(1_795_000_000_000), Some(Day(20_775)));
        assert_eq!(
            (Day::at(0), Day::at(86_399_999), Day::at(86_400_000)),
            (Some(Day(0)), Some(Day(0)), Some(Day(1)))
        );
        assert_eq!(Day::at(-1), None);
    }
}
