//! What is true in the simulation, apart from how it is exported.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{oneshot, watch};

use super::peripheral::{Advert, Characteristic, Peripheral};

/// The one adapter's path.
pub(super) const ADAPTER: &str = "/org/bluez/hci0";

#[derive(Debug)]
pub(super) struct World {
    powered: AtomicBool,
    reticent: AtomicBool,
    /// Discovery belongs to the client that started it.
    discovering: Mutex<HashSet<String>>,
    discoveries: AtomicU32,
    switched_off: AtomicU32,
    agents: Mutex<Agents>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) spec: Peripheral,
    pub(super) path: String,
    /// True while it does not answer whoever connects.
    pub(super) slow: watch::Sender<bool>,
    state: Mutex<State>,
}

/// Who answers for the person: the connection and its object, and those that asked to be the default, newest last.
#[derive(Debug, Default)]
pub(super) struct Agents {
    pub(super) registered: Vec<(String, String)>,
    pub(super) defaults: Vec<String>,
}

impl Agents {
    /// The agent of a client, else the default.
    pub(super) fn of(&self, client: Option<&str>) -> Option<(String, String)> {
        let find = |owner: &str| self.registered.iter().find(|(o, _)| o == owner).cloned();
        client.and_then(find).or_else(|| find(self.defaults.last()?))
    }
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) connected: bool,
    pub(super) resolved: bool,
    pub(super) exported: bool,
    pub(super) refuse: u32,
    pub(super) removals: u32,
    pub(super) sent: u64,
    pub(super) links: u32,
    pub(super) notifying: HashSet<u16>,
    /// Characteristics that this firmware does not have.
    pub(super) hidden: HashSet<u16>,
    pub(super) advert: Option<Advert>,
    /// Packets until the link goes by itself.
    pub(super) cut_after: Option<u32>,
    /// The computer knows the bond.
    pub(super) bonded_here: bool,
    /// The peripheral knows it.
    pub(super) bonded_there: bool,
    pub(super) trusted: bool,
    /// Ends the pairing that runs.
    pub(super) pairing: Option<oneshot::Sender<Stop>>,
    /// Where the digits go that are typed on the peripheral.
    pub(super) typing: Option<oneshot::Sender<u32>>,
    /// What it says before anybody has finished asking, oldest first.
    pub(super) at_once: VecDeque<Said>,
}

/// Why a pairing is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Whoever wanted it wants it no more.
    Cancelled,
    /// The daemon has waited long enough.
    TimedOut,
}

/// What a peripheral says without waiting until it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) when: AtOnce,
    pub(super) uuid: u16,
    pub(super) octets: Vec<u8>,
    /// The link goes with it.
    pub(super) leaves: bool,
}

/// When a peripheral says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtOnce {
    /// While the link is made, before the answer to whoever connects: a bonded device remembers the subscription.
    Connecting,
    /// While it is subscribed to, before the answer to whoever subscribes.
    Subscribing,
}

impl World {
    pub(super) fn new(peripherals: Vec<Peripheral>) -> Self {
        let entries = peripherals
            .into_iter()
            .map(|spec| {
                let path = format!("{ADAPTER}/dev_{}", spec.address_text().replace(':', "_"));
                let state = State {
                    bonded_here: spec.paired,
                    bonded_there: spec.paired,
                    trusted: spec.paired,
                    advert: spec.advert.clone(),
                    ..State::default()
                };
                Entry { spec, path, slow: watch::Sender::new(false), state: Mutex::new(state) }
            })
            .collect();
        Self {
            powered: AtomicBool::new(true),
            reticent: AtomicBool::new(false),
            discovering: Mutex::default(),
            discoveries: AtomicU32::new(0),
            switched_off: AtomicU32::new(0),
            agents: Mutex::default(),
            entries,
        }
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

    /// False when it was so. Discovery ends with the power.
    pub(super) fn set_powered(&self, on: bool) -> bool {
        if self.powered.swap(on, Ordering::SeqCst) == on {
            return false;
        }
        if !on {
            self.switched_off.fetch_add(1, Ordering::SeqCst);
            self.discovering.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
        true
    }

    /// True when the daemon does not say why a link ended.
    pub(super) fn is_reticent(&self) -> bool {
        self.reticent.load(Ordering::SeqCst)
    }

    pub(super) fn keep_reasons_back(&self) {
        self.reticent.store(true, Ordering::SeqCst);
    }

    pub(super) fn switched_off(&self) -> u32 {
        self.switched_off.load(Ordering::SeqCst)
    }

    pub(super) fn discoveries(&self) -> u32 {
        self.discoveries.load(Ordering::SeqCst)
    }

    pub(super) fn agents(&self) -> MutexGuard<'_, Agents> {
        self.agents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn is_discovering(&self) -> bool {
        !self.discovering.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// False when this client's discovery was already so.
    pub(super) fn set_discovering(&self, client: &str, on: bool) -> bool {
        let mut clients = self.discovering.lock().unwrap_or_else(PoisonError::into_inner);
        if !on {
            return clients.remove(client);
        }
        let new = clients.insert(client.to_owned());
        self.discoveries.fetch_add(u32::from(new), Ordering::SeqCst);
        new
    }
}

impl Entry {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns once the peripheral answers.
    pub(super) async fn answers(&self) {
        // An error means that the simulation ends.
        let _ = self.slow.subscribe().wait_for(|slow| !slow).await;
    }

    /// True when the link is, or would be, encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        let state = self.state();
        state.bonded_here && state.bonded_there
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
        self.path_of(uuid)
    }

    /// What it says now; of what ends the link, one at a time.
    pub(super) fn at_once(&self, when: AtOnce, uuid: Option<u16>) -> Vec<Said> {
        let mut state = self.state();
        let mut said: Vec<Said> = Vec::new();
        while !said.last().is_some_and(|s| s.leaves)
            && let Some(at) =
                state.at_once.iter().position(|s| s.when == when && uuid.is_none_or(|u| u == s.uuid))
        {
            said.extend(state.at_once.remove(at));
            state.sent += 1;
        }
        said
    }

    /// Where a characteristic is.
    pub(super) fn path_of(&self, uuid: u16) -> Option<String> {
        self.spec.characteristics.iter().position(|c| c.uuid == uuid).map(|at| self.characteristic_path(at))
    }

    /// Counts one packet that follows a write; true when the link goes with it.
    pub(super) fn cuts(&self) -> bool {
        let mut state = self.state();
        state.cut_after = state.cut_after.map(|n| n.saturating_sub(1));
        let cuts = state.cut_after == Some(0);
        if cuts {
            state.cut_after = None;
        }
        cuts
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
