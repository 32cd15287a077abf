//! A pairing that comes to nothing because the device is out of reach, then because nobody answers; and a third that succeeds.

use anyhow::{Result, ensure};
use thirtyfour::Key;

use crate::acts::Acts;
use crate::cast::{PAIRS, PASSKEY};

const DIALOG: &str = "dialog[open]";

/// The dialog says what happened and what to do, and trying again is one key away.
async fn ends_with(acts: &Acts, code: &str, happened: &str, fix: &str) -> Result<()> {
    let notice = format!("{DIALOG} .notice[data-code={code}]");
    acts.stage.reads(&notice, happened).await?;
    acts.stage.reads(&notice, fix).await?;
    acts.stage.has_focus("pair-again").await?;
    acts.look_closely(&format!("pair-{code}"), "dialog .notice").await
}

pub(crate) async fn the_device_is_out_of_reach(acts: &Acts) -> Result<()> {
    acts.add(PAIRS).await?;
    acts.says(PAIRS, "Pair first").await?;
    acts.bluez.refuse(PAIRS, u32::MAX);
    acts.press(PAIRS, "Pair Running strap").await?;
    let fix = "Switch it on, bring it closer, and try again.";
    ends_with(acts, "device_unreachable", "The device does not answer.", fix).await?;
    acts.bluez.refuse(PAIRS, 0);
    acts.stage.click("Try again").await?;
    acts.stage.reads(DIALOG, "Enter the six digits that Running strap shows.").await
}

/// The daemon's own 30 s are over: it ends what nobody answered.
pub(crate) async fn nobody_answers(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    stage.has_focus("passkey").await?;
    ensure!(acts.bluez.give_up_pairing(PAIRS), "a pairing runs");
    let fix = "Keep the device at hand and try again.";
    ends_with(acts, "pairing_timed_out", "Nobody answered in time, so pairing stopped.", fix).await?;
    stage.click("Try again").await?;
    stage.see("#passkey").await?;
    stage.has_focus("passkey").await?;
    stage.type_text(&format!("{PASSKEY:06}")).await?;
    stage.press(Key::Enter).await?;
    acts.says(PAIRS, "Sending").await?;
    stage.reads_no_more("body", "Nobody answered in time").await
}
