//! Readings that arrive while the record is locked: the session that lets them in, and their way into the journal.
//!
//! ```text
//! inbox()        fresh session, sealed in the vault and durable -> an Inbox for the time of being locked
//! arrived()      every entry of the file, opened with its session's keys; what does not open is counted
//! clear_inbox()  once all of it is durable: the file first, then the sessions
//! ```
//!
//! Interrupted anywhere, the next unlocking finds the file and its sessions, and does it again: the journal's fingerprints
//! keep each reading once. A session that received nothing, or whose file is gone, is removed with the others.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use salus_wire::Reading;
use zeroize::Zeroizing;

use super::{Vault, cabinet, files};
use crate::inbox::{self, DAMAGED, Entries, Found, Pass, Session};
use crate::{Inbox, Key, VaultError, envelope};

pub(super) const NAMESPACE: &str = "inbox";
/// Entries that are opened without looking up.
const STEP: usize = 256;
const OWN: cabinet::Owner = cabinet::Owner::Vault;

/// What the inbox held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arrived {
    /// Readings in the order of their arrival, each batch with the application's number for what it is.
    pub batches: Vec<(u8, Vec<Reading>)>,
    /// Entries that were altered, moved, repeated, or made by somebody else; the file's head, when it was altered, is one more.
    pub refused: u32,
    /// There is something to clear, were it only a torn end.
    file: bool,
}

/// The keys of a session: its HPKE secret key, and the secret that its sender proves.
#[derive(Debug)]
struct Keys {
    secret: Key,
    psk: Key,
    /// The last number that came.
    last: u32,
}

/// Opens what is found in an inbox, in its order, each under the keys of its session.
#[derive(Debug)]
pub(super) struct Opening {
    record: [u8; 16],
    sessions: HashMap<Session, Option<Keys>>,
}

impl Opening {
    /// Of a record's inbox, from its beginning.
    pub(super) fn of(record: [u8; 16]) -> Self {
        Self { record, sessions: HashMap::new() }
    }

    /// The application's number for what an entry holds, and its readings; `None` for one that was altered, moved, repeated, or
    /// made by somebody else.
    ///
    /// # Errors
    /// [`VaultError::Storage`] when the session's keys cannot be read now.
    pub(super) async fn open(
        &mut self,
        vault: &Vault,
        found: Found<'_>,
    ) -> Result<Option<(u8, Vec<Reading>)>, VaultError> {
        let Found::Entry(entry) = found else { return Ok(None) };
        let keys = match self.sessions.entry(entry.session) {
            Slot::Occupied(known) => known.into_mut(),
            Slot::Vacant(unknown) => unknown.insert(vault.session(&entry.session).await?),
        };
        let Some(keys) = keys else { return Ok(None) };
        let opened = entry.open(&self.record, &keys.secret, &keys.psk);
        // In its order: a repeated or moved entry is one that somebody copied.
        let Some((number, kind, readings)) = opened.filter(|(number, ..)| *number > keys.last) else {
            return Ok(None);
        };
        keys.last = number;
        Ok(Some((kind, readings)))
    }
}

impl Vault {
    /// An inbox for the time that the record is about to be locked. What it takes is in [`Vault::arrived`] after unlocking.
    ///
    /// # Errors
    /// [`VaultError::InUse`] when another inbox of this record is open; [`VaultError::DiskFull`], [`VaultError::Storage`].
    pub async fn inbox(&self, rng: impl rand_core::CryptoRng + Send + 'static) -> Result<Inbox, VaultError> {
        let mut state = self.ready().await?;
        let mut session: Session = [0; 16];
        state.rng.fill_bytes(&mut session);
        let (secret, psk) = (Key::random(&mut *state.rng), Key::random(&mut *state.rng));
        let to = envelope::public(&secret).map_err(|_| DAMAGED)?;
        let keys = Zeroizing::new([secret.expose().as_slice(), psk.expose()].concat());
        let record = state.slots.record;
        cabinet::store(&self.pool, &self.keys, OWN, NAMESPACE, &session, &keys, &mut *state.rng).await?;
        Inbox::open(&files::inbox(&self.dir), Pass { record, session, to, psk }, rng)
    }

