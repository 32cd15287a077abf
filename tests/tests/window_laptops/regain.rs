//! The computer after the lost one: the request, the circle that comes back 72 hours later, and the readings out of a backup.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use salus_tests::stage::town::{PRESSURES, RATES, Somebody};
use salus_tests::stage::{Dress, PASSPHRASE, Person};
use salus_wire::command as c;
use serde_json::Value;

use crate::acts::{answers, to_part};
use crate::cast::{self, ELDER, GUARDIAN, OTHER_GUARDIAN};

const REQUEST: &str = "#lost-computer";
const FOUND: &str = "[data-found]";
const REGAIN: &str = "Salus: get your readings back?";

/// The text for each guardian, with its digits. Gives the text.
pub(crate) async fn makes_a_request(fresh: &Person) -> Result<String> {
    to_part(fresh, "recovery").await?;
    fresh.stage.reads("#getting-back", "Nobody can yet.").await?;
    fresh.press("make-recovery-request").await?;
    fresh
        .look_there("request", async || {
            to_part(fresh, "recovery").await?;
            fresh.stage.see("#lost-digits").await
        })
        .await?;
    fresh.stage.reads(REQUEST, "Nothing has come back yet.").await?;
    fresh.text_of("regain-request").await
}

/// A guardian reads the same digits as the new computer shows, before anything is agreed to.
pub(crate) async fn is_compared(fresh: &Person, nour: &Somebody, request: &str) -> Result<()> {
    let read = nour.soon(c::CheckRecoveryRequest { code: request.to_owned() }).await?;
    let shown = fresh.words("#lost-digits").await?;
    ensure!(read.digits == shown && read.name == ELDER, "{read:?} is read, and {shown:?} shown");
    Ok(())
}

/// Once the guardians' agreement is in force: their digits are compared, and their parts come.
pub(crate) async fn takes_the_circle(fresh: &Person, nour: &Somebody) -> Result<()> {
    fresh.come_back().await?;
    fresh.is_fresh().await?;
    let came = |view: &Value| view["recovery"]["found"].as_array().is_some_and(|all| !all.is_empty());
    answers(fresh, "get_family", "what guardians give back", came).await?;
    fresh
        .look_there("found", async || {
            to_part(fresh, "recovery").await?;
            fresh.stage.see(&format!("{FOUND} .main")).await
        })
        .await?;
    fresh.stage.reads(FOUND, &format!("This computer speaks for {ELDER} now")).await?;
    let helped = cast::helped(nour, "the guardian's digits", |helped| helped.back.is_some()).await?;
    fresh.stage.reads(FOUND, &helped.back.context("no digits")?).await?;
    fresh.click_on(&format!("{FOUND} .main")).await?;
    let enough = |view: &Value| view["parts"]["enough"] == true;
    answers(fresh, "get_family", "enough parts", enough).await.map(drop)
}

/// Asked outside the page, then for the file; the record lies beside this one, with a recovery key that is shown once.
pub(crate) async fn takes_the_readings(fresh: &Person, disk: &Path) -> Result<()> {
    let stage = &fresh.stage;
    // It is what comes first until it is done.
    fresh
        .look_there("parts", async || {
            fresh.go("home").await?;
            fresh.go("family").await?;
            fresh.stage.see("#regain-passphrase").await
        })
        .await?;
    for guardian in [GUARDIAN, OTHER_GUARDIAN] {
        stage.reads_under("#readings-back li", guardian, "Gave back a part that fits").await?;
    }
    stage.reads("#readings-back", "There are enough parts. Choose a backup file").await?;
    fresh.type_into("regain-passphrase", PASSPHRASE).await?;
    let asks = async || {
        fresh.press("regain-readings").await?;
        let question = stage.native(REGAIN).await?;
        stage.photograph("fresh-native-regain.png").await?;
        question.press(&["Tab", "Return"]).await?;
        question.gone().await
    };
    stage.opens(&newest(disk)?, asks).await?;
    stage.see("#readings-regained").await?;
    fresh.look("regained", Dress::PLAIN).await?;
    let all = PRESSURES.len() + RATES.len();
    stage.reads("#readings-regained", &format!("{all} readings are in your record.")).await?;
    stage.reads("#readings-regained", "It is shown this one time: write it down now.").await?;
    let groups = stage.key_groups().await?.len();
    ensure!(groups == 9, "the recovery key has {groups} groups");
    fresh.press("open-regained").await?;
    stage.see("#unlock").await?;
    fresh.wake().await
}

/// The newest backup in a folder.
fn newest(folder: &Path) -> Result<PathBuf> {
    let mut backups = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        backups.extend(Some(path).filter(|path| path.extension().is_some_and(|end| end == "age")));
    }
    backups.into_iter().max().context("no backup is on the disk")
}
