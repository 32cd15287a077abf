//! PLX Spot-Check Measurement 2A5E, PLX Continuous Measurement 2A5F and PLX Features 2A60.
//!
//! ```text
//! 2A5E  flags  u8   bit 0 time, bit 1 status, bit 2 sensor, bit 3 amplitude, bit 4 device clock not set
//!       SFLOAT saturation, SFLOAT pulse, time 7 octets (see date_time), status u16, sensor u24, SFLOAT amplitude
//! 2A5F  flags  u8   bit 0 fast, bit 1 slow, bit 2 status, bit 3 sensor, bit 4 amplitude
//!       SFLOAT saturation, SFLOAT pulse: normal, then fast, then slow; status u16, sensor u24, SFLOAT amplitude
//! 2A60  features u16, then status bits that can occur u16 (feature bit 0), sensor bits that can occur u24 (bit 1)
//!
//! saturation and amplitude in percent, pulse in /min; bits of status and sensor: see Status and Sensor
//! ```

use salus_wire::measure::DeviceTime;

use super::number::{Value, sfloat};
use super::{Malformed, Octets, date_time};

/// What the device says of the measurement, as bits; 0 to 4 are reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status(pub u16);

impl Status {
    /// The measurement goes on.
    pub const ONGOING: u16 = 1 << 5;
    /// An early estimate.
    pub const EARLY_ESTIMATE: u16 = 1 << 6;
    /// Validated by the device.
    pub const VALIDATED: u16 = 1 << 7;
    /// Fully qualified by the device.
    pub const FULLY_QUALIFIED: u16 = 1 << 8;
    /// From the device's memory.
    pub const FROM_STORAGE: u16 = 1 << 9;
    /// A demonstration.
    pub const DEMONSTRATION: u16 = 1 << 10;
    /// A test.
    pub const TESTING: u16 = 1 << 11;
    /// Calibration goes on.
    pub const CALIBRATING: u16 = 1 << 12;
    /// There is no measurement.
    pub const UNAVAILABLE: u16 = 1 << 13;
    /// The measurement is questionable.
    pub const QUESTIONABLE: u16 = 1 << 14;
    /// The measurement is invalid.
    pub const INVALID: u16 = 1 << 15;

    /// True when any of `bits` is set.
    #[must_use]
    pub const fn any(self, bits: u16) -> bool {
        self.0 & bits != 0
    }
}

/// What the device says of itself and its sensor, as bits; 16 to 23 are reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sensor(pub u32);

impl Sensor {
    /// The display lags behind.
    pub const DISPLAY_LAGS: u32 = 1 << 0;
    /// The device has a fault.
    pub const DEVICE_FAULT: u32 = 1 << 1;
    /// The signal processing is irregular.
    pub const IRREGULAR_PROCESSING: u32 = 1 << 2;
    /// The signal is inadequate.
    pub const INADEQUATE_SIGNAL: u32 = 1 << 3;
    /// The signal is poor.
    pub const POOR_SIGNAL: u32 = 1 << 4;
    /// Low perfusion.
    pub const LOW_PERFUSION: u32 = 1 << 5;
    /// The signal is erratic.
    pub const ERRATIC_SIGNAL: u32 = 1 << 6;
    /// The signal does not pulse.
    pub const NO_PULSATION: u32 = 1 << 7;
    /// The pulse is questionable.
    pub const QUESTIONABLE_PULSE: u32 = 1 << 8;
    /// The signal is still analysed.
    pub const ANALYSING: u32 = 1 << 9;
    /// The sensor is disturbed, by light for example.
    pub const INTERFERENCE: u32 = 1 << 10;
    /// The sensor is on nobody.
    pub const OFF_USER: u32 = 1 << 11;
    /// An unknown sensor is connected.
    pub const UNKNOWN_SENSOR: u32 = 1 << 12;
    /// The sensor is displaced.
    pub const DISPLACED: u32 = 1 << 13;
    /// The sensor has a fault.
    pub const SENSOR_FAULT: u32 = 1 << 14;
    /// No sensor is connected.
    pub const DISCONNECTED: u32 = 1 << 15;

