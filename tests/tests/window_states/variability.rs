//! Eleven minutes of a strap: the variability between its beats, with the share that was left out, and where a reading comes
//! from.

use anyhow::{Context, Result, ensure};
use salus_tests::network::eventually;
use salus_tests::stage::room::PATIENCE;
use serde_json::Value;
use thirtyfour::By;

use crate::acts::Acts;
use crate::cast::STRAP;

const HEART_RATE: u16 = 0x2A37;
/// Intervals in one packet: as many as one of 20 octets holds.
const INTERVALS: u16 = 9;
/// One second, in the strap's 1,024ths.
const SECOND: u16 = 1_024;
const SERIES: &str = ".series[data-category=HeartRate]";

pub(crate) async fn a_share_of_the_beats_is_left_out(acts: &Acts) -> Result<()> {
    let before = stored(acts).await?;
    // Two windows of five minutes begin at most five minutes after the first packet.
    for packet in 0..75_u64 {
        acts.send(STRAP, HEART_RATE, &beats(packet)).await?;
        let kept = eventually(PATIENCE, async || stored(acts).await.ok().filter(|n| *n > before + packet));
        kept.await.with_context(|| format!("packet {packet} is stored"))?;
        acts.later(i64::from(INTERVALS) * 1_000)?;
    }
    let stage = &acts.stage;
    acts.go("home").await?;
    stage.reads(SERIES, "Beat-to-beat variability (RMSSD)").await?;
    stage.reads(SERIES, "ms on average, in 5-minute windows; ").await?;
    let said = stage.window.find(By::Css(SERIES)).await?.text().await?;
    let share = said.split("windows; ").nth(1).and_then(|rest| rest.split([' ', '\u{a0}']).next());
    let share: u8 = share.and_then(|n| n.parse().ok()).context("a share in percent")?;
    // One interval of nine packets is a third of a second, and the filter drops its neighbour with it at most.
    ensure!((1..=4).contains(&share), "{share} % were left out");
    acts.look_closely("variability", SERIES).await
}

/// The words stand folded beside each row of the table.
pub(crate) async fn a_reading_says_where_it_comes_from(acts: &Acts) -> Result<()> {
    let stage = &acts.stage;
    let series = stage.window.find(By::Css(SERIES)).await?;
    let table = series.find(By::Css("button[aria-pressed=false]")).await?;
    table.scroll_into_view().await?;
    table.click().await?;
    let folded = format!("{SERIES} details.provenance summary");
    stage.see(&folded).await?;
    let summary = stage.window.find(By::Css(&folded)).await?;
    summary.scroll_into_view().await?;
    summary.click().await?;
    let details = format!("{SERIES} details[open]");
    for words in [
        "Measured by Chest strap",
        "firmware 1.0",
        "The link was not encrypted.",
        "The device sent no time; this is when the reading arrived.",
    ] {
        stage.reads(&details, words).await?;
    }
    acts.look_closely("provenance", SERIES).await?;
    acts.go("devices").await
}

/// Nine beats a second apart; in every ninth packet one is far too short.
fn beats(packet: u64) -> Vec<u8> {
    let mut octets = vec![0x10, 60];
    for beat in 0..INTERVALS {
        let short = packet % 9 == 4 && beat == 4;
        // A few thousandths more and less, so that there is something to measure.
        let interval = if short { SECOND / 3 } else { SECOND - 10 + 20 * (beat % 2) };
        octets.extend(interval.to_le_bytes());
    }
    octets
}

async fn stored(acts: &Acts) -> Result<u64> {
    let view = acts.view(STRAP).await?;
    view["stored"].as_u64().with_context(|| Value::to_string(&view))
}
