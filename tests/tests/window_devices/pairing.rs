//! The pairing dialog, step by step, and what the device's line says before and after.

use anyhow::{Result, ensure};
use thirtyfour::Key;

use crate::acts::Acts;
use crate::room::{ASKS, COMPARES, NAMES, STRAP, TYPES};

const DIALOG: &str = "dialog[open]";

pub(crate) async fn connects_and_asks_to_be_paired(acts: &Acts) -> Result<()> {
    acts.bluez.keep_waiting(STRAP, true);
    acts.add(STRAP).await?;
    acts.says(STRAP, "Connecting").await?;
    acts.look("connecting").await?;
    acts.bluez.keep_waiting(STRAP, false);
    acts.says(STRAP, "Pair first").await?;
    acts.says(STRAP, "This device sends only after it has been paired with this computer.").await?;
    acts.show(STRAP).await?;
    acts.look_closely("pair-first", "li[data-state=PairFirst]").await
}

async fn pair(acts: &Acts, device: usize) -> Result<()> {
    acts.stage.click(&format!("Pair {}", NAMES[device])).await
}

async fn enter(acts: &Acts, digits: &str) -> Result<()> {
    let stage = &acts.stage;
    stage.see("#passkey").await?;
    stage.has_focus("passkey").await?;
    stage.type_text(digits).await?;
    stage.press(Key::Enter).await
}

pub(crate) async fn digits_are_entered(acts: &Acts) -> Result<()> {
    let (stage, bluez) = (&acts.stage, &acts.bluez);
    bluez.keep_waiting(STRAP, true);
    pair(acts, STRAP).await?;
    stage.reads(DIALOG, "Talking to Chest strap").await?;
    acts.says(STRAP, "Pairing").await?;
    acts.look_closely("pair-working", DIALOG).await?;
    bluez.keep_waiting(STRAP, false);
    stage.reads(DIALOG, "Enter the six digits that Chest strap shows.").await?;
    acts.look_closely("pair-enter", "#passkey").await?;
    ensure!(
        !stage.window.find(thirtyfour::By::Id("passkey-send")).await?.is_enabled().await?,
        "no digits yet"
    );
    stage.has_focus("passkey").await?;
    stage.type_text("111 111").await?;
    acts.look("pair-entered").await?;
    stage.press(Key::Enter).await?;
    stage
        .reads(
            &format!("{DIALOG} .notice[data-code=wrong_passkey]"),
            "The six digits were not the right ones.",
        )
        .await?;
    stage.has_focus("pair-again").await?;
    acts.look_closely("pair-wrong-passkey", "dialog .notice").await?;
    stage.click("Try again").await?;
    enter(acts, "042517").await?;
    acts.says(STRAP, "Sending").await?;
    acts.says(STRAP, "Battery 9 %").await?;
    acts.says(STRAP, "The battery is low. Change or charge it soon.").await?;
    stage.reads_no_more("body", "Talking to Chest strap").await?;
    acts.show(STRAP).await?;
    acts.look("battery-low").await
}

pub(crate) async fn a_bond_is_lost(acts: &Acts) -> Result<()> {
    acts.bluez.forget_there(STRAP);
    acts.bluez.drop_link(STRAP).await?;
    acts.says(STRAP, "Pair again").await?;
    acts.says(STRAP, "This device and this computer no longer know each other.").await?;
    acts.show(STRAP).await?;
    acts.look_closely("pair-again", "li[data-state=PairAgain]").await?;
    // Left by the Escape key, nothing has changed.
    pair(acts, STRAP).await?;
    acts.stage.see("#passkey").await?;
    acts.stage.press(Key::Escape).await?;
    acts.stage.reads_no_more("body", "Enter the six digits").await?;
    acts.says(STRAP, "Pair again").await?;
    pair(acts, STRAP).await?;
    enter(acts, "042517").await?;
    acts.says(STRAP, "Sending").await
}

/// The device still knows this computer, and answers it over an open link, as anybody at its address would: nothing is taken.
pub(crate) async fn this_computer_lost_the_bond(acts: &Acts) -> Result<()> {
    acts.bluez.forget_here(STRAP).await?;
    acts.says(STRAP, "Pair again").await?;
    acts.says(STRAP, "The readings you already have stay.").await?;
    pair(acts, STRAP).await?;
    enter(acts, "042517").await?;
    acts.says(STRAP, "Sending").await
}

pub(crate) async fn digits_are_compared(acts: &Acts) -> Result<()> {
    acts.add(COMPARES).await?;
    acts.says(COMPARES, "Pair first").await?;
    pair(acts, COMPARES).await?;
    acts.stage.reads(DIALOG, "Does Running strap show the same six digits?").await?;
    acts.stage.reads(&format!("{DIALOG} .digits"), "815 203").await?;
    // Whoever presses Enter without reading agrees to nothing.
    acts.stage.has_focus("pair-leave").await?;
    acts.look_closely("pair-compare", "dialog .digits").await?;
    acts.stage.has_focus("pair-leave").await?;
    acts.stage.click("They differ").await?;
    let refused = format!("{DIALOG} .notice[data-code=pairing_refused]");
    acts.stage.reads(&refused, "you said that the digits differ").await?;
    acts.look("pair-refused").await?;
    acts.stage.click("Close").await?;
    acts.stage.reads_no_more("body", "you said that the digits differ").await
}

pub(crate) async fn digits_are_typed_on_the_device(acts: &Acts) -> Result<()> {
    acts.add(TYPES).await?;
    acts.says(TYPES, "Pair first").await?;
    pair(acts, TYPES).await?;
    acts.stage.reads(DIALOG, "Type these six digits on Cycling strap.").await?;
    acts.stage.reads(&format!("{DIALOG} .digits"), "042 517").await?;
    acts.bluez.press(TYPES, 3).await?;
    acts.stage.reads(DIALOG, "3 digits typed").await?;
    acts.look_closely("pair-type", "dialog .digits").await?;
    acts.stage.click("Do not pair").await?;
    acts.stage.reads_no_more("body", "Type these six digits").await?;
    acts.says(TYPES, "Pair first").await
}

pub(crate) async fn nothing_to_compare(acts: &Acts) -> Result<()> {
    acts.add(ASKS).await?;
    acts.says(ASKS, "Pair first").await?;
    pair(acts, ASKS).await?;
    acts.stage.reads(DIALOG, "Go on only if it is the device in your hand.").await?;
    acts.stage.has_focus("pair-leave").await?;
    acts.look_closely("pair-allow", "dialog .main").await?;
    acts.stage.click("Pair it").await?;
    acts.says(ASKS, "Sending").await
}
