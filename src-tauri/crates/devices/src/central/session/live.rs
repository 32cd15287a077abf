//! A link that is up: notifications in, requests out.

use core::time::Duration;
use std::collections::HashSet;

use btleplug::api::{CentralEvent, Peripheral as _, ValueNotification};
use futures::FutureExt;
use futures::stream::StreamExt;
use tokio::time::{Interval, MissedTickBehavior, interval};
use uuid::Uuid;

use super::super::conversation::Conversation;
use super::super::uuids;
use super::{Session, SessionEvent, Step, packet};
use crate::gatt::user_data::ask::{Outcome, Person};
use crate::intake::{Taken, record_number};
use crate::measure::Source;
use crate::measure::clock::DeviceClock;
use crate::{Moment, Reason};

/// How often what waits is looked after.
pub(super) const TICK: Duration = Duration::from_secs(1);

/// How much longer a stored observation can be than a record of another service: it may hold many values, and come in as
/// many segments.
const OBSERVATION: u32 = 8;

/// An open link.
pub(super) struct Live {
    /// Characteristics whose notifications count; values that are read come out of the same stream.
    subscribed: HashSet<Uuid>,
    source: Source,
    link: Link,
    talk: Conversation,
    tick: Interval,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Up,
    /// Reported gone while it was made: which of the two came last has to be asked.
    Doubted,
    /// Gone; what arrived before is still to be taken.
    Gone,
}

enum Heard {
    Note(Option<ValueNotification>),
    Radio(Option<CentralEvent>),
    Told(Option<SessionEvent>),
    Tick,
}

impl Live {
    pub(super) fn new(subscribed: HashSet<Uuid>, source: Source, doubted: bool, talk: Conversation) -> Self {
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let link = if doubted { Link::Doubted } else { Link::Up };
        Self { subscribed, source, link, talk, tick }
    }

    pub(super) fn record(&mut self, length: i64) -> Option<SessionEvent> {
        self.talk.begin_recording(length)
    }

    pub(super) fn stop_recording(&mut self) {
        self.talk.stop_recording();
    }

    pub(super) fn stop_fetching(&mut self) {
        self.talk.stop_fetching();
    }

    /// Asked with the next tick.
    pub(super) fn introduce(&mut self, person: Person) {
        self.talk.introduce(person);
    }
}

impl Session {
    /// One step of a link that is up. Cancel safe: nothing is awaited after something was taken.
    pub(super) async fn live(&mut self, clock: &(dyn Fn() -> Moment + Send + Sync)) {
        let (Step::Live(live), Some(line)) = (&mut self.step, &mut self.line) else {
            self.step = Step::Lost(false);
            return;
        };
        let heard = match live.link {
            Link::Up => tokio::select! {
                biased;
                note = line.notes.next() => Heard::Note(note),
                event = self.radio.next() => Heard::Radio(event),
                told = live.talk.turn() => Heard::Told(told),
                _ = live.tick.tick() => Heard::Tick,
            },
            Link::Doubted => {
                let up = line.peripheral.is_connected().await.unwrap_or(false);
                live.link = if up { Link::Up } else { Link::Gone };
                return;
            }
            // Signals come in the order in which they were sent: what was sent before the link went is here by now.
            Link::Gone => Heard::Note(line.notes.next().now_or_never().flatten()),
        };
        let now = clock();
        match heard {
            Heard::Note(Some(note)) => {
                self.backoff.worked();
                self.hear(&note, now);
            }
            Heard::Radio(Some(event)) => {
                if packet::is_gone(&self.key, &event) {
                    live.link = Link::Gone;
                }
            }
            Heard::Told(told) => {
                // What is measured from now on has the clock's new time.
                if let Some(SessionEvent::ClockSet(Some(time))) = &told {
                    live.source.clock = DeviceClock::compare(*time, now);
                }
                let next = live.talk.go_on(now);
                self.queue.extend(told);
                self.tell(next);
            }
            Heard::Tick => {
                let mut taken = Vec::new();
                let from_memory = live.talk.is_fetching(uuids::GLUCOSE_SERVICE);
                self.intake.overdue(&live.source, from_memory, now.at, &mut taken);
                let told = live.talk.go_on(now);
                self.queue.extend(taken.into_iter().filter_map(event));
                self.tell(told);
            }
            Heard::Note(None) | Heard::Radio(None) => self.lose(),
        }
    }

