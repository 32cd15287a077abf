//! What BlueZ tells and btleplug does not pass on: why there is no adapter, whether a device is paired, how to pair
//! and how to remove one, why a link ended, and the adapter's power.

#[path = "agent_bluez.rs"]
mod agent;
#[path = "pair_bluez.rs"]
mod pair;
#[path = "signs_bluez.rs"]
mod signs;

use bluez_async::BluetoothError;
use zbus::Connection;
use zbus::zvariant::{ObjectPath, OwnedValue, Value};

use super::{AdapterError, PeripheralKey};
use agent::Desk;
pub(super) use signs::{Farewells, refused};

const BLUEZ: &str = "org.bluez";
const ADAPTER: &str = "org.bluez.Adapter1";
const DEVICE: &str = "org.bluez.Device1";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// The system bus, and the agent's desk.
#[derive(Debug, Clone)]
pub(super) struct Daemon {
    bus: Connection,
    desk: Desk,
    /// The object path of the adapter in use.
    adapter: Option<ObjectPath<'static>>,
}

impl Daemon {
    /// Asks the daemon once, to tell "not there" from "not allowed".
    pub(super) async fn open() -> Result<Self, AdapterError> {
        let bus = Connection::system().await.map_err(|e| why(&e))?;
        let iface = Some("org.freedesktop.DBus.ObjectManager");
        bus.call_method(Some(BLUEZ), "/", iface, "GetManagedObjects", &()).await.map_err(|e| why(&e))?;
        Ok(Self { bus, desk: Desk::default(), adapter: None })
    }

    /// For the adapter that btleplug describes so: its name first.
    pub(super) fn of(self, adapter: &str) -> Self {
        let name = adapter.split_whitespace().next().unwrap_or_default();
        Self { adapter: ObjectPath::try_from(format!("/org/bluez/{name}")).ok(), ..self }
    }

    /// Whether the adapter is on.
    pub(super) async fn powered(&self) -> Result<bool, AdapterError> {
        let adapter = self.adapter.as_ref().ok_or(AdapterError::Missing)?;
        let body = (ADAPTER, "Powered");
        let reply = self.bus.call_method(Some(BLUEZ), adapter, Some(PROPERTIES), "Get", &body).await;
        let value = reply.map_err(|e| why(&e))?.body().deserialize::<OwnedValue>().ok();
        value.and_then(|v| v.try_into().ok()).ok_or(AdapterError::Failed)
    }

    /// Switches the adapter off and on; false when it was off already, which is then left so, or did not obey.
    pub(super) async fn cycle_power(&self) -> bool {
        if self.powered().await != Ok(true) {
            return false;
        }
        let off = self.set_powered(false).await;
        // Also after a failure: it must never be left off.
        let on = self.set_powered(true).await;
        off && on
    }

    async fn set_powered(&self, on: bool) -> bool {
        let Some(adapter) = &self.adapter else { return false };
        let body = (ADAPTER, "Powered", Value::from(on));
        let done = self.bus.call_method(Some(BLUEZ), adapter, Some(PROPERTIES), "Set", &body).await;
        done.map_err(|error| tracing::debug!(%error, on, "power")).is_ok()
    }

    /// Whether the device is paired. BlueZ connects a paired low-energy device with security level medium, so its
    /// link is encrypted; an unpaired one has no key to encrypt with.
    pub(super) async fn paired(&self, key: &PeripheralKey) -> Option<bool> {
        let path = path(key)?;
        let body = (DEVICE, "Paired");
        let reply = self.bus.call_method(Some(BLUEZ), path, Some(PROPERTIES), "Get", &body).await;
        reply.ok()?.body().deserialize::<OwnedValue>().ok()?.try_into().ok()
    }

    /// Removes the device from the daemon's store. That also clears what a broken attempt left behind.
    pub(super) async fn forget(&self, key: &PeripheralKey) {
        let Some(device) = path(key) else { return };
        let Some((adapter, _)) = device.as_str().rsplit_once('/') else { return };
        let body = (&device,);
        let done = self.bus.call_method(Some(BLUEZ), adapter, Some(ADAPTER), "RemoveDevice", &body).await;
        if let Err(error) = done {
            tracing::debug!(%error, "remove device");
        }
    }
}

/// btleplug's name of a device is its object path below `/org/bluez/`.
fn path(key: &PeripheralKey) -> Option<ObjectPath<'static>> {
    ObjectPath::try_from(format!("/org/bluez/{key}")).ok()
}

fn why(error: &zbus::Error) -> AdapterError {
    tracing::debug!(%error, "system bus");
    match error {
        zbus::Error::InputOutput(io) | zbus::Error::Connection(io, _) => match io.kind() {
            std::io::ErrorKind::PermissionDenied => AdapterError::NoPermission,
            _ => AdapterError::Missing,
        },
        zbus::Error::MethodError(name, ..) => named(name.as_str()),
        zbus::Error::Handshake(_) => AdapterError::NoPermission,
        zbus::Error::Address(_) => AdapterError::Missing,
        _ => AdapterError::Failed,
    }
}

/// Why btleplug's call failed, when the bus said it.
pub(super) fn reason(error: &btleplug::Error) -> Option<AdapterError> {
    let btleplug::Error::Other(inner) = error else { return None };
    let Some(BluetoothError::DbusError(error)) = inner.downcast_ref::<BluetoothError>() else { return None };
    error.name().map(named)
}

/// What an error of the bus means for the adapter.
///
/// # Source
/// dbus-daemon answers `AccessDenied` for BlueZ when its policy forbids a message, before BlueZ sees it; `devices::permission`
/// asks a real one.
fn named(name: &str) -> AdapterError {
    match name {
        "org.freedesktop.DBus.Error.AccessDenied" => AdapterError::NoPermission,
        "org.freedesktop.DBus.Error.ServiceUnknown"
        | "org.freedesktop.DBus.Error.NameHasNoOwner"
        | "org.freedesktop.DBus.Error.UnknownObject"
        | "org.freedesktop.DBus.Error.UnknownMethod"
        | "org.freedesktop.DBus.Error.UnknownInterface" => AdapterError::Missing,
        _ => AdapterError::Failed,
    }
}
