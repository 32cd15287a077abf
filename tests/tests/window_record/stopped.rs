//! Stop, on the screens of readings from a file, of backups and of the test with the paper: pressed while the work runs, it ends in a
//! calm sentence, and what was stopped leaves nothing half done that cannot be undone or begun again.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail, ensure};
use salus_tests::network::{PATIENCE, eventually};
use serde_json::{Value, json};
use thirtyfour::By;

use super::Acts;
use super::over_time::press;

/// Readings in the file, a second apart: many more than are stored between two looks at whether to go on.
const READINGS: i64 = 12_000;
/// Work as short as a backup of a small record may be over before anybody presses Stop: then it is begun again.
const TRIES: usize = 8;
const CANCELLED: &str = ".notice[data-code=cancelled]";
const TEST_CANCELLED: &str = "main form .notice[data-code=cancelled]";
const PAST: &str = "section.past";

/// In a record that holds nothing else and opens with this recovery key, and in the plain dress.
pub(super) async fn from_the_screen(acts: &Acts, key: &str, now: i64) -> Result<()> {
    // The first one is made by itself after half a minute, and would come in between.
    acts.stage.ask("make_backup", json!({})).await?;
    an_import(acts, now).await.context("an import")?;
    a_backup(acts).await.context("a backup")?;
    a_test(acts, key).await.context("a backup's test")?;
    // From where a person comes back to after the lock.
    acts.go("settings", "#verify-start").await
}

/// A part of the file is in the record, which says so, and is taken out again.
async fn an_import(acts: &Acts, now: i64) -> Result<()> {
    let stage = &acts.stage;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("cuff.csv");
    let mut table = String::from("time_ms,systolic,diastolic,pulse\n");
    for second in 60..60 + READINGS {
        writeln!(table, "{},121,79,61", now - second * 1_000)?;
    }
    std::fs::write(&file, table)?;
    acts.go("import", "#import-choose:not([aria-disabled=true])").await?;
    stage.opens(&file, async || press(acts, "#import-choose:not([aria-disabled=true])").await).await?;
    stage.takes_keyboard().await?;
    stage.begins_and_stops("#import-keep:not([aria-disabled=true])").await?;
    stage.see(CANCELLED).await?;
    stage.reads(PAST, "It was stopped: a part of it is in your record").await?;
    acts.look("import-stopped").await?;
    let there = readings(acts).await?;
    ensure!(there < READINGS.unsigned_abs(), "all of it was stored: {there}");

    press(acts, &format!("{PAST} li[data-state=Unfinished] button")).await?;
    press(acts, "dialog[open] #import-undo-yes").await?;
    stage.see(&format!("{PAST} li[data-state=Undone]")).await?;
    ensure!(readings(acts).await? == 0, "something of it is left");
    Ok(())
}

/// No backup comes of it, the screen says why, and the next one is made.
async fn a_backup(acts: &Acts) -> Result<()> {
    const BEGINS: &str = "#make-backup:not([aria-disabled=true])";
    let stage = &acts.stage;
    for _ in 0..TRIES {
        acts.go("backups", BEGINS).await?;
        let before = backups(acts).await?.0;
        stage.begins_and_stops(BEGINS).await?;
        stage.see(BEGINS).await?;
        if stage.window.find_all(By::Css(CANCELLED)).await?.is_empty() {
            continue;
        }
        acts.look("backup-stopped").await?;
        ensure!(backups(acts).await?.0 == before, "a backup that was stopped is there");
        press(acts, BEGINS).await?;
        let made = eventually(PATIENCE, async || {
            let (there, failure) = backups(acts).await.ok()?;
            (there > 0 && failure.is_null()).then_some(())
        });
        made.await.context("the next one is not made")?;
        stage.reads_no_more("main", "This was cancelled.").await?;
        return stage.see(BEGINS).await;
    }
    bail!("{TRIES} backups were made before they could be stopped")
}

/// A test that was stopped proves nothing and leaves nothing that it took out of the backup; the next one does.
async fn a_test(acts: &Acts, key: &str) -> Result<()> {
    const BEGINS: &str = "#rehearse:enabled:not([aria-disabled=true])";
    let stage = &acts.stage;
    for _ in 0..TRIES {
        // One that was over too soon has emptied the field.
        acts.type_into("rehearse-key", key).await?;
        let before = rehearsed(acts).await?;
        stage.begins_and_stops(BEGINS).await?;
        stage.see("#rehearse:not([aria-disabled=true])").await?;
        if stage.window.find_all(By::Css(TEST_CANCELLED)).await?.is_empty() {
            continue;
        }
        acts.look("test-stopped").await?;
        ensure!(rehearsed(acts).await? == before, "a test that was stopped counts");
        let left = stage.files()?.into_iter().map(|(file, _)| file);
        let left: Vec<_> =
            left.filter(|file| file.components().any(|c| c.as_os_str() == "rehearsal")).collect();
        ensure!(left.is_empty(), "what it took out is left: {left:?}");
        // The key is still there: nobody types it again.
        press(acts, BEGINS).await?;
        let counts =
            eventually(PATIENCE, async || rehearsed(acts).await.ok().filter(|now| *now != before).map(drop));
        counts.await.context("the next one does not count")?;
        stage.see("main form .proven[role=status]").await?;
        return stage.reads_no_more("main form", "This was cancelled.").await;
    }
    bail!("{TRIES} tests were over before they could be stopped")
}

/// When the last test was that counts.
async fn rehearsed(acts: &Acts) -> Result<Value> {
    Ok(acts.stage.ask("get_backups", json!({})).await?["rehearsed"].clone())
}

/// How many there are, and why the last one was not made.
async fn backups(acts: &Acts) -> Result<(usize, Value)> {
    let view = acts.stage.ask("get_backups", json!({})).await?;
    let there = view["backups"].as_array().map(Vec::len).with_context(|| format!("{view}"))?;
    Ok((there, view["failure"].clone()))
}

async fn readings(acts: &Acts) -> Result<u64> {
    let overview = acts.stage.ask("get_overview", json!({})).await?;
    let all = overview.as_array().with_context(|| format!("{overview}"))?;
    Ok(all.iter().filter_map(|each| each["total"].as_u64()).sum())
}
