//! Taking back a reading that is in the journal only: a slip of the hand, undone at once.

use salus_wire::Reading;

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
}
