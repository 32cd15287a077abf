//! Making, opening and locking a record.

mod kept;
mod looked;

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, RwLock};

use rand_core::CryptoRng;
use salus_wire::UnixMillis;
use sqlx::SqlitePool;
use tokio::sync::{Mutex, watch};

use super::aside::Aside;
use super::ledger::{Ledger, Stored};
use super::slots::{self, with_passphrase};
use super::{
    Keys, Standing, State, Vault, begin, branch, cabinet, database, files, identity, index, journal, mend,
    recipient, shred, writers,
};
use crate::keyring::{Keyring, NoKeyring};
use crate::keyslot::{Keyslots, PassphraseCost};
use crate::row::DAMAGED;
use crate::{Key, RecoveryKey, Unlock, VaultError, Writer};

pub(super) use kept::{OWN, own, writer};
pub use looked::Spoilt;

impl Vault {
    /// Makes a record in `dir`, with both keyslots, before any reading can be stored.
    ///
    /// `rng` also seals what is stored from now on: a source that a clone of the machine does not repeat.
    ///
    /// # Errors
    /// [`VaultError::ProfileExists`], [`VaultError::WeakPassphrase`], [`VaultError::InUse`], [`VaultError::DiskFull`],
    /// [`VaultError::Storage`].
    pub async fn create(
        dir: &Path,
        passphrase: &str,
        now: UnixMillis,
        rng: impl CryptoRng + Send + 'static,
    ) -> Result<(Self, RecoveryKey), VaultError> {
        Self::create_with(dir, passphrase, PassphraseCost::DEFAULT, now, rng).await
    }

    /// [`Vault::create`] with an explicit cost, at least the floor.
    ///
    /// # Errors
    /// As [`Vault::create`], and [`VaultError::BadParameters`].
    pub async fn create_with(
        dir: &Path,
        passphrase: &str,
        cost: PassphraseCost,
        now: UnixMillis,
        rng: impl CryptoRng + Send + 'static,
    ) -> Result<(Self, RecoveryKey), VaultError> {
        Self::create_on(dir, passphrase, cost, Arc::new(NoKeyring), now, rng).await
    }

    /// [`Vault::create_with`] on a computer with this keyring. A fresh secret is left there; it becomes part of the passphrase
    /// when the record is next opened with it.
    ///
    /// # Errors
    /// As [`Vault::create_with`].
    pub async fn create_on(
        dir: &Path,
        passphrase: &str,
        cost: PassphraseCost,
        keyring: Arc<dyn Keyring>,
        now: UnixMillis,
        rng: impl CryptoRng + Send + 'static,
    ) -> Result<(Self, RecoveryKey), VaultError> {
        let mut rng: Box<dyn CryptoRng + Send> = Box::new(rng);
        files::make(dir)?;
        let guard = files::guard(dir)?;
        if Self::exists(dir) {
            return Err(VaultError::ProfileExists);
        }
        let master = Key::random(&mut *rng);
        let recovery = RecoveryKey::random(&mut *rng);
        let mut record = [0; 16];
        rng.fill_bytes(&mut record);
        let mut slots = Keyslots::new(record);
        slots.set_recovery(&master, &recovery, &mut *rng);
        let (slots, mut rng) = with_passphrase(slots, &master, passphrase, cost, rng).await?;

        files::begin(dir)?;
        files::make_database(dir)?;
        let pool = database::make(dir).await?;
        let keys = Keys::new(master);
        let made = async {
            cabinet::store(&pool, &keys, OWN, "record", b"id", &record, &mut *rng).await?;
            cabinet::store(&pool, &keys, OWN, "record", b"made", &now.to_be_bytes(), &mut *rng).await?;
            branch::load(&pool, &keys, &mut *rng).await?;
            writer(&pool, &keys, &mut *rng).await?;
            recipient::remember(&pool, &keys, &slots, &recovery, &mut *rng).await?;
            files::write_keyslots(dir, &slots.encode())
        };
        if let Err(e) = made.await {
            pool.close().await;
            files::discard_keyslots(dir);
            return Err(e);
        }
        let vault = match Self::unlocked(dir, pool, keys, slots, guard, keyring, rng).await {
            Ok(vault) => vault,
            Err(e) => {
                // Nobody has seen its recovery key: it must not look like a record.
                files::discard_keyslots(dir);
                return Err(e);
            }
        };
        files::finish(dir);
        vault.bind(passphrase).await;
        Ok((vault, recovery))
    }

    /// Opens the record in `dir` on a computer without a keyring; `rng` seals what is stored from now on.
    ///
    /// # Errors
    /// As [`Vault::open_on`].
    pub async fn open(
        dir: &Path,
        unlock: Unlock<'_>,
        rng: impl CryptoRng + Send + 'static,
    ) -> Result<Self, VaultError> {
        Self::open_on(dir, unlock, Arc::new(NoKeyring), rng).await
    }

