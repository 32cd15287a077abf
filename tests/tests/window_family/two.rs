//! A daughter who helps two people in one app: each with a name and a colour, the way to each, by the list and by what is typed; and that
//! what she permitted for one of them ends soon, with the way to a new permission.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use salus_tests::stage::{Dress, PASSPHRASE, Person};
use salus_wire::command as c;
use salus_wire::view::{Condition, FamilyRules, FamilyView, GivenState, HelperRole, RelativeDraft, Role};
use salus_wire::{Category, CircleId};
use thirtyfour::Key;

use crate::ANA;
use crate::circle::{ELDER, family_code, limits};
use crate::daughter::GIVE;
use crate::town::{DAY, HOUR, MINUTE, Somebody, Town};

pub(crate) const FATHER: &str = "Josef Keller";
/// What ends soon, on his page.
const ENDING: &str = "[data-part=ending]";
/// How long the permission for him lasts: longer than what is named as ending soon, by more than it takes to give it.
const LASTS: i64 = 3 * DAY + 3 * MINUTE;
/// After so long it is told of as well, two days before its end.
pub(crate) const PASSES: i64 = DAY + 4 * MINUTE;

/// Those whom she helps.
#[derive(Clone, Copy)]
pub(crate) struct Parents {
    pub(crate) mother: CircleId,
    pub(crate) father: CircleId,
}

/// Her father lets her share his heart rate alone, and she does, with this clinician. Gives his circle.
pub(crate) async fn lets_her_share_alone(town: &Town, leila: &Somebody, ana: &Somebody) -> Result<CircleId> {
    let josef = town.comes("josef", FATHER, Role::Patient).await?;
    josef.measures(town.now()).await?;
    let code = family_code(leila).await?;
    let heart = vec![Category::HeartRate];
    let rules =
        FamilyRules { ordinary: heart.clone(), long_days: 14, approvals: 1, veto_hours: 1, objector: None };
    let limits = limits(town, HelperRole::Steward, &heart);
    let passphrase = PASSPHRASE.to_owned();
    let add = c::AddDelegate { code, limits, rules: Some(rules), paper: false, passphrase };
    let circle = josef.soon(add).await?.own.context("there is no circle")?.circle;
    let has_keys = |view: FamilyView| {
        let his = view.helped.into_iter().find(|helped| helped.circle == circle)?;
        his.helpers.iter().any(|helper| helper.you && helper.keys_until.is_some()).then_some(())
    };
    leila.until("the daughter has keys of her father's", c::GetFamily {}, has_keys).await?;

    let (now, code) = (town.now(), ana.code("J. Keller").await?);
    let draft = RelativeDraft {
        code,
        categories: heart,
        data_from: now - HOUR,
        data_to: now + DAY,
        ends: now + LASTS,
        condition: Condition::Whenever,
    };
    leila.soon(c::IssueForRelative { circle, draft, passphrase: PASSPHRASE.into() }).await?;
    let works = |view: FamilyView| {
        let his = view.helped.into_iter().find(|helped| helped.circle == circle)?;
        his.given.iter().any(|given| given.state == GivenState::Active).then_some(())
    };
    leila.until("what she permitted for her father works", c::GetFamily {}, works).await?;
    josef.leaves().await?;
    Ok(circle)
}

/// By the list of those whom she helps.
pub(crate) async fn turns_to(leila: &Person, circle: CircleId) -> Result<()> {
    leila.go("family").await?;
    leila.click_on(&format!("[data-relative='{circle}'] a")).await?;
    leila.stage.see(&format!("[data-circle='{circle}']")).await
}

