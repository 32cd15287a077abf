//! Recording: every new reading becomes a sealed row, durable before it is acknowledged.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use salus_wire::{Category, Reading};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::branch::{self, Branch};
use super::index::{self, Slot};
use super::{State, Vault, database, first_half};
use crate::row;
use crate::{Epoch, VaultError};

/// Most readings of one category in one epoch: 256 a second.
pub const MAX_EPOCH_READINGS: u64 = 1 << 20;

/// Rows of one INSERT; three parameters each, far below SQLite's 32,766.
const ROWS: usize = 256;

/// Epochs whose fingerprints stay in memory: 16 octets per reading.
const SEEN_EPOCHS: usize = 16;

pub(super) const TABLE: &str = "journal";

/// What [`Vault::record`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recorded {
    /// Readings that were new.
    pub new: usize,
    /// Readings that were stored already; not an error.
    pub duplicates: usize,
    /// Readings of a time that the person deleted for ever: not stored, and counted beside the deletion
    /// ([`Vault::shredded`]); not an error, because a device sends its memory as a whole.
    pub refused: usize,
}

/// A keyed hash of what two copies of one measurement have in common.
pub(super) type Fingerprint = [u8; 16];

/// Fingerprints of sealed epochs; the journal's own are in its table.
#[derive(Default)]
pub(super) struct Seen(HashMap<(u8, Epoch), HashSet<Fingerprint>>);

impl Seen {
    pub(super) fn put(&mut self, category: Category, epoch: Epoch, prints: HashSet<Fingerprint>) {
        if self.0.len() >= SEEN_EPOCHS {
            self.0.clear();
        }
        self.0.insert((category.code(), epoch), prints);
    }

    fn get(&self, category: Category, epoch: Epoch) -> Option<&HashSet<Fingerprint>> {
        self.0.get(&(category.code(), epoch))
    }

    /// Called when sealed rows may not match: after a failed sealing.
    pub(super) fn forget(&mut self, category: Category, epoch: Epoch) {
        self.0.remove(&(category.code(), epoch));
    }
}

/// New readings of one epoch.
type Batch<'a> = BTreeMap<(u8, Epoch), Vec<(Fingerprint, &'a Reading)>>;

/// What arrived for epochs that have no keys any more.
type Refused = BTreeMap<(u8, Epoch), u64>;

impl Vault {
    /// Stores readings; they are on disk when this returns. All or nothing.
    ///
    /// A reading that is stored already, in the journal or in a segment, is counted and skipped: the same measurement
    /// read twice from a device's memory has the same device, device time, user and values.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`] for an instant outside 1970 to 2106, more than [`Reading::MAX_COMPONENTS`] values,
    /// or an epoch above [`MAX_EPOCH_READINGS`]; [`VaultError::OlderCopy`], [`VaultError::DiskFull`],
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn record(&self, readings: &[Reading]) -> Result<Recorded, VaultError> {
        if readings.is_empty() {
            return Ok(Recorded::default());
        }
        let mut state = self.ready_to_store().await?;
        let state = &mut *state;
        let (batch, refused) = self.unsealed_batch(state, readings).await?;
        if batch.is_empty() && refused.is_empty() {
            return Ok(Recorded { duplicates: readings.len(), ..Recorded::default() });
        }
        let log = state.log.next();
        let mut changed = Vec::with_capacity(batch.len());
        let mut new = 0;
        state.index.begin();
        let mut db = database::begin(&self.pool).await?;
        for ((_, epoch), rows) in &batch {
            let Some((_, first)) = rows.first() else { continue };
            let mut slot = match state.index.slot(first.category, *epoch) {
                Some(slot) => slot,
                None => index::insert(&mut db, &self.keys, first.category, *epoch, &mut *state.rng).await?,
            };
            let added = self.insert_rows(&mut db, &slot, rows, state).await?;
            slot.head.unsealed += added;
            if slot.head.unsealed + slot.head.readings > MAX_EPOCH_READINGS {
                return Err(VaultError::OutOfBounds);
            }
            new += usize::try_from(added).unwrap_or(usize::MAX);
            changed.push(slot);
        }
        let branches = self.refuse(&mut db, &refused, state).await?;
        log.write(&mut db, &self.keys, &mut *state.rng).await?;
        database::commit(db).await?;
        self.landed(state, changed, log);
        branches.into_iter().for_each(|branch| self.replace_one(branch));
        let refused = usize::try_from(refused.values().sum::<u64>()).unwrap_or(usize::MAX);
        let duplicates = readings.len().saturating_sub(new).saturating_sub(refused);
        Ok(Recorded { new, duplicates, refused })
    }

