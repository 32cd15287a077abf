//! Compaction in small steps: journal rows of an epoch that is over become segments, and days that changed are summed up.
//!
//! ```text
//! compact(now, grace) -> Sealed    one epoch that ended at least `grace` ago and has readings in the journal, or that was
//!                                  sealed before it was over; a late reading makes it due again
//!                     -> Summed    one day whose epochs were sealed since
//!                     -> Nothing   until time goes on or a reading arrives
//! ```
//!
//! Each step is one transaction and gives the vault free again. A kill between two steps leaves work, never a wrong summary:
//! a sealing removes the summaries of its days in its own transaction.

use salus_wire::{Category, UnixMillis};

use super::index::Slot;
use super::{State, Vault, database, pyramid};
use crate::{Epoch, VaultError};

/// One piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Work {
    Seal(u8, Epoch),
    Sum(u8, u32),
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compacted {
    /// This epoch is in segments now.
    Sealed(Category, Epoch),
    /// This day of UTC, counted from 1970, is summed up.
    Summed(Category, u32),
    /// There was nothing to do.
    Nothing,
}

/// True when the journal of an epoch that ended before `now` is to be sealed.
fn due(slot: &Slot, now: UnixMillis) -> bool {
    let head = slot.head;
    head.epoch.end() <= now && (head.unsealed > 0 || (head.version > 0 && !head.closed))
}

impl Vault {
    /// Does one step of work: a few milliseconds, or what one epoch takes. `grace`, in milliseconds, is how long after its
    /// end an epoch is still left in the journal, so that what is on its way makes no second sealing.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] for an epoch that cannot be read; it is left as it is until the next unlocking, and the next
    /// step goes on behind it. [`VaultError::DiskFull`], [`VaultError::Storage`].
    pub async fn compact(&self, now: UnixMillis, grace: i64) -> Result<Compacted, VaultError> {
        let mut state = self.ready_to_store().await?;
        let over = now.saturating_sub(grace.max(0));
        let next = {
            let untried = |s: &Slot| !state.given_up.contains(&Work::Seal(s.category.code(), s.head.epoch));
            state.index.all().find(|s| due(s, over) && untried(s))
        };
        if let Some(slot) = next {
            let work = Work::Seal(slot.category.code(), slot.head.epoch);
            let sealed = self.seal_epoch(&mut state, &slot, true).await;
            give_up(&mut state, work, sealed)?;
            database::shrink(&self.pool, &self.file).await?;
            return Ok(Compacted::Sealed(slot.category, slot.head.epoch));
        }
        let Some((category, day)) = self.next_day(&mut state).await? else { return Ok(Compacted::Nothing) };
        let summed = self.sum_up(&mut state, category, day).await;
        give_up(&mut state, Work::Sum(category.code(), day), summed)?;
        Ok(Compacted::Summed(category, day))
    }

    /// Seals every epoch that was over at `now` and has readings in the journal, or was sealed before it was over. The
    /// vault is free between two epochs.
    ///
    /// # Errors
    /// [`VaultError::Damaged`], after the others are sealed; [`VaultError::DiskFull`], [`VaultError::Storage`]: epochs
    /// sealed before stay sealed, the others stay in the journal.
    pub async fn close_epochs(&self, now: UnixMillis) -> Result<Vec<(Category, Epoch)>, VaultError> {
        let all: Vec<Slot> = self.ready().await?.index.all().filter(|s| due(s, now)).collect();
        let (mut sealed, mut damage) = (Vec::with_capacity(all.len()), None);
        for was in all {
            let mut state = self.ready_to_store().await?;
            let slot = state.index.slot(was.category, was.head.epoch).filter(|s| due(s, now));
            let Some(slot) = slot else { continue };
            match self.seal_epoch(&mut state, &slot, true).await {
                Ok(_) => sealed.push((slot.category, slot.head.epoch)),
                Err(e @ VaultError::Damaged { .. }) => damage = Some(e),
                Err(e) => return Err(e),
            }
            database::shrink(&self.pool, &self.file).await?;
        }
        damage.map_or(Ok(sealed), Err)
    }

    /// A day whose summaries are missing; the first look reads which are there.
    async fn next_day(&self, state: &mut State) -> Result<Option<(Category, u32)>, VaultError> {
        self.look(state).await?;
        let mut days = state.days.iter().flatten().copied();
        let next = days.find(|(code, day)| !state.given_up.contains(&Work::Sum(*code, *day)));
        Ok(next.and_then(|(code, day)| Category::from_code(code).map(|category| (category, day))))
    }

    /// Leaves days to the steps to come: what is stored of them is there, and wrong.
    ///
    /// # Errors
    /// [`VaultError::Damaged`], [`VaultError::Storage`], when it cannot be seen which are there.
    pub(super) async fn sum_anew(
        &self,
        state: &mut State,
        days: &[(Category, u32)],
    ) -> Result<(), VaultError> {
        self.look(state).await?;
        let todo = state.days.iter_mut();
        todo.for_each(|todo| todo.extend(days.iter().map(|(category, day)| (category.code(), *day))));
        Ok(())
    }

    async fn look(&self, state: &mut State) -> Result<(), VaultError> {
        if state.days.is_none() {
            state.days = Some(pyramid::missing(&self.pool, &self.keys, &state.index).await?);
        }
        Ok(())
    }
}

/// What is damaged is not tried again and again.
fn give_up<T>(state: &mut State, work: Work, done: Result<T, VaultError>) -> Result<T, VaultError> {
    if matches!(done, Err(VaultError::Damaged { .. } | VaultError::OutOfBounds)) {
        state.given_up.insert(work);
    }
    done
}
