//! The exported objects. They hold no state of their own: every getter asks the [`World`].

mod agent;
mod gatt;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use zbus::fdo::Properties;
use zbus::message::Header;
use zbus::names::InterfaceName;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{ObjectPath, OwnedValue, Value};
use zbus::{Connection, ObjectServer};

use super::peripheral::Advert;
use super::world::{ADAPTER, Entry, World};
pub(super) use agent::{AgentManager, ask_default, typed};
use gatt::{GattCharacteristic, GattDescriptor, GattService};

/// BlueZ's errors.
#[derive(Debug, zbus::DBusError)]
#[zbus(prefix = "org.bluez.Error")]
pub(super) enum Refusal {
    #[zbus(error)]
    ZBus(zbus::Error),
    Failed(String),
    NotReady(String),
    InProgress(String),
    DoesNotExist(String),
    NotConnected(String),
    NotPermitted(String),
    InvalidArguments(String),
    AlreadyExists(String),
    AuthenticationFailed(String),
    AuthenticationRejected(String),
    AuthenticationCanceled(String),
    ConnectionAttemptFailed(String),
}

pub(super) struct Adapter {
    world: Arc<World>,
}

impl Adapter {
    pub(super) fn new(world: &Arc<World>) -> Self {
        Self { world: Arc::clone(world) }
    }
}

#[zbus::interface(name = "org.bluez.Adapter1")]
impl Adapter {
    fn set_discovery_filter(&self, _filter: HashMap<String, OwnedValue>) {}

    async fn start_discovery(
        &self,
        #[zbus(header)] header: Header<'_>,
        #[zbus(object_server)] server: &ObjectServer,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> Result<(), Refusal> {
        if !self.world.is_powered() {
            return Err(Refusal::NotReady("Resource Not Ready".into()));
        }
        if !self.world.set_discovering(&client(&header), true) {
            return Err(Refusal::InProgress("Operation already in progress".into()));
        }
        adapter_changed(&emitter, "Discovering", true).await?;
        for at in 0..self.world.len() {
            appear(server, &self.world, at).await?;
        }
        Ok(())
    }

    async fn stop_discovery(
        &self,
        #[zbus(header)] header: Header<'_>,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> Result<(), Refusal> {
        if !self.world.set_discovering(&client(&header), false) {
            return Err(Refusal::Failed("No discovery started".into()));
        }
        Ok(adapter_changed(&emitter, "Discovering", self.world.is_discovering()).await?)
    }

    async fn remove_device(
        &self,
        device: ObjectPath<'_>,
        #[zbus(object_server)] server: &ObjectServer,
    ) -> Result<(), Refusal> {
        let Some(at) = self.world.by_path(device.as_str()) else {
            return Err(Refusal::DoesNotExist("Does Not Exist".into()));
        };
        vanish(server, &self.world, at).await?;
        self.world.at(at).state().removals += 1;
        // A device that is still in range is found again while discovery runs.
        if self.world.is_discovering() {
            appear(server, &self.world, at).await?;
        }
        Ok(())
    }

    #[zbus(property)]
    fn address(&self) -> &'static str {
        "C0:5A:1C:00:00:00"
    }

    #[zbus(property)]
    fn address_type(&self) -> &'static str {
        "public"
    }

    #[zbus(property)]
    fn name(&self) -> &'static str {
        "simulation"
    }

    #[zbus(property)]
    fn alias(&self) -> &'static str {
        "simulation"
    }

    #[zbus(property)]
    fn modalias(&self) -> &'static str {
        "usb:v1D6Bp0246d0555"
    }

    /// As in BlueZ, setting what is set already says nothing.
    #[zbus(property(emits_changed_signal = "false"))]
    fn powered(&self) -> bool {
        self.world.is_powered()
    }

    #[zbus(property)]
    async fn set_powered(
        &self,
        on: bool,
        #[zbus(connection)] connection: &Connection,
    ) -> zbus::fdo::Result<()> {
        Ok(power(connection, &self.world, on).await?)
    }

    #[zbus(property)]
    fn discovering(&self) -> bool {
        self.world.is_discovering()
    }
}

fn client(header: &Header<'_>) -> String {
    header.sender().map(ToString::to_string).unwrap_or_default()
}

