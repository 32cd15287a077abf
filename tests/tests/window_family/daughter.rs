//! The daughter's window: whose record she is in, what she may do, what was measured, a permission within her limits, and who can
//! see it now.

use anyhow::{Context, Result, ensure};
use salus_tests::stage::{Dress, PASSPHRASE, Person};
use serde_json::json;
use thirtyfour::By;

use crate::circle::{DAUGHTER, ELDER};
use crate::town::{MEMBER, PRESSURES, RATES};
use crate::{ANA, BEA};

pub(crate) const SECTION: &str = "[data-circle]";
pub(crate) const LINE: &str = "[data-circle] .entries > li";
/// What is decided and stands.
const SEEING: &str = "[data-place=seeing] a";
pub(crate) const GIVE: &str = "Salus: give this permission?";
const PRESSURE: &str = "section[data-category=BloodPressure]";
const RATE: &str = "section[data-category=HeartRate]";

/// The family's screen, at one of the parts that are named on it.
pub(crate) async fn part(person: &Person, link: &str) -> Result<()> {
    person.go("family").await?;
    person.click_on(link).await?;
    person.stage.see(&link.replace(" a", " a[aria-current=page]")).await
}

/// The name, in a colour of its own, and the daughter's power with its limits.
pub(crate) async fn sees_whose_record_it_is(leila: &Person) -> Result<()> {
    leila.look_at("family", "[data-circle] .band-name", "helping").await?;
    leila.stage.reads("[data-circle] .band-name", ELDER).await?;
    leila.stage.reads("[data-circle] .band", "Works").await?;
    let power = format!(
        "What you may do for {ELDER}: Read heart rate and blood pressure and let clinicians see it, for at most 10 days at a time."
    );
    leila.stage.reads(SECTION, &power).await?;
    leila.stage.reads(SECTION, "Until").await?;
    leila.stage.reads(SECTION, "Nobody").await?;
    // Not to be mistaken for her own record, on whose colour her own name stands.
    let colours = "return Object.fromEntries([...document.querySelectorAll('header.band')]
        .map((e) => [e.querySelector('.band-name').innerText.trim(), getComputedStyle(e).backgroundColor]));";
    let colours = leila.run(colours).await?;
    let both = colours[DAUGHTER].is_string() && colours[ELDER].is_string();
    ensure!(both && colours[DAUGHTER] != colours[ELDER], "the records have the colours {colours}");
    Ok(())
}

/// What was measured in the last week, opened with the keys that she was given.
pub(crate) async fn sees_the_readings(leila: &Person) -> Result<()> {
    leila
        .look_there("readings", async || {
            leila.go("family").await?;
            leila.click_on("[data-circle] a.button[href$='/readings']").await?;
            for section in [PRESSURE, RATE] {
                leila.stage.see(&format!("{section} svg.scene circle")).await.context("a chart")?;
            }
            Ok(())
        })
        .await?;
    leila.stage.reads("main h1", ELDER).await?;
    leila.stage.reads("main", "It is not stored here.").await?;
    leila.click_on(&format!("{PRESSURE} > button")).await?;
    leila.stage.see(&format!("{PRESSURE} table")).await?;
    let rows = "return [...document.querySelectorAll('section[data-category=BloodPressure] tbody tr')]
        .map((tr) => [...tr.querySelectorAll('td.number')].map((td) => td.innerText.trim()).slice(0, 2));";
    let newest_first: Vec<_> = PRESSURES.iter().rev().map(|(_, upper, lower)| [upper, lower]).collect();
    let shown = leila.run(rows).await?;
    ensure!(shown == json!(newest_first), "the table shows {shown}");
    leila.stage.reads(RATE, RATES[RATES.len() - 1].1).await?;
    // Her own screens show nothing of it.
    leila.go("home").await?;
    leila.stage.reads("main .empty", "Your record is empty.").await
}

