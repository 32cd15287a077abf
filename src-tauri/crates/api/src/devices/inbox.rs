//! Readings while the record is locked: devices that the person added go on sending, and what they send goes to the vault's
//! sealed inbox; after unlocking it goes to the record.
//!
//! What has to be known meanwhile stays in this process's memory and nowhere else in the clear: which devices there are, how
//! to reach them, and whose their users are. After a restart nothing is known before the first unlocking, and nothing is
//! received. Nothing is added, paired or claimed while it is locked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use salus_vault::{Inbox, Vault, VaultError};
use salus_wire::event::Event;
use salus_wire::view::SetAside;
use salus_wire::{DeviceId, Failure, Reading};

use super::Devices;
use super::kept::{self, Gain};
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, background};

/// Readings that belong to the record.
pub(super) const MINE: u8 = 1;
/// Readings of a user whom nobody claimed yet.
pub(super) const UNCLAIMED: u8 = 2;
/// How soon taking in is tried again, when the disk is full.
const AGAIN: Duration = Duration::from_secs(3);
/// Readings that one write to the disk stores.
const TOGETHER: usize = 4096;

/// What goes on while the record is locked.
pub(crate) struct Receiving {
    devices: Arc<Devices>,
    inbox: Arc<Mutex<Inbox>>,
}

impl Receiving {
    /// Makes the inbox of a record that is about to be locked; `None` when there is nothing to receive from, or no inbox.
    pub(crate) async fn begin(open: &Open) -> Option<Self> {
        // From an older copy, which nothing is written into, nothing is received either.
        if !open.started.load(std::sync::atomic::Ordering::Relaxed) {
            return None;
        }
        let devices = open.devices.clone();
        if !devices.book().known.values().any(|k| k.kept.added) {
            return None;
        }
        match open.vault.inbox(crate::app::rng()).await {
            Ok(inbox) => Some(Self { devices, inbox: Arc::new(Mutex::new(inbox)) }),
            Err(error) => {
                tracing::warn!(code = %error.code(), "no readings are received while the record is locked");
                None
            }
        }
    }

    /// Forgets what the devices know that has to do with the open record.
    pub(crate) async fn rest(&self) {
        self.devices.rest().await;
    }

    /// The devices, for the record that is open again; the session's keys are gone.
    pub(crate) fn end(self) -> Arc<Devices> {
        self.devices
    }
}

/// Puts readings into the inbox; gives them back when there is none, or when it does not take them.
pub(super) async fn append(app: &App, kind: u8, readings: Vec<Reading>) -> Result<(), Vec<Reading>> {
    let Some(inbox) = app.receiving().as_ref().map(|r| r.inbox.clone()) else { return Err(readings) };
    let written = tokio::task::spawn_blocking(move || {
        let taken = inbox.lock().unwrap_or_else(PoisonError::into_inner).append(kind, &readings);
        (taken, readings)
    });
    match written.await {
        Ok((Ok(()), _)) => Ok(()),
        // No record would take it: kept, it would hold up everything behind it.
        Ok((Err(VaultError::OutOfBounds), readings)) if readings.len() == 1 => {
            tracing::warn!("a reading that no record takes was left out");
            Ok(())
        }
        Ok((Err(error), readings)) => {
            tracing::warn!(code = %error.code(), "readings wait for the inbox");
            Err(readings)
        }
        Err(_) => {
            tracing::error!("the inbox's thread ended");
            Ok(())
        }
    }
}

/// Starts taking in what came while the record was locked; it ends when that is done, or when the record is closed.
pub(crate) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    while let Err(failure) = take_in(&app).await {
        tracing::warn!(code = %failure.code, "what came while the record was locked waits");
        tokio::time::sleep(AGAIN).await;
    }
}

/// Takes everything in. Interrupted anywhere it is done again, and keeps each reading once.
async fn take_in(app: &App) -> Result<(), Failure> {
    let open = app.open().await?;
    let arrived = open.vault.arrived().await.or_fail()?;
    if arrived.is_nothing() {
        return Ok(());
    }
    let mut refused = arrived.refused;
    let mut without_room = BTreeMap::new();
    let mut mine: BTreeMap<DeviceId, Vec<&Reading>> = BTreeMap::new();
    for (kind, readings) in &arrived.batches {
        match *kind {
            MINE => {
                for reading in readings {
                    mine.entry(reading.device).or_default().push(reading);
                }
            }
            UNCLAIMED => hold(&open.devices, &open.vault, readings, &mut without_room).await?,
            _ => refused = refused.saturating_add(1),
        }
    }
    for (device, readings) in mine {
        refused = refused.saturating_add(store(&open, device, &readings).await?);
    }
    refused = refused.saturating_add(count(&open.devices, &open.vault, without_room).await?);
    open.vault.clear_inbox().await.or_fail()?;
    if refused > 0 {
        tracing::warn!(refused, "entries of the inbox were not sealed by this application, or were altered");
        open.refused.fetch_add(refused, std::sync::atomic::Ordering::Relaxed);
    }
    tracing::info!(
        batches = arrived.batches.len(),
        "readings that came while the record was locked are in it"
    );
    app.tell(Event::ReadingsChanged);
    app.tell(Event::DevicesChanged);
    Ok(())
}

