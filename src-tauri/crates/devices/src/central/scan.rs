//! Devices in range.

use core::fmt;
use core::pin::Pin;
use core::str::FromStr;
use core::task::{Context, Poll};
use std::collections::HashMap;

use btleplug::api::{Central as _, CentralEvent, Peripheral as _, PeripheralProperties};
use btleplug::platform::PeripheralId;
use futures::stream::{self, BoxStream, Stream, StreamExt};
use salus_wire::{Category, DeviceId};

use super::conversation::short;
use super::listen::Hold;
use super::session::measures;
use super::{Central, uuids};
use crate::advert;
use crate::gatt::device_information::text;
use crate::identity::{self, Address};

/// Devices a scan remembers; more in range are not listed.
const MOST: usize = 256;

/// How the platform names a peripheral; kept by the caller to reconnect after a restart. At most 128 octets of text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PeripheralKey(String);

impl PeripheralKey {
    /// The text form, for storing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PeripheralKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text that is not a peripheral's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a peripheral key")]
pub struct NotAKey;

impl FromStr for PeripheralKey {
    type Err = NotAKey;

    fn from_str(s: &str) -> Result<Self, NotAKey> {
        if s.is_empty() || s.len() > 128 || s.chars().any(char::is_control) {
            return Err(NotAKey);
        }
        Ok(Self(s.to_owned()))
    }
}

/// One device in range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// For [`Central::session`].
    pub key: PeripheralKey,
    /// Identity as far as it is known before connecting: from the address. [`SessionEvent::Described`] brings the
    /// final one, which may differ; readings carry only the final one.
    ///
    /// [`SessionEvent::Described`]: super::SessionEvent::Described
    pub id: DeviceId,
    /// As it names itself, at most 64 characters without control characters; may be empty.
    pub name: String,
    /// What it announces to measure; empty for one that says so only once it is connected.
    pub measures: Vec<Category>,
    /// Its advertisements are what it measures: it is overheard, not connected.
    pub overheard: bool,
    /// Signal strength, dBm.
    pub rssi: Option<i16>,
}

/// A running scan: yields a device when it is first seen and when its description changes. The caller bounds the
/// time. [`Scan::close`] stops it at once; dropping it stops it with the next scan or session event.
pub struct Scan {
    found: BoxStream<'static, Found>,
    central: Central,
    hold: Hold,
}

impl Scan {
    pub(super) fn new(central: Central, events: Events, hold: Hold) -> Self {
        let walk = Walk { central: central.clone(), events, seen: HashMap::new() };
        Self { found: stream::unfold(walk, Walk::step).boxed(), central, hold }
    }

    /// Stops it.
    pub async fn close(self) {
        let Self { found, central, hold } = self;
        drop((found, hold));
        central.settle().await;
    }
}

impl fmt::Debug for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scan")
    }
}

impl Stream for Scan {
    type Item = Found;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Found>> {
        self.found.poll_next_unpin(context)
    }
}

pub(super) type Events = Pin<Box<dyn Stream<Item = CentralEvent> + Send>>;

struct Walk {
    central: Central,
    events: Events,
    seen: HashMap<PeripheralKey, (String, Vec<Category>)>,
}

impl Walk {
    async fn step(mut self) -> Option<(Found, Self)> {
        loop {
            let Some(id) = subject(&self.events.next().await?) else { continue };
            let Some(found) = describe(&self.central, &id).await else { continue };
            let description = (found.name.clone(), found.measures.clone());
            let known = self.seen.get(&found.key);
            if known == Some(&description) || (known.is_none() && self.seen.len() >= MOST) {
                continue;
            }
            self.seen.insert(found.key.clone(), description);
            return Some((found, self));
        }
    }
}

pub(super) fn subject(event: &CentralEvent) -> Option<PeripheralId> {
    match event {
        CentralEvent::DeviceDiscovered(id)
        | CentralEvent::DeviceUpdated(id)
        | CentralEvent::DeviceConnected(id)
        | CentralEvent::ServicesAdvertisement { id, .. }
        | CentralEvent::ServiceDataAdvertisement { id, .. }
        | CentralEvent::ManufacturerDataAdvertisement { id, .. }
        | CentralEvent::RssiUpdate { id, .. } => Some(id.clone()),
        _ => None,
    }
}

/// What its advertisements measure; empty for a device that has to be connected.
fn advertised(properties: &PeripheralProperties) -> Vec<Category> {
    let service = properties.service_data.iter();
    let service = service.filter_map(|(uuid, data)| advert::service(short(*uuid)?, data));
    let maker = properties.manufacturer_data.iter();
    let maker = maker.filter_map(|(company, data)| advert::manufacturer(*company, data));
    let mut all: Vec<Category> = service.chain(maker).flatten().map(|a| measures(&a)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// `None` for a device that measures nothing we know, or that is remembered but not heard.
async fn describe(central: &Central, id: &PeripheralId) -> Option<Found> {
    let peripheral = central.adapter.peripheral(id).await.ok()?;
    let properties = peripheral.properties().await.ok()??;
    let mut measures = uuids::measures(&properties.services);
    let heard = advertised(&properties);
    // Mi Scales announce the services of a weight scale and do not have them.
    let connects = uuids::connects(&properties.services);
    let overheard = !heard.is_empty() && !connects;
    if overheard {
        measures = heard;
    }
    if measures.is_empty() && !connects {
        return None;
    }
    if properties.rssi.is_none() && !peripheral.is_connected().await.unwrap_or(false) {
        return None;
    }
    let key: PeripheralKey = id.to_string().parse().ok()?;
    let bonded = central.daemon.paired(&key).await.unwrap_or(false);
    let address = Address::new(properties.address, properties.address_type, bonded, key.as_str());
    let name = properties.advertisement_name.or(properties.local_name).unwrap_or_default();
    Some(Found {
        id: identity::seen(address, key.as_str()),
        name: text(name.as_bytes()).unwrap_or_default(),
        measures,
        overheard,
        rssi: properties.rssi,
        key,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_printable_text() {
        assert_eq!("hci0/dev_C0".parse::<PeripheralKey>().unwrap().as_str(), "hci0/dev_C0");
        for bad in ["", "a\nb", "x".repeat(129).as_str()] {
            assert_eq!(bad.parse::<PeripheralKey>(), Err(NotAKey));
        }
    }
}
