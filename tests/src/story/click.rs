//! From the click on "Open" to the record at the page's door, which is where `salus-host` answers a page; beside it, how
//! fast blocks follow each other in the same run, and what one receipt takes.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use salus_chain::ids::Hash32;
use salus_chain::sign::SigningKey;
use salus_chain::tx::{EnrolBody, Tx};
use salus_sharing::Network;

use super::bare::rng;
use super::heights::Heights;
use super::play::{Options, Stage, set};
use super::report::Report;
use super::step_share::{equal, opening};
use super::step_stop::{running, take};
use crate::network::{PATIENCE, eventually};

/// Members release twice a minute at most; each opening gets a minute of its own.
const MINUTE: i64 = 61_000;
/// Blocks in a row whose distance is measured in each round.
const BLOCKS: u64 = 8;

/// One round.
#[derive(Debug, Clone)]
pub struct Click {
    /// From the click to the answer.
    pub open: Duration,
    /// One receipt, from handing it in to its proof.
    pub receipt: Duration,
    /// From block to block while transactions wait, milliseconds.
    pub blocks: Vec<i64>,
}

async fn timed<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<(Duration, T)> {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
    let begin = Instant::now();
    let value = work.await?;
    Ok((begin.elapsed(), value))
}

/// Sets the stage and opens the record `rounds` times; every opening is compared with what was sent.
///
/// # Errors
/// When a step does not hold.
pub async fn clicks(options: &Options, dir: &Path, rounds: usize) -> anyhow::Result<Vec<Click>> {
    let mut stage = set(options, &Report::silent(), dir).await?;
    let bare = take(&stage.clinician, &stage.grant, &stage).await?;
    let mut clicks = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        stage.hands.advance(&stage.network, MINUTE)?;
        eventually(PATIENCE, async || stage.light.fresh_head().await.ok()).await.context("no fresh block")?;
        stage.clinician.wake().await?;
        stage.patient.wake().await?;
        let (open, opened) = timed(stage.clinician.ok(opening(&stage.grant))).await?;
        equal(&stage, &opened).await?;
        let request = bare.request(vec![running(stage.hands.now())?])?;
        let record = async { Ok(Network::record(&stage.light, request.receipt()).await?) };
        let (receipt, _) = timed(record).await?;
        let (busy, heights) = Heights::during(&stage.network, &stage.hands, busy(&stage)).await;
        busy?;
        clicks.push(Click { open, receipt, blocks: heights.intervals(0) });
    }
    stage.network.stop().await?;
    Ok(clicks)
}

/// Hands in transactions without a pause for some blocks: an idle chain makes a block when one comes, and waits otherwise.
async fn busy(stage: &Stage) -> anyhow::Result<()> {
    let genesis = stage.light.genesis();
    let end = stage.network.status(0).await?.height + BLOCKS;
    while stage.network.status(0).await?.height < end {
        let key = SigningKey::generate(&mut rng()?);
        let body = EnrolBody { enrolment_pk: key.verifying_key(), commitment: Hash32::ZERO };
        let tx = Tx::Enrol(body.sign(&genesis.chain_id(), genesis.params.pow_bits, &key));
        stage.light.submit(&tx).await?;
    }
    Ok(())
}
