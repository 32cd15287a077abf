//! The log as the database keeps it: read at unlock, written in the transaction of what it tells.
//!
//! ```text
//! row        = subtree 32 || leaf: the hash of the largest complete subtree that ends at the leaf
//! state      = 01 || counter u64 || size u64 || one 32-octet subtree for each bit of the size that is set, largest first
//! checkpoint = the note, UTF-8
//! ```
//!
//! The counter rises with every commit, so that taking back rows of the journal between two sealings shows as well.

use std::collections::BTreeSet;

use rand_core::CryptoRng;
use sqlx::{SqliteConnection, SqlitePool};

use super::Keys;
use crate::error::Part;
use crate::log::tree::{Frontier, leaf_hash};
use crate::log::{Checkpoint, Hash, Head, Leaf};
use crate::{Epoch, VaultError};

const TABLE: &str = "log";
const STATE: &str = "log_state";
const VERSION: u8 = 1;
/// Leaves that are read in one go.
pub(super) const LEAVES: i64 = 256;

pub(super) const DAMAGED: VaultError = VaultError::Damaged { part: Part::Log };

const HEAD: i64 = 1;
const CHECKPOINT: i64 = 2;

/// How far the log has come.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    counter: u64,
    frontier: Frontier,
    root: Hash,
}

/// What is stored of it.
pub(super) enum Stored {
    /// A new record, or one made before there was a log.
    Nothing,
    Whole(Ledger),
    /// What it has come to cannot be read.
    Damaged,
}

/// A row: position, and what is sealed.
pub(super) type Row = (i64, Vec<u8>);

/// An opened row.
pub(super) struct Opened {
    /// The largest complete subtree that ends at the leaf.
    pub(super) node: Hash,
    /// The hash of the leaf itself.
    pub(super) hash: Hash,
    pub(super) leaf: Leaf,
}

impl Ledger {
    /// Reads what is stored. Damage is no error here: the record opens all the same.
    pub(super) async fn load(pool: &SqlitePool, keys: &Keys) -> Result<Stored, VaultError> {
        match Self::stored(pool, keys).await {
            Err(VaultError::Damaged { .. }) => Ok(Stored::Damaged),
            stored => stored,
        }
    }

    async fn stored(pool: &SqlitePool, keys: &Keys) -> Result<Stored, VaultError> {
        if let Some(plain) = value(pool, keys, HEAD).await? {
            return Ok(Stored::Whole(Self::decode(&plain).ok_or(DAMAGED)?));
        }
        let any: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM log)").fetch_one(pool).await?;
        let checkpoint: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM log_state)").fetch_one(pool).await?;
        Ok(if any || checkpoint { Stored::Damaged } else { Stored::Nothing })
    }

    /// Leaves so far.
    pub(super) const fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// What the record has come to.
    pub(super) fn head(&self) -> Head {
        // The root of nothing is not zero, and only a ledger that was never written has it so.
        let root = if self.size() == 0 { self.frontier.root() } else { self.root };
        Head { size: self.size(), counter: self.counter, root }
    }

    /// One commit further.
    pub(super) fn next(&self) -> Self {
        let mut next = self.clone();
        next.counter = next.counter.saturating_add(1);
        next
    }

    /// The count without the tree, to begin the log.
    pub(super) fn emptied(self) -> Self {
        Self { counter: self.counter, ..Self::default() }
    }

    /// Behind a commit that another copy of the record made.
    pub(super) fn pass(&mut self, head: &Head) {
        self.counter = self.counter.max(head.counter.saturating_add(1));
    }

    /// Appends a leaf.
    pub(super) async fn append(
        &mut self,
        db: &mut SqliteConnection,
        keys: &Keys,
        leaf: &Leaf,
        rng: &mut (dyn CryptoRng + Send),
    ) -> Result<(), VaultError> {
        let position = self.size() + 1;
        let octets = leaf.encode(&keys.log, position);
        let node = self.frontier.push(leaf_hash(&octets));
        self.root = self.frontier.root();
        let plain = [&node[..], &octets].concat();
        sqlx::query("INSERT INTO log (id, sealed) VALUES (?, ?)")
            .bind(i64::try_from(position).map_err(|_| VaultError::OutOfBounds)?)
            .bind(keys.rows.seal(TABLE, &position.to_be_bytes(), &plain, rng))
            .execute(db)
            .await?;
        Ok(())
    }

    /// Writes how far it has come; the last statement of every transaction.
    pub(super) async fn write(
        &self,
        db: &mut SqliteConnection,
        keys: &Keys,
        rng: &mut (dyn CryptoRng + Send),
    ) -> Result<(), VaultError> {
        put(db, keys, HEAD, &self.encode(), rng).await
    }

    /// Writes a checkpoint of it.
    pub(super) async fn write_checkpoint(
        &self,
        db: &mut SqliteConnection,
        keys: &Keys,
        signing: &ed25519_dalek::SigningKey,
        rng: &mut (dyn CryptoRng + Send),
    ) -> Result<(), VaultError> {
        let Head { size, root, .. } = self.head();
        let note = Checkpoint { origin: origin(keys), size, root }.sign(signing);
        put(db, keys, CHECKPOINT, note.as_bytes(), rng).await
    }

    /// The root of an earlier size, or of this one.
    pub(super) async fn root_at(
        &self,
        pool: &SqlitePool,
        keys: &Keys,
        size: u64,
    ) -> Result<Hash, VaultError> {
        if size == self.size() {
            return Ok(self.head().root);
        }
        let mut nodes = Vec::new();
        for end in Frontier::ends(size) {
            let id = i64::try_from(end).map_err(|_| DAMAGED)?;
            let sealed: Option<Vec<u8>> = sqlx::query_scalar("SELECT sealed FROM log WHERE id = ?")
                .bind(id)
                .fetch_optional(pool)
                .await?;
            nodes.push(open(keys, &(id, sealed.ok_or(DAMAGED)?), end)?.node);
        }
        Frontier::new(size, nodes).map(|f| f.root()).ok_or(DAMAGED)
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        out.extend_from_slice(&self.counter.to_be_bytes());
        out.extend_from_slice(&self.size().to_be_bytes());
        self.frontier.nodes().iter().for_each(|node| out.extend_from_slice(node));
        out
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let ([VERSION], at) = bytes.split_first_chunk::<1>()? else { return None };
        let (counter, at) = at.split_first_chunk::<8>()?;
        let (size, at) = at.split_first_chunk::<8>()?;
        let (nodes, []) = at.as_chunks::<32>() else { return None };
        let frontier = Frontier::new(u64::from_be_bytes(*size), nodes.to_vec())?;
        let root = frontier.root();
        Some(Self { counter: u64::from_be_bytes(*counter), frontier, root })
    }
}