    fn hear(&mut self, note: &ValueNotification, now: Moment) {
        let Step::Live(live) = &mut self.step else { return };
        if !live.subscribed.contains(&note.uuid) {
            return;
        }
        let mut taken = Vec::new();
        // An oximeter may send what it has just measured before it is asked for the rest, and neither has a number.
        let numbered = note.uuid != uuids::SPOT_CHECK;
        let from_memory = if numbered {
            live.talk.is_fetching(note.service_uuid)
        } else {
            live.talk.is_sending(note.service_uuid)
        };
        self.intake.take(note.uuid, &note.value, &live.source, from_memory, now, &mut taken);
        // One stored observation is one record, however many readings it gives.
        let whole = note.uuid == uuids::STORED_OBSERVATIONS;
        if whole && taken.iter().any(|one| *one != Taken::Refused(Reason::TooFrequent)) {
            live.talk.record(note.service_uuid, taken.iter().filter_map(number).max(), now.at);
        }
        for one in &taken {
            match one {
                Taken::Reading(_) | Taken::Copy(_) | Taken::Refused(_) if whole => {}
                Taken::Reading(reading) => {
                    // What stands there for a spot check is its place, which is of no use to the device.
                    let number = record_number(reading).filter(|_| numbered);
                    live.talk.record(note.service_uuid, number, now.at);
                }
                Taken::Copy(number) => {
                    live.talk.record(note.service_uuid, number.filter(|_| numbered), now.at);
                }
                // It was not looked at: it has to be asked for again.
                Taken::Refused(Reason::TooFrequent) => {}
                Taken::Refused(_) => live.talk.record(note.service_uuid, None, now.at),
                Taken::Records(response) => {
                    let counted = live.talk.answered(note.service_uuid, *response, now.at);
                    let packets =
                        if note.service_uuid == uuids::OBSERVATIONS_SERVICE { OBSERVATION } else { 1 };
                    let expected = counted.map(|n| n.saturating_mul(packets));
                    expected.into_iter().for_each(|n| self.intake.expect(note.service_uuid, n));
                }
                Taken::Recorder => {
                    // Whether it can be read was looked at when it was taken.
                    let _ = live.talk.recorder_said(&note.value, now.at);
                }
                Taken::User(response) => live.talk.person_answered(*response),
                Taken::Battery(_) | Taken::BatteryLow(_) => {}
            }
        }
        let told = live.talk.go_on(now);
        // What the device ended comes after the readings that it ended with.
        self.queue.extend(taken.into_iter().filter_map(event));
        self.tell(told);
    }

    /// Queues what the conversation tells, and remembers for the next link what need not be fetched again.
    fn tell(&mut self, told: Vec<SessionEvent>) {
        for event in &told {
            match event {
                SessionEvent::History { history, .. } => {
                    self.history.retain(|h| h.service != history.service);
                    self.history.push(*history);
                }
                SessionEvent::Person(outcome) => self.person = next_time(self.person, *outcome),
                _ => {}
            }
        }
        self.queue.extend(told);
    }

    /// The link ended, or one of the platform's streams: then its daemon is gone.
    fn lose(&mut self) {
        let Step::Live(live) = &mut self.step else { return };
        let mut taken = Vec::new();
        if live.talk.is_fetching(uuids::GLUCOSE_SERVICE) {
            self.intake.abandon();
        }
        self.intake.close(&live.source, &mut taken);
        self.queue.extend(taken.into_iter().filter_map(event));
        self.queue.extend(live.talk.end_recording());
        if live.talk.is_registering() {
            self.person = None;
            self.queue.push_back(SessionEvent::Person(Outcome::Unanswered));
        }
        if live.link == Link::Up {
            self.line = None;
            self.backoff.failed();
        }
        self.step = Step::Lost(false);
        self.queue.push_back(SessionEvent::Disconnected);
    }
}

/// Who the person is on the next link. Whether a user was made that nobody told us of is not known, so it is not asked
/// for again by itself.
const fn next_time(person: Option<Person>, outcome: Outcome) -> Option<Person> {
    match (outcome, person) {
        (Outcome::Registered { user, code }, _) => Some(Person::Known { user, code }),
        (Outcome::Refused(_) | Outcome::Unanswered, Some(Person::New { .. })) => None,
        _ => person,
    }
}

/// The number of the stored record that it came from.
fn number(taken: &Taken) -> Option<u32> {
    match taken {
        Taken::Reading(reading) => record_number(reading),
        Taken::Copy(number) => *number,
        _ => None,
    }
}

/// What the caller is told of it.
pub(super) fn event(taken: Taken) -> Option<SessionEvent> {
    Some(match taken {
        Taken::Reading(reading) => SessionEvent::Reading(reading),
        Taken::Refused(reason) => SessionEvent::Quarantined(reason),
        Taken::Copy(_) => SessionEvent::Quarantined(Reason::Replayed),
        Taken::Battery(percent) => SessionEvent::Battery(percent),
        Taken::BatteryLow(low) => SessionEvent::BatteryLow(low),
        Taken::Records(_) | Taken::User(_) | Taken::Recorder => return None,
    })
}
