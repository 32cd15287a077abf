//! From the journal to segments: every sealing of an epoch writes the whole epoch anew, with the next sequence
//! numbers and the next manifest version, removes what it replaces and appends to the log, in one transaction.

use std::ops::RangeInclusive;

use salus_wire::{Category, Reading};
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

use super::index::{self, EpochHead, Slot};
use super::ledger::Ledger;
use super::{Series, State, Vault, begin, database, pyramid};
use crate::error::Part;
use crate::log;
use crate::manifest::{Entry, Manifest};
use crate::shared::{KIND_MANIFEST, KIND_SEGMENT, context};
use crate::{Epoch, Leaf, Locator, Origin, VaultError, seal, segment};

/// One epoch as sealed bytes, for upload to depots: ciphertext only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEpoch {
    /// Whose epoch it is, for the reader's [`crate::shared::open_manifest`].
    pub origin: Origin,
    /// What it holds.
    pub head: EpochHead,
    /// Where depots keep it.
    pub locator: Locator,
    /// The sealed manifest.
    pub manifest: Vec<u8>,
    /// The sealed segments that the manifest lists, in its order.
    pub segments: Vec<Vec<u8>>,
}

/// An epoch's new sealed form, not stored yet.
pub(super) struct Fresh {
    pub(super) slot: Slot,
    logged: log::Leaf,
    manifest: Vec<u8>,
    segments: Vec<(u64, Vec<u8>)>,
}

impl Vault {
    /// Seals what an epoch holds so far, so that a share opens right away; `None` when it holds nothing.
    ///
    /// The manifest says `closed = false` until [`Vault::compact`] seals it again. What is sealed already and has
    /// not changed is returned as it is.
    ///
    /// # Errors
    /// [`VaultError::OlderCopy`] when there is something to seal; [`VaultError::DiskFull`], [`VaultError::Storage`],
    /// [`VaultError::Damaged`].
    pub async fn flush_epoch(
        &self,
        category: Category,
        epoch: Epoch,
    ) -> Result<Option<SealedEpoch>, VaultError> {
        let mut state = self.ready().await?;
        let Some(mut slot) = state.index.slot(category, epoch) else { return Ok(None) };
        if slot.head.unsealed > 0 {
            self.standing().writable()?;
            slot = self.seal_epoch(&mut state, &slot, slot.head.closed).await?;
        }
        if slot.head.version == 0 { Ok(None) } else { self.sealed_epoch(&slot).await.map(Some) }
    }

