//! Helpers and emergencies, as far as one patient and one clinician see them: the screens about families, a code for somebody to
//! help, the card that is made and printed, and what the clinician is shown who reads it.
//!
//! Another dress begins the page anew, so what a screen came to is done again in each.

use anyhow::{Result, ensure};
use thirtyfour::By;

use crate::acts::{Acts, PASSPHRASE, Person, dresses};

const CARD: &str = "Salus: make this emergency card?";

/// Nobody helps yet; the clinician's code is shown with its digits on both sides, before anything is decided.
pub(crate) async fn are_looked_at(acts: &Acts) -> Result<()> {
    let (patient, clinician) = (&acts.patient, &acts.clinician);
    patient.look_at("family", "main details:has(#family-code)", "family").await?;
    for dress in dresses() {
        clinician.stage.dress(dress).await?;
        clinician.go("family").await?;
        clinician.press("make-family-code").await?;
        clinician.stage.see("#family-digits").await?;
        clinician.look("family-code", dress).await?;
    }
    let code = clinician.text_of("family-code-text").await?;
    let digits = clinician.words("#family-digits").await?;
    for dress in dresses() {
        patient.stage.dress(dress).await?;
        patient.go("family").await?;
        patient.stage.see("main details").await?;
        patient.stage.window.find(By::Css("main details:has(#family-code) > summary")).await?.click().await?;
        patient.stage.paste_into("family-code", &code).await?;
        patient
            .stage
            .window
            .find(By::Css("form:has(#family-code) button[type=submit]"))
            .await?
            .click()
            .await?;
        patient.stage.see("#family-passphrase").await?;
        ensure!(patient.words("main").await?.contains(&digits), "both see the digits {digits}");
        patient.look("family-add", dress).await?;
    }
    Ok(())
}

/// The card is confirmed outside the page; what is printed is its text and nothing of the readings.
pub(crate) async fn have_a_card(acts: &Acts) -> Result<String> {
    let (person, stage) = (&acts.patient, &acts.patient.stage);
    for dress in dresses() {
        stage.dress(dress).await?;
        to_the_card(person, "#card-begin").await?;
        person.look("card-none", dress).await?;
        person.press("card-begin").await?;
        stage.see("#card-passphrase").await?;
        person.look("card-make", dress).await?;
    }
    person.type_into("card-passphrase", PASSPHRASE).await?;
    person.press("card-make").await?;
    let dialog = stage.native(CARD).await?;
    stage.photograph("patient-native-card.png").await?;
    dialog.press(&["Tab", "Return"]).await?;
    dialog.gone().await?;
    for dress in dresses() {
        stage.dress(dress).await?;
        to_the_card(person, "#card-show").await?;
        person.look("card", dress).await?;
        person.press("card-show").await?;
        stage.see("#card-printed").await?;
        person.look("card-printed", dress).await?;
    }
    let said = person.words("#card-printed .printed").await?;
    ensure!(
        !said.contains("mmHg") && !said.contains("lood pressure"),
        "nothing of health is printed: {said}"
    );
    person.words("#card-printed code").await
}

/// Read with its text as on paper: whose it is, why it is opened, and both ways.
pub(crate) async fn are_read_in_an_emergency(acts: &Acts, card: &str) -> Result<()> {
    let (person, stage) = (&acts.clinician, &acts.clinician.stage);
    person.look_at("emergency", "#card", "emergency").await?;
    for dress in dresses() {
        stage.dress(dress).await?;
        person.go("emergency").await?;
        stage.paste_into("card", card).await?;
        person.press("read-card").await?;
        stage.see("label:has(input[name=reason])").await?;
        stage.window.find(By::Css("label:has(input[name=reason])")).await?.click().await?;
        stage.see("#announce").await?;
        person.look("emergency-read", dress).await?;
    }
    Ok(())
}

async fn to_the_card(person: &Person, there: &str) -> Result<()> {
    person.go("permissions").await?;
    let link = "main a.button[href$='/emergency']";
    person.stage.see(link).await?;
    person.stage.window.find(By::Css(link)).await?.click().await?;
    person.stage.see(there).await
}
