//! Enrolling this computer as a gateway: its signing key is committed to on the chain.
//!
//! ```text
//! at rest = 01 || 45 || one-time seed 32 || salt 32 || gateway key 32 || height u64 || time 8 || position u32
//! ```
//!
//! Height 0 says that it is not proven to be recorded yet.
//!
//! Guarantees: nothing on the chain leads from an enrolment to a gateway, a permission or a person; a capsule's reader can
//! tell, by [`Disclosure`]. Enrolling again after a crash enrols once.
//!
//! Non-guarantees: members that take the enrolment and a permission over one connection can link the two; whoever holds
//! the unlocked record can enrol its key again after a withdrawal, but not with the earlier time.

use rand_core::CryptoRng;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::tx::{EnrolBody, Tx, WithdrawBody, enrolment_commitment};
use salus_light::{Inclusion, LightError};
use salus_vault::Writer as Gateway;
use zeroize::Zeroizing;

use crate::capsule::Disclosure;
use crate::network::Network;

const KIND: u8 = 0x45;

/// An enrolment as its patient keeps it: with the key that withdraws it and the salt, so seal it at rest.
#[derive(Debug, Clone)]
pub struct Enrolment {
    key: SigningKey,
    salt: [u8; 32],
    gateway: VerifyingKey,
    recorded: Option<Inclusion>,
}

impl Enrolment {
    /// A fresh one-time key and salt for a gateway.
    #[must_use]
    pub fn generate(gateway: &Gateway, rng: &mut impl CryptoRng) -> Self {
        let mut salt = [0; 32];
        rng.fill_bytes(&mut salt);
        Self { key: SigningKey::generate(rng), salt, gateway: VerifyingKey(gateway.key), recorded: None }
    }

    /// When it was recorded, once that is proven.
    #[must_use]
    pub const fn recorded(&self) -> Option<Inclusion> {
        self.recorded
    }

    /// What a capsule tells its reader of it; `None` when it is another gateway's.
    #[must_use]
    pub fn disclosure(&self, gateway: &Gateway) -> Option<Disclosure> {
        let own = self.gateway.0 == gateway.key;
        let disclosure =
            Disclosure { writer: gateway.id, enrolment: self.key.verifying_key(), salt: self.salt };
        own.then_some(disclosure)
    }

    /// The signed enrolment; the same octets every time.
    #[must_use]
    pub fn enrol_tx(&self, chain: &ChainId, pow_bits: u8) -> Tx {
        let commitment = enrolment_commitment(chain, &self.salt, &self.gateway);
        let body = EnrolBody { enrolment_pk: self.key.verifying_key(), commitment };
        Tx::Enrol(body.sign(chain, pow_bits, &self.key))
    }

    /// The signed withdrawal. A copy may be given to a guardian in advance.
    #[must_use]
    pub fn withdraw_tx(&self, chain: &ChainId, pow_bits: u8) -> Tx {
        let body = WithdrawBody { enrolment_pk: self.key.verifying_key() };
        Tx::Withdraw(body.sign(chain, pow_bits, &self.key))
    }
}

/// Records an enrolment and waits for its proof. Doing it again enrols once.
///
/// # Errors
/// [`LightError`]; call again.
pub async fn enrol<N: Network>(network: &N, enrolment: &mut Enrolment) -> Result<Inclusion, LightError> {
    if let Some(recorded) = enrolment.recorded {
        return Ok(recorded);
    }
    // A crash may have come between recording and storing.
    let before = network.enrolment(&enrolment.key.verifying_key()).await?.value;
    let inclusion = match before {
        Some(record) => Inclusion { height: record.height, time_ms: record.time_ms, position: 0 },
        None => {
            let (chain, bits) = (network.genesis().chain_id(), network.genesis().params.pow_bits);
            network.record(&enrolment.enrol_tx(&chain, bits)).await?
        }
    };
    enrolment.recorded = Some(inclusion);
    Ok(inclusion)
}

/// Withdraws an enrolment and waits for the proof: what arrives at the gateway from then on is shown as such. Doing it
/// again withdraws once.
///
/// # Errors
/// [`LightError`]; call again.
pub async fn withdraw<N: Network>(network: &N, enrolment: &Enrolment) -> Result<Inclusion, LightError> {
    let (chain, bits) = (network.genesis().chain_id(), network.genesis().params.pow_bits);
    match network.record(&enrolment.withdraw_tx(&chain, bits)).await {
        Err(refused @ LightError::Refused(TxRefused::EnrolmentWithdrawn)) => {
            let record = network.enrolment(&enrolment.key.verifying_key()).await?.value;
            let before = record.and_then(|record| record.withdrawn).ok_or(refused)?;
            Ok(Inclusion { height: before.height, time_ms: before.time_ms, position: 0 })
        }
        outcome => outcome,
    }
}

