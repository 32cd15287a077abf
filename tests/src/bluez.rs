//! A simulated `org.bluez` on a private bus: real D-Bus, real btleplug, no radio.
//!
//! ```text
//! Bus            a dbus-daemon of our own; DBUS_SYSTEM_BUS_ADDRESS of the process under test points at it
//! SimulatedBluez the objects that BlueZ would export, and the hand that moves them
//! Peripheral     what a peripheral offers: builders for a heart-rate strap and a blood-pressure cuff
//! wave           plausible values from a seed
//! ```
//!
//! What is exported is what a central needs and BlueZ has: ObjectManager on `/`, Introspectable and Properties
//! everywhere, Adapter1, Device1, GattService1, GattCharacteristic1, GattDescriptor1; no AcquireNotify. As in BlueZ, a
//! read comes out as a changed value too, devices appear when discovery starts, and subscriptions end with the link.

pub mod bus;
pub mod driver;
mod objects;
pub mod peripheral;
pub mod wave;
mod world;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use zbus::Connection;
use zbus::object_server::SignalEmitter;

pub use bus::Bus;
pub use peripheral::{Characteristic, Content, Peripheral};

use objects::Adapter;
use world::World;

/// A running simulation. Peripherals are named by their place in the list it was started with.
#[derive(Debug)]
pub struct SimulatedBluez {
    connection: Connection,
    world: Arc<World>,
    address: String,
    /// Last, so that it outlives the connection.
    _bus: Option<Bus>,
}

impl SimulatedBluez {
    /// Starts a bus in `dir` and the simulation on it.
    ///
    /// # Errors
    /// The daemon is not installed or does not start.
    pub async fn start(dir: &Path, peripherals: Vec<Peripheral>) -> Result<Self> {
        let bus = Bus::start(dir).await?;
        let address = bus.address().to_owned();
        Ok(Self { _bus: Some(bus), ..Self::attach(&address, peripherals).await? })
    }

    /// The simulation on a bus that runs already.
    ///
    /// # Errors
    /// The bus does not answer, or has an `org.bluez`.
    pub async fn attach(address: &str, peripherals: Vec<Peripheral>) -> Result<Self> {
        let world = Arc::new(World::new(peripherals));
        let connection = zbus::connection::Builder::address(address)?
            .serve_at("/", zbus::fdo::ObjectManager)?
            .serve_at(world::ADAPTER, Adapter::new(&world))?
            .name("org.bluez")?
            .build()
            .await
            .context("serving org.bluez")?;
        // Paired devices are known before anything is discovered.
        for at in 0..world.len() {
            if world.at(at).spec.paired {
                objects::appear(connection.object_server(), &world, at).await?;
            }
        }
        Ok(Self { connection, world, address: address.to_owned(), _bus: None })
    }

    /// The bus, for `DBUS_SYSTEM_BUS_ADDRESS`.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Sends one notification or indication; false, and nothing sent, unless it is subscribed on an open link.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn send(&self, peripheral: usize, characteristic: u16, bytes: &[u8]) -> Result<bool> {
        let entry = self.world.at(peripheral);
        let Some(path) = entry.sending(characteristic) else { return Ok(false) };
        objects::value_changed(&SignalEmitter::new(&self.connection, path)?, bytes).await?;
        Ok(true)
    }

    /// Ends the link as if the peripheral had left.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn drop_link(&self, peripheral: usize) -> Result<()> {
        let entry = self.world.at(peripheral);
        entry.unlink();
        objects::link_changed(&SignalEmitter::new(&self.connection, entry.path.clone())?, false).await?;
        Ok(())
    }

    /// Lets the next `times` connection attempts fail; `u32::MAX` for all.
    pub fn refuse(&self, peripheral: usize, times: u32) {
        self.world.at(peripheral).state().refuse = times;
    }

    /// Switches the radio.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn set_powered(&self, on: bool) -> Result<()> {
        self.world.set_powered(on);
        objects::adapter_changed(&SignalEmitter::new(&self.connection, world::ADAPTER)?, "Powered", on)
            .await?;
        if !on {
            for at in 0..self.world.len() {
                if self.is_connected(at) {
                    self.drop_link(at).await?;
                }
            }
        }
        Ok(())
    }

    /// Notifications and indications sent so far while subscribed.
    #[must_use]
    pub fn sent(&self, peripheral: usize) -> u64 {
        self.world.at(peripheral).state().sent
    }

    /// True when the link is open.
    #[must_use]
    pub fn is_connected(&self, peripheral: usize) -> bool {
        self.world.at(peripheral).state().connected
    }

    /// True when the central listens to a characteristic.
    #[must_use]
    pub fn is_subscribed(&self, peripheral: usize, characteristic: u16) -> bool {
        self.world.at(peripheral).state().notifying.contains(&characteristic)
    }

    /// How often the central removed the device.
    #[must_use]
    pub fn removals(&self, peripheral: usize) -> u32 {
        self.world.at(peripheral).state().removals
    }

    /// True while anybody discovers.
    #[must_use]
    pub fn is_discovering(&self) -> bool {
        self.world.is_discovering()
    }

    /// What the simulation was started with.
    #[must_use]
    pub fn peripheral(&self, peripheral: usize) -> &Peripheral {
        &self.world.at(peripheral).spec
    }
}
