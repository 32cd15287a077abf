//! A record that does not open comes out of a backup, beside what is left of it: once stopped while it is taken out, which leaves no
//! record, and then to its end.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use salus_tests::stage::{Stage, slow};
use serde_json::json;
use thirtyfour::{By, Key};

use super::{PASSPHRASE, home, press, unlock};

const BEGINS: &str = "#restore:enabled:not([aria-disabled=true])";
const WORKS: &str = "main form .progress[role=status]";

/// From the lock screen of the damaged record, whose recovery key this is.
pub(super) async fn comes_out_of_a_backup(stage: &Stage, key: &str) -> Result<()> {
    let octets = std::fs::read(newest(&stage.record().join("backups"))?)?;
    unlock(stage).await?;
    press(stage, "#have-backup").await?;
    for (field, text) in [("restore-key", key), ("passphrase", PASSPHRASE)] {
        stage.see(&format!("#{field}")).await?;
        let field = stage.window.find(By::Id(field)).await?;
        field.send_keys(Key::Control + "a").await?;
        field.send_keys(text).await?;
    }
    is_stopped(stage, &octets).await.context("stopped")?;
    // The key and the passphrase are still there: nobody types them again.
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("whole.age");
    std::fs::write(&file, &octets)?;
    stage.opens(&file, async || press(stage, BEGINS).await).await?;
    stage.takes_keyboard().await?;
    stage.see("[data-nav]").await.context("the record out of the backup")?;
    home(stage).await?;
    let held = stage.ask("get_overview", json!({})).await?;
    ensure!(held[0]["total"] == 1 && records(stage)? == 1, "what came out of it: {held}");
    Ok(())
}

/// In the middle of the file, by the button that is there for it.
async fn is_stopped(stage: &Stage, octets: &[u8]) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("slow.age");
    slow::put(&file).await?;
    stage.opens(&file, async || press(stage, BEGINS).await).await?;
    stage.takes_keyboard().await?;
    let rest = slow::half(&file, octets).await?;
    stage.reads(WORKS, "Taking your record out of the backup").await?;
    stage.is_fit_to_be_seen().await.context("while it is taken out")?;
    stage.photograph("care-restore-works.png").await?;
    stage.click("Stop").await?;
    // Each question comes after that word, on the same way.
    rest.comes(async || stage.ask("get_app", json!({})).await.map(drop)).await?;
    stage.see("main form .notice[data-code=cancelled]").await?;
    stage.see(BEGINS).await?;
    stage.is_fit_to_be_seen().await.context("once it was stopped")?;
    stage.photograph("care-restore-stopped.png").await?;
    let app = stage.ask("get_app", json!({})).await?;
    ensure!(app["profile"].is_null() && records(stage)? == 0, "something was made of half a backup: {app}");
    Ok(())
}

/// How many records there are beside the first one.
fn records(stage: &Stage) -> Result<usize> {
    let people = stage.record().join("people");
    if !people.exists() {
        return Ok(0);
    }
    let mut found = 0;
    for person in std::fs::read_dir(people)? {
        found += usize::from(person?.path().join("record/keyslots").exists());
    }
    Ok(found)
}

/// The newest backup of one record: their names end with their times.
fn newest(folder: &Path) -> Result<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        all.push(entry?.path());
    }
    all.retain(|file| file.extension().is_some_and(|extension| extension == "age"));
    all.into_iter().max().context("there is no backup")
}
