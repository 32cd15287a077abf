//! What a peripheral is and offers.

mod activity;
mod body;
mod overheard;
pub mod recorder;
mod sugar;

use core::fmt;
use std::sync::Arc;

use super::clock::OwnClock;

/// The clock a peripheral keeps: Unix milliseconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Packets that a peripheral sends by itself: characteristic and octets, drawn one by one while the link is up.
pub type Packets = Box<dyn Iterator<Item = (u16, Vec<u8>)> + Send>;

type React = dyn Fn(&[u8]) -> Option<Packets> + Send + Sync;

/// What a peripheral does with octets that are written to it; `None` refuses the write.
#[derive(Clone)]
pub struct Written(Arc<React>);

impl Written {
    /// Does this.
    pub fn new(react: impl Fn(&[u8]) -> Option<Packets> + Send + Sync + 'static) -> Self {
        Self(Arc::new(react))
    }

    /// The packets that follow a write.
    #[must_use]
    pub fn react(&self, octets: &[u8]) -> Option<Packets> {
        (self.0)(octets)
    }
}

/// One packet.
#[must_use]
pub fn once(characteristic: u16, octets: Vec<u8>) -> Packets {
    Box::new(core::iter::once((characteristic, octets)))
}

impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Written")
    }
}

/// What a peripheral says without a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advert {
    /// Data of a service.
    Service(u16, Vec<u8>),
    /// Data of a maker.
    Maker(u16, Vec<u8>),
}

/// What a characteristic answers to a read.
#[derive(Clone)]
pub enum Content {
    /// Always the same.
    Fixed(Vec<u8>),
    /// Asked anew each time.
    Live(Arc<dyn Fn() -> Vec<u8> + Send + Sync>),
    /// The read fails.
    Refused,
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Content::Fixed(_) => "Fixed",
            Content::Live(_) => "Live",
            Content::Refused => "Refused",
        })
    }
}

/// How a peripheral pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairMethod {
    /// Without digits.
    Plain,
    /// It shows these digits, to be entered on the computer.
    Shows(u32),
    /// Both show these digits, to be compared.
    Compares(u32),
    /// The computer shows these digits, to be typed on the peripheral.
    Types(u32),
    /// Without digits, and whoever pairs is asked.
    Asks,
    /// It refuses.
    Refuses,
}

/// One characteristic.
#[derive(Debug, Clone)]
pub struct Characteristic {
    /// Service it belongs to.
    pub service: u16,
    /// Assigned number.
    pub uuid: u16,
    /// BlueZ's names of its properties.
    pub flags: Vec<&'static str>,
    /// What a read gives.
    pub content: Content,
    /// Reads and subscriptions need an encrypted link.
    pub protected: bool,
    /// What a write does; `None` for a characteristic that is not written.
    pub written: Option<Written>,
}

/// One peripheral.
#[derive(Debug, Clone)]
pub struct Peripheral {
    /// As it names itself.
    pub name: String,
    /// Most significant octet first.
    pub address: [u8; 6],
    /// Random instead of public.
    pub random: bool,
    /// Paired and bonded.
    pub paired: bool,
    /// How it pairs.
    pub method: PairMethod,
    /// Services that it announces beside those of its characteristics.
    pub announces: Vec<u16>,
    /// What it says without a link, at first.
    pub advert: Option<Advert>,
    /// Its characteristics; those of one service stand together.
    pub characteristics: Vec<Characteristic>,
}

impl Peripheral {
    /// A chest strap: 2A37, battery, device information with system id. `unit` tells several apart.
    #[must_use]
    pub fn heart_rate_strap(unit: u8) -> Self {
        Self::new("Simulated Strap", unit, 0x01)
            .with(0x180D, 0x2A37, &["notify"], Content::Fixed(Vec::new()))
            .with(0x180D, 0x2A38, &["read"], Content::Fixed(vec![1]))
            .with_battery(87)
            .with_information("HRS-1", unit)
    }

    /// An upper-arm cuff: 2A35 by indication, battery, device information, current time by `clock`.
    #[must_use]
    pub fn blood_pressure_cuff(unit: u8, clock: Clock) -> Self {
        Self::new("Simulated Cuff", unit, 0x02)
            .with(0x1810, 0x2A35, &["indicate"], Content::Fixed(Vec::new()))
            .with(0x1810, 0x2A49, &["read"], Content::Fixed(vec![0x3F, 0]))
            .with(0x1805, 0x2A2B, &["read"], Content::Live(OwnClock::right(clock).reads()))
            .with_battery(64)
            .with_information("BPM-2", unit)
    }

    /// An older cuff: 2A35 by indication, and the bare date and time 2A08 of a clock that nobody can set from afar.
    #[must_use]
    pub fn dated_cuff(unit: u8, clock: &Arc<OwnClock>) -> Self {
        Self::new("Simulated Dated Cuff", unit, 0x12)
            .with(0x1810, 0x2A35, &["indicate"], Content::Fixed(Vec::new()))
            .with(0x1810, 0x2A08, &["read"], Content::Live(clock.reads_date()))
            .with_battery(39)
            .with_information("BPM-18", unit)
    }

