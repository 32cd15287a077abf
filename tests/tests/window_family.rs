//! A family, its clinicians and one member, in real windows with what they have to show: whose record a daughter is in, what she may
//! do and what she stops, what a son decides with the keyboard alone, a guardian's part, and the note by which an 82-year-old ends a
//! recovery that she did not ask for, and lets her daughter's help go on; then what a clinician asks for and a patient narrows, daily
//! summaries, a second clinician, an emergency that is reviewed, a confirmation that was withdrawn, and permissions as a file. And apart
//! from all that, a daughter who helps both her parents in one window, and what she says of an emergency.
//!
//! Everybody whose screen is not looked at is an application in this process. Time is one file that all of them read. Nothing may
//! be cut off, outside the window or too small to hit; with `SALUS_PICTURES=FOLDER` each screen is photographed in every dress.
//! Needs what `window_sharing` needs.

#![recursion_limit = "512"]

#[path = "window_family/asked.rs"]
mod asked;
#[path = "window_family/circle.rs"]
mod circle;
#[path = "window_family/daughter.rs"]
mod daughter;
#[path = "window_family/days.rs"]
mod days;
#[path = "window_family/elder.rs"]
mod elder;
#[path = "window_family/file.rs"]
mod file;
#[path = "window_family/guardian.rs"]
mod guardian;
#[path = "window_family/happened.rs"]
mod happened;
#[path = "window_family/lets.rs"]
mod lets;
#[path = "window_family/reviewed.rs"]
mod reviewed;
#[path = "window_family/second.rs"]
mod second;
#[path = "window_family/shares.rs"]
mod shares;
#[path = "window_family/son.rs"]
mod son;
#[path = "window_family/two.rs"]
mod two;

use anyhow::{Context, Result};
use salus_tests::stage::{Person, town};
use salus_wire::CircleId;

use circle::Family;
use town::{HOUR, Somebody, Town};

pub(crate) const ANA: &str = "Dr Ana Wojcik";
pub(crate) const BEA: &str = "Dr Bea Osei";
pub(crate) const CEM: &str = "Dr Cem Aydin";

