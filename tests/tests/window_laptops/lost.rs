//! The steps after a loss on the laptop that is left: new keys, what the lost one cannot do any more, and what is still to be done.

use anyhow::{Result, ensure};
use salus_tests::stage::{PASSPHRASE, Person};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::acts::{answers, to_the_steps};
use crate::cast::ANA;
use crate::pairing::{self, KITCHEN};

const STEPS: &str = "main ol.steps";
const RETIRED: &str = "#retired";
const NEW_KEYS: &str = "Salus: begin new keys?";

/// With the passphrase, and asked outside the page, because another laptop goes out and the circle gets another key.
pub(crate) async fn begins_new_keys(first: &Person) -> Result<()> {
    let stage = &first.stage;
    first
        .look_there("lost", async || {
            to_the_steps(first).await?;
            first.stage.see("#renew-keys").await
        })
        .await?;
    stage.reads(STEPS, "Was it one of your other laptops? Remove it").await?;
    stage.reads(STEPS, KITCHEN).await?;
    stage.reads(STEPS, &format!("{ANA}, until")).await?;
    stage.see("#renew-keys:disabled").await?;
    first.type_into("renew-passphrase", PASSPHRASE).await?;
    let said = first.agrees("renew-keys", NEW_KEYS, "native-new-keys").await?;
    ensure!(said.contains(KITCHEN) && said.contains("your family's circle"), "the question says {said:?}");

    stage.see(RETIRED).await?;
    let done = |view: &Value| {
        let retired = &view["retired"];
        retired["given_again"] == 1 && retired["still"] == 0 && retired["circle"] == "new"
    };
    answers(first, "get_lost", "the end of what the lost laptop can do", done).await?;
    first
        .look_there("lost-retired", async || {
            to_the_steps(first).await?;
            first.stage.see(&format!("{RETIRED} .points > li")).await
        })
        .await?;
    for words in [
        "What the lost laptop cannot do any more",
        "What is given from now on cannot be stopped with its keys, and they say nothing in your name.",
        "1 permission was given again with new keys: the lost laptop cannot stop it.",
        &format!("Your laptop “{KITCHEN}” is out of your record."),
        "A new key speaks for you in your family's circle, and the lost laptop for nobody.",
    ] {
        stage.reads(RETIRED, words).await?;
    }
    stage.reads(STEPS, "New readings are under new keys since").await?;
    let begins = first.run("return document.querySelector('#renew-keys') === null;").await?;
    ensure!(begins == json!(true), "new keys can be begun a second time");
    Ok(())
}

/// From the list to the laptops, where the other one's code is typed letter by letter: four of each word, in capitals. A word
/// that is none is named while it is typed, with the one that was perhaps meant.
pub(crate) async fn types_the_code(first: &Person, code: &str) -> Result<()> {
    to_the_steps(first).await?;
    first.click_on(&format!("{RETIRED} a[href$='/laptops']")).await?;
    first.type_into("laptop-code", "cege ").await?;
    first.stage.reads("#laptop-heard-said", "Did you mean “cage”?").await?;
    let short = |word: &str| word.chars().take(4).collect::<String>().to_uppercase();
    let short: Vec<String> = code.split(' ').map(short).collect();
    first.type_into("laptop-code", &short.join(" ")).await?;
    first.stage.reads("#laptop-heard-said", pairing::UNDERSTOOD).await?;
    pairing::is_read(first).await
}

/// Out of a backup, on the computer after the lost one: what cannot be undone is asked first. Escape keeps it, Enter without reading as
/// well.
pub(crate) async fn withdraws_the_lost_one(fresh: &Person) -> Result<()> {
    const FOR_GOOD: &str = "This cannot be undone: the earlier computer cannot be enrolled again";
    let stage = &fresh.stage;
    fresh.is_fresh().await?;
    let enrolled = |view: &Value| {
        let before = &view["computers"][0];
        before["enrolled"].is_i64() && before["withdrawn"].is_null()
    };
    answers(fresh, "get_lost", "the enrolment of the computer before", enrolled).await?;
    fresh
        .look_there("lost-withdraw", async || {
            to_the_steps(fresh).await?;
            fresh.press("withdraw-lost").await?;
            fresh.stage.see("dialog[open] #withdraw-lost-yes").await
        })
        .await?;
    for leaves in [Key::Escape, Key::Enter] {
        stage.reads("dialog[open]", FOR_GOOD).await?;
        stage.has_focus("withdraw-lost-no").await?;
        stage.press(leaves).await?;
        stage.reads_no_more("body", FOR_GOOD).await?;
        fresh.press("withdraw-lost").await?;
    }
    answers(fresh, "get_lost", "an enrolment that was left", enrolled).await?;
    fresh.press("withdraw-lost-yes").await?;
    stage.reads(STEPS, "The earlier computer's enrolment was withdrawn on").await?;
    let done = fresh.run("return document.querySelector('dialog, #withdraw-lost') === null;").await?;
    ensure!(done == json!(true), "it can be withdrawn a second time");
    Ok(())
}

/// The other one belongs to the record again.
pub(crate) async fn nothing_is_left_to_compare(first: &Person) -> Result<()> {
    let nobody = |view: &Value| view["retired"]["to_compare"] == json!([]);
    answers(first, "get_lost", "nothing to compare any more", nobody).await?;
    to_the_steps(first).await?;
    first.stage.see(RETIRED).await?;
    first.stage.reads_no_more(RETIRED, "is out of your record").await
}
