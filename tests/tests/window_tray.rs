//! The real window that is closed: the program ends with it, unless the person chose that it goes on receiving. Then a second start, or the
//! menu of the symbol in the tray, brings the window back; a link that comes with a second start only fills in a field; what devices send
//! keeps coming, also once the record is locked; and "Quit Salus" and the end of the session end it. The next start stands where the window
//! was left, and fills the screen if it did. Needs what `window` needs, and libayatana-appindicator.

#[path = "window_tray/place.rs"]
mod place;

use std::cell::Cell;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use salus_tests::bluez::bus::{Bus, SESSION, VARIABLE};
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::panel::Panel;
use salus_tests::stage::room::Room;
use salus_tests::stage::{Dress, IDENTIFIER, Manager, Stage, link, screen, surround};
use salus_tests::story::app::program;
use serde_json::json;
use tokio::process::{Child, Command};

const STRAP: usize = 0;
const HEART_RATE: u16 = 0x2A37;

const ENGLISH: [&str; 3] = ["Open Salus", "Lock now", "Quit Salus"];
const ARABIC: [&str; 3] = ["فتح سالوس", "القفل الآن", "إنهاء سالوس"];
/// While nothing is open there is nothing to lock.
const LOCKED: [&str; 2] = ["Open Salus", "Quit Salus"];

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_window_goes_on_receiving_and_comes_back() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let bluez = SimulatedBluez::start(dir.path(), vec![Peripheral::heart_rate_strap(1)]).await?;
    let stage = Stage::set_at_home(Some(bluez.address())).await?;
    let panel = Panel::begin(&stage.session_bus()?).await?;
    let room = Room::furnish(stage, dir, bluez, "tray").await?;
    match play(&room, &panel).await {
        // The window is gone, and its program.
        Ok(()) => {
            room.hush();
            Ok(())
        }
        failed => room.leave(failed).await,
    }
}

async fn play(room: &Room, panel: &Panel) -> Result<()> {
    let stage = &room.stage;
    stage.click("Look for devices").await?;
    room.add(STRAP).await?;
    room.says(STRAP, "Sending").await?;
    keeps_coming(room).await?;
    room.go("settings").await?;
    stage.click("Keep receiving when the window is closed").await?;
    panel.offers(&ENGLISH).await?;
    let process = stage.process()?;

    stage.close_window().await?;
    stage.shows_no_window().await?;
    keeps_coming(room).await.context("while the window is hidden")?;
    stage.start_again(&[]).await?;
    stage.shows_window().await?;
    ensure!(stage.process()? == process, "it is the same program");
    stage.see("[data-nav=settings].here").await?;
    Box::pin(follows_a_link(room, process)).await.context("a second start with a link")?;

    stage.dress(Dress { locale: "ar", ..Dress::PLAIN }).await?;
    panel.offers(&ARABIC).await?;
    stage.dress(Dress::PLAIN).await?;
    panel.offers(&ENGLISH).await?;
    stage.close_window().await?;
    stage.shows_no_window().await?;
    panel.choose("Open Salus").await?;
    stage.shows_window().await?;

    stage.close_window().await?;
    stage.shows_no_window().await?;
    panel.choose("Lock now").await?;
    panel.offers(&LOCKED).await?;
    is_sealed(room).await?;
    // The session begins anew, and shows nothing: once that start has ended, the first has heard of it.
    stage.start_again(&["--background"]).await?;
    ensure!(!stage.is_shown().await? && stage.process()? == process, "nobody opened it");
    panel.choose("Quit Salus").await?;
    stage.has_ended().await
}

/// As the desktop starts it of which somebody opened a link: that start ends, and in the window that is there a field is filled in once
/// the person looks, and nothing else.
async fn follows_a_link(room: &Room, process: u32) -> Result<()> {
    let stage = &room.stage;
    stage.start_again(&[&link::link()?]).await?;
    stage.see("#link-note").await?;
    ensure!(stage.process()? == process, "it is the same program");
    stage.see("[data-nav=settings].here").await.context("the link leads nowhere by itself")?;
    stage.click_first("#link-look").await?;
    stage.see("[data-nav=share].here").await?;
    link::is_only_filled_in(stage).await?;
    ensure!(stage.ask("list_permissions", json!({})).await? == json!([]), "something was given");
    room.go("settings").await
}

/// What the strap sends arrives in the record.
async fn keeps_coming(room: &Room) -> Result<()> {
    let stored = async || {
        let devices = room.stage.ask("list_devices", json!({})).await.ok()?;
        devices[0]["stored"].as_u64()
    };
    let before = stored().await.context("one device")?;
    // Each is another value: two that are alike may be one.
    let bpm = Cell::new(60);
    let more = eventually(PATIENCE, async || {
        bpm.set(if bpm.get() == 90 { 60 } else { bpm.get() + 1 });
        room.bluez.send(STRAP, HEART_RATE, &[0x06, bpm.get()]).await.ok()?;
        (stored().await? >= before + 3).then_some(())
    });
    more.await.context("no readings arrive")
}