/// Those who are confirmed.
struct Clinicians {
    ana: Somebody,
    bea: Somebody,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_and_its_clinicians_see_what_they_may_and_decide_what_they_have_to() -> Result<()> {
    let mut town = Town::begin().await?;
    let (ana, _) = town.clinician("ana", &format!("{ANA}, Heart Clinic")).await?;
    let (bea, _) = town.clinician("bea", &format!("{BEA}, Rhythm Clinic")).await?;
    let clinicians = Clinicians { ana, bea };
    // Both are looked at whatever becomes of the first: a run takes minutes.
    let family = Box::pin(a_family(&mut town, &clinicians)).await.context("the family");
    let clinic = Box::pin(a_clinic(&mut town, clinicians)).await.context("the clinic");
    town.network.stop().await?;
    match (family, clinic) {
        (Err(family), Err(clinic)) => Err(family.context(format!("and also: {clinic:?}"))),
        (family, clinic) => family.and(clinic),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daughter_of_two_tells_them_apart_and_says_what_she_thinks_of_an_emergency() -> Result<()> {
    let mut town = Town::begin().await?;
    let ([maria, leila, ana], parents) = Box::pin(reviewed::before_the_daughter_looks(&town)).await?;
    town.later(two::PASSES)?;
    leila.wakes().await?;
    ana.wakes().await?;
    let code = ana.code("J. Keller, again").await?;
    ana.leaves().await?;
    let leila = town.window("reviewer", leila).await?;
    let outcome = async {
        two::are_told_apart(&leila, parents).await?;
        two::is_found_by_his_name(&leila, parents.father).await?;
        two::is_told_what_ends_soon(&leila).await?;
        two::gives_a_new_one(&leila, parents.father, &code).await?;
        reviewed::says_that_one_was_right_and_objects_to_the_other(&leila, parents.mother).await
    };
    let outcome = Box::pin(outcome).await;
    leila.stage.end(outcome, "reviewer-failed.png").await?;
    reviewed::the_elder_reads_whose_word_it_is(&maria).await?;
    town.network.stop().await
}

async fn a_family(town: &mut Town, clinicians: &Clinicians) -> Result<()> {
    let family = Box::pin(circle::comes_together(town)).await?;
    let Family { circle, maria, leila, karim, nour, samir } = family;

    let leila = town.window("daughter", leila).await?;
    let outcome = Box::pin(the_young(town, &leila, karim, &maria, clinicians)).await;
    leila.stage.end(outcome, "daughter-failed.png").await?;

    let nour = town.window("guardian", nour).await?;
    let outcome = Box::pin(the_old(town, &nour, circle, maria, &samir)).await;
    nour.stage.end(outcome, "guardian-failed.png").await
}

/// The daughter permits within her limits, and the son has the last word.
async fn the_young(
    town: &mut Town,
    leila: &Person,
    karim: Somebody,
    maria: &Somebody,
    clinicians: &Clinicians,
) -> Result<()> {
    daughter::sees_whose_record_it_is(leila).await?;
    daughter::sees_the_readings(leila).await?;
    let (of_ana, of_bea) = (clinicians.ana.code("M. Keller").await?, clinicians.bea.code("M. Keller").await?);
    daughter::permits(leila, &of_ana, ANA, "BloodPressure", Some("share-for")).await?;
    daughter::permits(leila, &of_bea, BEA, "HeartRate", None).await?;
    daughter::waits_for_her_brother(leila).await?;

    let karim = town.window("son", karim).await?;
    let outcome = async {
        son::sees_what_to_decide(&karim).await?;
        son::decides_with_the_keyboard(&karim).await?;
        daughter::sees_what_he_said(leila).await?;
        // The time to object, which is a day unless somebody chose otherwise.
        town.later(25 * HOUR)?;
        for person in [leila, &karim] {
            person.come_back().await?;
            person.is_fresh().await?;
        }
        maria.wakes().await?;
        clinicians.ana.wakes().await?;
        circle::is_opened_by(&clinicians.ana).await?;
        daughter::sees_who_can_see_it_and_did(leila).await?;
        son::stops_with_the_keyboard(&karim).await?;
        daughter::sees_that_it_is_stopped(leila).await
    };
    let outcome = Box::pin(outcome).await;
    karim.stage.end(outcome, "son-failed.png").await?;
    lets::the_elder_permits_and_lets_them(town, maria, &clinicians.ana).await?;
    lets::the_daughter_stops_it(leila).await
}

/// A guardian answers a rehearsal and agrees to a recovery; the one whom it is about ends it.
async fn the_old(
    town: &mut Town,
    nour: &Person,
    circle: CircleId,
    maria: Somebody,
    samir: &Somebody,
) -> Result<()> {
    guardian::answers_a_rehearsal(nour, &maria).await?;
    let request = elder::asks_from_a_new_computer(town).await?;

    let maria = town.window("elder", maria).await?;
    let outcome = async {
        guardian::agrees_to_a_new_computer(nour, &request).await?;
        elder::is_told_that_others_have_to_agree(&maria).await?;
        elder::another_agrees(samir, circle, &request).await?;
        guardian::sees_what_waits(nour).await?;
        elder::sees_it_on_every_screen(&maria).await?;
        elder::sees_who_helps_her(&maria).await?;
        elder::objects_with_the_keyboard(&maria).await?;
        lets::the_elder_takes_it_back_and_lets_them_again(&maria).await?;
        guardian::sees_that_nothing_waits(nour).await?;
        // To the day on which she wanted to look at her daughter's help again.
        town.later(25 * HOUR)?;
        maria.come_back().await?;
        maria.is_fresh().await?;
        elder::lets_her_daughters_help_go_on(&maria).await
    };
    let outcome = Box::pin(outcome).await;
    maria.stage.end(outcome, "elder-failed.png").await
}

/// A patient of their own, two clinicians who can be looked at, and one whom nobody confirms any more.
async fn a_clinic(town: &mut Town, clinicians: Clinicians) -> Result<()> {
    let Clinicians { ana, bea } = clinicians;
    // Whatever time has passed.
    ana.wakes().await?;
    bea.wakes().await?;
    let josef = Box::pin(happened::before_he_looks(town, &bea)).await?;

    let josef = town.window("patient", josef).await?;
    let outcome = Box::pin(a_patient(town, &josef, ana, bea)).await;
    josef.stage.end(outcome, "patient-failed.png").await
}

async fn a_patient(town: &mut Town, josef: &Person, ana: Somebody, bea: Somebody) -> Result<()> {
    happened::is_said_on_every_screen(josef).await?;
    happened::is_said_beside_the_permission(josef).await?;
    happened::is_reviewed(josef).await?;
    // The desktop's own question for a file is nothing that the rest needs.
    let file = file::is_saved(town, josef).await.context("permissions as a file");

    let ana = town.window("clinician", ana).await?;
    let outcome = async {
        let code = asked::for_readings(&ana).await?;
        asked::is_narrowed(josef, &code).await?;
        asked::arrives_as_given(&ana).await?;
        days::are_given(josef, &ana).await?;
        days::are_opened(town, &ana).await?;
        second::is_asked_for(josef, &ana).await?;
        let bea = town.window("second", bea).await?;
        let outcome = Box::pin(second::agrees(town, &ana, &bea)).await;
        bea.stage.end(outcome, "second-failed.png").await
    };
    let outcome = Box::pin(outcome).await;
    ana.stage.end(outcome, "clinician-failed.png").await?;
    file
}
