//! What is true in the simulation, apart from how it is exported.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::peripheral::{Characteristic, Peripheral};

/// The one adapter's path.
pub(super) const ADAPTER: &str = "/org/bluez/hci0";

#[derive(Debug)]
pub(super) struct World {
    powered: AtomicBool,
    /// Discovery belongs to the client that started it.
    discovering: Mutex<HashSet<String>>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) spec: Peripheral,
    pub(super) path: String,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) connected: bool,
    pub(super) resolved: bool,
    pub(super) exported: bool,
    pub(super) refuse: u32,
    pub(super) removals: u32,
    pub(super) sent: u64,
    pub(super) notifying: HashSet<u16>,
}

impl World {
    pub(super) fn new(peripherals: Vec<Peripheral>) -> Self {
        let entries = peripherals
            .into_iter()
            .map(|spec| {
                let path = format!("{ADAPTER}/dev_{}", spec.address_text().replace(':', "_"));
                Entry { spec, path, state: Mutex::default() }
            })
            .collect();
        Self { powered: AtomicBool::new(true), discovering: Mutex::default(), entries }
    }

    pub(super) const fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn at(&self, at: usize) -> &Entry {
        &self.entries[at]
    }

    pub(super) fn by_path(&self, path: &str) -> Option<usize> {
        self.entries.iter().position(|e| e.path == path)
    }

    pub(super) fn is_powered(&self) -> bool {
        self.powered.load(Ordering::SeqCst)
    }

    pub(super) fn set_powered(&self, on: bool) {
        self.powered.store(on, Ordering::SeqCst);
    }

    pub(super) fn is_discovering(&self) -> bool {
        !self.discovering.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// False when this client's discovery was already so.
    pub(super) fn set_discovering(&self, client: &str, on: bool) -> bool {
        let mut clients = self.discovering.lock().unwrap_or_else(PoisonError::into_inner);
        if on { clients.insert(client.to_owned()) } else { clients.remove(client) }
    }
}

impl Entry {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn unlink(&self) {
        let mut state = self.state();
        state.connected = false;
        state.resolved = false;
        state.notifying.clear();
    }

    /// Counts one more packet and says where it goes; `None` when nobody listens.
    pub(super) fn sending(&self, uuid: u16) -> Option<String> {
        let mut state = self.state();
        if !state.connected || !state.notifying.contains(&uuid) {
            return None;
        }
        state.sent += 1;
        self.spec.characteristics.iter().position(|c| c.uuid == uuid).map(|at| self.characteristic_path(at))
    }

    pub(super) fn service_path(&self, service: u16) -> String {
        format!("{}/service{service:04x}", self.path)
    }

    pub(super) fn characteristic_path(&self, at: usize) -> String {
        format!("{}/char{at:04x}", self.service_path(self.characteristic(at).service))
    }

    pub(super) fn characteristic(&self, at: usize) -> &Characteristic {
        &self.spec.characteristics[at]
    }
}
