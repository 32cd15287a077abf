//! One device, as long as it is added.

mod backoff;
mod event;
mod live;
mod overhear;
mod packet;

use core::fmt;
use core::pin::Pin;
use core::time::Duration;
use std::collections::VecDeque;

use btleplug::api::Peripheral as _;
use futures::FutureExt;
use futures::future::{BoxFuture, Either, select};
use futures::stream::StreamExt;
use salus_wire::DeviceId;
use tokio::time::Sleep;

use super::attempt::{Ended, Line, Linked, attempt};
use super::bond::Miss;
use super::conversation::{Choices, Conversation, History};
use super::listen::{Hold, Listen};
use super::scan::Events;
use super::{Central, PeripheralKey};
use crate::gatt::elapsed_time::Timeline;
use crate::gatt::polar_pmd::recording::Outcome;
use crate::gatt::user_data::ask::Person;
use crate::intake::{Intake, Setup};
use crate::measure::clock::DeviceClock;
use crate::{Counts, Moment, measure};
use backoff::Backoff;
pub use event::{Description, Fetched, Options, SessionEvent};
use live::Live;
use overhear::Overhearing;
pub(super) use overhear::measures;

/// Failures in a row after which an unpaired device is removed from the daemon and looked for again.
const FORGET_AFTER: u32 = 3;

/// Links to a paired device that went at once, with none that held between them, after which the device is taken to have
/// lost its bond.
const LOST_AFTER: u32 = 3;

enum Step {
    /// An attempt is next.
    Idle,
    /// An attempt runs; true when the link was reported gone meanwhile.
    Opening(BoxFuture<'static, Ended>, bool),
    /// The link is up.
    Live(Box<Live>),
    /// A wait is next; true when the line may still be open.
    Lost(bool),
    /// Not connected: advertisements are heard.
    Overhearing(Box<Overhearing>),
    /// Until the next attempt.
    Resting(Pin<Box<Sleep>>, #[expect(dead_code, reason = "held, not read")] Option<Hold>),
}

/// One device, as long as it is added. See the [module](super) for its rules.
pub struct Session {
    central: Central,
    key: PeripheralKey,
    radio: Events,
    line: Option<Line>,
    intake: Intake,
    history: Vec<History>,
    set_clock: bool,
    person: Option<Person>,
    hold_memory: bool,
    overhear: bool,
    wheel_mm: Option<u16>,
    id: Option<DeviceId>,
    others: Vec<DeviceId>,
    bonded: bool,
    /// Why the last attempt failed, once it was told.
    told: Option<Miss>,
    /// Links that went at once since the last that held.
    dropped: u32,
    backoff: Backoff,
    queue: VecDeque<SessionEvent>,
    step: Step,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("counts", &self.intake.counts()).finish_non_exhaustive()
    }
}

impl Session {
    pub(super) fn new(central: Central, key: PeripheralKey, radio: Events, options: Options) -> Self {
        Self {
            central,
            key,
            radio,
            line: None,
            intake: Intake::new(&options.seen),
            history: options.history,
            set_clock: options.set_clock,
            person: options.person,
            hold_memory: options.hold_memory,
            overhear: options.overhear,
            wheel_mm: options.wheel_mm,
            id: options.known,
            others: options.others,
            bonded: options.bonded,
            told: None,
            dropped: 0,
            backoff: Backoff::default(),
            queue: VecDeque::new(),
            step: Step::Idle,
        }
    }

    /// The next event. `clock` is asked once per packet.
    ///
    /// Cancel safe: whatever is under way is kept in the session, and no step lies between taking a packet and
    /// returning it.
    pub async fn next(&mut self, clock: &(dyn Fn() -> Moment + Send + Sync)) -> SessionEvent {
        loop {
            if let Some(event) = self.queue.pop_front() {
                return event;
            }
            match &mut self.step {
                Step::Idle if self.overhear => {
                    if let Some(event) = self.begin_overhearing().await {
                        return event;
                    }
                }
                Step::Overhearing(_) => self.overhear(clock).await,
                Step::Idle => {
                    self.central.settle().await;
                    let (central, key, line) = (self.central.clone(), self.key.clone(), self.line.take());
                    let work = attempt(central, key, line, (self.id, self.others.clone()), self.bonded);
                    self.step = Step::Opening(work.boxed(), false);
                    return SessionEvent::Connecting;
                }
                Step::Opening(work, doubted) => match select(work, self.radio.next()).await {
                    Either::Left(((line, linked), _)) => {
                        let doubted = *doubted;
                        self.line = line;
                        self.opened(linked, doubted, clock);
                    }
                    Either::Right((Some(event), _)) => *doubted |= packet::is_gone(&self.key, &event),
                    Either::Right((None, work)) => {
                        // The platform's events ended; the attempt itself says how it went.
                        let (line, _) = work.await;
                        self.line = line;
                        self.opened(Err(Miss::Failed), false, clock);
                    }
                },
                Step::Live(_) => self.live(clock).await,
                Step::Lost(_) => return self.rest().await,
                Step::Resting(sleep, _) => match select(sleep, self.radio.next()).await {
                    Either::Left(_) => self.step = Step::Idle,
                    Either::Right((Some(event), _)) => {
                        if packet::is_back(&self.key, &event) {
                            self.step = Step::Idle;
                        }
                    }
                    Either::Right((None, sleep)) => {
                        sleep.await;
                        self.step = Step::Idle;
                    }
                },
            }
        }
    }

    /// Packets set aside since the session began.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.intake.counts()
    }

