//! A cycling sensor: its wheel is the usual one until the person says that it is another.

use anyhow::{Result, ensure};
use salus_tests::bluez::packet::activity;
use thirtyfour::{By, Key};

use crate::acts::Acts;
use crate::cast::BICYCLE;

const CYCLING: u16 = 0x2A5B;

pub(crate) async fn a_wheel_is_set(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    acts.add(BICYCLE).await?;
    acts.says(BICYCLE, "Its speed is worked out for the most usual wheel: 2,105 mm for one turn.").await?;
    acts.press(BICYCLE, "Set the wheel").await?;
    let field = stage.window.find(By::Id("wheel-mm")).await?;
    field.send_keys(Key::Control + "a").await?;
    field.send_keys("29").await?;
    stage.reads("dialog[open]", "Between 300 and 4,800 mm.").await?;
    acts.look("wheel-wrong").await?;
    field.send_keys(Key::Control + "a").await?;
    field.send_keys("1350").await?;
    stage.reads_no_more("dialog[open]", "Between 300").await?;
    acts.look("wheel").await?;
    stage.click("Save").await?;
    acts.says(BICYCLE, "Its speed is worked out for your wheel: 1,350 mm for one turn.").await?;
    acts.says(BICYCLE, "Sending").await?;
    acts.look_at_line("wheel-set", BICYCLE).await?;

    // A second for three turns of 1.35 m.
    acts.send(BICYCLE, CYCLING, &activity::cycling(10, 0, 0, 0)).await?;
    acts.send(BICYCLE, CYCLING, &activity::cycling(13, 1024, 1, 1024)).await?;
    acts.says(BICYCLE, "1 stored").await?;
    let at = crate::cast::now();
    let request =
        serde_json::json!({ "category": "activity", "from": at - 600_000, "to": at + 600_000, "width": 600 });
    let rows = stage.ask("get_record", request).await?["rows"].to_string();
    ensure!(rows.contains("4.050"), "metres a second: {rows}");
    Ok(())
}
