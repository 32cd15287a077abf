//! What every permission of a patient's own takes, in both windows: the code, the choices as the record keeps them, the sentence that
//! is signed, and the opening.

use anyhow::{Context, Result, bail, ensure};
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::stage::{Dress, PASSPHRASE, Person};
use serde_json::{Value, json};
use thirtyfour::By;

use crate::ANA;
use crate::daughter::GIVE;
use crate::town::{MEMBER, RELEASE, Town};

/// How often an opening is tried: what is sealed may still be on its way.
const TRIES: usize = 5;

/// Whose record it is.
pub(crate) const PATIENT: &str = "Josef Brandt";

/// A code of the clinician in that window, under this note.
pub(crate) async fn code(ana: &Person, note: &str) -> Result<String> {
    ana.wake().await?;
    let made = ana.stage.ask("make_code", json!({ "note": note })).await?;
    Ok(made["code"].as_str().with_context(|| format!("{made}"))?.to_owned())
}

/// As far as the choices, from a form that holds nothing.
pub(crate) async fn begins(josef: &Person, code: &str) -> Result<()> {
    josef.go("home").await?;
    josef.go("share").await?;
    josef.stage.paste_into("code", code).await?;
    josef.press("next").await?;
    josef.stage.reads_under("main .proven", ANA, &format!("Confirmed by {MEMBER}")).await
}

/// The same with the form as it was kept over a new page.
pub(crate) async fn comes_back_to_the_choices(josef: &Person) -> Result<()> {
    josef.go("share").await?;
    josef.press("next").await?;
    josef.stage.see("main .proven").await
}

/// One of the choices, by its group and its value.
pub(crate) async fn chooses(josef: &Person, group: &str, value: &str) -> Result<()> {
    josef.click_on(&format!("label:has(input[name={group}][value='{value}'])")).await
}

/// The form's choices, as the record keeps them a moment after the last change, once they are as asked.
pub(crate) async fn are_kept(josef: &Person, as_asked: impl Fn(&Value) -> bool) -> Result<()> {
    let kept = async || {
        let draft = josef.stage.ask("get_draft", json!({ "kind": "permission" })).await.ok()?;
        let kept: Value = serde_json::from_str(draft["text"].as_str()?).ok()?;
        as_asked(&kept["choices"]).then_some(())
    };
    if eventually(PATIENCE, kept).await.is_none() {
        bail!("kept is {}", josef.stage.ask("get_draft", json!({ "kind": "permission" })).await?);
    }
    Ok(())
}

/// From the choices to the end: what will be seen, the sentence, the passphrase, the question outside the page. Gives the sentence.
pub(crate) async fn gives(josef: &Person, name: &str) -> Result<String> {
    josef
        .look_again(&format!("{name}-confirm"), async || {
            comes_back_to_the_choices(josef).await?;
            josef.press("next").await?;
            josef.stage.see("main blockquote").await?;
            josef.click_on("details.preview > summary").await?;
            josef.stage.see("details.preview .series").await
        })
        .await?;
    let sentence = josef.run("return document.querySelector('main blockquote').innerText;").await?;
    let sentence = sentence.as_str().context("a sentence")?.to_owned();
    josef.type_into("confirm", PASSPHRASE).await?;
    let said = josef.agrees("issue", GIVE, &format!("native-{name}")).await?;
    ensure!(said == sentence, "the question says {said:?}, the page {sentence:?}");
    josef.stage.reads("main h1", &format!("{ANA} has your permission")).await?;
    josef.look(&format!("{name}-done"), Dress::PLAIN).await?;
    Ok(sentence)
}

/// Opens the permission under this note in each dress, until `there` is shown. Each opening gets a minute of its own.
pub(crate) async fn opens(town: &mut Town, ana: &Person, note: &str, there: &str, name: &str) -> Result<()> {
    for dress in ana.dresses() {
        // A page that begins anew on a record would open it again.
        ana.go("home").await?;
        ana.stage.dress(dress).await?;
        opens_once(town, ana, note, there).await.with_context(|| format!("{name} {}", dress.name))?;
        ana.look(name, dress).await?;
    }
    Ok(())
}

async fn opens_once(town: &mut Town, ana: &Person, note: &str, there: &str) -> Result<()> {
    let mut last = String::new();
    for _ in 0..TRIES {
        ana.go("home").await?;
        town.later(RELEASE)?;
        ana.is_fresh().await?;
        ana.stage.reads("main .entries > li[data-state=Active]", note).await?;
        let link = format!("//li[@data-state='Active'][contains(., '{note}')]//a[contains(@class, 'main')]");
        ana.stage.window.find(By::XPath(&link)).await?.click().await?;
        // What it came to: that, a refusal, or a record without readings.
        ana.stage.see(&format!("{there}, main .notice[data-code], main .series.bare")).await?;
        let shown = format!("return document.querySelector({there:?}) !== null;");
        if ana.run(&shown).await? == json!(true) {
            return Ok(());
        }
        last = ana.words("main").await?;
    }
    bail!("in {TRIES} openings there was no {there}; the last came to: {last}")
}