impl Record for Enrolment {
    const MAX: usize = 2 + 3 * 32 + 8 + 8 + 4;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(Zeroizing::new(self.key.to_bytes()).as_slice());
        out.fixed(self.salt);
        out.fixed(self.gateway);
        let recorded = self.recorded.unwrap_or(Inclusion { height: 0, time_ms: 0, position: 0 });
        out.u64(recorded.height);
        out.instant(recorded.time_ms);
        out.u32(recorded.position);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        Ok(Self {
            key: SigningKey::from_bytes(&Zeroizing::new(input.array()?)),
            salt: input.array()?,
            gateway: input.verifying_key()?,
            recorded: match (input.u64()?, input.instant()?, input.u32()?) {
                (0, 0, 0) => None,
                (0, ..) => return Err(CodecError::Value("recorded")),
                (height, time_ms, position) => Some(Inclusion { height, time_ms, position }),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use futures::executor::block_on;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;
    use salus_vault::WriterId;

    use super::*;
    use crate::town::Town;

    fn gateway() -> Gateway {
        Gateway { id: WriterId([4; 16]), key: [5; 32] }
    }

    fn fresh(seed: u64) -> Enrolment {
        Enrolment::generate(&gateway(), &mut ChaCha20Rng::seed_from_u64(seed))
    }

    #[test]
    fn enrolling_and_withdrawing_again_changes_nothing() {
        let town = Town::new(4);
        let mut enrolment = fresh(1);
        let unstored = enrolment.clone();
        assert_eq!(
            block_on(withdraw(&town, &enrolment)),
            Err(LightError::Refused(TxRefused::UnknownEnrolment))
        );
        let enrolled = block_on(enrol(&town, &mut enrolment)).unwrap();
        town.wait(60_000);
        assert_eq!(block_on(enrol(&town, &mut enrolment)), Ok(enrolled));
        // After a crash that forgot the answer.
        assert_eq!(block_on(enrol(&town, &mut unstored.clone())).unwrap().height, enrolled.height);
        let withdrawn = block_on(withdraw(&town, &enrolment)).unwrap();
        town.wait(60_000);
        assert_eq!(block_on(withdraw(&town, &unstored)).unwrap().height, withdrawn.height);
    }

    #[test]
    fn only_the_disclosure_leads_from_the_chain_to_the_gateway() {
        let town = Town::new(1);
        let mut enrolment = fresh(1);
        block_on(enrol(&town, &mut enrolment)).unwrap();
        let disclosure = enrolment.disclosure(&gateway()).unwrap();
        let record = block_on(town.enrolment(&disclosure.enrolment)).unwrap().value.unwrap();
        assert!(disclosure.opens(&record, &town.ctx.chain_id, &gateway().key));
        let tx = enrolment.enrol_tx(&town.ctx.chain_id, 4).encode();
        for secret in [&gateway().key[..], &gateway().id.0, &disclosure.salt] {
            assert!(!tx.windows(secret.len()).any(|w| w == secret));
        }
        assert_eq!(enrolment.disclosure(&Gateway { key: [6; 32], ..gateway() }), None);
        // Two enrolments of one gateway have nothing in common.
        let other = fresh(2).disclosure(&gateway()).unwrap();
        assert!(other.enrolment != disclosure.enrolment && other.salt != disclosure.salt);
    }

    proptest! {
        #[test]
        fn what_is_kept_round_trips(seed: u64, height in 0u64..9, time_ms in 0i64..9, position: u32) {
            let recorded = (height > 0).then_some(Inclusion { height, time_ms, position });
            let kept = Enrolment { recorded, ..fresh(seed) };
            let octets = kept.encode();
            prop_assert_eq!(octets.len(), Enrolment::MAX);
            let read = Enrolment::decode(&octets).unwrap();
            prop_assert_eq!((read.encode(), read.recorded()), (octets, recorded));
        }

        #[test]
        fn any_octets_are_answered_without_a_panic(octets in prop::collection::vec(any::<u8>(), 0..200)) {
            let framed = [&[1, KIND], octets.as_slice()].concat();
            if let Ok(read) = Enrolment::decode(&framed) {
                prop_assert_eq!(read.encode(), framed);
            }
        }
    }
}
