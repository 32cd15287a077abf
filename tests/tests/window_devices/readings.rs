//! What comes of a device's readings: an open link, packets set aside, a wrong clock, and whose they are.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use salus_tests::bluez::wave::Wave;
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::stage::Stage;
use serde_json::json;
use thirtyfour::extensions::query::ElementQueryable;
use thirtyfour::{By, Key};

use crate::acts::Acts;
use crate::room::{CUFF, DEAF, METER, READ_ONLY, now};

/// Blood Pressure Measurement.
pub(crate) const PRESSURE: u16 = 0x2A35;

pub(crate) async fn a_link_is_open_and_packets_are_set_aside(acts: &Acts) -> Result<()> {
    acts.add(CUFF).await?;
    acts.says(CUFF, "Sending").await?;
    acts.says(CUFF, "The link to this device is not encrypted.").await?;
    // Too short to be a blood pressure.
    acts.send(CUFF, PRESSURE, &[0x00]).await?;
    acts.says(CUFF, "1 message was set aside").await?;
    acts.send(CUFF, PRESSURE, &[0x00, 0x01]).await?;
    acts.says(CUFF, "2 messages were set aside").await?;
    acts.look_at_line("link-open-and-set-aside", CUFF).await
}

pub(crate) async fn a_clock_is_wrong(acts: &Acts) -> Result<()> {
    acts.add(METER).await?;
    acts.says(METER, "This device's clock is 1 hour behind.").await?;
    acts.show(METER).await?;
    acts.look_closely("clock-wrong", "input[name=set-clock]").await?;
    ensure!(acts.clock.writes() == 0, "not without consent");
    acts.stage.click("Set the clock of Glucose meter when it connects").await?;
    acts.stage.reads_no_more("main", "1 hour behind").await?;
    ensure!(acts.clock.writes() == 1 && (acts.clock.now() - now()).abs() < 60_000, "set once, and right");
    acts.says(METER, "Sending").await?;
    acts.show(METER).await?;
    acts.look("clock-set").await
}

/// One that takes no time, and one whose clock can only be read.
pub(crate) async fn a_clock_cannot_be_set(acts: &Acts) -> Result<()> {
    acts.add(DEAF).await?;
    acts.says(DEAF, "This device's clock is 1 hour behind.").await?;
    acts.stage.click("Set the clock of Bedside meter when it connects").await?;
    acts.says(DEAF, "It was to be set, and the device did not take the time.").await?;
    acts.show(DEAF).await?;
    acts.look_closely("clock-refused", "input[name=set-clock]").await?;
    acts.add(READ_ONLY).await?;
    acts.says(READ_ONLY, "This device's clock is 1 hour ahead.").await?;
    acts.says(READ_ONLY, "It cannot be set from here. Set it on the device itself.").await?;
    acts.show(READ_ONLY).await?;
    acts.look("clock-read-only").await
}

pub(crate) async fn whose_is_it(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    let mut wave = Wave::new(5);
    for (user, minutes) in [(1, 40), (2, 30), (1, 20)] {
        let mut bytes = wave.blood_pressure(now() - minutes * 60_000);
        let at = bytes.len() - 3;
        bytes[at] = user;
        acts.send(CUFF, PRESSURE, &bytes).await?;
    }
    acts.go("home").await?;
    stage.reads("main .ask", "3 readings of Upper arm cuff wait: whose are they?").await?;
    acts.look_closely("home-waiting", "main .ask").await?;
    stage.click("Look at them").await?;
    stage.reads("main h1", "Whose readings are these?").await?;
    stage.reads("main .entries", "User 1 on this device").await?;
    stage.reads("main .entries", "2 readings wait (blood pressure)").await?;
    acts.look_closely("whose", "main .entries .main").await?;
    stage.click("They are mine").await?;
    stage.reads("main [role=status]", "2 readings are in your record now.").await?;
    stage.click("Not mine").await?;
    stage.reads("dialog[open]", "1 reading is removed from here").await?;
    acts.look("whose-leave-out").await?;
    stage.click("Leave it out").await?;
    stage.reads("main", "Nothing waits any more.").await?;
    acts.look("whose-none").await?;

    acts.go("home").await?;
    stage.reads("main", "Blood pressure").await?;
    acts.look("home").await?;
    opens(stage, async || Ok(stage.window.find(By::Id("add-reading")).await?.click().await?)).await?;
    acts.look("entry").await?;
    stage.press(Key::Escape).await
}

/// Opens the form by its letter.
async fn begin(stage: &Stage) -> Result<()> {
    opens(stage, async || stage.type_text("n").await).await
}

/// Tries until the form is there: a key or a click that comes while a dialog of before still closes belongs to that.
async fn opens(stage: &Stage, tried: impl AsyncFn() -> Result<()>) -> Result<()> {
    for _ in 0..10 {
        tried().await?;
        let form = stage.window.query(By::Css("dialog[open] .entry"));
        let form = form.wait(Duration::from_secs(5), Duration::from_millis(100)).first_opt().await?;
        if form.is_some() {
            return Ok(());
        }
    }
    bail!("the form does not open")
}

/// A letter, a digit, the value and Enter: nothing is clicked.
pub(crate) async fn a_reading_is_typed_with_the_keyboard_alone(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    begin(stage).await?;
    // The first kind is blood pressure; its first field takes all of it.
    stage.type_text("1").await?;
    stage.has_focus("entry-Systolic").await?;
    stage.type_text("131/82").await?;
    stage.press(Key::Enter).await?;
    stage.reads(".said", "Stored: Blood pressure 131/82").await?;
    acts.look("entry-stored").await?;
    let at = now();
    let request = json!({
        "category": "blood_pressure", "from": at - 600_000, "to": at + 600_000, "width": 600,
    });
    let rows = stage.ask("get_record", request).await?["rows"].to_string();
    ensure!(rows.contains("\"131\"") && rows.contains("\"82\""), "it is in the record: {rows}");
    Ok(())
}

/// What cannot be right is said beside its field and keeps what was typed; a time of one's own and a note are stored with it.
pub(crate) async fn a_wrong_value_is_mended_and_has_a_note(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    begin(stage).await?;
    stage.type_text("1").await?;
    stage.has_focus("entry-Systolic").await?;
    stage.type_text("1310/82").await?;
    stage.press(Key::Enter).await?;
    stage
        .reads("#entry-Systolic-wrong", "This value cannot be right. Check the number and the unit.")
        .await?;
    // Another dress begins the page anew, with what was kept of the form.
    let kept = eventually(PATIENCE, async || {
        let draft = stage.ask("get_draft", json!({ "kind": "reading" })).await.ok()?;
        draft["text"].as_str()?.contains("1310").then_some(())
    });
    kept.await.context("what was typed is not kept")?;
    acts.look_closely("entry-wrong", "dialog[open] .entry").await?;
    let field = async |id: &str| stage.window.find(By::Id(id.to_owned())).await;
    field("entry-Systolic").await?.send_keys(Key::Control + "a").await?;
    field("entry-Systolic").await?.send_keys("129/81").await?;
    field("entry-note").await?.send_keys("after a walk").await?;
    stage.press(Key::Enter).await?;
    stage.reads(".said", "Stored: Blood pressure 129/81").await?;
    let at = now();
    let request = json!({
        "category": "blood_pressure", "from": at - 600_000, "to": at + 600_000, "width": 600,
    });
    let rows = stage.ask("get_record", request).await?["rows"].to_string();
    ensure!(rows.contains("\"129\"") && rows.contains("after a walk"), "it is in the record: {rows}");
    Ok(())
}
