//! What is kept of imports, sealed in the cabinet.
//!
//! ```text
//! kept = JSON of `Facts`, under the number of its readings; from before the first reading is stored
//! ```

use std::collections::BTreeSet;

use salus_vault::{Epoch, Vault};
use salus_wire::view::{ImportFormat, ImportGroupView, ImportState, ImportView};
use salus_wire::{Category, DeviceId, ErrorCode, Failure, UnixMillis};
use serde::{Deserialize, Serialize};

use super::Pending;
use crate::failure::{OrFail, bug};

const NAMESPACE: &str = crate::namespace::IMPORTS;
/// Imports that are remembered after they were taken out.
const MOST_UNDONE: usize = 50;

/// One import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    pub(super) id: DeviceId,
    format: ImportFormat,
    at: UnixMillis,
    pub(super) state: ImportState,
    /// Stored, or taken out.
    pub(super) readings: u32,
    groups: Vec<ImportGroupView>,
    /// Where its readings lie: category and epoch. Nothing once it is undone.
    epochs: Vec<(Category, u32)>,
}

impl Facts {
    /// Of what is about to be stored.
    pub(super) fn of(pending: &Pending, now: UnixMillis) -> Self {
        Self {
            id: pending.id,
            format: pending.format,
            at: now,
            state: ImportState::Unfinished,
            readings: 0,
            groups: pending.groups(),
            epochs: pending.epochs(),
        }
    }

    /// Where its readings lie.
    pub(super) fn places(&self) -> Vec<(Category, Epoch)> {
        self.epochs.iter().filter_map(|(category, epoch)| Some((*category, Epoch::new(*epoch)?))).collect()
    }

    /// All of it was taken out.
    pub(super) fn undone(&mut self) {
        self.state = ImportState::Undone;
        self.epochs.clear();
    }

    pub(super) fn view(&self) -> ImportView {
        ImportView {
            id: self.id,
            format: self.format,
            at: self.at,
            state: self.state,
            readings: self.readings,
            groups: self.groups.clone(),
        }
    }

    pub(super) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        let octets = serde_json::to_vec(self).map_err(|_| bug("an import has no JSON form"))?;
        vault.cabinet().put(NAMESPACE, self.id.as_bytes(), &octets).await.or_fail()
    }
}

/// All imports, the newest first. One that does not open any more is left out: its readings stay.
pub(super) async fn all(vault: &Vault) -> Result<Vec<Facts>, Failure> {
    let found = vault.cabinet().readable(NAMESPACE).await.or_fail()?;
    let mut all: Vec<Facts> =
        found.iter().filter_map(|(_, octets)| serde_json::from_slice(octets).ok()).collect();
    all.sort_by_key(|facts| core::cmp::Reverse((facts.at, facts.id)));
    Ok(all)
}

/// The numbers of those that were taken out, or are being: their readings are not taken in again from another laptop.
pub(crate) async fn taken_out(vault: &Vault) -> Result<BTreeSet<DeviceId>, Failure> {
    let gone = |facts: &Facts| matches!(facts.state, ImportState::Undone | ImportState::HalfUndone);
    Ok(all(vault).await?.iter().filter(|facts| gone(facts)).map(|facts| facts.id).collect())
}

/// Takes over what another record of the same person knows of its imports: they are named here, and can be taken out here.
pub(crate) async fn take_over(from: &Vault, to: &Vault) -> Result<(), Failure> {
    for (id, facts) in from.cabinet().readable(NAMESPACE).await.or_fail()? {
        if to.cabinet().get(NAMESPACE, &id).await.or_fail()?.is_none() {
            to.cabinet().put(NAMESPACE, &id, &facts).await.or_fail()?;
        }
    }
    Ok(())
}

/// One import.
pub(super) async fn one(vault: &Vault, id: &DeviceId) -> Result<Facts, Failure> {
    let octets =
        vault.cabinet().get(NAMESPACE, id.as_bytes()).await.or_fail()?.ok_or(ErrorCode::NothingYet)?;
    serde_json::from_slice(&octets).map_err(|_| ErrorCode::Damaged.into())
}

/// Forgets the oldest of those that were taken out, above a limit.
pub(super) async fn tidy(vault: &Vault) -> Result<(), Failure> {
    let all = all(vault).await?;
    let undone = all.iter().filter(|facts| facts.state == ImportState::Undone);
    for facts in undone.skip(MOST_UNDONE) {
        vault.cabinet().remove(NAMESPACE, facts.id.as_bytes()).await.or_fail()?;
    }
    Ok(())
}
