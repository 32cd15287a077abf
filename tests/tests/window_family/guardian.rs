//! A guardian's window: the part that is still held, and a new computer that asks to speak for somebody.

use anyhow::{Result, ensure};
use salus_tests::stage::{Dress, PASSPHRASE, Person};
use salus_wire::command as c;
use serde_json::json;
use thirtyfour::By;

use crate::circle::{ELDER, GUARDIAN};
use crate::daughter::SECTION;
use crate::elder::Request;
use crate::town::Somebody;

const AGREE: &str = "Salus: does this computer speak for them?";

/// The question comes as a text, and the answer goes back as one; nothing changes by it.
pub(crate) async fn answers_a_rehearsal(nour: &Person, maria: &Somebody) -> Result<()> {
    nour.look_at("family", "[data-circle] .band-name", "guarding").await?;
    nour.stage.reads("[data-circle] .band-name", ELDER).await?;
    nour.stage.reads(SECTION, &format!("You can help {ELDER} to get back in after a lost computer.")).await?;
    nour.stage
        .reads(SECTION, &format!("which opens nothing by itself. You see no readings of {ELDER}."))
        .await?;
    let links = nour.run("return document.querySelectorAll('[data-circle] a.button').length;").await?;
    ensure!(links == json!(0), "a guardian is offered {links} ways to readings");

    let question = maria.soon(c::AskRehearsal {}).await?.text;
    nour.look_there("rehearsal", async || {
        nour.go("family").await?;
        nour.unfold("#rehearsal-question").await?;
        nour.stage.paste_into("rehearsal-question", &question).await?;
        nour.click_on("form:has(#rehearsal-question) button[type=submit]:enabled").await?;
        nour.stage.see("[data-circle] .copy > textarea").await
    })
    .await?;
    nour.stage.reads("[data-circle] .copy", &format!("Your answer for {ELDER}")).await?;
    let code = nour.text_of("held-answer").await?;
    let own = maria.soon(c::AddRehearsalAnswer { code }).await?.own;
    let held = own.iter().flat_map(|own| &own.recovery.guardians).filter(|guardian| guardian.held.is_some());
    let held: Vec<&str> = held.map(|guardian| guardian.name.as_str()).collect();
    ensure!(held == [GUARDIAN], "{held:?} answered");
    Ok(())
}

/// The digits are those on the new computer's screen; without comparing them, or without a passphrase, nothing is agreed to.
pub(crate) async fn agrees_to_a_new_computer(nour: &Person, request: &Request) -> Result<()> {
    nour.look_there("request", async || {
        nour.go("family").await?;
        nour.unfold("#recovery-request").await?;
        nour.stage.paste_into("recovery-request", &request.code).await?;
        nour.click_on("form:has(#recovery-request) button[type=submit]:enabled").await?;
        nour.stage.see("#guard-passphrase").await
    })
    .await?;
    nour.stage.reads(SECTION, &request.digits).await?;
    let hers = format!("The owner of the new computer calls themselves {ELDER}.");
    nour.stage.reads(SECTION, &hers).await?;
    nour.type_into("guard-passphrase", PASSPHRASE).await?;
    nour.stage.see("#agree-recovery:disabled").await?;
    nour.click_on("form:has(#guard-passphrase) label.choice").await?;
    let said = nour.agrees("agree-recovery", AGREE, "native-recovery").await?;
    ensure!(said.contains(&request.digits) && said.contains(ELDER), "the question says {said:?}");
    nour.stage.reads(SECTION, "1 more helper has to agree.").await?;
    nour.look("agreed", Dress::PLAIN).await
}

/// Until when it can be ended, and by whom it was said; whoever can end it has the button.
pub(crate) async fn sees_what_waits(nour: &Person) -> Result<()> {
    nour.go("family").await?;
    let words =
        format!("{GUARDIAN} says that the person lost their computer: a new one is to speak for them.");
    nour.stage.reads(SECTION, &words).await?;
    nour.stage.reads(SECTION, "It takes effect").await?;
    nour.look_at("family", "[data-circle] h3", "waits").await?;
    nour.stage.reads(SECTION, "To decide").await?;
    // A guardian agrees to a request in hand, and not to whatever waits.
    let agree = nour.stage.window.find_all(By::Css("[data-change] button.main")).await?.len();
    ensure!(agree == 0, "a guardian could agree to what waits without the digits");
    Ok(())
}

pub(crate) async fn sees_that_nothing_waits(nour: &Person) -> Result<()> {
    nour.go("family").await?;
    nour.stage.reads_no_more(SECTION, "a new one is to speak for them").await?;
    nour.look_at("family", "[data-circle] .band-name", "ended").await
}
