//! Bluetooth itself: missing, off, not allowed, deaf; and what it finds.

use anyhow::{Context, Result};
use salus_tests::network::eventually;
use serde_json::json;

use crate::acts::{Acts, PATIENCE};
use crate::room::{NAMES, STRAP};

pub(crate) async fn missing_off_and_not_allowed(acts: &Acts) -> Result<()> {
    let (stage, bluez) = (&acts.stage, &acts.bluez);
    stage.reads("main .empty", "No device yet.").await?;
    let refusals = [
        ("no_bluetooth", "This computer has no Bluetooth.", "Plug in a Bluetooth adapter."),
        ("bluetooth_off", "Bluetooth is switched off.", "Switch it on in the system settings"),
        (
            "bluetooth_not_allowed",
            "Salus may not use Bluetooth on this computer.",
            "Allow it in the system settings",
        ),
    ];
    for (code, happened, fix) in refusals {
        match code {
            "bluetooth_off" => {
                bluez.set_plugged(true).await?;
                bluez.set_powered(false).await?;
            }
            "bluetooth_not_allowed" => bluez.set_allowed(false).await?,
            _ => {}
        }
        let notice = format!("main .notice[data-code={code}]");
        stage.reads(&notice, happened).await?;
        stage.reads(&notice, fix).await?;
        // Whoever looks all the same is told the same, once.
        stage.click("Look for devices").await?;
        stage.reads("#scan", "Look for devices").await?;
        stage.reads(&notice, happened).await?;
        let notices = stage.window.find_all(thirtyfour::By::Css("main .notice")).await?;
        anyhow::ensure!(notices.len() == 1, "{code}: {} notices", notices.len());
        acts.look_closely(code, &notice).await?;
    }
    bluez.set_allowed(true).await?;
    stage.reads("main .notice", "Bluetooth is switched off.").await?;
    bluez.set_powered(true).await?;
    // Nothing of it stays on the screen once it is over.
    stage.reads_no_more("main", "Bluetooth is switched off.").await?;
    stage.reads_no_more("main", "may not use Bluetooth").await
}

pub(crate) async fn devices_are_found(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    stage.click("Look for devices").await?;
    stage.reads("main", "Looking for devices in range").await?;
    acts.look("looking").await?;
    stage.reads("main", "In range, not added").await?;
    for name in NAMES {
        stage.reads("main .entries li[data-state=Found]", name).await?;
    }
    stage.reads("#scan", "Look for devices").await?;
    acts.look_closely("found", "#scan").await?;
    // Dressed anew, the page has what was found.
    stage.reads("main .entries li[data-state=Found]", NAMES[STRAP]).await
}

pub(crate) async fn out_of_range_and_deaf(acts: &Acts) -> Result<()> {
    let (stage, bluez) = (&acts.stage, &acts.bluez);
    acts.go("devices").await?;
    // A device that is connected is heard; all but the paired one are removed, one of them by hand.
    stage.click(&format!("Remove {}", NAMES[1])).await?;
    stage.reads("dialog", "The readings you already have from it stay.").await?;
    acts.look("remove").await?;
    stage.click("Keep it").await?;
    for (at, name) in NAMES.iter().enumerate().skip(1) {
        let all = stage.ask("list_devices", json!({})).await?;
        let listed = all.as_array().and_then(|all| all.iter().find(|d| d["name"] == *name)).cloned();
        if let Some(device) = listed.filter(|d| d["state"] != "found") {
            stage.ask("remove_device", json!({ "device": device["id"] })).await?;
        }
        bluez.refuse(at, u32::MAX);
    }
    stage.reads_no_more("main", NAMES[4]).await?;
    bluez.refuse(STRAP, u32::MAX);
    bluez.drop_link(STRAP).await?;
    acts.says(STRAP, "Not connected").await?;
    acts.look("out-of-range").await?;
    let alone = eventually(PATIENCE, async || {
        let linked = (0..NAMES.len()).filter(|at| bluez.is_connected(*at)).count();
        (linked == 0).then_some(())
    });
    alone.await.context("a device that was removed is connected all the same")?;

    acts.hush();
    stage.reads("main", "Bluetooth heard nothing for a while, so Salus restarted it").await?;
    stage.reads("main .caution", "Bluetooth is on but hears nothing.").await?;
    acts.look_closely("silent", "main .caution").await?;
    bluez.refuse(STRAP, 0);
    bluez.advertise(STRAP, -60).await?;
    stage.reads_no_more("main", "Bluetooth is on but hears nothing.").await?;
    acts.says(STRAP, "Sending").await
}
