//! Scales that keep several people apart: one has no room for anybody, one stays silent.

use anyhow::{Context, Result, ensure};
use salus_devices::gatt::user_data::ask::PATIENCE as SILENCE;
use salus_tests::network::eventually;
use salus_tests::stage::room::PATIENCE;
use thirtyfour::By;

use crate::acts::Acts;
use crate::cast::{FULL, SILENT};

const APART: &str = "This device keeps several people apart.";

pub(crate) async fn a_scale_adds_nobody(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    acts.add(FULL).await?;
    acts.says(FULL, APART).await?;
    acts.press(FULL, "Add me to Family scale").await?;
    acts.says(
        FULL,
        "Family scale did not add you. It has no room, or people are added only on the device itself.",
    )
    .await?;
    acts.says(FULL, "Add yourself there, then enter your number and code here.").await?;
    ensure!(acts.full.residents().len() == 1, "it is full");
    acts.look_at_line("person-not-added", FULL).await?;

    // The person does what the sentence says.
    acts.full.add(2, 412);
    acts.press(FULL, "I have a number on it").await?;
    stage.reads("dialog[open] h2", "Your number on Family scale").await?;
    stage.window.find(By::Id("person-number")).await?.send_keys("2").await?;
    stage.window.find(By::Id("person-code")).await?.send_keys("0412").await?;
    stage.click("Save").await?;
    acts.says(FULL, "You are number 2 on this device. Your code on it is 0412.").await?;
    stage.reads_no_more("main", "did not add you").await
}

pub(crate) async fn a_scale_stays_silent(acts: &Acts) -> Result<()> {
    acts.add(SILENT).await?;
    acts.says(SILENT, APART).await?;
    acts.press(SILENT, "Add me to Hall scale").await?;
    acts.says(SILENT, "Hall scale is being asked.").await?;
    let asked = eventually(PATIENCE, async || (acts.silent.asked().len() == 1).then_some(()));
    asked.await.context("it is asked")?;
    acts.show(SILENT).await?;
    acts.look("person-asking").await?;
    acts.later(SILENCE)?;
    acts.says(SILENT, "Hall scale did not answer.").await?;
    acts.says(SILENT, "Before you try again, look on the device whether it has added you.").await?;
    acts.look_at_line("person-no-answer", SILENT).await?;
    ensure!(acts.silent.asked().len() == 1, "nobody is added twice");
    Ok(())
}
