//! Two real windows and a member: a clinician is confirmed and gives a code, a patient gives a permission and stops it, the clinician
//! opens the record, is given no score of a part, looks at it as on paper, compares, finds the patient in the list and opens from there,
//! and is refused, a second permission runs out; from the inbox and from the list there is a way to what stays of both, and from there to
//! asking for more. Each screen is reached by a person's means.
//!
//! The question outside the page is seen, read and answered on the screen, as the page cannot. Nothing may be cut off, outside the
//! window or too small to hit, in light and in dark; with `SALUS_PICTURES=FOLDER` each is photographed in every dress. Needs what
//! `window` needs, and xdotool.

#[path = "window_sharing/acts.rs"]
mod acts;
#[path = "window_sharing/clinician.rs"]
mod clinician;
#[path = "window_sharing/desk.rs"]
mod desk;
#[path = "window_sharing/dialog.rs"]
mod dialog;
#[path = "window_sharing/ended.rs"]
mod ended;
#[path = "window_sharing/families.rs"]
mod families;
#[path = "window_sharing/holding.rs"]
mod holding;
#[path = "window_sharing/members.rs"]
mod members;
#[path = "window_sharing/news.rs"]
mod news;
#[path = "window_sharing/opening.rs"]
mod opening;
#[path = "window_sharing/paper.rs"]
mod paper;
#[path = "window_sharing/patient.rs"]
mod patient;

use anyhow::Context;

use acts::Acts;

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_shares_and_stops_and_a_clinician_opens_and_is_refused() -> anyhow::Result<()> {
    let mut acts = Acts::begin().await?;
    let outcome = play(&mut acts).await;
    acts.end(outcome).await
}

async fn play(acts: &mut Acts) -> anyhow::Result<()> {
    clinician::first_run(&acts.clinician).await?;
    clinician::is_attested(acts).await?;
    patient::has_readings(acts).await?;
    members::are_seen_by_both(acts).await?;

    let code = clinician::code(acts, "M.K., since spring").await?;
    patient::pastes_the_code(acts, &code).await?;
    patient::looks_at_the_conditions(acts).await?;
    let sentence = patient::chooses(acts).await?;
    patient::says_no_then_yes(acts, &sentence).await?;
    opening::arrives(acts, "M.K., since spring", "days left").await?;
    clinician::sees_what_a_lost_laptop_could_open(acts).await?;
    let opened = opening::opens(acts).await?;
    news::is_never_scored_in_part(&acts.clinician).await.context("the early warning score")?;
    Box::pin(paper::is_as_it_is_printed(&acts.clinician)).await.context("on paper")?;
    holding::who_can_see_what(acts, &opened).await?;
    holding::who_opened_what(acts, &opened).await?;
    Box::pin(desk::works(&acts.clinician)).await.context("the clinician's work")?;
    Box::pin(desk::opens_from_the_list(acts)).await?;
    holding::stops(acts).await?;
    ended::is_stopped(acts).await?;

    let code = clinician::code(acts, "M.K., two hours").await?;
    patient::takes_the_code_from_a_file(acts, &code).await?;
    ended::chooses_a_short_time(acts).await?;
    let sentence = patient::chooses(acts).await?;
    patient::says_yes(acts, &sentence).await?;
    opening::arrives(acts, "M.K., two hours", "ends in").await?;
    opening::opens(acts).await?;
    ended::runs_out(acts).await?;
    ended::leads_to_asking_for_more(acts, "M.K., two hours").await.context("asking for more")?;

    families::are_looked_at(acts).await?;
    let card = families::have_a_card(acts).await?;
    families::are_read_in_an_emergency(acts, &card).await
}
