//! Laptops that are added, lost and replaced, in real windows. Two of one record get to know each other by a picture of the code on the
//! screen, what comes over is stopped and goes on, both hear of a recovery that nobody asked for, begin new keys, compare again by a
//! typed code, and one is taken out. And a family whose daughter reads less, staff on duty to share with, guardians who are tried, and a
//! new computer on which circle, readings and what was measured meanwhile come back, and the lost one's enrolment is withdrawn.
//!
//! Everybody whose screen is not looked at is an application in this process. Time is one file that all of them read. Nothing may
//! be cut off, outside the window or too small to hit; with `SALUS_PICTURES=FOLDER` each screen is photographed in every dress.
//! Needs what `window_sharing` needs.

#![recursion_limit = "512"]

#[path = "window_laptops/acts.rs"]
mod acts;
#[path = "window_laptops/cast.rs"]
mod cast;
#[path = "window_laptops/duty.rs"]
mod duty;
#[path = "window_laptops/less.rs"]
mod less;
#[path = "window_laptops/lost.rs"]
mod lost;
#[path = "window_laptops/meantime.rs"]
mod meantime;
#[path = "window_laptops/pairing.rs"]
mod pairing;
#[path = "window_laptops/regain.rs"]
mod regain;
#[path = "window_laptops/rehearsal.rs"]
mod rehearsal;
#[path = "window_laptops/removing.rs"]
mod removing;
#[path = "window_laptops/stopped.rs"]
mod stopped;
#[path = "window_laptops/watched.rs"]
mod watched;

use anyhow::Result;
use salus_tests::stage::Person;
use salus_tests::stage::town::{Somebody, Town};
use salus_wire::CircleId;
use salus_wire::view::Role;

use cast::{ELDER, GUARDIAN, OTHER_GUARDIAN};

#[tokio::test(flavor = "multi_thread")]
async fn two_laptops_get_to_know_each_other_and_part() -> Result<()> {
    let mut town = Town::begin().await?;
    let outcome = Box::pin(two_laptops(&town)).await;
    town.network.stop().await?;
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_comes_back_on_a_new_computer() -> Result<()> {
    let mut town = Town::begin_with(&[duty::ROLE]).await?;
    let outcome = Box::pin(a_new_computer(&mut town)).await;
    town.network.stop().await?;
    outcome
}

async fn two_laptops(town: &Town) -> Result<()> {
    let maria = town.comes("maria", ELDER, Role::Patient).await?;
    let guardians = guardians(town).await?;
    let circle = cast::has_guardians(&maria, &guardians).await?;
    maria.measures(town.now()).await?;
    cast::permits(town, &maria).await?;
    let kitchen = town.comes("kitchen", ELDER, Role::Patient).await?;
    for laptop in [&maria, &kitchen] {
        cast::is_enrolled(laptop).await?;
    }

    let first = town.window("first", maria).await?;
    let outcome = async {
        let second = town.window("second", kitchen).await?;
        let outcome = Box::pin(through_both(town, (&first, &second), circle, &guardians)).await;
        second.stage.end(outcome, "second-failed.png").await
    };
    let outcome = Box::pin(outcome).await;
    first.stage.end(outcome, "first-failed.png").await
}

async fn through_both(
    town: &Town,
    (first, second): (&Person, &Person),
    circle: CircleId,
    guardians: &[Somebody; 2],
) -> Result<()> {
    let code = pairing::shows_a_code(second, "laptops").await?;
    pairing::reads_a_picture(town, first, second, &code).await?;
    pairing::compares(first, second, "laptops").await?;
    stopped::waits_until_the_person_goes_on(second).await?;
    pairing::are_listed(first, second).await?;
    pairing::has_the_readings(second).await?;

    watched::sees_who_decides(second).await?;
    watched::hears_of_a_recovery(town, (first, second), circle, guardians).await?;
    watched::objects(first, second).await?;

    lost::begins_new_keys(first).await?;
    removing::is_out(second, "laptops-out").await?;
    let code = pairing::shows_a_code(second, "again").await?;
    lost::types_the_code(first, &code).await?;
    pairing::compares(first, second, "again").await?;
    lost::nothing_is_left_to_compare(first).await?;

    removing::is_taken_out(first).await?;
    removing::is_out(second, "laptops-removed").await
}

async fn a_new_computer(town: &mut Town) -> Result<()> {
    let maria = town.comes("maria", ELDER, Role::Patient).await?;
    let guardians = guardians(town).await?;
    let circle = cast::has_guardians(&maria, &guardians).await?;
    cast::has_a_daughter(town, &maria, &guardians).await?;
    maria.measures(town.now()).await?;
    cast::is_enrolled(&maria).await?;
    let disk = rehearsal::is_prepared(town, &maria, &guardians[1]).await?;

    let elder = town.window("elder", maria).await?;
    let outcome = async {
        duty::is_offered(&elder).await?;
        less::is_left_to_the_daughter(&elder).await?;
        rehearsal::is_played(&elder, &guardians[0]).await
    };
    let outcome = Box::pin(outcome).await;
    // That was the last of this computer: from here on it is lost.
    elder.stage.end(outcome, "elder-failed.png").await?;

    cast::days_pass(town, &guardians).await?;
    let fresh = town.comes("fresh", ELDER, Role::Patient).await?;
    let fresh = town.window("fresh", fresh).await?;
    let outcome = async {
        let request = regain::makes_a_request(&fresh).await?;
        regain::is_compared(&fresh, &guardians[0], &request).await?;
        cast::agree(&guardians, circle, &request).await?;
        cast::days_pass(town, &guardians).await?;
        regain::takes_the_circle(&fresh, &guardians[0]).await?;
        meantime::measures(town, &fresh).await?;
        regain::takes_the_readings(&fresh, &disk).await?;
        meantime::is_taken_over(&fresh).await?;
        lost::withdraws_the_lost_one(&fresh).await
    };
    let outcome = Box::pin(outcome).await;
    fresh.stage.end(outcome, "fresh-failed.png").await
}

async fn guardians(town: &Town) -> Result<[Somebody; 2]> {
    let nour = town.comes("nour", GUARDIAN, Role::Patient).await?;
    let samir = town.comes("samir", OTHER_GUARDIAN, Role::Patient).await?;
    Ok([nour, samir])
}
