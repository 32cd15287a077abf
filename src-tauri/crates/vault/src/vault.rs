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
use std::sync::{Arc, PoisonError, RwLock};

use ed25519_dalek::{Signer, SigningKey};
use rand_core::CryptoRng;
use salus_wire::{Category, Level, SeriesId};
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
use crate::row::RowCipher;
use crate::secret::wipe_deep_stack;
use crate::{Epoch, Head, Key, Leaf, Node, Origin, Tree, VaultError, Writer, WriterId};
use branch::Branch;

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

/// Keys under the master key, each for one purpose.
struct Keys {
    master: Key,
    rows: RowCipher,
    names: Key,
    fingerprints: Key,
    /// The record's first identity.
    identity: Key,
    log: Key,
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

impl Keys {
    fn new(master: Key) -> Self {
        let sub = |purpose: &str| master.sub(&[b"salus/vault/v1/", purpose.as_bytes()]);
        let rows = RowCipher::new(&sub("rows"));
        Self {
            rows,
            names: sub("names"),
            fingerprints: sub("fingerprints"),
            identity: sub("identity"),
            log: sub("log"),
            master,
        }
    }

    /// A keyed hash that stands for a name in the database.
    fn tag(&self, parts: &[&[u8]]) -> [u8; 16] {
        let lengths: Vec<[u8; 8]> = parts.iter().map(|p| (p.len() as u64).to_be_bytes()).collect();
        let framed: Vec<&[u8]> = lengths.iter().zip(parts).flat_map(|(l, p)| [l.as_slice(), p]).collect();
        first_half(self.names.mac(&framed))
    }
}

/// The first 16 octets of a hash.
fn first_half(hash: [u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    half
}

impl core::fmt::Debug for Vault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Vault(redacted)")
    }
}

impl Vault {
    /// The series of a category.
    #[must_use]
    pub fn series(&self, category: Category) -> Series {
        self.branch(category, |b| b.series)
    }

    /// The generations of a category's keys, the oldest first.
    #[must_use]
    pub fn generations(&self, category: Category) -> Vec<Generation> {
        self.branch(category, |b| b.generations.clone())
    }

    /// A category's keys as a grant takes them: of each generation what is left of its part of the tree, the oldest first. One of
    /// which nothing is left has an empty tree.
    #[must_use]
    pub fn parts(&self, category: Category) -> Vec<(Series, Tree)> {
        self.branch(category, Branch::parts)
    }

    /// A category's key tree, of all generations: what is left of it, when something was deleted for ever.
    #[must_use]
    pub fn tree(&self, category: Category) -> Tree {
        self.branch(category, |b| b.readings.clone())
    }

    /// A node's key of a category's tree, for a grant; `None` when level or start is not a node's, or when anything under
    /// it was deleted.
    #[must_use]
    pub fn node(&self, category: Category, level: u8, start: u32) -> Option<Node> {
        self.branch(category, |b| b.readings.descend(level, start))
    }

    /// A node's key of the tree of a category's summaries, for a grant of these only: `2^height` days of one level from
    /// the day `start`. It opens no other level and no reading. `None` as of [`Vault::node`], and before the first summary.
    #[must_use]
    pub fn summary_node(&self, category: Category, level: Level, height: u8, start: u32) -> Option<Node> {
        self.branch(category, |b| b.summaries(level)?.descend(height, start))
    }

    /// The leaf of an epoch: its locator, and the keys that open it; `None` when it was deleted.
    #[must_use]
    pub fn leaf(&self, category: Category, epoch: Epoch) -> Option<Leaf> {
        self.branch(category, |b| b.readings.leaf(epoch))
    }

    /// True when readings of this epoch can be stored: it was not deleted.
    #[must_use]
    pub fn holds(&self, category: Category, epoch: Epoch) -> bool {
        self.branch(category, |b| b.readings.holds(epoch.number()))
    }

    /// Whose a category's epochs of the newest generation are that this computer seals.
    #[must_use]
    pub fn origin(&self, category: Category) -> Origin {
        self.origin_as(self.series(category))
    }

    /// What this computer seals of a series.
    fn origin_as(&self, Series { id, generation, .. }: Series) -> Origin {
        Origin { series: id, generation, writer: self.writer() }
    }

    /// This computer as a writer.
    #[must_use]
    pub fn writer(&self) -> Writer {
        Writer { id: self.writer, key: self.signing.verifying_key().to_bytes() }
    }

    /// This computer, and behind it those that sealed earlier epochs of this record, the newest first.
    #[must_use]
    pub fn writers(&self) -> &[Writer] {
        &self.writers
    }

    /// Signs with this computer's key: Ed25519("hg/v1/" || type || 00 || 0^32 || body), as a manifest is signed.
    #[must_use]
    pub fn sign(&self, kind: &str, body: &[u8]) -> [u8; 64] {
        let message = [b"hg/v1/".as_slice(), kind.as_bytes(), &[0], &[0; 32], body].concat();
        let signature = self.signing.sign(&message).to_bytes();
        wipe_deep_stack();
        signature
    }

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

    /// The keys of every category, as they are now.
    fn branches(&self) -> Vec<Branch> {
        self.branches.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn branch<T>(&self, category: Category, read: impl FnOnce(&Branch) -> T) -> T {
        let branches = self.branches.read().unwrap_or_else(PoisonError::into_inner);
        let found = branches.iter().find(|b| b.series.category == category);
        read(found.unwrap_or_else(|| unreachable!("unlocking makes a branch for every category")))
    }

    /// Takes keys into use that are stored already. The old ones are wiped.
    fn replace(&self, new: Vec<Branch>) {
        *self.branches.write().unwrap_or_else(PoisonError::into_inner) = new;
    }

    fn replace_one(&self, new: Branch) {
        let mut branches = self.branches.write().unwrap_or_else(PoisonError::into_inner);
        let same = |b: &&mut Branch| b.series.category == new.series.category;
        branches.iter_mut().filter(same).for_each(|b| *b = new.clone());
    }
}
