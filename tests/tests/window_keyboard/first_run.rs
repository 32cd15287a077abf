//! The first run, as far as it is the same for all three: how it looks, what for, name and passphrase, the recovery key typed back, and
//! the end of it; how it goes on after a loss of power, and how what it made is taken away again.

use anyhow::{Context, Result, ensure};
use salus_tests::keyboard::Keys;
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::stage::PASSPHRASE;
use serde_json::json;
use thirtyfour::{By, Key};

const UNDO: &str = "Undo: take this record away again";

/// Who begins.
pub(crate) struct Newcomer {
    pub(crate) name: &'static str,
    /// The words of the choice, and the role that it stands for.
    pub(crate) role: (&'static str, &'static str),
    /// The same of the colours.
    pub(crate) theme: (&'static str, &'static str),
    /// The last button.
    pub(crate) opens: &'static str,
}

/// As far as the first thing to do, which is another for each role.
pub(crate) async fn begins(keys: &Keys, who: &Newcomer) -> Result<()> {
    chooses_how_it_looks(keys, who.theme).await?;
    makes_a_record(keys, who).await?;
    types_the_key_back(keys).await
}

/// What it is for, a name and a passphrase; then the recovery key is shown.
pub(crate) async fn makes_a_record(keys: &Keys, who: &Newcomer) -> Result<()> {
    keys.stage.see("input[name=role]").await?;
    keys.chooses("role", &format!("{}…", who.role.0)).await?;
    keys.look("first-run-role").await?;
    keys.press("Next").await?;

    keys.stage.see("#passphrase").await?;
    keys.types("Your name", who.name).await?;
    keys.types("Passphrase", PASSPHRASE).await?;
    keys.stage.reads("#strength", "Strong.").await?;
    keys.look("first-run-passphrase").await?;
    keys.press("Make my record").await?;
    keys.stage.see(".key").await
}

/// After a loss of power: the lock screen, and behind it the step at which it was. The key that was shown is shown no more; another one
/// can be made.
pub(crate) async fn goes_on_at_the_key(keys: &Keys, who: &Newcomer) -> Result<()> {
    let stage = &keys.stage;
    stage.has_focus("unlock").await?;
    stage.type_text(PASSPHRASE).await?;
    stage.press(Key::Enter).await?;
    stage.see("main[data-step=Key] #key-new").await?;
    stage.see(&format!("html[data-theme={}]", who.theme.1)).await?;
    ensure!(stage.window.find_all(By::Css(".key")).await?.is_empty(), "the key is shown again");
    keys.look("first-run-resumed").await
}

/// What was made is taken away again: nothing of it is on the disk, and the next step is what the record is for.
pub(crate) async fn is_undone(keys: &Keys) -> Result<()> {
    let stage = &keys.stage;
    let record = stage.record();
    ensure!(record.join("record").exists() && record.join("profile.json").exists(), "there is no record");
    keys.press(UNDO).await?;
    stage.see("dialog[open] #undo-record-yes").await?;
    keys.shows("Keep it").await?;
    stage.window.execute("window.beforeTheUndo = true;", vec![]).await?;
    keys.press_in("dialog[open]", "Take this record away").await?;
    stage.is_new_page("beforeTheUndo").await?;
    stage.see("main[data-step=Who] input[name=role]").await?;
    let gone = eventually(PATIENCE, async || {
        let app = stage.ask("get_app", json!({})).await.ok()?;
        let left = ["record", "record.removed", "profile.json"].iter().any(|name| record.join(name).exists());
        (app["profile"].is_null() && app["first_run"]["step"] == "who" && !left).then_some(())
    });
    gone.await.context("something of the record is left")
}

/// Scrolls to the end and back: whether that went anywhere, and whether the way to help was whole there, with nothing over it.
const AT_THE_END: &str = "
    scrollTo(0, document.documentElement.scrollHeight);
    const help = document.getElementById('help'), r = help.getBoundingClientRect();
    const top = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
    const told = [scrollY > r.height, r.top >= 0 && r.bottom <= innerHeight && r.right <= innerWidth && help.contains(top)];
    scrollTo(0, 0);
    return told;";

async fn help_stays_whole(keys: &Keys) -> Result<()> {
    let (scrolled, whole): (bool, bool) =
        keys.stage.window.execute(AT_THE_END, Vec::new()).await?.convert()?;
    ensure!(scrolled, "the page is as long as the window: this tells nothing");
    ensure!(whole, "the way to help is cut off, or something lies over it");
    Ok(())
}

/// Another language and back, larger and back, and the colours; each choice applies at once.
pub(crate) async fn chooses_how_it_looks(keys: &Keys, (words, theme): (&str, &str)) -> Result<()> {
    let stage = &keys.stage;
    keys.chooses("language", "العربية").await?;
    stage.see("html[lang=ar][dir=rtl]").await?;
    keys.look("first-run-arabic").await?;
    keys.chooses("language", "English").await?;
    stage.see("html[lang=en][dir=ltr]").await?;
    keys.chooses("text", "125 %").await?;
    stage.see("html[data-text='125']").await?;
    keys.look("first-run-larger").await?;
    keys.chooses("text", "200 %").await?;
    stage.see("html[data-text='200']").await?;
    help_stays_whole(keys).await?;
    keys.chooses("text", "100 %").await?;
    stage.see("html[data-text='100']").await?;
    keys.chooses("theme", words).await?;
    stage.see(&format!("html[data-theme={theme}]")).await?;
    keys.look("first-run-looks").await?;
    keys.press("Next").await
}

pub(crate) async fn types_the_key_back(keys: &Keys) -> Result<()> {
    let groups = keys.stage.key_groups().await?;
    ensure!(groups.len() == 9, "{} groups", groups.len());
    keys.look("first-run-key").await?;
    keys.press("I have written it down").await?;
    keys.stage.see("#key-group-3").await?;
    keys.types("Group 3", &groups[2]).await?;
    keys.types("Group 7", &groups[6]).await?;
    keys.look("first-run-key-typed").await?;
    keys.press("Check, and go on").await?;
    keys.stage.see("main[data-step=Begin]").await
}

/// Everything is done; what was made could be taken away again, and whoever looks at that and leaves it is where they were.
pub(crate) async fn comes_home(keys: &Keys, who: &Newcomer) -> Result<()> {
    let stage = &keys.stage;
    stage.see("main[data-step=Home] [data-done=true]").await?;
    let skipped = stage.window.find_all(By::Css("[data-done=false]")).await?.len();
    ensure!(skipped == 0, "{skipped} steps were skipped");
    keys.press(UNDO).await?;
    stage.see("dialog[open] #undo-record-yes").await?;
    keys.shows("Keep it").await?;
    keys.look("first-run-undo").await?;
    keys.escapes_to(UNDO).await?;
    keys.look("first-run-ready").await?;
    keys.press(who.opens).await?;
    stage.see("[data-nav=home].here").await?;
    let app = stage.ask("get_app", json!({})).await?;
    ensure!(app["first_run"].is_null() && app["profile"]["role"] == who.role.1, "{app}");
    keys.look("home").await
}