/// Each has a name and a colour of their own, in the list and on every part of their page, and neither is hers.
pub(crate) async fn are_told_apart(leila: &Person, parents: Parents) -> Result<()> {
    leila.look_at("family", ".relatives [data-relative]", "relatives").await?;
    for name in [ELDER, FATHER] {
        leila.stage.reads(".relatives", name).await?;
    }
    let edges = "return [...document.querySelectorAll('.relatives .person')]
        .map((e) => getComputedStyle(e).borderInlineStartColor);";
    let edges: Vec<String> = serde_json::from_value(leila.run(edges).await?)?;
    ensure!(edges.len() == 2 && edges[0] != edges[1], "in the list they have the colours {edges:?}");

    let mut colours = BTreeSet::from([colour(leila, "header.band:not(main *)").await?]);
    for (circle, name) in [(parents.mother, ELDER), (parents.father, FATHER)] {
        turns_to(leila, circle).await?;
        leila.stage.reads("main h1", &format!("Helping {name}")).await?;
        for part in ["seeing", "authority"] {
            leila.click_on(&format!("[data-place={part}] a")).await?;
            leila.stage.see(&format!("[data-place={part}] a[aria-current=page]")).await?;
            leila.stage.reads("[data-circle] .band-name", name).await?;
            colours.insert(colour(leila, "[data-circle] header.band").await?);
        }
    }
    ensure!(colours.len() == 3, "three records have the colours {colours:?}");
    Ok(())
}

async fn colour(leila: &Person, selector: &str) -> Result<String> {
    let script = format!("return getComputedStyle(document.querySelector({selector:?})).backgroundColor;");
    Ok(serde_json::from_value(leila.run(&script).await?)?)
}

/// From another screen, by the keys that work everywhere.
pub(crate) async fn is_found_by_his_name(leila: &Person, father: CircleId) -> Result<()> {
    let stage = &leila.stage;
    leila.go("home").await?;
    stage.press_control('k').await?;
    stage.has_focus("palette").await?;
    stage.type_text("helping josef").await?;
    // They come after the screens, once the family is known.
    stage.see(&format!("#palette-relative-{father}[aria-selected=true]")).await?;
    leila.look("palette-relative", Dress::PLAIN).await?;
    stage.press(Key::Enter).await?;
    stage.see(&format!("[data-circle='{father}']")).await?;
    stage.reads("main h1", &format!("Helping {FATHER}")).await
}

/// Among what happened, with whose it is and who sees it.
pub(crate) async fn is_told_what_ends_soon(leila: &Person) -> Result<()> {
    let words = format!("What {ANA} sees of {FATHER} with a helper's permission ends");
    leila.go("notices").await?;
    leila.stage.reads("#notices", &words).await?;
    leila.look("notices-ends-soon", Dress::PLAIN).await
}

/// From what ends soon to the form for the same person, with the clinician's next code; then it ends for nobody.
pub(crate) async fn gives_a_new_one(leila: &Person, father: CircleId, code: &str) -> Result<()> {
    let stage = &leila.stage;
    leila
        .look_there("ends-soon", async || {
            turns_to(leila, father).await?;
            stage.see(&format!("{ENDING} a.button")).await
        })
        .await?;
    stage.reads(ENDING, &format!("The permission of {ANA} ends")).await?;
    let how = format!("If {ANA} is to go on seeing it, ask {ANA} for a new code");
    stage.reads(ENDING, &how).await?;
    stage.click(&format!("Give {ANA} a new permission")).await?;
    stage.reads("main h1", &format!("Share {FATHER}'s readings with a clinician")).await?;
    stage.paste_into("code", code).await?;
    let heart = "input[name=category][value=HeartRate]";
    leila.click_on(&format!("label:has({heart})")).await?;
    stage.see(&format!("label:has({heart}:checked)")).await?;
    leila.type_into("confirm", PASSPHRASE).await?;
    let said = leila.agrees("issue", GIVE, "native-new-one").await?;
    ensure!(said.contains(ANA) && said.contains(FATHER), "the question says {said:?}");
    stage.reads("main h1", "The permission is given").await?;
    // Both are there, and the older one is not pressed for any more.
    turns_to(leila, father).await?;
    stage.see("[data-part=decide]").await?;
    stage.reads_no_more(ENDING, "Ends soon").await?;
    leila.click_on("[data-place=seeing] a").await?;
    stage.see("[data-part=seeing] .entries > li:nth-child(2)").await
}
