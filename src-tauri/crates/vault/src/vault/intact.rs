//! What still opens of a damaged epoch: what is sealed of it, when all of that does, and each row of its journal.
//!
//! Half of what is sealed is not given while its count is known: whoever writes the file could choose the half. Where the epoch's own row
//! is lost nobody knows the count, and what is there is given. The rows of the journal are counted nowhere but in their own table, so
//! that one that is missing there misses in any case.

use std::collections::{BTreeSet, HashSet};

use salus_wire::Reading;

use super::Vault;
use super::index::Slot;
use super::reading::taken_apart;
use crate::VaultError;

/// Two ways to the rows of an epoch. A damaged page of the rows hides none from the index, and one of the index none from the table.
const LISTED: [&str; 2] =
    ["SELECT id FROM journal WHERE epoch = ?", "SELECT id FROM journal NOT INDEXED WHERE epoch = ?"];

impl Vault {
    /// In no order.
    ///
    /// # Errors
    /// [`VaultError::Storage`]. Damage is none.
    pub(super) async fn intact(&self, slot: &Slot) -> Result<Vec<Reading>, VaultError> {
        let sealed = if slot.lost {
            self.segments(slot).await.and_then(taken_apart)
        } else {
            self.sealed_readings(slot).await
        };
        let mut found = undamaged(sealed)?.unwrap_or_default();
        let mut ids = BTreeSet::new();
        for listed in LISTED {
            let rows: Result<Vec<i64>, _> =
                sqlx::query_scalar(listed).bind(slot.id).fetch_all(&self.pool).await;
            ids.extend(undamaged(rows.map_err(VaultError::from))?.unwrap_or_default());
        }
        let mut prints = HashSet::new();
        for id in ids {
            let row: Result<Option<(Vec<u8>, Vec<u8>)>, _> =
                sqlx::query_as("SELECT fingerprint, sealed FROM journal WHERE id = ?")
                    .bind(id)
                    .fetch_optional(&self.pool)
                    .await;
            let row = undamaged(row.map_err(VaultError::from))?.flatten();
            let Some((print, sealed)) = row else { continue };
            if let Ok(reading) = self.journal_reading(slot, &print, &sealed)
                && prints.insert(print)
            {
                found.push(reading);
            }
        }
        Ok(found)
    }
}

/// `None` for what is damaged.
fn undamaged<T>(read: Result<T, VaultError>) -> Result<Option<T>, VaultError> {
    match read {
        Err(VaultError::Damaged { .. }) => Ok(None),
        read => read.map(Some),
    }
}
