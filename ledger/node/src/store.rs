//! Everything a member keeps: blocks, commits, state nodes, indexes and undecided blocks, in one redb file.
//!
//! ```text
//! meta        name                            -> octets
//! blocks      height                          -> block
//! commits     height                          -> certificate (borsh)
//! validators  height                          -> CometBFT ValidatorSet
//! nodes       jmt NodeKey (borsh)             -> jmt Node (borsh)
//! values      key hash 32 || version u64      -> 0 | 1 || value
//! txs         tx hash                         -> height u64 || index u32 || result u16
//! grant_txs   grant 32 || height u64 || index -> result u16
//! undecided   height u64 || round u64 || hash -> block and what is known about it (borsh)
//! ```
//!
//! A decided block is one transaction: block, commit, state, indexes and the head appear together or not at all.

use std::path::Path;
use std::sync::Arc;

use redb::{Database, ReadTransaction, ReadableDatabase, ReadableTable, TableDefinition, WriteTransaction};
use salus_chain::ids::ChainId;

mod guarded;
mod read;
mod tree;
mod undecided;
mod write;

use guarded::{Held, guarded};
pub use read::TxPlace;
pub use tree::StateAt;
pub use write::Decided;

type Blocks = TableDefinition<'static, u64, &'static [u8]>;
type Octets = TableDefinition<'static, &'static [u8], &'static [u8]>;

const META: TableDefinition<'static, &'static str, &'static [u8]> = TableDefinition::new("meta");
const BLOCKS: Blocks = TableDefinition::new("blocks");
const COMMITS: Blocks = TableDefinition::new("commits");
const VALIDATORS: Blocks = TableDefinition::new("validators");
const NODES: Octets = TableDefinition::new("nodes");
const VALUES: Octets = TableDefinition::new("values");
const TXS: Octets = TableDefinition::new("txs");
const GRANT_TXS: TableDefinition<'static, &'static [u8], u16> = TableDefinition::new("grant_txs");
const UNDECIDED: Octets = TableDefinition::new("undecided");

const CHAIN: &str = "chain_id";
const HEAD: &str = "head";

/// Why the store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No room.
    #[error(
        "the disk that holds data/chain.redb is full: make room and start again; every block that was decided is kept"
    )]
    Full,
    /// Not ours to write.
    #[error("data/chain.redb cannot be written ({0}): give this user the right to it, and start again")]
    Unwritable(std::io::Error),
    /// redb or the file system failed.
    #[error("the store failed: {0}")]
    Database(Box<redb::Error>),
    /// Stored octets do not decode, or a page does not hold together.
    #[error("data/chain.redb is damaged ({}). {WHAT_TO_DO}", .0)]
    Damaged(&'static str),
    /// redb found damage.
    #[error("data/chain.redb is damaged ({}). {WHAT_TO_DO}", .0)]
    Corrupt(String),
    /// The file belongs to another chain.
    #[error(
        "this home holds chain {stored}, and genesis.json is of chain {genesis}: restore the right genesis.json, or use another home"
    )]
    OtherChain {
        /// What the store holds.
        stored: ChainId,
        /// What was asked for.
        genesis: ChainId,
    },
    /// The state tree failed.
    #[error("the state tree failed: {0}")]
    Tree(String),
}

/// The rest of data/ holds what no other member has: shares of permissions, and what was signed.
const WHAT_TO_DO: &str = "Test the disk, move this one file away, leave everything else in data/ as it is, and start \
again: the blocks come back from the other members. A member alone has to restore the file from a backup";

impl<E: Into<redb::Error>> From<E> for StoreError {
    fn from(error: E) -> Self {
        use std::io::ErrorKind::{
            InvalidData, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull, UnexpectedEof,
        };
        match error.into() {
            redb::Error::Corrupted(what) => Self::Corrupt(what),
            redb::Error::Io(error) => match error.kind() {
                StorageFull | QuotaExceeded => Self::Full,
                PermissionDenied | ReadOnlyFilesystem => Self::Unwritable(error),
                InvalidData | UnexpectedEof => Self::Corrupt(error.to_string()),
                _ => Self::Database(Box::new(redb::Error::Io(error))),
            },
            error => Self::Database(Box::new(error)),
        }
    }
}

/// The open store; cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Held>);

impl Store {
    /// Opens or creates the file, checks every page of it, and that it belongs to `chain`.
    ///
    /// # Errors
    /// [`StoreError::OtherChain`] for another chain's file, and for a damaged file what to do.
    pub fn open(path: &Path, chain: ChainId) -> Result<Self, StoreError> {
        guarded(|| {
            let mut database = Database::create(path)?;
            // Reads the whole file, once at each start: damage is told before anything is built on it.
            if !database.check_integrity()? {
                tracing::warn!("data/chain.redb was not closed cleanly and is repaired");
            }
            tables(&database, chain)?;
            Ok(Self(Arc::new(Held::new(database))))
        })
    }

    fn read(&self) -> Result<ReadTransaction, StoreError> {
        Ok(self.0.database()?.begin_read()?)
    }

    fn write(&self) -> Result<WriteTransaction, StoreError> {
        Ok(self.0.database()?.begin_write()?)
    }
}

/// Makes every table, so that readers may open them, and checks whose they are.
fn tables(database: &Database, chain: ChainId) -> Result<(), StoreError> {
    let write = database.begin_write()?;
    {
        let mut meta = write.open_table(META)?;
        let stored = meta.get(CHAIN)?.map(|id| id.value().to_vec());
        match stored {
            None => {
                meta.insert(CHAIN, chain.0.as_slice())?;
            }
            Some(id) if id == chain.0 => {}
            Some(id) => {
                let stored = id.try_into().map(ChainId).map_err(|_| StoreError::Damaged("chain id"))?;
                return Err(StoreError::OtherChain { stored, genesis: chain });
            }
        }
        write.open_table(BLOCKS)?;
        write.open_table(COMMITS)?;
        write.open_table(VALIDATORS)?;
        write.open_table(NODES)?;
        write.open_table(VALUES)?;
        write.open_table(TXS)?;
        write.open_table(GRANT_TXS)?;
        write.open_table(UNDECIDED)?;
    }
    Ok(write.commit()?)
}

#[cfg(test)]
mod tests;
