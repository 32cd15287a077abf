//! A simulated `org.bluez` on a private bus: real D-Bus, real btleplug, no radio.
//!
//! ```text
//! Bus            a dbus-daemon of our own; DBUS_SYSTEM_BUS_ADDRESS of the process under test points at it
//! SimulatedBluez the objects that BlueZ would export, and the hand that moves them
//! Peripheral     what a peripheral offers: builders for a device of every profile
//! packet         a profile's packets from the values that they carry
//! wave           plausible values from a seed
//! Household      the people a device keeps apart, and what it holds for each
//! Memory         what a device has stored, and how it hands it out
//! day            a person's six wearables, for the demonstration
//! OwnClock       a device's clock: right, wrong, or deaf to being set
//! ```
//!
//! What is exported is what a central needs and BlueZ has: ObjectManager on `/`, Introspectable and Properties
//! everywhere, AgentManager1, Adapter1, Device1, GattService1, GattCharacteristic1, GattDescriptor1; no AcquireNotify. As in BlueZ, a
//! read comes out as a changed value too, devices appear when discovery starts, and subscriptions end with the link.

pub mod bus;
pub mod clock;
pub mod day;
pub mod driver;
pub mod household;
pub mod memory;
mod objects;
pub mod packet;
pub mod peripheral;
pub mod wave;
mod world;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use zbus::Connection;
use zbus::object_server::SignalEmitter;

pub use bus::Bus;
pub use clock::OwnClock;
pub use household::Household;
pub use memory::Memory;
pub use peripheral::{Advert, Characteristic, Content, PairMethod, Peripheral, Written};

