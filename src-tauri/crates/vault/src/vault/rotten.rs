//! Rows of the cabinet that do not open: a name that is not found may be one of them.
//!
//! A rotten octet in a row's name makes it unfindable, and "nothing under this name" would be a wrong answer: a permission
//! would be forgotten, and a key made anew over the one that opens years of readings.

use std::collections::HashSet;

use sqlx::SqlitePool;

use super::{Keys, State, Vault, cabinet};
use crate::VaultError;
use crate::row::DAMAGED;

/// Which namespaces a row that does not open can be of.
#[derive(Default)]
pub(super) struct Rotten {
    spaces: HashSet<Vec<u8>>,
    anywhere: bool,
}

impl Rotten {
    /// Opens every row once: milliseconds for each ten megabytes.
    pub(super) async fn find(pool: &SqlitePool, keys: &Keys) -> Result<Self, VaultError> {
        let rows: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)> =
            sqlx::query_as("SELECT namespace, name, sealed FROM cabinet").fetch_all(pool).await?;
        let (mut sound, mut spaces) = (HashSet::new(), HashSet::new());
        for (space, name, sealed) in rows {
            let opens = cabinet::opens(keys, &space, &name, &sealed);
            if opens {
                sound.insert(space)
            } else {
                spaces.insert(space)
            };
        }
        // A namespace that no sound row has may be the rotten part itself: then nobody knows where the row belongs.
        let anywhere = !spaces.is_subset(&sound);
        Ok(Self { spaces, anywhere })
    }

    /// Damage when there is any.
    pub(super) fn none(&self) -> Result<(), VaultError> {
        if self.spaces.is_empty() { Ok(()) } else { Err(DAMAGED) }
    }

    fn none_in(&self, space: &[u8]) -> Result<(), VaultError> {
        if self.anywhere || self.spaces.contains(space) { Err(DAMAGED) } else { Ok(()) }
    }
}

impl Vault {
    /// Damage when a name that was not found in this namespace may be there all the same; looked for once an unlocking.
    pub(super) async fn surely_absent(&self, state: &mut State, space: &[u8]) -> Result<(), VaultError> {
        if state.rotten.is_none() {
            state.rotten = Some(Rotten::find(&self.pool, &self.keys).await?);
        }
        state.rotten.as_ref().map_or(Ok(()), |rotten| rotten.none_in(space))
    }
}
