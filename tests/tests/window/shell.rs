//! What is around every screen: a link that only fills a field in, finding by words, what happened, and help; by keyboard alone.

use anyhow::{Result, ensure};
use salus_tests::stage::{Stage, link};
use thirtyfour::{By, Key};

/// It is said, and nothing happens until the person looks; then its text is in the field, and nothing was sent.
pub(super) async fn follows_a_link(stage: &Stage) -> Result<()> {
    stage.see("#link-note").await?;
    stage.see("[data-nav=home].here").await?;
    stage.photograph("window-link.png").await?;
    stage.tab_to("link-look").await?;
    stage.press(Key::Enter).await?;
    stage.see("[data-nav=share].here").await?;
    link::is_only_filled_in(stage).await?;
    // Taken once; and what was filled in is not kept for another day.
    stage.window.find(By::Id("code")).await?.send_keys(Key::Control + "a").await?;
    stage.press(Key::Delete).await?;
    go(stage, "today", "home").await
}

/// To a screen by its words, as in the palette; `nav` is its name in the frame.
async fn go(stage: &Stage, words: &str, nav: &str) -> Result<()> {
    // One question at a time: what was closed has to be gone.
    stage.reads_no_more("dialog[open]", "Close").await?;
    stage.press_control('k').await?;
    stage.has_focus("palette").await?;
    stage.type_text(words).await?;
    stage.see("#palette-list [aria-selected=true]").await?;
    stage.press(Key::Enter).await?;
    stage.see(&format!("[data-nav={nav}].here")).await?;
    stage.reads_no_more("dialog[open]", "Close").await
}

pub(super) async fn finds_reads_and_helps(stage: &Stage) -> Result<()> {
    stage.press_control('k').await?;
    stage.has_focus("palette").await?;
    stage.photograph("window-palette.png").await?;
    stage.is_fit_to_be_seen().await?;
    // The marked one is what the field names, and goes round.
    stage.press(Key::Up).await?;
    stage.see("#palette[aria-activedescendant=palette-lock]").await?;
    stage.press(Key::Down).await?;
    stage.see("#palette[aria-activedescendant=palette-home]").await?;
    stage.press(Key::Escape).await?;
    go(stage, "happened", "notices").await?;
    stage.see("#notices, .empty").await?;
    stage.photograph("window-notices.png").await?;
    stage.is_fit_to_be_seen().await?;
    go(stage, "help", "help").await?;
    stage.tab_to("help-find").await?;
    stage.type_text("bigger").await?;
    stage.see("#help-letters").await?;
    stage.reads_no_more(".questions", "ambulance").await?;
    stage.photograph("window-help.png").await?;
    stage.is_fit_to_be_seen().await?;
    // A question mark where nothing is typed shows the keys.
    go(stage, "today", "home").await?;
    stage.type_text("?").await?;
    stage.see("dialog dl.keys").await?;
    stage.press(Key::Escape).await?;
    stage.reads_no_more("body", "Single letters can be switched off").await
}

/// Help is in the same corner where no record is open; what it lies over is there again.
pub(super) async fn helps_while_locked(stage: &Stage) -> Result<()> {
    // It stands before everything else.
    let back = stage.window.action_chain().key_down(Key::Shift).key_down(Key::Tab).key_up(Key::Tab);
    back.key_up(Key::Shift).perform().await?;
    stage.has_focus("help").await?;
    stage.press(Key::Enter).await?;
    stage.see("dialog #help-passphrase").await?;
    ensure!(
        stage.window.find_all(By::Css("dialog .questions a")).await?.is_empty(),
        "a way to a screen that is locked"
    );
    stage.is_fit_to_be_seen().await?;
    stage.press(Key::Escape).await?;
    stage.window.find(By::Id("unlock")).await?.click().await?;
    stage.has_focus("unlock").await
}
