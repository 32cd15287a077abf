//! Whose is this reading? A device with several users sends a user index, and the person says once which one they are.
//! Until then its readings wait, sealed, outside the record: nobody else's reading slips in, and none is lost.

use std::collections::BTreeMap;

use salus_insight::Origin;
use salus_vault::Vault;
use salus_wire::view::UnclaimedView;
use salus_wire::{Category, DeviceId, ErrorCode, Failure, Reading};

use serde::{Deserialize, Serialize};

use super::Devices;
use super::kept::{Gain, Kept};
use crate::failure::{OrFail, bug};
use crate::lock::Open;

const NAMESPACE: &str = crate::namespace::UNCLAIMED;
/// Most readings that wait in all: a family's scale for years.
const MOST: usize = 10_000;

/// A device and its user.
pub(super) type User = (DeviceId, Option<u8>);

/// What a person said about one user of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claim {
    pub(super) user: Option<u8>,
    pub(super) mine: bool,
}

/// Where a reading belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Mine,
    SomebodyElses,
    Unknown,
}

/// Decides by what was said before. A device that never names a user has one: the person who added it.
pub(super) fn whose(claims: &[Claim], several: bool, user: Option<u8>) -> Whose {
    match claims.iter().find(|c| c.user == user) {
        Some(Claim { mine: true, .. }) => Whose::Mine,
        Some(Claim { mine: false, .. }) => Whose::SomebodyElses,
        None if user.is_none() && !several => Whose::Mine,
        None => Whose::Unknown,
    }
}

/// Readings that wait, by user and by their sealed names.
#[derive(Debug, Default)]
pub(super) struct Unclaimed(BTreeMap<User, BTreeMap<Vec<u8>, Reading>>);

impl Unclaimed {
    pub(super) async fn load(vault: &Vault) -> Result<Self, Failure> {
        let mut held = Self::default();
        for (name, value) in vault.cabinet().readable(NAMESPACE).await.or_fail()? {
            let reading: Reading =
                serde_json::from_slice(&value).map_err(|_| Failure::from(ErrorCode::Damaged))?;
            held.put(name, reading);
        }
        Ok(held)
    }

    fn put(&mut self, name: Vec<u8>, reading: Reading) {
        self.0.entry((reading.device, reading.user)).or_default().insert(name, reading);
    }

    /// Holds a reading durably; a copy of one that waits is one. False when there is no room.
    pub(super) async fn hold(&mut self, vault: &Vault, reading: &Reading) -> Result<bool, Failure> {
        let name = name(reading)?;
        if self.0.get(&(reading.device, reading.user)).is_some_and(|held| held.contains_key(&name)) {
            return Ok(true);
        }
        if self.0.values().map(BTreeMap::len).sum::<usize>() >= MOST {
            return Ok(false);
        }
        let value = serde_json::to_vec(reading).map_err(|_| bug("a reading has no JSON form"))?;
        vault.cabinet().put(NAMESPACE, &name, &value).await.or_fail()?;
        self.put(name, reading.clone());
        Ok(true)
    }

    /// One in which there is no room, of readings that are on no disk.
    #[cfg(test)]
    pub(super) fn full(reading: &Reading) -> Self {
        let mut held = Self::default();
        (0..MOST).for_each(|n| held.put(n.to_be_bytes().to_vec(), reading.clone()));
        held
    }

    /// Ends a user's wait: into the record, or out. Interrupted and done again, nothing is stored twice. Says what
    /// the record gained.
    pub(super) async fn release(&mut self, vault: &Vault, user: User, mine: bool) -> Result<Gain, Failure> {
        let Some(waiting) = self.0.get(&user) else { return Ok(Gain::default()) };
        let mut gained = Gain::default();
        if mine {
            let readings: Vec<Reading> = waiting.values().cloned().collect();
            let (_, new) = vault.record_each(&readings).await.or_fail()?;
            gained = Gain::of(&readings, &new);
        }
        for name in waiting.keys() {
            vault.cabinet().remove(NAMESPACE, name).await.or_fail()?;
        }
        self.0.remove(&user);
        Ok(gained)
    }

