//! What a clinician does with an opened record besides reading it: the first look, two times compared, one category over time, a mark;
//! then the list of patients, searched and sorted.

use anyhow::{Context, Result, ensure};
use salus_tests::network::{PATIENCE, eventually};
use serde_json::json;
use thirtyfour::By;

use crate::acts::{Acts, Person};
use crate::opening::{MINUTE, PRESSURE};

const RATE: &str = "[data-over-time=HeartRate]";
const ROW: &str = ".patients tbody tr";

/// From the opened record to the list, with everything as it was found.
pub(crate) async fn works(person: &Person) -> Result<()> {
    let stage = &person.stage;
    stage.reads("#first-look", "Days with readings").await?;
    stage.reads("#first-look", "Too few days to compare").await?;
    compares(person).await?;
    looks_over_time(person).await?;
    press(person, ".opened-page .flag[aria-pressed=false]").await?;
    stage.see(".opened-page .flag[aria-pressed=true]").await?;
    finds(person).await
}

/// The record again, by the list: in a minute of its own.
pub(crate) async fn opens_from_the_list(acts: &mut Acts) -> Result<()> {
    acts.later(MINUTE)?;
    let person = &acts.clinician;
    person.is_fresh().await?;
    person.go("patients").await?;
    press(person, &format!("{ROW}[data-state=Active] .acts a.button")).await?;
    person.stage.see(&format!("{PRESSURE} svg.scene circle")).await.context("a chart, from the list")
}

/// Nothing that stays on top of the page lies over it.
async fn press(person: &Person, selector: &str) -> Result<()> {
    person.stage.see(selector).await?;
    let found = person.stage.window.find(By::Css(selector)).await?;
    found.scroll_into_view().await?;
    found.click().await.with_context(|| selector.to_owned())
}

/// All of it was measured in the last week; a time of one's own is as long as its dates say.
async fn compares(person: &Person) -> Result<()> {
    let stage = &person.stage;
    stage.reads(".compare", "was measured in the second period only").await?;
    stage.reads(".compare", "4 values").await?;
    press(person, ".compare label:has(input[value=own])").await?;
    stage.see("#compare-0").await?;
    stage.see("#compare-3").await?;
    press(person, ".compare label:has(input[value='14'])").await?;
    stage.reads_no_more(".compare", "Second period, last day").await?;
    stage.reads(".compare", "was measured in the second period only").await
}

/// Closer is another time than all of it, and all of it is there again.
async fn looks_over_time(person: &Person) -> Result<()> {
    let stage = &person.stage;
    press(person, &format!("{RATE} > .row button")).await?;
    stage.see(&format!("{RATE} svg.scene")).await?;
    // Of so few days nothing is usual yet, and that is said.
    stage.see(&format!("{RATE} [data-band=few]")).await?;
    let shown = format!("{RATE} p[role=status]");
    let whole = person.words(&shown).await?;
    for (button, is_whole) in [("closer", false), ("whole", true)] {
        press(person, &format!("{RATE} [data-move={button}]")).await?;
        let moved = eventually(PATIENCE, async || {
            let now = person.words(&shown).await.ok()?;
            ((now == whole) == is_whole).then_some(())
        });
        moved.await.with_context(|| format!("{button} does not lead from or to {whole}"))?;
    }
    Ok(())
}

/// The mark is in the list, is found there, and goes again.
async fn finds(person: &Person) -> Result<()> {
    let stage = &person.stage;
    person.go("patients").await?;
    for words in ["Maria Keller", "Flagged", "Too few days to compare"] {
        stage.reads(ROW, words).await?;
    }
    person.type_into("patients-search", "nobody of this name").await?;
    stage.reads("main", "Nothing fits what you typed.").await?;
    person.type_into("patients-search", "maria pressure").await?;
    stage.reads("main [role=status]", "1 of 1 shown").await?;
    for order in ["descending", "ascending"] {
        press(person, ".patients [data-sort=Last]").await?;
        stage.see(&format!(".patients th[aria-sort={order}] [data-sort=Last]")).await?;
    }
    let sorted = "return document.querySelectorAll('.patients th:not([aria-sort=none])[aria-sort]').length;";
    ensure!(person.run(sorted).await? == json!(1), "it is sorted by one column");
    press(person, ".patients .flag[aria-pressed=true]").await?;
    stage.see(".patients .flag[aria-pressed=false]").await?;
    stage.reads_no_more(ROW, "Flagged").await
}
