//! Daily summaries: as a patient gives them, and all that a clinician sees of them.

use anyhow::{Result, ensure};
use salus_tests::stage::{Dress, Person};
use serde_json::{Value, json};

use crate::shares;
use crate::town::{PRESSURES, Town};

const NOTE: &str = "J. Brandt, days";
const ONLY: &str = "Only daily summaries and no readings";
const PRESSURE: &str = "section[data-category=BloodPressure]";

pub(crate) async fn are_given(josef: &Person, ana: &Person) -> Result<()> {
    let code = shares::code(ana, NOTE).await?;
    shares::begins(josef, &code).await?;
    shares::chooses(josef, "category", "BloodPressure").await?;
    shares::chooses(josef, "detail", "days").await?;
    josef
        .stage
        .reads("main form", "A day can be seen only after it is over, at most about 18 hours later.")
        .await?;
    // Whenever, at certain hours, or with a second clinician: around an appointment there are no days.
    let script = "return [...document.querySelectorAll('input[name=when]')].map((input) => input.value);";
    let others = josef.run(script).await?;
    ensure!(others == json!(["whenever", "hours", "second"]), "{others} are offered");
    let kept = |choices: &Value| {
        choices["condition"]["daily"] == true && choices["categories"] == json!(["blood_pressure"])
    };
    shares::are_kept(josef, kept).await?;
    josef
        .look_again("days", async || {
            shares::comes_back_to_the_choices(josef).await?;
            josef.stage.see("label:has(input[name=detail][value=days]:checked)").await
        })
        .await?;
    shares::gives(josef, "days").await?;
    josef.stage.reads("main .condition", ONLY).await
}

/// A table and a picture of days that are over. The reading of three hours ago is of none of them.
pub(crate) async fn are_opened(town: &mut Town, ana: &Person) -> Result<()> {
    let there = format!("{PRESSURE} :is(svg.scene, table)");
    shares::opens(town, ana, NOTE, &there, "days-opened").await?;
    ana.stage.reads("main", "Only daily summaries are shared").await?;
    ana.stage.reads("main .condition", ONLY).await?;
    if ana.run(&format!("return document.querySelector('{PRESSURE} table') === null;")).await? == json!(true)
    {
        ana.click_on(&format!("{PRESSURE} > button")).await?;
    }
    ana.stage.reads(&format!("{PRESSURE} table"), "Day (UTC)").await?;
    ana.stage.turn_to(PRESSURE, "").await?;
    ana.look("days-table", Dress::PLAIN).await?;
    let table = ana.words(&format!("{PRESSURE} table")).await?;
    let (_, upper, lower) = PRESSURES[0];
    ensure!(table.contains(upper) && table.contains(lower), "the first day is not there: {table}");
    let (_, upper, _) = PRESSURES[PRESSURES.len() - 1];
    ensure!(!table.contains(upper), "a day that is not over is there: {table}");
    Ok(())
}
