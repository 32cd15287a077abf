//! Electrocardiograms that come to nothing: refused, not answered, cut off by the end of the link.

use anyhow::{Context, Result};
use salus_devices::gatt::polar_pmd::recording::PATIENCE as SILENCE;
use salus_tests::network::eventually;
use salus_tests::stage::room::PATIENCE;

use crate::acts::Acts;
use crate::cast::{CHARGING, DRY, LEAVES, MUTE};

const RECORD: &str = "Record an electrocardiogram, 30 seconds";
const CUT: &str = "The recording ended too soon. What was measured until then is stored.";

async fn begin(acts: &Acts, device: usize) -> Result<()> {
    acts.add(device).await?;
    acts.says(device, RECORD).await?;
    acts.press(device, RECORD).await
}

pub(crate) async fn it_is_refused(acts: &Acts) -> Result<()> {
    begin(acts, CHARGING).await?;
    acts.says(CHARGING, "The device is on its charger. Put it on, and record again.").await?;
    acts.look_at_line("ecg-charging", CHARGING).await?;
    begin(acts, DRY).await?;
    acts.says(DRY, "The device does not record now. Wet its electrodes, put it on, and record again.")
        .await?;
    acts.look_at_line("ecg-refused", DRY).await
}

pub(crate) async fn it_is_not_answered(acts: &Acts) -> Result<()> {
    begin(acts, MUTE).await?;
    let told = eventually(PATIENCE, async || (!acts.mute.told().is_empty()).then_some(()));
    told.await.context("it is told to record")?;
    acts.later(SILENCE)?;
    acts.says(MUTE, "The device did not answer. Put it on, and record again.").await?;
    acts.says(MUTE, RECORD).await?;
    acts.look_at_line("ecg-no-answer", MUTE).await
}

/// Also while the strap is away, when that is all there is to see, and once it is back.
pub(crate) async fn it_is_cut(acts: &Acts) -> Result<()> {
    begin(acts, LEAVES).await?;
    acts.says(LEAVES, "Sit still and breathe calmly.").await?;
    acts.bluez.refuse(LEAVES, u32::MAX);
    acts.bluez.drop_link(LEAVES).await?;
    acts.says(LEAVES, "Not connected").await?;
    acts.says(LEAVES, CUT).await?;
    acts.says(LEAVES, "Keep the device on and close, then record again.").await?;
    acts.look_at_line("ecg-cut", LEAVES).await?;
    acts.bluez.refuse(LEAVES, 0);
    acts.says(LEAVES, "Sending").await?;
    acts.says(LEAVES, CUT).await?;
    acts.press(LEAVES, RECORD).await?;
    acts.says(LEAVES, "Sit still and breathe calmly.").await?;
    acts.press(LEAVES, "Stop recording").await?;
    acts.says(LEAVES, "Recorded and stored.").await?;
    acts.stage.reads_no_more("main", CUT).await
}
