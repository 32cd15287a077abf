//! Stopping a permission before its end.
//!
//! The transaction is signed by the grant's own key and never lapses. Members that merely see it refuse at once; it is
//! certain when its inclusion is proven. Locally nothing is left to erase but sealed messages: x_g and c_g never outlived
//! [`crate::issue::prepare`], and what is left is shed here.

use salus_chain::genesis::Genesis;
use salus_chain::ids::GrantId;
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::tx::{RevokeBody, RevokeTx, Tx};
use salus_light::{Inclusion, LightError};
use salus_wire::ErrorCode;

use crate::issue::{Permission, Progress};
use crate::network::{Network, light_code};

/// Why a permission is not proven to be stopped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StopError {
    /// The members could not be asked, or refused; what was sent may still take effect.
    #[error(transparent)]
    Light(#[from] LightError),
    /// It was never recorded, so there is nothing to stop; it was given up.
    #[error("the permission was never recorded")]
    NotRecorded,
    /// It has ended by itself.
    #[error("the permission has ended already")]
    Ended,
}

impl StopError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Light(error) => light_code(error),
            Self::NotRecorded => ErrorCode::UnknownPermission,
            Self::Ended => ErrorCode::Ended,
        }
    }
}

/// The signed stop. A copy may be given to a helper in advance ([`crate::circle::stops`]).
#[must_use]
pub fn stop_tx(permission: &Permission, genesis: &Genesis, key: &SigningKey) -> RevokeTx {
    stop_of(permission.id(), genesis, key)
}

/// The same of a permission that another laptop gave, by the key of the mandate under which it did
/// ([`crate::laptop::mandate`]).
#[must_use]
pub fn stop_of(grant_id: GrantId, genesis: &Genesis, key: &SigningKey) -> RevokeTx {
    let body = RevokeBody { grant_id, revoker_pk: key.verifying_key(), path: MerklePath::single() };
    body.sign(&genesis.chain_id(), genesis.params.pow_bits, key)
}

/// Stops a permission and waits for the proof. Doing it twice stops it once.
///
/// # Errors
/// [`StopError`]; after [`StopError::Light`] call again.
pub async fn stop<N: Network>(
    network: &N,
    permission: &mut Permission,
    key: &SigningKey,
) -> Result<Inclusion, StopError> {
    let given = match permission.progress() {
        Progress::Stopped { stopped, .. } => return Ok(stopped),
        Progress::Recorded(given) => Some(given),
        Progress::Pending => None,
    };
    let tx = Tx::Revoke(stop_tx(permission, network.genesis(), key));
    let mut recorded = network.record(&tx).await;
    // What gives it may have been on its way, by an attempt that was cut off: it came into force while the stop was refused.
    if matches!(recorded, Err(LightError::Refused(TxRefused::UnknownGrant)))
        && network.grant(&permission.id()).await?.value.is_some()
    {
        recorded = network.record(&tx).await;
    }
    let stopped = match recorded {
        Ok(inclusion) => inclusion,
        Err(LightError::Refused(TxRefused::Ended)) => stopped_before(network, permission).await?,
        Err(LightError::Refused(TxRefused::UnknownGrant)) => return Err(StopError::NotRecorded),
        Err(error) => return Err(error.into()),
    };
    permission.progress = Progress::Stopped { given: given.unwrap_or(stopped), stopped };
    permission.shed();
    Ok(stopped)
}

/// The grant has ended: by an earlier stop of ours whose proof was not seen, or by itself.
async fn stopped_before<N: Network>(network: &N, permission: &Permission) -> Result<Inclusion, StopError> {
    let record = network.grant(&permission.id()).await?.value.ok_or(StopError::NotRecorded)?;
    match record.end {
        Some(end) if end.revoked => {
            let time_ms = network.time_at(end.height).await?;
            Ok(Inclusion { height: end.height, time_ms, position: 0 })
        }
        _ => Err(StopError::Ended),
    }
}
