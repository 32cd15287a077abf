//! What a clinician says of a power that waits for it.

use salus_chain::circle::CircleRecord;
use salus_chain::ids::VerifyingKey;
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::tx::{PaidBody, SpringBody, Tx};
use salus_light::Proven;

use super::{CircleError, paid, sent, standing, valid_until};
use crate::network::Network;

/// Says, as a clinician whom a member attested, that the power of a delegate, which waits for that, may begin; `seen` is the circle in
/// which they read of it.
///
/// # Errors
/// [`CircleError`]; [`TxRefused::Credential`] when the attestation is not in force; [`TxRefused::CircleRevision`] when the circle
/// changed meanwhile: another power may have come in the place of the one that they said it of.
pub async fn attest<N: Network>(
    network: &N,
    seen: &CircleRecord,
    delegate: &VerifyingKey,
    credential: &SigningKey,
) -> Result<(), CircleError> {
    let Proven { value, head } = standing(network, &seen.circle_id).await?;
    if value.revision != seen.revision {
        return Err(TxRefused::CircleRevision.into());
    }
    let credential_pk = credential.verifying_key();
    let by = network.credential(&credential_pk).await?.value;
    let by = by.filter(|by| by.in_force(head.time_ms)).ok_or(TxRefused::Credential)?;
    let mut before = Vec::new();
    for earlier in value.attested(delegate) {
        before.extend(network.credential(earlier).await?.value);
    }
    value.heard(head.time_ms, delegate, &by, &before)?.attest(delegate, &credential_pk)?;
    let body = SpringBody {
        circle_id: value.circle_id,
        revision: value.revision,
        delegate_pk: *delegate,
        credential_pk,
        valid_until_height: valid_until(&head),
    };
    let (chain, bits) = paid(network);
    sent(network, Tx::Spring(body.sign(&chain, bits, credential))).await.map(drop)
}
