//! The sealed store of named values.

use rand_core::CryptoRng;
use sqlx::{SqliteExecutor, SqlitePool};
use zeroize::Zeroizing;

use super::{Keys, Vault, database};
use crate::VaultError;
use crate::row::DAMAGED;
use crate::seal::pad;

/// Most octets of a value.
pub const MAX_VALUE: usize = 8 << 20;

/// Most octets of a namespace or a name.
pub const MAX_NAME: usize = 1024;

const TABLE: &str = "cabinet";

/// A value and a namespace's values: by the index of the names, and by the table itself, which has all that the index has, where
/// a page of the index is damaged.
const ONE: &str = "SELECT sealed FROM cabinet WHERE namespace = ? AND name = ?";
const ONE_SCANNED: &str = "SELECT sealed FROM cabinet NOT INDEXED WHERE namespace = ? AND name = ?";
const ALL: &str = "SELECT name, sealed FROM cabinet WHERE namespace = ?";
const ALL_SCANNED: &str = "SELECT name, sealed FROM cabinet NOT INDEXED WHERE namespace = ?";

/// Whose names they are: the same name of two owners has nothing in common.
#[derive(Clone, Copy)]
pub(super) enum Owner {
    Vault,
    Application,
}

/// A sealed store of named values: names are keyed hashes on disk, values sealed and padded.
#[derive(Debug, Clone, Copy)]
pub struct Cabinet<'a> {
    vault: &'a Vault,
}

impl<'a> Cabinet<'a> {
    pub(super) const fn new(vault: &'a Vault) -> Self {
        Self { vault }
    }

    /// Stores a value under a name, replacing an earlier one; durable when this returns.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`] above [`MAX_VALUE`] or [`MAX_NAME`]; [`VaultError::OlderCopy`],
    /// [`VaultError::DiskFull`], [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn put(&self, namespace: &str, name: &[u8], value: &[u8]) -> Result<(), VaultError> {
        fits(namespace, name, value)?;
        let mut state = self.vault.ready_to_store().await?;
        let state = &mut *state;
        let Vault { pool, keys, .. } = self.vault;
        let log = state.log.next();
        state.index.begin();
        let mut db = database::begin(pool).await?;
        store(&mut *db, keys, Owner::Application, namespace, name, value, &mut *state.rng).await?;
        log.write(&mut db, keys, &mut *state.rng).await?;
        database::commit(db).await?;
        self.vault.landed(state, [], log);
        Ok(())
    }

    /// The value under a name.
    ///
    /// # Errors
    /// [`VaultError::Damaged`], also when nothing is found and a rotten row may be it; [`VaultError::Storage`].
    pub async fn get(&self, namespace: &str, name: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let mut state = self.vault.ready().await?;
        let Vault { pool, keys, .. } = self.vault;
        let found = fetch(pool, keys, Owner::Application, namespace, name).await?;
        if found.is_none() {
            let [space, _] = tags(keys, Owner::Application, namespace, name);
            self.vault.surely_absent(&mut state, &space).await?;
        }
        Ok(found)
    }

    /// Removes a value; true when there was one.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when nothing is found and a rotten row may be it; [`VaultError::OlderCopy`],
    /// [`VaultError::DiskFull`], [`VaultError::Storage`].
    pub async fn remove(&self, namespace: &str, name: &[u8]) -> Result<bool, VaultError> {
        let mut state = self.vault.ready_to_store().await?;
        let state = &mut *state;
        let log = state.log.next();
        let [space, tag] = tags(&self.vault.keys, Owner::Application, namespace, name);
        state.index.begin();
        let mut db = database::begin(&self.vault.pool).await?;
        let removed = sqlx::query("DELETE FROM cabinet WHERE namespace = ? AND name = ?")
            .bind(&space[..])
            .bind(&tag[..])
            .execute(&mut *db)
            .await?;
        log.write(&mut db, &self.vault.keys, &mut *state.rng).await?;
        database::commit(db).await?;
        self.vault.landed(state, [], log);
        if removed.rows_affected() == 0 {
            self.vault.surely_absent(state, &space).await?;
        }
        Ok(removed.rows_affected() > 0)
    }

    /// Every name and value of a namespace that opens, in order of the names: for what is better shown in part than not at all.
    /// [`Vault::know`] says that something does not open.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn readable(&self, namespace: &str) -> Result<Vec<(Vec<u8>, Zeroizing<Vec<u8>>)>, VaultError> {
        let _state = self.vault.ready().await?;
        readable(&self.vault.pool, &self.vault.keys, Owner::Application, namespace).await
    }

    /// Every name and value of a namespace, in order of the names.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when one does not open, [`VaultError::Storage`].
    pub async fn list(&self, namespace: &str) -> Result<Vec<(Vec<u8>, Zeroizing<Vec<u8>>)>, VaultError> {
        let mut state = self.vault.ready().await?;
        let [space, _] = tags(&self.vault.keys, Owner::Application, namespace, b"");
        self.vault.surely_absent(&mut state, &space).await?;
        let mut found = rows(&self.vault.pool, &space)
            .await?
            .iter()
            .map(|(tag, sealed)| open(&self.vault.keys, &space, tag, sealed))
            .collect::<Result<Vec<_>, _>>()?;
        found.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(found)
    }
}

