//! Which story is played, and the ten steps of the main one in order; each gets what the earlier ones made.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use salus_chain::ids::GrantId;
use salus_chain::query::{LightReply, LightRequest};
use salus_light::p2p::{self, Peer, Protocol};
use salus_light::{LightClient, MemoryStore};

use super::app::Host;
use super::budget::BUDGET;
use super::hands::Hands;
use super::report::Report;
use super::sim::{Sent, Sim};
use crate::network::Network;

/// Which story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Which {
    /// One reading's whole journey, from a wearable to a clinician: 10 steps.
    #[default]
    Main,
    /// A grandmother, her daughter and son, a cardiologist and an emergency doctor: 12 steps.
    Family,
}

/// What a story is played with.
#[derive(Debug, Clone, clap::Parser)]
#[command(name = "salus-story", about = "Plays a story on real components and checks every step")]
pub struct Options {
    /// Which story.
    #[arg(long, value_enum, default_value_t)]
    pub story: Which,
    /// How many members; 1 is the personal chain.
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=21))]
    pub members: u16,
    /// One JSON object per line: step, ok, ms, detail.
    #[arg(long)]
    pub json: bool,
    /// The seconds that the whole story may take; never more than the 120 of its budget.
    #[arg(long, default_value_t = BUDGET.as_secs(), value_parser = clap::value_parser!(u64).range(..=BUDGET.as_secs()))]
    pub seconds: u64,
    /// Keep the story's directory and print where it is.
    #[arg(long)]
    pub keep: bool,
}

/// The stage, as far as it is set.
pub(super) struct Stage {
    pub(super) network: Network,
    pub(super) hands: Hands,
    pub(super) light: LightClient,
    pub(super) sim: Sim,
    pub(super) patient: Host,
    pub(super) clinician: Host,
    /// Everything the wearables sent.
    pub(super) sent: Vec<Sent>,
    /// The first permission.
    pub(super) grant: GrantId,
}

impl Stage {
    pub(super) fn members(&self) -> u16 {
        self.light.genesis().n()
    }
}

/// Plays every step of the chosen story under `dir`; stops at the first that does not hold.
///
/// # Errors
/// What did not hold; its line is written.
pub async fn play(options: &Options, report: &Report, dir: &Path) -> anyhow::Result<()> {
    match options.story {
        Which::Main => Box::pin(journey(options, report, dir)).await,
        // Whole applications run inside of it.
        Which::Family => Box::pin(super::family::play(options, report, dir)).await,
    }
}

async fn journey(options: &Options, report: &Report, dir: &Path) -> anyhow::Result<()> {
    let mut stage = set(options, report, dir).await?;
    let receipt = report.step(5, "opening", super::step_share::open(&stage)).await?;
    report.step(6, "the patient sees it", super::step_share::seen(&stage, receipt)).await?;
    let bare = report.step(7, "stopped mid-window", super::step_stop::stop(&mut stage)).await?;
    report.step(8, "run out", super::step_end::run_out(&mut stage)).await?;
    drop(bare);
    let live = report.step(9, "members killed", super::step_kill::kill(&mut stage)).await?;
    let last = async {
        let ((), flipped) = super::step_flip::flip(&mut stage, &live).await?;
        let counted = end(&mut stage).await?;
        Ok(((), format!("{flipped}; {counted}")))
    };
    report.step(10, "one bit flipped", last).await
}

/// The curtain: what the wearables count as sent is what the story compared with, and every member ends cleanly.
async fn end(stage: &mut Stage) -> anyhow::Result<String> {
    let (strap, cuff) = stage.sim.counts().await?;
    let known = stage.sent.len();
    ensure!(usize::try_from(strap + cuff)? == known, "{} packets were sent, {known} are known", strap + cuff);
    stage.network.stop().await?;
    Ok(format!("{known} packets sent in all, {} members ended", stage.network.len()))
}

/// Steps 1 to 4: everything up to a permission in force.
pub(super) async fn set(options: &Options, report: &Report, dir: &Path) -> anyhow::Result<Stage> {
    let begun = begin(usize::from(options.members), dir);
    let (mut network, mut hands) = report.step(1, "the members agree", begun).await?;
    let measured = super::step_measure::measure(&mut network, &mut hands, dir);
    let (sim, patient, sent) = report.step(2, "wearables", measured).await?;
    report.step(3, "lock", super::step_measure::lock(&patient, &hands, &sent)).await?;
    let given = async {
        let store = Arc::new(MemoryStore::default());
        let light = LightClient::connect(network.genesis()?, store, hands.clock()).await?;
        let (given, detail) = super::step_share::give(&network, &hands, &light, &patient, dir).await?;
        Ok(((light, given), detail))
    };
    let (light, (clinician, grant)) = report.step(4, "permission", given).await?;
    Ok(Stage { network, hands, light, sim, patient, clinician, sent, grant })
}

/// Step 1 of every story: starts the members, and asks each for the same height.
pub(super) async fn begin(n: usize, dir: &Path) -> anyhow::Result<((Network, Hands), String)> {
    let mut network = Network::start(n, &dir.join("members")).await?;
    let height = network.status(0).await?.height.max(3);
    network.reach(height).await?;
    let genesis = network.genesis()?;
    let (endpoint, _) = p2p::spawn(p2p::Config::dial_only())?;
    let mut hashes = BTreeSet::new();
    for member in &genesis.members {
        let peer = Peer::parse(&member.peer_id, &member.public_addr)?;
        let request = salus_chain::codec::Record::encode(&LightRequest::LightBlock { height });
        let asked =
            tokio::time::timeout(Duration::from_secs(10), endpoint.ask(&peer, Protocol::Light, request));
        let reply = asked.await.context("no answer")?.map_err(|e| anyhow::anyhow!("{}: {e}", member.name))?;
        let reply: LightReply = salus_chain::codec::Record::decode(&reply)?;
        let LightReply::LightBlock(block) = reply else { anyhow::bail!("{} has no block", member.name) };
        ensure!(block.height() == height, "{} gave another height", member.name);
        hashes.insert(block.hash());
    }
    ensure!(hashes.len() == 1, "{} different hashes at height {height}", hashes.len());
    let hash = hashes.into_iter().next().context("no member")?;
    let hands = Hands::of(&network)?;
    Ok(((network, hands), format!("{n} of {n} members have hash {hash} at height {height}")))
}
