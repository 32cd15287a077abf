//! Readings from a file, in the real window: chosen in the desktop's own question, looked at before anything is stored, kept, and taken out again as a whole.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use salus_tests::network::{PATIENCE, eventually};
use serde_json::json;
use thirtyfour::Key;

use super::over_time::press;
use super::{Acts, HOUR};

/// What was typed before; a copy of its oldest is in the file.
const BEFORE: u64 = 3;
const PREVIEW: &str = "section.import";
const PAST: &str = "section.past";

/// Of hours of this day that are over: the days that were summed up stay the same.
fn table(now: i64) -> String {
    let row = |ago: i64, value: &str, note: &str| format!("{},{value},{note}\n", now - ago * HOUR);
    let rows = [
        row(6, "70.9", "on the old scale"),
        row(5, "70.7", ""),
        row(4, "7000", "a slip of the pen"),
        row(3, "70.8", ""),
    ];
    format!("time_ms,weight (kg),note\n{}", rows.concat())
}

pub(super) async fn are_kept_and_taken_out(acts: &Acts, now: i64) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("weights.csv");
    std::fs::write(&file, table(now))?;
    acts.go("readings", "section.ways").await?;
    press(acts, "section.ways a[href$='/import']").await?;
    is_looked_at(acts, &file).await?;
    press(acts, "#import-leave").await?;
    acts.stage.see("#import-choose:not([aria-disabled=true])").await?;
    held(acts, BEFORE).await.context("what was left alone")?;

    is_looked_at(acts, &file).await?;
    acts.look("import-preview").await?;
    press(acts, "#import-keep").await?;
    acts.stage.reads(".proven[role=status]", "2 readings are in your record now.").await?;
    held(acts, BEFORE + 2).await.context("what was kept")?;
    acts.stage.see(&format!("{PAST} li[data-state=Kept]")).await?;
    acts.look("import-kept").await?;
    is_taken_out(acts).await?;
    held(acts, BEFORE).await.context("what was taken out")
}

/// How much would come, what is known, what is left out and why, and the newest: nothing is stored yet.
async fn is_looked_at(acts: &Acts, file: &Path) -> Result<()> {
    let stage = &acts.stage;
    stage.opens(file, async || press(acts, "#import-choose:not([aria-disabled=true])").await).await?;
    stage.takes_keyboard().await?;
    for words in [
        "2 readings would come into your record.",
        "The file is a table (CSV).",
        "Weight: 2 readings",
        "A file does not prove whose readings these are.",
        "1 note comes with them.",
        "1 reading is in your record already, and does not come twice.",
        "1 line is left out, and why",
        "on the old scale",
    ] {
        stage.reads(PREVIEW, words).await?;
    }
    press(acts, &format!("{PREVIEW} details[data-aside] > summary")).await?;
    stage.reads(PREVIEW, "No body gives this value. (1 time; line 4)").await?;
    held(acts, BEFORE).await.context("what is only looked at")
}

/// Whoever presses Enter without reading keeps it.
async fn is_taken_out(acts: &Acts) -> Result<()> {
    let (stage, undo) = (&acts.stage, format!("{PAST} li[data-state=Kept] button"));
    press(acts, &undo).await?;
    stage.reads("dialog[open]", "Every reading that came from the file").await?;
    // Without a line around it, perhaps: it was opened with the mouse.
    let keeps = eventually(PATIENCE, async || {
        let focused = stage.window.execute("return document.activeElement?.innerText;", vec![]).await.ok()?;
        (focused.json() == "Keep it").then_some(())
    });
    keeps.await.context("Enter does not keep it")?;
    acts.look("import-undo").await?;
    stage.press(Key::Enter).await?;
    stage.reads_no_more("body", "Every reading that came from the file").await?;
    press(acts, &undo).await?;
    press(acts, "dialog[open] #import-undo-yes").await?;
    stage.see(&format!("{PAST} li[data-state=Undone]")).await?;
    stage.reads(PAST, "2 readings were taken out again").await?;
    stage.reads_no_more("body", "Every reading that came from the file").await
}

/// So many weights are in the record.
async fn held(acts: &Acts, expected: u64) -> Result<()> {
    let overview = acts.stage.ask("get_overview", json!({})).await?;
    let weights = overview.as_array().into_iter().flatten().find(|each| each["category"] == "body_weight");
    let total = weights.and_then(|each| each["total"].as_u64());
    ensure!(total == Some(expected), "of {expected} weights the record has {total:?}");
    Ok(())
}
