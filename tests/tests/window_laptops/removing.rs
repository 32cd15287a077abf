//! A laptop is taken out of the record: the question with what cannot be undone, and what both show afterwards.

use anyhow::Result;
use salus_tests::stage::{PASSPHRASE, Person};
use serde_json::Value;

use crate::acts::{answers, to_laptops};
use crate::pairing::KITCHEN;

const REMOVE: &str = "Salus: remove this laptop?";

/// The second one, which has another number since it was compared again.
pub(crate) async fn is_taken_out(first: &Person) -> Result<()> {
    let stage = &first.stage;
    first
        .look_there("laptops-remove", async || {
            to_laptops(first).await?;
            first.click_on("#remove-laptop-2").await?;
            first.stage.see("dialog[open] #laptop-passphrase").await
        })
        .await?;
    stage.reads("dialog[open] h2", &format!("Remove {KITCHEN}?")).await?;
    stage.reads("dialog[open]", "also what it does not show yet: that cannot be taken back.").await?;
    stage.see("#laptop-remove-yes:disabled").await?;
    first.type_into("laptop-passphrase", PASSPHRASE).await?;
    first.press("laptop-remove-yes").await?;
    // Its words cannot be copied into the page below, which the page's own dialog keeps from the keyboard.
    let question = stage.native(REMOVE).await?;
    stage.photograph("first-native-remove.png").await?;
    question.press(&["Tab", "Return"]).await?;
    question.gone().await?;

    let shut_out = |view: &Value| {
        let all = view["laptops"].as_array().into_iter().flatten();
        all.filter(|one| one["this"] == false).all(|one| one["shut_out"] == true)
    };
    answers(first, "get_laptops", "that the members shut it out", shut_out).await?;
    first
        .look_again("laptops-removed", async || {
            to_laptops(first).await?;
            first.stage.see("#laptops > li:nth-child(2)").await
        })
        .await?;
    stage.reads_under("#laptops > li", KITCHEN, "Removed on").await
}

/// What a laptop shows that was taken out, and how it would come back.
pub(crate) async fn is_out(second: &Person, name: &str) -> Result<()> {
    answers(second, "get_laptops", "that it is out", |view| !view["removed"].is_null()).await?;
    second
        .look_there(name, async || {
            to_laptops(second).await?;
            second.stage.see("main .caution[role=status]").await?;
            second.stage.see("#show-laptop-code").await
        })
        .await?;
    second.stage.reads("main", "This laptop was removed from the record on").await?;
    second
        .stage
        .reads("main", "compare six digits with the new first laptop, to belong to the record again.")
        .await
}
