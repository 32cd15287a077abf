//! The clinician before anything is shared: first run, the request, the member's attestation, a code for a patient.

use anyhow::{Result, ensure};
use salus_tests::stage::{Dress, refused};
use salus_wire::view::Role;
use thirtyfour::Key;

use crate::acts::{Acts, MEMBER, PASSPHRASE, Person, dresses};

/// As a member confirms them.
pub(crate) const NAME: &str = "Dr Ines Clarke";
pub(crate) const ORGANISATION: &str = "Heart Clinic";

pub(crate) async fn first_run(person: &Person) -> Result<()> {
    let stage = &person.stage;
    person.press("next").await?;
    stage.see("input[name=role]").await?;
    person.click_on("label:has(input[value=clinician])").await?;
    person.press("next").await?;
    person.type_into("name", &format!("{NAME}, {ORGANISATION}")).await?;
    person.type_into("passphrase", PASSPHRASE).await?;
    stage.press(Key::Enter).await?;
    stage.see(".key").await?;
    person.press("skip").await?;
    // A clinician's first thing is the code, which has a place of its own below.
    stage.see("main[data-step=Begin] #make-code").await?;
    person.press("skip").await?;
    stage.see("main[data-step=Home]").await?;
    person.press("next").await?;
    stage.reads("main", "No shared records yet.").await?;
    stage.reads("[data-need=paper]", "not written down yet").await?;
    refused::while_open(stage, Role::Clinician).await?;
    person.look_at("home", ".empty", "inbox-empty").await
}

/// Nothing is given out before a member has confirmed who this is.
pub(crate) async fn is_attested(acts: &Acts) -> Result<()> {
    let (person, stage) = (&acts.clinician, &acts.clinician.stage);
    for dress in dresses() {
        stage.dress(dress).await?;
        person.go("code").await?;
        person.press("make-code").await?;
        stage.see("#attestation").await?;
        person.look("code-request", dress).await?;
    }
    let request = person.text_of("copy-text").await?;
    ensure!(!request.trim().is_empty(), "there is a request");
    // Their own request is no attestation.
    stage.paste_into("attestation", &request).await?;
    person.press("add-attestation").await?;
    stage.see(".notice[data-code=bad_code]").await?;
    let attestation = acts.network.attest(0, &request)?;
    stage.paste_into("attestation", &attestation).await?;
    person.press("add-attestation").await?;
    stage.reads("main section", MEMBER).await?;
    stage.reads_no_more("main", "Your organisation must confirm you first").await
}

/// A fresh code for one patient, under this note.
pub(crate) async fn code(acts: &Acts, note: &str) -> Result<String> {
    let (person, stage) = (&acts.clinician, &acts.clinician.stage);
    for dress in dresses() {
        stage.dress(dress).await?;
        person.go("code").await?;
        if matches!(dress, Dress { name: "light", .. }) {
            person.type_into("note", note).await?;
        }
        person.press("make-code").await?;
        stage.see("#copy-text").await?;
        person.look("code-ready", dress).await?;
    }
    let code = person.text_of("copy-text").await?;
    ensure!(!code.trim().is_empty(), "there is a code");
    stage.click("Copy").await?;
    stage.reads("main .copy", "Copied.").await?;
    person.look_at("home", "main .entries", "inbox-waiting").await?;
    stage.reads("main .entries", note).await?;
    Ok(code)
}

/// By the settings and the backups: the patient's permission is there with its end, and what to do about it.
pub(crate) async fn sees_what_a_lost_laptop_could_open(acts: &Acts) -> Result<()> {
    let (person, stage) = (&acts.clinician, &acts.clinician.stage);
    person.go("settings").await?;
    stage.click("See the backups").await?;
    stage.click("See what to do").await?;
    stage.reads("main .steps ~ .points", "Your list of patients").await?;
    stage.reads("main .steps", "Maria Keller, until").await?;
    stage.reads("main .steps", "M.K., since spring").await?;
    stage.reads("main .steps", "Only the patient can stop it").await?;
    for dress in dresses() {
        stage.dress(dress).await?;
        person.wake().await?;
        stage.see("main .steps .points").await?;
        person.look("lost", dress).await?;
    }
    Ok(())
}