    /// Opens everything that the inbox holds; it stays there until [`Vault::clear_inbox`].
    ///
    /// # Errors
    /// [`VaultError::InUse`] while an [`Inbox`] is open; [`VaultError::TooNew`], [`VaultError::Storage`].
    pub async fn arrived(&self) -> Result<Arrived, VaultError> {
        // Not held while entries are opened: whatever else the record is asked goes on.
        let record = self.ready().await?.slots.record;
        let Some(mut file) = inbox::take(&files::inbox(&self.dir))? else { return Ok(Arrived::default()) };
        let mut arrived = Arrived { file: true, ..Arrived::default() };
        let bytes = inbox::read(&mut file)?;
        if inbox::is_newer(&bytes) {
            return Err(VaultError::TooNew);
        }
        let Some(mut entries) = Entries::of(&record, &bytes) else {
            // Of another record, or no inbox at all: none of it is ours.
            arrived.refused = u32::from(!inbox::is_begun(&bytes));
            return Ok(arrived);
        };
        let mut opening = Opening::of(record);
        for (n, found) in entries.by_ref().enumerate() {
            if n % STEP == 0 {
                // Whoever closes the record, before the computer sleeps, waits for one step and not for a day's entries.
                tokio::task::yield_now().await;
            }
            match opening.open(self, found).await? {
                Some(batch) => arrived.batches.push(batch),
                None => arrived.refused = arrived.refused.saturating_add(1),
            }
        }
        let beside = u32::from(entries.ends_altered()) + u32::from(entries.is_headless());
        arrived.refused = arrived.refused.saturating_add(beside);
        Ok(arrived)
    }

    /// Empties the inbox: call it once everything of [`Vault::arrived`] is durable. Done twice, it is done once.
    ///
    /// # Errors
    /// [`VaultError::InUse`] while an [`Inbox`] is open; [`VaultError::DiskFull`], [`VaultError::Storage`].
    pub async fn clear_inbox(&self) -> Result<(), VaultError> {
        let _state = self.ready().await?;
        let path = files::inbox(&self.dir);
        let held = inbox::take(&path)?;
        inbox::discard(&path)?;
        drop(held);
        let [space, _] = cabinet::tags(&self.keys, OWN, NAMESPACE, b"");
        sqlx::query("DELETE FROM cabinet WHERE namespace = ?").bind(&space[..]).execute(&self.pool).await?;
        Ok(())
    }

    async fn session(&self, session: &Session) -> Result<Option<Keys>, VaultError> {
        let stored = match cabinet::fetch(&self.pool, &self.keys, OWN, NAMESPACE, session).await {
            // A session that rotted is one that nobody knows: its entries are refused, and the others still come in.
            Err(VaultError::Damaged { .. }) => return Ok(None),
            // One that cannot be read now may be read later: counted as refused, its entries would be cleared away.
            stored => stored?,
        };
        let Some(stored) = stored else { return Ok(None) };
        let Some((secret, psk)) = stored.split_first_chunk::<32>() else { return Ok(None) };
        let Ok(psk) = <&[u8; 32]>::try_from(psk) else { return Ok(None) };
        Ok(Some(Keys { secret: Key::copied(secret), psk: Key::copied(psk), last: 0 }))
    }
}

impl Arrived {
    /// True when there is nothing to take in and nothing to clear.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        !self.file
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;
    use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity};

    use super::*;
    use crate::Unlock;
    use crate::keyslot::PassphraseCost;

    const T0: i64 = 438_232 * 4_096_000;

    #[tokio::test]
    async fn a_session_that_cannot_be_read_now_is_an_error_and_its_readings_stay() {
        let dir = tempfile::tempdir().unwrap();
        let rng = ChaCha20Rng::seed_from_u64;
        let made = Vault::create_with(dir.path(), "a passphrase", PassphraseCost::FLOOR, T0, rng(1)).await;
        let (vault, key) = made.unwrap();
        let mut inbox = vault.inbox(rng(2)).await.unwrap();
        let value = Decimal::whole(61);
        let reading = Reading {
            at: T0,
            arrived: T0,
            device: DeviceId([9; 16]),
            category: Category::HeartRate,
            components: vec![Component { quantity: Quantity::HeartRate, value }],
            quality: Quality(0),
            device_time: None,
            user: None,
        };
        inbox.append(1, core::slice::from_ref(&reading)).unwrap();
        drop(inbox);
        // The database does not answer any more.
        vault.pool.close().await;
        assert_eq!(vault.arrived().await, Err(VaultError::Storage));
        drop(vault);
        let vault = Vault::open(dir.path(), Unlock::RecoveryKey(&key), rng(3)).await.unwrap();
        let arrived = vault.arrived().await.unwrap();
        assert_eq!((arrived.batches, arrived.refused), (vec![(1, vec![reading])], 0));
    }
}