    /// What waits, device by device.
    pub(super) fn views(&self, origin: impl Fn(&Reading) -> Origin) -> Vec<UnclaimedView> {
        let view = |((device, user), waiting): (&User, &BTreeMap<Vec<u8>, Reading>)| {
            let newest = waiting.values().max_by_key(|r| r.at)?;
            let first = waiting.values().map(|r| r.at).min()?;
            let mut categories: Vec<Category> = waiting.values().map(|r| r.category).collect();
            categories.sort_unstable();
            categories.dedup();
            Some(UnclaimedView {
                device: *device,
                name: origin(newest).name,
                user: *user,
                categories,
                waiting: u32::try_from(waiting.len()).unwrap_or(u32::MAX),
                first,
                newest: salus_insight::record::row(newest, &origin),
            })
        };
        self.0.iter().filter_map(view).collect()
    }
}

impl Devices {
    /// What waits, device by device and user by user.
    pub(crate) async fn unclaimed(&self) -> Vec<UnclaimedView> {
        self.unclaimed.lock().await.views(|reading| self.origin_of(reading))
    }

    /// Every reading that waits, in order of time.
    pub(crate) async fn waiting(&self) -> Vec<Reading> {
        let held = self.unclaimed.lock().await;
        let mut waiting: Vec<Reading> = held.0.values().flat_map(BTreeMap::values).cloned().collect();
        waiting.sort_by_key(|r| (r.at, r.arrived));
        waiting
    }
}

/// Takes in whose a device's user is, for what waits and for what will come. `device` is its identity, or how it was
/// first seen.
pub(super) async fn say(open: &Open, device: DeviceId, claim: Claim) -> Result<(), Failure> {
    let kept = note(&open.devices, device, claim)?;
    kept.save(&open.vault).await?;
    let mut held = open.devices.unclaimed.lock().await;
    let gain = held.release(&open.vault, (device, claim.user), claim.mine).await?;
    drop(held);
    let gained = (gain.new > 0).then(|| {
        open.devices.book().known.get_mut(&kept.id).map(|known| {
            known.kept.gained(gain);
            known.kept.clone()
        })
    });
    match gained.flatten() {
        Some(kept) => kept.save(&open.vault).await,
        None => Ok(()),
    }
}

/// Puts a claim into the book.
pub(super) fn note(devices: &Devices, device: DeviceId, claim: Claim) -> Result<Kept, Failure> {
    let mut book = devices.book();
    let mut known = book.known.values_mut();
    let known = known.find(|k| k.kept.identity == Some(device) || k.kept.id == device);
    let kept = &mut known.ok_or(ErrorCode::UnknownDevice)?.kept;
    kept.claims.retain(|c| c.user != claim.user);
    kept.claims.push(claim);
    Ok(kept.clone())
}

/// What copies of one reading have in common, as the record sees it; of one with neither a time nor a number of its device's:
/// device, user, category, the instant, values.
fn name(reading: &Reading) -> Result<Vec<u8>, Failure> {
    if let Some(lasting) = salus_vault::copy::lasting(reading) {
        return Ok(salus_chain::ids::sha256(&[&lasting]).to_vec());
    }
    let instant = reading.device_time.map_or_else(|| Err(reading.at), Ok);
    let common = (reading.device, reading.user, reading.category, instant, &reading.components);
    let text = serde_json::to_vec(&common).map_err(|_| bug("a reading has no JSON form"))?;
    Ok(salus_chain::ids::sha256(&[&text]).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_asked_for_once_and_a_device_without_users_never() {
        assert_eq!(whose(&[], false, None), Whose::Mine);
        assert_eq!(whose(&[], true, None), Whose::Unknown);
        assert_eq!(whose(&[], false, Some(1)), Whose::Unknown);
        let claims = [Claim { user: Some(1), mine: true }, Claim { user: Some(2), mine: false }];
        assert_eq!(whose(&claims, true, Some(1)), Whose::Mine);
        assert_eq!(whose(&claims, true, Some(2)), Whose::SomebodyElses);
        assert_eq!(whose(&claims, true, Some(3)), Whose::Unknown);
        assert_eq!(whose(&claims, true, None), Whose::Unknown);
    }
}
