//! Reading back: segments and journal as one.

use std::collections::HashSet;

use salus_wire::{Category, Quality, Reading, UnixMillis};

use super::index::Slot;
use super::journal::TABLE;
use super::span::{Opener, counted, pieces};
use super::{State, Vault};
use crate::error::Part;
use crate::segment::Columns;
use crate::{Epoch, VaultError, row};

pub(super) const DAMAGED: VaultError = VaultError::Damaged { part: Part::Segment };

impl Vault {
    /// The readings of a category with `from <= at < to`, in order of `at`.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when an epoch in the range fails its check (others stay readable by a narrower range);
    /// [`VaultError::Storage`].
    pub async fn readings(
        &self,
        category: Category,
        from: UnixMillis,
        to: UnixMillis,
    ) -> Result<Vec<Reading>, VaultError> {
        let state = self.ready().await?;
        let slots = within(&state, category, from, to);
        let mut found = Vec::new();
        for some in pieces(&slots) {
            let sealed = self.sealed_together(some).await?;
            for (slot, columns) in some.iter().zip(sealed) {
                let mut epoch = self.with_journal(slot, taken_apart(columns)?).await?;
                epoch.retain(|r| (from..to).contains(&r.at));
                epoch.sort_by_key(|r| (r.at, r.arrived));
                found.append(&mut epoch);
            }
        }
        Ok(found)
    }

    /// As [`Vault::readings`], with what still opens of epochs that fail their check, and how many these are: a damaged hour must not
    /// hide the others, nor a damaged part of it the rest.
    ///
    /// # Errors
    /// [`VaultError::Storage`]; [`VaultError::Damaged`] when the record's tables themselves are.
    pub async fn readable(
        &self,
        category: Category,
        from: UnixMillis,
        to: UnixMillis,
    ) -> Result<(Vec<Reading>, u32), VaultError> {
        match self.readings(category, from, to).await {
            Err(VaultError::Damaged { .. }) => {}
            whole => return Ok((whole?, 0)),
        }
        let (mut found, mut damaged) = (Vec::new(), 0);
        let slots = within(&*self.ready().await?, category, from, to);
        for Slot { head, .. } in slots {
            let (from, to) = (head.epoch.start().max(from), head.epoch.end().min(to));
            match self.readings(category, from, to).await {
                Ok(mut readings) => found.append(&mut readings),
                Err(VaultError::Damaged { .. }) => {
                    damaged += 1;
                    let state = self.ready().await?;
                    let Some(slot) = state.index.slot(category, head.epoch) else { continue };
                    let mut rest = self.intact(&slot).await?;
                    rest.retain(|r| (from..to).contains(&r.at));
                    rest.sort_by_key(|r| (r.at, r.arrived));
                    found.append(&mut rest);
                }
                Err(e) => return Err(e),
            }
        }
        Ok((found, damaged))
    }

