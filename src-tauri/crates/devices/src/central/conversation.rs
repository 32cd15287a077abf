//! What we write to a device while its measurements arrive: requests for its history, a start, a consent, the time.
//!
//! One write at a time, because a link carries one request at a time; measurements keep arriving meanwhile. A write that
//! fails ends what it was for and nothing else.

use core::time::Duration;
use std::collections::VecDeque;

use btleplug::api::{Characteristic, Peripheral as _, WriteType};
use btleplug::platform::Peripheral;
use futures::FutureExt;
use futures::future::BoxFuture;
use salus_wire::UnixMillis;
use salus_wire::measure::DeviceTime;
use uuid::Uuid;

use super::SessionEvent;
use crate::Moment;
use crate::gatt::date_time::{self, Adjust};
use crate::gatt::racp::{End, Fetch, Filter, Response, Step};
use crate::measure::clock::{DeviceClock, TOLERANCE};

/// Longest write or read; the platform itself gives up after 30 s.
const PATIENCE: Duration = Duration::from_secs(30);

/// How far the history of one service was fetched; kept by the caller from one session to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct History {
    /// The service's assigned number.
    pub service: u16,
    /// The last record that is known; `None` asks for everything.
    pub last: Option<u16>,
    /// What the numbers count within: a glucose sensor's session start. Under another one they mean nothing.
    pub within: Option<DeviceTime>,
}

/// Something that the device offers beside measurements.
#[derive(Debug, Clone)]
pub(super) enum Offer {
    /// Stored records of a service.
    Records { service: Uuid, control: Characteristic, filter: Filter, within: Option<DeviceTime> },
    /// A control point that wants these octets first.
    Start { control: Characteristic, bytes: Vec<u8> },
    /// A clock that can be set.
    Clock { characteristic: Characteristic },
}

#[derive(Debug)]
struct Fetching {
    service: Uuid,
    control: Characteristic,
    within: Option<DeviceTime>,
    fetch: Fetch,
}

enum Done {
    Written(bool),
    /// The clock as read back after it was set; `None` when it could not be set or read.
    Clock(Option<DeviceTime>),
}

/// The writes of one link.
pub(super) struct Conversation {
    peripheral: Peripheral,
    fetching: Vec<Fetching>,
    writes: VecDeque<(Characteristic, Vec<u8>)>,
    clock: Option<Characteristic>,
    running: Option<BoxFuture<'static, Done>>,
}

impl Conversation {
    /// Plans what to say. `known` is what was fetched before; the clock is set only when the person agreed.
    pub(super) fn new(
        peripheral: Peripheral,
        offers: Vec<Offer>,
        known: &[History],
        set_clock: bool,
        clock: DeviceClock,
        now: UnixMillis,
    ) -> Self {
        let wrong = matches!(clock, DeviceClock::Behind(by) if by.saturating_abs() > TOLERANCE);
        let mut this =
            Self { peripheral, fetching: Vec::new(), writes: VecDeque::new(), clock: None, running: None };
        for offer in offers {
            match offer {
                Offer::Records { service, control, filter, within } => {
                    let before = known.iter().find(|h| Some(h.service) == short(service));
                    let last = before.filter(|h| h.within == within).and_then(|h| h.last);
                    let fetch = Fetch::new(filter, last, now);
                    this.fetching.push(Fetching { service, control, within, fetch });
                }
                Offer::Start { control, bytes } => this.writes.push_back((control, bytes)),
                Offer::Clock { characteristic } => {
                    this.clock = Some(characteristic).filter(|_| set_clock && wrong);
                }
            }
        }
        this
    }

    /// Waits for the write that runs; for ever when none does. Cancel safe.
    pub(super) async fn turn(&mut self) -> Option<SessionEvent> {
        let Some(running) = &mut self.running else { return core::future::pending().await };
        let done = running.await;
        self.running = None;
        match done {
            Done::Written(true) => None,
            Done::Written(false) => {
                // The device refuses this control point; its measurements arrive all the same.
                self.fetching.retain(|f| f.fetch.arrived() > 0);
                None
            }
            Done::Clock(read_back) => Some(SessionEvent::ClockSet(read_back)),
        }
    }

