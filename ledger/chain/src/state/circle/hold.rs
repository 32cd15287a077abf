//! What a circle has to say when a permission is opened or stopped.

use super::super::overlay::Overlay;
use super::super::{CheckError, Head, StateError, StateReader, TxRefused};
use super::attested;
use crate::circle::{CircleGrantRecord, CircleRecord, Signer};
use crate::ids::{GrantId, ReaderKey};
use crate::merkle::MerklePath;
use crate::tx::RevokeBody;

/// Whether the circle of a delegated permission lets this reader open it now, and what is recorded of the permission; others
/// are none of a circle's business.
pub(in crate::state) fn may_open<S: StateReader>(
    state: &Overlay<'_, S>,
    now: Head,
    grant: &GrantId,
    reader: &ReaderKey,
) -> Result<Option<CircleGrantRecord>, CheckError> {
    let Some(given) = state.delegated(grant)? else { return Ok(None) };
    if !given.opens(&circle_of(state, now, &given)?, now.time_ms) {
        return Err(TxRefused::PermissionRests.into());
    }
    let credential_pk = given.credential_of(reader).ok_or(TxRefused::Reader)?;
    attested(state, now, &credential_pk)?;
    Ok(Some(given))
}

/// Whether a key of the permission's circle may stop it: the person's and any delegate's, in force or not, because stopping is
/// never dangerous.
pub(in crate::state) fn may_stop<S: StateReader>(
    state: &Overlay<'_, S>,
    now: Head,
    body: &RevokeBody,
) -> Result<bool, CheckError> {
    let Some(given) = state.delegated(&body.grant_id)? else { return Ok(false) };
    let signer = circle_of(state, now, &given)?.find(&body.revoker_pk);
    let of_circle = matches!(signer, Some(Signer::Patient | Signer::Delegate(_)));
    Ok(of_circle && body.path == MerklePath::single())
}

fn circle_of<S: StateReader>(
    state: &Overlay<'_, S>,
    now: Head,
    given: &CircleGrantRecord,
) -> Result<CircleRecord, StateError> {
    let circle = state.circle(&given.circle_id, now.time_ms)?;
    circle.ok_or(StateError::Inconsistent("a delegated permission without a circle"))
}
