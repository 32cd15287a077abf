//! Adversary: kill -9 at random points of writing. What was acknowledged is there exactly once, and the file is whole.
//!
//! A killed process loses nothing that it gave to the operating system; what a power cut loses is the subject of the test
//! program `torn`.

use rand::RngExt;
use salus_vault::Vault;

use crate::process::{dots, say, task, write_and_kill};
use crate::record::{create, integrity, open, rng, seed};
use crate::script::{BATCH, Progress, check, go_on};

/// The writing process. Does nothing when run as a test.
#[tokio::test]
async fn writer() {
    let Some((dir, key)) = task() else { return };
    let vault = open(&dir, &key, u64::from(std::process::id())).await.unwrap();
    let stored = check(&vault, stored(&vault).await).await.unwrap();
    dots();
    let stopped = go_on(&vault, stored, |p| say(&format!("{} {}", p.batches, p.notes))).await;
    panic!("the vault failed: {:?}", stopped.unwrap_err());
}

/// What is stored, before it is checked.
async fn stored(vault: &Vault) -> Progress {
    let readings = i64::try_from(vault.count(salus_wire::Category::HeartRate).await.unwrap()).unwrap();
    let list = vault.cabinet().list("notes").await.unwrap();
    let notes = list.iter().map(|(_, v)| i64::from_be_bytes(v[..8].try_into().unwrap()) + 1).max();
    Progress { batches: readings / BATCH, notes: notes.unwrap_or(0) }
}

fn acknowledgement(line: &str) -> Option<Progress> {
    let (batches, notes) = line.split_once(' ')?;
    Some(Progress { batches: batches.parse().ok()?, notes: notes.parse().ok()? })
}

async fn kill(times: u32) {
    let mut random = rng(seed());
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    let mut known = Progress::default();
    for round in 0..times {
        let when = (random.random_range(0..8), random.random_range(0..600));
        let killed = write_and_kill("kill::writer", (dir.path(), &key), when, acknowledgement);
        known = killed.unwrap_or(known);
        // Alternately SQLite's own recovery and the vault's come first.
        if random.random() {
            assert_eq!(integrity(dir.path()).await, "ok", "round {round}");
        }
        let vault = open(dir.path(), &key, random.random()).await.unwrap();
        known = check(&vault, known).await.unwrap();
        if random.random() {
            vault.lock().await.unwrap();
        } else {
            drop(vault);
        }
        assert_eq!(integrity(dir.path()).await, "ok", "round {round}");
    }
    eprintln!("{times} kills: {known:?}");
    assert!(known.batches > i64::from(times), "the writers hardly wrote");
}

#[tokio::test]
async fn killed_in_the_middle_nothing_acknowledged_is_lost() {
    kill(25).await;
}

#[tokio::test]
#[ignore = "minutes: cargo xtask test --long"]
async fn long_killed_a_thousand_times_nothing_acknowledged_is_lost() {
    kill(1000).await;
}
