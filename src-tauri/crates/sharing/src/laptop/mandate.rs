//! Mandates in the application: recorded for another laptop's keys, used by it, taken back.
//!
//! ```text
//! identity laptop   draw the key, enrol(what for, key, salt, laptop's key) -- Blank or StopMandate, in News --> other laptop
//! other laptop      issue::advance_under(blank)   a permission;   stop_under(mandate)   a stop
//! identity laptop   withdraw(key): from that block on neither; stop_given(key): ends what was given under it
//! ```
//!
//! Every mandate has a key and a salt of its own, derived by the identity laptop; the laptop's key of it is fresh too.

use salus_chain::codec::{CodecError, Reader, Writer};
use salus_chain::ids::{GrantId, Hash32, VerifyingKey};
use salus_chain::merkle::{self, MerklePath};
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::tx::{
    EnrolBody, Mandate, MandateFor, MandatedRevokeBody, RevokeBody, Tx, WithdrawBody, mandate_commitment,
};
use salus_light::{Inclusion, LightError};

use crate::network::Network;

/// Lets a laptop give one permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blank {
    /// Which of the laptop's keys it is for, by that laptop's count.
    pub hand: u32,
    /// The mandate.
    pub mandate: Mandate,
    /// The root over the mandates that can stop what is given with it.
    pub stops: Hash32,
}

/// Lets a laptop stop one permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopMandate {
    /// The permission.
    pub grant: GrantId,
    /// Which of the laptop's keys it is for, by that laptop's count.
    pub hand: u32,
    /// The mandate.
    pub mandate: Mandate,
    /// Its place among those that can stop the permission.
    pub path: MerklePath,
}

/// The root over the keys of mandates that can stop a permission.
#[must_use]
pub fn stops_root(keys: &[VerifyingKey]) -> Hash32 {
    merkle::root(&leaves(keys))
}

/// The place of one of them.
#[must_use]
pub fn stops_path(keys: &[VerifyingKey], place: usize) -> Option<MerklePath> {
    merkle::path(&leaves(keys), place)
}

fn leaves(keys: &[VerifyingKey]) -> Vec<Hash32> {
    keys.iter().map(VerifyingKey::revoker_leaf).collect()
}

/// Records a mandate for a laptop's key, and waits for its proof. Doing it again records it once.
///
/// # Errors
/// [`LightError`]; call again. [`TxRefused::Mandate`] when the mandate is recorded for another key or something else, and
/// [`TxRefused::EnrolmentWithdrawn`] when it was taken back.
pub async fn enrol<N: Network>(
    network: &N,
    what: MandateFor,
    key: &SigningKey,
    salt: &[u8; 32],
    hand: &VerifyingKey,
) -> Result<Mandate, LightError> {
    let (chain, bits) = (network.genesis().chain_id(), network.genesis().params.pow_bits);
    let (mandate_pk, commitment) = (key.verifying_key(), mandate_commitment(what, &chain, salt, hand));
    match network.enrolment(&mandate_pk).await?.value {
        Some(record) if record.commitment != commitment => {
            return Err(LightError::Refused(TxRefused::Mandate));
        }
        Some(record) if record.withdrawn.is_some() => {
            return Err(LightError::Refused(TxRefused::EnrolmentWithdrawn));
        }
        Some(_) => {}
        None => {
            let body = EnrolBody { enrolment_pk: mandate_pk, commitment };
            network.record(&Tx::Enrol(body.sign(&chain, bits, key))).await?;
        }
    }
    Ok(Mandate { mandate_pk, salt: *salt })
}

/// Takes a mandate back, and waits for the proof. One that was never recorded has nothing to take back; twice is once.
///
/// # Errors
/// [`LightError`]; call again.
pub async fn withdraw<N: Network>(network: &N, key: &SigningKey) -> Result<(), LightError> {
    let (chain, bits) = (network.genesis().chain_id(), network.genesis().params.pow_bits);
    let body = WithdrawBody { enrolment_pk: key.verifying_key() };
    match network.record(&Tx::Withdraw(body.sign(&chain, bits, key))).await {
        Ok(_) | Err(LightError::Refused(TxRefused::EnrolmentWithdrawn | TxRefused::UnknownEnrolment)) => {
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Stops a permission that another laptop gave, by the mandate's or the laptop's own key. `None` when it had ended.
///
/// # Errors
/// [`LightError`]; call again.
pub async fn stop_given<N: Network>(
    network: &N,
    grant: GrantId,
    key: &SigningKey,
) -> Result<Option<Inclusion>, LightError> {
    let (chain, bits) = (network.genesis().chain_id(), network.genesis().params.pow_bits);
    let body = RevokeBody { grant_id: grant, revoker_pk: key.verifying_key(), path: MerklePath::single() };
    ended(network.record(&Tx::Revoke(body.sign(&chain, bits, key))).await)
}

/// Stops a permission that another laptop gave, under this laptop's mandate. `None` when it had ended.
///
/// # Errors
/// [`LightError`]; call again. [`TxRefused::EnrolmentWithdrawn`] when this laptop was removed.
pub async fn stop_under<N: Network>(
    network: &N,
    stop: &StopMandate,
    hand: &SigningKey,
) -> Result<Option<Inclusion>, LightError> {
    let (chain, bits) = (network.genesis().chain_id(), network.genesis().params.pow_bits);
    let StopMandate { grant, mandate, path, .. } = stop.clone();
    let body = MandatedRevokeBody { grant_id: grant, mandate, hand_pk: hand.verifying_key(), path };
    ended(network.record(&Tx::MandatedRevoke(body.sign(&chain, bits, hand))).await)
}

fn ended(recorded: Result<Inclusion, LightError>) -> Result<Option<Inclusion>, LightError> {
    match recorded {
        Err(LightError::Refused(TxRefused::Ended)) => Ok(None),
        recorded => recorded.map(Some),
    }
}

impl Blank {
    pub(super) fn write(&self, out: &mut Writer) {
        out.u32(self.hand);
        self.mandate.write(out);
        out.fixed(self.stops);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { hand: input.u32()?, mandate: Mandate::read(input)?, stops: input.hash()? })
    }
}

impl StopMandate {
    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.grant);
        out.u32(self.hand);
        self.mandate.write(out);
        self.path.write(out);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            grant: input.grant_id()?,
            hand: input.u32()?,
            mandate: Mandate::read(input)?,
            path: MerklePath::read(input)?,
        })
    }
}
