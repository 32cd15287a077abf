//! An opened record as it is printed: whose it is, what was granted and who printed it, the charts and their figures; nothing to press,
//! no notes to the patient, and black on white whatever the colours of the screen. And the button asks the web view to print it.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::acts::{MEMBER, Person};
use crate::clinician::NAME;

/// What nobody can use on paper, or was never meant for it.
const NOTHING_TO_PRESS: &str = "button, a.button, summary, form, fieldset, input, select, textarea, dialog, nav, .rail, .band, .back, \
                                .segments, .no-print, .said-room";

pub(crate) async fn is_as_it_is_printed(person: &Person) -> Result<()> {
    let stage = &person.stage;
    let headline = ".print-only";
    ensure!(stage.shown(headline).await?.is_empty(), "the headline of the paper is on the screen");
    ensure!(!stage.shown(".no-print").await?.is_empty(), "nothing is for the screen alone");
    person.run("document.documentElement.dataset.theme = 'dark';").await?;
    let outcome = stage
        .on_paper(async || {
            let left = stage.shown(NOTHING_TO_PRESS).await?;
            ensure!(left.is_empty(), "on paper there are {left:?}");
            let by = format!("Printed by {NAME}");
            for words in ["Readings of Maria Keller", by.as_str(), "cannot be taken back"] {
                stage.reads(headline, words).await?;
            }
            stage.reads("main .consent", "Maria Keller lets you see heart rate and blood pressure").await?;
            stage.reads("main", &format!("Released by {MEMBER}.")).await?;
            for category in ["BloodPressure", "HeartRate"] {
                stage.see(&format!("section[data-category={category}] svg.scene circle")).await?;
            }
            is_black_on_white(person).await?;
            stage.photograph("clinician-on-paper.png").await
        })
        .await;
    person.run("document.documentElement.dataset.theme = 'light';").await?;
    outcome?;
    ensure!(stage.shown(headline).await?.is_empty(), "the screen is the paper");
    is_asked_for(person).await
}

/// By its button, once: to a window that is driven the web view shows no dialog, so what it is asked is heard in its place.
async fn is_asked_for(person: &Person) -> Result<()> {
    let hear = "window.own = window.print; window.asked = 0; window.print = () => { window.asked += 1; };";
    person.run(hear).await?;
    person.press("print-record").await?;
    let asked = person.run("window.print = window.own; delete window.own; return window.asked;").await?;
    ensure!(asked == json!(1), "the web view is asked to print {asked} times");
    Ok(())
}

/// As drawn: a colour may be written in many ways.
async fn is_black_on_white(person: &Person) -> Result<()> {
    let script =
        "const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const drawn = (colour) => {
            pen.fillStyle = colour;
            pen.fillRect(0, 0, 1, 1);
            return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
        };
        const body = getComputedStyle(document.body);
        return [drawn(body.backgroundColor), drawn(body.color)];";
    let colours = person.run(script).await?;
    ensure!(colours == json!([[255, 255, 255], [0, 0, 0]]), "paper and ink are {colours}");
    Ok(())
}
