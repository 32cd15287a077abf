//! New generations of keys: whoever holds the keys of before opens nothing that is sealed from now on.
//!
//! ```text
//! before   |from . . . .                 one tree of epochs: the old root's nodes before `from`, a fresh root's from there on
//! [e0][e1] |[e2: sealed early, version 3] -> sealed again under the new key, version 4, in the same transaction
//! days     before the day of `from` | from there on: fresh roots of minutes, hours and days; their rows are computed again
//! ```
//!
//! The running epoch can be the first: what was sealed of it already is sealed once more, so that the epoch has one key, and what
//! depots hold of it under the old one is all that the old one opens. What is in the journal was sealed under neither. An epoch
//! before `from` stays with its generation for ever, also for a reading that comes for it later.
//!
//! One transaction: after a kill the old keys are in use, and nothing was sealed again, or the new ones are and all of it was. The
//! fresh roots are random and derived from nothing that anybody had before, the master key included.
//!
//! Not promised: what was read or copied stays so, and so does whatever the keys of before open. A copy of the record that was
//! made before, put in its place, has the old keys: whoever puts it there has to begin anew.

use std::collections::BTreeSet;

use salus_wire::Category;
use zeroize::Zeroizing;

use super::branch::{self, Branch};
use super::cabinet::{self, Owner};
use super::index::Slot;
use super::sealing::Fresh;
use super::{State, Vault, database, identity, pyramid};
use crate::{Epoch, Key, VaultError};

/// Most sealed epochs that are sealed again: those of ten categories over two days. More are there only when the clock was ahead for
/// long.
const MAX_AGAIN: usize = 512;

/// A category whose keys are new from an epoch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewed {
    /// Which category.
    pub category: Category,
    /// The number of the new generation.
    pub generation: u32,
    /// The first epoch that is sealed under it.
    pub from: Epoch,
}

/// A category's new keys, and its epochs sealed under them; not stored yet.
pub(super) struct Next {
    branch: Branch,
    sealed: Vec<Fresh>,
    /// Days whose summaries were sealed under the old keys.
    days: Vec<u32>,
}

impl Vault {
    /// Begins a new generation of the keys of these categories, from an epoch on: usually the running one. All of them or none.
    ///
    /// `about` are values of the cabinet, as (namespace, name, value), that become durable with it: that it was done, and why.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`] when there were so many generations that the keys cannot hold another, or when more is sealed
    /// behind `from` than can be sealed again at once; [`VaultError::OlderCopy`], [`VaultError::DiskFull`],
    /// [`VaultError::Storage`]: the keys are as before.
    pub async fn new_generations(
        &self,
        categories: &[Category],
        from: Epoch,
        about: &[(&str, Vec<u8>, Vec<u8>)],
    ) -> Result<Vec<Renewed>, VaultError> {
        let mut state = self.ready_to_store().await?;
        let state = &mut *state;
        let all = self.next_generations(state, categories, from).await?;
        self.put_in_place(state, all, None, about).await
    }

    /// The next generation of these categories, from an epoch on, with what is to be sealed again under it; not stored yet.
    pub(super) async fn next_generations(
        &self,
        state: &mut State,
        categories: &[Category],
        from: Epoch,
    ) -> Result<Vec<Next>, VaultError> {
        let categories: BTreeSet<Category> = categories.iter().copied().collect();
        let again = |c: &Category| state.index.range(*c, from..=Epoch::LAST).filter(|s| s.head.version > 0);
        if categories.iter().flat_map(again).count() > MAX_AGAIN {
            return Err(VaultError::OutOfBounds);
        }
        let mut all = Vec::with_capacity(categories.len());
        for category in categories {
            let branch = self.branch(category, Clone::clone);
            let branch = branch.renewed(from, || Key::random(&mut *state.rng));
            all.push(self.next_keys(state, branch.ok_or(VaultError::OutOfBounds)?, from).await?);
        }
        Ok(all)
    }

    /// Takes the generations that another computer of the same record began since ([`Vault::series_keys`] there): from their first
    /// epoch on this one seals under them too, and what it sealed of that time under the keys of before is sealed again. Series
    /// in which nothing is newer stay as they are. All or none.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`] for octets that are no series, and as [`Vault::new_generations`].
    pub async fn follow_generations(
        &self,
        given: &[(Category, Zeroizing<Vec<u8>>)],
        about: &[(&str, Vec<u8>, Vec<u8>)],
    ) -> Result<Vec<Renewed>, VaultError> {
        let mut state = self.ready_to_store().await?;
        let state = &mut *state;
        let mut all = Vec::new();
        for (category, stored) in given {
            let newer = branch::given(*category, stored).ok_or(VaultError::OutOfBounds)?;
            let own = self.branch(*category, Clone::clone);
            let Some((branch, from)) = own.followed(&newer, || Key::random(&mut *state.rng)) else {
                continue;
            };
            all.push(self.next_keys(state, branch, from).await?);
        }
        if all.is_empty() {
            return Ok(Vec::new());
        }
        self.put_in_place(state, all, None, about).await
    }

