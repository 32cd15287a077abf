//! Members as processes: they agree, survive SIGKILL and refuse what would make them sign twice.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]
#![expect(clippy::print_stdout, reason = "a test says its seed and what it counted")]

#[path = "network/clock.rs"]
mod clock;
#[path = "network/disk.rs"]
mod disk;
#[path = "network/kills.rs"]
mod kills;
#[path = "network/recorded.rs"]
mod recorded;
#[path = "network/refused.rs"]
mod refused;
#[path = "network/signed.rs"]
mod signed;
#[path = "network/status.rs"]
mod status;

use std::process::Output;

use salus_chain::attestation::AttestationRequest;
use salus_chain::sign::SigningKey;
use salus_tests::network::{Network, PATIENCE, eventually};

fn refusal(output: &Output) -> String {
    assert!(!output.status.success(), "it must refuse");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn request(network: &Network, seed: u8) -> String {
    let key = SigningKey::from_bytes(&[seed; 32]);
    let chain = network.genesis().unwrap().chain_id();
    AttestationRequest::sign("Dr Ana Wójcik", "North Clinic", &chain, &key).unwrap().to_text().unwrap()
}

/// Every running member holds the same block at the lowest common height.
async fn agree(network: &mut Network) {
    let same = async || {
        let mut seen = Vec::new();
        for member in 0..network.len() {
            seen.push(network.status(member).await.ok()?);
        }
        let first = seen.first()?;
        seen.iter().all(|status| (status.height, &status.hash) == (first.height, &first.hash)).then_some(())
    };
    assert!(eventually(PATIENCE, same).await.is_some(), "the members do not agree");
}

/// No member saw another sign two things at one step, and none refused a transaction that it had taken.
fn no_evidence(network: &Network) {
    for member in 0..network.len() {
        let log = network.log(member);
        assert!(!log.contains("signed two things"), "a double signature: {log}");
        assert!(!log.contains("is refused"), "a transaction was lost: {log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn four_members_agree_and_one_comes_back_after_a_power_cut_under_load() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(4, dir.path()).await.unwrap();
    agree(&mut network).await;
    for seed in 1..=8 {
        network.attest(usize::from(seed) % 4, &request(&network, seed)).unwrap();
    }
    network.kill(2).unwrap();
    for seed in 9..=12 {
        network.attest(0, &request(&network, seed)).unwrap();
    }
    let height = network.status(0).await.unwrap().height;
    network.reach(height + 3).await.unwrap();
    network.restart(2).unwrap();
    network.reach(height + 5).await.unwrap();
    agree(&mut network).await;
    no_evidence(&network);
    let empty = async || {
        let spools = (0..4).filter_map(|m| std::fs::read_dir(network.home(m).join("data/spool")).ok());
        (spools.flatten().count() == 0).then_some(())
    };
    assert!(eventually(PATIENCE, empty).await.is_some(), "every transaction was recorded");
    network.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn seven_members_agree_and_go_on_with_two_killed() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(7, dir.path()).await.unwrap();
    agree(&mut network).await;
    network.kill(5).unwrap();
    network.kill(6).unwrap();
    let killed_at = network.status(0).await.unwrap().height;
    let client = recorded::client(&network).await;
    let recorded = client.record(&recorded::transaction(&network, 1), PATIENCE).await.unwrap();
    network.reach(recorded.height.max(killed_at + 2)).await.unwrap();
    let alive = async || client.fresh_head().await.ok().filter(|head| head.height > killed_at + 1);
    let head = eventually(PATIENCE, alive).await.expect("the five go on");
    assert_eq!(head.signers, [1, 2, 3, 4, 5], "five of seven are needed, and five are left");
    no_evidence(&network);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_member_alone_is_a_chain_and_follows_its_clock() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(1, dir.path()).await.unwrap();
    network.reach(3).await.unwrap();
    let before = network.status(0).await.unwrap();
    network.set_clock_offset(86_400_000).unwrap();
    let later = async || network.status(0).await.ok().filter(|s| s.time_ms - before.time_ms > 86_000_000);
    assert!(eventually(PATIENCE, later).await.is_some(), "block time follows the clock");
    network.kill(0).unwrap();
    network.restart(0).unwrap();
    network.reach(before.height + 3).await.unwrap();
    network.stop().await.unwrap();
}
