//! The real window: the app as it is built, driven by keyboard through WebKitWebDriver under Xvfb.
//!
//! Reaches Home on an empty directory, looks at a link, finds screens by their words, locks, is refused with a wrong passphrase, unlocks; asks
//! for everything that a page may not have, before there is a record, with one and locked, and for addresses elsewhere; and what is left on
//! the disk and in the program's memory is searched. Needs the built app beside this test (`cargo build -p salus`), Xvfb, dbus-run-session,
//! WebKitWebDriver and ImageMagick's import; says which is missing.

#[path = "window/installed.rs"]
mod installed;
#[path = "window/memory.rs"]
mod memory;
#[path = "window/policy.rs"]
mod policy;
#[path = "window/shell.rs"]
mod shell;
#[path = "window/start.rs"]
mod start;

use anyhow::Context;
use memchr::memmem;
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::stage::{Stage, link, refused};
use salus_wire::view::Role;
use serde_json::json;
use thirtyfour::{By, Key};

const PASSPHRASE: &str = "lantern otter velvet ninth";
const NOTE: &str = "a canary sang at dawn";

#[tokio::test(flavor = "multi_thread")]
async fn a_person_with_a_keyboard_reaches_home_locks_and_unlocks() -> anyhow::Result<()> {
    // As somebody starts it who clicked on a link.
    let link = link::link()?;
    let stage = Stage::set_with(None, &[&link]).await?;
    let outcome = play(&stage).await;
    stage.end(outcome, "window-failed.png").await
}

async fn play(stage: &Stage) -> anyhow::Result<()> {
    let window = &stage.window;
    assert_eq!(window.title().await?, "Salus");

    stage.see("input[name=theme]").await?;
    refused::before_a_record(stage).await?;
    let key = first_run(stage).await?;
    stage.see("[data-nav=home].here").await?;
    stage.see(".empty").await?;
    stage.photograph("window-home.png").await?;
    // One is taken in every run, so that all can be.
    stage.picture(&stage.record().with_extension("png")).await?;
    refused::while_open(stage, Role::Patient).await?;
    keeps_to_itself(stage).await?;
    Box::pin(policy::refuses_what_is_elsewhere(stage)).await.context("the policy")?;
    shell::follows_a_link(stage).await?;
    shell::finds_reads_and_helps(stage).await?;
    let at = type_a_canary(stage).await?;

    window.execute("window.beforeTheLock = true;", vec![]).await?;
    stage.tab_to("lock").await?;
    stage.press(Key::Enter).await?;
    // Its memory held readings.
    stage.is_new_page("beforeTheLock").await?;
    stage.see("#unlock").await?;
    refused::while_locked(stage).await?;
    shell::helps_while_locked(stage).await?;
    stage.type_text("not the passphrase").await?;
    stage.press(Key::Enter).await?;
    stage.see(".notice[data-code=wrong_passphrase]").await?;
    stage.photograph("window-locked.png").await?;

    let field = window.find(By::Css("#unlock")).await?;
    field.send_keys(Key::Control + "a").await?;
    stage.type_text(PASSPHRASE).await?;
    stage.press(Key::Enter).await?;
    stage.see("[data-nav=home].here").await?;
    let record = json!({ "category": "heart_rate", "from": at - 1000, "to": at + 1000, "width": 600 });
    stage.ask("get_record", record).await?;
    stage.tab_to("lock").await?;
    stage.press(Key::Enter).await?;
    stage.see("#unlock").await?;
    left_behind(stage, &key)?;
    memory::holds_no_key(stage, &key).await
}

/// A reading with a note, which the page then shows.
async fn type_a_canary(stage: &Stage) -> anyhow::Result<i64> {
    let values = json!([{ "quantity": "heart_rate", "value": "61" }]);
    let at = stage.ask("get_app", json!({})).await?["now"].as_i64().context("the time")?;
    stage
        .ask("type_reading", json!({ "category": "heart_rate", "values": values, "at": at, "note": NOTE }))
        .await?;
    // The picture itself: a sentence and a number alone would be there without it too.
    stage.see(".series[data-category=HeartRate] svg.scene circle").await?;
    Ok(at)
}

