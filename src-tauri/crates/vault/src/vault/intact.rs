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
use super::span::counted;
use crate::VaultError;
use crate::error::Part;
use crate::segment::Columns;

/// Two ways to the rows of an epoch. A damaged page of the rows hides none from the index, and one of the index none from the table.
const LISTED: [&str; 2] =
    ["SELECT id FROM journal WHERE epoch = ?", "SELECT id FROM journal NOT INDEXED WHERE epoch = ?"];

/// An epoch's segments without the index of them.
const SCANNED: &str = "SELECT seq, sealed FROM segment NOT INDEXED WHERE epoch = ? ORDER BY id";

impl Vault {
    /// In no order.
    ///
    /// # Errors
    /// [`VaultError::Storage`]. Damage is none.
    pub(super) async fn intact(&self, slot: &Slot) -> Result<Vec<Reading>, VaultError> {
        let sealed = if slot.lost { self.segments(slot).await } else { self.sealed_columns(slot).await };
        let sealed = match sealed {
            // A page of the database, and not what was sealed: of the index, if the table itself can be read.
            Err(VaultError::Damaged { part: Part::Database }) => self.scanned(slot).await,
            sealed => sealed,
        };
        let mut found = undamaged(sealed.and_then(taken_apart))?.unwrap_or_default();
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

    /// An epoch's segments by the table itself, which is walked whole each time.
    async fn scanned(&self, slot: &Slot) -> Result<Vec<Columns>, VaultError> {
        let found = self.segments_by(SCANNED, slot).await?;
        if slot.lost { Ok(found) } else { counted(slot, found) }
    }
}

/// `None` for what is damaged.
fn undamaged<T>(read: Result<T, VaultError>) -> Result<Option<T>, VaultError> {
    match read {
        Err(VaultError::Damaged { .. }) => Ok(None),
        read => read.map(Some),
    }
}
