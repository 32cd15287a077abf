//! The clinician opens what was shared, scores the vital signs, reads it point by point, and writes a note.

use anyhow::{Context, Result, bail};
use salus_tests::keyboard::Keys;
use thirtyfour::{By, Key};

use crate::clinician::NOTE;
use crate::patient::{PATIENT, PRESSURES};
use crate::town::Town;

/// What the clinician writes.
pub(crate) const TEXT: &str = "Please measure twice in the evening too.";

/// Members release twice a minute at most; each opening gets a minute of its own.
const RELEASE: i64 = 61_000;
/// The sealed parts may still be on their way to the members.
const TRIES: usize = 3;
const NEWS: &str = "details.news";
const PRESSURE: &str = "section[data-category=BloodPressure]";

pub(crate) async fn opens(town: &mut Town, ines: &Keys) -> Result<()> {
    let stage = &ines.stage;
    ines.goes("Inbox", "home").await?;
    stage.reads("main h1", "1 new record").await?;
    stage.reads_under("main .entries > li", PATIENT, NOTE).await?;
    ines.look("inbox").await?;
    let chart = format!("{PRESSURE} svg.scene circle");
    let mut last = String::new();
    for _ in 0..TRIES {
        ines.press(&format!("Open {PATIENT}'s readings")).await?;
        // What it came to: that, a refusal, or a record without readings.
        stage.see(&format!("{chart}, main .notice[data-code], main .series.bare")).await?;
        if !stage.window.find_all(By::Css(chart.as_str())).await?.is_empty() {
            return ines.look("opened").await;
        }
        last = stage.window.find(By::Css("main")).await?.text().await?;
        ines.press("Back to the inbox").await?;
        stage.see("main .entries a.main").await?;
        town.later(RELEASE)?;
        ines.is_fresh().await?;
    }
    bail!("in {TRIES} openings there was no chart; the last came to: {last}")
}

/// What no sensor tells is said by the clinician; then there is a score of one hour, with its points: two for the oxygen alone.
pub(crate) async fn scores_the_vital_signs(ines: &Keys) -> Result<()> {
    let stage = &ines.stage;
    ines.press("Early warning score (NEWS2)").await?;
    stage.see(&format!("{NEWS}[open] #news-score:disabled")).await?;
    for words in ["Breaths 16", "97 %", "36.8 °C"] {
        stage.reads(NEWS, words).await?;
    }
    ines.picks("How alert was the person?", "Al", "alert").await?;
    ines.chooses("news-breathing", "Oxygen").await?;
    ines.press("Work out the score").await?;
    let said = format!("{NEWS} [role=status]");
    for words in ["NEWS2: 2, low risk", "respiration 0", "air or oxygen 2", "Of readings of"] {
        stage.reads(&said, words).await?;
    }
    ines.look("news").await
}

/// The arrow keys say one point after the other, and Tab goes on from the chart.
pub(crate) async fn reads_point_by_point(ines: &Keys) -> Result<()> {
    let stage = &ines.stage;
    ines.tab_to(PRESSURE, "Blood pressure: chart with…").await?;
    for (n, (_, upper, lower)) in PRESSURES.iter().enumerate() {
        stage.press(if n == 0 { Key::Home } else { Key::Right }).await?;
        let words = format!("Upper value {upper} mmHg, Lower value {lower} mmHg");
        stage.reads(&format!("{PRESSURE} .reading-at"), &words).await?;
    }
    ines.shows("Blood pressure: chart with…").await?;
    ines.look("reading").await?;
    ines.press_in(PRESSURE, "Show as a table").await?;
    stage.see(&format!("{PRESSURE} table")).await?;
    ines.press_in(PRESSURE, "Show as a chart").await?;
    stage.see(&format!("{PRESSURE} svg.scene")).await
}

/// As the question before a note is called, outside the page.
const SIGN: &str = "Salus: sign this note?";

/// The patient's computer says by itself where notes go.
pub(crate) async fn writes_a_note(ines: &Keys) -> Result<()> {
    let stage = &ines.stage;
    stage.see("#reply-text").await.context("the patient's computer says nowhere to write to")?;
    ines.types("Your note", TEXT).await?;
    ines.look("note").await?;
    ines.press(&format!("Sign and send to {PATIENT}")).await?;
    let question = stage.native(SIGN).await?;
    ines.look("note-native").await?;
    question.press(&["Tab", "Return"]).await?;
    question.gone().await?;
    stage.takes_keyboard().await?;
    stage.see(".replies [data-sent=true]").await?;
    stage.reads(".replies .letter", TEXT).await?;
    ines.look("note-sent").await
}
