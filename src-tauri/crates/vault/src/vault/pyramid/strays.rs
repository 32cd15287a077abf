//! Summaries of no day of the record: nothing is drawn from them, and no sealing would ever remove them.
//!
//! They are told from the others and removed under one hold of the record, so that no day can come to them in between, and in
//! one transaction: after a kill either all of them are there, to be found again, or none is. Of the tables only this one is
//! written, and of it only rows that could be read: where the list of them cannot be read, nobody knows what else would go
//! with a page of it.

use std::collections::{BTreeSet, HashSet};

use salus_wire::Category;
use sqlx::SqlitePool;

use super::tag;
use crate::VaultError;
use crate::vault::{Keys, State, Vault, database};

/// Rows of none of these days, by their number. Reads all tags at once: 16 octets for each day of a category.
///
/// # Errors
/// [`VaultError::Damaged`], [`VaultError::Storage`].
pub(in super::super) async fn strays(
    pool: &SqlitePool,
    keys: &Keys,
    days: &BTreeSet<(Category, u32)>,
) -> Result<Vec<i64>, VaultError> {
    let known: HashSet<[u8; 16]> = days.iter().map(|(category, day)| tag(keys, *category, *day)).collect();
    // From the rows themselves: a row whose tag rotted is found by the index all the same.
    let rows: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT id, tag FROM summary NOT INDEXED").fetch_all(pool).await?;
    Ok(rows.into_iter().filter(|(_, tag)| !known.contains(tag.as_slice())).map(|(id, _)| id).collect())
}

impl Vault {
    /// Removes them. A day whose row one of them was, before its tag rotted, is computed again by the steps to come.
    ///
    /// # Errors
    /// [`VaultError::DiskFull`], [`VaultError::Storage`], [`VaultError::Damaged`]: none was removed.
    pub(in super::super) async fn remove_strays(
        &self,
        state: &mut State,
        rows: &[i64],
    ) -> Result<(), VaultError> {
        state.index.begin();
        let removed = remove(&self.pool, rows).await;
        if removed.is_err() {
            database::abandon(&self.pool).await;
        }
        state.index.commit([]);
        // Which days have none is looked up anew.
        state.days = None;
        removed
    }
}

async fn remove(pool: &SqlitePool, rows: &[i64]) -> Result<(), VaultError> {
    let mut db = database::begin(pool).await?;
    // The index may have the tag of before it rotted, and a row that it does not lead to cannot be removed.
    sqlx::query("REINDEX summary").execute(&mut *db).await?;
    for id in rows {
        sqlx::query("DELETE FROM summary WHERE id = ?").bind(*id).execute(&mut *db).await?;
    }
    database::commit(db).await
}