    /// Counts, beside the deletions, what arrived for them.
    async fn refuse(
        &self,
        db: &mut SqliteConnection,
        refused: &Refused,
        state: &mut State,
    ) -> Result<Vec<Branch>, VaultError> {
        let categories: BTreeSet<u8> = refused.keys().map(|(code, _)| *code).collect();
        let mut changed = Vec::with_capacity(categories.len());
        for category in categories.into_iter().filter_map(Category::from_code) {
            let mut branch = self.branch(category, Clone::clone);
            for ((_, epoch), count) in refused.iter().filter(|((code, _), _)| *code == category.code()) {
                let hole = branch.holes.iter_mut().find(|h| (h.first..=h.last).contains(epoch));
                hole.into_iter().for_each(|h| h.refused = h.refused.saturating_add(*count));
            }
            branch::store_holes(&mut *db, &self.keys, &branch, &mut *state.rng).await?;
            changed.push(branch);
        }
        Ok(changed)
    }

    /// Groups readings by epoch, leaving out what is sealed already, and counting what was deleted.
    async fn unsealed_batch<'a>(
        &self,
        state: &mut State,
        readings: &'a [Reading],
    ) -> Result<(Batch<'a>, Refused), VaultError> {
        let (mut batch, mut refused) = (Batch::new(), Refused::new());
        for r in readings {
            let epoch = Epoch::at(r.at).ok_or(VaultError::OutOfBounds)?;
            if r.components.len() > Reading::MAX_COMPONENTS {
                return Err(VaultError::OutOfBounds);
            }
            if !self.holds(r.category, epoch) {
                *refused.entry((r.category.code(), epoch)).or_default() += 1;
                continue;
            }
            let print = self.fingerprint(r);
            // With a device time the corrected instant of a second transfer may fall into a neighbour.
            let reach = u32::from(r.device_time.is_some());
            let from = epoch.number().saturating_sub(reach);
            let mut known = false;
            for near in (from..=epoch.number() + reach).filter_map(Epoch::new) {
                known = known || self.is_sealed(state, r.category, near, &print).await?;
            }
            if !known {
                batch.entry((r.category.code(), epoch)).or_default().push((print, r));
            }
        }
        Ok((batch, refused))
    }

    async fn is_sealed(
        &self,
        state: &mut State,
        category: Category,
        epoch: Epoch,
        print: &Fingerprint,
    ) -> Result<bool, VaultError> {
        let Some(slot) = state.index.slot(category, epoch).filter(|s| s.head.readings > 0) else {
            return Ok(false);
        };
        if state.seen.get(category, epoch).is_none() {
            let sealed = match self.sealed_readings(&slot).await {
                // Nobody knows what it held: what comes for it waits in the journal, and what comes with it is stored.
                Err(VaultError::Damaged { .. }) => return Ok(false),
                sealed => sealed?,
            };
            state.seen.put(category, epoch, sealed.iter().map(|r| self.fingerprint(r)).collect());
        }
        Ok(state.seen.get(category, epoch).is_some_and(|prints| prints.contains(print)))
    }

    pub(super) fn fingerprint(&self, reading: &Reading) -> Fingerprint {
        first_half(self.keys.fingerprints.mac(&[&row::identity(reading)]))
    }

    async fn insert_rows(
        &self,
        db: &mut SqliteConnection,
        slot: &Slot,
        rows: &[(Fingerprint, &Reading)],
        state: &mut State,
    ) -> Result<u64, VaultError> {
        let mut added = 0;
        for rows in rows.chunks(ROWS) {
            let sealed: Vec<_> = rows
                .iter()
                .map(|(print, r)| self.keys.rows.seal(TABLE, print, &row::encode(r), &mut *state.rng))
                .collect();
            let mut insert = QueryBuilder::<Sqlite>::new("INSERT INTO journal (epoch, fingerprint, sealed) ");
            insert.push_values(rows.iter().zip(sealed), |mut row, ((print, _), sealed)| {
                row.push_bind(slot.id).push_bind(print.to_vec()).push_bind(sealed);
            });
            insert.push(" ON CONFLICT (fingerprint) DO NOTHING");
            added += insert.build().execute(&mut *db).await?.rows_affected();
        }
        Ok(added)
    }
}