    /// The person said who they are to a device that keeps several people apart. It is asked at once when the link is up,
    /// else when it next is.
    pub fn introduce(&mut self, person: Option<Person>) {
        self.person = person;
        if let (Step::Live(live), Some(person)) = (&mut self.step, person) {
            live.introduce(person);
        }
    }

    /// The person wants an electrocardiogram of so many milliseconds. [`SessionEvent::Electrocardiogram`] tells how it goes;
    /// its samples are readings like all others.
    pub fn record_electrocardiogram(&mut self, length: i64) {
        let refused = match &mut self.step {
            Step::Live(live) => live.record(length),
            _ => Some(SessionEvent::Electrocardiogram(Outcome::Unanswered)),
        };
        self.queue.extend(refused);
    }

    /// The person ends it.
    pub fn stop_electrocardiogram(&mut self) {
        if let Step::Live(live) = &mut self.step {
            live.stop_recording();
        }
    }

    /// The person stops the fetching of what the device has stored. One that sends it is told to stop, which
    /// [`SessionEvent::History`] tells; on later links of this session it is not asked.
    pub fn stop_fetching(&mut self) {
        self.hold_memory = true;
        if let Step::Live(live) = &mut self.step {
            live.stop_fetching();
        }
    }

    /// Closes the link. Dropping the session leaves it to the platform to notice.
    pub async fn close(self) {
        let Self { central, key, line, step, .. } = self;
        drop(step);
        let peripheral = match line {
            Some(line) => Some(line.peripheral),
            None => central.peripheral(&key).await,
        };
        if let Some(peripheral) = peripheral {
            let _ = peripheral.disconnect().await;
        }
        central.settle().await;
    }

    fn opened(
        &mut self,
        linked: Result<Box<Linked>, Miss>,
        doubted: bool,
        clock: &(dyn Fn() -> Moment + Send + Sync),
    ) {
        let mut linked = match linked {
            Ok(linked) => linked,
            Err(miss) => return self.missed(miss),
        };
        let now = clock();
        let their = match (linked.clock, linked.elapsed) {
            (Some(time), _) => DeviceClock::compare(time, now),
            (None, Some(elapsed)) => measure::elapsed_time::compare(&elapsed, now),
            (None, None) => DeviceClock::Unknown,
        };
        // A counter has begun at some moment, and is never right or wrong.
        let of_day =
            linked.clock.is_some() || linked.elapsed.is_some_and(|e| e.timeline != Timeline::Counter);
        if let (DeviceClock::Behind(by), true) = (their, of_day) {
            linked.description.clock_behind = Some(by);
        }
        self.told = None;
        self.dropped = 0;
        self.bonded = linked.description.link_encrypted.unwrap_or(self.bonded);
        self.queue.push_back(SessionEvent::Connected);
        self.queue.push_back(SessionEvent::Described(Box::new(linked.description.clone())));
        if let Some(level) = linked.battery {
            // Told on each link: the app may know the device from before.
            self.intake.level(level);
            self.queue.push_back(SessionEvent::Battery(level));
        }
        let Some(mut source) = linked.source else {
            self.queue.push_back(SessionEvent::NoIdentity);
            self.backoff.failed();
            self.step = Step::Lost(true);
            return;
        };
        source.clock = their;
        self.id = Some(source.device);
        let Some(line) = &self.line else {
            self.step = Step::Lost(false);
            return;
        };
        self.intake.open(Setup { wheel_mm: self.wheel_mm, ..linked.setup.clone() });
        let peripheral = line.peripheral.clone();
        let talk = Conversation::new(
            peripheral,
            linked.offers.clone(),
            Choices {
                known: &self.history,
                set_clock: self.set_clock,
                person: self.person,
                hold_memory: self.hold_memory,
            },
            source.clock,
            now.at,
        );
        self.step = Step::Live(Box::new(Live::new(linked.subscribed, source, doubted, talk)));
    }

    fn missed(&mut self, miss: Miss) {
        self.backoff.failed();
        self.step = Step::Lost(false);
        let miss = if miss == Miss::Dropped { self.dropped() } else { miss };
        // One that is out of reach for once has not changed its mind.
        if miss != Miss::Failed && self.told != Some(miss) {
            self.told = Some(miss);
            let event = if miss == Miss::BondLost { SessionEvent::BondLost } else { SessionEvent::PairFirst };
            self.queue.push_back(event);
        }
    }

    /// What one more link that went at once means.
    const fn dropped(&mut self) -> Miss {
        self.dropped = self.dropped.saturating_add(1);
        if self.dropped < LOST_AFTER { Miss::Failed } else { Miss::BondLost }
    }

    /// Begins a wait. Dropped half-way, it begins again.
    async fn rest(&mut self) -> SessionEvent {
        if let (Step::Lost(true), Some(line)) = (&self.step, &self.line) {
            let _ = line.peripheral.disconnect().await;
        }
        let wait = self.backoff.wait();
        let failures = self.backoff.failures();
        if failures == FORGET_AFTER
            && self.told.is_none()
            && self.central.daemon.paired(&self.key).await == Some(false)
        {
            self.central.daemon.forget(&self.key).await;
        }
        // A device that failed, or that the platform does not know, has to be heard first.
        let hold = if failures > 0 { self.central.listen(Listen::Filtered).await.ok() } else { None };
        self.step = Step::Resting(Box::pin(tokio::time::sleep(Duration::from_millis(wait))), hold);
        self.central.settle().await;
        SessionEvent::Waiting(wait)
    }
}
