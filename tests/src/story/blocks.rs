//! How fast blocks follow each other while transactions wait: what an opening's target is held against, in the same run.

use salus_chain::ids::Hash32;
use salus_chain::sign::SigningKey;
use salus_chain::tx::{EnrolBody, Tx};
use salus_light::LightClient;

use super::bare::rng;
use super::hands::Hands;
use super::heights::Heights;
use crate::network::Network;

/// Blocks in a row whose distance is measured at a time.
const BLOCKS: u64 = 8;

/// From block to block, milliseconds, as the first member shows them.
///
/// # Errors
/// A member does not answer, or takes no transaction.
pub async fn intervals(network: &Network, hands: &Hands, light: &LightClient) -> anyhow::Result<Vec<i64>> {
    let (busy, heights) = Heights::during(network, hands, busy(network, light)).await;
    busy?;
    Ok(heights.intervals(0))
}

/// Hands in transactions without a pause for some blocks: an idle chain makes a block when one comes, and waits otherwise.
async fn busy(network: &Network, light: &LightClient) -> anyhow::Result<()> {
    let genesis = light.genesis();
    let end = network.status(0).await?.height + BLOCKS;
    while network.status(0).await?.height < end {
        let key = SigningKey::generate(&mut rng()?);
        let body = EnrolBody { enrolment_pk: key.verifying_key(), commitment: Hash32::ZERO };
        let tx = Tx::Enrol(body.sign(&genesis.chain_id(), genesis.params.pow_bits, &key));
        light.submit(&tx).await?;
    }
    Ok(())
}
