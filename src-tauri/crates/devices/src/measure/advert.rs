//! An advertisement as a reading. It names no user.

use salus_wire::{Category, Decimal, Quantity, Reading};

use super::weight::mass;
use super::{Draft, Source};
use crate::advert::{Advert, Air, mi_scale};
use crate::gatt::weight::Unit;
use crate::{Moment, Reason};

const WEIGHT: (Quantity, Quantity) = (Quantity::BodyWeight, Quantity::BodyWeightPound);

/// One advertisement as a reading: of a scale the weight, of other sensors the air.
///
/// Every advertisement gives one. A scale's packets go through [`Scale`](mi_scale::Scale) before, and copies with the
/// same packet number are left out before; of Ruuvi the number is in the reading.
///
/// # Errors
/// [`Reason::NoValue`] without any value or while a weight still moves, [`Reason::Impossible`] outside the ranges.
pub fn reading(advert: &Advert, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    match advert {
        Advert::MiScale(w) => weighing(w, source, arrived),
        Advert::BtHome(v) => match v.mass {
            Some((sent, unit)) => weight(sent, unit, source, arrived),
            None => surroundings(&v.air, None, source, arrived),
        },
        Advert::Ruuvi(v) => surroundings(&v.air, v.number, source, arrived),
    }
}

/// A weighing of a Mi Scale, by advertisement or on 2A9C.
///
/// # Errors
/// As [`reading`].
pub fn weighing(w: &mi_scale::Weighing, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    if !w.stable {
        return Err(Reason::NoValue);
    }
    let mut draft = Draft::new(source);
    mass(&mut draft, w.unit, WEIGHT, Some(w.weight))?;
    if draft.is_empty() {
        return Err(Reason::NoValue);
    }
    let impedance = w.impedance.map(|ohm| Ok(Decimal::whole(i64::from(ohm))));
    draft.include(Quantity::Impedance, impedance)?;
    draft.timed(Category::BodyWeight, w.time, arrived, None)
}

fn weight(sent: Decimal, unit: Unit, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let mut draft = Draft::new(source);
    mass(&mut draft, unit, WEIGHT, Some(sent))?;
    if draft.is_empty() { Err(Reason::NoValue) } else { draft.untimed(Category::BodyWeight, arrived) }
}

fn surroundings(air: &Air, number: Option<u16>, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let mut draft = Draft::new(source);
    draft.include(Quantity::AirTemperature, air.temperature.map(Ok))?;
    draft.include(Quantity::RelativeHumidity, air.humidity.map(Ok))?;
    draft.include(Quantity::AirPressure, air.pressure.map(Ok))?;
    if draft.is_empty() {
        return Err(Reason::NoValue);
    }
    if let Some(number) = number {
        draft.as_sent(Quantity::RecordNumber, Decimal::whole(i64::from(number)));
    }
    draft.untimed(Category::Surroundings, arrived)
}