/// Holds readings of somebody whom nobody claimed yet; notes, by device, those for which there is no room.
async fn hold(
    devices: &Devices,
    vault: &Vault,
    readings: &[Reading],
    without_room: &mut BTreeMap<DeviceId, u32>,
) -> Result<(), Failure> {
    let mut held = devices.unclaimed.lock().await;
    for reading in readings {
        if !held.hold(vault, reading).await? {
            let left_out = without_room.entry(reading.device).or_default();
            *left_out = left_out.saturating_add(1);
        }
    }
    Ok(())
}

/// Counts them beside their devices, durably; gives the number of those whose device the record does not know.
async fn count(
    devices: &Devices,
    vault: &Vault,
    without_room: BTreeMap<DeviceId, u32>,
) -> Result<u32, Failure> {
    let mut unknown: u32 = 0;
    for (device, left_out) in without_room {
        match devices.set_aside(device, SetAside::NoRoom, left_out) {
            Some(kept) => kept.save(vault).await?,
            None => unknown = unknown.saturating_add(left_out),
        }
    }
    Ok(unknown)
}

/// Stores one device's readings, thousands in one go: a day of a strap is tens of thousands of entries, and a person who
/// unlocks for a few minutes has to see them all. Gives the number of those that no record takes.
async fn store(open: &Open, device: DeviceId, readings: &[&Reading]) -> Result<u32, Failure> {
    let (mut gain, mut refused) = (Gain::default(), 0);
    for together in readings.chunks(TOGETHER) {
        let together: Vec<Reading> = together.iter().map(|r| (*r).clone()).collect();
        match open.vault.record_each(&together).await {
            Ok((_, new)) => gain = gain.and(Gain::of(&together, &new)),
            // One of them: the others are kept.
            Err(VaultError::OutOfBounds) => {
                for one in &together {
                    let one = core::slice::from_ref(one);
                    match open.vault.record_each(one).await {
                        Ok((_, new)) => gain = gain.and(Gain::of(one, &new)),
                        Err(VaultError::OutOfBounds) => refused += 1,
                        Err(error) => return Err(error).or_fail(),
                    }
                }
            }
            Err(error) => return Err(error).or_fail(),
        }
    }
    gained(open, device, gain).await?;
    Ok(refused)
}

/// Counts what the record gained from a device.
async fn gained(open: &Open, device: DeviceId, gain: Gain) -> Result<(), Failure> {
    let kept = {
        let mut book = open.devices.book();
        let known = book.known.values_mut().find(|k| k.kept.identity == Some(device));
        known.map(|known| {
            known.kept.gained(gain);
            known.kept.clone()
        })
    };
    match kept {
        Some(kept) => kept.save(&open.vault).await,
        None => Ok(()),
    }
}

impl Devices {
    /// The record closes: what was read from it is forgotten, and whatever asks the person ends.
    async fn rest(&self) {
        {
            let mut book = self.book();
            book.found.clear();
            book.known.values().filter(|k| k.pairing.is_some()).for_each(|k| k.cancel.wish());
        }
        *self.unclaimed.lock().await = super::claim::Unclaimed::default();
    }

    /// The same record is open again: what was read from it is read, and what the devices said meanwhile is written.
    pub(crate) async fn wake(&self, vault: &Vault) -> Result<(), Failure> {
        *self.unclaimed.lock().await = super::claim::Unclaimed::load(vault).await?;
        let stored = kept::load(vault).await?;
        let now: Vec<_> = self.book().known.values().map(|k| k.kept.clone()).collect();
        for kept in now.iter().filter(|k| !stored.contains(k)) {
            // Counts: written when the disk has room again.
            if let Err(failure) = kept.save(vault).await {
                tracing::warn!(code = %failure.code, "a device's counts were not written");
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
