//! Recording: every new reading becomes a sealed row, durable before it is acknowledged.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use salus_wire::{Category, Reading};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, SqlitePool};

use super::branch::{self, Branch};
use super::index::{self, Slot};
use super::{Keys, State, Vault, database, first_half};
use crate::{Epoch, VaultError, copy, row};

/// Most readings of one category in one epoch: 256 a second.
pub const MAX_EPOCH_READINGS: u64 = 1 << 20;

/// Rows of one INSERT; three parameters each, far below SQLite's 32,766.
const ROWS: usize = 256;

/// Epochs whose fingerprints stay in memory: 16 octets per reading, 32 where its device keeps time.
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

/// A reading that is sealed nowhere near.
struct New<'a> {
    /// Its place among those that were handed in.
    place: usize,
    print: Fingerprint,
    lasting: Option<Fingerprint>,
    reading: &'a Reading,
}

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
type Batch<'a> = BTreeMap<(u8, Epoch), Vec<New<'a>>>;

/// What arrived for epochs that have no keys any more.
type Refused = BTreeMap<(u8, Epoch), u64>;

impl Vault {
    /// Stores readings; they are on disk when this returns. All or nothing.
    ///
    /// A reading that is stored already, in the journal or in a segment, is counted and skipped: see [`copy`](crate::copy).
    ///
    /// # Errors
    /// As [`Vault::record_each`].
    pub async fn record(&self, readings: &[Reading]) -> Result<Recorded, VaultError> {
        self.record_each(readings).await.map(|(recorded, _)| recorded)
    }

    /// As [`Vault::record`], and says of each reading whether it was new.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`] for an instant outside 1970 to 2106, more than [`Reading::MAX_COMPONENTS`] values,
    /// or an epoch above [`MAX_EPOCH_READINGS`]; [`VaultError::OlderCopy`], [`VaultError::DiskFull`],
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn record_each(&self, readings: &[Reading]) -> Result<(Recorded, Vec<bool>), VaultError> {
        let mut is_new = vec![false; readings.len()];
        if readings.is_empty() {
            return Ok((Recorded::default(), is_new));
        }
        let mut state = self.ready_to_store().await?;
        let state = &mut *state;
        let (batch, refused) = self.unsealed_batch(state, readings).await?;
        if batch.is_empty() && refused.is_empty() {
            return Ok((Recorded { duplicates: readings.len(), ..Recorded::default() }, is_new));
        }
        let log = state.log.next();
        let mut changed = Vec::with_capacity(batch.len());
        state.index.begin();
        let mut db = database::begin(&self.pool).await?;
        for ((_, epoch), rows) in &batch {
            let Some(first) = rows.first() else { continue };
            let category = first.reading.category;
            let mut slot = match state.index.slot(category, *epoch) {
                Some(slot) => slot,
                None => index::insert(&mut db, &self.keys, category, *epoch, &mut *state.rng).await?,
            };
            for rows in rows.chunks(ROWS) {
                for place in self.insert_rows(&mut db, &slot, rows, state).await? {
                    slot.head.unsealed += 1;
                    is_new.get_mut(place).into_iter().for_each(|new| *new = true);
                }
            }
            if slot.head.unsealed + slot.head.readings > MAX_EPOCH_READINGS {
                return Err(VaultError::OutOfBounds);
            }
            changed.push(slot);
        }
        let branches = self.refuse(&mut db, &refused, state).await?;
        log.write(&mut db, &self.keys, &mut *state.rng).await?;
        database::commit(db).await?;
        self.landed(state, changed, log);
        branches.into_iter().for_each(|branch| self.replace_one(branch));
        let refused = usize::try_from(refused.values().sum::<u64>()).unwrap_or(usize::MAX);
        let new = is_new.iter().filter(|new| **new).count();
        let duplicates = readings.len().saturating_sub(new).saturating_sub(refused);
        Ok((Recorded { new, duplicates, refused }, is_new))
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
        let lasting: Vec<_> = readings.iter().map(|r| self.lasting(r)).collect();
        let mut there = self.noted(&lasting).await?;
        for (place, (r, lasting)) in readings.iter().zip(lasting).enumerate() {
            let epoch = Epoch::at(r.at).ok_or(VaultError::OutOfBounds)?;
            if r.components.len() > Reading::MAX_COMPONENTS {
                return Err(VaultError::OutOfBounds);
            }
            if !self.holds(r.category, epoch) {
                *refused.entry((r.category.code(), epoch)).or_default() += 1;
                continue;
            }
            if lasting.is_some_and(|print| there.contains(&print)) {
                continue;
            }
            let print = self.fingerprint(r);
            // With a device time the corrected instant of a second transfer may fall into a neighbour.
            let reach = u32::from(r.device_time.is_some());
            let from = epoch.number().saturating_sub(reach);
            let mut known = false;
            for near in (from..=epoch.number() + reach).filter_map(Epoch::new) {
                known = known || self.is_sealed(state, r.category, near, (&print, lasting.as_ref())).await?;
            }
            if !known {
                // Copies that are handed in together may be of several epochs.
                there.extend(lasting);
                let new = New { place, print, lasting, reading: r };
                batch.entry((r.category.code(), epoch)).or_default().push(new);
            }
        }
        Ok((batch, refused))
    }

