//! One attempt to connect: everything between "out of reach" and "measurements arrive".
//!
//! Subscribing comes before reading: a cuff that has something to say waits only seconds for it. What the reads miss
//! because the link is gone again is made up for by what is known from before.

use core::time::Duration;
use std::collections::HashSet;

use btleplug::api::{CharPropFlags, Characteristic, Peripheral as _, ValueNotification};
use btleplug::platform::Peripheral;
use futures::stream::BoxStream;
use salus_wire::{Category, DeviceId};
use uuid::Uuid;

use super::bond::{Miss, Signs};
use super::{Central, Description, PeripheralKey, uuids};
use crate::gatt::{Malformed, battery, date_time, device_information as info};
use crate::identity::{Address, Facts, lasting};
use crate::measure::Source;
use crate::measure::clock::DeviceClock;

/// A device that is in range answers within seconds; BlueZ itself gives up after about 25.
const CONNECT: Duration = Duration::from_secs(30);
/// Discovery, and each subscription.
const STEP: Duration = Duration::from_secs(15);
/// A read of a protected value hangs while the platform waits for a pairing agent.
const READ: Duration = Duration::from_secs(4);

/// A peripheral and its one long-lived notification stream; kept across attempts.
pub(super) struct Line {
    pub(super) peripheral: Peripheral,
    pub(super) notes: BoxStream<'static, ValueNotification>,
}

/// A link with measurements subscribed.
pub(super) struct Linked {
    /// Characteristics whose notifications count.
    pub(super) subscribed: HashSet<Uuid>,
    pub(super) description: Description,
    /// `None` when it has no lasting identity.
    pub(super) source: Option<Source>,
    /// The device's clock, to be compared by whoever has ours.
    pub(super) clock: Option<salus_wire::measure::DeviceTime>,
    pub(super) battery: Option<u8>,
}

/// How an attempt ended; the line survives either way.
pub(super) type Ended = (Option<Line>, Result<Box<Linked>, Miss>);

pub(super) async fn attempt(
    central: Central,
    key: PeripheralKey,
    line: Option<Line>,
    before: Option<DeviceId>,
    bonded: bool,
) -> Ended {
    let line = match line {
        Some(line) => line,
        None => match open(&central, &key).await {
            Some(line) => line,
            None => return (None, Err(Miss::Failed)),
        },
    };
    let mut signs = Signs::watch(&central, &key).await;
    let linked = link(&central, &key, &line.peripheral, before, &mut signs).await;
    let linked = signs.judge(&central, &key, bonded, linked).await;
    if linked.is_err() {
        // After a failed attempt, always: half a link blocks the next one.
        let _ = tokio::time::timeout(STEP, line.peripheral.disconnect()).await;
    }
    (Some(line), linked)
}

async fn open(central: &Central, key: &PeripheralKey) -> Option<Line> {
    let peripheral = central.peripheral(key).await?;
    let notes = peripheral.notifications().await.ok()?;
    Some(Line { peripheral, notes })
}

async fn link(
    central: &Central,
    key: &PeripheralKey,
    peripheral: &Peripheral,
    before: Option<DeviceId>,
    signs: &mut Signs,
) -> Option<Linked> {
    peripheral.connect_with_timeout(CONNECT).await.map_err(|e| signs.error("connect", &e)).ok()?;
    peripheral.discover_services_with_timeout(STEP).await.map_err(|e| signs.error("discover", &e)).ok()?;
    let characteristics: Vec<Characteristic> = peripheral.characteristics().into_iter().collect();
    let find = |uuid: Uuid| characteristics.iter().find(|c| c.uuid == uuid);

    let mut subscribed = HashSet::new();
    let mut measures = Vec::new();
    for (_, uuid, category) in uuids::MEASURING {
        if let Some(c) = find(uuid)
            && subscribe(peripheral, c, signs).await
        {
            subscribed.insert(uuid);
            measures.push(category);
        }
    }
    if measures.is_empty() {
        return None;
    }
    if let Some(c) = find(uuids::BATTERY)
        && subscribe(peripheral, c, signs).await
    {
        subscribed.insert(uuids::BATTERY);
    }

    let mut reads = Reads { peripheral, failed: false };
    let clock = reads.clock(find(uuids::CURRENT_TIME), find(uuids::DATE_TIME), &measures).await;
    let system_id = reads.value(find(uuids::SYSTEM_ID), |b| info::system_id(b).map(|_| b.to_vec())).await;
    let [maker, model, serial, firmware] = [
        reads.text(find(uuids::MAKER)).await,
        reads.text(find(uuids::MODEL)).await,
        reads.text(find(uuids::SERIAL)).await,
        reads.text(find(uuids::FIRMWARE)).await,
    ];
    let udi = reads.value(find(uuids::UDI), info::udi_label).await.flatten();
    let battery = reads.value(find(uuids::BATTERY), battery::decode).await;

    let paired = central.daemon.paired(key).await;
    let properties = peripheral.properties().await.ok().flatten().unwrap_or_default();
    let facts = Facts {
        system_id: system_id.and_then(|b| b.try_into().ok()),
        maker: maker.as_deref(),
        model: model.as_deref(),
        serial: serial.as_deref(),
        udi_label: udi.as_deref(),
        address: Address::new(
            properties.address,
            properties.address_type,
            paired.unwrap_or(false),
            key.as_str(),
        ),
    };
    // Half a description would give the same device a second identity.
    let id = if reads.failed { before.or_else(|| lasting(&facts)) } else { lasting(&facts) };
    let source = id.map(|device| Source { device, link_encrypted: paired, clock: DeviceClock::Unknown });
    let description = Description {
        id: id.unwrap_or_else(|| crate::identity::seen(facts.address, key.as_str())),
        maker,
        model,
        firmware,
        measures,
        link_encrypted: paired,
    };
    Some(Linked { subscribed, description, source, clock, battery })
}

async fn subscribe(peripheral: &Peripheral, c: &Characteristic, signs: &mut Signs) -> bool {
    if !c.properties.intersects(CharPropFlags::NOTIFY | CharPropFlags::INDICATE) {
        return false;
    }
    match tokio::time::timeout(STEP, peripheral.subscribe(c)).await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            signs.error("subscribe", &error);
            false
        }
        Err(_) => {
            signs.hung();
            false
        }
    }
}

/// Reads that may fail one by one; a failure of a value that is there is remembered.
struct Reads<'a> {
    peripheral: &'a Peripheral,
    failed: bool,
}

impl Reads<'_> {
    async fn value<T>(
        &mut self,
        c: Option<&Characteristic>,
        decode: impl FnOnce(&[u8]) -> Result<T, Malformed>,
    ) -> Option<T> {
        let c = c.filter(|c| c.properties.contains(CharPropFlags::READ))?;
        if let Ok(Ok(bytes)) = tokio::time::timeout(READ, self.peripheral.read(c)).await {
            decode(&bytes).ok()
        } else {
            self.failed = true;
            None
        }
    }

    async fn text(&mut self, c: Option<&Characteristic>) -> Option<String> {
        self.value(c, info::text).await.filter(|t| !t.is_empty())
    }

    /// Only devices that stamp their readings have a clock worth asking.
    async fn clock(
        &mut self,
        current: Option<&Characteristic>,
        date: Option<&Characteristic>,
        measures: &[Category],
    ) -> Option<salus_wire::measure::DeviceTime> {
        if !measures.contains(&Category::BloodPressure) {
            return None;
        }
        match self.value(current, date_time::current_time).await {
            Some(time) => Some(time),
            None => self.value(date, date_time::date_time).await,
        }
    }
}
