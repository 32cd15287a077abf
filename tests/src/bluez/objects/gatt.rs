//! Services, characteristics and descriptors.

use std::collections::HashMap;
use std::sync::Arc;

use zbus::Connection;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{ObjectPath, OwnedValue};

use super::super::peripheral::{Characteristic, Content, Packets};
use super::super::world::{AtOnce, Entry, World};
use super::{Refusal, link_changed, value_changed};

/// An assigned number in full. 5C80 to 5C82, which are assigned to nobody, stand for Polar's own.
pub(super) fn uuid(short: u16) -> String {
    if (0x5C80..=0x5C82).contains(&short) {
        return format!("fb00{short:04x}-02e7-f387-1cad-8acd2d8df0c8");
    }
    format!("0000{short:04x}-0000-1000-8000-00805f9b34fb")
}

pub(super) struct GattService {
    uuid: u16,
    device: String,
}

impl GattService {
    pub(super) fn new(uuid: u16, device: &str) -> Self {
        Self { uuid, device: device.to_owned() }
    }
}

#[zbus::interface(name = "org.bluez.GattService1")]
impl GattService {
    #[zbus(property, name = "UUID")]
    fn uuid(&self) -> String {
        uuid(self.uuid)
    }

    #[zbus(property)]
    fn primary(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn device(&self) -> ObjectPath<'_> {
        ObjectPath::from_str_unchecked(&self.device)
    }
}

pub(super) struct GattCharacteristic {
    world: Arc<World>,
    device: usize,
    at: usize,
}

impl GattCharacteristic {
    pub(super) fn new(world: &Arc<World>, device: usize, at: usize) -> Self {
        Self { world: Arc::clone(world), device, at }
    }

    fn entry(&self) -> &Entry {
        self.world.at(self.device)
    }

    fn spec(&self) -> &Characteristic {
        self.entry().characteristic(self.at)
    }

    /// BlueZ's words for Insufficient Authentication and Encryption.
    fn protect(&self) -> Result<(), Refusal> {
        if self.spec().protected && !self.entry().is_encrypted() {
            return Err(Refusal::NotPermitted("Not paired".into()));
        }
        Ok(())
    }
}

/// Sends packets one after the other; what is left when the link goes is not sent.
async fn follow(connection: Connection, world: Arc<World>, device: usize, packets: Packets) {
    let entry = world.at(device);
    let links = entry.state().links;
    for (uuid, bytes) in packets {
        if entry.state().links != links {
            return;
        }
        let Some(path) = entry.sending(uuid) else { return };
        let Ok(emitter) = SignalEmitter::new(&connection, path) else { return };
        if value_changed(&emitter, &bytes).await.is_err() {
            return;
        }
        if entry.cuts() {
            entry.unlink();
            if let Ok(emitter) = SignalEmitter::new(&connection, entry.path.clone()) {
                link_changed(&emitter, false).await.ok();
            }
            return;
        }
    }
}

#[zbus::interface(name = "org.bluez.GattCharacteristic1")]
impl GattCharacteristic {
    async fn read_value(
        &self,
        _options: HashMap<String, OwnedValue>,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> Result<Vec<u8>, Refusal> {
        if !self.entry().state().connected {
            return Err(Refusal::Failed("Not connected".into()));
        }
        self.protect()?;
        let value = match &self.spec().content {
            Content::Fixed(value) => value.clone(),
            Content::Live(value) => value(),
            Content::Refused => return Err(Refusal::NotPermitted("Read not permitted".into())),
        };
        // As BlueZ does: whoever listens to changed values hears the answers to reads.
        value_changed(&emitter, &value).await?;
        Ok(value)
    }

    fn write_value(
        &self,
        value: Vec<u8>,
        _options: HashMap<String, OwnedValue>,
        #[zbus(connection)] connection: &Connection,
    ) -> Result<(), Refusal> {
        if !self.entry().state().connected {
            return Err(Refusal::Failed("Not connected".into()));
        }
        self.protect()?;
        let Some(written) = &self.spec().written else {
            return Err(Refusal::NotPermitted("Write not permitted".into()));
        };
        let packets = written.react(&value);
        let packets =
            packets.ok_or_else(|| Refusal::Failed("Operation failed with ATT error: 0x80".into()))?;
        // A write is answered before what it causes is sent.
        tokio::spawn(follow(connection.clone(), Arc::clone(&self.world), self.device, packets));
        Ok(())
    }

    async fn start_notify(&self, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) -> Result<(), Refusal> {
        if !self.spec().flags.iter().any(|f| matches!(*f, "notify" | "indicate")) {
            return Err(Refusal::NotPermitted("Notify not permitted".into()));
        }
        self.protect()?;
        let uuid = self.spec().uuid;
        {
            let mut state = self.entry().state();
            if !state.connected {
                return Err(Refusal::Failed("Not connected".into()));
            }
            state.notifying.insert(uuid);
        }
        for said in self.entry().at_once(AtOnce::Subscribing, Some(uuid)) {
            value_changed(&emitter, &said.octets).await?;
            if said.leaves {
                self.entry().unlink();
                let device = SignalEmitter::new(emitter.connection(), self.entry().path.clone())?;
                link_changed(&device, false).await?;
            }
        }
        Ok(())
    }

    fn stop_notify(&self) -> Result<(), Refusal> {
        if self.entry().state().notifying.remove(&self.spec().uuid) {
            Ok(())
        } else {
            Err(Refusal::Failed("No notify session started".into()))
        }
    }

    #[zbus(property, name = "UUID")]
    fn uuid(&self) -> String {
        uuid(self.spec().uuid)
    }

    #[zbus(property)]
    fn service(&self) -> ObjectPath<'static> {
        ObjectPath::from_string_unchecked(self.entry().service_path(self.spec().service))
    }

    #[zbus(property)]
    fn flags(&self) -> Vec<&'static str> {
        self.spec().flags.clone()
    }

    #[zbus(property)]
    fn notifying(&self) -> bool {
        self.entry().state().notifying.contains(&self.spec().uuid)
    }

    #[zbus(property, name = "MTU")]
    fn mtu(&self) -> u16 {
        247
    }
}

/// The client characteristic configuration; BlueZ writes it itself.
pub(super) struct GattDescriptor {
    characteristic: String,
}

impl GattDescriptor {
    pub(super) fn new(characteristic: &str) -> Self {
        Self { characteristic: characteristic.to_owned() }
    }
}

#[zbus::interface(name = "org.bluez.GattDescriptor1")]
impl GattDescriptor {
    fn read_value(&self, _options: HashMap<String, OwnedValue>) -> Vec<u8> {
        vec![0, 0]
    }

    #[zbus(property, name = "UUID")]
    fn uuid(&self) -> String {
        uuid(0x2902)
    }

    #[zbus(property)]
    fn characteristic(&self) -> ObjectPath<'_> {
        ObjectPath::from_str_unchecked(&self.characteristic)
    }
}
