//! Days of 1 Hz heart rate as a strap would send them, for what is measured over a day or a year.

use rand::rngs::ChaCha20Rng;
use rand::{RngExt, SeedableRng};
use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity, Reading};

/// Of everything random here.
pub const SEED: u64 = 20_261_122;
/// Seconds of a day.
pub const DAY: i64 = 86_400;
/// 2025-11-18, the start of an epoch; Unix milliseconds.
pub const START: i64 = 430_532 * 4_096_000;

/// Whether the day keeps its RR intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beats {
    /// They are components of their readings.
    Kept,
    /// The rate alone.
    Left,
}

/// The `day`th day: a heart that drifts, breathes and jitters; packets arrive up to 15 ms early or late and one in 500 is lost.
#[must_use]
pub fn noisy_day(day: i64, beats: Beats) -> Vec<Reading> {
    let mut rng = ChaCha20Rng::seed_from_u64(SEED ^ day.cast_unsigned());
    let mut drift = 0.0f64;
    let mut next_beat = 0.0f64;
    (0..DAY)
        .filter_map(|second| {
            #[expect(clippy::cast_precision_loss, reason = "a day's seconds are exact")]
            let t = second as f64;
            drift = drift * 0.995 + rng.random_range(-0.8..0.8);
            let bpm = 68.0 + 12.0 * (t / 14_000.0).sin() + 3.0 * (t / 4.1).sin() + drift;
            let mut rr = Vec::new();
            while next_beat < t + 1.0 {
                let interval = 60.0 / bpm + rng.random_range(-0.03..0.03);
                next_beat += interval;
                // The profile's unit is 1/1024 s; in ms that is an exact decimal with seven places.
                #[expect(clippy::cast_possible_truncation, reason = "an interval is about a second")]
                rr.push((interval * 1024.0).round() as i64 * 9_765_625);
            }
            let at = START + (day * DAY + second) * 1000 + rng.random_range(-15..=15);
            #[expect(clippy::cast_possible_truncation, reason = "a rate is about 70")]
            let rate = Component { quantity: Quantity::HeartRate, value: Decimal::whole(bpm.round() as i64) };
            let intervals = rr.into_iter().map(|mantissa| Component {
                quantity: Quantity::RrInterval,
                value: Decimal { mantissa, exponent: -7 },
            });
            let kept = intervals.filter(|_| beats == Beats::Kept);
            let components = std::iter::once(rate).chain(kept).collect();
            (rng.random_range(0..500) != 0).then_some(reading(at, components))
        })
        .collect()
}

/// One reading of the strap, at Unix milliseconds.
#[must_use]
pub fn reading(at: i64, components: Vec<Component>) -> Reading {
    Reading {
        at,
        arrived: at,
        device: DeviceId([7; 16]),
        category: Category::HeartRate,
        components,
        quality: Quality(0),
        device_time: None,
        user: None,
    }
}
