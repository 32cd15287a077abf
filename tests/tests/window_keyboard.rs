//! Three people who have never seen Salus, in real windows, with the keyboard alone and without documentation: a relative, whose computer
//! loses its power meanwhile, a clinician and a patient begin; the patient adds a strap, shares what it and others measured, and is told
//! what the clinician wrote; the clinician opens it, scores the vital signs, reads it point by point and writes; the patient stops it, and
//! the clinician's window says so. (A family's approval with the keyboard alone is in `window_family`.)
//!
//! Nothing is clicked and nothing is focused by a script: whatever is pressed was reached with Tab and the arrow keys, by its name. There
//! the focus has to be seen, in the window and with a line around it; Tab has to go on from everything; what Escape closes gives the
//! focus back. With `SALUS_PICTURES=FOLDER` each step is photographed. Needs what `window_sharing` needs.

#[path = "window_keyboard/clinician.rs"]
mod clinician;
#[path = "window_keyboard/devices.rs"]
mod devices;
#[path = "window_keyboard/first_run.rs"]
mod first_run;
#[path = "window_keyboard/opening.rs"]
mod opening;
#[path = "window_keyboard/patient.rs"]
mod patient;
#[path = "window_keyboard/relative.rs"]
mod relative;
#[path = "window_keyboard/sharing.rs"]
mod sharing;
#[path = "window_keyboard/stopping.rs"]
mod stopping;
#[path = "window_keyboard/town.rs"]
mod town;

use anyhow::{Context, Result};
use salus_tests::keyboard::Keys;

use town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn strangers_find_their_way_with_the_keyboard_alone() -> Result<()> {
    let mut town = Town::begin().await?;
    // Both are looked at whatever becomes of the first: a run takes minutes.
    let family = Box::pin(a_relative(&town)).await.context("the relative");
    let care = Box::pin(a_patient_and_a_clinician(&mut town)).await.context("the patient and the clinician");
    town.network.stop().await?;
    match (family, care) {
        (Err(family), Err(care)) => Err(family.context(format!("and also: {care:?}"))),
        (family, care) => family.and(care),
    }
}

async fn a_relative(town: &Town) -> Result<()> {
    let leila = town.window("relative", None).await?;
    let outcome = Box::pin(relative::makes_a_record(&leila)).await;
    if outcome.is_err() {
        return leila.stage.end(outcome, "keyboard-relative-failed.png").await;
    }
    let leila = Box::pin(town.loses_power(leila, "relative")).await.context("after a loss of power")?;
    let outcome = Box::pin(relative::begins_again(&leila)).await;
    leila.stage.end(outcome, "keyboard-relative-failed.png").await
}

async fn a_patient_and_a_clinician(town: &mut Town) -> Result<()> {
    let ines = town.window("clinician", None).await?;
    let outcome = async {
        let code = clinician::begins(town, &ines).await?;
        let maria = town.window("patient", Some(town.bluez.address())).await?;
        let outcome = Box::pin(care(town, &maria, &ines, &code)).await;
        maria.stage.end(outcome, "keyboard-patient-failed.png").await
    };
    let outcome = Box::pin(outcome).await;
    ines.stage.end(outcome, "keyboard-clinician-failed.png").await
}

async fn care(town: &mut Town, maria: &Keys, ines: &Keys, code: &str) -> Result<()> {
    patient::begins(maria).await?;
    devices::adds_a_strap(town, maria).await?;
    patient::measured_before(town, maria).await?;
    sharing::gives_a_permission(maria, code).await?;
    opening::opens(town, ines).await?;
    opening::scores_the_vital_signs(ines).await?;
    opening::reads_point_by_point(ines).await?;
    opening::writes_a_note(ines).await?;
    patient::reads_the_note(maria).await?;
    stopping::stops(maria).await?;
    stopping::sees_that_it_is_over(ines).await
}
