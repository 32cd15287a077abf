//! The son's window: what he has to decide, and how he decides it with Tab and Enter alone, from the lock screen on. Wherever the
//! keyboard stops, it shows.

use anyhow::{Result, ensure};
use salus_tests::stage::{PASSPHRASE, Person};
use serde_json::json;
use thirtyfour::Key;

use crate::circle::{DAUGHTER, ELDER};
use crate::daughter::{LINE, SECTION, part};
use crate::{ANA, BEA};

const LEAVE: &str = "Leave it as it is";
const SEEING: &str = "[data-place=seeing] a";
const STOP: &str = "Stop this permission";

pub(crate) async fn sees_what_to_decide(karim: &Person) -> Result<()> {
    karim.look_at("family", "[data-circle] li[data-state=AwaitsOthers] button.main", "decide").await?;
    karim.stage.reads("[data-circle] .band-name", ELDER).await?;
    karim.stage.reads(SECTION, "Agree to what others permit, object and stop. Sees no readings.").await?;
    karim.stage.reads(SECTION, "To decide").await?;
    for (who, what) in [(ANA, "Blood pressure"), (BEA, "Heart rate")] {
        karim.stage.reads_under(LINE, who, &format!("Permitted by {DAUGHTER}")).await?;
        karim.stage.reads_under(LINE, who, what).await?;
    }
    // Who reads nothing is offered nothing to read, and nothing to give.
    let links = karim.run("return document.querySelectorAll('[data-circle] a.button').length;").await?;
    ensure!(links == json!(0), "an approver is offered {links} ways to readings");
    Ok(())
}

/// Locks, unlocks, finds the way, agrees to one and objects to the other, without a pointer. Each is asked for with the focus on
/// leaving it as it is.
pub(crate) async fn decides_with_the_keyboard(karim: &Person) -> Result<()> {
    let stage = &karim.stage;
    karim.run("window.before = true;").await?;
    stage.tab_to_words(("", ""), "Lock").await?;
    stage.press(Key::Enter).await?;
    stage.is_new_page("before").await?;
    stage.watches_for_pointers().await?;
    stage.see("#unlock").await?;
    stage.has_focus("unlock").await?;
    stage.type_text(PASSPHRASE).await?;
    stage.press(Key::Enter).await?;
    stage.see("[data-nav]").await?;
    for (words, screen) in [("Today", "home"), ("Family", "family")] {
        stage.tab_to_words(("", ""), words).await?;
        stage.press(Key::Enter).await?;
        stage.see(&format!("[data-nav={screen}].here")).await?;
    }
    stage.see("[data-circle] li[data-state=AwaitsOthers]").await?;
    stage.tab_to_words((LINE, ANA), "I agree").await?;
    stage.press(Key::Enter).await?;
    stage.reads("dialog[open]", "cannot be taken back").await?;
    stage.shows_focus(LEAVE).await?;
    stage.press(Key::Enter).await?;
    stage.reads_no_more("body", "cannot be taken back").await?;
    stage.shows_focus("I agree").await?;
    stage.press(Key::Enter).await?;
    stage.reads("dialog[open]", ELDER).await?;
    stage.tab_to_words(("", ""), &format!("Agree to {ANA}'s permission")).await?;
    stage.press(Key::Enter).await?;
    stage.reads_under(LINE, ANA, "Time to object").await?;
    stage.reads_under(LINE, ANA, "It can be opened from").await?;
    stage.tab_to_words((LINE, BEA), "I object").await?;
    stage.press(Key::Enter).await?;
    stage.reads("dialog[open]", &format!("Object to {BEA}'s permission?")).await?;
    stage.shows_focus(LEAVE).await?;
    stage.tab_to_words(("", ""), &format!("Object to {BEA}'s permission")).await?;
    stage.press(Key::Enter).await?;
    stage.reads("[data-part=decide]", "Nothing waits for you").await?;
    stage.was_not_pointed_at().await?;
    part(karim, SEEING).await?;
    stage.reads_under(LINE, BEA, "Objected to").await?;
    karim.look_at("family", "[data-circle] li[data-state=AwaitsTime]", "decided").await
}

/// Escape leaves it open and gives the focus back; Enter without reading leaves it open as well.
pub(crate) async fn stops_with_the_keyboard(karim: &Person) -> Result<()> {
    let stage = &karim.stage;
    part(karim, SEEING).await?;
    stage.see("[data-circle] li[data-state=Active]").await?;
    for leaves in [Key::Escape, Key::Enter] {
        stage.tab_to_words((LINE, ANA), STOP).await?;
        stage.press(Key::Enter).await?;
        stage.reads("dialog[open]", "What has already been opened cannot be taken back.").await?;
        stage.shows_focus("Leave it open").await?;
        stage.press(leaves).await?;
        stage.reads_no_more("body", "What has already been opened").await?;
        stage.shows_focus(STOP).await?;
    }
    karim
        .look_there("stop", async || {
            part(karim, SEEING).await?;
            karim.click_on("[data-circle] li[data-state=Active] .stop").await?;
            stage.see("dialog[open] .danger").await
        })
        .await?;
    let yes = format!("Stop {ANA}'s permission");
    stage.tab_to_words(("", ""), &yes).await?;
    stage.press(Key::Enter).await?;
    stage.see("[data-circle] li[data-state=Stopped]").await?;
    stage.reads_under(LINE, ANA, "Stopped").await
}
