//! What we write to a device while its measurements arrive: requests for its history, a start, a consent, the time.
//!
//! One write at a time, because a link carries one request at a time; measurements keep arriving meanwhile. A write that
//! fails ends what it was for and nothing else.

mod people;
mod recorder;

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
use super::session::Fetched;
use crate::Moment;
use crate::gatt::date_time::{self, Adjust};
use crate::gatt::racp::{End, Fetch, Filter, Response, Step};
use crate::gatt::user_data::ask::Person;
use crate::measure::clock::{DeviceClock, TOLERANCE};
use people::People;
use recorder::Recorder;

/// Longest write or read; the platform itself gives up after 30 s.
const PATIENCE: Duration = Duration::from_secs(30);

/// How far the history of one service was fetched; kept by the caller from one session to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct History {
    /// The service's assigned number.
    pub service: u16,
    /// The last record that is known; `None` asks for everything.
    pub last: Option<u32>,
    /// What the numbers count within: a glucose sensor's session start. Under another one they mean nothing.
    pub within: Option<DeviceTime>,
}

/// Something that the device offers beside measurements.
#[derive(Debug, Clone)]
pub(super) enum Offer {
    /// Stored records of a service.
    Records { service: Uuid, control: Characteristic, filter: Filter, within: Option<DeviceTime> },
    /// A control point that wants these octets first: live observations, a stream of pulse intervals.
    Start { control: Characteristic, bytes: Vec<u8> },
    /// A clock that can be set.
    Clock { characteristic: Characteristic },
    /// It keeps several people apart, and asks who this one is.
    People { control: Characteristic },
    /// It records an electrocardiogram when it is told to.
    Electrocardiogram { control: Characteristic },
}

#[derive(Debug)]
struct Fetching {
    service: Uuid,
    control: Characteristic,
    within: Option<DeviceTime>,
    fetch: Fetch,
    /// Something was asked.
    begun: bool,
    /// What was told of it: records that have arrived, and how many there are.
    told: Option<(u32, Option<u32>)>,
}

enum Done {
    Written(Result<(), Characteristic>),
    /// The octets for the User Control Point were taken.
    Asked(bool),
    /// The octets for the recorder's control point were taken.
    Recording(bool),
    /// The clock as read back after it was set; `None` when it could not be set or read.
    Clock(Option<DeviceTime>),
}

/// The writes of one link.
pub(super) struct Conversation {
    peripheral: Peripheral,
    fetching: Vec<Fetching>,
    writes: VecDeque<(Characteristic, Vec<u8>)>,
    clock: Option<Characteristic>,
    people: Option<People>,
    recorder: Option<Recorder>,
    running: Option<BoxFuture<'static, Done>>,
}

/// What the person chose for this link.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choices<'a> {
    /// What was fetched before.
    pub(super) known: &'a [History],
    /// The clock may be set.
    pub(super) set_clock: bool,
    /// Who they are to a device that keeps several people apart.
    pub(super) person: Option<Person>,
    /// Nothing of what it has stored is asked for.
    pub(super) hold_memory: bool,
}

impl Conversation {
    /// Plans what to say. The clock is set only when the person agreed.
    pub(super) fn new(
        peripheral: Peripheral,
        offers: Vec<Offer>,
        choices: Choices<'_>,
        clock: DeviceClock,
        now: UnixMillis,
    ) -> Self {
        let mut held = false;
        let wrong = matches!(clock, DeviceClock::Behind(by) if by.saturating_abs() > TOLERANCE);
        let mut this = Self {
            peripheral,
            fetching: Vec::new(),
            writes: VecDeque::new(),
            clock: None,
            people: None,
            recorder: None,
            running: None,
        };
        for offer in offers {
            match offer {
                Offer::Records { .. } if choices.hold_memory => held = true,
                Offer::Records { service, control, filter, within } => {
                    let before = choices.known.iter().find(|h| Some(h.service) == short(service));
                    let last = before.filter(|h| h.within == within).and_then(|h| h.last);
                    let fetch = Fetch::new(filter, last, now);
                    this.fetching.push(Fetching {
                        service,
                        control,
                        within,
                        fetch,
                        begun: false,
                        told: None,
                    });
                }
                Offer::Electrocardiogram { control } => this.recorder = Some(Recorder::new(control)),
                Offer::People { control } => this.people = Some(People::new(control, choices.person)),
                Offer::Start { control, bytes } => this.writes.push_back((control, bytes)),
                Offer::Clock { characteristic } => {
                    this.clock = Some(characteristic).filter(|_| choices.set_clock && wrong);
                }
            }
        }
        // Its records bear the time that its clock has now.
        if held {
            this.clock = None;
        }
        this
    }

    /// The person stops what is fetched: a device that sends is told to, with the next tick.
    pub(super) fn stop_fetching(&mut self) {
        self.fetching.iter_mut().for_each(|f| f.fetch.abort());
    }

