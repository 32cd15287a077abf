//! One record on several computers: the series' keys of one are taken into the fresh record of another.
//!
//! The other record has a master key, a log and a writer of its own; only what opens and seals the epochs is the same. Both keep
//! every reading of either in their own journal and segments, and know copies as ever ([`crate::copy`]).

use salus_wire::Category;
use zeroize::Zeroizing;

use super::branch::{self, SERIES};
use super::cabinet::{self, Owner};
use super::{Vault, database};
use crate::row::DAMAGED;
use crate::{Epoch, VaultError};

impl Vault {
    /// The keys of every series, as [`Vault::adopt`] of another computer's record takes them: the stored form, octet for octet.
    /// The caller keeps them secret.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Damaged`].
    pub async fn series_keys(&self) -> Result<Vec<(Category, Zeroizing<Vec<u8>>)>, VaultError> {
        let _state = self.ready().await?;
        let mut all = Vec::with_capacity(Category::ALL.len());
        for category in Category::ALL {
            let name = [category.code()];
            let stored = cabinet::fetch(&self.pool, &self.keys, Owner::Vault, SERIES, &name).await?;
            all.push((*category, stored.ok_or(DAMAGED)?));
        }
        Ok(all)
    }

    /// Takes another computer's series into this record, in the place of its own, which were never used. A category that is not
    /// among them keeps its own. All or nothing; the same again changes nothing.
    ///
    /// `about` are values of the cabinet, as (namespace, name, value), that become durable with it: what this computer is from
    /// then on.
    ///
    /// # Errors
    /// [`VaultError::HoldsReadings`] when readings are here that the new keys would not open; [`VaultError::OutOfBounds`] for
    /// octets that are no series; [`VaultError::OlderCopy`], [`VaultError::DiskFull`], [`VaultError::Storage`].
    pub async fn adopt(
        &self,
        given: &[(Category, Zeroizing<Vec<u8>>)],
        about: &[(&str, Vec<u8>, Vec<u8>)],
    ) -> Result<(), VaultError> {
        let mut state = self.ready_to_store().await?;
        let state = &mut *state;
        for (category, keys) in given {
            if !branch::is_series(*category, keys) {
                return Err(VaultError::OutOfBounds);
            }
            let name = [category.code()];
            let own = cabinet::fetch(&self.pool, &self.keys, Owner::Vault, SERIES, &name).await?;
            let everything = Epoch::at(0).unwrap_or(Epoch::LAST)..=Epoch::LAST;
            let used = state.index.range(*category, everything).next().is_some();
            if used && own.as_deref() != Some(&**keys) {
                return Err(VaultError::HoldsReadings);
            }
        }
        let log = state.log.next();
        state.index.begin();
        let mut db = database::begin(&self.pool).await?;
        for (category, keys) in given {
            let name = [category.code()];
            cabinet::store(&mut *db, &self.keys, Owner::Vault, SERIES, &name, keys, &mut *state.rng).await?;
        }
        for (namespace, name, value) in about {
            let owner = Owner::Application;
            cabinet::store(&mut *db, &self.keys, owner, namespace, name, value, &mut *state.rng).await?;
        }
        log.write(&mut db, &self.keys, &mut *state.rng).await?;
        database::commit(db).await?;
        self.landed(state, [], log);
        // From what is stored now: the list of deleted ranges is made from the keys.
        self.replace(branch::load(&self.pool, &self.keys, &mut *state.rng).await?);
        Ok(())
    }
}
