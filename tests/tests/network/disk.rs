//! A member's disk that is full, or gives back other octets: the member stops with a sentence that says what to do, and
//! goes on where it was.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use salus_chain::codec::Record;
use salus_chain::query::{LightReply, LightRequest};
use salus_light::p2p::{self, Peer, Protocol};
use salus_tests::network::{Network, Options, PATIENCE, eventually};

use super::recorded::{client, same_everywhere, transaction};
use super::{agree, no_evidence, refusal};

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_store_is_refused_and_the_blocks_come_back_from_the_others() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(4, dir.path()).await.unwrap();
    let tx = transaction(&network, 1);
    client(&network).await.record(&tx, PATIENCE).await.unwrap();
    network.reach(5).await.unwrap();
    network.kill(3).unwrap();
    let store = network.home(3).join("data/chain.redb");
    let octets = std::fs::read(&store).unwrap();
    std::fs::write(&store, &octets[..octets.len() / 2]).unwrap();
    let said = refusal(&network.run_command(3).output().unwrap());
    assert!(said.contains("is damaged") && said.contains("move this one file away"), "{said}");
    assert!(!said.contains("panicked"), "{said}");

    std::fs::rename(&store, dir.path().join("damaged")).unwrap();
    network.restart(3).unwrap();
    let height = network.status(0).await.unwrap().height;
    network.reach(height + 2).await.unwrap();
    agree(&mut network).await;
    same_everywhere(&network, &[tx]).await;
    no_evidence(&network);
    network.stop().await.unwrap();
}

/// A small disk of its own; only root may have one.
struct Disk(tempfile::TempDir);

impl Disk {
    fn mount() -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=16m", "tmpfs"]).arg(dir.path());
        mount.output().is_ok_and(|o| o.status.success()).then_some(Self(dir))
    }

    /// Takes all the room that is left.
    fn fill(&self) {
        let mut filler = std::fs::File::create(self.0.path().join("filler")).unwrap();
        while filler.write_all(&[1; 4096]).is_ok() {}
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).output();
    }
}

/// The hash of a block as the only member gives it.
async fn hash_at(network: &Network, height: u64) -> Option<String> {
    let (endpoint, _) = p2p::spawn(p2p::Config::dial_only()).unwrap();
    let member = &network.genesis().unwrap().members[0];
    let peer = Peer::parse(&member.peer_id, &member.public_addr).unwrap();
    let reply =
        endpoint.ask(&peer, Protocol::Light, LightRequest::LightBlock { height }.encode()).await.ok()?;
    match LightReply::decode(&reply).ok()? {
        LightReply::LightBlock(block) => Some(block.hash().to_string()),
        _ => None,
    }
}

async fn fills(network: &mut Network, disk: &Disk, filler: &Path) {
    let running = network.run_command(0).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut running = running.unwrap();
    let up = async || network.status(0).await.ok().filter(|status| status.height >= 3);
    let before = eventually(PATIENCE, up).await.expect("it runs");
    disk.fill();
    let ended = eventually(PATIENCE, || std::future::ready(running.try_wait().ok().flatten())).await;
    if ended.is_none() {
        running.kill().unwrap();
    }
    let said = String::from_utf8(running.wait_with_output().unwrap().stderr).unwrap();
    let ended = ended.unwrap_or_else(|| panic!("it runs on with a full disk: {said}"));
    assert!(!ended.success() && !said.contains("panicked"), "{said}");
    let last = said.lines().last().unwrap_or_default();
    assert!(last.starts_with("salus-node: ") && last.contains("make room"), "{said}");

    std::fs::remove_file(filler).unwrap();
    network.restart(0).unwrap();
    network.reach(before.height + 3).await.unwrap();
    assert_eq!(hash_at(network, before.height).await, Some(before.hash), "a decided block is another one");
    network.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_a_member_with_a_sentence_and_loses_nothing() {
    let Some(disk) = Disk::mount() else {
        println!("SKIPPED, NOT PASSED: no right to mount a small disk");
        return;
    };
    let mut network = Network::make(1, disk.0.path(), &Options::default()).unwrap();
    fills(&mut network, &disk, &disk.0.path().join("filler")).await;
}
