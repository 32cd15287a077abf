//! A day in the life of one person: six wearables, what they have stored, and what they send.
//!
//! ```text
//! strap        beats, live; its link drops now and then
//! cuff         morning, noon and evening of three days
//! oximeter     spot checks over the day, one of them with a weak signal
//! scale        two weeks of mornings, and one weighing of somebody else
//! thermometer  the course of a day
//! meter        two weeks of history with meals, by a clock that is an hour behind
//! ```

use std::sync::Arc;

use super::clock::{OwnClock, Setting};
use super::memory::{Memory, Skill};
use super::packet::{body, sugar};
use super::peripheral::{Clock, Peripheral};
use super::wave::Wave;

/// The wearables in the order of [`wearables`].
pub const NAMES: [&str; 6] = ["strap", "cuff", "oximeter", "scale", "thermometer", "meter"];

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const DAYS: i64 = 14;

/// One packet of one wearable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its name of [`NAMES`].
    pub by: &'static str,
    /// Characteristic.
    pub characteristic: u16,
    /// Octets.
    pub octets: Vec<u8>,
}

/// The six, with their memories filled.
#[must_use]
pub fn wearables(clock: &Clock, wave: &mut Wave) -> Vec<Peripheral> {
    let now = clock();
    let right = OwnClock::right(Arc::clone(clock));
    // Summer time was missed.
    let behind = OwnClock::wrong(Arc::clone(clock), -HOUR, Setting::Obeys);
    let spots = Memory::new(Skill::AllOnly);
    vec![
        Peripheral::heart_rate_strap(1),
        Peripheral::blood_pressure_cuff(1, Arc::clone(clock)),
        Peripheral::pulse_oximeter(1, Arc::clone(clock), &spots),
        Peripheral::scale(1, Arc::clone(clock)),
        Peripheral::thermometer(1, 6).with_clock(&right),
        Peripheral::glucose_meter(1, &behind, &meals(now - HOUR, wave)),
    ]
}

/// Two weeks before `shown`, the meter's own time: fasting, and after each of three meals; one day was forgotten.
fn meals(shown: i64, wave: &mut Wave) -> Arc<Memory> {
    let memory = Memory::new(Skill::Full);
    let mut number = 0;
    for day in (0..DAYS).rev().filter(|day| *day != 5) {
        // Hours before now, the range of the values in mg/dL, grams eaten, the code of "fasting" or "after the meal".
        for (ago, low, high, grams, meal) in
            [(15, 88, 112, 0, 3), (12, 120, 165, 45, 2), (7, 118, 172, 60, 2), (2, 115, 160, 50, 2)]
        {
            let at = shown - day * DAY - ago * HOUR - wave.between(0, 20) * 60_000;
            let mg = u16::try_from(wave.between(low, high)).unwrap_or(100);
            let packets = vec![
                (0x2A18, sugar::glucose(number, at, 0, mg, true)),
                (0x2A34, sugar::context(number, grams, meal)),
            ];
            memory.store(number, packets);
            number += 1;
        }
    }
    memory
}

/// What the cuff, the oximeter, the scale and the thermometer have to say of the days before `now`.
#[must_use]
pub fn packets(now: i64, wave: &mut Wave) -> Vec<Said> {
    let mut said = Vec::new();
    let mut say = |by, characteristic, octets| said.push(Said { by, characteristic, octets });
    for ago in [62, 57, 50, 38, 33, 26, 14, 9, 2] {
        say("cuff", 0x2A35, wave.blood_pressure(now - ago * HOUR));
    }
    for ago in [13, 10, 8, 5, 3, 1] {
        say(
            "oximeter",
            0x2A5E,
            body::spot_check(wave.between(95, 99), wave.between(58, 84), now - ago * HOUR),
        );
    }
    // Bit 5: low perfusion.
    say("oximeter", 0x2A5F, body::continuous(93, 71, 1 << 5));
    for day in (0..DAYS).rev() {
        let kg_200 = u16::try_from(14_500 - (DAYS - day) * 8 + wave.between(0, 40)).unwrap_or(14_400);
        say("scale", 0x2A9D, body::weight(kg_200, now - day * DAY - 14 * HOUR, 1));
    }
    say("scale", 0x2A9D, body::weight(16_880, now - 13 * HOUR, 2));
    for (ago, tenths) in [(14, 364), (11, 367), (8, 369), (4, 371), (1, 368)] {
        say("thermometer", 0x2A1C, body::temperature(tenths + wave.between(0, 2), now - ago * HOUR, 6));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_names_its_wearables_and_is_the_same_for_the_same_seed() {
        let clock: Clock = Arc::new(|| 1_779_352_245_000);
        assert_eq!(wearables(&clock, &mut Wave::new(1)).len(), NAMES.len());
        let day = packets(clock(), &mut Wave::new(3));
        assert_eq!(day, packets(clock(), &mut Wave::new(3)));
        assert!(day.iter().all(|said| NAMES.contains(&said.by)));
    }
}
