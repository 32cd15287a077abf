//! One device, as long as it is added.

mod backoff;
mod packet;

use core::fmt;
use core::pin::Pin;
use core::time::Duration;
use std::collections::VecDeque;

use btleplug::api::Peripheral as _;
use futures::FutureExt;
use futures::future::{BoxFuture, Either, select};
use futures::stream::StreamExt;
use salus_wire::{Category, DeviceId, Reading};
use tokio::time::Sleep;

use super::attempt::{Ended, Line, Linked, attempt};
use super::bond::Miss;
use super::listen::Hold;
use super::scan::Events;
use super::{Central, PeripheralKey};
use crate::measure::Source;
use crate::measure::clock::DeviceClock;
use crate::quarantine::Gate;
use crate::{Counts, Moment, Reason};
use backoff::Backoff;

/// Failures in a row after which an unpaired device is removed from the daemon and looked for again.
const FORGET_AFTER: u32 = 3;

/// What a caller may choose for a session.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The identity from an earlier session, when there was one: it stands in when the device goes before it has said
    /// who it is.
    pub known: Option<DeviceId>,
    /// Whether the device was paired when it was last connected: if it is not any more, nothing is taken from it.
    pub bonded: bool,
    /// Newest stored readings of this device, oldest first, so that a copy sent after a restart counts as replayed.
    /// Only the newest 4,096 matter.
    pub seen: Vec<Reading>,
}

/// What the device says about itself. Text is cut at 64 characters and holds no control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Final identity: system id, serial or UDI if it has one, else its bonded or static address.
    pub id: DeviceId,
    /// Maker (2A29).
    pub maker: Option<String>,
    /// Model (2A24).
    pub model: Option<String>,
    /// Firmware (2A26).
    pub firmware: Option<String>,
    /// What it measures, from its services.
    pub measures: Vec<Category>,
    /// Whether the link is encrypted, when the platform tells.
    pub link_encrypted: Option<bool>,
}

/// What happened in a session.
#[derive(Debug, Clone, PartialEq)]
pub enum SessionEvent {
    /// A connection is being made.
    Connecting,
    /// The link is up and measurements are subscribed.
    Connected,
    /// What the device is; after each `Connected`, before the first reading.
    Described(Box<Description>),
    /// Battery, percent.
    Battery(u8),
    /// One reading to store.
    Reading(Box<Reading>),
    /// One packet was set aside; [`Session::counts`] has the sums.
    Quarantined(Reason),
    /// It has no identity that lasts (resolvable private address, not bonded, nothing to read): its packets are
    /// not taken until it is paired. The session waits.
    NoIdentity,
    /// It sends only once it is paired. Told once until it connects; the session goes on trying.
    PairFirst,
    /// It was paired, and it or this computer no longer knows of it: pair it again. Told once until it connects; the
    /// session goes on trying, and takes nothing over an open link meanwhile.
    BondLost,
    /// The link is gone; the session reconnects by itself.
    Disconnected,
    /// An attempt failed; the next one starts after this many milliseconds, or when the device is seen again.
    Waiting(u64),
}