    /// Opens the record in `dir` on a computer with this keyring, and makes it part of the passphrase when that is safe;
    /// `rng` seals what is stored from now on.
    ///
    /// # Errors
    /// [`VaultError::NoProfile`], [`VaultError::WrongPassphrase`], [`VaultError::TooFewGuardians`],
    /// [`VaultError::KeyringMissing`], [`VaultError::KeyringReplaced`], [`VaultError::KeyringUnavailable`],
    /// [`VaultError::InUse`], [`VaultError::Damaged`], [`VaultError::BadParameters`], [`VaultError::TooNew`],
    /// [`VaultError::DiskFull`], [`VaultError::Storage`].
    pub async fn open_on(
        dir: &Path,
        unlock: Unlock<'_>,
        keyring: Arc<dyn Keyring>,
        rng: impl CryptoRng + Send + 'static,
    ) -> Result<Self, VaultError> {
        // Told before anything is written; read once more under the guard, behind which nobody changes it.
        files::read_keyslots(dir)?;
        let mut rng = rng;
        let aside = Aside::of(dir, &mut rng)?;
        let read = aside.as_ref().map_or(dir, Aside::path);
        let guard = files::guard(read)?;
        let slots = Keyslots::decode(&files::read_keyslots(dir)?)?;
        files::discard_interrupted(dir);
        let master = slots::open(&slots, unlock, &keyring).await?;
        let pool = database::open(read).await?;
        let mut vault =
            Self::unlocked(dir, pool, Keys::new(master), slots, guard, keyring, Box::new(rng)).await?;
        if let Some(aside) = aside {
            vault._aside = Some(aside);
            vault.standing.send_replace(Standing::ReadOnly);
            return Ok(vault);
        }
        files::finish(dir);
        match unlock {
            Unlock::Passphrase(passphrase) => vault.bind(passphrase).await,
            Unlock::RecoveryKey(key) => {
                // A record of an earlier version learns now to whom backups are made. That it cannot must not keep it
                // closed.
                if let Err(error) = vault.learn(key).await {
                    tracing::debug!(%error, "the recovery key is learnt later");
                }
            }
            #[allow(unreachable_patterns)]
            _ => {}
        }
        Ok(vault)
    }

    /// True when `dir` holds a record, also one whose keyslots are gone: it must not be made anew over what is left of it.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        files::holds_record(dir)
    }

    /// Writes everything back, closes the files, and wipes the keys.
    ///
    /// # Errors
    /// [`VaultError`]; the keys are wiped and the files closed in any case.
    pub async fn lock(self) -> Result<(), VaultError> {
        if self.state.lock().await.index.is_stale() {
            database::abandon(&self.pool).await;
        }
        database::close(&self.pool).await
    }

    pub(super) async fn unlocked(
        dir: &Path,
        pool: SqlitePool,
        keys: Keys,
        slots: Keyslots,
        guard: std::fs::File,
        keyring: Arc<dyn Keyring>,
        mut rng: Box<dyn CryptoRng + Send>,
    ) -> Result<Self, VaultError> {
        let opened = async {
            let id = cabinet::fetch(&pool, &keys, OWN, "record", b"id").await?;
            if id.as_deref().map(Vec::as_slice) != Some(&slots.record[..]) {
                return Err(DAMAGED);
            }
            let branches = branch::load(&pool, &keys, &mut *rng).await?;
            let (writer, signing) = writer(&pool, &keys, &mut *rng).await?;
            let identities = identity::load(&pool, &keys).await?;
            let earlier = writers::earlier(&pool, &keys).await?;
            let key = signing.verifying_key().to_bytes();
            let mut all = vec![Writer { id: writer, key }];
            all.extend_from_slice(&earlier);
            let sources = mend::Sources { branches: &branches, writers: &all };
            let index = index::Index::load(&pool, &keys, sources).await?;
            let (log, standing) = match Ledger::load(&pool, &keys).await? {
                Stored::Whole(log) => (log, Standing::Sound),
                Stored::Damaged => (Ledger::default(), Standing::LogDamaged),
                Stored::Nothing if begin::is_begun(&pool, &keys).await? => {
                    (Ledger::default(), Standing::LogDamaged)
                }
                Stored::Nothing => {
                    let place = begin::Place { pool: &pool, keys: &keys, signing: &signing };
                    let count = (None, Ledger::default().next());
                    (begin::begin(place, sources, &index, count, &mut *rng).await?, Standing::Sound)
                }
            };
            // The last that can fail: it is closed after the pool.
            let file = database::raw(&pool).await?;
            Ok((branches, identities, signing, all, index, log, standing, file))
        };
        let (branches, identities, signing, writers, index, log, standing, file) = match opened.await {
            Ok(parts) => parts,
            Err(e) => {
                // What could not be opened is closed as carefully as it can be.
                let _ = database::close(&pool).await;
                return Err(e);
            }
        };
        if branches.iter().any(|b| !b.holes.is_empty()) {
            // A deletion may have been cut off before its last step.
            shred::scrub_owed(&pool, &keys, &file).await;
        }
        let (record, heads) = (slots.record, watch::Sender::new(log.head()));
        let state = Mutex::new(State {
            rng,
            slots,
            in_keyring: false,
            index,
            log,
            seen: journal::Seen::default(),
            rotten: None,
            known: HashSet::new(),
            days: None,
            given_up: HashSet::new(),
        });
        let (dir, standing) = (dir.to_owned(), watch::Sender::new(standing));
        let writer = writers[0].id;
        Ok(Self {
            dir,
            record,
            pool,
            file,
            keys,
            branches: RwLock::new(branches),
            identities: RwLock::new(identities),
            writer,
            signing,
            writers,
            keyring,
            state,
            heads,
            standing,
            _guard: guard,
            _aside: None,
        })
    }
}
