//! Whether this is the record that was here last, or an older copy of it in its place.
//!
//! After each commit the vault hands out a [`Head`]; whoever keeps it outside the directory gives it back at the next unlocking.
//! A record that has come less far, or another way, was rolled back: it can be read, and nothing is stored in it until a person
//! accepts it, which the log then tells for ever. The head is handed out after the commit is durable, so that no crash makes a
//! record look older than its head.

use salus_wire::UnixMillis;
use tokio::sync::watch;

use super::ledger::Ledger;
use super::{Vault, begin, database, ledger, mend};
use crate::VaultError;
use crate::log::{Head, Leaf};

/// How the record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It continues what it had come to, or nothing is known of that.
    Sound,
    /// An older copy: it can be read only.
    Older {
        /// What the record had come to.
        known: Head,
        /// What this one has come to.
        found: Head,
    },
    /// What the log has come to cannot be read, so nobody knows: it can be read only.
    LogDamaged,
    /// The record's folder cannot be written.
    ReadOnly,
}

impl Standing {
    /// An error when nothing may be stored.
    pub(super) const fn writable(self) -> Result<(), VaultError> {
        match self {
            Standing::Sound => Ok(()),
            Standing::Older { .. } => Err(VaultError::OlderCopy),
            Standing::LogDamaged => Err(ledger::DAMAGED),
            Standing::ReadOnly => Err(VaultError::ReadOnly),
        }
    }
}

impl Vault {
    /// Which record this is: 16 random octets, readable in the keyslots file too.
    #[must_use]
    pub const fn record_id(&self) -> [u8; 16] {
        self.record
    }

    /// What the record has come to, after each commit.
    #[must_use]
    pub fn heads(&self) -> watch::Receiver<Head> {
        self.heads.subscribe()
    }

    /// Seals a head, to be kept outside the record's directory.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`], when an operation before failed and cannot be undone.
    pub async fn seal_head(&self, head: &Head) -> Result<Vec<u8>, VaultError> {
        let mut state = self.ready().await?;
        Ok(head.seal(&self.keys.rows, &self.record, &mut *state.rng))
    }

    /// How the record stands, as of the last comparison.
    #[must_use]
    pub fn standing(&self) -> Standing {
        *self.standing.borrow()
    }

    /// Compares the record with what was kept of it, perhaps in several places; called once, right after it was opened. Without
    /// anything kept (a new computer), or with what is no head of this record, nothing is known and nothing is refused.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn compare<K>(&self, kept: K) -> Result<Standing, VaultError>
    where
        K: IntoIterator<Item: AsRef<[u8]>>,
    {
        let known = self.known(kept);
        let mut state = self.ready().await?;
        let state = &mut *state;
        for known in known {
            match self.standing() {
                Standing::Sound => {
                    let standing = self.against(&state.log, known).await?;
                    self.standing.send_replace(standing);
                }
                // An accepted restart must not look older than this one.
                Standing::LogDamaged => state.log.pass(&known),
                // Told by the furthest one; and where nothing can be stored in any case, nothing has to be decided.
                Standing::Older { .. } | Standing::ReadOnly => break,
            }
        }
        Ok(self.standing())
    }

    /// The heads among what was kept, the furthest first.
    fn known<K>(&self, kept: K) -> Vec<Head>
    where
        K: IntoIterator<Item: AsRef<[u8]>>,
    {
        let open = |sealed: K::Item| {
            let head = Head::open(&self.keys.rows, &self.record, sealed.as_ref());
            if head.is_err() {
                tracing::warn!("what was kept of the record elsewhere is not a head of it");
            }
            head.ok()
        };
        let mut known: Vec<Head> = kept.into_iter().filter_map(open).collect();
        known.sort_by_key(|head| core::cmp::Reverse(head.counter));
        known
    }

    /// Somebody else knows of a later commit than this record has: it is an older copy, told later than by a head. Gives the
    /// sealed head of such a commit, to be kept outside, so that the next unlocking tells it too.
    ///
    /// # Errors
    /// As [`Vault::seal_head`].
    pub async fn outdated(&self) -> Result<Vec<u8>, VaultError> {
        let mut state = self.ready().await?;
        let found = state.log.head();
        let known = match self.standing() {
            Standing::Older { known, .. } => known,
            // How far the other one went nobody said: one commit further is enough.
            _ => Head { counter: found.counter.saturating_add(1), ..found },
        };
        if self.standing() == Standing::Sound {
            self.standing.send_replace(Standing::Older { known, found });
        }
        Ok(known.seal(&self.keys.rows, &self.record, &mut *state.rng))
    }

    async fn against(&self, log: &Ledger, known: Head) -> Result<Standing, VaultError> {
        let found = log.head();
        let older = Standing::Older { known, found };
        if known.counter > found.counter || known.size > found.size {
            return Ok(older);
        }
        match log.root_at(&self.pool, &self.keys, known.size).await {
            Ok(root) if root == known.root => Ok(Standing::Sound),
            Ok(_) => Ok(older),
            Err(VaultError::Damaged { .. }) => Ok(Standing::LogDamaged),
            Err(e) => Err(e),
        }
    }

    /// Takes the record as it is: an older copy that the person put back on purpose, or one whose log was damaged. The log tells
    /// it. Nothing is done to a sound record.
    ///
    /// # Errors
    /// [`VaultError::DiskFull`], [`VaultError::Storage`], [`VaultError::Damaged`], [`VaultError::ReadOnly`]; the record stays as
    /// it was.
    pub async fn accept(&self, now: UnixMillis) -> Result<(), VaultError> {
        let mut state = self.ready().await?;
        let state = &mut *state;
        match self.standing() {
            Standing::Sound => return Ok(()),
            Standing::ReadOnly => return Err(VaultError::ReadOnly),
            Standing::Older { known, .. } => {
                let mut log = state.log.next();
                log.pass(&known);
                state.index.begin();
                let mut db = database::begin(&self.pool).await?;
                let leaf = Leaf::Accepted { at: now, instead_of: known };
                log.append(&mut db, &self.keys, &leaf, &mut *state.rng).await?;
                log.write_checkpoint(&mut db, &self.keys, &self.signing, &mut *state.rng).await?;
                log.write(&mut db, &self.keys, &mut *state.rng).await?;
                database::commit(db).await?;
                self.landed(state, [], log);
            }
            Standing::LogDamaged => {
                let place = begin::Place { pool: &self.pool, keys: &self.keys, signing: &self.signing };
                let first = Some(Leaf::Restarted { at: now });
                let counter = state.log.next();
                state.index.begin();
                let branches = self.branches();
                let sources = mend::Sources { branches: &branches, writers: self.writers() };
                let log = begin::begin(place, sources, &state.index, (first, counter), &mut *state.rng);
                let log = log.await?;
                self.landed(state, [], log);
            }
        }
        self.standing.send_replace(Standing::Sound);
        Ok(())
    }

    /// The newest signed checkpoint of the log; `None` before the first sealing.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn checkpoint(&self) -> Result<Option<String>, VaultError> {
        let _state = self.ready().await?;
        ledger::checkpoint(&self.pool, &self.keys).await
    }

    /// The name that checkpoints of this record's log have.
    #[must_use]
    pub fn log_origin(&self) -> String {
        ledger::origin(&self.keys)
    }
}
