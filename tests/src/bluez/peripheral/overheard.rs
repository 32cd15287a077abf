//! What is heard and never connected.

use super::{Advert, Peripheral};

impl Peripheral {
    /// A sensor of the air that says its values in its maker's data.
    #[must_use]
    pub fn ruuvi(unit: u8, first: Advert) -> Self {
        Self { advert: Some(first), ..Self::new("Ruuvi 0001", unit, 0x31) }
    }

    /// A sensor of any maker that says its values in BTHome's service data.
    #[must_use]
    pub fn bthome(name: &str, unit: u8, first: Advert) -> Self {
        Self { advert: Some(first), ..Self::new(name, unit, 0x33) }
    }

    /// A scale that also measures impedance, and says its values in the data of the analyser's service.
    #[must_use]
    pub fn mi_scale_2(unit: u8, first: Advert) -> Self {
        Self { announces: vec![0x181B], advert: Some(first), ..Self::new("MIBFS", unit, 0x34) }
    }

    /// A scale that says its values in the data of a service that it announces and does not have.
    #[must_use]
    pub fn mi_scale(unit: u8, first: Advert) -> Self {
        Self { announces: vec![0x181D], advert: Some(first), ..Self::new("MI_SCALE", unit, 0x32) }
    }
}
