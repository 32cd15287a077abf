//! A device: looked for, added, paired by the digits that it shows, and its readings come.

use anyhow::{Context, Result};
use salus_tests::bluez::wave::Wave;
use salus_tests::keyboard::Keys;
use salus_tests::network::{PATIENCE, eventually};
use thirtyfour::Key;

use crate::town::Town;

pub(crate) const STRAP_NAME: &str = "Chest strap";
/// As the strap shows it.
pub(crate) const PASSKEY: u32 = 42_517;
/// Heart Rate Measurement.
pub(crate) const HEART_RATE: u16 = 0x2A37;
/// Its place among what is in range.
const STRAP: usize = 0;
const LINE: &str = "main .entries > li";

pub(crate) async fn adds_a_strap(town: &Town, maria: &Keys) -> Result<()> {
    let stage = &maria.stage;
    maria.goes("Devices", "devices").await?;
    stage.reads("main .empty", "No device yet.").await?;
    maria.press("Look for devices").await?;
    stage.reads("main .entries li[data-state=Found]", STRAP_NAME).await?;
    maria.look("device-found").await?;
    maria.press(&format!("Add {STRAP_NAME}")).await?;
    stage.reads_under(LINE, STRAP_NAME, "Pair first").await?;
    maria.look("device-added").await?;
    pairs(maria).await?;
    leaves_it_where_it_is(maria).await?;
    sends(town).await?;
    stage.reads_under(LINE, STRAP_NAME, "Last reading").await?;
    maria.look("device-sends").await?;
    maria.goes("Today", "home").await?;
    stage.see(".series[data-category=HeartRate] svg.scene circle").await?;
    maria.look("device-readings").await
}

/// The question comes with the focus in its field.
async fn pairs(maria: &Keys) -> Result<()> {
    let stage = &maria.stage;
    maria.press(&format!("Pair {STRAP_NAME}")).await?;
    stage.see("dialog[open] #passkey").await?;
    stage.has_focus("passkey").await?;
    maria.shows(&format!("Enter the six digits that {STRAP_NAME} shows.")).await?;
    stage.type_text("042517").await?;
    maria.look("device-pairing").await?;
    stage.press(Key::Enter).await?;
    stage.reads_under(LINE, STRAP_NAME, "Sending").await?;
    maria.has_no_dialog().await
}

/// Removing it is asked for once more, and whoever presses Escape keeps it.
async fn leaves_it_where_it_is(maria: &Keys) -> Result<()> {
    let remove = format!("Remove {STRAP_NAME}");
    maria.press(&remove).await?;
    maria.stage.reads("dialog[open]", "The readings you already have from it stay.").await?;
    maria.shows("Keep it").await?;
    maria.look("device-remove").await?;
    maria.escapes_to(&remove).await?;
    maria.stage.reads_under(LINE, STRAP_NAME, "Sending").await
}

async fn sends(town: &Town) -> Result<()> {
    let mut wave = Wave::new(7);
    for _ in 0..3 {
        let packet = wave.heart_rate();
        let sent = eventually(PATIENCE, async || {
            town.bluez.send(STRAP, HEART_RATE, &packet).await.ok().filter(|sent| *sent)
        });
        sent.await.context("nobody listens to the strap")?;
    }
    Ok(())
}
