//! Temperature Measurement as a reading. An intermediate temperature is none: the device still measures.

use salus_wire::{Category, Decimal, Quantity, Reading};

use super::{Draft, Source, unit};
use crate::gatt::thermometer::{Temperature, Unit};
use crate::{Moment, Reason};

/// A body temperature as a reading. A site that the thermometer says once for all, in 2A1D, is put into the packet
/// before.
///
/// # Errors
/// [`Reason::NoValue`] when the device has no value, [`Reason::Impossible`] outside the range.
pub fn reading(t: &Temperature, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let mut draft = Draft::new(source);
    match t.unit {
        Unit::Celsius => {
            draft.require(Quantity::BodyTemperature, t.value)?;
        }
        Unit::Fahrenheit => {
            draft.require(Quantity::BodyTemperature, t.value.map(unit::fahrenheit_to_celsius))?;
            draft.original(Quantity::BodyTemperatureFahrenheit, t.value);
        }
    }
    if let Some(site) = t.site {
        draft.as_sent(Quantity::MeasurementSite, Decimal::whole(i64::from(site.code())));
    }
    draft.timed(Category::BodyTemperature, t.time, arrived, None)
}
