//! A clinician asks for readings, and the patient gives less.

use anyhow::{Result, ensure};
use salus_tests::stage::{Dress, Person};
use serde_json::{Value, json};
use thirtyfour::By;

use crate::ANA;
use crate::shares::{self, PATIENT};

const NOTE: &str = "J. Brandt, asked";
const WORDS: &str = "After your visit on Monday.";
const LINE: &str = "main .entries > li";

/// The form, filled in: two kinds of readings, why, of when, for how long, and a sentence. Gives the code that says so.
pub(crate) async fn for_readings(ana: &Person) -> Result<String> {
    ana.look_there("asks", async || {
        ana.go("home").await?;
        ana.go("code").await?;
        ana.type_into("note", NOTE).await?;
        ana.unfold("input[name=ask-category]").await?;
        for category in ["HeartRate", "BloodPressure"] {
            shares::chooses(ana, "ask-category", category).await?;
        }
        ana.stage.see("#ask-purpose").await?;
        ana.stage.window.find(By::Css("#ask-purpose option[value='2']")).await?.click().await?;
        shares::chooses(ana, "ask-back", "30").await?;
        ana.click_on("label:has(input[name=ask-new])").await?;
        shares::chooses(ana, "ask-lasts", "14").await?;
        ana.type_into("ask-words", WORDS).await?;
        ana.stage.see("#make-code:enabled").await
    })
    .await?;
    let purpose = ana.text_of("ask-purpose").await?;
    ensure!(purpose == "2", "the purpose is {purpose:?}");
    ana.press("make-code").await?;
    ana.stage.see("#copy-text").await?;
    ana.look("asks-code", Dress::PLAIN).await?;
    let code = ana.text_of("copy-text").await?;
    ana.look_at("home", "main .entries", "asks-waiting").await?;
    ana.stage.reads("main .entries", NOTE).await?;
    Ok(code)
}

/// The form begins with exactly what was asked for. More is said to be more; less needs no word.
pub(crate) async fn is_narrowed(josef: &Person, code: &str) -> Result<()> {
    let stage = &josef.stage;
    shares::begins(josef, code).await?;
    let asked =
        format!("{ANA} asks for: heart rate and blood pressure of the last 30 days and of the next 14 days");
    stage.reads("main .asked", &asked).await?;
    stage.reads("main .asked", "to follow up after a visit.").await?;
    stage.reads("main .asked q", WORDS).await?;
    for (group, value) in
        [("category", "HeartRate"), ("category", "BloodPressure"), ("readings", "asked"), ("until", "14")]
    {
        stage.see(&format!("label:has(input[name={group}][value='{value}']:checked)")).await?;
    }
    josef.look("asked", Dress::PLAIN).await?;

    shares::chooses(josef, "until", "30").await?;
    shares::are_kept(josef, |choices| choices["window"]["until"] == json!({ "Days": 30 })).await?;
    let wider = async || {
        shares::comes_back_to_the_choices(josef).await?;
        stage.see("main form [role=status] .caution").await
    };
    josef.look_again("asked-wider", wider).await?;
    stage.reads("main form [role=status]", "More than was asked for: a longer permission.").await?;

    shares::chooses(josef, "until", "1").await?;
    shares::chooses(josef, "category", "HeartRate").await?;
    stage.reads_no_more("main form", "More than was asked for").await?;
    let narrowed = |choices: &Value| {
        choices["window"]["until"] == json!({ "Days": 1 })
            && choices["categories"] == json!(["blood_pressure"])
    };
    shares::are_kept(josef, narrowed).await?;
    let narrower = async || {
        shares::comes_back_to_the_choices(josef).await?;
        stage.see("label:has(input[name=until][value='1']:checked)").await
    };
    josef.look_again("asked-narrowed", narrower).await?;
    let sentence = shares::gives(josef, "asked").await?;
    ensure!(sentence.contains("to follow up after a visit"), "{sentence}");
    ensure!(sentence.contains("blood pressure") && !sentence.contains("heart rate"), "{sentence}");
    ensure!(!sentence.contains(WORDS), "words of their own are signed: {sentence}");
    Ok(())
}

/// With its purpose, and what was given instead of what was asked for.
pub(crate) async fn arrives_as_given(ana: &Person) -> Result<()> {
    ana.go("home").await?;
    ana.stage.reads_under(LINE, PATIENT, NOTE).await?;
    ana.stage.reads_under(LINE, PATIENT, "Purpose given: Follow-up after a visit").await?;
    ana.look_at("home", "main .entries [data-purpose]", "asked-given").await?;
    let words = "return document.querySelector('main .entries > li:has([data-purpose])').innerText;";
    let words = ana.run(words).await?;
    let words = words.as_str().unwrap_or_default();
    ensure!(words.contains("Blood pressure") && !words.contains("Heart rate"), "given is {words}");
    Ok(())
}
