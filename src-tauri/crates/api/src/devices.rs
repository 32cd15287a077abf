//! Devices: what is known, what is in range, and one task per added device that stores what it sends.

mod adapter;
mod aside;
mod beside;
mod claim;
mod command;
mod doubt;
mod drive;
mod ecg;
mod fetching;
pub(crate) mod inbox;
mod kept;
mod memory;
mod origin;
mod pair;
mod person;
pub(crate) mod told;
mod wheel;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use salus_devices::gatt::user_data::ConsentCode;
use salus_devices::{Central, Description, Found, PeripheralKey};
use salus_vault::Vault;
use salus_wire::view::{
    AdapterState, AdapterView, DeviceState, DeviceView, EcgView, PairingView, PersonView,
};
use salus_wire::{DeviceId, Failure, UnixMillis};
use tokio::sync::{Notify, mpsc, oneshot, watch};

use crate::App;
use crate::failure::OrFail;
use aside::Aside;
use kept::Kept;
use memory::Memory;
use pair::{Cancel, Order};

/// The devices of a record; they go on sending while it is locked ([`inbox`]).
pub(crate) struct Devices {
    /// True once they are let go.
    ending: watch::Sender<bool>,
    book: Mutex<Book>,
    central: tokio::sync::Mutex<Option<Central>>,
    /// The adapter refused somebody: how it is doing is told at once.
    doubted: Arc<Notify>,
    /// Counts adapters that were taken out: sessions that began before belong to none.
    renewals: watch::Sender<u64>,
    unclaimed: tokio::sync::Mutex<claim::Unclaimed>,
}

struct Book {
    adapter: AdapterView,
    /// Every device ever added, by the identifier that pages use.
    known: BTreeMap<DeviceId, Known>,
    /// In range at the last scan and not added.
    found: BTreeMap<DeviceId, Found>,
}

struct Known {
    kept: Kept,
    state: DeviceState,
    battery: Option<u8>,
    battery_low: bool,
    clock_behind: Option<i64>,
    /// It has a clock that can be set from here.
    clock_settable: bool,
    /// The clock was to be set, and is wrong all the same.
    clock_refused: bool,
    /// Where pairing stands, while it runs and after it failed.
    pairing: Option<PairingView>,
    /// Who the person is to it, when it keeps several people apart.
    person: Option<PersonView>,
    /// An electrocardiogram that the person wanted since it was connected, or that the link before took with it.
    ecg: Option<EcgView>,
    /// Where fetching its memory stands.
    memory: Memory,
    /// A person whom it is to add, until it has answered; not kept, so that nobody is added twice.
    adds: Option<ConsentCode>,
    /// To the device's task.
    orders: Option<mpsc::Sender<Order>>,
    /// Ends the pairing that runs; a new one for each.
    cancel: Cancel,
    /// It was seen to claim another device's identity; its session knows, and what it says since is final.
    shares: bool,
    /// What was set aside before and outside of the running session.
    aside_before: Aside,
    /// Ends the device's task when dropped.
    stop: Option<oneshot::Sender<()>>,
}

impl Known {
    fn new(kept: Kept) -> Self {
        let aside_before = kept.set_aside.clone();
        let person = person::view(&kept);
        Self {
            person,
            adds: None,
            ecg: None,
            memory: Memory::default(),
            kept,
            state: DeviceState::Waiting,
            battery: None,
            battery_low: false,
            clock_behind: None,
            clock_settable: false,
            clock_refused: false,
            pairing: None,
            orders: None,
            cancel: Cancel::default(),
            shares: false,
            aside_before,
            stop: None,
        }
    }

    fn view(&self) -> DeviceView {
        let k = &self.kept;
        DeviceView {
            id: k.id,
            name: k.name.clone(),
            model: k.model.clone(),
            measures: k.measures.clone(),
            state: self.state,
            battery: self.battery,
            last_reading: k.last_reading,
            heard: k.heard,
            stored: k.stored,
            quarantined: k.set_aside.total(),
            set_aside: k.set_aside.views(),
            claimed_twice: k.doubt.is_claimed_twice(),
            services_changed: k.doubt.has_changed(),
            link_encrypted: k.link_encrypted,
            pairing: self.pairing.clone(),
            battery_low: self.battery_low,
            clock_behind: self.clock_behind,
            sets_clock: k.sets_clock,
            wheel: k.counts_wheel.then(|| wheel::view(k.wheel_mm)),
            clock_settable: self.clock_settable,
            clock_refused: self.clock_refused,
            overheard: k.overheard,
            person: self.person.clone(),
            ecg: self.ecg,
            memory: self.memory.view(),
        }
    }
}

