//! The patient gives a permission: readings, the clinician's code, the choices, the sentence, and the question outside the page.

use anyhow::{Context, Result, ensure};
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::stage::Dress;
use serde_json::{Value, json};
use thirtyfour::By;

use crate::acts::{Acts, HOUR, MEMBER, PASSPHRASE, Person, dresses};
use crate::clinician::{NAME, ORGANISATION};
use crate::dialog;

/// Hours ago, upper and lower value.
pub(crate) const PRESSURES: [(i64, &str, &str); 4] =
    [(52, "128", "79"), (32, "134", "84"), (20, "131", "82"), (3, "126", "77")];
/// Hours ago, heart rate.
pub(crate) const RATES: [(i64, &str); 4] = [(51, "62"), (27, "71"), (4, "66"), (2, "88")];

pub(crate) async fn has_readings(acts: &Acts) -> Result<()> {
    let stage = &acts.patient.stage;
    let profile = json!({ "name": "Maria Keller", "role": "patient", "passphrase": PASSPHRASE });
    stage.ask("create_profile", profile).await?;
    let now = acts.now();
    for (ago, upper, lower) in PRESSURES {
        let values = json!([
            { "quantity": "systolic", "value": upper }, { "quantity": "diastolic", "value": lower },
        ]);
        stored(&acts.patient, "blood_pressure", values, now - ago * HOUR).await?;
    }
    for (ago, rate) in RATES {
        let values = json!([{ "quantity": "heart_rate", "value": rate }]);
        stored(&acts.patient, "heart_rate", values, now - ago * HOUR).await?;
    }
    stage.dress(Dress::PLAIN).await
}

async fn stored(person: &Person, category: &str, values: Value, at: i64) -> Result<()> {
    let note = "at home, sitting";
    let reading = json!({ "category": category, "values": values, "at": at, "note": note });
    person.stage.ask("type_reading", reading).await.map(drop)
}

/// Something else than a code is refused; the clinician's own code says who it is, as the member confirmed.
pub(crate) async fn pastes_the_code(acts: &Acts, code: &str) -> Result<()> {
    let (person, stage) = (&acts.patient, &acts.patient.stage);
    person.go("share").await?;
    stage.paste_into("code", "salus: not a code").await?;
    person.press("next").await?;
    stage.see(".notice[data-code=bad_code]").await?;
    person.look("share-bad-code", Dress::PLAIN).await?;
    stage.paste_into("code", code).await?;
    is_known(person).await
}

/// The same with the file that the clinician sent.
pub(crate) async fn takes_the_code_from_a_file(acts: &Acts, code: &str) -> Result<()> {
    let (person, stage) = (&acts.patient, &acts.patient.stage);
    let file = acts.dir.path().join("salus-code.txt");
    std::fs::write(&file, code)?;
    person.go("share").await?;
    stage.see("#text-file").await?;
    stage.window.find(By::Id("text-file")).await?.send_keys(file.display().to_string()).await?;
    let taken = eventually(PATIENCE, async || person.text_of("code").await.ok().filter(|text| text == code));
    taken.await.context("the code is not taken from the file")?;
    is_known(person).await
}

async fn is_known(person: &Person) -> Result<()> {
    person.press("next").await?;
    let proven = format!("{ORGANISATION} · Confirmed by {MEMBER}");
    person.stage.reads_under("main .proven", NAME, &proven).await
}

/// Each condition shows the fields that it needs and what it means; then there is none.
pub(crate) async fn looks_at_the_conditions(acts: &Acts) -> Result<()> {
    let (person, stage) = (&acts.patient, &acts.patient.stage);
    for (value, there) in [
        ("hours", "#hours-from"),
        ("appointment", "#appointment-date"),
        ("second", "label:has(input[value=second]:checked)"),
        ("whenever", "label:has(input[value=whenever]:checked)"),
    ] {
        let choice = format!("label:has(input[name=when][value={value}])");
        stage.see(&choice).await?;
        stage.window.find(By::Css(&choice)).await?.click().await?;
        stage.see(there).await?;
        person.look(&format!("share-when-{value}"), Dress::PLAIN).await?;
    }
    Ok(())
}

