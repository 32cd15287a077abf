//! From what a device sent to a reading: unit, plausible range, clock verdict, quality flags. Nothing is silently
//! fixed: a value is kept, converted (with the original beside it) and flagged, or the whole packet is refused with a
//! reason. One module per profile; the ranges are in [`range`].

pub mod advert;
pub mod blood_pressure;
pub mod body_composition;
pub mod cgm;
pub mod clock;
pub mod cycling;
pub mod cycling_power;
mod draft;
pub mod elapsed_time;
pub mod enhanced_blood_pressure;
pub mod glucose;
pub mod health_sensor;
pub mod heart_rate;
pub mod polar_pmd;
pub mod pulse_oximeter;
pub mod range;
pub mod running;
pub mod thermometer;
pub mod unit;
pub mod weight;

use salus_wire::{DeviceId, Quality};

use clock::DeviceClock;
pub(crate) use draft::Draft;

/// What holds for every packet of one link.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// The device.
    pub device: DeviceId,
    /// Whether the link is encrypted, when known.
    pub link_encrypted: Option<bool>,
    /// The device's clock against ours.
    pub clock: DeviceClock,
}

impl Source {
    const fn quality(&self) -> Quality {
        if matches!(self.link_encrypted, Some(false)) { Quality(Quality::LINK_OPEN) } else { Quality(0) }
    }
}

#[cfg(test)]
mod body_tests;
#[cfg(test)]
mod tests;