struct Device {
    world: Arc<World>,
    at: usize,
}

impl Device {
    fn entry(&self) -> &Entry {
        self.world.at(self.at)
    }

    async fn link(&self, server: &ObjectServer, emitter: &SignalEmitter<'_>) -> zbus::Result<()> {
        {
            let mut state = self.entry().state();
            state.connected = true;
            state.resolved = true;
            state.links += 1;
        }
        export_services(server, &self.world, self.at).await?;
        link_changed(emitter, true).await
    }
}

#[zbus::interface(name = "org.bluez.Device1")]
impl Device {
    async fn connect(
        &self,
        #[zbus(object_server)] server: &ObjectServer,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> Result<(), Refusal> {
        if !self.world.is_powered() {
            return Err(Refusal::NotReady("Resource Not Ready".into()));
        }
        {
            let mut state = self.entry().state();
            if state.refuse > 0 {
                state.refuse -= u32::from(state.refuse != u32::MAX);
                return Err(Refusal::Failed("le-connection-abort-by-local".into()));
            }
        }
        self.entry().answers().await;
        let (here, there) = {
            let state = self.entry().state();
            (state.bonded_here, state.bonded_there)
        };
        if here && !there {
            // The key that the computer encrypts with is missing on the other side.
            // The link is there until the encryption fails.
            link_changed(&emitter, true).await?;
            link_changed(&emitter, false).await?;
            if !self.world.is_reticent() {
                let message = "Connection terminated due to authentication failure";
                Self::disconnected(&emitter, "org.bluez.Reason.Authentication", message).await?;
            }
            return Err(Refusal::Failed("le-connection-abort-by-local".into()));
        }
        Ok(self.link(server, &emitter).await?)
    }

    async fn disconnect(&self, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) -> Result<(), Refusal> {
        if !self.entry().state().connected {
            return Err(Refusal::NotConnected("Not Connected".into()));
        }
        self.entry().unlink();
        Ok(link_changed(&emitter, false).await?)
    }