    /// Waits for the write that runs; for ever when none does. Cancel safe.
    pub(super) async fn turn(&mut self) -> Option<SessionEvent> {
        let Some(running) = &mut self.running else { return core::future::pending().await };
        let done = running.await;
        self.running = None;
        match done {
            Done::Written(Ok(())) => None,
            Done::Written(Err(control)) => {
                // The device refuses this control point; its measurements arrive all the same.
                let mut asked = self.fetching.iter_mut();
                if let Some(f) =
                    asked.find(|f| f.service == control.service_uuid && f.control.uuid == control.uuid)
                {
                    f.fetch.unwritten();
                }
                None
            }
            Done::Asked(true) | Done::Recording(true) => None,
            Done::Recording(false) => {
                self.recorder.iter_mut().for_each(Recorder::lost);
                None
            }
            Done::Asked(false) => {
                self.people.iter_mut().for_each(People::lost);
                None
            }
            Done::Clock(read_back) => Some(SessionEvent::ClockSet(read_back)),
        }
    }

    /// Begins the next write that is due, and tells what has ended. Called after each packet and every second.
    pub(super) fn go_on(&mut self, now: Moment) -> Vec<SessionEvent> {
        let mut told: Vec<SessionEvent> = self.recorder_outcome().into_iter().collect();
        // Before anything else: some devices let nothing out before they know for whom.
        if !self.ask_on(now.at, &mut told) {
            return told;
        }
        let (mut due, mut whole) = (None, true);
        self.fetching.retain_mut(|f| {
            if self.running.is_some() || due.is_some() {
                return true;
            }
            match f.fetch.step(now.at) {
                Step::Send(request) => {
                    f.begun = true;
                    due = Some((f.control.clone(), request.encode()));
                }
                Step::Wait(_) => {}
                Step::End(end) => {
                    told.extend(ended(f, end));
                    whole &= matches!(end, End::Done | End::Refused(_) | End::Unwritten);
                    return false;
                }
            }
            true
        });
        told.extend(self.fetching.iter_mut().filter_map(progress));
        // Records that are still in its memory bear the old time: it has to be known until they are fetched.
        if !whole {
            self.clock = None;
        }
        if self.running.is_none() {
            let recording = self.recorder.as_mut().and_then(|r| r.due(now.at));
            if let Some((control, octets)) = recording {
                // What else is due comes next: nobody waits for a recording to begin or to end.
                self.writes.extend(due);
                let write = write_to(self.peripheral.clone(), control, octets);
                self.running = Some(write.map(Done::Recording).boxed());
                return told;
            }
            told.extend(self.recorder_outcome());
            let write = due.or_else(|| self.writes.pop_front());
            let clock = if write.is_none() && self.fetching.is_empty() { self.clock.take() } else { None };
            self.running = match (write, clock) {
                (Some((control, bytes)), _) => {
                    let write = write_to(self.peripheral.clone(), control.clone(), bytes);
                    Some(write.map(|taken| Done::Written(taken.then_some(()).ok_or(control))).boxed())
                }
                (None, Some(clock)) => Some(set(self.peripheral.clone(), clock, now).boxed()),
                (None, None) => None,
            };
        }
        told
    }

    /// A record arrived from a service.
    pub(super) fn record(&mut self, service: Uuid, number: Option<u32>, now: UnixMillis) {
        for f in self.fetching.iter_mut().filter(|f| f.service == service) {
            f.fetch.record(number, now);
        }
    }

    /// True while a service's records are fetched: what is cut off now will be asked for again.
    pub(super) fn is_fetching(&self, service: Uuid) -> bool {
        self.fetching.iter().any(|f| f.service == service)
    }

    /// True while a service's memory is sent: its records were asked for, and have not ended.
    pub(super) fn is_sending(&self, service: Uuid) -> bool {
        self.fetching.iter().any(|f| f.service == service && f.fetch.is_sending())
    }

    /// A service's control point answered; gives the number of records that it counted and that are asked for now.
    pub(super) fn answered(&mut self, service: Uuid, response: Response, now: UnixMillis) -> Option<u32> {
        let fetching = self.fetching.iter_mut().find(|f| f.service == service)?;
        let before = fetching.fetch.counted();
        fetching.fetch.response(response, now);
        fetching.fetch.counted().filter(|_| before.is_none())
    }
}

fn ended(f: &Fetching, end: End) -> Option<SessionEvent> {
    let history = History { service: short(f.service)?, last: f.fetch.last(), within: f.within };
    let end = match end {
        End::Done => Fetched::Whole,
        End::Refused(_) => Fetched::Refused,
        End::Aborted => Fetched::Stopped,
        End::Incomplete(_) | End::TimedOut | End::Unwritten => Fetched::Partly,
    };
    Some(SessionEvent::History { history, arrived: f.fetch.arrived(), end })
}

/// How far a fetch is, when it was begun and that was not told yet.
fn progress(f: &mut Fetching) -> Option<SessionEvent> {
    let (arrived, counted) = (f.fetch.arrived(), f.fetch.counted());
    if !f.begun || f.told.replace((arrived, counted)) == Some((arrived, counted)) {
        return None;
    }
    Some(SessionEvent::Fetching { service: short(f.service)?, arrived, counted })
}

/// The assigned number of a Bluetooth SIG UUID.
pub(super) fn short(uuid: Uuid) -> Option<u16> {
    let (number, ..) = uuid.as_fields();
    (uuid == btleplug::api::bleuuid::uuid_from_u32(number)).then(|| u16::try_from(number).ok()).flatten()
}

async fn write_to(peripheral: Peripheral, control: Characteristic, bytes: Vec<u8>) -> bool {
    let write = peripheral.write(&control, &bytes, WriteType::WithResponse);
    matches!(tokio::time::timeout(PATIENCE, write).await, Ok(Ok(())))
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
