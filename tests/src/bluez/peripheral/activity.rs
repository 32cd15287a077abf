//! Runners' and cyclists' sensors.

use super::{Content, Peripheral};

impl Peripheral {
    /// A foot pod: 2A53.
    #[must_use]
    pub fn foot_pod(unit: u8) -> Self {
        Self::new("Simulated Foot Pod", unit, 0x0A)
            .with(0x1814, 0x2A53, &["notify"], Content::Fixed(Vec::new()))
            .with(0x1814, 0x2A54, &["read"], Content::Fixed(vec![0x07, 0]))
            .with_battery(77)
            .with_information("RSC-10", unit)
    }

    /// A sensor of wheel and crank: 2A5B.
    #[must_use]
    pub fn cycling_sensor(unit: u8) -> Self {
        Self::new("Simulated Cycling Sensor", unit, 0x0B)
            .with(0x1816, 0x2A5B, &["notify"], Content::Fixed(Vec::new()))
            .with(0x1816, 0x2A5C, &["read"], Content::Fixed(vec![0x03, 0]))
            .with_battery(52)
            .with_information("CSC-11", unit)
    }

    /// A power meter: 2A63.
    #[must_use]
    pub fn power_meter(unit: u8) -> Self {
        Self::new("Simulated Power Meter", unit, 0x0C)
            .with(0x1818, 0x2A63, &["notify"], Content::Fixed(Vec::new()))
            .with(0x1818, 0x2A65, &["read"], Content::Fixed(vec![0x0C, 0, 0, 0]))
            .with_battery(88)
            .with_information("CPP-12", unit)
    }
}