    /// A peripheral that offers nothing yet, with a static random address.
    #[must_use]
    pub fn new(name: &str, unit: u8, kind: u8) -> Self {
        let address = [0xC0, 0x5A, 0x1C, 0x00, kind, unit];
        Self {
            name: name.to_owned(),
            address,
            random: true,
            paired: false,
            method: PairMethod::Plain,
            announces: Vec::new(),
            advert: None,
            characteristics: Vec::new(),
        }
    }

    /// One more characteristic.
    #[must_use]
    pub fn with(mut self, service: u16, uuid: u16, flags: &[&'static str], content: Content) -> Self {
        self.characteristics.push(Characteristic {
            service,
            uuid,
            flags: flags.to_vec(),
            content,
            protected: false,
            written: None,
        });
        self
    }

    /// One more characteristic that is written, and answers by indications.
    #[must_use]
    pub fn with_control(mut self, service: u16, uuid: u16, written: Written) -> Self {
        self = self.with(service, uuid, &["write", "indicate"], Content::Refused);
        self.characteristics
            .iter_mut()
            .filter(|c| c.uuid == uuid)
            .for_each(|c| c.written = Some(written.clone()));
        self
    }

    /// A clock of its own that may be wrong, and may be set.
    #[must_use]
    pub fn with_clock(mut self, clock: &Arc<OwnClock>) -> Self {
        self = self.without(0x2A2B).with(0x1805, 0x2A2B, &["read", "write"], Content::Live(clock.reads()));
        let written = clock.written();
        self.characteristics
            .iter_mut()
            .filter(|c| c.uuid == 0x2A2B)
            .for_each(|c| c.written = Some(written.clone()));
        self
    }

    /// With another unit's system id.
    #[must_use]
    pub fn claiming(mut self, system_id: [u8; 8]) -> Self {
        let claim = Content::Fixed(system_id.to_vec());
        self.characteristics.iter_mut().filter(|c| c.uuid == 0x2A23).for_each(|c| c.content = claim.clone());
        self
    }

    /// At a private address that it will not keep, the `n`th.
    #[must_use]
    pub const fn at_private_address(mut self, n: u8) -> Self {
        self.address = [0x40 | (n & 0x3F), 0x11, 0x22, 0x33, 0x44, 0x55];
        self
    }

    /// Without a characteristic.
    #[must_use]
    pub fn without(mut self, uuid: u16) -> Self {
        self.characteristics.retain(|c| c.uuid != uuid);
        self
    }

    /// Battery level.
    #[must_use]
    pub fn with_battery(self, percent: u8) -> Self {
        self.with(0x180F, 0x2A19, &["read", "notify"], Content::Fixed(vec![percent]))
    }

    /// Device information: maker, model, serial, firmware, system id.
    #[must_use]
    pub fn with_information(self, model: &str, unit: u8) -> Self {
        let text = |t: &str| Content::Fixed(t.as_bytes().to_vec());
        let system_id = self.system_id(unit).to_vec();
        self.with(0x180A, 0x2A29, &["read"], text("Salus Simulation"))
            .with(0x180A, 0x2A24, &["read"], text(model))
            .with(0x180A, 0x2A25, &["read"], text(&format!("{model}-{unit:04}")))
            .with(0x180A, 0x2A26, &["read"], text("1.0"))
            .with(0x180A, 0x2A23, &["read"], Content::Fixed(system_id))
    }

    /// Known by the label on its case alone: UDI 2BFF with a serial number, neither system id nor serial beside it.
    #[must_use]
    pub fn labelled(self, label: &str) -> Self {
        // Bit 0: a label follows, terminated.
        let udi = [&[0x01][..], label.as_bytes(), &[0]].concat();
        self.without(0x2A23).without(0x2A25).with(0x180A, 0x2BFF, &["read"], Content::Fixed(udi))
    }

    /// The system id of a unit of this kind.
    #[must_use]
    pub const fn system_id(&self, unit: u8) -> [u8; 8] {
        let [.., kind, _] = self.address;
        [unit, kind, 0xFE, 0xFF, 0x00, 0x1C, 0x5A, 0xC0]
    }

    /// Paired and bonded: known before discovery, and its link counts as encrypted.
    #[must_use]
    pub fn paired(mut self) -> Self {
        self.paired = true;
        self
    }

    /// How it pairs.
    #[must_use]
    pub fn pairing_by(mut self, method: PairMethod) -> Self {
        self.method = method;
        self
    }

    /// A characteristic that needs an encrypted link.
    #[must_use]
    pub fn protecting(mut self, uuid: u16) -> Self {
        self.characteristics.iter_mut().filter(|c| c.uuid == uuid).for_each(|c| c.protected = true);
        self
    }

    /// `C0:5A:...`, as BlueZ prints it.
    #[must_use]
    pub fn address_text(&self) -> String {
        self.address.map(|octet| format!("{octet:02X}")).join(":")
    }
}
