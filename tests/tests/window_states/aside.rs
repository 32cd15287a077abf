//! What is set aside for another reason than damage: copies, which are no warning, a value beyond the device's range, a flood.

use anyhow::{Context, Result};
use salus_tests::bluez::packet::body;
use salus_tests::network::eventually;
use salus_tests::stage::room::PATIENCE;
use serde_json::Value;

use crate::acts::Acts;
use crate::cast::{EAR, IN_THE_EAR, STRAP, now};

const HEART_RATE: u16 = 0x2A37;
const TEMPERATURE: u16 = 0x2A1C;
/// FLOAT +INF.
const ABOVE: u32 = 0x007F_FFFE;

/// So many temperatures come between two beats of the strap: together far more than the 256 at once and 4 a second that are
/// looked at.
const AT_ONCE: u64 = 200;
const BEATS: u8 = 4;

pub(crate) async fn copies_are_no_warning(acts: &Acts) -> Result<()> {
    acts.add(EAR).await?;
    acts.says(EAR, "Sending").await?;
    let packet = body::temperature(368, now(), IN_THE_EAR);
    acts.send(EAR, TEMPERATURE, &packet).await?;
    acts.says(EAR, "1 stored").await?;
    acts.send(EAR, TEMPERATURE, &packet).await?;
    acts.says(EAR, "1 reading came again; it is stored once.").await?;
    acts.says(EAR, "1 stored").await?;
    acts.stage.reads_no_more("main .caution", "came again").await?;
    acts.stage.reads_no_more("main", "set aside").await?;
    acts.look_at_line("copies", EAR).await
}

pub(crate) async fn a_value_is_above_what_the_device_measures(acts: &Acts) -> Result<()> {
    let mut packet = body::temperature(368, now(), IN_THE_EAR);
    packet[1..5].copy_from_slice(&ABOVE.to_le_bytes());
    acts.send(EAR, TEMPERATURE, &packet).await?;
    acts.says(EAR, "1 message was set aside. Above what the device can measure: 1.").await?;
    acts.says(EAR, "1 stored").await?;
    acts.look_at_line("above-range", EAR).await
}

pub(crate) async fn a_flood_is_counted_while_another_device_goes_on(acts: &Acts) -> Result<()> {
    acts.add(STRAP).await?;
    acts.says(STRAP, "Sending").await?;
    let before = acts.view(EAR).await?["quarantined"].as_u64().context("a count")?;
    // The first of them is a reading: of another second than the one before.
    let packet = body::temperature(371, now() + 1000, IN_THE_EAR);
    for beat in 1..=BEATS {
        for _ in 0..AT_ONCE {
            acts.send(EAR, TEMPERATURE, &packet).await?;
        }
        acts.send(STRAP, HEART_RATE, &[0x06, 60 + beat]).await?;
        acts.says(STRAP, &format!("{beat} stored")).await?;
    }
    let expected = before + AT_ONCE * u64::from(BEATS) - 1;
    let counted = eventually(PATIENCE, async || {
        let view = acts.view(EAR).await.ok()?;
        (view["quarantined"] == expected).then_some(view)
    });
    let view = counted.await.context("every packet of the flood is counted")?;
    let (fast, again) = (of(&view, "too_frequent")?, of(&view, "replayed")?);
    let aside = fast + of(&view, "above_range")?;
    let words = format!("{aside} messages were set aside. Too many at once: {fast}. Above what");
    acts.says(EAR, &words).await?;
    acts.says(EAR, &format!("{again} readings came again; each is stored once.")).await?;
    acts.says(EAR, "2 stored").await?;
    // What is wrong with one is not said of the other.
    let strap = acts.view(STRAP).await?;
    anyhow::ensure!(strap["quarantined"] == 0, "{strap}");
    acts.look_at_line("flood", EAR).await
}

/// How much of a device was set aside for a reason.
fn of(view: &Value, reason: &str) -> Result<u64> {
    let all = view["set_aside"].as_array().context("what was set aside")?;
    let one = all.iter().find(|one| one["reason"] == reason);
    one.and_then(|one| one["count"].as_u64()).with_context(|| format!("{reason}: {view}"))
}
