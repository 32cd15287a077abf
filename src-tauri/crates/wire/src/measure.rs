//! One measurement model for every device, page and export.
//!
//! Health values are decimals with the precision the device sent; never binary floating point.

mod category;
mod decimal;
mod quality;
mod quantity;
mod specimen;
pub mod spoken;
pub mod summary;
mod threshold;

use serde::{Deserialize, Serialize};

pub use category::Category;
pub use decimal::{Decimal, NotADecimal};
pub use quality::Quality;
pub use quantity::Quantity;
pub use summary::{Level, Sum, Summary};
pub use threshold::Threshold;

use crate::{DeviceId, UnixMillis};

/// One value of a reading, in the quantity's canonical unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Component {
    /// What was measured.
    pub quantity: Quantity,
    /// The value, in [`Quantity::ucum`].
    pub value: Decimal,
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

    /// True when the values may be drawn and summed up: the sensor touched the skin.
    #[must_use]
    pub const fn counts(&self) -> bool {
        !self.quality.has(Quality::NO_CONTACT)
    }

    /// True for what the person typed here. A device that says that a value was typed into it sends a time with it, or the
    /// reading says that there was none, or that it was corrected.
    #[must_use]
    pub const fn is_typed_here(&self) -> bool {
        let by_device = Quality::NO_DEVICE_TIME | Quality::CLOCK_CORRECTED;
        self.quality.has(Quality::TYPED) && self.device_time.is_none() && self.quality.0 & by_device == 0
    }

    /// The first value of a quantity.
    #[must_use]
    pub fn value(&self, quantity: Quantity) -> Option<Decimal> {
        self.components.iter().find(|c| c.quantity == quantity).map(|c| c.value)
    }
}