/// The form holds nothing beyond her limits, and says that her brother has to agree; looked at under this name, where there is one.
pub(crate) async fn permits(
    leila: &Person,
    code: &str,
    who: &str,
    category: &str,
    pictures: Option<&str>,
) -> Result<()> {
    let fill = async || {
        leila.go("family").await?;
        leila.click_on("[data-circle] a.button[href$='/share']").await?;
        leila.stage.paste_into("code", code).await?;
        let choice = format!("input[name=category][value={category}]");
        leila.click_on(&format!("label:has({choice})")).await?;
        leila.stage.see(&format!("label:has({choice}:checked)")).await
    };
    match pictures {
        Some(name) => leila.look_there(name, fill).await?,
        None => fill().await?,
    }
    leila.stage.reads("main form", "Another helper has to agree before this can be opened.").await?;
    leila.stage.reads("main form", "nobody can open NEW readings with this permission.").await?;
    if pictures.is_some() {
        leila.press("foresee").await?;
        leila.stage.reads("main form", &format!("What {who} will see")).await?;
        leila.click_on("details.preview > summary").await?;
        leila.stage.see(&format!("details.preview {PRESSURE} svg.scene circle")).await?;
        // Their screen begins with what it makes of the readings, too.
        leila
            .stage
            .see("details.preview .first-look + .glance .clinical[data-category=BloodPressure]")
            .await?;
        let others = format!("return document.querySelectorAll('details.preview {RATE}').length;");
        ensure!(leila.run(&others).await? == json!(0), "what is not permitted is in the preview");
    }
    let offered = "return [...document.querySelectorAll('input[name=until]')].map((e) => Number(e.value));";
    let offered = leila.run(offered).await?;
    let days: Vec<i64> = offered.as_array().into_iter().flatten().filter_map(|days| days.as_i64()).collect();
    let within = !days.is_empty() && days.iter().all(|days| (1..=10).contains(days));
    ensure!(within, "of at most 10 days, {offered} are offered");
    let categories =
        "return [...document.querySelectorAll('input[name=category]')].map((e) => e.value).sort();";
    let categories = leila.run(categories).await?;
    ensure!(categories == json!(["BloodPressure", "HeartRate"]), "{categories} are offered");

    // Before the passphrase nothing can be given, and a wrong one gives nothing.
    leila.stage.see("#issue:disabled").await?;
    leila.type_into("confirm", "not the passphrase").await?;
    leila.press("issue").await?;
    leila.stage.see(".notice[data-code=wrong_passphrase]").await?;
    leila.type_into("confirm", PASSPHRASE).await?;
    let said = leila.agrees("issue", GIVE, "native-share-for").await?;
    ensure!(said.contains(who) && said.contains(ELDER), "the question says {said:?}");
    leila.stage.reads("main h1", "The permission is given").await?;
    leila.stage.reads("main", &format!("{ELDER} and the other helpers are told of it.")).await?;
    leila.look(&format!("share-for-{category}-done"), Dress::PLAIN).await
}

pub(crate) async fn waits_for_her_brother(leila: &Person) -> Result<()> {
    leila.look_at("family", "[data-circle] li[data-state=AwaitsOthers]", "waits").await?;
    for who in [ANA, BEA] {
        let words = format!("Permitted by {DAUGHTER}");
        leila.stage.reads_under(LINE, who, &words).await?;
        leila.stage.reads_under(LINE, who, "1 more helper has to agree.").await?;
        leila.stage.reads_under(LINE, who, &format!("Confirmed by {MEMBER}")).await?;
    }
    // Whoever gave it does not agree to it as well.
    let own = leila.stage.window.find_all(By::Css("[data-circle] .entries button.main")).await?.len();
    ensure!(own == 0, "the daughter could agree to what she gave herself");
    Ok(())
}

pub(crate) async fn sees_what_he_said(leila: &Person) -> Result<()> {
    leila.go("family").await?;
    leila.stage.reads_under(LINE, ANA, "Time to object").await?;
    leila.look_at("family", "[data-circle] li[data-state=AwaitsTime]", "time-to-object").await?;
    part(leila, SEEING).await?;
    leila.stage.reads_under(LINE, BEA, "Objected to").await
}

pub(crate) async fn sees_who_can_see_it_and_did(leila: &Person) -> Result<()> {
    leila
        .look_there("open", async || {
            part(leila, SEEING).await?;
            leila.stage.see("[data-circle] li[data-state=Active]").await
        })
        .await?;
    leila.stage.reads(SECTION, &format!("Who can see {ELDER}'s readings with a helper's permission")).await?;
    leila.stage.reads_under(LINE, ANA, "Opened once").await?;
    leila.stage.reads_under(LINE, ANA, "opened last").await?;
    leila
        .look_there("openings", async || {
            part(leila, "[data-place=openings] a").await?;
            leila.stage.see("[data-openings] .timeline > li").await
        })
        .await?;
    leila
        .look_there("authority", async || {
            part(leila, "[data-place=authority] a").await?;
            leila.stage.see("#lay-down").await
        })
        .await
}

pub(crate) async fn sees_that_it_is_stopped(leila: &Person) -> Result<()> {
    leila
        .look_there("stopped", async || {
            part(leila, SEEING).await?;
            leila.stage.see("[data-circle] li[data-state=Stopped]").await
        })
        .await?;
    leila.stage.reads_under(LINE, ANA, "Would have ended").await
}
