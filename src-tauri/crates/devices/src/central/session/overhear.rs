//! A device that is never connected: what it measures is in its advertisements. Its identity is its address.

use btleplug::api::{CentralEvent, Peripheral as _};
use futures::stream::StreamExt;
use salus_wire::Category;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::super::conversation::short;
use super::super::listen::{Hold, Listen};
use super::super::scan::subject;
use super::live::TICK;
use super::{Description, Session, SessionEvent, Step, live};
use crate::Moment;
use crate::advert::{self, Advert, Unread};
use crate::identity::{Address, Facts, lasting};
use crate::measure::Source;
use crate::measure::clock::DeviceClock;

/// Discovery is held for it.
pub(super) struct Overhearing {
    #[expect(dead_code, reason = "held, not read")]
    hold: Hold,
    source: Source,
    tick: Interval,
}

impl Session {
    /// Begins to listen; waits when the radio is off or the device has no address that lasts.
    pub(super) async fn begin_overhearing(&mut self) -> Option<SessionEvent> {
        let (hold, peripheral) =
            (self.central.listen(Listen::All).await.ok(), self.central.peripheral(&self.key).await);
        let (Some(hold), Some(peripheral)) = (hold, peripheral) else {
            self.backoff.failed();
            self.step = Step::Lost(false);
            return Some(SessionEvent::Connecting);
        };
        let properties = peripheral.properties().await.ok().flatten().unwrap_or_default();
        let address = Address::new(properties.address, properties.address_type, false, self.key.as_str());
        let Some(device) = self.id.or_else(|| lasting(&Facts { address, ..Facts::default() })) else {
            self.backoff.failed();
            self.step = Step::Lost(false);
            return Some(SessionEvent::NoIdentity);
        };
        self.id = Some(device);
        self.backoff.worked();
        let source = Source { device, link_encrypted: Some(false), clock: DeviceClock::Unknown };
        self.queue.push_back(SessionEvent::Connected);
        self.queue.push_back(SessionEvent::Described(Box::new(Description {
            id: device,
            maker: None,
            model: None,
            firmware: None,
            measures: Vec::new(),
            link_encrypted: Some(false),
            clock_behind: None,
            clock_settable: false,
            counts_wheel: false,
            claims: None,
            layout: None,
        })));
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        self.step = Step::Overhearing(Box::new(Overhearing { hold, source, tick }));
        None
    }

    /// Takes one event of the radio's, or looks after what waits. Cancel safe.
    pub(super) async fn overhear(&mut self, clock: &(dyn Fn() -> Moment + Send + Sync)) {
        let Step::Overhearing(hearing) = &mut self.step else { return };
        let mut taken = Vec::new();
        let event = tokio::select! {
            biased;
            // First: a room full of advertisements leaves the radio no rest.
            _ = hearing.tick.tick() => {
                self.intake.overdue(&hearing.source, false, clock().at, &mut taken);
                return self.queue.extend(taken.into_iter().filter_map(live::event));
            }
            event = self.radio.next() => event,
        };
        let Some(event) = event else {
            self.backoff.failed();
            self.step = Step::Lost(false);
            return self.queue.push_back(SessionEvent::Disconnected);
        };
        if super::packet::is_off(&event) {
            self.step = Step::Lost(false);
            return self.queue.push_back(SessionEvent::Disconnected);
        }
        if subject(&event).is_none_or(|id| id.to_string() != self.key.as_str()) {
            return;
        }
        for advert in adverts(&event) {
            self.intake.overhear(advert, &hearing.source, clock(), &mut taken);
        }
        self.queue.extend(taken.into_iter().filter_map(live::event));
    }
}

/// What an event says that we read.
pub(in crate::central) fn adverts(event: &CentralEvent) -> Vec<Result<Advert, Unread>> {
    match event {
        CentralEvent::ServiceDataAdvertisement { service_data, .. } => {
            service_data.iter().filter_map(|(uuid, data)| advert::service(short(*uuid)?, data)).collect()
        }
        CentralEvent::ManufacturerDataAdvertisement { manufacturer_data, .. } => manufacturer_data
            .iter()
            .filter_map(|(company, data)| advert::manufacturer(*company, data))
            .collect(),
        _ => Vec::new(),
    }
}

/// What a device that advertises its values measures.
pub(in crate::central) const fn measures(advert: &Advert) -> Category {
    match advert {
        Advert::MiScale(_) => Category::BodyWeight,
        Advert::BtHome(values) if values.mass.is_some() => Category::BodyWeight,
        Advert::BtHome(_) | Advert::Ruuvi(_) => Category::Surroundings,
    }
}
