//! Devices that announce what they measure to everybody: added, never connected, and their readings shown.

use anyhow::{Result, ensure};
use salus_tests::bluez::packet::overheard::{bthome_air, mi_scale};

use crate::acts::Acts;
use crate::cast::{AIR, OVERHEARD, now};

const ANNOUNCES: &str = "This device announces its readings to everybody nearby. It needs no connection.";
/// How often each thing is said: one reading, all the same.
const REPEATED: u8 = 5;

pub(crate) async fn the_air_is_overheard(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    acts.add(AIR).await?;
    acts.says(AIR, "Sending").await?;
    acts.says(AIR, ANNOUNCES).await?;
    for n in 2..2 + REPEATED {
        acts.bluez.broadcast(AIR, bthome_air(n, 2506, 5055)).await?;
    }
    acts.says(AIR, "1 stored").await?;
    ensure!(acts.bluez.links(AIR) == 0, "it is connected");
    acts.look_at_line("overheard", AIR).await?;
    acts.go("home").await?;
    let series = ".series[data-category=Surroundings]";
    for words in ["The air around you", "25.06", "from Bedroom sensor"] {
        stage.reads(series, words).await?;
    }
    acts.look_closely("overheard-air", series).await?;
    acts.go("devices").await
}

/// Whoever stands on it is heard, so it asks whose the weighing is.
pub(crate) async fn a_weighing_is_overheard(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    acts.add(OVERHEARD).await?;
    acts.says(OVERHEARD, "Sending").await?;
    acts.says(OVERHEARD, ANNOUNCES).await?;
    let weighing = mi_scale(14_260, now(), true);
    for _ in 0..REPEATED {
        acts.bluez.broadcast(OVERHEARD, weighing.clone()).await?;
    }
    acts.go("home").await?;
    stage.reads("main .ask", "1 reading of MI_SCALE waits: whose is it?").await?;
    stage.click("Look at it").await?;
    stage.reads("main .entries", "Somebody this device does not know").await?;
    acts.look_closely("overheard-whose", "main .entries .main").await?;
    stage.click("It is mine").await?;
    stage.reads("main [role=status]", "1 reading is in your record now.").await?;
    acts.go("home").await?;
    let series = ".series[data-category=BodyWeight]";
    for words in ["71.3", "from MI_SCALE"] {
        stage.reads(series, words).await?;
    }
    acts.look_closely("overheard-weight", series).await?;
    ensure!(acts.bluez.links(OVERHEARD) == 0, "it is connected");
    acts.go("devices").await
}