/// Nothing that was typed or shown is in any file: the record, the web view's storage and caches, temporary files, the
/// log of everything.
fn left_behind(stage: &Stage, key: &str) -> anyhow::Result<()> {
    let files = stage.files()?;
    let has = |name: &str| files.iter().any(|(path, bytes)| path.ends_with(name) && !bytes.is_empty());
    assert!(has("record/record/vault.db") && has("record/profile.json") && has("log"));
    // Groups of four are found anywhere; three in a row, however they are joined, are half of the key.
    let symbols: Vec<char> = key.chars().filter(char::is_ascii_alphanumeric).collect();
    anyhow::ensure!(symbols.len() == 36, "{} symbols", symbols.len());
    let groups: Vec<String> = symbols.chunks(4).map(|four| four.iter().collect()).collect();
    let joined = ["", "-", " ", "\n", "\",\""];
    let parts = groups.chunks_exact(3).flat_map(|three| joined.map(|between| three.join(between)));
    let typed = [PASSPHRASE, "not the passphrase", NOTE].map(str::to_owned);
    for secret in typed.into_iter().chain(parts) {
        let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for needle in [secret.as_bytes(), &wide] {
            for (path, bytes) in &files {
                assert_eq!(memmem::find(bytes, needle), None, "{}: {secret:?}", path.display());
            }
        }
    }
    Ok(())
}

/// The recovery key, as it was shown.
async fn first_run(stage: &Stage) -> anyhow::Result<String> {
    stage.see("input[name=theme]").await?;
    stage.photograph("window-first-run.png").await?;
    stage.tab_to("next").await?;
    stage.press(Key::Enter).await?;
    stage.see("input[name=role]").await?;
    stage.tab_to("next").await?;
    stage.press(Key::Enter).await?;
    stage.see("#passphrase").await?;
    stage.tab_to("name").await?;
    stage.type_text("Maria Keller").await?;
    stage.tab_to("passphrase").await?;
    stage.type_text(PASSPHRASE).await?;
    stage.press(Key::Enter).await?;
    let key = stage.key_groups().await?.join(" ");
    assert!(
        key.chars().filter(char::is_ascii_alphanumeric).count() >= 26,
        "a recovery key of 128 bits or more"
    );
    stage.tab_to("key-written").await?;
    stage.press(Key::Enter).await?;
    types_back(stage, &key).await?;
    Ok(key)
}

/// Two groups, as from the paper: a slip of the pen is named without showing what is right; then the record opens.
async fn types_back(stage: &Stage, key: &str) -> anyhow::Result<()> {
    let groups: Vec<&str> = key.split_whitespace().collect();
    anyhow::ensure!(groups.len() == 9, "{} groups", groups.len());
    stage.see("#key-group-3").await?;
    stage.tab_to("key-group-3").await?;
    stage.type_text(groups[2]).await?;
    stage.tab_to("key-group-7").await?;
    stage.type_text(groups[5]).await?;
    stage.press(Key::Enter).await?;
    stage.see(".notice[data-code=group_mistyped]").await?;
    stage.reads(".notice", "Not as it was shown: Group 7.").await?;
    stage.photograph("window-first-run-typed.png").await?;
    let page = stage.window.execute("return document.body.innerText;", vec![]).await?;
    let page = page.json().as_str().unwrap_or_default();
    anyhow::ensure!(groups.iter().all(|group| !page.contains(*group)), "the key is on the screen");
    let field = stage.window.find(By::Id("key-group-7")).await?;
    field.send_keys(Key::Control + "a").await?;
    stage.type_text(groups[6]).await?;
    stage.press(Key::Enter).await?;
    comes_home(stage).await?;
    let doors = stage.ask("get_doors", json!({})).await?;
    anyhow::ensure!(doors["written"] == true, "{doors}");
    Ok(())
}

/// The last two steps: a first reading is left for later, and where it is found again is said.
async fn comes_home(stage: &Stage) -> anyhow::Result<()> {
    stage.see("main[data-step=Begin] #way-typed").await?;
    stage.photograph("window-first-run-begin.png").await?;
    stage.tab_to("skip").await?;
    stage.press(Key::Enter).await?;
    stage.see("main[data-step=Home] [data-done=false]").await?;
    let kept = eventually(PATIENCE, async || {
        let app = stage.ask("get_app", json!({})).await.ok()?;
        (app["first_run"]["skipped"] == json!(["begin"])).then_some(())
    });
    kept.await.context("what was skipped is not kept")?;
    stage.photograph("window-first-run-home.png").await?;
    stage.tab_to("next").await?;
    stage.press(Key::Enter).await?;
    stage.see("[data-nav=home].here").await?;
    let over = stage.ask("get_app", json!({})).await?;
    anyhow::ensure!(over["first_run"].is_null(), "{over}");
    Ok(())
}

/// What a page could do to itself or to the window besides asking.
async fn keeps_to_itself(stage: &Stage) -> anyhow::Result<()> {
    // No global interface, no inline script, no code from text, frozen prototypes.
    let page = "const s = document.createElement('script'); s.textContent = 'window.inline = 1'; document.head.append(s);
        let made = 'refused'; try { made = new Function('return 1')() } catch (e) {}
        return [typeof window.__TAURI__, typeof window.inline, String(made), Object.isFrozen(Object.prototype)].join(' ');";
    let found = stage.window.execute(page, vec![]).await?;
    assert_eq!(found.json().as_str(), Some("undefined undefined refused true"));
    Ok(())
}