enum Step {
    /// An attempt is next.
    Idle,
    /// An attempt runs; true when the link was reported gone meanwhile.
    Opening(BoxFuture<'static, Ended>, bool),
    /// The link is up.
    Live(Box<Live>),
    /// A wait is next; true when the line may still be open.
    Lost(bool),
    /// Until the next attempt.
    Resting(Pin<Box<Sleep>>, #[expect(dead_code, reason = "held, not read")] Option<Hold>),
}

struct Live {
    linked: Linked,
    source: Source,
    link: Link,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Up,
    /// Reported gone while it was made: which of the two came last has to be asked.
    Doubted,
    /// Gone; what arrived before is still to be taken.
    Gone,
}

/// One device, as long as it is added. See the [module](super) for its rules.
pub struct Session {
    central: Central,
    key: PeripheralKey,
    radio: Events,
    line: Option<Line>,
    gate: Gate,
    id: Option<DeviceId>,
    bonded: bool,
    /// Why the last attempt failed, once it was told.
    told: Option<Miss>,
    backoff: Backoff,
    queue: VecDeque<SessionEvent>,
    step: Step,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("counts", &self.gate.counts()).finish_non_exhaustive()
    }
}

impl Session {
    pub(super) fn new(central: Central, key: PeripheralKey, radio: Events, options: Options) -> Self {
        Self {
            central,
            key,
            radio,
            line: None,
            gate: Gate::new(&options.seen),
            id: options.known,
            bonded: options.bonded,
            told: None,
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
                Step::Idle => {
                    self.central.settle().await;
                    let (central, key, line) = (self.central.clone(), self.key.clone(), self.line.take());
                    let work = attempt(central, key, line, self.id, self.bonded);
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
                Step::Live(_) => {
                    if let Some(event) = self.live(clock).await {
                        return event;
                    }
                }
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
        self.gate.counts()
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
        let linked = match linked {
            Ok(linked) => linked,
            Err(miss) => return self.missed(miss),
        };
        self.told = None;
        self.bonded = linked.description.link_encrypted.unwrap_or(self.bonded);
        self.queue.push_back(SessionEvent::Connected);
        self.queue.push_back(SessionEvent::Described(Box::new(linked.description.clone())));
        self.queue.extend(linked.battery.map(SessionEvent::Battery));
        let Some(mut source) = linked.source else {
            self.queue.push_back(SessionEvent::NoIdentity);
            self.backoff.failed();
            self.step = Step::Lost(true);
            return;
        };
        if let Some(time) = linked.clock {
            source.clock = DeviceClock::compare(time, clock());
        }
        self.id = Some(source.device);
        let link = if doubted { Link::Doubted } else { Link::Up };
        self.step = Step::Live(Box::new(Live { linked: *linked, source, link }));
    }

    fn missed(&mut self, miss: Miss) {
        self.backoff.failed();
        self.step = Step::Lost(false);
        // One that is out of reach for once has not changed its mind.
        if miss != Miss::Failed && self.told != Some(miss) {
            self.told = Some(miss);
            let event = if miss == Miss::BondLost { SessionEvent::BondLost } else { SessionEvent::PairFirst };
            self.queue.push_back(event);
        }
    }

    /// One step of a link that is up.
    async fn live(&mut self, clock: &(dyn Fn() -> Moment + Send + Sync)) -> Option<SessionEvent> {
        let (Step::Live(live), Some(line)) = (&mut self.step, &mut self.line) else {
            self.step = Step::Lost(false);
            return None;
        };
        let note = match live.link {
            Link::Up => match select(line.notes.next(), self.radio.next()).await {
                Either::Left((note, _)) => note,
                Either::Right((Some(event), _)) => {
                    if packet::is_gone(&self.key, &event) {
                        live.link = Link::Gone;
                    }
                    return None;
                }
                Either::Right((None, _)) => None,
            },
            Link::Doubted => {
                let up = line.peripheral.is_connected().await.unwrap_or(false);
                live.link = if up { Link::Up } else { Link::Gone };
                return None;
            }
            // Signals come in the order in which they were sent: what was sent before the link went is here by now.
            Link::Gone => line.notes.next().now_or_never().flatten(),
        };
        if let Some(note) = note {
            self.backoff.worked();
            return packet::take(&mut self.gate, &live.linked, &live.source, &note, clock());
        }
        if live.link == Link::Up {
            // One of the streams ended: the platform's daemon is gone.
            self.line = None;
            self.backoff.failed();
        }
        self.step = Step::Lost(false);
        Some(SessionEvent::Disconnected)
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
        let hold = if failures > 0 { self.central.listen().await.ok() } else { None };
        self.step = Step::Resting(Box::pin(tokio::time::sleep(Duration::from_millis(wait))), hold);
        self.central.settle().await;
        SessionEvent::Waiting(wait)
    }
}