    /// Which of these are in the record, wherever.
    async fn noted(&self, lasting: &[Option<Fingerprint>]) -> Result<HashSet<Fingerprint>, VaultError> {
        let asked: Vec<Fingerprint> = lasting.iter().flatten().copied().collect();
        let mut there = HashSet::new();
        for asked in asked.chunks(ROWS) {
            let mut select = QueryBuilder::<Sqlite>::new("SELECT print FROM lasting WHERE print IN (");
            let mut prints = select.separated(", ");
            asked.iter().for_each(|print| {
                prints.push_bind(print.to_vec());
            });
            select.push(")");
            let found: Vec<Vec<u8>> = select.build_query_scalar().fetch_all(&self.pool).await?;
            there.extend(found.iter().filter_map(|print| Fingerprint::try_from(print.as_slice()).ok()));
        }
        Ok(there)
    }

    async fn is_sealed(
        &self,
        state: &mut State,
        category: Category,
        epoch: Epoch,
        (print, lasting): (&Fingerprint, Option<&Fingerprint>),
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
            state.seen.put(category, epoch, self.prints(&sealed));
        }
        let has = |print| state.seen.get(category, epoch).is_some_and(|prints| prints.contains(print));
        // A record from before there was a table of what lasts is known by what is sealed near it.
        Ok(has(print) || lasting.is_some_and(has))
    }

    pub(super) fn fingerprint(&self, reading: &Reading) -> Fingerprint {
        first_half(self.keys.fingerprints.mac(&[&copy::identity(reading)]))
    }

    pub(super) fn lasting(&self, reading: &Reading) -> Option<Fingerprint> {
        copy::lasting(reading).map(|octets| first_half(self.keys.fingerprints.mac(&[&octets])))
    }

    /// Everything by which copies of these are known.
    pub(super) fn prints(&self, readings: &[Reading]) -> HashSet<Fingerprint> {
        readings.iter().flat_map(|r| [Some(self.fingerprint(r)), self.lasting(r)]).flatten().collect()
    }

    /// Stores at most [`ROWS`] of one epoch; the places of those that were new.
    async fn insert_rows(
        &self,
        db: &mut SqliteConnection,
        slot: &Slot,
        rows: &[New<'_>],
        state: &mut State,
    ) -> Result<Vec<usize>, VaultError> {
        let sealed: Vec<_> = rows
            .iter()
            .map(|row| self.keys.rows.seal(TABLE, &row.print, &row::encode(row.reading), &mut *state.rng))
            .collect();
        let mut insert = QueryBuilder::<Sqlite>::new("INSERT INTO journal (epoch, fingerprint, sealed) ");
        insert.push_values(rows.iter().zip(sealed), |mut row, (new, sealed)| {
            row.push_bind(slot.id).push_bind(new.print.to_vec()).push_bind(sealed);
        });
        insert.push(" ON CONFLICT (fingerprint) DO NOTHING RETURNING fingerprint");
        let stored: Vec<Vec<u8>> = insert.build_query_scalar().fetch_all(&mut *db).await?;
        let mut stored: HashSet<Vec<u8>> = stored.into_iter().collect();
        let stored: Vec<&New<'_>> = rows.iter().filter(|row| stored.remove(&row.print[..])).collect();
        note(db, slot, &stored).await?;
        Ok(stored.iter().map(|row| row.place).collect())
    }
}

/// The epochs of which the journal has rows, as far as it can be read: one row says it of each.
pub(super) async fn epochs(pool: &SqlitePool, keys: &Keys) -> Result<BTreeSet<Epoch>, VaultError> {
    let one = "SELECT fingerprint, sealed FROM journal NOT INDEXED GROUP BY epoch";
    let rows: Result<Vec<(Vec<u8>, Vec<u8>)>, _> = sqlx::query_as(one).fetch_all(pool).await;
    let rows = match rows.map_err(VaultError::from) {
        Err(VaultError::Damaged { .. }) => Vec::new(),
        rows => rows?,
    };
    let of = |(print, sealed): &(Vec<u8>, Vec<u8>)| {
        let reading = row::decode(&keys.rows.open(TABLE, print, sealed).ok()?).ok()?;
        Epoch::at(reading.at)
    };
    Ok(rows.iter().filter_map(of).collect())
}

/// Notes what lasts of readings that were just stored, and of no others: a verification holds the notes against them. None of
/// it was there before: [`Vault::unsealed_batch`] left such copies out.
async fn note(db: &mut SqliteConnection, slot: &Slot, stored: &[&New<'_>]) -> Result<(), VaultError> {
    let lasting: Vec<Fingerprint> = stored.iter().filter_map(|row| row.lasting).collect();
    if lasting.is_empty() {
        return Ok(());
    }
    let mut insert = QueryBuilder::<Sqlite>::new("INSERT INTO lasting (print, epoch) ");
    insert.push_values(lasting, |mut row, print| {
        row.push_bind(print.to_vec()).push_bind(slot.id);
    });
    insert.push(" ON CONFLICT (print) DO NOTHING");
    insert.build().execute(db).await?;
    Ok(())
}