/// Both categories; then the form as it is kept over a new page, once in each dress, as far as the sentence.
pub(crate) async fn chooses(acts: &Acts) -> Result<String> {
    let (person, stage) = (&acts.patient, &acts.patient.stage);
    for category in ["BloodPressure", "HeartRate"] {
        let choice = format!("label:has(input[value={category}])");
        stage.see(&choice).await?;
        stage.window.find(By::Css(&choice)).await?.click().await?;
    }
    let kept = eventually(PATIENCE, async || {
        let draft = stage.ask("get_draft", json!({ "kind": "permission" })).await.ok()?;
        let text = draft["text"].as_str()?;
        (text.contains("blood_pressure") && text.contains("heart_rate")).then_some(())
    });
    kept.await.context("the choices are not kept")?;
    for dress in dresses() {
        stage.dress(dress).await?;
        person.go("share").await?;
        stage.see("#next:enabled:not([aria-disabled=true])").await?;
        person.look("share-code", dress).await?;
        person.press("next").await?;
        stage.see("label:has(input[value=HeartRate]:checked)").await?;
        person.look("share-choose", dress).await?;
        person.press("next").await?;
        stage.see("main blockquote").await?;
        stage.window.find(By::Css("details.preview summary")).await?.click().await?;
        stage.see("details.preview .series[data-category=BloodPressure] svg.scene circle").await?;
        // What their screen makes of it stands before the pictures.
        stage.see("details.preview .first-look + .glance .clinical[data-category=BloodPressure]").await?;
        person.look("share-confirm", dress).await?;
    }
    stage.reads("main .counts", &format!("Blood pressure: {} readings", PRESSURES.len())).await?;
    stage.reads("main .counts", &format!("Heart rate: {} readings", RATES.len())).await?;
    let sentence = person.run("return document.querySelector('main blockquote').innerText;").await?;
    let sentence = sentence.as_str().context("a sentence")?.to_owned();
    let who = format!(
        "{NAME} of {ORGANISATION} (confirmed by {MEMBER}) may see your heart rate and blood pressure"
    );
    ensure!(sentence.starts_with(&who), "{sentence}");
    Ok(sentence)
}

/// A wrong passphrase asks nothing; No gives nothing; Yes gives the permission.
pub(crate) async fn says_no_then_yes(acts: &Acts, sentence: &str) -> Result<()> {
    let (person, stage) = (&acts.patient, &acts.patient.stage);
    person.type_into("confirm", "not the passphrase").await?;
    person.press("issue").await?;
    stage.see(".notice[data-code=wrong_passphrase]").await?;
    stage.shows_no_native(dialog::TITLE).await?;
    person.look("share-wrong-passphrase", Dress::PLAIN).await?;
    person.type_into("confirm", PASSPHRASE).await?;
    for no in [dialog::No::Escape, dialog::No::Enter] {
        stage.copy("not from the dialog").await?;
        person.press("issue").await?;
        dialog::says_no(acts, sentence, no).await?;
        stage.see(".notice[data-code=declined]").await?;
        ensure!(stage.ask("list_permissions", json!({})).await? == json!([]), "nothing is given");
    }
    person.look("share-declined", Dress::PLAIN).await?;
    says_yes(acts, sentence).await
}

pub(crate) async fn says_yes(acts: &Acts, sentence: &str) -> Result<()> {
    let (person, stage) = (&acts.patient, &acts.patient.stage);
    person.type_into("confirm", PASSPHRASE).await?;
    stage.copy("not from the dialog").await?;
    person.press("issue").await?;
    dialog::says_yes(acts, sentence).await?;
    stage.reads("main h1", &format!("{NAME} has your permission")).await?;
    stage.reads("main .entry", "The member holds its part").await?;
    person.look("share-done", Dress::PLAIN).await
}
