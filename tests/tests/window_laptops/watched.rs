//! An added laptop in the person's circle: who decides, a recovery that nobody asked for on every screen of both, and the end of it.

use anyhow::{Context, Result, ensure};
use salus_tests::stage::Person;
use salus_tests::stage::town::{Somebody, Town};
use salus_wire::CircleId;
use salus_wire::command as c;
use salus_wire::view::Role;

use crate::acts::{answers, to_laptops, to_the_steps};
use crate::cast::{self, ELDER, GUARDIAN};

const NOTE: &str = "#recovery-note";
const CIRCLE: &str = "#family-watched";
const WAITS: &str = "a new one is to speak for them.";
const VETO: &str = "Salus: object to this?";

/// The first one decides, and this one was let object.
pub(crate) async fn sees_who_decides(second: &Person) -> Result<()> {
    let may = |view: &serde_json::Value| view["watched"]["may_object"] == true;
    answers(second, "get_family", "the word to object", may).await?;
    second.look_at("family", CIRCLE, "watched").await?;
    second.stage.reads(CIRCLE, "Who helps you is decided on your first laptop.").await?;
    second.stage.reads_no_more(CIRCLE, "This laptop cannot object yet").await
}

/// Somebody says in her name that she lost her computer, and both who can help her to get back believe it.
pub(crate) async fn hears_of_a_recovery(
    town: &Town,
    (first, second): (&Person, &Person),
    circle: CircleId,
    guardians: &[Somebody; 2],
) -> Result<()> {
    let thief = town.comes("thief", ELDER, Role::Patient).await?;
    let request = thief.soon(c::MakeRecoveryRequest {}).await?.recovery.context("there is no request")?;
    thief.leaves().await?;
    let [nour, samir] = guardians;
    cast::one_agrees(nour, circle, &request.code).await?;
    let said = format!("{GUARDIAN} says that you lost your first laptop. Others still have to agree.");
    second.wake().await?;
    second.stage.reads(NOTE, &said).await?;

    cast::another_agrees(samir, circle, &request.code).await?;
    let said = format!("{GUARDIAN} and others say that you lost your first laptop. From ");
    second.stage.reads(NOTE, &said).await?;
    second.stage.reads(NOTE, "another computer speaks for you.").await?;
    second.stage.reads(NOTE, "If you did not ask for this, object now. It ends at once.").await?;
    second.look_at("home", NOTE, "watched-note").await?;
    is_on_every_screen(second).await?;
    second.look_at("family", &format!("{CIRCLE} .row"), "watched-waits").await?;
    second
        .stage
        .reads(CIRCLE, &format!("{GUARDIAN} says that the person lost their computer: {WAITS}"))
        .await?;

    first.wake().await?;
    first.stage.reads(NOTE, &format!("{GUARDIAN} and others say that you lost this computer. From ")).await
}

/// Whatever she does at the moment, also on screens that no words at the side lead to.
async fn is_on_every_screen(second: &Person) -> Result<()> {
    let at_the_side =
        ["readings", "devices", "share", "permissions", "activity", "members", "settings", "family"];
    for screen in at_the_side {
        second.go(screen).await?;
        second.stage.see(NOTE).await.with_context(|| format!("the screen {screen} says nothing"))?;
    }
    to_laptops(second).await?;
    second.stage.see(NOTE).await.context("the screen of the laptops says nothing")?;
    to_the_steps(second).await?;
    second.stage.see(NOTE).await.context("the steps after a loss say nothing")
}

/// By the one button of the note; on both laptops it is over.
pub(crate) async fn objects(first: &Person, second: &Person) -> Result<()> {
    second.go("home").await?;
    second.stage.see(&format!("{NOTE} .danger")).await?;
    second.run(&format!("document.querySelector('{NOTE} .danger').id = 'note-object';")).await?;
    let said = second.agrees("note-object", VETO, "native-veto").await?;
    ensure!(!said.trim().is_empty(), "the question has no words");
    second.stage.reads_no_more("body", "you lost your first laptop").await?;
    first.stage.reads_no_more("body", "you lost this computer").await?;
    second.look_at("family", CIRCLE, "watched-ended").await?;
    second.stage.reads_no_more(CIRCLE, WAITS).await
}
