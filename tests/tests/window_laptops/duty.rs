//! Sharing with those who are on duty: offered beside a clinician's code, said to be for nobody by name, and the sentence.

use anyhow::{Result, ensure};
use salus_tests::stage::town::MEMBER;
use salus_tests::stage::{Dress, Person};
use serde_json::json;

use crate::acts::answers;

/// As what the member has people on duty.
pub(crate) const ROLE: &str = "Night";

const OFFERED: &str = "main section[aria-labelledby=groups]";

pub(crate) async fn is_offered(elder: &Person) -> Result<()> {
    let stage = &elder.stage;
    let some = |view: &serde_json::Value| view.as_array().is_some_and(|all| !all.is_empty());
    answers(elder, "list_groups", "whoever is on duty", some).await?;
    elder.go("home").await?;
    elder.look_at("share", "main button.group", "share-groups").await?;
    stage.reads(OFFERED, &format!("{ROLE} · {MEMBER}")).await?;
    stage.reads(OFFERED, "Whoever of them opens your readings does it under their own name").await?;
    elder
        .look_there("share-on-duty", async || {
            elder.go("home").await?;
            elder.go("share").await?;
            elder.click_on("main button.group").await?;
            elder.stage.see("main .proven").await
        })
        .await?;
    stage.reads("main .proven", "This is for nobody by name: whoever is on duty there can open it").await?;
    // They have a condition of their own, and see readings.
    let others = "return document.querySelectorAll('input[name=detail], input[name=when]').length;";
    ensure!(elder.run(others).await? == json!(0), "other conditions are offered for those on duty");

    elder.click_on("label:has(input[name=category][value='BloodPressure'])").await?;
    elder.press("next").await?;
    stage.reads("main blockquote", &format!("Whoever is then on duty for {ROLE}, {MEMBER}")).await?;
    elder.look("share-on-duty-confirm", Dress::PLAIN).await
}
