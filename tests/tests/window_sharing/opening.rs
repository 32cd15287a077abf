//! The clinician opens what was shared: the inbox, the record with its charts and tables, and where it came from.

use anyhow::{Context, Result, ensure};
use salus_tests::stage::Dress;
use serde_json::{Value, json};
use thirtyfour::{By, Key};

use crate::acts::{Acts, MEMBER, Person, dresses};
use crate::patient::{PRESSURES, RATES};

/// Members release twice a minute at most; each opening gets a minute of its own.
pub(crate) const MINUTE: i64 = 61_000;
pub(crate) const PRESSURE: &str = "section[data-category=BloodPressure]";
const RATE: &str = "section[data-category=HeartRate]";

/// In the inbox, under the note of the code that was given out, with how long it still opens something.
pub(crate) async fn arrives(acts: &Acts, note: &str, left: &str) -> Result<()> {
    let (person, stage) = (&acts.clinician, &acts.clinician.stage);
    person.go("home").await?;
    stage.reads("main h1", "1 new record").await?;
    person.look_at("home", "main .entries [data-state=Active] a.main", "inbox").await?;
    stage.reads_under("main .entries > li", "Maria Keller", note).await?;
    stage.reads_under("main .entries > li", "Maria Keller", "Heart rate and blood pressure").await?;
    // Once: with the state where it is soon, else beside its end.
    stage.reads_under("main .entries > li", "Maria Keller", left).await
}

/// What the patient has to see of it.
pub(crate) struct Opened {
    /// How often it was opened.
    pub(crate) times: u32,
    /// The last receipt's fingerprint.
    pub(crate) receipt: Value,
}

/// Opened once in each dress.
pub(crate) async fn opens(acts: &mut Acts) -> Result<Opened> {
    let mut opened = Opened { times: 0, receipt: Value::Null };
    for dress in dresses() {
        // A page that begins anew on a record opens it again.
        acts.clinician.go("home").await?;
        acts.later(MINUTE)?;
        acts.clinician.is_fresh().await?;
        let (person, stage) = (&acts.clinician, &acts.clinician.stage);
        stage.dress(dress).await?;
        person.go("home").await?;
        stage.see("main .entries a.main").await?;
        stage.window.find(By::Css("main .entries a.main")).await?.click().await?;
        stage.see(&format!("{PRESSURE} svg.scene circle")).await.context("a chart")?;
        stage.see(&format!("{RATE} svg.scene circle")).await.context("a chart")?;
        opened.times += 1;
        person.look("opened", dress).await?;
        stage.window.find(By::Css(format!("{PRESSURE} > button"))).await?.click().await?;
        stage.see(&format!("{PRESSURE} table")).await?;
        stage.turn_to(PRESSURE, "").await?;
        person.look("opened-table", dress).await?;
        if !matches!(dress, Dress { name: "light", .. }) {
            continue;
        }
        rows_are_what_was_stored(person).await?;
        stage.window.find(By::Css(format!("{PRESSURE} > button"))).await?.click().await?;
        points_are_what_was_stored(person).await?;
        says_where_it_came_from(person).await?;
        let receipt = "return [...document.querySelectorAll('main .proof code')].pop().textContent;";
        opened.receipt = person.run(receipt).await?;
    }
    Ok(opened)
}

async fn rows_are_what_was_stored(person: &Person) -> Result<()> {
    let rows = "return [...document.querySelectorAll('section[data-category=BloodPressure] tbody tr')]
        .map((tr) => [...tr.querySelectorAll('td.number')].map((td) => td.innerText.trim()).slice(0, 2));";
    let newest_first: Vec<_> = PRESSURES.iter().rev().map(|(_, upper, lower)| [upper, lower]).collect();
    let shown = person.run(rows).await?;
    ensure!(shown == json!(newest_first), "the table shows {shown}");
    Ok(())
}

/// Each point of both charts, one by one with the arrow keys.
async fn points_are_what_was_stored(person: &Person) -> Result<()> {
    let pressure =
        PRESSURES.map(|(_, upper, lower)| format!("Upper value {upper} mmHg, Lower value {lower} mmHg"));
    let rate = RATES.map(|(_, rate)| format!("Heart rate {rate} per minute"));
    for (section, expected) in [(PRESSURE, pressure), (RATE, rate)] {
        let stage = &person.stage;
        stage.see(&format!("{section} svg.scene")).await?;
        person.run(&format!("document.querySelector('{section} svg.scene').focus();")).await?;
        let dots = format!("return document.querySelectorAll('{section} svg.scene .line-0 circle').length;");
        let dots = person.run(&dots).await?;
        ensure!(dots == json!(expected.len()), "{dots} dots for {} readings", expected.len());
        for (n, words) in expected.iter().enumerate() {
            stage.press(if n == 0 { Key::Home } else { Key::Right }).await?;
            stage.reads(&format!("{section} .reading-at"), words).await?;
        }
        stage.press(Key::Right).await?;
        stage.reads(&format!("{section} .reading-at"), &expected[expected.len() - 1]).await?;
    }
    Ok(())
}

/// The band on top, the computer, the member, and nothing of the patient's own notes.
async fn says_where_it_came_from(person: &Person) -> Result<()> {
    let stage = &person.stage;
    stage.reads("main .consent", "Maria Keller lets you see heart rate and blood pressure").await?;
    stage.reads("main", "From a computer enrolled on").await?;
    stage.reads("main", &format!("Released by {MEMBER}.")).await?;
    let notes = person.run("return document.body.innerText.includes('at home, sitting');").await?;
    ensure!(notes == json!(false), "the patient's own note is shown");
    Ok(())
}
