//! Two clinicians open what one cannot: the one who asks, and the other one's window, in which no patient is named.

use anyhow::{Context, Result, ensure};
use salus_tests::stage::{Dress, Person};
use serde_json::{Value, json};

use crate::shares::{self, PATIENT};
use crate::town::{MEMBER, Town};
use crate::{ANA, BEA};

const NOTE: &str = "J. Brandt, two";
const AGREE: &str = "Salus: agree as the second clinician?";
const BOTH: &str = "Only together with a second confirmed clinician, who agrees to each opening.";
const POLICY: &str = "context.seconded";
const SECOND: &str = "details.second > section";

pub(crate) async fn is_asked_for(josef: &Person, ana: &Person) -> Result<()> {
    let code = shares::code(ana, NOTE).await?;
    shares::begins(josef, &code).await?;
    shares::chooses(josef, "category", "BloodPressure").await?;
    shares::chooses(josef, "when", "second").await?;
    let kept = |choices: &Value| {
        choices["condition"]["when"] == "Second" && choices["categories"] == json!(["blood_pressure"])
    };
    shares::are_kept(josef, kept).await?;
    shares::gives(josef, "second").await?;
    josef.stage.reads("main .condition", BOTH).await?;
    // The sentence first; the text that the members judge by is one click away.
    josef.stage.reads_no_more("main .condition code", POLICY).await?;
    josef.click_on("main .condition details.policy > summary").await?;
    josef.stage.reads("main .condition code", POLICY).await
}

pub(crate) async fn agrees(town: &mut Town, ana: &Person, bea: &Person) -> Result<()> {
    shares::opens(town, ana, NOTE, "#ask-second", "second-wanted").await?;
    ana.stage.reads("main h1", "A second clinician has to agree").await?;
    ana.press("ask-second").await?;
    ana.stage.see("#copy-text").await?;
    ana.look("second-question", Dress::PLAIN).await?;
    let question = ana.text_of("copy-text").await?;

    bea.look_there("being-second", async || {
        bea.go("home").await?;
        bea.unfold("#second-question").await?;
        bea.stage.paste_into("second-question", &question).await?;
        bea.press("check-second").await?;
        bea.stage.see("#agree-second").await
    })
    .await?;
    for words in [ANA, &format!("Confirmed by {MEMBER}"), "asks you to agree to one opening", BOTH] {
        bea.stage.reads(SECOND, words).await?;
    }
    let shown = bea.words(SECOND).await?;
    ensure!(!shown.contains(PATIENT), "the patient is named: {shown}");
    let said = bea.agrees("agree-second", AGREE, "native-second").await?;
    ensure!(said.contains(ANA) && !said.contains(PATIENT), "the question says {said:?}");
    bea.stage.reads(SECOND, &format!("Give it to {ANA}.")).await?;
    bea.look("second-agreed", Dress::PLAIN).await?;
    let answer = bea.text_of("copy-text").await?;

    // Whoever was asked may take longer than the record stays open.
    ana.wake().await?;
    ana.stage.paste_into("second-answer", &answer).await?;
    ana.press("open-together").await?;
    let chart = "section[data-category=BloodPressure] svg.scene circle";
    ana.stage.see(chart).await.with_context(|| format!("{ANA} and {BEA} open it together"))?;
    ana.look("second-opened", Dress::PLAIN).await
}