/// Every name and value of a namespace that opens, in order of the names.
pub(super) async fn readable(
    pool: &SqlitePool,
    keys: &Keys,
    owner: Owner,
    namespace: &str,
) -> Result<Vec<(Vec<u8>, Zeroizing<Vec<u8>>)>, VaultError> {
    let [space, _] = tags(keys, owner, namespace, b"");
    let rows = rows(pool, &space).await?;
    let mut found: Vec<_> =
        rows.iter().filter_map(|(tag, sealed)| open(keys, &space, tag, sealed).ok()).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

async fn rows(pool: &SqlitePool, space: &[u8; 16]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, VaultError> {
    match all(pool, ALL, space).await {
        Err(VaultError::Damaged { .. }) => all(pool, ALL_SCANNED, space).await,
        found => found,
    }
}

async fn all(
    pool: &SqlitePool,
    query: &'static str,
    space: &[u8; 16],
) -> Result<Vec<(Vec<u8>, Vec<u8>)>, VaultError> {
    Ok(sqlx::query_as(query).bind(&space[..]).fetch_all(pool).await?)
}

/// The keyed hashes of a namespace and of a name in it.
pub(super) fn tags(keys: &Keys, owner: Owner, namespace: &str, name: &[u8]) -> [[u8; 16]; 2] {
    let owner = match owner {
        Owner::Vault => b"vault".as_slice(),
        Owner::Application => b"application",
    };
    let space = keys.tag(&[b"namespace", owner, namespace.as_bytes()]);
    [space, keys.tag(&[b"name", &space, name])]
}

fn fits(namespace: &str, name: &[u8], value: &[u8]) -> Result<(), VaultError> {
    let fits = namespace.len() <= MAX_NAME && name.len() <= MAX_NAME && value.len() <= MAX_VALUE;
    if fits { Ok(()) } else { Err(VaultError::OutOfBounds) }
}

pub(super) async fn store(
    db: impl SqliteExecutor<'_>,
    keys: &Keys,
    owner: Owner,
    namespace: &str,
    name: &[u8],
    value: &[u8],
    rng: &mut (dyn CryptoRng + Send),
) -> Result<(), VaultError> {
    fits(namespace, name, value)?;
    let [space, tag] = tags(keys, owner, namespace, name);
    let sealed = keys.rows.seal(TABLE, &[space, tag].concat(), &joined(name, value)?, rng);
    sqlx::query(
        "INSERT INTO cabinet (namespace, name, sealed) VALUES (?, ?, ?)
         ON CONFLICT (namespace, name) DO UPDATE SET sealed = excluded.sealed",
    )
    .bind(&space[..])
    .bind(&tag[..])
    .bind(sealed)
    .execute(db)
    .await?;
    Ok(())
}

/// Removes a value; nothing under the name is not an error.
pub(super) async fn erase(
    db: impl SqliteExecutor<'_>,
    keys: &Keys,
    owner: Owner,
    namespace: &str,
    name: &[u8],
) -> Result<(), VaultError> {
    let [space, tag] = tags(keys, owner, namespace, name);
    let query = sqlx::query("DELETE FROM cabinet WHERE namespace = ? AND name = ?");
    query.bind(&space[..]).bind(&tag[..]).execute(db).await?;
    Ok(())
}

pub(super) async fn fetch(
    pool: &SqlitePool,
    keys: &Keys,
    owner: Owner,
    namespace: &str,
    name: &[u8],
) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
    let [space, tag] = tags(keys, owner, namespace, name);
    let sealed = match one(pool, ONE, &space, &tag).await {
        Err(VaultError::Damaged { .. }) => one(pool, ONE_SCANNED, &space, &tag).await?,
        found => found?,
    };
    sealed.map(|s| open(keys, &space, &tag, &s).map(|(_, value)| value)).transpose()
}

async fn one(
    pool: &SqlitePool,
    query: &'static str,
    space: &[u8; 16],
    tag: &[u8; 16],
) -> Result<Option<Vec<u8>>, VaultError> {
    Ok(sqlx::query_scalar(query).bind(&space[..]).bind(&tag[..]).fetch_optional(pool).await?)
}

/// True when a row opens in its place.
pub(super) fn opens(keys: &Keys, space: &[u8], tag: &[u8], sealed: &[u8]) -> bool {
    keys.rows.open(TABLE, &[space, tag].concat(), sealed).is_ok()
}

fn open(
    keys: &Keys,
    space: &[u8; 16],
    tag: &[u8],
    sealed: &[u8],
) -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), VaultError> {
    let padded = keys.rows.open(TABLE, &[space, tag].concat(), sealed)?;
    let (name, value) = parted(&padded).ok_or(DAMAGED)?;
    Ok((name.to_vec(), Zeroizing::new(value.to_vec())))
}

/// A name and its value as they are sealed: length u32 || name || value, padded.
pub(crate) fn joined(name: &[u8], value: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let name_len = u32::try_from(name.len()).map_err(|_| VaultError::OutOfBounds)?.to_be_bytes();
    Ok(pad::pad(&Zeroizing::new([name_len.as_slice(), name, value].concat())))
}

/// The name and the value again.
pub(crate) fn parted(padded: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = pad::unpad(padded)?.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_be_bytes(*len) as usize)
}