/// While the record is locked, what the strap sends goes to the sealed inbox.
async fn is_sealed(room: &Room) -> Result<()> {
    let inbox = room.stage.record().join("record/inbox");
    let length = || std::fs::metadata(&inbox).map_or(0, |there| there.len());
    let before = eventually(PATIENCE, async || Some(length()).filter(|length| *length > 0));
    let before = before.await.context("there is no inbox")?;
    room.send(STRAP, HEART_RATE, &[0x06, 99]).await?;
    let grown = eventually(PATIENCE, async || (length() > before).then_some(()));
    grown.await.context("the inbox takes no reading")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_window_ends_the_program_where_nothing_else_was_chosen() -> Result<()> {
    let stage = Stage::set_at_home(None).await?;
    let outcome = async {
        stage.see("input[name=theme]").await?;
        stage.process()?;
        stage.close_window().await?;
        stage.has_ended().await
    }
    .await;
    match outcome {
        // There is no session left to close.
        Ok(()) => Ok(()),
        failed => stage.end(failed, "tray-off-failed.png").await,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_session_begins_stays_hidden_until_it_is_opened_and_ends_in_order() -> Result<()> {
    let home = tempfile::tempdir()?;
    let (_screen, display) = screen().await?;
    let bus = Bus::start(home.path()).await?;
    let panel = Panel::begin(bus.address()).await?;
    let data = home.path().join("data").join(IDENTIFIER);
    std::fs::create_dir_all(&data)?;
    let choices = json!({ "notify": true, "quiet_from": 1260, "quiet_to": 480, "at_start": null,
        "keep_receiving": true, "in_background": true });
    std::fs::write(data.join("desktop.json"), choices.to_string())?;

    let first = salus(home.path(), &display, &bus)?.arg("--background").spawn()?;
    // The window is made before the symbol is told of.
    panel.offers(&LOCKED).await?;
    ensure!(windows(&display).await?.is_empty(), "the window is on the screen");
    let mut second = salus(home.path(), &display, &bus)?;
    let again = tokio::time::timeout(PATIENCE, second.status()).await.context("it goes on by itself")??;
    ensure!(again.success(), "the second start ended with {again}");
    let shown = eventually(PATIENCE, async || {
        windows(&display).await.ok().filter(|windows| !windows.is_empty()).map(drop)
    });
    shown.await.context("the window does not come")?;
    place::is_put(&display).await?;
    ends(first).await?;

    // Another start finds it where it was left.
    let next = salus(home.path(), &display, &bus)?.spawn()?;
    place::stands(&display, place::LEFT_AT).await.context("after a restart")?;
    place::is_made_to_fill(&display).await?;
    // Somebody is always there: a screen that the last one leaves begins anew.
    let mut manager = Manager::begin(&display)?;
    manager.listens()?;
    ends(next).await?;

    // One that filled the screen asks to fill it, and has the size and place of before for when it does not.
    let last = salus(home.path(), &display, &bus)?.spawn()?;
    place::stands(&display, place::LEFT_AT).await.context("after it filled the screen")?;
    manager.is_asked_to_fill(windows(&display).await?.parse().context("a window's number")?)?;
    ends(last).await
}

/// Ends in order when it is told to.
async fn ends(mut program: Child) -> Result<()> {
    let process = program.id().context("it ended")?;
    let told = Command::new("kill").args(["-TERM", &process.to_string()]).status().await?;
    ensure!(told.success(), "it cannot be told to end");
    let ended = tokio::time::timeout(PATIENCE, program.wait()).await.context("it does not end")??;
    // Not by the signal: it closed the record.
    ensure!(ended.code() == Some(0), "it ended with {ended}");
    Ok(())
}

/// The program as an icon starts it, in the session of this bus.
fn salus(home: &Path, display: &str, bus: &Bus) -> Result<Command> {
    let mut command = Command::new(program("salus")?);
    surround(&mut command, home, display)?;
    command.env(SESSION, bus.address()).env(VARIABLE, bus.address());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    Ok(command)
}

/// The program's window on the screen; empty where there is none.
async fn windows(display: &str) -> Result<String> {
    xdotool(display, &["search", "--onlyvisible", "--name", "^Salus$"]).await
}

async fn xdotool(display: &str, args: &[&str]) -> Result<String> {
    let done = Command::new("xdotool").args(args).env("DISPLAY", display).output().await;
    let done = done.context("xdotool is missing: run `cargo xtask setup`")?;
    // Exit status 1 of a search is "none".
    Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned())
}
