//! What the person, or somebody who helps them, says of an emergency afterwards: recorded with the members, once, for good.

use salus_chain::ids::{ChainId, CircleId, GrantId, TxHash};
use salus_chain::sign::SigningKey;
use salus_chain::tx::{Entrusted, PaidBody, ReviewBody, Tx, Verdict};
use salus_light::{Inclusion, LightError};

use crate::network::Network;

/// Blocks for which a review that is not recorded yet is tried: an hour at the slowest pace.
const VALID_BLOCKS: u64 = 720;

/// Records what the person says of what `act` recorded; `key` is the permission's own.
///
/// # Errors
/// [`LightError::Refused`] when they said it before, or nothing of the kind was recorded.
pub async fn review<N: Network>(
    network: &N,
    grant: &GrantId,
    act: &TxHash,
    verdict: Verdict,
    key: &SigningKey,
) -> Result<Inclusion, LightError> {
    say(network, grant, act, verdict, key, None).await
}

/// Records what a helper says of it; `key` is theirs in the circle, and `entrusted` the person's word ([`entrust`]). In a
/// permission that a steward gave there is none: the circle is recorded with it.
///
/// # Errors
/// As [`review`], and when the helper's power is not in force.
pub async fn review_by_helper<N: Network>(
    network: &N,
    grant: &GrantId,
    act: &TxHash,
    verdict: Verdict,
    key: &SigningKey,
    entrusted: Option<Entrusted>,
) -> Result<Inclusion, LightError> {
    say(network, grant, act, verdict, key, entrusted).await
}

/// The person's word that their circle may review what happens with a permission of their own; `key` is the permission's. Whoever
/// uses it shows everybody that the permission and the circle belong together.
#[must_use]
pub fn entrust(chain: &ChainId, grant: &GrantId, circle: CircleId, key: &SigningKey) -> Entrusted {
    Entrusted::sign(grant, circle, chain, key)
}

async fn say<N: Network>(
    network: &N,
    grant: &GrantId,
    act: &TxHash,
    verdict: Verdict,
    key: &SigningKey,
    entrusted: Option<Entrusted>,
) -> Result<Inclusion, LightError> {
    let valid_until_height = network.head().await?.height.saturating_add(VALID_BLOCKS);
    let body = ReviewBody {
        grant_id: *grant,
        act: *act,
        verdict,
        signer_pk: key.verifying_key(),
        entrusted,
        valid_until_height,
    };
    let genesis = network.genesis();
    let tx = body.sign(&genesis.chain_id(), genesis.params.pow_bits, key);
    network.record(&Tx::Review(Box::new(tx))).await
}
