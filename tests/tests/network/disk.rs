//! A member's disk that is full, or gives back other octets: the member stops with a sentence that says what to do, and
//! goes on where it was.

use std::process::Stdio;

use salus_chain::codec::Record;
use salus_chain::query::{LightReply, LightRequest};
use salus_keeper::depot::{DepotRefused, blob_hash};
use salus_keeper::message::KeeperRefused;
use salus_light::LightError;
use salus_light::p2p::{self, Peer, Protocol};
use salus_sharing::network::light_code;
use salus_tests::network::{Network, Options, PATIENCE, eventually};
use salus_tests::small_disk::SmallDisk;
use salus_wire::ErrorCode;

use super::clock::unused_share;
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

async fn fills(network: &mut Network, disk: &SmallDisk) {
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

    disk.make_room();
    network.restart(0).unwrap();
    network.reach(before.height + 3).await.unwrap();
    assert_eq!(hash_at(network, before.height).await, Some(before.hash), "a decided block is another one");
    network.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_a_member_with_a_sentence_and_loses_nothing() {
    let name = "disk::a_full_disk_stops_a_member_with_a_sentence_and_loses_nothing";
    let Some(disk) = SmallDisk::mount(name, "16m") else { return };
    let mut network = Network::make(1, disk.path(), &Options::default()).unwrap();
    fills(&mut network, &disk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_depot_and_a_keeper_without_room_say_so_and_the_member_runs_on() {
    let name = "disk::a_depot_and_a_keeper_without_room_say_so_and_the_member_runs_on";
    let Some(disk) = SmallDisk::mount(name, "4m") else { return };
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::make(1, dir.path(), &Options::default()).unwrap();
    let data = network.home(0).join("data");
    std::fs::create_dir_all(&data).unwrap();
    for part in ["depot", "shares"] {
        std::fs::create_dir(disk.path().join(part)).unwrap();
        std::os::unix::fs::symlink(disk.path().join(part), data.join(part)).unwrap();
    }
    network.restart(0).unwrap();
    network.reach(1).await.unwrap();
    let client = client(&network).await;
    let (depots, keeper) = (client.depots(), client.keeper(1).unwrap());
    let until = network.status(0).await.unwrap().time_ms + 3_600_000;
    depots.put(until, &[], b"before".to_vec()).await.unwrap();

    disk.fill();
    let put = depots.put(until, &[], vec![7; 20_000]).await.unwrap_err();
    assert_eq!(put, LightError::Depot { member: 1, why: DepotRefused::Full });
    assert_eq!(light_code(&put), ErrorCode::MembersFull, "what a person is told");
    let deal = keeper.deal(unused_share(&network, 1)).await.unwrap_err();
    assert_eq!(deal, LightError::Keeper { member: 1, why: KeeperRefused::Full });
    assert_eq!(light_code(&deal), ErrorCode::MembersFull);
    let log = network.log(0);
    for told in [
        "holds data/depot is full: make room on it",
        "holds data/shares, data/duty and data/releases.log is full: make room",
    ] {
        assert!(log.contains(told), "{told}: {log}");
    }
    assert_eq!(depots.get(&blob_hash(b"before")).await.unwrap(), b"before");
    let height = network.status(0).await.unwrap().height;
    network.reach(height + 2).await.unwrap();

    disk.make_room();
    depots.put(until, &[], vec![7; 20_000]).await.unwrap();
    keeper.deal(unused_share(&network, 1)).await.unwrap();
    network.stop().await.unwrap();
}
