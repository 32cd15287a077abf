//! A report's record with the members: a salted commitment to the code of what was printed, for the day when somebody asks about the
//! paper.
//!
//! ```text
//! key, salt  = derived by the record's identity of that day for the chain and the code: a copy of the record, and one that was restored, derive the same
//! commitment = SHA-256("hg/v1/report" || chain_id || salt 32 || code 19)
//! recorded   = an EnrolTx of that key and commitment
//! told       = chain, key and salt stand in the report's file
//! ```
//!
//! It goes as an enrolment for the same reason as an anchor ([`crate::anchor`]): no new transaction, and nobody can tell one from
//! the other. The label inside the commitment keeps either from opening as the other.
//!
//! Guarantees: nothing on the chain leads to a record, a person, another report or a gateway; without the file or the record nobody
//! can tell what was committed to. What opens the commitment was known when it was recorded.
//!
//! Non-guarantees: who holds a file learns where its record is. Anybody can have a record made of anything: the members prove that a
//! content is as old as its record, and the record that made it knows its own by deriving the key; nobody else can.

use salus_chain::ids::{ChainId, Hash32, VerifyingKey, sha256};
use salus_chain::sign::SigningKey;
use salus_chain::tx::{EnrolBody, Tx};
use salus_light::{Inclusion, LightError};
use salus_vault::{Identity, Vault};

use crate::anchor::Recorded;
use crate::network::Network;

/// Octets of a code.
pub const CODE: usize = 19;

/// One report's one-time key and salt.
#[derive(Debug, Clone)]
pub struct ReportSeal {
    key: SigningKey,
    told: Told,
}

/// What a file tells of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Which chain.
    pub chain: ChainId,
    /// The key that names the record.
    pub key: VerifyingKey,
    /// What opens the commitment.
    pub salt: [u8; 32],
}

impl ReportSeal {
    /// The seal that this record has for a code on this chain, by one of its identities.
    #[must_use]
    pub fn of(vault: &Vault, identity: Identity, chain: &ChainId, code: &[u8; CODE]) -> Self {
        let context = [&chain.0[..], code].concat();
        let derived = |label| vault.derive(identity, label, &context);
        Self::from_seeds(chain, &derived("report key"), *derived("report salt"))
    }

    fn from_seeds(chain: &ChainId, key: &[u8; 32], salt: [u8; 32]) -> Self {
        let key = SigningKey::from_bytes(key);
        let told = Told { chain: *chain, key: key.verifying_key(), salt };
        Self { key, told }
    }

    /// What stands in the file.
    #[must_use]
    pub const fn told(&self) -> &Told {
        &self.told
    }

    fn tx(&self, pow_bits: u8, code: &[u8; CODE]) -> Tx {
        let body = EnrolBody { enrolment_pk: self.told.key, commitment: self.told.commitment(code) };
        Tx::Enrol(body.sign(&self.told.chain, pow_bits, &self.key))
    }
}

impl Told {
    /// What is recorded of a code.
    #[must_use]
    pub fn commitment(&self, code: &[u8; CODE]) -> Hash32 {
        Hash32(sha256(&[b"hg/v1/report", &self.chain.0, &self.salt, code]))
    }
}

/// What the chain has under a report's key, proven; `None` is a proof that it has nothing.
///
/// # Errors
/// [`LightError`].
pub async fn find<N: Network>(
    network: &N,
    told: &Told,
    code: &[u8; CODE],
) -> Result<Option<Recorded>, LightError> {
    let expected = told.commitment(code);
    let record = network.enrolment(&told.key).await?.value;
    Ok(record.map(|r| Recorded { time_ms: r.time_ms, height: r.height, same: r.commitment == expected }))
}

/// Records a code and waits for the proof; what is there already stays.
///
/// # Errors
/// [`LightError`]; call again with the same code.
pub async fn record<N: Network>(
    network: &N,
    seal: &ReportSeal,
    code: &[u8; CODE],
) -> Result<Recorded, LightError> {
    if let Some(recorded) = find(network, &seal.told, code).await? {
        return Ok(recorded);
    }
    let tx = seal.tx(network.genesis().params.pow_bits, code);
    let Inclusion { height, time_ms, .. } = network.record(&tx).await?;
    Ok(Recorded { time_ms, height, same: true })
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;

    use super::*;
    use crate::town::Town;

    const CODE_A: [u8; CODE] = [1; CODE];
    const CODE_B: [u8; CODE] = [2; CODE];

    fn seal(town: &Town, n: u8) -> ReportSeal {
        ReportSeal::from_seeds(&town.genesis.chain_id(), &[n; 32], [n + 100; 32])
    }

    #[test]
    fn a_report_is_recorded_once_and_anybody_with_the_file_finds_it() {
        let town = Town::new(4);
        let seal = seal(&town, 1);
        let told = *seal.told();
        assert_eq!(block_on(find(&town, &told, &CODE_A)), Ok(None));
        let recorded = block_on(record(&town, &seal, &CODE_A)).unwrap();
        assert!(recorded.same && recorded.height > 0);
        town.wait(60_000);
        // After a crash that forgot the answer.
        assert_eq!(block_on(record(&town, &seal, &CODE_A)), Ok(recorded));
        assert_eq!(block_on(find(&town, &told, &CODE_A)), Ok(Some(recorded)));
    }

    #[test]
    fn another_content_does_not_open_the_record() {
        let town = Town::new(4);
        let seal = seal(&town, 1);
        block_on(record(&town, &seal, &CODE_A)).unwrap();
        let told = *seal.told();
        assert!(!block_on(find(&town, &told, &CODE_B)).unwrap().unwrap().same);
        let other = Told { salt: [9; 32], ..told };
        assert!(!block_on(find(&town, &other, &CODE_A)).unwrap().unwrap().same);
        let other = Told { key: self::seal(&town, 2).told.key, ..told };
        assert_eq!(block_on(find(&town, &other, &CODE_A)), Ok(None));
    }

    #[test]
    fn the_commitment_is_the_documented_one() {
        let town = Town::new(4);
        let (chain, seal) = (town.genesis.chain_id(), seal(&town, 1));
        let expected = sha256(&[&[b"hg/v1/report".as_slice(), &chain.0, &[101; 32], &CODE_A].concat()]);
        assert_eq!(seal.told.commitment(&CODE_A), Hash32(expected));
    }
}
