//! Verifying what is summed up: each day against its readings, and that nothing lies there of no day.
//!
//! A day that is not summed up yet is work left and no damage. Where readings are damaged these are told, and not what was
//! summed up from them.

use salus_wire::Category;

use super::{Damage, Verification};
use crate::VaultError;
use crate::vault::State;
use crate::vault::index::Slot;
use crate::vault::pyramid::{self, Compared};

impl Verification<'_> {
    /// Compares what is stored of a day with its readings: these are the epochs that it lies in.
    pub(super) async fn day(
        &mut self,
        category: Category,
        day: u32,
        slots: Vec<Slot>,
    ) -> Result<(), VaultError> {
        if self.damaged.contains(&(category, day)) {
            return Ok(());
        }
        match self.vault.compared(category, day, slots).await? {
            Compared::Equal => self.report.summaries += 1,
            Compared::Different => {
                self.wrong.push((category, day));
                self.report.tell(Damage::Summary { category, day });
            }
            Compared::Unknown => {}
        }
        Ok(())
    }

    /// Looks for summaries of no day, and leaves the days that are wrong to the next compaction.
    pub(super) async fn strays(&mut self, state: &mut State) -> Result<(), VaultError> {
        let mut days = pyramid::summed(&state.index);
        // What was summed up from readings that are gone is told with these.
        days.extend(&self.damaged);
        match pyramid::stray(&self.vault.pool, &self.vault.keys, &days).await {
            Ok(false) => {}
            Ok(true) | Err(VaultError::Damaged { .. }) => self.report.tell(Damage::Summaries),
            Err(e) => return Err(e),
        }
        if self.wrong.is_empty() {
            return Ok(());
        }
        match self.vault.sum_anew(state, &self.wrong).await {
            // Rows that nobody can list are made anew where they are read.
            Err(VaultError::Damaged { .. }) => Ok(()),
            done => done,
        }
    }
}
