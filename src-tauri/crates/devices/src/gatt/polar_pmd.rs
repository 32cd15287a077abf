//! Polar Measurement Data, service FB005C80-02E7-F387-1CAD-8ACD2D8DF0C8: data ...C82 and control point ...C81.
//!
//! ```text
//! C82     kind u8 (0 ECG, 2 ACC, 3 PPI), time u64 ns since 2000-01-01T00:00:00 of the device's clock, frame type u8
//!         (bit 7 compressed), samples to the end; the time is the LAST sample's, 0 for PPI
//! ECG 0   i24 uV each, at 130 Hz
//! ACC 0   i8 x, i8 y, i8 z in mG each
//! ACC 1   i16 x, i16 y, i16 z in mG each
//! PPI 0   heart rate u8 /min, interval u16 ms, error u16 ms, flags u8 each (bit 0 the body moved, bit 1 skin contact,
//!         bit 2 contact is supported)
//! C81     see control
//! ```
//!
//! Other kinds, other frame types and compressed frames are not defined here. The service answers on an encrypted link
//! only.

mod control;
pub mod recording;

pub use control::{
    Answer, Error, Features, Message, Setting, SettingKind, Settings, features, message, settings,
    settings_request, start_acc, start_ecg, start_ppi, stop,
};

use super::{Malformed, Octets};

/// Longest frame: the longest value of a characteristic.
pub const MAX_LEN: usize = 512;

/// ECG samples a second.
pub const ECG_HERTZ: i64 = 130;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Electrocardiogram.
    Ecg,
    /// Acceleration.
    Acc,
    /// Intervals between pulse waves.
    Ppi,
}

impl Kind {
    /// The octet of this kind.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Ecg => 0,
            Self::Acc => 2,
            Self::Ppi => 3,
        }
    }

    const fn of(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Ecg),
            2 => Some(Self::Acc),
            3 => Some(Self::Ppi),
            _ => None,
        }
    }
}

/// Acceleration, mG.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acceleration {
    /// Along x.
    pub x: i16,
    /// Along y.
    pub y: i16,
    /// Along z.
    pub z: i16,
}

/// An interval between two pulse waves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PulseInterval {
    /// Heart rate, /min; 0 without one.
    pub bpm: u8,
    /// Interval, ms.
    pub millis: u16,
    /// Its estimated error, ms.
    pub error_millis: u16,
    /// The body moved: not to be relied on.
    pub moved: bool,
    /// Skin contact; `None` when the sensor cannot tell.
    pub contact: Option<bool>,
}

/// The samples of a frame, oldest first; at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Samples<'a> {
    /// Microvolt.
    Ecg(Ecg<'a>),
    /// Acceleration in octets.
    Acc8(Acc8<'a>),
    /// Acceleration in 16 bits.
    Acc16(Acc16<'a>),
    /// Intervals.
    Ppi(Ppi<'a>),
}

macro_rules! samples {
    ($(#[$doc:meta])* $name:ident, $width:literal, $item:ty, $read:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name<'a>(&'a [[u8; $width]]);

        impl<'a> $name<'a> {
            /// The samples, oldest first.
            pub fn iter(&self) -> impl DoubleEndedIterator<Item = $item> + ExactSizeIterator + use<'a> {
                self.0.iter().map(|octets| $read(*octets))
            }

            fn read(octets: &'a [u8]) -> Result<Self, Malformed> {
                match octets.as_chunks() {
                    (samples, []) if !samples.is_empty() => Ok(Self(samples)),
                    _ => Err(Malformed::Truncated),
                }
            }
        }
    };
}

samples!(
    /// Microvolt.
    Ecg,
    3,
    i32,
    // Shifting right extends the sign of the 24 bits.
    |[a, b, c]: [u8; 3]| i32::from_le_bytes([0, a, b, c]) >> 8
);
samples!(
    /// Acceleration in octets.
    Acc8,
    3,
    Acceleration,
    |octets: [u8; 3]| {
        let [x, y, z] = octets.map(|o| i16::from(o.cast_signed()));
        Acceleration { x, y, z }
    }
);
samples!(
    /// Acceleration in 16 bits.
    Acc16,
    6,
    Acceleration,
    |[a, b, c, d, e, f]: [u8; 6]| Acceleration {
        x: i16::from_le_bytes([a, b]),
        y: i16::from_le_bytes([c, d]),
        z: i16::from_le_bytes([e, f]),
    }
);
samples!(
    /// Intervals.
    Ppi,
    6,
    PulseInterval,
    |[bpm, a, b, c, d, flags]: [u8; 6]| PulseInterval {
        bpm,
        millis: u16::from_le_bytes([a, b]),
        error_millis: u16::from_le_bytes([c, d]),
        moved: flags & 0x01 != 0,
        contact: (flags & 0x04 != 0).then_some(flags & 0x02 != 0),
    }
);

/// One frame, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The last sample's time by the device's clock, ns since 2000-01-01T00:00:00; 0 without one.
    pub nanos: u64,
    /// The samples.
    pub samples: Samples<'a>,
}

/// Decodes a frame of C82.
///
/// # Errors
/// A frame without a sample or with a part of one, longer than [`MAX_LEN`], or of a kind or type that is not defined
/// here.
pub fn frame(bytes: &[u8]) -> Result<Frame<'_>, Malformed> {
    if bytes.len() > MAX_LEN {
        return Err(Malformed::Trailing);
    }
    let mut octets = Octets::new(bytes);
    let kind = octets.u8()?;
    let nanos = octets.take().map(u64::from_le_bytes)?;
    let frame_type = octets.u8()?;
    let rest = octets.slice(octets.len())?;
    let samples = match (Kind::of(kind), frame_type) {
        (Some(Kind::Ecg), 0) => Samples::Ecg(Ecg::read(rest)?),
        (Some(Kind::Acc), 0) => Samples::Acc8(Acc8::read(rest)?),
        (Some(Kind::Acc), 1) => Samples::Acc16(Acc16::read(rest)?),
        (Some(Kind::Ppi), 0) => Samples::Ppi(Ppi::read(rest)?),
        _ => return Err(Malformed::Undefined),
    };
    Ok(Frame { nanos, samples })
}

#[cfg(test)]
mod tests;
