//! Devices that may not be the person's: what they send is set aside until the person says that they are.

use anyhow::{Context, Result};
use salus_tests::bluez::packet::body;
use salus_tests::bluez::wave::Wave;
use salus_tests::network::eventually;

use crate::acts::{Acts, PATIENCE};
use crate::readings::PRESSURE;
use crate::room::{CUFF, EAR, IN_THE_EAR, SPARE, now};

const FEATURE: u16 = 0x2A49;
const TEMPERATURE: u16 = 0x2A1C;
const DOUBT: &str = "Another of your devices says, at the same time, that it is this one.";

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

/// Two thermometers to which their maker gave one number. Nobody can know that they are both the person's, who says so.
pub(crate) async fn one_identity_is_claimed_twice(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    acts.add(EAR).await?;
    // With its model it said who it is: it was there first.
    acts.says(EAR, "HTS-6").await?;
    acts.says(EAR, "Sending").await?;
    stage.reads_no_more("main", DOUBT).await?;
    acts.add(SPARE).await?;
    acts.says(SPARE, "Sending").await?;
    acts.says(SPARE, DOUBT).await?;
    acts.says(SPARE, "What this one sends is set aside until you say that it is yours.").await?;

    // The same value of the same second from both: of one device it would be one reading.
    let packet = body::temperature(368, now(), IN_THE_EAR);
    acts.send(SPARE, TEMPERATURE, &packet).await?;
    acts.says(SPARE, "1 message was set aside. While it was not certain that the device is yours: 1.")
        .await?;
    acts.says(SPARE, "No reading yet").await?;
    acts.send(EAR, TEMPERATURE, &packet).await?;
    acts.says(EAR, "1 stored").await?;
    stage.reads_no_more("main", "Ear thermometer is mine").await?;
    acts.look_at_line("claimed-twice", SPARE).await?;

    let links = acts.bluez.links(SPARE);
    stage.click("Spare thermometer is mine").await?;
    stage.reads_no_more("main", DOUBT).await?;
    let again = eventually(PATIENCE, async || (acts.bluez.links(SPARE) > links).then_some(()));
    again.await.context("a new session of the spare thermometer")?;
    acts.send(SPARE, TEMPERATURE, &packet).await?;
    acts.says(SPARE, "1 stored").await?;
    acts.says(SPARE, "Sending").await?;
    // The first one goes on as before, and neither is doubted again.
    acts.send(EAR, TEMPERATURE, &body::temperature(369, now() + 1000, IN_THE_EAR)).await?;
    acts.says(EAR, "2 stored").await?;
    stage.reads_no_more("main", DOUBT).await
}
