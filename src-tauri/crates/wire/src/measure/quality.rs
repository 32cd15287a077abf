//! Quality flags of a reading.

use serde::{Deserialize, Serialize};

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
    /// The signal was weak: low perfusion, poor or noisy signal.
    pub const LOW_SIGNAL: u16 = 1 << 12;
    /// The device itself doubts the value: questionable, sensor fault, improper use.
    pub const QUESTIONABLE: u16 = 1 << 13;
    /// Taken from a file.
    pub const IMPORTED: u16 = 1 << 14;
    /// An early or unvalidated estimate: the measurement went on, or a calibration was due.
    pub const PROVISIONAL: u16 = 1 << 15;

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
