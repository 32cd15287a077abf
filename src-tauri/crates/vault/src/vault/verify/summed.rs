//! Verifying what is summed up: each day against its readings, and that nothing lies there of no day. What does is removed: it
//! is the one thing that a verification changes, and it is made of readings, not a reading.
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

    /// Looks for summaries of no day and removes them, and leaves the days that are wrong to the next compaction.
    pub(super) async fn strays(&mut self, state: &mut State) -> Result<(), VaultError> {
        let mut days = pyramid::summed(&state.index);
        // What was summed up from readings that are gone is told with these, and may be the last that is left of them.
        days.extend(&self.damaged);
        match pyramid::strays(&self.vault.pool, &self.vault.keys, &days).await {
            Ok(rows) if rows.is_empty() => {}
            Ok(rows) => {
                let removed = self.remove(state, &rows).await;
                self.report.tell(Damage::Summaries { removed });
            }
            Err(VaultError::Damaged { .. }) => self.report.tell(Damage::Summaries { removed: false }),
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

    /// True when they are gone. Where nothing may be stored, or there is no room, they stay, and harm nobody; also where the log
    /// is broken, because the epochs that they were summed up from may be gone and told by nobody.
    async fn remove(&self, state: &mut State, rows: &[i64]) -> bool {
        if self.logged.is_broken() {
            return false;
        }
        let removed = match self.vault.standing().writable() {
            Ok(()) => self.vault.remove_strays(state, rows).await,
            refused => refused,
        };
        if let Err(error) = &removed {
            tracing::warn!(code = %error.code(), "summaries of no day stay");
        }
        removed.is_ok()
    }
}