    async fn pair(
        &self,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] connection: &Connection,
        #[zbus(object_server)] server: &ObjectServer,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> Result<(), Refusal> {
        if !self.world.is_powered() {
            return Err(Refusal::Failed("Resource Not Ready".into()));
        }
        let (cancel, mut cancelled) = tokio::sync::oneshot::channel();
        {
            let mut state = self.entry().state();
            if state.pairing.is_some() {
                return Err(Refusal::InProgress("In Progress".into()));
            }
            if state.bonded_here {
                return Err(Refusal::AlreadyExists("Already Exists".into()));
            }
            if state.refuse > 0 {
                state.refuse -= u32::from(state.refuse != u32::MAX);
                return Err(Refusal::ConnectionAttemptFailed("Page Timeout".into()));
            }
            state.pairing = Some(cancel);
        }
        // BlueZ connects first and keeps the link.
        tokio::select! {
            () = self.entry().answers() => self.link(server, &emitter).await?,
            _ = &mut cancelled => {
                self.entry().state().pairing = None;
                return Err(Refusal::AuthenticationCanceled("Authentication Canceled".into()));
            }
        }
        let agent = self.world.agents().of(Some(&client(&header)));
        let done = tokio::select! {
            done = agent::authenticate(connection, self.entry(), agent.as_ref()) => done,
            _ = cancelled => {
                agent::cancel(connection, agent.as_ref()).await;
                Err(Refusal::AuthenticationCanceled("Authentication Canceled".into()))
            }
        };
        {
            let mut state = self.entry().state();
            state.pairing = None;
            state.typing = None;
            if done.is_ok() {
                state.bonded_here = true;
                state.bonded_there = true;
            }
        }
        if done.is_ok() {
            bond_changed(&emitter, true).await?;
        } else {
            self.entry().unlink();
            link_changed(&emitter, false).await?;
        }
        done
    }

    fn cancel_pairing(&self) -> Result<(), Refusal> {
        let pairing = self.entry().state().pairing.take();
        let cancel = pairing.ok_or_else(|| Refusal::DoesNotExist("Does Not Exist".into()))?;
        // An error means that it ended in this moment.
        let _ = cancel.send(());
        Ok(())
    }

    // After the methods, as BlueZ lists it: readers of the introspection want each kind in one piece.
    #[zbus(signal)]
    async fn disconnected(emitter: &SignalEmitter<'_>, name: &str, message: &str) -> zbus::Result<()>;

    #[zbus(property)]
    fn address(&self) -> String {
        self.entry().spec.address_text()
    }

    #[zbus(property)]
    fn address_type(&self) -> &'static str {
        if self.entry().spec.random { "random" } else { "public" }
    }

    #[zbus(property)]
    fn name(&self) -> String {
        self.entry().spec.name.clone()
    }

    #[zbus(property)]
    fn alias(&self) -> String {
        self.entry().spec.name.clone()
    }

    #[zbus(property, name = "UUIDs")]
    fn uuids(&self) -> Vec<String> {
        let spec = &self.entry().spec;
        let mut services: Vec<u16> = spec.characteristics.iter().map(|c| c.service).collect();
        services.extend(&spec.announces);
        services.dedup();
        services.into_iter().map(gatt::uuid).collect()
    }

    #[zbus(property, name = "RSSI")]
    fn rssi(&self) -> i16 {
        -54
    }

    #[zbus(property)]
    fn service_data(&self) -> HashMap<String, OwnedValue> {
        self.entry().state().advert.as_ref().map(service_data).unwrap_or_default()
    }

    #[zbus(property)]
    fn manufacturer_data(&self) -> HashMap<u16, OwnedValue> {
        self.entry().state().advert.as_ref().map(maker_data).unwrap_or_default()
    }

    #[zbus(property)]
    fn paired(&self) -> bool {
        self.entry().state().bonded_here
    }

    #[zbus(property)]
    fn bonded(&self) -> bool {
        self.entry().state().bonded_here
    }

    #[zbus(property)]
    fn connected(&self) -> bool {
        self.entry().state().connected
    }

    #[zbus(property)]
    fn services_resolved(&self) -> bool {
        self.entry().state().resolved
    }

    #[zbus(property)]
    fn trusted(&self) -> bool {
        self.entry().state().trusted
    }

    #[zbus(property)]
    fn set_trusted(&self, on: bool) {
        self.entry().state().trusted = on;
    }

    #[zbus(property)]
    fn blocked(&self) -> bool {
        false
    }

    #[zbus(property)]
    fn legacy_pairing(&self) -> bool {
        false
    }

    #[zbus(property)]
    fn adapter(&self) -> ObjectPath<'static> {
        ObjectPath::from_static_str_unchecked(ADAPTER)
    }
}

/// Exports the device, if it is not.
pub(super) async fn appear(server: &ObjectServer, world: &Arc<World>, at: usize) -> zbus::Result<()> {
    server.at(world.at(at).path.as_str(), Device { world: Arc::clone(world), at }).await.map(drop)
}

/// Takes the device away, with its bond on this side.
pub(super) async fn vanish(server: &ObjectServer, world: &Arc<World>, at: usize) -> zbus::Result<()> {
    let entry = world.at(at);
    entry.unlink();
    let exported = {
        let mut state = entry.state();
        state.bonded_here = false;
        state.trusted = false;
        core::mem::take(&mut state.exported)
    };
    // One that was never connected has no services.
    if exported {
        remove_services(server, entry).await;
    }
    server.remove::<Device, _>(entry.path.as_str()).await.map(drop)
}

/// Takes its services away until the next link.
pub(super) async fn withdraw(server: &ObjectServer, entry: &Entry) -> zbus::Result<()> {
    if core::mem::replace(&mut entry.state().exported, false) {
        remove_services(server, entry).await;
    }
    Ok(())
}

/// What was never exported is no error.
async fn remove_services(server: &ObjectServer, entry: &Entry) {
    for c in 0..entry.spec.characteristics.len() {
        let path = entry.characteristic_path(c);
        server.remove::<GattDescriptor, _>(format!("{path}/desc0000")).await.ok();
        server.remove::<GattCharacteristic, _>(path).await.ok();
    }
    for c in &entry.spec.characteristics {
        server.remove::<GattService, _>(entry.service_path(c.service)).await.ok();
    }
}

