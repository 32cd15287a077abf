//! What is set aside instead of stored: counted by reason, never kept, never fatal.
//!
//! Bounds: a token bucket for each lane and the keys of the newest [`REMEMBERED`] readings, whatever a device sends.

mod bucket;
mod reason;

use std::collections::{BTreeMap, HashMap, VecDeque};

use salus_wire::measure::DeviceTime;
use salus_wire::{Category, Component, Quantity, Reading, UnixMillis};

use crate::measure::clock::is_unbelieved;
use bucket::Bucket;
pub use reason::{Counts, Reason};

/// Readings remembered to recognise copies.
pub const REMEMBERED: usize = 4096;

/// Two identical blood pressures without device time closer than this are copies: 15 s, less than any cuff needs to
/// inflate and deflate.
const SAME_MEASUREMENT: i64 = 15_000;

/// Most packets of one stored record: a measurement and its context, or a pressure's segments.
const PACKETS_OF_A_RECORD: i64 = 4;

/// What makes two readings one, within category and user.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Sameness {
    /// The device's time at its own resolution. The first quantity tells apart what a device measures at one instant and sends
    /// in several packets.
    Time(DeviceTime, Option<Quantity>),
    /// A time that was not believed, and the values: the clock may have begun anew, and shows the same time again.
    Unbelieved(DeviceTime, Vec<Component>),
    /// The values of a numbered record, number included, of a device without a clock.
    Record(Vec<Component>),
}

type Key = (Category, Option<u8>, Sameness);

/// The device's number of a stored record. A reading that came live has none, and is the same as its record: whoever has
/// none is a copy of any, and two numbers are two readings.
type Number = Option<i64>;

/// What is limited by itself: a flood of one does not take the other's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lane {
    /// Measurements.
    Measured(Category),
    /// Battery levels.
    Battery,
    /// Answers of a Record Access Control Point.
    Records,
    /// Answers of a User Control Point.
    User,
    /// Answers of a recorder's control point.
    Recorder,
    /// Answers of a generic health sensor's control point.
    Observations,
}

/// Packets that a device may send at once, and a second in the long run.
///
/// A link that was held up delivers its backlog at once, and a device that is asked for its history empties its memory:
/// about 60 records a second at the fastest.
const fn rate(lane: Lane) -> (i64, i64) {
    match lane {
        Lane::Measured(Category::HeartRate) => (512, 32),
        Lane::Measured(Category::Electrocardiogram) => (512, 16),
        Lane::Measured(Category::BloodPressure | Category::BodyTemperature | Category::BodyWeight) => {
            (256, 4)
        }
        Lane::Measured(Category::OxygenSaturation | Category::Glucose) => (4096, 64),
        Lane::Measured(Category::Activity | Category::Respiration) => (512, 16),
        // Advertisements; one a minute is stored.
        Lane::Measured(Category::Surroundings) => (64, 8),
        // A control point answers what it was asked, and a battery takes minutes for a percent.
        Lane::Battery | Lane::Records | Lane::User | Lane::Recorder | Lane::Observations => (64, 4),
    }
}

/// Lets packets and readings of one device through, or says why not.
#[derive(Debug)]
pub(crate) struct Gate {
    counts: Counts,
    buckets: BTreeMap<Lane, Bucket>,
    order: VecDeque<(Key, Number)>,
    keys: HashMap<Key, Vec<Number>>,
    last_untimed: Option<Reading>,
}

impl Gate {
    pub(crate) fn new(seen: &[Reading]) -> Self {
        let mut gate = Self {
            counts: Counts::default(),
            buckets: BTreeMap::new(),
            order: VecDeque::new(),
            keys: HashMap::new(),
            last_untimed: None,
        };
        for reading in seen {
            gate.remember(reading);
        }
        gate
    }

    pub(crate) const fn counts(&self) -> Counts {
        self.counts
    }

    /// One packet's turn, before it is decoded.
    ///
    /// # Errors
    /// [`Reason::TooFrequent`], counted.
    pub(crate) fn admit(&mut self, lane: Lane, now: UnixMillis) -> Result<(), Reason> {
        if self.bucket(lane).take(now) { Ok(()) } else { Err(self.refuse(Reason::TooFrequent)) }
    }

    /// So many records were asked for: a device may send them as fast as the link carries them.
    pub(crate) fn expect(&mut self, category: Category, records: u32) {
        self.bucket(Lane::Measured(category)).expect(i64::from(records) * PACKETS_OF_A_RECORD);
    }

    fn bucket(&mut self, lane: Lane) -> &mut Bucket {
        let (burst, per_second) = rate(lane);
        self.buckets.entry(lane).or_insert_with(|| Bucket::new(burst, per_second))
    }

    /// What came of a packet: a new reading, or a refusal that is counted.
    ///
    /// # Errors
    /// The refusal; [`Reason::Replayed`] for a copy of a reading.
    pub(crate) fn keep(&mut self, verdict: Result<Reading, Reason>) -> Result<Reading, Reason> {
        match verdict {
            Ok(reading) if self.remember(&reading) => Ok(reading),
            Ok(_) => Err(self.refuse(Reason::Replayed)),
            Err(reason) => Err(self.refuse(reason)),
        }
    }

    /// Counts a packet that is no reading.
    pub(crate) const fn refuse(&mut self, reason: Reason) -> Reason {
        self.counts.add(reason);
        reason
    }

    fn forget_oldest(&mut self) {
        let Some((key, number)) = self.order.pop_front() else { return };
        if let Some(numbers) = self.keys.get_mut(&key) {
            numbers.retain(|n| *n != number);
            if numbers.is_empty() {
                self.keys.remove(&key);
            }
        }
    }

    /// False when the reading was seen before.
    fn remember(&mut self, reading: &Reading) -> bool {
        let record = reading.value(Quantity::RecordNumber).map(|n| n.mantissa);
        let time = reading.device_time.filter(|t| t.year != 0 && t.month != 0 && t.day != 0);
        let same = match (time, record) {
            (Some(time), None) if is_unbelieved(reading) => {
                Some(Sameness::Unbelieved(time, reading.components.clone()))
            }
            (Some(time), _) => Some(Sameness::Time(time, reading.components.first().map(|c| c.quantity))),
            // A sensor of the air counts its announcements, and begins anew within a day.
            (None, Some(_)) if reading.category != Category::Surroundings => {
                Some(Sameness::Record(reading.components.clone()))
            }
            (None, _) => None,
        };
        match same {
            Some(same) => {
                let key = (reading.category, reading.user, same);
                let numbers = self.keys.entry(key.clone()).or_default();
                if numbers.iter().any(|n| n.is_none() || record.is_none() || *n == record) {
                    return false;
                }
                numbers.push(record);
                self.order.push_back((key, record));
                if self.order.len() > REMEMBERED {
                    self.forget_oldest();
                }
                true
            }
            // Equal heart rates one after another are normal; equal pressures within seconds are one measurement.
            None if reading.category == Category::BloodPressure => {
                let copy = self.last_untimed.as_ref().is_some_and(|last| {
                    last.components == reading.components
                        && last.user == reading.user
                        && reading.arrived.abs_diff(last.arrived) < SAME_MEASUREMENT.unsigned_abs()
                });
                self.last_untimed = Some(reading.clone());
                !copy
            }
            None => true,
        }
    }
}

#[cfg(test)]
mod tests;