impl Book {
    /// Identities of the devices that are added, but this one's.
    fn identities_but(&self, id: DeviceId) -> Vec<DeviceId> {
        let others = self.known.values().filter(|k| k.kept.id != id && k.kept.added);
        others.filter_map(|k| k.kept.identity).collect()
    }

    /// Takes an identity for a device, unless another one has it and this one has an address that would tell it apart.
    fn admits(&mut self, id: DeviceId, said: &Description) -> bool {
        let identity = Some(said.id);
        let taken = self.identities_but(id).contains(&said.id);
        let Some(known) = self.known.get_mut(&id) else { return true };
        // A session that knew of the other one has decided already.
        if known.kept.identity != identity && taken && !known.shares {
            known.shares = true;
            return false;
        }
        if let Some(claimed) = said.claims.filter(|c| known.kept.identity != Some(*c)) {
            known.kept.doubt.claims(claimed);
        }
        known.kept.identity = identity;
        true
    }
}

impl Devices {
    /// The devices that the record knows.
    pub(crate) async fn load(vault: &Vault) -> Result<Self, Failure> {
        let mut known = BTreeMap::new();
        for mut kept in kept::load(vault).await? {
            kept.last_reading = last_reading(vault, &kept).await;
            known.insert(kept.id, Known::new(kept));
        }
        let adapter = AdapterView { state: AdapterState::Unknown, restarted: None };
        let book = Mutex::new(Book { adapter, known, found: BTreeMap::new() });
        let unclaimed = tokio::sync::Mutex::new(claim::Unclaimed::load(vault).await?);
        let central = tokio::sync::Mutex::new(None);
        let (ending, _) = watch::channel(false);
        let (doubted, renewals) = (Arc::default(), watch::Sender::default());
        Ok(Self { ending, book, central, doubted, renewals, unclaimed })
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends every link.
    pub(crate) fn end(&self) {
        self.ending.send_replace(true);
    }

    /// A device's name, also after it was removed; empty when the record does not know it.
    pub(crate) fn name_of(&self, id: DeviceId) -> String {
        let book = self.book();
        let mut kept = book.known.values().map(|k| &k.kept);
        kept.find(|k| k.identity == Some(id) || k.id == id).map(|k| k.name.clone()).unwrap_or_default()
    }

    /// Added devices, then those in range, each in order of their names.
    pub(crate) fn views(&self) -> Vec<DeviceView> {
        let book = self.book();
        let mut added: Vec<_> = book.known.values().filter(|k| k.kept.added).map(Known::view).collect();
        added.sort_by(|a, b| a.name.cmp(&b.name));
        let mut found: Vec<_> = book.found.values().map(found_view).collect();
        found.sort_by(|a, b| a.name.cmp(&b.name));
        added.append(&mut found);
        added
    }

    /// The adapter; asked for again after it failed.
    async fn central(&self) -> Result<Central, Failure> {
        let mut central = self.central.lock().await;
        if let Some(central) = &*central {
            return Ok(central.clone());
        }
        let opened = Central::open().await.or_fail()?;
        *central = Some(opened.clone());
        Ok(opened)
    }

    async fn forget_central(&self) {
        *self.central.lock().await = None;
    }

    fn added_keys(&self) -> Vec<PeripheralKey> {
        self.book().known.values().filter(|k| k.kept.added).filter_map(|k| k.kept.key.parse().ok()).collect()
    }
}

/// When the device's newest live reading was taken: as kept, or newer in the record, because the count is written now and
/// then and readings at once.
async fn last_reading(vault: &Vault, kept: &Kept) -> Option<UnixMillis> {
    let mut last = kept.last_reading;
    for category in &kept.measures {
        // A damaged epoch is told where it is read; the devices stay usable.
        let newest = vault.latest(*category).await.ok().flatten();
        let own = newest.filter(|r| Some(r.device) == kept.identity);
        last = last.max(own.map(|r| r.at));
    }
    last
}

fn found_view(found: &Found) -> DeviceView {
    DeviceView {
        measures: found.measures.clone(),
        overheard: found.overheard,
        ..DeviceView::found(found.id, found.name.clone())
    }
}

/// Starts a task for every added device, and one that watches the adapter.
pub(crate) async fn start(app: &App) {
    let Ok(open) = app.open().await else { return };
    let devices = open.devices.clone();
    drop(open);
    adapter::start(app, &devices).await;
    let added: Vec<_> = devices.book().known.values().filter(|k| k.kept.added).map(|k| k.kept.id).collect();
    for id in added {
        drive::start(app, &devices, id).await;
    }
}
