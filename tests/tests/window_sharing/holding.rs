//! The patient sees who holds what and who opened it, and stops it.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::{By, Key};

use crate::acts::{Acts, MEMBER, dresses};
use crate::clinician::NAME;
use crate::opening::Opened;

const LINE: &str = "main .entries > li";

pub(crate) async fn who_can_see_what(acts: &Acts, opened: &Opened) -> Result<()> {
    let (person, stage) = (&acts.patient, &acts.patient.stage);
    person.go("permissions").await?;
    let times =
        if opened.times == 1 { "Opened once".into() } else { format!("Opened {} times", opened.times) };
    stage.reads(LINE, &times).await?;
    person.look_at("permissions", "[data-state=Active] .stop", "permissions").await?;
    stage.reads("main h1", "1 permission is open").await?;
    for words in ["Open", "Heart rate and blood pressure", "Ends", "The member holds its part"] {
        stage.reads_under(LINE, NAME, words).await?;
    }
    Ok(())
}

/// Each opening with its proof, which is the clinician's own receipt.
pub(crate) async fn who_opened_what(acts: &Acts, opened: &Opened) -> Result<()> {
    let (person, stage) = (&acts.patient, &acts.patient.stage);
    person.look_at("activity", "[data-kind=Opened] .proof", "activity").await?;
    stage.reads("main", "This list is complete, proven up to").await?;
    stage.reads_under("[data-kind=Given]", "You gave", NAME).await?;
    let lines = person.run("return document.querySelectorAll('[data-kind=Opened]').length;").await?;
    ensure!(lines == json!(opened.times), "{lines} openings are told, {} were made", opened.times);
    stage.window.find(By::Css("[data-kind=Opened] .proof summary")).await?.click().await?;
    stage.reads("[data-kind=Opened] .proof", &format!("Signed by {MEMBER}")).await?;
    let newest =
        person.run("return document.querySelector('[data-kind=Opened] .proof code').textContent;").await?;
    ensure!(newest == opened.receipt, "the patient sees {newest}, the clinician {}", opened.receipt);
    Ok(())
}

/// Asked for in a sentence that names the person; whoever leaves it open changes nothing.
pub(crate) async fn stops(acts: &Acts) -> Result<()> {
    let (person, stage) = (&acts.patient, &acts.patient.stage);
    for dress in dresses() {
        stage.dress(dress).await?;
        person.go("permissions").await?;
        stage.see("[data-state=Active] .stop").await?;
        stage.window.find(By::Css("[data-state=Active] .stop")).await?.click().await?;
        stage.see("dialog[open] #stop-yes").await?;
        person.look("stop", dress).await?;
        stage.press(Key::Escape).await?;
        stage.see("[data-state=Active] .stop").await?;
    }
    stage.click("Stop this permission").await?;
    stage.reads("dialog[open] h2", &format!("Stop {NAME}'s permission?")).await?;
    stage.reads("dialog[open]", "What has already been opened cannot be taken back.").await?;
    // Whoever presses Enter without reading leaves it open.
    stage.press(Key::Enter).await?;
    stage.reads_no_more("body", "will no longer be able").await?;
    stage.see("[data-state=Active] .stop").await?;
    stage.click("Stop this permission").await?;
    person.press("stop-yes").await?;
    stage.see("[data-state=Stopped]").await.context("stopped")?;
    stage.reads("main h1", "Nobody has your permission").await?;
    person.look_at("permissions", "[data-state=Stopped]", "permissions-stopped").await
}
