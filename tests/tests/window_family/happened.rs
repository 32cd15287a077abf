//! What happened while nobody looked, and is told at the next look: an emergency in which readings were opened, and a clinician whose
//! confirmation was withdrawn.

use anyhow::{Context, Result};
use salus_chain::attestation::Attestation;
use salus_tests::stage::{PASSPHRASE, Person};
use salus_wire::command as c;
use salus_wire::view::{Condition, EmergencyReason, PermissionDraft, PermissionState, PermissionView, Role};
use salus_wire::{Category, ErrorCode};

use crate::CEM;
use crate::shares::PATIENT;
use crate::town::{DAY, MEMBER, Somebody, Town};

const WHY: EmergencyReason = EmergencyReason::Unconscious;
const REVIEW: &str = "Salus: say this about the emergency?";
const LINE: &str = "main .entries > li";

/// A permission, a card that is opened by two clinicians, and the member's word taken back. Gives the patient, who looks next.
pub(crate) async fn before_he_looks(town: &Town, bea: &Somebody) -> Result<Somebody> {
    let josef = town.comes("josef", PATIENT, Role::Patient).await?;
    let (cem, attestation) = town.clinician("cem", &format!("{CEM}, Emergency Room")).await?;
    josef.measures(town.now()).await?;

    let code = cem.code("J. Brandt").await?;
    josef.soon(c::CheckCode { code: code.clone() }).await?;
    let now = town.now();
    let draft = PermissionDraft {
        code: code.clone(),
        categories: vec![Category::HeartRate],
        data_from: now - 4 * DAY,
        data_to: now,
        starts: now,
        ends: now + 4 * DAY,
        condition: Condition::Whenever,
    };
    josef.ok(c::IssuePermission { draft, passphrase: PASSPHRASE.into() }).await?;

    let categories = vec![Category::HeartRate, Category::BloodPressure];
    let call = "Anna Brandt, 555 0101".to_owned();
    josef.soon(c::MakeCard { categories, call, passphrase: PASSPHRASE.into() }).await?;
    let card = josef.soon(c::ShowCard {}).await?.text;
    let ask = cem.soon(c::AskEmergencySecond { card: card.clone(), reason: WHY }).await?.text;
    let word = bea.soon(c::SecondEmergency { ask }).await?.text;
    cem.soon(c::OpenEmergency { card, reason: WHY, word: Some(word), width: 400 }).await?;
    let opened = |all: Vec<PermissionView>| {
        let opened = |p: &PermissionView| p.emergency.is_some_and(|emergency| emergency.opened.is_some());
        all.iter().any(opened).then_some(())
    };
    josef.until("the patient is told of the emergency", c::ListPermissions {}, opened).await?;

    let credential = Attestation::from_text(&attestation).context("the attestation")?.person.credential_pk;
    town.network.withdraw(0, &credential)?;
    // The members have it once the same code is worth nothing more.
    josef.is_refused(c::CheckCode { code }, ErrorCode::NotAttested).await?;
    cem.leaves().await?;
    let runs = |all: Vec<PermissionView>| {
        all.iter().any(|p| p.clinician.name == CEM && p.state == PermissionState::Active).then_some(())
    };
    josef.until("the permission goes on", c::ListPermissions {}, runs).await?;
    Ok(josef)
}

/// Both notes, on the screen that comes first and on any other.
pub(crate) async fn is_said_on_every_screen(josef: &Person) -> Result<()> {
    let stage = &josef.stage;
    josef.go("home").await?;
    stage.reads("#emergency-note", "your readings were opened in an emergency.").await?;
    let withdrew = format!("{MEMBER} withdrew its confirmation of {CEM}.");
    stage.reads("#unconfirmed-note", &withdrew).await?;
    stage.reads("#unconfirmed-note", "The permission goes on until it ends or you stop it.").await?;
    josef
        .look_there("notes", async || {
            josef.go("home").await?;
            stage.see("#emergency-note").await?;
            stage.see("#unconfirmed-note").await
        })
        .await?;
    josef.go("devices").await?;
    stage.see("#emergency-note").await?;
    stage.see("#unconfirmed-note").await
}

pub(crate) async fn is_said_beside_the_permission(josef: &Person) -> Result<()> {
    josef.go("home").await?;
    josef.click_on("#unconfirmed-note a.button").await?;
    josef.stage.see("[data-nav=permissions].here").await?;
    josef.look_at("permissions", "main .entries .notice", "permissions-unconfirmed").await?;
    let withdrew = format!("{MEMBER} withdrew its confirmation of {CEM}.");
    josef.stage.reads_under(LINE, CEM, &withdrew).await?;
    josef.stage.reads_under(LINE, CEM, "Stop this permission if you do not know why.").await
}

/// Why it was opened, who answers for it, and what he says to it: kept over a new page.
pub(crate) async fn is_reviewed(josef: &Person) -> Result<()> {
    let stage = &josef.stage;
    let opened = "[data-act=Opened]";
    let way = async || {
        josef.go("permissions").await?;
        josef.click_on("main a.button[href$='/emergency']").await?;
        stage.see(opened).await
    };
    josef.look_there("emergency-review", &way).await?;
    stage.reads(opened, "Your readings were opened in an emergency: the person is unconscious.").await?;
    stage.reads(opened, &format!("{MEMBER} confirms the clinician who did it and answers for it")).await?;
    stage.reads("main", "This card was announced or opened. Make a new one").await?;
    // The second of three: it was right, I object, I object and stop the card.
    josef.run("document.querySelectorAll('[data-act=Opened] .row button')[1].id = 'review-object';").await?;
    josef.agrees("review-object", REVIEW, "native-review").await?;
    stage.reads(opened, "You objected.").await?;
    josef
        .look_again("emergency-reviewed", async || {
            way().await?;
            stage.see("[data-act=Opened] > .strong").await
        })
        .await?;
    stage.reads(opened, "You objected.").await
}
