//! What asks for care, in the real window: a recovery key that nobody wrote down, a backup that cannot be made, a test with the
//! paper that is due, and a record that does not open any more, which comes out of a backup. Each is said calmly where a person is,
//! leads to what mends it, and is gone once it is mended; with `SALUS_PICTURES=DIR` each is photographed in every dress.

#[path = "window_care/restored.rs"]
mod restored;

use std::path::Path;

use anyhow::{Context, Result, ensure};
use salus_tests::stage::{Dress, PICTURES, Stage};
use serde_json::json;
use thirtyfour::{By, Key};

const PASSPHRASE: &str = "lantern otter velvet ninth";
const DAY: i64 = 86_400_000;

/// Every dress, the plain one last.
fn dresses() -> impl Iterator<Item = &'static Dress> {
    let others: &[Dress] = if std::env::var_os(PICTURES).is_some() { &Dress::OTHERS } else { &[] };
    others.iter().chain([&Dress::PLAIN])
}

/// Nothing here is to be ashamed of, in any dress. Each begins the page anew, and `again` leads to where it was.
async fn look(stage: &Stage, name: &str, there: &str, again: impl AsyncFn() -> Result<()>) -> Result<()> {
    for dress in dresses() {
        stage.dress(*dress).await?;
        again().await?;
        stage.see(there).await.with_context(|| format!("{name} shows {there}"))?;
        stage.window.find(By::Css(there)).await?.scroll_into_view().await?;
        stage.is_fit_to_be_seen().await.with_context(|| format!("{name}-{}", dress.name))?;
        stage.photograph(&format!("care-{name}-{}.png", dress.name)).await?;
    }
    Ok(())
}

async fn press(stage: &Stage, selector: &str) -> Result<()> {
    stage.see(selector).await?;
    stage.click_first(selector).await
}

async fn unlock(stage: &Stage) -> Result<()> {
    stage.see("#unlock").await?;
    stage.window.find(By::Id("unlock")).await?.send_keys(PASSPHRASE).await?;
    stage.press(Key::Enter).await
}

/// Home, from another screen, with what is said there now.
async fn home(stage: &Stage) -> Result<()> {
    press(stage, "[data-nav=settings] a").await?;
    stage.see("#verify-start").await?;
    press(stage, "[data-nav=home] a").await?;
    stage.see(".series").await
}

async fn says_nothing(stage: &Stage) -> Result<()> {
    home(stage).await?;
    let view = stage.ask("get_backups", json!({})).await?;
    ensure!(view["need"].is_null(), "{view}");
    ensure!(stage.window.find_all(By::Css("[data-need]")).await?.is_empty(), "nothing is to be done");
    Ok(())
}

/// Nobody typed the recovery key that was shown: a new one takes its place, typed back from the paper. Gives its groups.
async fn writes_the_key_down(stage: &Stage) -> Result<Vec<String>> {
    home(stage).await?;
    look(stage, "key-not-written", "[data-need=paper]", async || Ok(())).await?;
    press(stage, "#paper-new").await?;
    stage.see("#key-passphrase").await?;
    stage.window.find(By::Id("key-passphrase")).await?.send_keys(PASSPHRASE).await?;
    press(stage, "#key-make:enabled").await?;
    let groups = stage.key_groups().await?;
    ensure!(groups.len() == 9, "{} groups", groups.len());
    press(stage, "#key-written").await?;
    // The two mixed up, and then right.
    for (third, seventh) in [(6, 2), (2, 6)] {
        for (field, group) in [("key-group-3", third), ("key-group-7", seventh)] {
            stage.see(&format!("#{field}")).await?;
            let field = stage.window.find(By::Id(field)).await?;
            field.send_keys(Key::Control + "a").await?;
            field.send_keys(groups[group].as_str()).await?;
        }
        press(stage, "#key-set:enabled").await?;
        if third != 2 {
            stage.reads(".notice[data-code=group_mistyped]", "Group 3 and Group 7").await?;
            stage.is_fit_to_be_seen().await.context("a slip of the pen")?;
            stage.photograph("care-key-slip.png").await?;
        }
    }
    stage.see("[data-paper=done]").await?;
    Ok(groups)
}

#[tokio::test]
async fn what_asks_for_care_is_said_where_a_person_is_until_it_is_done() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let clock = dir.path().join("clock");
    std::fs::write(&clock, "0")?;
    let stage = Stage::set_with(None, &["--insecure-test-clock", &clock.display().to_string()]).await?;
    let outcome = play(&stage, &clock).await;
    stage.end(outcome, "care-failed.png").await
}

async fn play(stage: &Stage, clock: &Path) -> Result<()> {
    stage.see("input[name=theme]").await?;
    let profile = json!({ "name": "Maria Keller", "role": "patient", "passphrase": PASSPHRASE });
    stage.ask("create_profile", profile).await?;
    let now = stage.ask("get_app", json!({})).await?["now"].as_i64().context("the time")?;
    let values = json!([{ "quantity": "body_weight", "value": "70.5" }]);
    let reading = json!({ "category": "body_weight", "values": values, "at": now - 60_000, "note": null });
    stage.ask("type_reading", reading).await?;

    stage.dress(Dress::PLAIN).await?;
    let groups = writes_the_key_down(stage).await?;

    // Something stands where the backups are to go.
    let backups = stage.record().join("backups");
    std::fs::write(&backups, "in the way")?;
    let said = stage.invoke("make_backup", json!({})).await?;
    ensure!(said.contains("target_missing"), "{said}");
    home(stage).await?;
    look(stage, "backup-not-made", "[data-need=look]", async || Ok(())).await?;
    press(stage, "[data-need] a").await?;
    stage.see(".notice[data-code=target_missing]").await?;
    std::fs::remove_file(&backups)?;
    press(stage, "#make-backup").await?;
    stage.see("details summary").await?;
    says_nothing(stage).await?;

    // Three months later.
    stage.window.execute("window.before = true;", vec![]).await?;
    std::fs::write(clock, (91 * DAY).to_string())?;
    stage.is_new_page("before").await?;
    unlock(stage).await?;
    look(stage, "test-due", "[data-need=test]", async || Ok(())).await?;
    press(stage, "[data-need] a").await?;
    stage.see("#rehearse-key").await?;
    let typed = groups.join("-");
    stage.window.find(By::Id("rehearse-key")).await?.send_keys(typed.as_str()).await?;
    press(stage, "#rehearse").await?;
    stage.see("form .proven[role=status]").await?;
    says_nothing(stage).await?;

    // The disk spoils what opens the record.
    stage.window.execute("window.before = true;", vec![]).await?;
    press(stage, "#lock").await?;
    stage.is_new_page("before").await?;
    let keyslots = stage.record().join("record/keyslots");
    let length = std::fs::read(&keyslots)?.len();
    std::fs::write(&keyslots, vec![0; length])?;
    look(stage, "locked-damaged", "#from-backup", async || unlock(stage).await).await?;
    press(stage, "#have-backup").await?;
    // Not at the first step: what the person asked for.
    stage.see("#restore-key").await?;
    look(stage, "restore-beside", "#restore-key", async || press(stage, "#have-backup").await).await?;
    stage.click("Back").await?;
    stage.click("Turn to Maria Keller").await?;
    stage.reads("h1", "Maria Keller").await?;
    Box::pin(restored::comes_out_of_a_backup(stage, &typed)).await.context("out of a backup")?;
    ensure!(std::fs::read(&keyslots)? == vec![0; length], "something of it was overwritten");
    Ok(())
}
