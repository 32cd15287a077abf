//! Adversary: kill -9 at random points of writing. What was acknowledged is there exactly once, and the file is whole.
//!
//! A process of its own writes and says, on a pipe, what was acknowledged; beside it a thread writes dots to the same
//! pipe, as fast as it can. The test reads a random number of acknowledgements, then a random number of dots, and kills:
//! the dots are its clock. A killed process loses nothing that it gave to the operating system; what a power cut
//! loses is the subject of the test program `torn`.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use rand::RngExt;
use salus_vault::{RecoveryKey, Vault};

use crate::record::{create, integrity, open, rng, seed};
use crate::script::{BATCH, Progress, check, go_on};

const DIR: &str = "SALUS_KILL_DIR";
const KEY: &str = "SALUS_KILL_KEY";

/// The writing process. Does nothing when run as a test.
#[tokio::test]
async fn child() {
    let (Ok(dir), Ok(key)) = (std::env::var(DIR), std::env::var(KEY)) else { return };
    let key: RecoveryKey = key.parse().unwrap();
    let vault = open(dir.as_ref(), &key, u64::from(std::process::id())).await.unwrap();
    let stored = check(&vault, stored(&vault).await).await.unwrap();
    std::thread::spawn(|| {
        loop {
            say(".");
            (0..40).for_each(|_| std::thread::yield_now());
        }
    });
    let stopped = go_on(&vault, stored, |p| say(&format!("\n{} {}\n", p.batches, p.notes))).await;
    panic!("the vault failed: {:?}", stopped.unwrap_err());
}

/// In one write, so that nothing comes between; straight to the pipe, because a test's own output is captured.
fn say(text: &str) {
    std::io::stderr().write_all(text.as_bytes()).unwrap();
}

/// What is stored, before it is checked.
async fn stored(vault: &Vault) -> Progress {
    let batches = i64::try_from(vault.count(salus_wire::Category::HeartRate).await.unwrap()).unwrap() / BATCH;
    let list = vault.cabinet().list("notes").await.unwrap();
    let notes = list.iter().map(|(_, v)| i64::from_be_bytes(v[..8].try_into().unwrap()) + 1).max();
    Progress { batches, notes: notes.unwrap_or(0) }
}

/// Starts a writer, kills it after `acknowledgements` and then `dots`, and returns the last that it acknowledged.
fn write_and_kill(dir: &Path, key: &RecoveryKey, acknowledgements: u32, dots: u32) -> Option<Progress> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--nocapture"])
        .env(DIR, dir)
        .env(KEY, key.to_text().as_str())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A small buffer: what is read ahead would blur the moment.
    let mut pipe = BufReader::with_capacity(64, child.stderr.take().unwrap());
    let mut said = Vec::new();
    let mut lines = 0;
    while lines < acknowledgements && pipe.read_until(b'\n', &mut said).unwrap() > 0 {
        lines = u32::try_from(parse(&said).count()).unwrap();
    }
    let mut dot = [0];
    for _ in 0..dots {
        pipe.read_exact(&mut dot).unwrap();
        said.extend(dot);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What it still said before it died was acknowledged as well.
    pipe.read_to_end(&mut said).unwrap();
    let text = String::from_utf8_lossy(&said);
    assert!(!text.contains("panicked"), "the writer failed by itself:\n{text}");
    parse(&said).last()
}

/// The acknowledgements among the dots; a last line without its end was not said whole.
fn parse(said: &[u8]) -> impl Iterator<Item = Progress> {
    said.split_inclusive(|b| *b == b'\n').filter_map(|line| {
        let text = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
        let (batches, notes) = text.split_once(' ')?;
        Some(Progress { batches: batches.parse().ok()?, notes: notes.parse().ok()? })
    })
}

async fn kill(times: u32) {
    let seed = seed();
    let mut random = rng(seed);
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    let mut known = Progress::default();
    for round in 0..times {
        let (acknowledgements, dots) = (random.random_range(0..8), random.random_range(0..600));
        known = write_and_kill(dir.path(), &key, acknowledgements, dots).unwrap_or(known);
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
