//! A scale that keeps several people apart, and a strap that records an electrocardiogram when it is told to.

use anyhow::{Result, ensure};
use salus_tests::stage::{Dress, PICTURES};
use thirtyfour::{By, Key};

use crate::acts::Acts;
use crate::room::{RECORDS, SCALE};

pub(crate) async fn a_scale_asks_who_it_is(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    acts.add(SCALE).await?;
    acts.says(SCALE, "This device keeps several people apart.").await?;
    acts.show(SCALE).await?;
    acts.look_closely("person-unsaid", "li[data-state=Connected] .main").await?;

    // The dialog is the page's own: it has to be opened in each dress.
    if std::env::var_os(PICTURES).is_some() {
        for dress in Dress::OTHERS.into_iter().filter(|d| d.locale == "en") {
            stage.dress(dress).await?;
            stage.click("I have a number on it").await?;
            stage.see("dialog[open] #person-save").await?;
            stage.photograph(&format!("devices-person-dialog-{}.png", dress.name)).await?;
            stage.press(Key::Escape).await?;
        }
        stage.dress(Dress::PLAIN).await?;
    }

    // A number that it does not know with this code.
    stage.click("I have a number on it").await?;
    stage.reads("dialog[open] h2", "Your number on Bathroom scale").await?;
    stage.window.find(By::Id("person-number")).await?.send_keys("300").await?;
    stage.reads("dialog[open]", "The number is at most 254.").await?;
    acts.look("person-too-great").await?;
    stage.window.find(By::Id("person-number")).await?.send_keys(Key::Backspace + Key::Backspace).await?;
    stage.window.find(By::Id("person-code")).await?.send_keys("0412").await?;
    acts.look("person-number").await?;
    stage.click("Save").await?;
    acts.says(SCALE, "does not know this number with this code").await?;
    acts.show(SCALE).await?;
    acts.look("person-not-known").await?;

    stage.click("Add me to Bathroom scale").await?;
    acts.says(SCALE, "You are number 1 on this device.").await?;
    ensure!(acts.household.residents().len() == 1, "added once");
    acts.show(SCALE).await?;
    acts.look("person-known").await
}

pub(crate) async fn an_electrocardiogram_is_recorded(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    acts.add(RECORDS).await?;
    // Over an open link it sends no more than the heart rate.
    acts.says(RECORDS, "The link to this device is not encrypted.").await?;
    stage.click("Pair Recording strap").await?;
    acts.says(RECORDS, "Record an electrocardiogram, 30 seconds").await?;
    acts.show(RECORDS).await?;
    acts.look("ecg-ready").await?;
    stage.click("Record an electrocardiogram, 30 seconds").await?;
    acts.says(RECORDS, "Sit still and breathe calmly.").await?;
    acts.show(RECORDS).await?;
    acts.look_closely("ecg-running", "li[data-state=Connected] [role=status]").await?;
    stage.click("Stop recording").await?;
    acts.says(RECORDS, "Recorded and stored.").await?;
    acts.show(RECORDS).await?;
    acts.look("ecg-done").await
}
