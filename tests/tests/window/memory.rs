//! Adversary: reads the memory of the program that has the window, once the record is locked.
//!
//! SECURITY.md promises that no key of the record is left there. What was typed and shown went through the C libraries of the web view
//! too, which nobody wipes: it is looked for and told, and nothing is promised of it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use salus_tests::memory::{Needle, keys_of, seen};
use salus_tests::network::eventually;
use salus_tests::stage::Stage;
use salus_vault::RecoveryKey;
use thirtyfour::{By, Key};

use super::{NOTE, PASSPHRASE};

/// How long threads may take that end just when the record is locked.
const PATIENCE: Duration = Duration::from_secs(20);

/// The record is locked, and its recovery key is as it was shown.
pub(super) async fn holds_no_key(stage: &Stage, shown: &str) -> Result<()> {
    let key: RecoveryKey = shown.parse().context("the recovery key")?;
    let keys = keys_of(&stage.record().join("record"), &key).await?;
    let process = stage.process()?;
    // The search finds what is there.
    unlock(stage).await?;
    let open = seen(process, &keys)?;
    for held in ["the master key", "the key of the log", "the key of a series", "the signing seed"] {
        ensure!(open.contains(&held), "{held} is not found while it is in use: {open:?}");
    }
    lock(stage).await?;
    let clean = eventually(PATIENCE, async || seen(process, &keys).ok().filter(Vec::is_empty)).await;
    if clean.is_none() {
        let left = seen(process, &keys)?;
        ensure!(left.is_empty(), "in the memory of the program after the lock: {left:?}");
    }
    tell(&seen(process, &typed_and_shown(shown))?);
    Ok(())
}

/// What went through the web view.
fn typed_and_shown(shown: &str) -> Vec<Needle> {
    let groups: Vec<&str> = shown.split_whitespace().collect();
    vec![
        ("the passphrase", PASSPHRASE.as_bytes().to_vec()),
        ("a reading's note", NOTE.as_bytes().to_vec()),
        ("the recovery key as an answer", groups[..3].join("\",\"").into_bytes()),
    ]
}

#[expect(clippy::print_stderr, reason = "a finding that nothing is promised of")]
fn tell(left: &[&str]) {
    eprintln!("in the memory of the window's program after the lock, of what was typed and shown: {left:?}");
}

async fn unlock(stage: &Stage) -> Result<()> {
    stage.see("#unlock").await?;
    stage.window.find(By::Id("unlock")).await?.send_keys(PASSPHRASE).await?;
    stage.press(Key::Enter).await?;
    stage.see("[data-nav=home].here").await
}

async fn lock(stage: &Stage) -> Result<()> {
    stage.window.execute("window.beforeTheSearch = true;", vec![]).await?;
    stage.tab_to("lock").await?;
    stage.press(Key::Enter).await?;
    stage.is_new_page("beforeTheSearch").await?;
    stage.see("#unlock").await
}
