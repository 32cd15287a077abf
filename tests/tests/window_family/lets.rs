//! What the elder permits herself and lets those who help her stop: what the daughter sees of it and does, and the elder's choice.

use anyhow::{Context, Result, ensure};
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::stage::{Dress, Person};
use salus_wire::command as c;
use serde_json::json;

use crate::ANA;
use crate::circle::ELDER;
use crate::daughter::part;
use crate::town::{Somebody, Town};

const OWN: &str = "[data-own-given]";
const LINE: &str = "[data-own-given] .entries > li";
const LETS: &str = "#lets";
const ASKED: &str = "Salus: let those who help you stop what you permit?";

pub(crate) async fn the_elder_permits_and_lets_them(
    town: &Town,
    maria: &Somebody,
    ana: &Somebody,
) -> Result<()> {
    maria.wakes().await?;
    ana.wakes().await?;
    let code = ana.code("M. Keller, by herself").await?;
    town.permits(maria, code).await?;
    let own = maria.ok(c::LetHelpersStop { on: true }).await?.own.context("there is no circle")?;
    ensure!(own.lets_stop, "{own:?}");
    Ok(())
}

/// She is told of it by letter; what she stops is over for the clinician, as the members prove.
pub(crate) async fn the_daughter_stops_it(leila: &Person) -> Result<()> {
    leila.wake().await?;
    let told = async || {
        let view = leila.stage.ask("get_family", json!({})).await.ok()?;
        let given = view["helped"][0]["own_given"].as_array()?;
        (!given.is_empty()).then_some(())
    };
    eventually(PATIENCE, told).await.context("the daughter is not told of what her mother permitted")?;
    leila
        .look_again("own-given", async || {
            part(leila, "[data-place=seeing] a").await?;
            leila.stage.see(&format!("{OWN} li[data-state=Active]")).await
        })
        .await?;
    leila.stage.reads(OWN, &format!("What {ELDER} permitted alone")).await?;
    leila.stage.reads_under(LINE, ANA, "Heart Clinic").await?;

    leila.click_on(&format!("{LINE} button.stop")).await?;
    leila.stage.reads("dialog[open] h2", &format!("Stop {ANA}'s permission?")).await?;
    leila.stage.reads("dialog[open]", "What has already been opened cannot be taken back.").await?;
    leila.look("own-given-stop", Dress::PLAIN).await?;
    leila.click_on("dialog[open] .danger").await?;
    leila.stage.see(&format!("{OWN} li[data-state=Stopped]")).await?;
    leila.stage.reads_under(LINE, ANA, "Would have ended").await?;
    leila.stage.reads_no_more(OWN, "Stop this permission").await
}

/// To tell nobody any more takes a word; to tell them again is asked for outside the page.
pub(crate) async fn the_elder_takes_it_back_and_lets_them_again(maria: &Person) -> Result<()> {
    let stage = &maria.stage;
    maria
        .look_again("lets", async || {
            part(maria, "[data-place=helpers] a").await?;
            stage.see("#lets[data-on=true]").await
        })
        .await?;
    stage.reads(LETS, "each of them can stop them").await?;
    maria.click_on("#lets button").await?;
    stage.see("#lets[data-on=false]").await?;
    stage.reads(LETS, "and cannot stop them.").await?;
    maria.run("document.querySelector('#lets button').id = 'lets-again';").await?;
    maria.agrees("lets-again", ASKED, "native-lets").await?;
    stage.see("#lets[data-on=true]").await
}