    /// What is stored of each epoch in a range, in order.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn epochs(
        &self,
        category: Category,
        range: RangeInclusive<Epoch>,
    ) -> Result<Vec<EpochHead>, VaultError> {
        let state = self.ready().await?;
        Ok(state.index.range(category, range).map(|s| s.head).collect())
    }

    /// The sealed bytes of each sealed epoch in a range, in order, for upload.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn sealed_segments(
        &self,
        category: Category,
        range: RangeInclusive<Epoch>,
    ) -> Result<Vec<SealedEpoch>, VaultError> {
        let state = self.ready().await?;
        let mut found = Vec::new();
        for slot in state.index.range(category, range).filter(|s| s.head.version > 0) {
            found.push(self.sealed_epoch(&slot).await?);
        }
        Ok(found)
    }

    pub(super) async fn seal_epoch(
        &self,
        state: &mut State,
        slot: &Slot,
        closed: bool,
    ) -> Result<Slot, VaultError> {
        let readings = self.epoch_readings(slot).await?;
        self.seal_as(state, slot, readings, &[], closed).await
    }

    /// Seals an epoch anew as these readings; `gone` are those of it that are not among them.
    pub(super) async fn seal_as(
        &self,
        state: &mut State,
        slot: &Slot,
        mut readings: Vec<Reading>,
        gone: &[Reading],
        closed: bool,
    ) -> Result<Slot, VaultError> {
        readings.sort_by_key(|r| (r.at, r.arrived));
        let under = self.branch(slot.category, |b| b.under(slot.head.epoch)).ok_or(VaultError::Shredded)?;
        let fresh = self.seal_readings(state, slot, &under, &readings, closed)?;
        let slot = fresh.slot;
        let mut log = state.log.next();
        // A cancelled or failed transaction must leave neither the index nor the fingerprints ahead of the file.
        state.index.begin();
        state.seen.forget(slot.category, slot.head.epoch);
        let mut db = database::begin(&self.pool).await?;
        for lasting in gone.iter().filter_map(|r| self.lasting(r)) {
            sqlx::query("DELETE FROM lasting WHERE print = ?").bind(&lasting[..]).execute(&mut *db).await?;
        }
        self.store_fresh(&mut db, state, fresh, &mut log).await?;
        log.write_checkpoint(&mut db, &self.keys, &self.signing, &mut *state.rng).await?;
        log.write(&mut db, &self.keys, &mut *state.rng).await?;
        database::commit(db).await?;
        self.landed(state, [slot], log);
        state.sum_again(&slot);
        state.seen.put(slot.category, slot.head.epoch, self.prints(&readings));
        Ok(slot)
    }

    /// Writes an epoch's new sealed form in the place of what is there of it, in a transaction.
    pub(super) async fn store_fresh(
        &self,
        db: &mut SqliteConnection,
        state: &mut State,
        Fresh { slot, logged, manifest, segments }: Fresh,
        log: &mut Ledger,
    ) -> Result<(), VaultError> {
        sqlx::query("DELETE FROM segment WHERE epoch = ?").bind(slot.id).execute(&mut *db).await?;
        sqlx::query("DELETE FROM journal WHERE epoch = ?").bind(slot.id).execute(&mut *db).await?;
        for (seq, sealed) in segments {
            let seq = i64::try_from(seq).map_err(|_| VaultError::OutOfBounds)?;
            sqlx::query("INSERT INTO segment (epoch, seq, sealed) VALUES (?, ?, ?)")
                .bind(slot.id)
                .bind(seq)
                .bind(sealed)
                .execute(&mut *db)
                .await?;
        }
        pyramid::outdate(db, &self.keys, &slot).await?;
        index::update(db, &self.keys, &slot, &manifest, &mut *state.rng).await?;
        log.append(db, &self.keys, &logged, &mut *state.rng).await
    }

    /// Seals an epoch's readings, which are in order of time, under a generation's key of it.
    pub(super) fn seal_readings(
        &self,
        state: &mut State,
        slot: &Slot,
        (series, leaf): &(Series, Leaf),
        readings: &[Reading],
        closed: bool,
    ) -> Result<Fresh, VaultError> {
        let Slot { category, head: EpochHead { epoch, version, .. }, .. } = *slot;
        let Origin { series, generation, writer } = self.origin_as(*series);
        let key = leaf.segment_key();
        let mut next_seq = slot.next_seq;
        let (mut entries, mut segments) = (Vec::new(), Vec::new());
        for run in segment::cut(readings) {
            let plain =
                zeroize::Zeroizing::new(segment::encode(category, run).ok_or(VaultError::OutOfBounds)?);
            let context = context(series, generation, epoch, writer.id, next_seq, KIND_SEGMENT);
            let sealed = seal::seal_padded(&key, &context, &plain, &mut *state.rng);
            let count = u32::try_from(run.len()).map_err(|_| VaultError::OutOfBounds)?;
            entries.push(Entry { seq: next_seq, readings: count, hash: Sha256::digest(&sealed).into() });
            segments.push((next_seq, sealed));
            next_seq += 1;
        }
        let version = version + 1;
        let manifest = Manifest { series, generation, epoch, writer: writer.id, version, closed, entries };
        let context = context(series, generation, epoch, writer.id, 0, KIND_MANIFEST);
        let signed = manifest.sign(&self.signing);
        let manifest = seal::seal_padded(&key, &context, &signed, &mut *state.rng);
        let head = EpochHead { epoch, version, closed, readings: readings.len() as u64, unsealed: 0 };
        let slot = Slot { head, next_seq, ..*slot };
        Ok(Fresh { slot, logged: begin::leaf(&slot, &signed), manifest, segments })
    }

    pub(super) async fn sealed_epoch(&self, slot: &Slot) -> Result<SealedEpoch, VaultError> {
        let manifest: Option<Vec<u8>> = sqlx::query_scalar("SELECT manifest FROM epoch WHERE id = ?")
            .bind(slot.id)
            .fetch_one(&self.pool)
            .await?;
        let segments: Vec<Vec<u8>> =
            sqlx::query_scalar("SELECT sealed FROM segment WHERE epoch = ? ORDER BY id")
                .bind(slot.id)
                .fetch_all(&self.pool)
                .await?;
        let manifest = manifest.ok_or(VaultError::Damaged { part: Part::Database })?;
        let leaf = self.leaf(slot.category, slot.head.epoch).ok_or(VaultError::Shredded)?;
        Ok(SealedEpoch {
            origin: self.origin_of(slot, &manifest),
            head: slot.head,
            locator: leaf.locator(),
            manifest,
            segments,
        })
    }
}
