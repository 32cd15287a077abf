//! What BlueZ tells and btleplug does not pass on: why there is no adapter, whether a device is paired, and how to
//! remove one.

use zbus::Connection;
use zbus::zvariant::{ObjectPath, OwnedValue};

use super::{AdapterError, PeripheralKey};

const BLUEZ: &str = "org.bluez";

/// The system bus.
#[derive(Debug, Clone)]
pub(super) struct Daemon(Connection);

impl Daemon {
    /// Asks the daemon once, to tell "not there" from "not allowed".
    pub(super) async fn open() -> Result<Self, AdapterError> {
        let bus = Connection::system().await.map_err(|e| why(&e))?;
        let iface = Some("org.freedesktop.DBus.ObjectManager");
        bus.call_method(Some(BLUEZ), "/", iface, "GetManagedObjects", &()).await.map_err(|e| why(&e))?;
        Ok(Self(bus))
    }

    /// Whether the device is paired. BlueZ connects a paired low-energy device with security level medium, so its
    /// link is encrypted; an unpaired one has no key to encrypt with.
    pub(super) async fn paired(&self, key: &PeripheralKey) -> Option<bool> {
        let path = path(key)?;
        let iface = Some("org.freedesktop.DBus.Properties");
        let reply =
            self.0.call_method(Some(BLUEZ), path, iface, "Get", &("org.bluez.Device1", "Paired")).await;
        reply.ok()?.body().deserialize::<OwnedValue>().ok()?.try_into().ok()
    }

    /// Removes the device from the daemon's store. That also clears what a broken attempt left behind.
    pub(super) async fn forget(&self, key: &PeripheralKey) {
        let Some(device) = path(key) else { return };
        let Some((adapter, _)) = device.as_str().rsplit_once('/') else { return };
        let iface = Some("org.bluez.Adapter1");
        let done = self.0.call_method(Some(BLUEZ), adapter, iface, "RemoveDevice", &(&device,)).await;
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
        zbus::Error::MethodError(name, ..) => match name.as_str() {
            "org.freedesktop.DBus.Error.AccessDenied" => AdapterError::NoPermission,
            "org.freedesktop.DBus.Error.ServiceUnknown" | "org.freedesktop.DBus.Error.NameHasNoOwner" => {
                AdapterError::Missing
            }
            _ => AdapterError::Failed,
        },
        zbus::Error::Handshake(_) => AdapterError::NoPermission,
        zbus::Error::Address(_) => AdapterError::Missing,
        _ => AdapterError::Failed,
    }
}