use objects::{Adapter, AgentManager};
pub use world::AtOnce;
use world::{Said, Stop, World};

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
            .serve_at("/org/bluez", AgentManager::new(&world))?
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

    /// How many peripherals there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a simulation without peripherals is of no use")]
    pub fn len(&self) -> usize {
        self.world.len()
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

    /// The next link, or the next subscription to this characteristic, begins with this packet.
    pub fn say_at_once(&self, peripheral: usize, when: AtOnce, characteristic: u16, bytes: &[u8]) {
        let said = Said { when, uuid: characteristic, octets: bytes.to_vec(), leaves: false };
        self.world.at(peripheral).state().at_once.push_back(said);
    }

    /// The next subscription to this characteristic gives this packet and ends the link, as with a device that goes to sleep
    /// after each measurement. Several are given one a link.
    pub fn say_and_leave(&self, peripheral: usize, characteristic: u16, bytes: &[u8]) {
        let octets = bytes.to_vec();
        let said = Said { when: AtOnce::Subscribing, uuid: characteristic, octets, leaves: true };
        self.world.at(peripheral).state().at_once.push_back(said);
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

    /// Lets attempts to connect or to pair hang, until it is told otherwise.
    pub fn keep_waiting(&self, peripheral: usize, on: bool) {
        self.world.at(peripheral).slow.send_replace(on);
    }

    /// Gives everybody the permission to use Bluetooth, or takes it.
    ///
    /// # Errors
    /// As [`bus::permit`].
    pub async fn set_allowed(&self, on: bool) -> Result<()> {
        bus::permit(&self.address, on).await
    }

    /// Switches the radio.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn set_powered(&self, on: bool) -> Result<()> {
        Ok(objects::power(&self.connection, &self.world, on).await?)
    }

    /// Takes the adapter out, or puts it in again.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn set_plugged(&self, on: bool) -> Result<()> {
        let server = self.connection.object_server();
        if on {
            server.at(world::ADAPTER, Adapter::new(&self.world)).await?;
            return Ok(());
        }
        objects::power(&self.connection, &self.world, false).await?;
        self.world.set_powered(true);
        for at in 0..self.world.len() {
            // One that was never found has nothing to take away.
            let _ = objects::vanish(server, &self.world, at).await;
        }
        server.remove::<Adapter, _>(world::ADAPTER).await?;
        Ok(())
    }

    /// The peripheral forgets its bond, as after a reset or a change of its owner.
    pub fn forget_there(&self, peripheral: usize) {
        self.world.at(peripheral).state().bonded_there = false;
    }

    /// From now on the daemon does not say why a link ended, like every BlueZ before 5.80.
    pub fn keep_reasons_back(&self) {
        self.world.keep_reasons_back();
    }

    /// The computer forgets its bond, as when somebody removes it in the system settings, and finds it anew.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn forget_here(&self, peripheral: usize) -> Result<()> {
        let entry = self.world.at(peripheral);
        entry.state().bonded_here = false;
        objects::bond_changed(&SignalEmitter::new(&self.connection, entry.path.clone())?, false).await?;
        self.drop_link(peripheral).await
    }

    /// Types digits on a peripheral; false when it does not ask for any.
    #[must_use]
    pub fn type_passkey(&self, peripheral: usize, digits: u32) -> bool {
        let typing = self.world.at(peripheral).state().typing.take();
        typing.is_some_and(|typing| typing.send(digits).is_ok())
    }

    /// So many digits are typed on a peripheral, and it tells.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn press(&self, peripheral: usize, digits: u16) -> Result<()> {
        Ok(objects::typed(&self.connection, &self.world, self.world.at(peripheral), digits).await?)
    }

    /// The daemon has waited long enough for the pairing that runs, as BlueZ has after 30 s without progress; false when none
    /// runs.
    #[must_use]
    pub fn give_up_pairing(&self, peripheral: usize) -> bool {
        let pairing = self.world.at(peripheral).state().pairing.take();
        pairing.is_some_and(|pairing| pairing.send(Stop::TimedOut).is_ok())
    }

    /// The peripheral begins to pair by itself; the name of the refusal, or nothing when somebody agreed.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn pair_unasked(&self, peripheral: usize) -> Result<Option<String>> {
        Ok(objects::ask_default(&self.connection, &self.world, self.world.at(peripheral)).await?)
    }

    /// The peripheral is heard once; nobody learns of it unless somebody discovers.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn advertise(&self, peripheral: usize, dbm: i16) -> Result<()> {
        if self.is_discovering() {
            let path = self.world.at(peripheral).path.clone();
            objects::signal_strength(&SignalEmitter::new(&self.connection, path)?, dbm).await?;
        }
        Ok(())
    }

    /// The peripheral says something without a link; nobody hears it unless somebody discovers.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn broadcast(&self, peripheral: usize, advert: Advert) -> Result<()> {
        let entry = self.world.at(peripheral);
        entry.state().advert = Some(advert.clone());
        if self.is_discovering() {
            objects::heard(&SignalEmitter::new(&self.connection, entry.path.clone())?, &advert).await?;
        }
        Ok(())
    }

    /// Lets the link go after so many more packets that follow a write.
    pub fn cut_after(&self, peripheral: usize, packets: u32) {
        self.world.at(peripheral).state().cut_after = Some(packets);
    }

    /// Another firmware: from the next link on, these characteristics are not there.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn flash(&self, peripheral: usize, without: &[u16]) -> Result<()> {
        let entry = self.world.at(peripheral);
        objects::withdraw(self.connection.object_server(), entry).await?;
        entry.state().hidden = without.iter().copied().collect();
        Ok(())
    }

    /// How often a link was made.
    #[must_use]
    pub fn links(&self, peripheral: usize) -> u32 {
        self.world.at(peripheral).state().links
    }

    /// True while a pairing runs.
    #[must_use]
    pub fn is_pairing(&self, peripheral: usize) -> bool {
        self.world.at(peripheral).state().pairing.is_some()
    }

    /// Whether the computer has a bond, and trusts the peripheral to connect by itself.
    #[must_use]
    pub fn bond(&self, peripheral: usize) -> (bool, bool) {
        let state = self.world.at(peripheral).state();
        (state.bonded_here, state.trusted)
    }

    /// Agents that are registered, and how many of them asked to be the default.
    #[must_use]
    pub fn agents(&self) -> (usize, usize) {
        let agents = self.world.agents();
        (agents.registered.len(), agents.defaults.len())
    }

    /// How often discovery was started, and how often the adapter was switched off.
    #[must_use]
    pub fn restarts(&self) -> (u32, u32) {
        (self.world.discoveries(), self.world.switched_off())
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
