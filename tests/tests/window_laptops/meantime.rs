//! What was measured on the new computer before the record was back, taken over into it.

use anyhow::Result;
use salus_tests::stage::town::{MINUTE, PRESSURES, RATES, Town};
use salus_tests::stage::{PASSPHRASE, Person};
use serde_json::json;

use crate::acts::{answers, held, to_part};

const MEANTIME: &str = "#meantime";

/// One reading, in the record of the meantime.
pub(crate) async fn measures(town: &Town, fresh: &Person) -> Result<()> {
    let values = json!([
        { "quantity": "systolic", "value": "160" }, { "quantity": "diastolic", "value": "90" },
    ]);
    let at = town.now() - MINUTE;
    let reading =
        json!({ "category": "blood_pressure", "values": values, "at": at, "note": "on the new one" });
    fresh.stage.ask("type_reading", reading).await.map(drop)
}

/// With the passphrase of that record; here is then everything.
pub(crate) async fn is_taken_over(fresh: &Person) -> Result<()> {
    let stage = &fresh.stage;
    let before = u64::try_from(PRESSURES.len() + RATES.len())?;
    answers(fresh, "get_overview", "the readings of before", |view| held(view) == before).await?;
    fresh
        .look_there("meantime", async || {
            to_part(fresh, "recovery").await?;
            fresh.stage.see("#meantime-passphrase").await
        })
        .await?;
    stage.reads(MEANTIME, "While this record was lost you used another one on this computer.").await?;
    stage.see("#take-over-meantime:disabled").await?;
    fresh.type_into("meantime-passphrase", PASSPHRASE).await?;
    fresh.press("take-over-meantime").await?;
    stage.reads(MEANTIME, "1 reading in all.").await?;
    fresh
        .look_again("meantime-taken", async || {
            to_part(fresh, "recovery").await?;
            fresh.stage.see(&format!("{MEANTIME} p[role=status]")).await
        })
        .await?;
    answers(fresh, "get_overview", "what was measured meanwhile", |view| held(view) == before + 1)
        .await
        .map(drop)
}