    /// Whether this record seals from now on what another computer's keys open ([`Vault::series_keys`] there), in every series that
    /// is given: two that went apart, because somebody else gave one of them keys, never say the same.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`] for octets that are no series.
    pub fn agrees(&self, given: &[(Category, Zeroizing<Vec<u8>>)]) -> Result<bool, VaultError> {
        for (category, stored) in given {
            let other = branch::given(*category, stored).ok_or(VaultError::OutOfBounds)?;
            let same = self.branch(*category, |own| {
                let last = |branch: &Branch| branch.readings.leaf(Epoch::LAST).map(|leaf| leaf.locator());
                own.series == other.series && last(own) == last(&other)
            });
            if !same {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Stores new keys with what was sealed under them, and identities when there are others, in one transaction, and takes them
    /// into use.
    pub(super) async fn put_in_place(
        &self,
        state: &mut State,
        all: Vec<Next>,
        identities: Option<Vec<Key>>,
        about: &[(&str, Vec<u8>, Vec<u8>)],
    ) -> Result<Vec<Renewed>, VaultError> {
        let mut log = state.log.next();
        state.index.begin();
        let mut db = database::begin(&self.pool).await?;
        let (mut branches, mut slots) = (Vec::with_capacity(all.len()), Vec::new());
        for Next { branch, sealed, days } in all {
            let category = branch.series.category;
            for fresh in sealed {
                state.seen.forget(category, fresh.slot.head.epoch);
                slots.push(fresh.slot);
                self.store_fresh(&mut db, state, fresh, &mut log).await?;
            }
            for day in days {
                pyramid::remove(&mut db, &self.keys, category, day).await?;
            }
            branch::store_series(&mut *db, &self.keys, &branch, &mut *state.rng).await?;
            branch::store_summaries(&mut *db, &self.keys, &branch, &mut *state.rng).await?;
            branches.push(branch);
        }
        if let Some(later) = &identities {
            identity::store(&mut db, &self.keys, later, &mut *state.rng).await?;
        }
        for (namespace, name, value) in about {
            let (keys, own) = (&self.keys, Owner::Application);
            cabinet::store(&mut *db, keys, own, namespace, name, value, &mut *state.rng).await?;
        }
        if log.size() > state.log.size() {
            log.write_checkpoint(&mut db, &self.keys, &self.signing, &mut *state.rng).await?;
        }
        log.write(&mut db, &self.keys, &mut *state.rng).await?;
        database::commit(db).await?;

        let of = |b: &Branch| {
            let (category, generation) = (b.series.category, b.series.generation);
            Some(Renewed { category, generation, from: b.generations.last()?.from })
        };
        let renewed = branches.iter().filter_map(of).collect();
        branches.into_iter().for_each(|branch| self.replace_one(branch));
        if let Some(later) = identities {
            self.replace_identities(later);
        }
        self.landed(state, slots, log);
        // Which days are to be computed again is looked up anew.
        state.days = None;
        Ok(renewed)
    }

    /// What is to be sealed again under a category's next keys.
    async fn next_keys(&self, state: &mut State, branch: Branch, from: Epoch) -> Result<Next, VaultError> {
        let category = branch.series.category;
        let slots: Vec<Slot> = state.index.range(category, from..=Epoch::LAST).collect();
        let mut sealed = Vec::new();
        for slot in slots.iter().filter(|slot| slot.head.version > 0) {
            let mut readings = match self.epoch_readings(slot).await {
                // It does not open now, and will not then. It must not keep everything else under the old keys.
                Err(VaultError::Damaged { .. }) => {
                    tracing::warn!("a damaged epoch is left as it is");
                    continue;
                }
                readings => readings?,
            };
            readings.sort_by_key(|r| (r.at, r.arrived));
            let under = branch.under(slot.head.epoch).ok_or(VaultError::Shredded)?;
            sealed.push(self.seal_readings(state, slot, &under, &readings, slot.head.closed)?);
        }
        let first = pyramid::days(from).min();
        let of = |(c, day): (Category, u32)| (c == category).then_some(day);
        let days = pyramid::summed(&state.index).into_iter().filter_map(of);
        let days = days.filter(|day| first.is_none_or(|first| first <= *day)).collect();
        Ok(Next { branch, sealed, days })
    }
}
