//! A note on a day of the record, in the real window: written, changed, removed and brought back; and one on a reading.

use anyhow::{Context, Result, ensure};
use thirtyfour::{By, Key};

use super::Acts;
use super::over_time::{chosen, length, press};

const TEXT: &str = "Slept badly, and walked after supper.";
const CHANGED: &str = "Slept well.";
/// What every reading here was typed with.
const OF_A_READING: &str = "before breakfast";
const NOTES: &str = "section.notes";
const NOTE: &str = "section.notes [data-note=day]";

pub(super) async fn are_written(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    acts.go("readings", "#note-write:enabled").await?;
    stage.reads(NOTES, "There is no note on these days yet.").await?;

    press(acts, "#note-write").await?;
    stage.has_focus("note-text").await?;
    stage.see("#note-keep:disabled").await?;
    stage.type_text(TEXT).await?;
    acts.look("note").await?;
    is_kept(acts, TEXT).await?;

    press(acts, &format!("{NOTE} button")).await?;
    holds(acts, TEXT).await?;
    acts.type_into("note-text", CHANGED).await?;
    is_kept(acts, CHANGED).await?;
    stage.reads_no_more(NOTES, TEXT).await?;

    // Whoever only looks at it changes nothing.
    press(acts, &format!("{NOTE} button")).await?;
    acts.type_into("note-text", TEXT).await?;
    stage.press(Key::Escape).await?;
    stage.reads_no_more("body", "Nobody you share with sees it.").await?;
    stage.reads(NOTE, CHANGED).await?;
    is_removed_and_brought_back(acts).await?;
    one_of_a_reading(acts).await
}

async fn is_kept(acts: &Acts, text: &str) -> Result<()> {
    press(acts, "#note-keep:enabled").await?;
    acts.stage.reads(NOTES, "The note is kept.").await?;
    acts.stage.reads(NOTE, text).await
}

async fn holds(acts: &Acts, text: &str) -> Result<()> {
    acts.stage.see("dialog[open] #note-text").await?;
    let held = acts.stage.window.find(By::Id("note-text")).await?.prop("value").await?;
    ensure!(held.as_deref() == Some(text), "the note is there as {held:?}");
    Ok(())
}

async fn is_removed_and_brought_back(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    press(acts, &format!("{NOTE} button")).await?;
    press(acts, "#note-remove").await?;
    stage.reads(NOTES, "The note is removed.").await?;
    stage.reads(NOTES, "There is no note on these days yet.").await?;
    acts.look("note-removed").await?;
    press(acts, "#note-undo").await?;
    stage.reads(NOTES, "The note is back.").await?;
    stage.reads(NOTE, CHANGED).await.context("what was brought back")
}

/// Of the day's newest, in the table: the same box, with what stands there.
async fn one_of_a_reading(acts: &Acts) -> Result<()> {
    press(acts, &length("day")).await?;
    acts.stage.see(&chosen("day")).await?;
    press(acts, ".series > button").await?;
    press(acts, ".series [data-note=reading]").await?;
    acts.stage.reads("dialog[open] h2", "Your note on a reading").await?;
    holds(acts, OF_A_READING).await?;
    acts.type_into("note-text", CHANGED).await?;
    press(acts, "#note-keep:enabled").await?;
    acts.stage.reads(NOTES, "The note is kept.").await?;
    acts.stage.reads(".series table", CHANGED).await?;
    acts.stage.reads(".series table", OF_A_READING).await.context("the others keep theirs")
}
