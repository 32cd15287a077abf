//! What is said to what others asked for or gave: approve, object, stop.

use salus_chain::circle::{CircleGrantRecord, Subject};
use salus_chain::ids::GrantId;
use salus_chain::merkle::MerklePath;
use salus_chain::state::TxRefused;
use salus_chain::tx::{ApproveBody, ObjectBody, PaidBody, RevokeBody, Tx};
use salus_light::{Inclusion, Proven};

use super::{CircleError, Voice, paid, sent, signer_of, standing, valid_until};
use crate::network::Network;

/// Approves a change that waits or a delegate's permission; the person's approval of one that rests confirms it.
///
/// # Errors
/// [`CircleError`].
pub async fn approve<N: Network>(
    network: &N,
    voice: Voice<'_>,
    subject: Subject,
) -> Result<Inclusion, CircleError> {
    let Proven { value: circle, head } = standing(network, &voice.circle).await?;
    let signer = signer_of(&circle, voice)?;
    match subject {
        Subject::Change(name) => circle.approve(head.time_ms, signer, &name).map(drop)?,
        Subject::Grant(id) => {
            given(network, &id).await?.approve(head.time_ms, &circle, signer).map(drop)?;
        }
    }
    let body = ApproveBody {
        circle_id: voice.circle,
        subject,
        revision: circle.revision,
        signer_pk: voice.key.verifying_key(),
        valid_until_height: valid_until(&head),
    };
    let (chain, bits) = paid(network);
    sent(network, Tx::Approve(body.sign(&chain, bits, voice.key))).await
}

/// Objects to a change that waits, or to a delegate's permission.
///
/// # Errors
/// [`CircleError`].
pub async fn object<N: Network>(
    network: &N,
    voice: Voice<'_>,
    subject: Subject,
) -> Result<Inclusion, CircleError> {
    let Proven { value: circle, head } = standing(network, &voice.circle).await?;
    let signer = signer_of(&circle, voice)?;
    match subject {
        Subject::Change(name) => {
            circle.may_object(head.time_ms, signer)?;
            circle.object(&name).map(drop)?;
        }
        Subject::Grant(id) => {
            given(network, &id).await?.object(head.time_ms, &circle, signer).map(drop)?;
        }
    }
    let (circle_id, signer_pk) = (voice.circle, voice.key.verifying_key());
    let body = ObjectBody { circle_id, subject, signer_pk, valid_until_height: valid_until(&head) };
    let (chain, bits) = paid(network);
    sent(network, Tx::Object(body.sign(&chain, bits, voice.key))).await
}

/// Stops a delegate's permission, as the person and any one delegate may, in force or not.
///
/// # Errors
/// [`CircleError`]; [`TxRefused::Ended`] when it has ended already.
pub async fn stop<N: Network>(
    network: &N,
    voice: Voice<'_>,
    grant: GrantId,
) -> Result<Inclusion, CircleError> {
    let revoker_pk = voice.key.verifying_key();
    let body = RevokeBody { grant_id: grant, revoker_pk, path: MerklePath::single() };
    let (chain, bits) = paid(network);
    sent(network, Tx::Revoke(body.sign(&chain, bits, voice.key))).await
}

async fn given<N: Network>(network: &N, id: &GrantId) -> Result<CircleGrantRecord, CircleError> {
    Ok(network.delegated(id).await?.value.ok_or(TxRefused::NothingWaits)?)
}
