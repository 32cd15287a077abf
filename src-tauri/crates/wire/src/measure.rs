//! One measurement model for every device, page and export.
//!
//! Health values are decimals with the precision the device sent; never binary floating point.

use core::fmt;
use serde::{Deserialize, Serialize};

use crate::{DeviceId, UnixMillis};

/// `mantissa * 10^exponent`; the exponent carries the precision ("2.0" is 20 * 10^-1).
///
/// # Source
/// IEEE 11073-20601 SFLOAT and FLOAT keep the precision in the exponent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Decimal {
    /// Signed significant digits.
    pub mantissa: i64,
    /// Power of ten, -128 to 127.
    pub exponent: i8,
}

impl Decimal {
    /// A whole number.
    #[must_use]
    pub const fn whole(n: i64) -> Self {
        Self { mantissa: n, exponent: 0 }
    }

    /// Nearest binary floating point, for drawing and statistics only.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "for drawing; the decimal stays the value")]
    pub fn to_f64(self) -> f64 {
        // Dividing by an exact power of ten rounds once; multiplying by 0.1^k would round twice.
        if self.exponent < 0 {
            self.mantissa as f64 / 10f64.powi(-i32::from(self.exponent))
        } else {
            self.mantissa as f64 * 10f64.powi(i32::from(self.exponent))
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs().to_string();
        if self.exponent >= 0 {
            let zeros = if self.mantissa == 0 { 0 } else { usize::from(self.exponent.unsigned_abs()) };
            return write!(f, "{sign}{digits}{}", "0".repeat(zeros));
        }
        let places = usize::from(self.exponent.unsigned_abs());
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (int, frac) = padded.split_at(padded.len() - places);
        write!(f, "{sign}{int}.{frac}")
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a person chooses when sharing: one series per category in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Category {
    /// Heart rate and RR intervals.
    HeartRate,
    /// Systolic, diastolic and mean pressure with the pulse taken alongside.
    BloodPressure,
}

impl Category {
    /// Every category, in the order in which screens list them.
    pub const ALL: &'static [Category] = &[Category::HeartRate, Category::BloodPressure];

    /// Stored code, one octet; never reused.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Category::HeartRate => 1,
            Category::BloodPressure => 2,
        }
    }

    /// The category of a stored code.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.code() == code)
    }
}

/// One measured quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Quantity {
    /// Heart rate. LOINC 8867-4, MDC 147842, `/min`.
    HeartRate,
    /// RR interval. MDC 147240, `ms`.
    RrInterval,
    /// Energy expended since the last reset. `kJ`.
    EnergyExpended,
    /// Systolic pressure. LOINC 8480-6, MDC 150021, `mm[Hg]`.
    Systolic,
    /// Diastolic pressure. LOINC 8462-4, MDC 150022, `mm[Hg]`.
    Diastolic,
    /// Mean arterial pressure. LOINC 8478-0, MDC 150023, `mm[Hg]`.
    MeanPressure,
    /// Pulse rate taken with a blood pressure. LOINC 8867-4, MDC 149546, `/min`.
    PulseRate,
}

impl Quantity {
    /// Every quantity.
    pub const ALL: &'static [Quantity] = &[
        Quantity::HeartRate,
        Quantity::RrInterval,
        Quantity::EnergyExpended,
        Quantity::Systolic,
        Quantity::Diastolic,
        Quantity::MeanPressure,
        Quantity::PulseRate,
    ];

    /// Stored code, one octet; never reused.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Quantity::HeartRate => 1,
            Quantity::RrInterval => 2,
            Quantity::EnergyExpended => 3,
            Quantity::Systolic => 4,
            Quantity::Diastolic => 5,
            Quantity::MeanPressure => 6,
            Quantity::PulseRate => 7,
        }
    }

    /// The quantity of a stored code.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|q| q.code() == code)
    }

    /// The canonical UCUM unit of stored values.
    #[must_use]
    pub const fn ucum(self) -> &'static str {
        match self {
            Quantity::HeartRate | Quantity::PulseRate => "/min",
            Quantity::RrInterval => "ms",
            Quantity::EnergyExpended => "kJ",
            Quantity::Systolic | Quantity::Diastolic | Quantity::MeanPressure => "mm[Hg]",
        }
    }
}

