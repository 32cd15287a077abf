//! A whole release by a member's keeper, as the product does it.
//!
//! A personal chain runs as a process until a permission and its receipt are final. Then the member's home is opened in this
//! process and its keeper is asked: decoding, the release rule over the store on disk, the entry in the log, synced, the
//! evaluation with its proof, HPKE and the signature are in the figure; no network is.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail, ensure};
use salus_chain::codec::Record;
use salus_keeper::message::{KeeperReply, KeeperRequest};
use salus_keeper::release::MAX_SLOTS;
use salus_light::clock::OffsetFileClock;
use salus_light::p2p::PeerId;
use salus_light::{LightClient, MemoryStore};
use salus_node::home::Home;
use salus_node::keeper::Keeper;
use salus_tests::figure::{median_ms, timed};
use salus_tests::network::Network;
use tokio::runtime::Runtime;

use crate::permission::Permission;

/// What was measured.
pub(crate) struct Whole {
    /// From the encoded request to the encoded reply, median, milliseconds.
    pub(crate) ms: f64,
    /// Octets that a release adds to the log.
    pub(crate) entry: usize,
    /// Writing and syncing as many, median, milliseconds.
    pub(crate) sync_ms: f64,
}

/// Asks a keeper `rounds` times; every reply is opened and counted.
pub(crate) fn measured(rounds: usize) -> Result<Whole> {
    let runtime = Runtime::new()?;
    let dir = tempfile::tempdir()?;
    let mut network = runtime.block_on(Network::start(1, dir.path()))?;
    let clock = Arc::new(OffsetFileClock::open(network.clock_path())?);
    let (genesis, store) = (network.genesis()?, Arc::new(MemoryStore::default()));
    let client = runtime.block_on(LightClient::connect(genesis, store, clock.clone()))?;
    let permission = runtime.block_on(Permission::given(&client))?;
    runtime.block_on(network.stop())?;

    let home = Home::at(network.home(0));
    let log = home.data().join("releases.log");
    let start = salus_node::run::Start { home, clock, test_clock: true, clock_is_right: false };
    let member = salus_node::run::open(start)?;
    let body = KeeperRequest::Release(permission.request.clone()).encode();
    let peer = PeerId::random();
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        // Two full requests a minute are a permission's limit, and the log is what counts them.
        if log.exists() {
            std::fs::remove_file(&log)?;
        }
        let keeper = Keeper::open(member.state.clone())?;
        let (took, reply) = timed(|| runtime.block_on(keeper.answer(&body, peer)));
        match KeeperReply::decode(&reply?)? {
            KeeperReply::Released(reply) => ensure!(permission.opened(&client, &reply)? == MAX_SLOTS),
            other => bail!("not released: {other:?}"),
        }
        times.push(took.as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let entry = usize::try_from(log.metadata()?.len())?;
    ensure!(entry > 0, "a release that is not in the log");
    let sync_ms = synced(&log.with_extension("bare"), entry, rounds)?;
    Ok(Whole { ms: times[times.len() / 2], entry, sync_ms })
}

/// Appends so many octets to a file, synced as the log is.
fn synced(path: &Path, octets: usize, rounds: usize) -> Result<f64> {
    let (mut file, octets) = (File::create(path)?, vec![0x5A; octets]);
    let mut failed = Ok(());
    let ms = median_ms(rounds, || {
        let written = file.write_all(&octets).and_then(|()| file.sync_data());
        if failed.is_ok() {
            failed = written;
        }
    });
    failed?;
    Ok(ms)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_measured_is_a_release_that_opens_and_is_in_the_log() {
        let whole = super::measured(1).unwrap();
        // The frame, 32 + 32 octets of names, height, time, and at least four octets a slot.
        assert!(whole.entry > 64 + 16 + 64 * 4, "{} octets", whole.entry);
        assert!(whole.ms > 0.0 && whole.sync_ms > 0.0);
    }
}
