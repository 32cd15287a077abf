//! Verifying the prints by which copies are known: each is of a reading of its epoch, and in the table as in its index.
//!
//! A reading without a print is no damage: what was stored before there was this table has none. The readings lose nothing by
//! a print that rotted; a copy of one of them that comes again is stored beside it.

use std::collections::HashSet;

use super::{Damage, Verification};
use crate::VaultError;
use crate::vault::index::Slot;
use crate::vault::journal::Fingerprint;

/// Rows of one step.
pub(super) const ROWS: i64 = 1024;

impl Verification<'_> {
    /// Holds the prints of an epoch against `lasting`, what they have to be of. They are found by the index, as a deletion finds
    /// them, and each is looked up in the table, as a copy is.
    pub(super) async fn prints_of(
        &mut self,
        slot: &Slot,
        lasting: &HashSet<Fingerprint>,
    ) -> Result<(), VaultError> {
        let rows = "SELECT i.print, t.epoch FROM lasting AS i INDEXED BY lasting_epoch
                    LEFT JOIN lasting AS t ON t.print = i.print WHERE i.epoch = ?";
        let rows = sqlx::query_as(rows).bind(slot.id).fetch_all(&self.vault.pool).await;
        let rows: Vec<(Vec<u8>, Option<i64>)> = match rows.map_err(VaultError::from) {
            Err(VaultError::Damaged { .. }) => {
                self.prints.push((slot.category, slot.head.epoch));
                return Ok(());
            }
            rows => rows?,
        };
        let is_sound = |(print, epoch): &&(Vec<u8>, Option<i64>)| {
            let of_a_reading = Fingerprint::try_from(print.as_slice()).is_ok_and(|p| lasting.contains(&p));
            of_a_reading && *epoch == Some(slot.id)
        };
        let sound = rows.iter().filter(is_sound).count();
        self.report.prints += sound as u64;
        if sound < rows.len() {
            self.prints.push((slot.category, slot.head.epoch));
        }
        Ok(())
    }

    /// Looks at some rows of the table for prints of no epoch, or which the index does not have; behind which it goes on, while
    /// there are more.
    pub(super) async fn prints(&mut self, behind: Vec<u8>) -> Result<Option<Vec<u8>>, VaultError> {
        let rows = "SELECT t.print, EXISTS (SELECT 1 FROM epoch WHERE id = t.epoch) AND EXISTS (
                        SELECT 1 FROM lasting AS i INDEXED BY lasting_epoch
                        WHERE i.epoch = t.epoch AND i.print = t.print)
                    FROM lasting AS t WHERE t.print > ? ORDER BY t.print LIMIT ?";
        let rows = sqlx::query_as(rows).bind(behind).bind(ROWS).fetch_all(&self.vault.pool).await;
        let rows: Vec<(Vec<u8>, bool)> = match rows.map_err(VaultError::from) {
            // A page that cannot be read hides what is behind it.
            Err(VaultError::Damaged { .. }) => {
                self.stray_prints = true;
                return Ok(None);
            }
            rows => rows?,
        };
        self.stray_prints |= !rows.iter().all(|(_, sound)| *sound);
        // A short page is the last one.
        let last = rows.len() < usize::try_from(ROWS).unwrap_or(usize::MAX);
        Ok(rows.into_iter().next_back().filter(|_| !last).map(|(print, _)| print))
    }

    /// Tells of them, behind everything with which something is lost.
    pub(super) fn tell_prints(&mut self) {
        for (category, epoch) in core::mem::take(&mut self.prints) {
            self.stray_prints = false;
            self.report.tell(Damage::Print { category, epoch });
        }
        // One row that rotted is told once: where its epoch is named, it is the same one.
        if self.stray_prints {
            self.report.tell(Damage::Prints);
        }
    }
}