async fn export_services(server: &ObjectServer, world: &Arc<World>, at: usize) -> zbus::Result<()> {
    let entry = world.at(at);
    if core::mem::replace(&mut entry.state().exported, true) {
        return Ok(());
    }
    let hidden = entry.state().hidden.clone();
    for (c, characteristic) in entry.spec.characteristics.iter().enumerate() {
        if hidden.contains(&characteristic.uuid) {
            continue;
        }
        let service = GattService::new(characteristic.service, &entry.path);
        server.at(entry.service_path(characteristic.service), service).await?;
        let path = entry.characteristic_path(c);
        server.at(format!("{path}/desc0000"), GattDescriptor::new(&path)).await?;
        server.at(path, GattCharacteristic::new(world, at, c)).await?;
    }
    Ok(())
}

async fn changed(
    emitter: &SignalEmitter<'_>,
    interface: &'static str,
    properties: HashMap<&str, Value<'_>>,
) -> zbus::Result<()> {
    let interface = InterfaceName::from_static_str(interface)?;
    Properties::properties_changed(emitter, interface, properties, Cow::Borrowed(&[])).await
}

/// Switches the adapter; links and discovery end with the power.
pub(super) async fn power(connection: &Connection, world: &Arc<World>, on: bool) -> zbus::Result<()> {
    if !world.set_powered(on) {
        return Ok(());
    }
    adapter_changed(&SignalEmitter::new(connection, ADAPTER)?, "Powered", on).await?;
    for entry in (0..world.len()).map(|at| world.at(at)) {
        if !on && entry.state().connected {
            entry.unlink();
            link_changed(&SignalEmitter::new(connection, entry.path.clone())?, false).await?;
        }
    }
    Ok(())
}

pub(super) async fn bond_changed(emitter: &SignalEmitter<'_>, bonded: bool) -> zbus::Result<()> {
    let properties = HashMap::from([("Paired", bonded.into()), ("Bonded", bonded.into())]);
    changed(emitter, "org.bluez.Device1", properties).await
}

pub(super) async fn signal_strength(emitter: &SignalEmitter<'_>, dbm: i16) -> zbus::Result<()> {
    changed(emitter, "org.bluez.Device1", HashMap::from([("RSSI", dbm.into())])).await
}

fn service_data(advert: &Advert) -> HashMap<String, OwnedValue> {
    match advert {
        Advert::Service(uuid, octets) => octets_by(gatt::uuid(*uuid), octets),
        Advert::Maker(..) => HashMap::new(),
    }
}

fn maker_data(advert: &Advert) -> HashMap<u16, OwnedValue> {
    match advert {
        Advert::Maker(company, octets) => octets_by(*company, octets),
        Advert::Service(..) => HashMap::new(),
    }
}

fn octets_by<K: core::hash::Hash + Eq>(key: K, octets: &[u8]) -> HashMap<K, OwnedValue> {
    OwnedValue::try_from(Value::from(octets)).map(|value| HashMap::from([(key, value)])).unwrap_or_default()
}

/// What a peripheral said without a link.
pub(super) async fn heard(emitter: &SignalEmitter<'_>, advert: &Advert) -> zbus::Result<()> {
    let property = match advert {
        Advert::Service(..) => ("ServiceData", service_data(advert).into()),
        Advert::Maker(..) => ("ManufacturerData", maker_data(advert).into()),
    };
    changed(emitter, "org.bluez.Device1", HashMap::from([property])).await
}

pub(super) async fn adapter_changed(emitter: &SignalEmitter<'_>, name: &str, on: bool) -> zbus::Result<()> {
    changed(emitter, "org.bluez.Adapter1", HashMap::from([(name, on.into())])).await
}

pub(super) async fn link_changed(emitter: &SignalEmitter<'_>, up: bool) -> zbus::Result<()> {
    let properties = HashMap::from([("Connected", up.into()), ("ServicesResolved", up.into())]);
    changed(emitter, "org.bluez.Device1", properties).await
}

pub(super) async fn value_changed(emitter: &SignalEmitter<'_>, bytes: &[u8]) -> zbus::Result<()> {
    changed(emitter, "org.bluez.GattCharacteristic1", HashMap::from([("Value", bytes.into())])).await
}
