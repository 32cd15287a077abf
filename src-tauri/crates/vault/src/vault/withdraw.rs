//! Taking back: a reading that is in the journal only, a slip of the hand; and all that came from one source, an import that a
//! person does not want after all.
//!
//! What came from one source is told apart by its device, which stands for nothing else. Its epochs are sealed anew without it,
//! with the next version: the log goes on, and depots get the new version in place of the old. What somebody opened meanwhile
//! they keep, and older copies of the record hold it: this is no deletion for ever ([`Vault::shred`]).

use salus_wire::{Category, DeviceId, Reading};

use super::{Vault, database};
use crate::{Epoch, VaultError};

impl Vault {
    /// Removes a reading that is in no segment yet; true when it was there. A sealed reading stays: what was sealed may
    /// have been shared.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`] for an instant outside 1970 to 2106; [`VaultError::OlderCopy`],
    /// [`VaultError::DiskFull`], [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn withdraw(&self, reading: &Reading) -> Result<bool, VaultError> {
        let epoch = Epoch::at(reading.at).ok_or(VaultError::OutOfBounds)?;
        let mut state = self.ready_to_store().await?;
        let state = &mut *state;
        let Some(mut slot) = state.index.slot(reading.category, epoch) else { return Ok(false) };
        let print = self.fingerprint(reading);
        let log = state.log.next();
        state.index.begin();
        let mut db = database::begin(&self.pool).await?;
        let removed = sqlx::query("DELETE FROM journal WHERE fingerprint = ? AND epoch = ?")
            .bind(&print[..])
            .bind(slot.id)
            .execute(&mut *db)
            .await?
            .rows_affected();
        if let Some(lasting) = self.lasting(reading).filter(|_| removed > 0) {
            sqlx::query("DELETE FROM lasting WHERE print = ?").bind(&lasting[..]).execute(&mut *db).await?;
        }
        log.write(&mut db, &self.keys, &mut *state.rng).await?;
        database::commit(db).await?;
        slot.head.unsealed = slot.head.unsealed.saturating_sub(removed);
        self.landed(state, [slot], log);
        Ok(removed > 0)
    }

    /// Removes from an epoch the readings of a device, sealed or not, and gives them back; none where there are none. All or nothing.
    ///
    /// # Errors
    /// [`VaultError::OlderCopy`], [`VaultError::DiskFull`], [`VaultError::Storage`]; [`VaultError::Damaged`] when the epoch cannot be
    /// read; [`VaultError::Shredded`] when it was deleted for ever meanwhile.
    pub async fn take_out(
        &self,
        category: Category,
        epoch: Epoch,
        device: DeviceId,
    ) -> Result<Vec<Reading>, VaultError> {
        let mut state = self.ready_to_store().await?;
        let Some(slot) = state.index.slot(category, epoch) else { return Ok(Vec::new()) };
        let readings = self.epoch_readings(&slot).await?;
        let (gone, left): (Vec<_>, Vec<_>) = readings.into_iter().partition(|r| r.device == device);
        if gone.is_empty() {
            return Ok(gone);
        }
        // Of an epoch that is over and was never sealed, the next step of compaction says that it is.
        self.seal_as(&mut state, &slot, left, &gone, slot.head.closed).await?;
        database::shrink(&self.pool, &self.file).await?;
        Ok(gone)
    }
}
