//! Glucose meters and sensors.

use std::sync::Arc;

use super::super::clock::OwnClock;
use super::super::memory::{CONTROL, Memory};
use super::super::packet::sugar;
use super::{Content, Peripheral, Written, once};

impl Peripheral {
    /// A meter with a memory: 2A18 with contexts in 2A34, the control point, a clock of its own.
    #[must_use]
    pub fn glucose_meter(unit: u8, clock: &Arc<OwnClock>, memory: &Arc<Memory>) -> Self {
        Self::new("Simulated Meter", unit, 0x08)
            .with(0x1808, 0x2A18, &["notify"], Content::Fixed(Vec::new()))
            .with(0x1808, 0x2A34, &["notify"], Content::Fixed(Vec::new()))
            .with(0x1808, 0x2A51, &["read"], Content::Fixed(vec![0, 0]))
            .with_control(0x1808, CONTROL, memory.written())
            .with_clock(clock)
            .with_battery(66)
            .with_information("GLP-8", unit)
    }

    /// A sensor under the skin whose session started at `start`: 2AA7, its session, its memory.
    #[must_use]
    pub fn glucose_sensor(unit: u8, start: i64, memory: &Arc<Memory>) -> Self {
        // 1C: response code; 01: success.
        let specific = Written::new(|octets| {
            let answer = vec![0x1C, octets.first().copied().unwrap_or_default(), 0x01];
            Some(once(0x2AAC, answer))
        });
        Self::new("Simulated Sensor Patch", unit, 0x09)
            .with(0x181F, 0x2AA7, &["notify"], Content::Fixed(Vec::new()))
            .with(0x181F, 0x2AA8, &["read"], Content::Fixed(sugar::sensor_feature()))
            .with(0x181F, 0x2AA9, &["read"], Content::Fixed(vec![0; 5]))
            .with(0x181F, 0x2AAA, &["read", "write"], Content::Fixed(sugar::sensor_start(start)))
            .with(0x181F, 0x2AAB, &["read"], Content::Fixed(vec![0xF0, 0]))
            .with_control(0x181F, CONTROL, memory.written())
            .with_control(0x181F, 0x2AAC, specific)
            .with_battery(99)
            .with_information("CGM-9", unit)
    }
}
