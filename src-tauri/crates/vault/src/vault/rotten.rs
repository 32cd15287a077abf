//! Rows of the cabinet that do not open: a name that is not found may be one of them.
//!
//! A rotten octet in a row's name makes it unfindable, and "nothing under this name" would be a wrong answer: a permission
//! would be forgotten, and a key made anew over the one that opens years of readings. A row belongs to the namespace that its
//! hash is of; where the hash itself is the rotten part, nobody knows where the row belongs.

use std::collections::HashSet;

use sqlx::SqlitePool;

use super::{Keys, State, Vault, cabinet};
use crate::VaultError;
use crate::row::DAMAGED;

/// The namespaces of the vault itself.
const OWN: [&str; 10] = [
    "record",
    "writer",
    "writers",
    "series",
    "summaries",
    "shredded",
    "inbox",
    "backup recipient",
    "log",
    super::identity::SPACE,
];

/// Which namespaces a row that does not open can be of.
#[derive(Default)]
pub(super) struct Rotten {
    spaces: HashSet<Vec<u8>>,
    anywhere: bool,
}

impl Rotten {
    /// Opens every row once: milliseconds for each ten megabytes.
    pub(super) async fn find(
        pool: &SqlitePool,
        keys: &Keys,
        known: &HashSet<[u8; 16]>,
    ) -> Result<Self, VaultError> {
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
        let own = OWN.map(|name| cabinet::tags(keys, cabinet::Owner::Vault, name, b"")[0]);
        let known = |space: &Vec<u8>| {
            sound.contains(space) || own.iter().chain(known).any(|known| known[..] == space[..])
        };
        let anywhere = !spaces.iter().all(known);
        Ok(Self { spaces, anywhere })
    }

    /// Damage when there is any.
    pub(super) fn none(&self) -> Result<(), VaultError> {
        if self.spaces.is_empty() { Ok(()) } else { Err(DAMAGED) }
    }

    /// True when there is any.
    pub(super) fn is_some(&self) -> bool {
        !self.spaces.is_empty()
    }

    fn none_in(&self, space: &[u8]) -> Result<(), VaultError> {
        if self.anywhere || self.spaces.contains(space) { Err(DAMAGED) } else { Ok(()) }
    }
}

impl Vault {
    /// Tells which namespaces the application uses, so that a row of one of them that does not open does not cast doubt on the
    /// others; true when some row does not open.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn know(&self, namespaces: &[&str]) -> Result<bool, VaultError> {
        let mut state = self.ready().await?;
        let state = &mut *state;
        let tag = |name: &&str| cabinet::tags(&self.keys, cabinet::Owner::Application, name, b"")[0];
        state.known.extend(namespaces.iter().map(tag));
        let rotten = Rotten::find(&self.pool, &self.keys, &state.known).await?;
        let some = rotten.is_some();
        state.rotten = Some(rotten);
        Ok(some)
    }

    /// Damage when a name that was not found in this namespace may be there all the same; looked for once an unlocking.
    pub(super) async fn surely_absent(&self, state: &mut State, space: &[u8]) -> Result<(), VaultError> {
        if state.rotten.is_none() {
            state.rotten = Some(Rotten::find(&self.pool, &self.keys, &state.known).await?);
        }
        state.rotten.as_ref().map_or(Ok(()), |rotten| rotten.none_in(space))
    }
}
