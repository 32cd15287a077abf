//! Who types the passkey: `org.bluez.Agent1` on a connection of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result};
use zbus::Connection;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue};

const BLUEZ: &str = "org.bluez";
const DEVICE: &str = "org.bluez.Device1";
const PATH: &str = "/org/salus/agent";

/// The registered agent.
pub(crate) struct Agent {
    bus: Connection,
    typed: Arc<AtomicU32>,
    asked: Arc<AtomicU32>,
}

/// The exported object.
struct Keyboard {
    typed: Arc<AtomicU32>,
    asked: Arc<AtomicU32>,
}

#[zbus::interface(name = "org.bluez.Agent1")]
impl Keyboard {
    fn request_passkey(&self, _device: OwnedObjectPath) -> u32 {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.typed.load(Ordering::SeqCst)
    }

    fn cancel(&self) {}

    fn release(&self) {}
}

impl Agent {
    /// An agent that has a keyboard only.
    pub(crate) async fn register() -> Result<Self> {
        let bus = Connection::system().await?;
        let (typed, asked) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        let keyboard = Keyboard { typed: Arc::clone(&typed), asked: Arc::clone(&asked) };
        bus.object_server().at(PATH, keyboard).await?;
        let iface = Some("org.bluez.AgentManager1");
        let path = ObjectPath::try_from(PATH)?;
        bus.call_method(Some(BLUEZ), "/org/bluez", iface, "RegisterAgent", &(&path, "KeyboardOnly")).await?;
        bus.call_method(Some(BLUEZ), "/org/bluez", iface, "RequestDefaultAgent", &(&path,)).await?;
        Ok(Self { bus, typed, asked })
    }

    /// What it answers from now on.
    pub(crate) fn will_type(&self, passkey: u32) {
        self.typed.store(passkey, Ordering::SeqCst);
    }

    /// How often it was asked.
    pub(crate) fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }

    /// Pairs with a device, named as in its key, and trusts it; else the name of BlueZ's error.
    pub(crate) async fn pair(&self, key: &str) -> Result<(), String> {
        let path = format!("/org/bluez/{key}");
        self.bus.call_method(Some(BLUEZ), path.as_str(), Some(DEVICE), "Pair", &()).await.map_err(refused)?;
        let properties = Some("org.freedesktop.DBus.Properties");
        let trusted = (DEVICE, "Trusted", zbus::zvariant::Value::from(true));
        let set = self.bus.call_method(Some(BLUEZ), path.as_str(), properties, "Set", &trusted).await;
        set.map(drop).map_err(refused)
    }

    /// Removes a device from BlueZ.
    pub(crate) async fn forget(&self, key: &str) -> Result<()> {
        let path = ObjectPath::try_from(format!("/org/bluez/{key}"))?;
        let (adapter, _) = path.as_str().rsplit_once('/').context("a device is below its adapter")?;
        let iface = Some("org.bluez.Adapter1");
        self.bus.call_method(Some(BLUEZ), adapter, iface, "RemoveDevice", &(&path,)).await?;
        Ok(())
    }

    /// Whether BlueZ holds a bond with it.
    pub(crate) async fn paired(&self, key: &str) -> Result<bool> {
        let path = format!("/org/bluez/{key}");
        let properties = Some("org.freedesktop.DBus.Properties");
        let asked = self.bus.call_method(Some(BLUEZ), path.as_str(), properties, "Get", &(DEVICE, "Paired"));
        Ok(asked.await?.body().deserialize::<OwnedValue>()?.try_into()?)
    }
}

fn refused(error: zbus::Error) -> String {
    match error {
        zbus::Error::MethodError(name, ..) => name.to_string(),
        other => other.to_string(),
    }
}
