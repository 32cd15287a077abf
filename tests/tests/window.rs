//! The real window: the app as it is built, driven by keyboard through WebKitWebDriver under Xvfb.
//!
//! Reaches Home on an empty directory, locks, is refused with a wrong passphrase, unlocks; then asks for what the page may
//! not have. Needs the built app beside this test (`cargo build -p salus`), Xvfb, dbus-run-session, WebKitWebDriver and
//! ImageMagick's import; says which is missing.

#[path = "window/stage.rs"]
mod stage;

use stage::Stage;
use thirtyfour::{By, Key, WebDriver};

const PASSPHRASE: &str = "lantern otter velvet ninth";

#[tokio::test(flavor = "multi_thread")]
async fn a_person_with_a_keyboard_reaches_home_locks_and_unlocks() -> anyhow::Result<()> {
    let stage = Stage::set().await?;
    let outcome = play(&stage).await;
    if outcome.is_err() {
        // What was on the screen says more than the error.
        stage.photograph("window-failed.png").await?;
    }
    stage.strike().await?;
    outcome
}

async fn play(stage: &Stage) -> anyhow::Result<()> {
    let window = &stage.window;
    assert_eq!(window.title().await?, "Salus");

    first_run(stage).await?;
    stage.see("[data-nav=home].here").await?;
    stage.see(".empty").await?;
    stage.photograph("window-home.png").await?;
    refused_while_open(window).await?;

    tab_to(window, "lock").await?;
    press(window, Key::Enter).await?;
    stage.see("#unlock").await?;
    refused_while_locked(window).await?;
    type_text(window, "not the passphrase").await?;
    press(window, Key::Enter).await?;
    stage.see(".notice[data-code=wrong_passphrase]").await?;
    stage.photograph("window-locked.png").await?;

    let field = window.find(By::Css("#unlock")).await?;
    field.send_keys(Key::Control + "a").await?;
    type_text(window, PASSPHRASE).await?;
    press(window, Key::Enter).await?;
    stage.see("[data-nav=home].here").await?;
    Ok(())
}

async fn first_run(stage: &Stage) -> anyhow::Result<()> {
    let window = &stage.window;
    stage.see("input[name=theme]").await?;
    stage.photograph("window-first-run.png").await?;
    tab_to(window, "next").await?;
    press(window, Key::Enter).await?;
    stage.see("input[name=role]").await?;
    tab_to(window, "next").await?;
    press(window, Key::Enter).await?;
    stage.see("#passphrase").await?;
    tab_to(window, "name").await?;
    type_text(window, "Maria Keller").await?;
    tab_to(window, "passphrase").await?;
    type_text(window, PASSPHRASE).await?;
    press(window, Key::Enter).await?;
    stage.see(".key").await?;
    let key = window.find(By::Css(".key")).await?.text().await?;
    assert!(
        key.chars().filter(char::is_ascii_alphanumeric).count() >= 26,
        "a recovery key of 128 bits or more"
    );
    tab_to(window, "written").await?;
    type_text(window, " ").await?;
    tab_to(window, "next").await?;
    press(window, Key::Enter).await?;
    Ok(())
}

/// Other roles' commands, unknown commands and every plugin are out of the page's reach.
async fn refused_while_open(window: &WebDriver) -> anyhow::Result<()> {
    assert_eq!(invoke(window, "list_inbox").await?, "{\"code\":\"not_allowed\"}", "a clinician's command");
    for name in [
        "no_such_command",
        "plugin:dialog|message",
        "plugin:dialog|open",
        "plugin:event|emit",
        "plugin:window|set_title",
        "plugin:webview|create_webview_window",
        "plugin:path|resolve_directory",
        "plugin:fs|read_text_file",
        "plugin:shell|execute",
    ] {
        let answer = invoke(window, name).await?;
        assert!(answer.starts_with("refused:"), "{name}: {answer}");
    }
    // No global interface, no inline script, no code from text, frozen prototypes.
    let page = "const s = document.createElement('script'); s.textContent = 'window.inline = 1'; document.head.append(s);
        let made = 'refused'; try { made = new Function('return 1')() } catch (e) {}
        return [typeof window.__TAURI__, typeof window.inline, String(made), Object.isFrozen(Object.prototype)].join(' ');";
    let found = window.execute(page, vec![]).await?;
    assert_eq!(found.json().as_str(), Some("undefined undefined refused true"));
    Ok(())
}

async fn refused_while_locked(window: &WebDriver) -> anyhow::Result<()> {
    for name in ["list_devices", "list_permissions", "get_members", "make_code"] {
        assert_eq!(invoke(window, name).await?, "{\"code\":\"locked\"}", "{name}");
    }
    Ok(())
}

/// Calls a command as a script in the page could, and returns the answer or the refusal as text.
async fn invoke(window: &WebDriver, name: &str) -> anyhow::Result<String> {
    let script = "const [name, done] = arguments;
        window.__TAURI_INTERNALS__.invoke(name, { request: {} }).then(
            (answer) => done('answered: ' + JSON.stringify(answer)),
            (refusal) => done(typeof refusal === 'object' ? JSON.stringify(refusal) : 'refused: ' + refusal));";
    let answer = window.execute_async(script, vec![name.into()]).await?;
    Ok(answer.json().as_str().unwrap_or_default().to_owned())
}

/// Presses Tab until the element with this id has the focus.
async fn tab_to(window: &WebDriver, id: &str) -> anyhow::Result<()> {
    for _ in 0..60 {
        let focused =
            window.execute("return document.activeElement ? document.activeElement.id : ''", vec![]).await?;
        if focused.json().as_str() == Some(id) {
            return Ok(());
        }
        press(window, Key::Tab).await?;
    }
    anyhow::bail!("#{id} cannot be reached with the Tab key")
}

async fn press(window: &WebDriver, key: Key) -> anyhow::Result<()> {
    window.action_chain().send_keys(key).perform().await?;
    Ok(())
}

async fn type_text(window: &WebDriver, text: &str) -> anyhow::Result<()> {
    window.action_chain().send_keys(text).perform().await?;
    Ok(())
}