    /// Begins the next write that is due, and tells what has ended. Called after each packet and every second.
    pub(super) fn go_on(&mut self, now: Moment) -> Vec<SessionEvent> {
        let mut told = Vec::new();
        let (mut due, mut whole) = (None, true);
        self.fetching.retain_mut(|f| {
            if self.running.is_some() || due.is_some() {
                return true;
            }
            match f.fetch.step(now.at) {
                Step::Send(request) => due = Some((f.control.clone(), request.encode())),
                Step::Wait(_) => {}
                Step::End(end) => {
                    told.extend(ended(f, end));
                    whole &= matches!(end, End::Done | End::Refused(_));
                    return false;
                }
            }
            true
        });
        // Records that are still in its memory bear the old time: it has to be known until they are fetched.
        if !whole {
            self.clock = None;
        }
        if self.running.is_none() {
            let write = due.or_else(|| self.writes.pop_front());
            let clock = if write.is_none() && self.fetching.is_empty() { self.clock.take() } else { None };
            self.running = match (write, clock) {
                (Some((control, bytes)), _) => {
                    Some(write_to(self.peripheral.clone(), control, bytes).boxed())
                }
                (None, Some(clock)) => Some(set(self.peripheral.clone(), clock, now).boxed()),
                (None, None) => None,
            };
        }
        told
    }

    /// A record arrived from a service.
    pub(super) fn record(&mut self, service: Uuid, number: Option<u16>, now: UnixMillis) {
        for f in self.fetching.iter_mut().filter(|f| f.service == service) {
            f.fetch.record(number, now);
        }
    }

    /// True while a service's records are fetched: what is cut off now will be asked for again.
    pub(super) fn is_fetching(&self, service: Uuid) -> bool {
        self.fetching.iter().any(|f| f.service == service)
    }

    /// A service's control point answered; gives the number of records that it counted and that are asked for now.
    pub(super) fn answered(&mut self, service: Uuid, response: Response, now: UnixMillis) -> Option<u16> {
        let fetching = self.fetching.iter_mut().find(|f| f.service == service)?;
        let before = fetching.fetch.counted();
        fetching.fetch.response(response, now);
        fetching.fetch.counted().filter(|_| before.is_none())
    }
}

fn ended(f: &Fetching, end: End) -> Option<SessionEvent> {
    let history = History { service: short(f.service)?, last: f.fetch.last(), within: f.within };
    Some(SessionEvent::History { history, arrived: f.fetch.arrived(), complete: end == End::Done })
}

/// The assigned number of a Bluetooth SIG UUID.
pub(super) fn short(uuid: Uuid) -> Option<u16> {
    let (number, ..) = uuid.as_fields();
    (uuid == btleplug::api::bleuuid::uuid_from_u32(number)).then(|| u16::try_from(number).ok()).flatten()
}

async fn write_to(peripheral: Peripheral, control: Characteristic, bytes: Vec<u8>) -> Done {
    let write = peripheral.write(&control, &bytes, WriteType::WithResponse);
    Done::Written(matches!(tokio::time::timeout(PATIENCE, write).await, Ok(Ok(()))))
}

/// Sets the clock and reads it back: some devices accept the write and keep their own time.
async fn set(peripheral: Peripheral, characteristic: Characteristic, now: Moment) -> Done {
    let wall = now.at.saturating_add(i64::from(now.utc_offset_minutes) * 60_000);
    let Some(bytes) = date_time::encode_current_time(wall, Adjust::Manual) else { return Done::Clock(None) };
    let write = peripheral.write(&characteristic, &bytes, WriteType::WithResponse);
    if !matches!(tokio::time::timeout(PATIENCE, write).await, Ok(Ok(()))) {
        return Done::Clock(None);
    }
    match tokio::time::timeout(PATIENCE, peripheral.read(&characteristic)).await {
        Ok(Ok(bytes)) => Done::Clock(date_time::current_time(&bytes).ok()),
        _ => Done::Clock(None),
    }
}
