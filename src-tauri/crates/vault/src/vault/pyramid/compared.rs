//! What is stored of a day, held against what its readings come to: for a verification.

use salus_wire::Category;
use sqlx::SqlitePool;

use super::{Shelf, stored, tag};
use crate::VaultError;
use crate::summary::{self, Block};
use crate::vault::Vault;
use crate::vault::index::Slot;

/// How what is stored of a day compares with its readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Compared {
    /// It is what they come to, at every level.
    Equal,
    /// It is something else, does not open in its place, or cannot be read.
    Different,
    /// Nothing is stored of it yet, or readings of it cannot be read.
    Unknown,
}

impl Vault {
    /// Compares what is stored of a day with what its epochs, as far as they are closed, come to. One epoch is in memory at a
    /// time.
    ///
    /// # Errors
    /// [`VaultError::Storage`]. Damage is no error.
    pub(in super::super) async fn compared(
        &self,
        category: Category,
        day: u32,
        mut slots: Vec<Slot>,
    ) -> Result<Compared, VaultError> {
        slots.retain(stored);
        let found = match row(&self.pool, &tag(&self.keys, category, day)).await {
            // Between a sealing and the step that sums up: work left, as after a kill.
            Ok(None) => return Ok(Compared::Unknown),
            Err(VaultError::Damaged { .. }) => None,
            found => found?,
        };
        let blocks = match self.blocks(category, day, &slots).await {
            Err(VaultError::Damaged { .. }) => return Ok(Compared::Unknown),
            blocks => blocks?,
        };
        let shelf = Shelf::new(self, category, day);
        let same = |(block, sealed): (&Block, &Vec<u8>)| {
            // As it would come back: a sum that is too large for a row is stored as none.
            let expected = summary::encode(block).and_then(|octets| summary::decode(&octets).ok());
            expected.is_some() && shelf.open(day, block.level, sealed) == expected
        };
        let equal = found.is_some_and(|found| blocks.iter().zip(found.iter()).all(same));
        Ok(if equal { Compared::Equal } else { Compared::Different })
    }
}

/// What is stored of a day, sealed, the finest level first.
async fn row(pool: &SqlitePool, tag: &[u8]) -> Result<Option<[Vec<u8>; 3]>, VaultError> {
    let row: Option<(Vec<u8>, Vec<u8>, Vec<u8>)> =
        sqlx::query_as("SELECT minute, hour, day FROM summary WHERE tag = ?")
            .bind(tag)
            .fetch_optional(pool)
            .await?;
    Ok(row.map(|(minute, hour, day)| [minute, hour, day]))
}
