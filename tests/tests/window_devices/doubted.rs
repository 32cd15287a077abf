//! Devices that may not be the person's: what they send is set aside until the person says that they are.

use anyhow::Result;
use salus_tests::bluez::wave::Wave;

use crate::acts::Acts;
use crate::readings::PRESSURE;
use crate::room::{CUFF, now};

const FEATURE: u16 = 0x2A49;

/// Its firmware changed: what it sends is set aside until the person says that it is theirs.
pub(crate) async fn other_services_are_doubted(acts: &Acts) -> Result<()> {
    acts.go("devices").await?;
    acts.bluez.drop_link(CUFF).await?;
    acts.bluez.flash(CUFF, &[FEATURE]).await?;
    acts.says(CUFF, "What this device offers is not the same as when you added it.").await?;
    acts.send(CUFF, PRESSURE, &Wave::new(6).blood_pressure(now())).await?;
    acts.says(CUFF, "Damaged: 2. While it was not certain that the device is yours: 1.").await?;
    acts.look_at_line("doubted", CUFF).await?;
    acts.stage.click("Upper arm cuff is mine").await?;
    acts.stage.reads_no_more("main", "not the same as when you added it").await?;
    acts.says(CUFF, "Sending").await
}
