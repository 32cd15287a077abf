//! Coverage: the share of what was to come that is there. Said beside every mean, so that a gap is not mistaken for calm.
//!
//! ```text
//! a heart rate, and all else    minutes that hold a value / minutes that passed
//! a sensor's glucose            values, one a step / steps that passed; the step as its values tell it (pace)
//! ```
//!
//! # Source
//! Battelino and others, Clinical targets for continuous glucose monitoring data interpretation, Diabetes Care 42 (2019) 1593 to 1603:
//! how much a sensor was active is the percentage of the readings that are expected of it.

#[cfg(test)]
mod tests;

use salus_wire::{DeviceId, Level, Quantity, Summary, UnixMillis};

use crate::hrv::exact::nearest;
use crate::pace::{LONGEST_STEP, Pace};

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// What is seen so far; values, and summaries, come in order of time.
#[derive(Debug, Clone)]
pub struct Coverage {
    quantity: Quantity,
    from: UnixMillis,
    to: UnixMillis,
    newest: Option<i64>,
    minutes: u64,
    /// Of what is not sent every minute.
    sensor: Option<Sensor>,
}

/// What a sensor sent, whose step shows only at the end.
#[derive(Debug, Clone, Default)]
struct Sensor {
    pace: Pace,
    known: Option<u16>,
    hours: Vec<Hour>,
}

/// What came in an hour, or in a longer summary.
#[derive(Debug, Clone, Copy)]
struct Hour {
    first: UnixMillis,
    last: UnixMillis,
    minutes: u64,
}

impl Coverage {
    /// Nothing seen in `[from, min(to, now))`.
    #[must_use]
    pub fn new(quantity: Quantity, from: UnixMillis, to: UnixMillis, now: UnixMillis) -> Self {
        let sensor = (quantity == Quantity::InterstitialGlucose).then(Sensor::default);
        Self { quantity, from, to: to.min(now), newest: None, minutes: 0, sensor }
    }

    /// What it is of.
    #[must_use]
    pub const fn quantity(&self) -> Quantity {
        self.quantity
    }

    /// `step` is the sensor's, in minutes, where more than these values tells it.
    #[must_use]
    pub fn sent_every(mut self, step: Option<u16>) -> Self {
        if let Some(sensor) = &mut self.sensor {
            sensor.known = step;
        }
        self
    }

    /// A value at `at`.
    pub fn push(&mut self, device: DeviceId, at: UnixMillis) {
        if at < self.from || at >= self.to {
            return;
        }
        let minute = at.saturating_sub(self.from) / MINUTE;
        let new = self.newest.is_none_or(|m| minute > m);
        if new {
            self.newest = Some(minute);
            self.minutes += 1;
        }
        if let Some(sensor) = &mut self.sensor {
            sensor.pace.push(device, at);
            sensor.hold(at, at, new.into());
        }
    }

    /// A summary of values; none of its minutes holds one that was taken in before.
    pub fn add(&mut self, row: &Summary) {
        self.minutes = self.minutes.saturating_add(row.minutes.into());
        if let Some(sensor) = &mut self.sensor {
            sensor.pace.add(row);
            sensor.hold(row.first, row.last, row.minutes.into());
        }
    }

    /// Minutes that passed.
    #[must_use]
    pub fn of(&self) -> u64 {
        u64::try_from(self.to.saturating_sub(self.from)).unwrap_or(0).div_ceil(MINUTE.unsigned_abs())
    }

    /// Minutes of them that are covered: those with a value; of a sensor each value covers a step, and all that were due all of them.
    #[must_use]
    pub fn minutes(&self) -> u64 {
        let of = self.of();
        let Some(sensor) = &self.sensor else { return self.minutes.min(of) };
        let step = sensor.step();
        let (sent, due) = (sensor.values(step), (of / u64::from(step)).max(1));
        if sent >= due { of } else { sent.saturating_mul(step.into()).min(of) }
    }

    /// Percent, rounded down; at least 1 when there is any value.
    #[must_use]
    pub fn percent(&self) -> u8 {
        let (minutes, of) = (self.minutes(), self.of());
        if minutes == 0 || of == 0 {
            return 0;
        }
        let percent = u128::from(minutes) * 100 / u128::from(of);
        u8::try_from(percent.clamp(1, 100)).unwrap_or(100)
    }
}

impl Sensor {
    fn hold(&mut self, first: UnixMillis, last: UnixMillis, minutes: u64) {
        let start = Level::Hour.floor(first);
        match self.hours.last_mut() {
            Some(hour) if Level::Hour.floor(hour.first) == start => {
                hour.last = hour.last.max(last);
                hour.minutes = hour.minutes.saturating_add(minutes);
            }
            _ => self.hours.push(Hour { first, last, minutes }),
        }
    }

    /// Minutes.
    fn step(&self) -> u16 {
        self.known.or_else(|| self.pace.step()).unwrap_or(LONGEST_STEP).max(1)
    }

    /// Values, of each hour no more than steps have room between its first and its last: two receivers of one sensor count once.
    fn values(&self, step: u16) -> u64 {
        let step = u128::from(step) * u128::from(MINUTE.unsigned_abs());
        let one = |hour: &Hour| {
            let long = u128::try_from(hour.last.saturating_sub(hour.first)).unwrap_or(0);
            let room = u64::try_from(nearest(long, step)).unwrap_or(u64::MAX).saturating_add(1);
            hour.minutes.min(room)
        };
        self.hours.iter().map(one).fold(0, u64::saturating_add)
    }
}
