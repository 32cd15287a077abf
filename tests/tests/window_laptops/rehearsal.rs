//! Whether it would work: guardians show that they hold the right part of what opens a backup, and backups lie elsewhere.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::stage::Person;
use salus_tests::stage::town::{Somebody, Town};
use salus_wire::command as c;
use salus_wire::view::PartState;
use serde_json::json;

use crate::acts::to_part;
use crate::cast::{GUARDIAN, OTHER_GUARDIAN};

const LINE: &str = "#getting-back li";

/// How often the same question is answered: the letter with the part may be on its way.
const TRIES: usize = 6;
/// How long an answer may take to be taken in.
const TAKEN: Duration = Duration::from_secs(8);

/// One guardian has shown that they hold their part, and a backup lies on a disk of its own. Gives the disk's folder.
pub(crate) async fn is_prepared(town: &Town, maria: &Somebody, samir: &Somebody) -> Result<PathBuf> {
    let question = maria.soon(c::AskRehearsal {}).await?.text;
    let shown = async || {
        let code = samir.ok(c::AnswerRehearsal { code: question.clone() }).await.ok()?.text;
        let own = maria.ok(c::AddRehearsalAnswer { code }).await.ok()?.own?;
        own.recovery.guardians.iter().any(|guardian| guardian.part == PartState::Right).then_some(())
    };
    eventually(PATIENCE, shown).await.context("the guardian never shows the right part")?;
    let disk = town.dir.path().join("disk");
    std::fs::create_dir(&disk)?;
    maria.answers.choose(Some(&disk));
    let view = maria.soon(c::ChooseBackupFolder { own: false }).await?;
    ensure!(!view.backups.is_empty() && view.failure.is_none(), "{view:?}");
    Ok(disk)
}

/// One text for all of them, and the answer of the one who has not answered yet.
pub(crate) async fn is_played(elder: &Person, nour: &Somebody) -> Result<()> {
    let stage = &elder.stage;
    elder
        .look_there("getting-back", async || {
            to_part(elder, "recovery").await?;
            elder.stage.see(&format!("{LINE}[data-part=right]")).await
        })
        .await?;
    stage.reads("#getting-back", "2 of these 2 people together can say").await?;
    stage.reads_under(LINE, OTHER_GUARDIAN, "Their computer holds the right part").await?;
    stage.reads_under(LINE, GUARDIAN, "Has not shown yet that their computer holds its part").await?;
    let elsewhere = elder.run("return document.querySelector('#backups-here') === null;").await?;
    ensure!(elsewhere == json!(true), "a backup on a disk of its own is said to lie here only");

    elder
        .look_there("rehearsal", async || {
            to_part(elder, "recovery").await?;
            elder.unfold("#ask-rehearsal").await?;
            elder.press("ask-rehearsal").await?;
            elder.stage.see("#trial-question").await
        })
        .await?;
    stage.reads("#getting-back", "Send the same text to each of them.").await?;
    let question = elder.text_of("trial-question").await?;
    shows_the_part(elder, nour, &question).await?;
    elder
        .look_there("rehearsal-right", async || {
            to_part(elder, "recovery").await?;
            elder.stage.see(&format!("{LINE}[data-part=right]")).await
        })
        .await?;
    stage.reads_under(LINE, GUARDIAN, "Their computer holds the right part").await
}

async fn shows_the_part(elder: &Person, nour: &Somebody, question: &str) -> Result<()> {
    for _ in 0..TRIES {
        let answer = nour.soon(c::AnswerRehearsal { code: question.to_owned() }).await?.text;
        elder.stage.paste_into("rehearsal-answer", &answer).await?;
        elder.click_on("form:has(#rehearsal-answer) button[type=submit]:enabled").await?;
        if eventually(TAKEN, async || holds_it(elder).await).await.is_some() {
            return Ok(());
        }
    }
    bail!("{GUARDIAN} does not show the right part: {}", elder.words("#getting-back").await?)
}

async fn holds_it(elder: &Person) -> Option<()> {
    let view = elder.stage.ask("get_family", json!({})).await.ok()?;
    let mut all = view["own"]["recovery"]["guardians"].as_array()?.iter();
    all.any(|guardian| guardian["name"] == GUARDIAN && guardian["part"] == "right").then_some(())
}
