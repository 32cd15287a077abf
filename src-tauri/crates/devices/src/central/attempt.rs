//! One attempt to connect: everything between "out of reach" and "measurements arrive".
//!
//! Subscribing comes before reading: a cuff that has something to say waits only seconds for it. What the reads miss
//! because the link is gone again is made up for by what is known from before.

mod reads;

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
use crate::gatt::{battery, device_information as info, health_sensor, polar_pmd};
use crate::identity::{Address, Facts, claimed, distinct};
use crate::intake::Setup;
use crate::layout;
use crate::measure::Source;
use crate::measure::clock::DeviceClock;
use reads::{Reads, sensed};

/// A device that is in range answers within seconds; BlueZ itself gives up after about 25.
const CONNECT: Duration = Duration::from_secs(30);
/// Discovery, and each subscription.
const STEP: Duration = Duration::from_secs(15);

/// What a sensor that does not say can do: be asked, and refuse.
const UNSAID: polar_pmd::Features = polar_pmd::Features { ecg: true, acc: false, ppi: false };

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
fn offers(
    characteristics: &[Characteristic],
    subscribed: &HashSet<Uuid>,
    setup: &Setup,
    polar: polar_pmd::Features,
) -> Vec<Offer> {
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
            (uuids::POLAR_CONTROL, _) if subscribed.contains(&c.uuid) && polar.ecg => {
                offers.push(Offer::Electrocardiogram { control: c.clone() });
            }
            // What has no electrodes has no RR intervals either: its pulse intervals are all that there is.
            (uuids::POLAR_CONTROL, _) if subscribed.contains(&c.uuid) && polar.ppi => {
                let bytes = polar_pmd::start_ppi().to_vec();
                offers.push(Offer::Start { control: c.clone(), bytes });
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
                measures.extend(profile.category);
            }
        }
    }
    if subscribed.is_empty() {
        return None;
    }
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

    let mut reads = Reads::new(peripheral);
    let sensed = reads.value(find(uuids::OBSERVATIONS_FEATURES), sensed).await;
    measures.extend(sensed.unwrap_or_default());
    // On an open link it does not answer at all.
    let polar = match find(uuids::POLAR_CONTROL).filter(|c| subscribed.contains(&c.uuid)) {
        Some(control) => reads.value(Some(control), polar_pmd::features).await.unwrap_or(UNSAID),
        None => polar_pmd::Features::default(),
    };
    measures.extend(polar.ecg.then_some(Category::Electrocardiogram));
    measures.extend(polar.ppi.then_some(Category::HeartRate));
    measures.sort_unstable();
    measures.dedup();
    let clock = reads.clock(find(uuids::CURRENT_TIME), find(uuids::DATE_TIME), &measures).await;
    let elapsed = reads.value(find(uuids::ELAPSED_TIME), elapsed_time::clock).await.map(|c| c.now);
    let mut setup = reads.setup(&characteristics).await;
    let offers = offers(&characteristics, &subscribed, &setup, polar);
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
        clock_settable: offers.iter().any(|o| matches!(o, Offer::Clock { .. })),
        counts_wheel: subscribed.contains(&uuids::CYCLING) || subscribed.contains(&uuids::CYCLING_POWER),
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