    /// True when any of `bits` is set.
    #[must_use]
    pub const fn any(self, bits: u32) -> bool {
        self.0 & bits != 0
    }
}

/// A saturation and the pulse that goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Oxygen {
    /// Oxygen saturation, percent.
    pub saturation: Value,
    /// Pulse, /min.
    pub pulse: Value,
}

/// What both measurements say beside the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// Of the measurement.
    pub status: Option<Status>,
    /// Of device and sensor.
    pub sensor: Option<Sensor>,
    /// Pulse amplitude index, percent.
    pub amplitude: Option<Value>,
}

/// One spot check, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpotCheck {
    /// The values.
    pub oxygen: Oxygen,
    /// The device's time.
    pub time: Option<DeviceTime>,
    /// The device says that its clock was never set.
    pub clock_not_set: bool,
    /// Status and amplitude.
    pub context: Context,
}

/// One packet of a continuous measurement, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Continuous {
    /// Averaged as usual.
    pub normal: Oxygen,
    /// Averaged over a shorter time.
    pub fast: Option<Oxygen>,
    /// Averaged over a longer time.
    pub slow: Option<Oxygen>,
    /// Status and amplitude.
    pub context: Context,
}

/// What a device can send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features {
    /// Bit 0 status, 1 sensor, 2 storage, 3 time, 4 fast, 5 slow, 6 amplitude, 7 several bonds.
    pub features: u16,
    /// Status bits that can occur.
    pub status: Option<Status>,
    /// Sensor bits that can occur.
    pub sensor: Option<Sensor>,
}

/// Decodes 2A5E.
///
/// # Errors
/// A missing octet, an octet too many, or a time with a field out of range.
pub fn spot_check(bytes: &[u8]) -> Result<SpotCheck, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let oxygen = oxygen(&mut octets)?;
    let time = if flags & 0x01 == 0 { None } else { Some(date_time::read(&mut octets)?) };
    let context = context(&mut octets, flags >> 1)?;
    octets.end()?;
    Ok(SpotCheck { oxygen, time, clock_not_set: flags & 0x10 != 0, context })
}

/// Decodes 2A5F.
///
/// # Errors
/// A missing octet or an octet too many.
pub fn continuous(bytes: &[u8]) -> Result<Continuous, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let normal = oxygen(&mut octets)?;
    let fast = if flags & 0x01 == 0 { None } else { Some(oxygen(&mut octets)?) };
    let slow = if flags & 0x02 == 0 { None } else { Some(oxygen(&mut octets)?) };
    let context = context(&mut octets, flags >> 2)?;
    octets.end()?;
    Ok(Continuous { normal, fast, slow, context })
}

/// Decodes 2A60.
///
/// # Errors
/// A missing octet or an octet too many.
pub fn features(bytes: &[u8]) -> Result<Features, Malformed> {
    let mut octets = Octets::new(bytes);
    let features = octets.u16()?;
    let status = if features & 0x01 == 0 { None } else { Some(Status(octets.u16()?)) };
    let sensor = if features & 0x02 == 0 { None } else { Some(sensor(&mut octets)?) };
    octets.end()?;
    Ok(Features { features, status, sensor })
}

fn oxygen(octets: &mut Octets<'_>) -> Result<Oxygen, Malformed> {
    Ok(Oxygen { saturation: sfloat(octets.u16()?), pulse: sfloat(octets.u16()?) })
}

/// `flags`: bit 0 status, bit 1 sensor, bit 2 amplitude.
fn context(octets: &mut Octets<'_>, flags: u8) -> Result<Context, Malformed> {
    let status = if flags & 0x01 == 0 { None } else { Some(Status(octets.u16()?)) };
    let sensor = if flags & 0x02 == 0 { None } else { Some(sensor(octets)?) };
    let amplitude = if flags & 0x04 == 0 { None } else { Some(sfloat(octets.u16()?)) };
    Ok(Context { status, sensor, amplitude })
}

fn sensor(octets: &mut Octets<'_>) -> Result<Sensor, Malformed> {
    let [a, b, c] = octets.take()?;
    Ok(Sensor(u32::from_le_bytes([a, b, c, 0])))
}

#[cfg(test)]
mod tests;
