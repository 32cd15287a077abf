//! Journey: pairing with a passkey, every way that it can go; a bond lost on either side; an adapter that is off, gone
//! or deaf.

#[path = "pairing/adapter.rs"]
mod adapter;
#[path = "pairing/app.rs"]
mod app;
#[path = "pairing/bonds.rs"]
mod bonds;
#[path = "pairing/page.rs"]
mod page;
#[path = "pairing/passkey.rs"]
mod passkey;

use anyhow::{Context, Result};
use salus_devices::{
    Answer, Central, Options, PairError, PairEvent, PairOptions, Pairing, PeripheralKey, SessionEvent,
};
use salus_tests::bluez::driver::{DEADLINE, Driver, find};
use salus_tests::bluez::{PairMethod, Peripheral, SimulatedBluez};
use salus_wire::Quality;

const PASSKEY: u32 = 42_517;
const STRAP: usize = 0;

/// A strap that sends only over an encrypted link.
fn strap(method: PairMethod) -> Peripheral {
    Peripheral::heart_rate_strap(1).protecting(0x2A37).pairing_by(method)
}

struct Room {
    bluez: SimulatedBluez,
    central: Central,
    key: PeripheralKey,
}

async fn room(bus: &str, strap: Peripheral) -> Result<Room> {
    let name = strap.name.clone();
    let bluez = SimulatedBluez::attach(bus, vec![strap, Peripheral::heart_rate_strap(2)]).await?;
    let central = Central::open().await?;
    let key = find(&central, &name).await?;
    // Two straps of one name: the first is the one whose key ends in its address.
    let ending = bluez.peripheral(STRAP).address_text().replace(':', "_");
    let (head, _) = key.as_str().rsplit_once("dev_").context("a key")?;
    let key = format!("{head}dev_{ending}").parse()?;
    Ok(Room { bluez, central, key })
}

impl Room {
    async fn pair(&self, options: PairOptions) -> Result<Pairing, PairError> {
        self.central.pair(&self.key, options).await
    }

    async fn pair_now(&self) -> Result<Pairing, PairError> {
        self.pair(PairOptions::default()).await
    }

    async fn session(&self, bonded: bool) -> Result<Driver> {
        let options = Options { bonded, ..Options::default() };
        Ok(Driver::of(self.central.session(&self.key, options).await?))
    }

    /// Nothing of a pairing is left behind.
    fn is_tidy(&self) {
        assert!(!self.bluez.is_pairing(STRAP));
        assert_eq!(self.bluez.agents(), (0, 0), "the agent is registered only while pairing");
    }
}

async fn next(pairing: &mut Pairing) -> Result<PairEvent> {
    Ok(tokio::time::timeout(DEADLINE, pairing.next()).await?)
}

fn digits(number: u32) -> Answer {
    Answer::Digits(number.try_into().expect("six digits"))
}

async fn heart_rate(room: &Room, driver: &mut Driver) -> Result<()> {
    driver.packet_ready().await;
    assert!(room.bluez.send(STRAP, 0x2A37, &[0x06, 71]).await?);
    let SessionEvent::Reading(reading) = driver.packet().await else { panic!("set aside") };
    assert!(!reading.quality.has(Quality::LINK_OPEN), "paired");
    Ok(())
}
