//! What tests look at and overwrite in an open record; nothing else calls it.

use std::sync::PoisonError;

use super::OWN;
use crate::vault::{Keys, Vault, cabinet, database, ingest};
use crate::{Tree, VaultError};

/// What a test overwrites.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Spoilt<'a> {
    /// The oldest segment.
    Segment,
    /// Every value of one of the application's namespaces.
    Cabinet(&'a str),
}

impl Vault {
    /// Makes the database full after `spare` more pages; for tests.
    ///
    /// # Errors
    /// [`VaultError`].
    #[doc(hidden)]
    pub async fn cap_pages(&self, spare: u32) -> Result<(), VaultError> {
        database::cap(&self.pool, spare).await
    }

    /// Every key that an open record has, by name: what a test looks for in the memory of a locked process. Of the trees the
    /// whole ones.
    #[doc(hidden)]
    #[must_use]
    pub fn keys_to_look_for(&self) -> Vec<(&'static str, Vec<u8>)> {
        let Keys { master, names, fingerprints, identity: first, log, .. } = &self.keys;
        let rows = master.sub(&[b"salus/vault/v1/", b"rows"]);
        let mut all: Vec<(_, Vec<u8>)> = [
            ("the master key", master),
            ("the key of rows", &rows),
            ("the key of names", names),
            ("the key of fingerprints", fingerprints),
            ("the first identity", first),
            ("the key of the log", log),
        ]
        .map(|(name, key)| (name, key.expose().to_vec()))
        .into();
        all.push(("the signing seed", self.signing.to_bytes().to_vec()));
        let later = self.identities.read().unwrap_or_else(PoisonError::into_inner);
        all.extend(later.iter().map(|key| ("a later identity", key.expose().to_vec())));
        drop(later);
        for branch in self.branches() {
            let tree = |name, tree: &Tree| Some((name, tree.root()?.expose().to_vec()));
            all.extend(tree("the key of a series", &branch.readings));
            all.extend(branch.summaries.iter().flatten().filter_map(|t| tree("a key of summaries", t)));
        }
        all
    }

    /// The keys of the inbox's sessions, for the same. The secret that a sender proves is in memory as long as something is
    /// received, and not among them.
    ///
    /// # Errors
    /// [`VaultError`].
    #[doc(hidden)]
    pub async fn inbox_keys_to_look_for(&self) -> Result<Vec<(&'static str, Vec<u8>)>, VaultError> {
        let sessions = cabinet::readable(&self.pool, &self.keys, OWN, ingest::NAMESPACE).await?;
        let key = |keys: &[u8]| ("the key of the inbox", keys[..32.min(keys.len())].to_vec());
        Ok(sessions.iter().map(|(_, keys)| key(keys)).collect())
    }

    /// Overwrites the sealed octets of a table's first rows, as a failing disk would; for tests.
    ///
    /// # Errors
    /// [`VaultError`].
    #[doc(hidden)]
    pub async fn spoil(&self, what: Spoilt<'_>) -> Result<(), VaultError> {
        let statement = match what {
            Spoilt::Segment => "UPDATE segment SET sealed = zeroblob(length(sealed)) WHERE id = 1",
            Spoilt::Cabinet(namespace) => {
                let [space, _] = cabinet::tags(&self.keys, cabinet::Owner::Application, namespace, b"");
                let rows = "UPDATE cabinet SET sealed = zeroblob(length(sealed)) WHERE namespace = ?";
                sqlx::query(rows).bind(&space[..]).execute(&self.pool).await?;
                return Ok(());
            }
        };
        sqlx::query(statement).execute(&self.pool).await?;
        Ok(())
    }
}
