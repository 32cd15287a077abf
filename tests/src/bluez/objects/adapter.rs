//! `org.bluez.Adapter1`: power and discovery.

use std::collections::HashMap;
use std::sync::Arc;

use zbus::message::Header;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{ObjectPath, OwnedValue};
use zbus::{Connection, ObjectServer};

use super::super::world::World;
use super::{Refusal, adapter_changed, appear, client, power, vanish};

pub(in super::super) struct Adapter {
    world: Arc<World>,
}

impl Adapter {
    pub(in super::super) fn new(world: &Arc<World>) -> Self {
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
