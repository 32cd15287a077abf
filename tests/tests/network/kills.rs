//! Members killed at seeded moments of a round, under load: nothing is lost and nobody signs twice.

use std::time::Duration;

use rand::rngs::ChaCha20Rng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use salus_tests::network::{Network, PATIENCE, eventually};

use super::recorded::{client, same_everywhere, transaction};
use super::signed::{Watch, last};
use super::{agree, no_evidence};

const SEED: u64 = 16;
const KILLS: u8 = 8;
const TXS_EACH: u8 = 3;

/// When a member is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// As soon as it has recorded that it signs a message of this kind: 1 a proposal, 2 a prevote, 3 a precommit.
    Signed(u8),
    /// As soon as it has come back from the kill before.
    JustBack,
}

const MOMENTS: [Moment; 4] = [Moment::Signed(1), Moment::Signed(2), Moment::Signed(3), Moment::JustBack];

/// Much shorter than a step of a round.
const LOOK_AGAIN: Duration = Duration::from_millis(1);

/// Waits for the member's own record to show the moment: the signature is then on its way, or not yet.
async fn wait(network: &Network, member: usize, moment: Moment) {
    let Moment::Signed(kind) = moment else { return };
    let home = network.home(member);
    let from = last(home).map_or(0, |(height, ..)| height);
    let mut ticks = tokio::time::interval(LOOK_AGAIN);
    let there = async {
        while last(home).is_none_or(|(height, _, signed)| height <= from || signed != kind) {
            ticks.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, there).await.expect("the member signs nothing of this kind");
}

/// What every member says, and the end of its log.
async fn state(network: &Network) -> String {
    let mut all = String::new();
    for member in 0..network.len() {
        let log = network.log(member);
        let end: Vec<&str> = log.lines().rev().take(12).collect();
        let end = end.into_iter().rev().collect::<Vec<_>>().join("\n");
        all += &format!("member {member}: {:?}\n{end}\n", network.status(member).await.ok());
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn members_killed_in_the_middle_of_a_round_lose_nothing_and_sign_nothing_twice() {
    let seed = std::env::var("SALUS_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(SEED);
    println!("SALUS_SEED={seed}");
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(4, dir.path()).await.unwrap();
    let watch = Watch::start(&network);
    let client = client(&network).await;
    let mut txs = Vec::new();
    for kill in 0..KILLS {
        let member = rng.random_range(0..4);
        // Every moment at least once, then any.
        let moment = *MOMENTS.get(usize::from(kill)).unwrap_or_else(|| MOMENTS.choose(&mut rng).unwrap());
        let at_once = rng.random_bool(0.5);
        println!("kill {kill}: member {member}, {moment:?}, back at once: {at_once}");
        let load: Vec<_> = (0..TXS_EACH).map(|n| transaction(&network, 1 + kill * TXS_EACH + n)).collect();
        let recorded = load.iter().cloned().map(|tx| {
            let client = client.clone();
            tokio::spawn(async move { client.record(&tx, PATIENCE).await })
        });
        let recorded: Vec<_> = recorded.collect();
        wait(&network, member, moment).await;
        network.kill(member).unwrap();
        if !at_once {
            let other = network.status((member + 1) % 4).await.unwrap();
            network.reach(other.height + 2).await.unwrap();
        }
        let before = last(network.home(member));
        network.restart(member).unwrap();
        let back = async || network.status(member).await.ok();
        assert!(eventually(PATIENCE, back).await.is_some(), "{}", network.log(member));
        assert!(last(network.home(member)) >= before, "the record went back");
        for recorded in recorded {
            if let Err(error) = recorded.await.unwrap() {
                panic!("a transaction is not recorded: {error}\n{}", state(&network).await);
            }
        }
        txs.extend(load);
    }
    same_everywhere(&network, &txs).await;
    agree(&mut network).await;
    no_evidence(&network);
    let seen = watch.only_forwards();
    println!("signatures seen of each member: {seen:?}");
    // Each kill takes at least one height, and a member signs at least twice in each that it takes part in.
    assert!(seen.iter().all(|n| *n > usize::from(KILLS)), "too few to judge by: {seen:?}");
    network.stop().await.unwrap();
}
