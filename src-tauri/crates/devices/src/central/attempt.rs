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
use super::conversation::Offer;
use super::{Central, Description, PeripheralKey, uuids};
use crate::advert::mi_scale;
use crate::gatt::elapsed_time::{self, ElapsedTime};
use crate::gatt::racp::Filter;
use crate::gatt::{
    Malformed, battery, cgm, date_time, device_information as info, enhanced_blood_pressure, health_sensor,
    thermometer,
};
use crate::identity::{Address, Facts, claimed, distinct};
use crate::intake::Setup;
use crate::layout;
use crate::measure::clock::DeviceClock;
use crate::measure::{self, Source};

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
    /// The same of a device that counts elapsed time.
    pub(super) elapsed: Option<ElapsedTime>,
    pub(super) battery: Option<u8>,
    /// How its packets are read.
    pub(super) setup: Setup,
    /// What it offers beside measurements.
    pub(super) offers: Vec<Offer>,
}

/// What the device lets us ask for.
fn offers(characteristics: &[Characteristic], subscribed: &HashSet<Uuid>, setup: &Setup) -> Vec<Offer> {
    let mut offers = Vec::new();
    for c in characteristics {
        let profile = uuids::PROFILES.iter().find(|p| p.service == c.service_uuid);
        match (c.uuid, profile.and_then(|p| p.records)) {
            (uuids::RECORD_ACCESS, Some(filter)) if subscribed.contains(&c.uuid) => {
                let within = setup.cgm.start.map(|s| s.time).filter(|_| filter == Filter::TimeOffset);
                offers.push(Offer::Records { service: c.service_uuid, control: c.clone(), filter, within });
            }
            (uuids::OBSERVATIONS_CONTROL, _) => {
                let bytes = health_sensor::START_LIVE.to_vec();
                offers.push(Offer::Start { control: c.clone(), bytes });
            }
            (uuids::POLAR_CONTROL, _) if subscribed.contains(&c.uuid) => {
                offers.push(Offer::Electrocardiogram { control: c.clone() });
            }
            (uuids::USER_CONTROL, _) if subscribed.contains(&c.uuid) => {
                offers.push(Offer::People { control: c.clone() });
            }
            (uuids::CURRENT_TIME, _) if c.properties.contains(CharPropFlags::WRITE) => {
                offers.push(Offer::Clock { characteristic: c.clone() });
            }
            _ => {}
        }
    }
    offers
}

/// How an attempt ended; the line survives either way.
pub(super) type Ended = (Option<Line>, Result<Box<Linked>, Miss>);

pub(super) async fn attempt(
    central: Central,
    key: PeripheralKey,
    line: Option<Line>,
    (before, others): (Option<DeviceId>, Vec<DeviceId>),
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
    let linked = link(&central, &key, &line.peripheral, (before, &others), &mut signs).await;
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
    (before, others): (Option<DeviceId>, &[DeviceId]),
    signs: &mut Signs,
) -> Option<Linked> {
    peripheral.connect_with_timeout(CONNECT).await.map_err(|e| signs.error("connect", &e)).ok()?;
    peripheral.discover_services_with_timeout(STEP).await.map_err(|e| signs.error("discover", &e)).ok()?;
    let characteristics: Vec<Characteristic> = peripheral.characteristics().into_iter().collect();
    let find = |uuid: Uuid| characteristics.iter().find(|c| c.uuid == uuid);

    let mut subscribed = HashSet::new();
    let mut measures = Vec::new();
    for profile in uuids::PROFILES {
        for c in characteristics.iter().filter(|c| profile.measurements.contains(&c.uuid)) {
            if c.service_uuid == profile.service && subscribe(peripheral, c, signs).await {
                subscribed.insert(c.uuid);
                measures.push(profile.category);
            }
        }
    }
    if measures.is_empty() {
        return None;
    }
    measures.sort_unstable();
    measures.dedup();
    // A control point answers only who listens to it, so it comes before anything is written.
    for uuid in [uuids::RECORD_ACCESS, uuids::OBSERVATIONS_CONTROL, uuids::USER_CONTROL, uuids::POLAR_CONTROL]
    {
        for c in characteristics.iter().filter(|c| c.uuid == uuid) {
            if subscribe(peripheral, c, signs).await {
                subscribed.insert(uuid);
            }
        }
    }
    if let Some(c) = find(uuids::BATTERY)
        && subscribe(peripheral, c, signs).await
    {
        subscribed.insert(uuids::BATTERY);
    }

    let mut reads = Reads { peripheral, failed: false };
    let clock = reads.clock(find(uuids::CURRENT_TIME), find(uuids::DATE_TIME), &measures).await;
    let elapsed = reads.value(find(uuids::ELAPSED_TIME), elapsed_time::clock).await.map(|c| c.now);
    let mut setup = reads.setup(&characteristics).await;
    let offers = offers(&characteristics, &subscribed, &setup);
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
    let own = || distinct(&facts, others);
    let id = if reads.failed { before.or_else(own) } else { own() };
    let source = id.map(|device| Source { device, link_encrypted: paired, clock: DeviceClock::Unknown });
    let claims = claimed(&facts, others);
    let description = Description {
        id: id.unwrap_or_else(|| crate::identity::seen(facts.address, key.as_str())),
        maker,
        model,
        firmware,
        measures,
        link_encrypted: paired,
        clock_behind: None,
        claims,
        layout: layout::of(characteristics.iter().map(|c| (c.service_uuid, c.uuid))),
    };
    // The vendor's layout of 2A9C cannot be told from the octets.
    let name = properties.local_name.or(properties.advertisement_name).unwrap_or_default();
    setup.mi_scale = mi_scale::is_named(&name);
    Some(Linked { subscribed, description, source, clock, elapsed, battery, setup, offers })
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

    /// What decides how the measurements are read. A device's features cannot change while it is connected.
    async fn setup(&mut self, characteristics: &[Characteristic]) -> Setup {
        let find = |uuid: Uuid| characteristics.iter().find(|c| c.uuid == uuid);
        let feature = self.value(find(uuids::CGM_FEATURE), cgm::decode_feature).await;
        let protection = feature.map(cgm::Feature::protection).unwrap_or_default();
        let start = self.value(find(uuids::CGM_SESSION_START), |b| cgm::session::decode_start(b, protection));
        let start = start.await;
        let site = self.value(find(uuids::TEMPERATURE_TYPE), thermometer::decode_type).await;
        let pressure =
            self.value(find(uuids::BLOOD_PRESSURE_FEATURE), enhanced_blood_pressure::decode_feature).await;
        Setup {
            site,
            cgm: measure::cgm::Session { start, feature },
            stored_pressure: pressure.map(enhanced_blood_pressure::Feature::protection).unwrap_or_default(),
            mi_scale: false,
        }
    }

    /// Only devices that stamp their readings have a clock worth asking.
    async fn clock(
        &mut self,
        current: Option<&Characteristic>,
        date: Option<&Characteristic>,
        measures: &[Category],
    ) -> Option<salus_wire::measure::DeviceTime> {
        if measures.iter().all(|c| matches!(c, Category::HeartRate | Category::Activity)) {
            return None;
        }
        match self.value(current, date_time::current_time).await {
            Some(time) => Some(time),
            None => self.value(date, date_time::date_time).await,
        }
    }
}
