//! What a daughter says of an emergency with her mother's card: that the announcement was right, and that she objects to the opening;
//! each asked for outside the page, once and for good, and beside her mother's own word.

use anyhow::{Context, Result, ensure};
use salus_tests::stage::{PASSPHRASE, Person};
use salus_wire::command as c;
use salus_wire::view::{EmergencyReason, EmergencyView, FamilyView, HelperRole, PowerState, Role};
use salus_wire::{Category, CircleId};
use serde_json::json;

use crate::circle::{DAUGHTER, ELDER, family_code, limits};
use crate::town::{Somebody, Town};
use crate::two::{self, Parents};
use crate::{ANA, BEA};

const WHY: EmergencyReason = EmergencyReason::Unconscious;
const REVIEW: &str = "Salus: say this about the emergency?";
const ANNOUNCED: &str = "[data-emergencies] [data-act=Announced]";
const OPENED: &str = "[data-emergencies] [data-act=Opened]";

/// The mother's card is announced and opened by two clinicians, and her daughter's computer knows of both; her father is helped by her as
/// well. Gives mother, daughter and the first of the clinicians, and whom the daughter helps.
pub(crate) async fn before_the_daughter_looks(town: &Town) -> Result<([Somebody; 3], Parents)> {
    let maria = town.comes("maria", ELDER, Role::Patient).await?;
    let leila = town.comes("leila", DAUGHTER, Role::Patient).await?;
    let (ana, _) = town.clinician("ana", &format!("{ANA}, Heart Clinic")).await?;
    let (bea, _) = town.clinician("bea", &format!("{BEA}, Rhythm Clinic")).await?;
    maria.measures(town.now()).await?;

    // The first helper helps at once.
    let code = family_code(&leila).await?;
    let limits = limits(town, HelperRole::Approver, &[]);
    let add = c::AddDelegate { code, limits, rules: None, paper: false, passphrase: PASSPHRASE.into() };
    let mother = maria.soon(add).await?.own.context("there is no circle")?.circle;
    let helps = |view: FamilyView| {
        let mut helpers = view.helped.iter().flat_map(|helped| &helped.helpers);
        helpers.any(|helper| helper.you && helper.state == PowerState::InForce).then_some(())
    };
    leila.until("the daughter helps", c::GetFamily {}, helps).await?;

    let categories = vec![Category::HeartRate, Category::BloodPressure];
    let make = c::MakeCard { categories, call: String::new(), passphrase: PASSPHRASE.into() };
    maria.soon(make).await?;
    let card = maria.soon(c::ShowCard {}).await?.text;
    ana.soon(c::AnnounceEmergency { card: card.clone(), reason: WHY }).await?;
    let ask = ana.soon(c::AskEmergencySecond { card: card.clone(), reason: WHY }).await?.text;
    let word = bea.soon(c::SecondEmergency { ask }).await?.text;
    ana.soon(c::OpenEmergency { card, reason: WHY, word: Some(word), width: 400 }).await?;
    let told =
        |view: FamilyView| view.helped.iter().any(|helped| helped.emergencies.len() == 2).then_some(());
    leila.until("the daughter is told of both", c::GetFamily {}, told).await?;
    let father = Box::pin(two::lets_her_share_alone(town, &leila, &ana)).await.context("the father")?;
    Ok(([maria, leila, ana], Parents { mother, father }))
}

pub(crate) async fn says_that_one_was_right_and_objects_to_the_other(
    leila: &Person,
    mother: CircleId,
) -> Result<()> {
    let stage = &leila.stage;
    let way = async || {
        two::turns_to(leila, mother).await?;
        leila.click_on("[data-place=card] a").await?;
        stage.see("[data-place=card] a[aria-current=page]").await?;
        stage.see(OPENED).await
    };
    leila.look_again("emergencies", &way).await?;
    let opened = format!("Readings of {ELDER} were opened in an emergency: the person is unconscious.");
    stage.reads(OPENED, &opened).await?;
    stage.reads(OPENED, &format!("{ELDER} has not said anything of it.")).await?;

    says(leila, ANNOUNCED, 0, "that this was right").await?;
    stage.reads(ANNOUNCED, "You: it was right.").await?;
    says(leila, OPENED, 1, "that you object to this").await?;
    stage.reads(OPENED, "You: I object.").await?;
    leila
        .look_again("emergencies-said", async || {
            way().await?;
            stage.reads(OPENED, "You: I object.").await
        })
        .await?;
    stage.reads(ANNOUNCED, "You: it was right.").await?;
    let left = "return document.querySelectorAll('[data-emergencies] li .row button').length;";
    ensure!(leila.run(left).await? == json!(0), "she could say it once more");
    Ok(())
}

/// Presses one of the three: it was right, I object, I object and the card is stopped.
async fn says(leila: &Person, act: &str, which: u8, what: &str) -> Result<()> {
    let id = format!("review-{which}");
    leila.run(&format!("document.querySelectorAll('{act} .row button')[{which}].id = '{id}';")).await?;
    let said = leila.agrees(&id, REVIEW, &format!("native-{id}")).await?;
    ensure!(said.contains(what) && said.contains(ELDER), "the question says {said:?}");
    Ok(())
}

/// Beside what she says herself.
pub(crate) async fn the_elder_reads_whose_word_it_is(maria: &Somebody) -> Result<()> {
    let whose = |view: EmergencyView| {
        let hers = view.uses.iter().filter(|one| one.helpers.iter().any(|said| said.name == DAUGHTER));
        (view.card.is_some() && hers.count() == 2).then_some(())
    };
    maria.until("the mother sees whose word it is", c::GetEmergency {}, whose).await
}
