//! An unlocked record and its operations.
//!
//! Directory: `vault.db` (SQLite) and its log, `keyslots`, `vault.lock`, and `inbox` (readings while locked; its keys are in the
//! database). The keyslots file is written last: a directory without it, and with a file `unfinished`, holds no record, whatever else
//! a crash left there.

mod adopt;
mod aside;
mod backup;
mod begin;
mod bind;
mod branch;
pub(crate) mod cabinet;
mod category;
mod compact;
mod cut;
mod database;
pub(crate) mod files;
mod generation;
mod given;
mod heads;
mod identity;
mod index;
mod ingest;
mod intact;
mod journal;
mod keys;
mod ledger;
mod mend;
mod pyramid;
mod reading;
mod recipient;
mod renew;
mod replace;
mod restore;
mod rotten;
mod sealing;
mod shred;
mod slots;
mod span;
mod standing;
mod unlock;
mod verify;
mod withdraw;
mod writers;

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use ed25519_dalek::SigningKey;
use rand_core::CryptoRng;
use salus_wire::{Category, SeriesId};
use sqlx::SqlitePool;
use tokio::sync::{Mutex, MutexGuard, watch};

pub use branch::Shredded;
pub use cabinet::{Cabinet, MAX_NAME, MAX_VALUE};
pub use compact::Compacted;
pub use generation::Generation;
pub use given::SealedDay;
pub use identity::Identity;
pub use index::EpochHead;
pub use ingest::Arrived;
pub use journal::{MAX_EPOCH_READINGS, Recorded};
pub use pyramid::MAX_ROWS;
pub use renew::Renewed;
pub use restore::{Rehearsed, Restored, Returned, forget_rehearsal, rehearse};
pub use sealing::SealedEpoch;
pub use shred::{Shred, ShredOutcome};
pub use slots::{Door, Doors};
pub use standing::Standing;
#[doc(hidden)]
pub use unlock::Spoilt;
pub use verify::{Damage, Fault, Report, Verification};

use crate::keyring::Keyring;
use crate::{Head, Key, VaultError, Writer, WriterId};
use branch::Branch;
use keys::{Keys, first_half};

/// One series of this record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Series {
    /// Its category.
    pub category: Category,
    /// Its identifier.
    pub id: SeriesId,
    /// The generation of its keys; the newest, unless it is said of which epoch.
    pub generation: u32,
}

/// An unlocked record.
pub struct Vault {
    dir: PathBuf,
    record: [u8; 16],
    pool: SqlitePool,
    /// Behind the pool, which is dropped first.
    file: std::fs::File,
    keys: Keys,
    /// One per category, in the order of [`Category::ALL`]. Changed by who holds the state, after the change is durable.
    branches: RwLock<Vec<Branch>>,
    /// After the first, which [`Keys`] has; the oldest first. Changed as the branches are.
    identities: RwLock<Vec<Key>>,
    writer: WriterId,
    signing: Box<SigningKey>,
    /// This computer, and those that sealed before it, the newest first: a restored copy is another computer.
    writers: Vec<Writer>,
    keyring: Arc<dyn Keyring>,
    state: Mutex<State>,
    /// What the record has come to, as of the last commit.
    heads: watch::Sender<Head>,
    standing: watch::Sender<Standing>,
    /// Held until the record is locked: keeps a second instance out.
    _guard: std::fs::File,
    /// The copy that is read, where the record's own folder cannot be written.
    _aside: Option<aside::Aside>,
}

/// What one operation at a time may change.
struct State {
    rng: Box<dyn CryptoRng + Send>,
    /// What is in the keyslots file, as it was opened or last written.
    slots: crate::keyslot::Keyslots,
    /// The keyring is known to have a secret of this record.
    in_keyring: bool,
    index: index::Index,
    log: ledger::Ledger,
    seen: journal::Seen,
    /// Known after the first name that was not found.
    rotten: Option<rotten::Rotten>,
    /// Hashes of the namespaces that the application uses.
    known: HashSet<[u8; 16]>,
    /// Days (category, day) whose summaries are still to be computed; known after the first look.
    days: Option<BTreeSet<(u8, u32)>>,
    /// Damaged, and not tried again before the next unlocking.
    given_up: HashSet<compact::Work>,
}

impl core::fmt::Debug for Vault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Vault(redacted)")
    }
}

impl Vault {
    /// The sealed store of the application.
    #[must_use]
    pub const fn cabinet(&self) -> Cabinet<'_> {
        Cabinet::new(self)
    }

    /// Waits for the operation before, and undoes what it left half done.
    async fn ready(&self) -> Result<MutexGuard<'_, State>, VaultError> {
        let mut state = self.state.lock().await;
        if state.index.is_stale() {
            database::abandon(&self.pool).await;
            let branches = branch::load(&self.pool, &self.keys, &mut *state.rng).await?;
            let sources = mend::Sources { branches: &branches, writers: &self.writers };
            let index = index::Index::load(&self.pool, &self.keys, sources).await?;
            if self.standing() != Standing::LogDamaged {
                match ledger::Ledger::load(&self.pool, &self.keys).await? {
                    ledger::Stored::Whole(log) => {
                        self.heads.send_replace(log.head());
                        state.log = log;
                    }
                    ledger::Stored::Nothing | ledger::Stored::Damaged => {
                        self.standing.send_replace(Standing::LogDamaged);
                    }
                }
            }
            self.replace(branches);
            self.replace_identities(identity::load(&self.pool, &self.keys).await?);
            state.days = None;
            state.index = index;
        }
        Ok(state)
    }

    /// [`Vault::ready`], for what changes something.
    async fn ready_to_store(&self) -> Result<MutexGuard<'_, State>, VaultError> {
        let state = self.ready().await?;
        self.standing().writable()?;
        Ok(state)
    }

    /// Called once a transaction is durable, with the epochs that it changed and how far the log has come.
    fn landed(&self, state: &mut State, changed: impl IntoIterator<Item = index::Slot>, log: ledger::Ledger) {
        state.index.commit(changed);
        self.heads.send_replace(log.head());
        state.log = log;
    }
}