/// The leaves behind the first `walked`, as stored, at most [`LEAVES`].
pub(super) async fn rows(pool: &SqlitePool, walked: u64) -> Result<Vec<Row>, VaultError> {
    let walked = i64::try_from(walked).map_err(|_| DAMAGED)?;
    Ok(sqlx::query_as("SELECT id, sealed FROM log WHERE id > ? ORDER BY id LIMIT ?")
        .bind(walked)
        .bind(LEAVES)
        .fetch_all(pool)
        .await?)
}

/// The epochs that were ever sealed, as far as the log can be read.
pub(super) async fn epochs(pool: &SqlitePool, keys: &Keys) -> Result<BTreeSet<Epoch>, VaultError> {
    let (mut found, mut walked) = (BTreeSet::new(), 0);
    loop {
        let some = match rows(pool, walked).await {
            Err(VaultError::Damaged { .. }) => return Ok(found),
            some => some?,
        };
        for row in &some {
            walked = u64::try_from(row.0).map_err(|_| DAMAGED)?;
            if let Ok(Opened { leaf: Leaf::Sealed { epoch, .. }, .. }) = open(keys, row, walked) {
                found.insert(epoch);
            }
        }
        if some.is_empty() {
            return Ok(found);
        }
    }
}

/// Opens a row that has to be of this position.
pub(super) fn open(keys: &Keys, (id, sealed): &Row, position: u64) -> Result<Opened, VaultError> {
    if u64::try_from(*id) != Ok(position) {
        return Err(DAMAGED);
    }
    let plain = keys.rows.open(TABLE, &position.to_be_bytes(), sealed).map_err(|_| DAMAGED)?;
    let (node, octets) = plain.split_first_chunk::<32>().ok_or(DAMAGED)?;
    let leaf = Leaf::decode(&keys.log, position, octets).map_err(|_| DAMAGED)?;
    Ok(Opened { node: *node, hash: leaf_hash(octets), leaf })
}

/// The newest checkpoint; `None` before the first sealing.
pub(super) async fn checkpoint(pool: &SqlitePool, keys: &Keys) -> Result<Option<String>, VaultError> {
    let plain = value(pool, keys, CHECKPOINT).await?;
    plain.map(|p| String::from_utf8(p.to_vec()).map_err(|_| DAMAGED)).transpose()
}

/// The log's name: a keyed hash.
pub(super) fn origin(keys: &Keys) -> String {
    let tag = keys.tag(&[b"log"]);
    let hex: String = tag[..8].iter().map(|octet| format!("{octet:02x}")).collect();
    format!("salus.invalid/log/{hex}")
}

/// Forgets everything, to begin anew.
pub(super) async fn clear(db: &mut SqliteConnection) -> Result<(), VaultError> {
    sqlx::query("DELETE FROM log").execute(&mut *db).await?;
    sqlx::query("DELETE FROM log_state").execute(db).await?;
    Ok(())
}

async fn value(
    pool: &SqlitePool,
    keys: &Keys,
    id: i64,
) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>, VaultError> {
    let sealed: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT sealed FROM log_state WHERE id = ?").bind(id).fetch_optional(pool).await?;
    let open = |s: Vec<u8>| keys.rows.open(STATE, &id.to_be_bytes(), &s).map_err(|_| DAMAGED);
    sealed.map(open).transpose()
}

async fn put(
    db: &mut SqliteConnection,
    keys: &Keys,
    id: i64,
    plain: &[u8],
    rng: &mut (dyn CryptoRng + Send),
) -> Result<(), VaultError> {
    let sealed = keys.rows.seal(STATE, &id.to_be_bytes(), plain, rng);
    sqlx::query("INSERT INTO log_state (id, sealed) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed")
        .bind(id)
        .bind(sealed)
        .execute(db)
        .await?;
    Ok(())
}