/// One value of a reading, in the quantity's canonical unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Component {
    /// What was measured.
    pub quantity: Quantity,
    /// The value, in [`Quantity::ucum`].
    pub value: Decimal,
}

/// Quality flags, as bits; nothing is silently fixed, it is flagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Quality(pub u16);

impl Quality {
    /// The sensor reports that it has no skin contact.
    pub const NO_CONTACT: u16 = 1 << 0;
    /// The body moved during the measurement.
    pub const MOVEMENT: u16 = 1 << 1;
    /// The cuff was too loose.
    pub const CUFF_LOOSE: u16 = 1 << 2;
    /// The device saw an irregular pulse.
    pub const IRREGULAR_PULSE: u16 = 1 << 3;
    /// The measuring position was wrong.
    pub const BAD_POSITION: u16 = 1 << 4;
    /// The pulse was outside the device's range.
    pub const PULSE_RANGE: u16 = 1 << 5;
    /// The value was converted from another unit; the original is kept in the provenance.
    pub const CONVERTED: u16 = 1 << 6;
    /// The device gave no usable time; the arrival time stands in.
    pub const NO_DEVICE_TIME: u16 = 1 << 7;
    /// The device's clock is wrong by more than the tolerance; the time was corrected, the raw time kept.
    pub const CLOCK_CORRECTED: u16 = 1 << 8;
    /// The link was not encrypted.
    pub const LINK_OPEN: u16 = 1 << 9;
    /// The person typed it.
    pub const TYPED: u16 = 1 << 10;
    /// Taken from the device's memory, not live; never shown as the latest.
    pub const BACKFILLED: u16 = 1 << 11;

    /// True when all bits of `flag` are set.
    #[must_use]
    pub const fn has(self, flag: u16) -> bool {
        self.0 & flag == flag
    }

    /// These flags and `flag`.
    #[must_use]
    pub const fn with(self, flag: u16) -> Self {
        Self(self.0 | flag)
    }
}

/// The device's own clock reading, local wall time without zone (Bluetooth Date Time 2A08); 0 = unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeviceTime {
    /// 1582 to 9999, or 0.
    pub year: u16,
    /// 1 to 12, or 0.
    pub month: u8,
    /// 1 to 31, or 0.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

/// One reading: everything one notification measured at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reading {
    /// When it was measured, corrected if the quality says so.
    pub at: UnixMillis,
    /// When it arrived at the gateway.
    pub arrived: UnixMillis,
    /// The device.
    pub device: DeviceId,
    /// The series it belongs to.
    pub category: Category,
    /// The values; at most 32. A quantity may repeat (several RR intervals in one packet, in order).
    pub components: Vec<Component>,
    /// Flags.
    pub quality: Quality,
    /// The device's own time as sent.
    pub device_time: Option<DeviceTime>,
    /// The device's user index, when it has several users (255 = unknown is `None`).
    pub user: Option<u8>,
}

impl Reading {
    /// Most components a reading may hold.
    pub const MAX_COMPONENTS: usize = 32;

    /// The first value of a quantity.
    #[must_use]
    pub fn value(&self, quantity: Quantity) -> Option<Decimal> {
        self.components.iter().find(|c| c.quantity == quantity).map(|c| c.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_prints_with_its_precision() {
        for (m, e, text) in [
            (2, 0, "2"),
            (200, -2, "2.00"),
            (2, 2, "200"),
            (-511, -1, "-51.1"),
            (5, -3, "0.005"),
            (0, 3, "0"),
            (-5, -2, "-0.05"),
        ] {
            assert_eq!(Decimal { mantissa: m, exponent: e }.to_string(), text);
        }
    }

    #[test]
    fn codes_are_unique_and_round_trip() {
        for q in Quantity::ALL {
            assert_eq!(Quantity::from_code(q.code()), Some(*q));
        }
        for c in Category::ALL {
            assert_eq!(Category::from_code(c.code()), Some(*c));
        }
    }
}
