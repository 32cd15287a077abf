//! From the click on "Open" to the record at the page's door, which is where `salus-host` answers a page; beside it, how
//! fast blocks follow each other in the same run, and what one receipt takes.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use salus_sharing::Network;

use super::blocks;
use super::play::{Options, set};
use super::report::Report;
use super::step_share::{equal, opening};
use super::step_stop::{running, take};
use crate::network::{PATIENCE, eventually};

/// Members release twice a minute at most; each opening gets a minute of its own.
const MINUTE: i64 = 61_000;

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
        let blocks = blocks::intervals(&stage.network, &stage.hands, &stage.light).await?;
        clicks.push(Click { open, receipt, blocks });
    }
    stage.network.stop().await?;
    Ok(clicks)
}
