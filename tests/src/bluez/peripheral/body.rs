//! What measures the body: oximeter, scale, analyser, thermometer, generic sensor.

use std::sync::Arc;

use super::super::clock::OwnClock;
use super::super::household::{self as people, Household};
use super::super::memory::{CONTROL, Memory};
use super::super::packet::sensor;
use super::{Clock, Content, Peripheral, Written, once};

fn empty() -> Content {
    Content::Fixed(Vec::new())
}

/// 2BF4, written with start or stop. 80: done.
fn started() -> Written {
    Written::new(|octets| matches!(octets, [1 | 2]).then(|| once(0x2BF4, vec![0x80])))
}

impl Peripheral {
    /// A finger oximeter: spot checks 2A5E and continuous 2A5F, its memory, current time.
    #[must_use]
    pub fn pulse_oximeter(unit: u8, clock: Clock, memory: &Arc<Memory>) -> Self {
        Self::new("Simulated Oximeter", unit, 0x03)
            .with(0x1822, 0x2A5E, &["indicate"], empty())
            .with(0x1822, 0x2A5F, &["notify"], empty())
            .with(0x1822, 0x2A60, &["read"], Content::Fixed(vec![0, 0]))
            .with_control(0x1822, CONTROL, memory.written())
            .with_clock(&OwnClock::right(clock))
            .with_battery(71)
            .with_information("PLX-3", unit)
    }

    /// A cuff with enhanced measurements 2B34, its memory of records 2B36 in segments with or without checksum, current
    /// time.
    #[must_use]
    pub fn enhanced_cuff(unit: u8, clock: Clock, memory: &Arc<Memory>, checked: bool) -> Self {
        let feature = if checked { vec![0x40, 0] } else { vec![0, 0] };
        Self::new("Simulated Enhanced Cuff", unit, 0x0E)
            .with(0x1810, 0x2B34, &["indicate"], empty())
            .with(0x1810, 0x2B36, &["notify"], empty())
            .with(0x1810, 0x2A49, &["read"], Content::Fixed(feature))
            .with_control(0x1810, CONTROL, memory.written())
            .with_clock(&OwnClock::right(clock))
            .with_battery(82)
            .with_information("EBP-14", unit)
    }

    /// A scale that tells users apart: 2A9D, user data with its control point, current time.
    #[must_use]
    pub fn scale(unit: u8, clock: Clock) -> Self {
        Self::new("Simulated Scale", unit, 0x04)
            .with(0x181D, 0x2A9D, &["indicate"], empty())
            .with(0x181D, 0x2A9E, &["read"], Content::Fixed(vec![0x3B, 0, 0, 0]))
            .with_users(1)
            .with_clock(&OwnClock::right(clock))
            .with_battery(93)
            .with_information("WSC-4", unit)
    }

    /// With a household that it keeps apart, in place of the one that everybody may see.
    #[must_use]
    pub fn keeping(self, household: &Arc<Household>) -> Self {
        self.without(people::CONTROL).with_control(0x181C, people::CONTROL, household.written())
    }

    /// An analyser: 2A9C in two packets, user data, current time.
    #[must_use]
    pub fn body_analyser(unit: u8, clock: Clock) -> Self {
        Self::new("Simulated Analyser", unit, 0x05)
            .with(0x181B, 0x2A9C, &["indicate"], empty())
            .with(0x181B, 0x2A9B, &["read"], Content::Fixed(vec![0x2B, 0x02, 0, 0]))
            .with_users(1)
            .with_clock(&OwnClock::right(clock))
            .with_battery(58)
            .with_information("BCA-5", unit)
    }

    /// A thermometer for one site, which it says once for all.
    #[must_use]
    pub fn thermometer(unit: u8, site: u8) -> Self {
        Self::new("Simulated Thermometer", unit, 0x06)
            .with(0x1809, 0x2A1C, &["indicate"], empty())
            .with(0x1809, 0x2A1D, &["read"], Content::Fixed(vec![site]))
            .with_battery(45)
            .with_information("HTS-6", unit)
    }

    /// A generic health sensor: live observations 2B8B of pressure and saturation, started at 2BF4.
    #[must_use]
    pub fn health_sensor(unit: u8) -> Self {
        let kinds = sensor::features(&[150_020, 150_456, 149_530]);
        Self::new("Simulated Sensor", unit, 0x07)
            .with(0x1840, 0x2B8B, &["notify"], empty())
            .with(0x1840, 0x2BF3, &["read"], Content::Fixed(kinds))
            .with_control(0x1840, 0x2BF4, started())
            .with_battery(80)
            .with_information("GHS-7", unit)
    }

    /// A generic health sensor with a memory 2BDD, of temperature and saturation, and a counter 2BF2 in place of a clock.
    #[must_use]
    pub fn recording_sensor(
        unit: u8,
        seconds: impl Fn() -> u64 + Send + Sync + 'static,
        memory: &Arc<Memory>,
    ) -> Self {
        let kinds = sensor::features(&[150_364, 150_456]);
        Self::new("Simulated Recording Sensor", unit, 0x10)
            .with(0x1840, 0x2B8B, &["notify"], empty())
            .with(0x1840, 0x2BDD, &["notify"], empty())
            .with(0x1840, 0x2BF3, &["read"], Content::Fixed(kinds))
            .with_control(0x1840, 0x2BF4, started())
            .with_control(0x1840, CONTROL, memory.written())
            .with(0x183F, 0x2BF2, &["read"], Content::Live(Arc::new(move || sensor::clock(seconds()))))
            .with_battery(80)
            .with_information("GHS-16", unit)
    }

    /// The user data service: whose data it shows now, and consent 1234 for every user.
    #[must_use]
    fn with_users(self, user: u8) -> Self {
        let consent = Written::new(|octets| {
            let result = match octets {
                [0x02, _, 0xD2, 0x04] => 0x01,
                [0x02, ..] => 0x05,
                _ => 0x02,
            };
            let answer = vec![0x20, octets.first().copied().unwrap_or_default(), result];
            Some(once(0x2A9F, answer))
        });
        self.with(0x181C, 0x2A9A, &["read"], Content::Fixed(vec![user]))
            .with(0x181C, 0x2A99, &["read", "notify"], Content::Fixed(vec![0; 4]))
            .with_control(0x181C, 0x2A9F, consent)
    }
}
