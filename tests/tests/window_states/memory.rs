//! Meters with readings from while they were away: fetched, stopped half-way, and not handed out.

use anyhow::{Result, ensure};
use salus_devices::gatt::racp::IDLE;

use crate::acts::Acts;
use crate::cast::{KEEPS, METER, STALLS};

pub(crate) async fn a_memory_is_fetched(acts: &Acts) -> Result<()> {
    acts.add(METER).await?;
    acts.says(METER, "Its memory was read to the end: 3 readings.").await?;
    acts.says(METER, "3 readings stored, from its memory").await?;
    acts.look_at_line("memory-fetched", METER).await
}

/// The sentence while it runs is the one that a person sees for minutes when a memory is long.
pub(crate) async fn a_memory_ends_half_way(acts: &Acts) -> Result<()> {
    acts.add(STALLS).await?;
    acts.says(STALLS, "Fetching the readings in its memory: 2 of 3.").await?;
    acts.look_at_line("memory-fetching", STALLS).await?;
    is_stopped_and_wanted_after_all(acts).await?;
    acts.later(IDLE + 1)?;
    acts.says(STALLS, "Its memory was not read to the end: 2 readings arrived.").await?;
    acts.says(STALLS, "It is asked again the next time it connects.").await?;
    let stored = acts.view(STALLS).await?["stored"].clone();
    ensure!(stored == 2, "what arrived is kept: {stored}");
    acts.look_at_line("memory-unfinished", STALLS).await
}

/// The device is told to stop; wanted again, it is asked from the beginning, because it did not say that it was done.
async fn is_stopped_and_wanted_after_all(acts: &Acts) -> Result<()> {
    acts.press(STALLS, "Stop fetching").await?;
    acts.says(STALLS, "You stopped fetching the readings in its memory: 2 readings arrived.").await?;
    acts.look_at_line("memory-stopped", STALLS).await?;
    acts.press(STALLS, "Fetch them now").await?;
    acts.says(STALLS, "Fetching the readings in its memory: 2 of 3.").await
}

pub(crate) async fn a_memory_is_not_handed_out(acts: &Acts) -> Result<()> {
    acts.add(KEEPS).await?;
    acts.says(KEEPS, "It does not give out the readings in its memory.").await?;
    acts.look_at_line("memory-refused", KEEPS).await
}
