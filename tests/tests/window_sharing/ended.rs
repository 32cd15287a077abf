//! What is left of a permission that was stopped, and of one that ran out, in both windows; and asking for more from there.

use anyhow::{Context, Result, ensure};
use salus_tests::stage::Dress;
use serde_json::json;
use thirtyfour::By;

use crate::acts::{Acts, HOUR, Person, dresses};
use crate::clinician::NAME;

const LINE: &str = "main .entries > li";

/// The clinician's page, still on the record, opens it again in the next hour: refused, in words.
pub(crate) async fn is_stopped(acts: &mut Acts) -> Result<()> {
    acts.next_hour()?;
    is_refused(acts, "stopped", "The patient stopped this permission.", "Stopped").await?;
    acts.patient.come_back().await?;
    let stage = &acts.patient.stage;
    stage.reads_under(LINE, NAME, "The member confirmed deletion").await?;
    told(acts, &[("Stopped", "You stopped"), ("Erased", "Every member that held a part")], "activity-stopped")
        .await
}

/// A permission of two hours.
pub(crate) async fn chooses_a_short_time(acts: &Acts) -> Result<()> {
    let (person, stage) = (&acts.patient, &acts.patient.stage);
    stage.window.find(By::Css("label:has(input[name=until][value=date])")).await?.click().await?;
    let ends = format!("return new Date({}).toISOString();", acts.now() + 2 * HOUR);
    let ends = person.run(&ends).await?;
    let ends = ends.as_str().unwrap_or_default();
    let (day, time) = (&ends[..10], &ends[11..16]);
    // The field has month, day and year one after the other; a separator leads on to the next.
    person.type_into("end-date", &format!("{}/{}/{}", &day[5..7], &day[8..], &day[..4])).await?;
    person.type_into("end-time", time).await?;
    let chosen = (person.text_of("end-date").await?, person.text_of("end-time").await?);
    ensure!(chosen == (day.to_owned(), time.to_owned()), "{chosen:?} is chosen");
    Ok(())
}

/// The same of one that ran out.
pub(crate) async fn runs_out(acts: &mut Acts) -> Result<()> {
    acts.later(2 * HOUR)?;
    is_refused(acts, "ended", "This permission has ended.", "Ended").await?;
    acts.patient.come_back().await?;
    let person = &acts.patient;
    person.look_at("permissions", "[data-state=Ended]", "permissions-ended").await?;
    person.stage.reads_under("main [data-state=Ended]", NAME, "The member confirmed deletion").await?;
    told(
        acts,
        &[("Ended", "permission ended"), ("Erased", "Every member that held a part")],
        "activity-ended",
    )
    .await
}

/// From what is left of it: the form begins with what it covered and the note of it, and the patient is shown what is asked for. Nothing
/// is given by that.
pub(crate) async fn leads_to_asking_for_more(acts: &Acts, note: &str) -> Result<()> {
    let (person, patient) = (&acts.clinician, &acts.patient);
    person.click_on("main .ended[data-code=ended] a.button").await?;
    for category in ["HeartRate", "BloodPressure"] {
        let choice =
            format!("details.asks[open] label:has(input[name=ask-category][value={category}]:checked)");
        person.stage.see(&choice).await?;
    }
    let kept = person.text_of("note").await?;
    ensure!(kept == note, "of the permission under {note:?} the form says {kept:?}");
    person.look("asks-again", Dress::PLAIN).await?;
    person.press("make-code").await?;
    person.stage.see("#copy-text").await?;
    let code = person.text_of("copy-text").await?;

    patient.is_fresh().await?;
    let before = patient.stage.ask("list_permissions", json!({})).await?;
    patient.go("share").await?;
    patient.stage.paste_into("code", &code).await?;
    patient.press("next").await?;
    let asked = format!("{NAME} asks for: heart rate and blood pressure");
    patient.stage.reads("main .asked", &asked).await?;
    patient.look("asked-again", Dress::PLAIN).await?;
    let after = patient.stage.ask("list_permissions", json!({})).await?;
    ensure!(
        after.as_array().map(Vec::len) == before.as_array().map(Vec::len),
        "something was given: {after}"
    );
    Ok(())
}

async fn is_refused(acts: &Acts, code: &str, words: &str, state: &str) -> Result<()> {
    let (person, stage) = (&acts.clinician, &acts.clinician.stage);
    person.come_back().await?;
    person.is_fresh().await?;
    let ended = format!("main .ended[data-code={code}]");
    for dress in dresses() {
        stage.dress(dress).await?;
        person.wake().await?;
        stage.see(&ended).await?;
        person.look(&format!("record-{code}"), dress).await?;
    }
    stage.reads(&ended, words).await?;
    stage.reads(&ended, "Nobody can open new readings with it.").await?;
    person.look_at("home", &format!("[data-state={state}]"), &format!("inbox-{code}")).await?;
    stage.reads_no_more("main", "Open Maria Keller's readings").await?;
    leads_to_what_stays(person, &ended, state).await
}

/// From the inbox, and from the list of patients, which shows those that are over where that is asked for: to the same page, with what
/// was written to the patient and the way to ask anew.
async fn leads_to_what_stays(person: &Person, ended: &str, state: &str) -> Result<()> {
    let stage = &person.stage;
    for way in ["home", "patients"] {
        person.go(way).await?;
        let list = if way == "home" { "main .entries > li" } else { ".patients tbody tr" };
        let line = format!("{list}[data-state={state}]");
        if way == "patients" {
            ensure!(
                stage.window.find_all(By::Css(&line)).await?.is_empty(),
                "what is over is among the rest"
            );
            person.click_on("label:has(#patients-over)").await?;
        }
        stage.reads_under(&line, "Maria Keller", "Your notes to Maria Keller, and asking for more").await?;
        person.click_on(&format!("{line} a.button.small")).await?;
        stage.see(ended).await.with_context(|| format!("from {way}"))?;
        stage.see(&format!("{ended} a.button")).await?;
    }
    Ok(())
}

async fn told(acts: &Acts, kinds: &[(&str, &str)], name: &str) -> Result<()> {
    let person = &acts.patient;
    person.look_at("activity", &format!("[data-kind={}]", kinds[0].0), name).await?;
    for (kind, words) in kinds {
        person.stage.reads(&format!("[data-kind={kind}]"), words).await?;
    }
    Ok(())
}