    /// How many readings of a category are stored.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn count(&self, category: Category) -> Result<u64, VaultError> {
        let state = self.ready().await?;
        let all = state.index.all().filter(|s| s.category == category);
        Ok(all.map(|s| s.head.readings + s.head.unsealed).sum())
    }

    /// The newest live reading of a category that can be read: one from a device's memory is never the latest.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn latest(&self, category: Category) -> Result<Option<Reading>, VaultError> {
        let state = self.ready().await?;
        let everything = Epoch::at(0).unwrap_or(Epoch::LAST)..=Epoch::LAST;
        for slot in state.index.range(category, everything).rev() {
            let live = match self.epoch_readings(&slot).await {
                Err(VaultError::Damaged { .. }) => self.intact(&slot).await?,
                live => live?,
            };
            let live = live.into_iter().filter(|r| !r.quality.has(Quality::BACKFILLED));
            if let Some(latest) = live.max_by_key(|r| (r.at, r.arrived)) {
                return Ok(Some(latest));
            }
        }
        Ok(None)
    }

    /// Everything of one epoch, in no order.
    pub(super) async fn epoch_readings(&self, slot: &Slot) -> Result<Vec<Reading>, VaultError> {
        let sealed = self.sealed_readings(slot).await?;
        self.with_journal(slot, sealed).await
    }

    /// What is sealed of an epoch, and what its journal holds.
    pub(super) async fn with_journal(
        &self,
        slot: &Slot,
        mut readings: Vec<Reading>,
    ) -> Result<Vec<Reading>, VaultError> {
        if slot.head.unsealed > 0 {
            readings.extend(self.journal_readings(slot).await?);
        }
        Ok(readings)
    }

    pub(super) async fn journal_readings(&self, slot: &Slot) -> Result<Vec<Reading>, VaultError> {
        let rows: Vec<(Vec<u8>, Vec<u8>)> =
            sqlx::query_as("SELECT fingerprint, sealed FROM journal WHERE epoch = ?")
                .bind(slot.id)
                .fetch_all(&self.pool)
                .await?;
        // A rotten index can leave a row out, or lead to one twice; what each row holds says that it belongs here.
        let distinct = rows.iter().map(|(print, _)| print).collect::<HashSet<_>>().len();
        if distinct as u64 != slot.head.unsealed || distinct != rows.len() {
            return Err(VaultError::Damaged { part: Part::Database });
        }
        rows.iter().map(|(print, sealed)| self.journal_reading(slot, print, sealed)).collect()
    }

    /// A row of the journal, which has to be of this epoch.
    pub(super) fn journal_reading(
        &self,
        slot: &Slot,
        print: &[u8],
        sealed: &[u8],
    ) -> Result<Reading, VaultError> {
        let reading = row::decode(&self.keys.rows.open(TABLE, print, sealed)?)?;
        let here = reading.category == slot.category && Epoch::at(reading.at) == Some(slot.head.epoch);
        if here { Ok(reading) } else { Err(row::DAMAGED) }
    }

    pub(super) async fn sealed_readings(&self, slot: &Slot) -> Result<Vec<Reading>, VaultError> {
        taken_apart(self.sealed_columns(slot).await?)
    }

    /// The segments of a category's epochs with instants in `from <= t < to`, opened and decoded but not taken apart into
    /// readings, in order of time; whole epochs, without what is in the journal.
    ///
    /// # Errors
    /// [`VaultError::Damaged`], [`VaultError::Storage`].
    pub async fn columns(
        &self,
        category: Category,
        from: UnixMillis,
        to: UnixMillis,
    ) -> Result<Vec<Columns>, VaultError> {
        let state = self.ready().await?;
        let slots = within(&state, category, from, to);
        let mut found = Vec::new();
        for some in pieces(&slots) {
            found.extend(self.sealed_together(some).await?.into_iter().flatten());
        }
        Ok(found)
    }

    /// The segments of an epoch, in order of time.
    pub(super) async fn sealed_columns(&self, slot: &Slot) -> Result<Vec<Columns>, VaultError> {
        if slot.lost {
            return Err(DAMAGED);
        }
        if slot.head.readings == 0 {
            return Ok(Vec::new());
        }
        counted(slot, self.segments(slot).await?)
    }

    /// The segments that are stored of an epoch, each of which opens; nobody counts them.
    pub(super) async fn segments(&self, slot: &Slot) -> Result<Vec<Columns>, VaultError> {
        self.segments_by("SELECT seq, sealed FROM segment WHERE epoch = ? ORDER BY id", slot).await
    }

    /// The same, as a query finds them.
    pub(super) async fn segments_by(
        &self,
        query: &'static str,
        slot: &Slot,
    ) -> Result<Vec<Columns>, VaultError> {
        let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(query).bind(slot.id).fetch_all(&self.pool).await?;
        let under = self.branch(slot.category, |b| b.under(slot.head.epoch));
        let mut opener = Opener::new(under.ok_or(VaultError::Shredded)?);
        rows.iter().map(|(seq, sealed)| opener.open(self, *seq, sealed)).collect()
    }
}

/// The epochs of a category with instants in `from <= t < to`, in order.
fn within(state: &State, category: Category, from: UnixMillis, to: UnixMillis) -> Vec<Slot> {
    let (from, to) = (from.max(0), to.min(Epoch::LAST.end()));
    match (Epoch::at(from), Epoch::at(to.saturating_sub(1))) {
        (Some(first), Some(last)) => state.index.range(category, first..=last).collect(),
        _ => Vec::new(),
    }
}

/// The readings of segments.
pub(super) fn taken_apart(segments: Vec<Columns>) -> Result<Vec<Reading>, VaultError> {
    let mut readings = Vec::new();
    for columns in segments {
        readings.append(&mut columns.readings().map_err(|_| DAMAGED)?);
    }
    Ok(readings)
}
