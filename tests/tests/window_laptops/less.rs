//! A daughter reads less: which measurements are left to her, what that means, and what holds then.

use anyhow::{Result, ensure};
use salus_tests::stage::{Dress, Person};
use serde_json::json;

use crate::acts::to_part;
use crate::cast::DAUGHTER;

const HELPERS: &str = "helpers";
const LINE: &str = "main .entries > li";
const DIALOG: &str = "dialog[open]";
const NEW_KEYS: &str = "#family-new-keys";

pub(crate) async fn is_left_to_the_daughter(elder: &Person) -> Result<()> {
    let stage = &elder.stage;
    elder
        .look_there("less", async || {
            to_part(elder, HELPERS).await?;
            elder.click_on(&format!("{LINE} .row > button:not(.stop)")).await?;
            elder.stage.see(&format!("{DIALOG} .choices")).await
        })
        .await?;
    stage.reads(&format!("{DIALOG} h2"), &format!("What may {DAUGHTER} still read?")).await?;
    let agrees = format!("return document.querySelectorAll('{DIALOG} .danger').length;");
    ensure!(elder.run(&agrees).await? == json!(0), "as much as before counts as less");

    stage.click("Blood pressure").await?;
    stage.see(&format!("{DIALOG} .danger")).await?;
    stage.reads(DIALOG, &format!("For 72 hours {DAUGHTER} permits nothing.")).await?;
    stage.reads(DIALOG, &format!("What {DAUGHTER} could read before, {DAUGHTER} may still have.")).await?;
    elder.look("less-chosen", Dress::PLAIN).await?;
    elder.click_on(&format!("{DIALOG} .danger")).await?;
    stage.reads_no_more("body", "still read?").await?;

    stage.reads_under(LINE, DAUGHTER, "Read heart rate and let clinicians see it").await?;
    elder
        .look_there("less-done", async || {
            to_part(elder, HELPERS).await?;
            elder.stage.see(&format!("{NEW_KEYS} p")).await
        })
        .await?;
    stage.reads(NEW_KEYS, "New readings are under new keys since").await?;
    stage
        .reads(NEW_KEYS, &format!("What {DAUGHTER} could read of these before, they may still have."))
        .await?;
    stage.reads("main", &format!("{DAUGHTER} is to be allowed more. It takes effect")).await
}
