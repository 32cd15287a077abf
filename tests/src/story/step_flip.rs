//! Step 10: one bit of a sealed segment, of a header, of a release reply; each refused with its own error.

use std::sync::Arc;

use anyhow::{Context, ensure};
use salus_chain::ids::Hash32;
use salus_keeper::Slot;
use salus_keeper::release::MAX_SLOTS;
use salus_light::{LightClient, LightError, MemoryStore};
use salus_sharing::Network;
use salus_sharing::network::light_code;
use salus_sharing::open::{Why, open, unlock};
use salus_vault::shared::open_manifest;
use salus_vault::{Epoch, Origin};
use salus_wire::ErrorCode;

use super::bare::{Bare, rng};
use super::liar::Liars;
use super::play::Stage;
use super::step_kill::Live;
use super::tamper::{Flip, Tampered};
use crate::network::{PATIENCE, eventually};

/// Members release twice a minute at most; each opening gets a minute of its own.
const MINUTE: i64 = 61_000;

pub(super) async fn flip(stage: &mut Stage, live: &Live) -> anyhow::Result<((), String)> {
    let bare = &live.bare;
    let segment = segment_hash(stage, bare).await?;
    let sealed =
        opened(stage, bare, Flip::Blob(segment)).await?.err().context("an altered segment opened")?;
    ensure!(sealed == ErrorCode::SegmentAltered, "an altered segment gave {sealed}");

    let reply = opened(stage, bare, Flip::Reply(None)).await?.err().context("altered replies were taken")?;
    ensure!(reply == ErrorCode::ReplyAltered, "altered replies gave {reply}");
    let one = one_reply(stage, bare).await?;

    let (header, passed_over) = header(stage).await?;
    ensure!(header == ErrorCode::HeaderAltered, "an altered header gave {header}");
    let detail = format!("segment: {sealed}; header: {header}{passed_over}; every reply: {reply}; {one}");
    Ok(((), detail))
}

async fn minute(stage: &mut Stage) -> anyhow::Result<()> {
    stage.hands.advance(&stage.network, MINUTE)?;
    // Members that came back a moment ago are reached on a new connection.
    let fresh = eventually(PATIENCE, async || stage.light.fresh_head().await.ok());
    fresh.await.map(|_| ()).context("no fresh block")
}

/// Opens with somebody on the line; the code of the refusal, or how many readings came.
async fn opened(stage: &mut Stage, bare: &Bare, flip: Flip) -> anyhow::Result<Result<usize, ErrorCode>> {
    minute(stage).await?;
    let network = Tampered { light: &stage.light, flip };
    let now = stage.hands.now();
    let opened = open(&network, &bare.shared, &bare.reader, now, &mut rng()?, &mut |_| {}).await;
    Ok(opened.map(|o| o.readings.iter().map(|(_, r)| r.len()).sum()).map_err(|e| e.code()))
}

/// With one member's reply altered the others still suffice, and the one is named; with one member in all, nothing opens.
async fn one_reply(stage: &mut Stage, bare: &Bare) -> anyhow::Result<String> {
    minute(stage).await?;
    let genesis = stage.light.genesis();
    let network = Tampered { light: &stage.light, flip: Flip::Reply(Some(1)) };
    let now = stage.hands.now();
    let outcome = open(&network, &bare.shared, &bare.reader, now, &mut rng()?, &mut |_| {}).await;
    if genesis.faults() == 0 {
        let code = outcome.err().context("opened without a good reply")?.code();
        ensure!(code == ErrorCode::ReplyAltered, "the only reply altered gave {code}");
        return Ok(format!("the only reply: {code}"));
    }
    let outcome = outcome?;
    ensure!(!outcome.released_by.contains(1), "the altered reply was used");
    let readings: usize = outcome.readings.iter().map(|(_, r)| r.len()).sum();
    ensure!(readings == stage.sent.len(), "{readings} readings opened, {} sent", stage.sent.len());
    // The others may have sufficed before the altered one came.
    let named = outcome.dropped.iter().find(|d| d.member == 1);
    ensure!(named.is_none_or(|d| matches!(d.why, Why::Altered(_))), "{named:?}");
    Ok(format!("one reply: dropped, {readings} readings opened by {} others", outcome.released_by.len()))
}

/// The hash of a sealed segment that the manifest lists, found as a reader finds it.
async fn segment_hash(stage: &mut Stage, bare: &Bare) -> anyhow::Result<Hash32> {
    let all = opened(stage, bare, Flip::Reply(Some(0))).await?;
    ensure!(all == Ok(stage.sent.len()), "untouched, it gave {all:?}");
    minute(stage).await?;
    // The newest that fit into one request.
    let all: Vec<Slot> = salus_sharing::cover::to_ask(bare.shared.scope(), stage.hands.now());
    let slots = all.rchunks(MAX_SLOTS).next().context("no slots")?.to_vec();
    let request = bare.request(slots)?;
    let receipt = Network::record(&stage.light, request.receipt()).await?;
    let released = request.ask(&stage.light, &bare.shared, &bare.ctx, receipt).await?;
    let content = bare.shared.content();
    for (series, node) in unlock(&bare.shared, &released.outputs)? {
        let series = &content.series[series];
        for epoch in node.start()..=node.start() + ((1 << node.level()) - 1) {
            let leaf = Epoch::new(epoch).and_then(|e| node.leaf(e)).context("no leaf")?;
            let found = stage.light.depots().find(&Hash32(leaf.locator().0)).await?;
            let writer = *content.writers.first().context("no writer")?;
            let origin = Origin { series: series.series, generation: series.generation, writer };
            let mut manifests = Vec::new();
            for hash in found {
                let sealed = stage.light.depots().get(&hash).await?;
                manifests.extend(open_manifest(&leaf, &origin, &sealed).ok());
            }
            // Older sealings of the epoch lie there too; a reader takes the newest.
            let newest = manifests.into_iter().max_by_key(|m| m.version);
            if let Some(entry) = newest.as_ref().and_then(|m| m.entries.first()) {
                return Ok(Hash32(entry.hash));
            }
        }
    }
    anyhow::bail!("no manifest lists a segment")
}

/// A light client of its own behind members of which none, one and all flip one bit of every header: the code of what it
/// says when nobody tells the truth.
async fn header(stage: &Stage) -> anyhow::Result<(ErrorCode, String)> {
    let liars = Liars::before(&stage.network).await?;
    let client = async || {
        let store = Arc::new(MemoryStore::default());
        LightClient::connect(liars.genesis(), store, stage.hands.clock()).await
    };
    let truth = client().await?.sync().await.context("behind members that pass everything on")?;
    let all = stage.network.len();
    let mut passed_over = String::new();
    if all > 1 {
        liars.lie(1);
        let head = client().await?.sync().await.context("with one member that alters headers")?;
        ensure!(head.height >= truth.height, "one altered header led back to height {}", head.height);
        passed_over = format!(" (of one of {all}: passed over)");
    }
    liars.lie(all);
    match client().await?.sync().await {
        Err(error @ LightError::Header { .. }) => Ok((light_code(&error), passed_over)),
        other => anyhow::bail!("altered headers gave {other:?}"),
    }
}
