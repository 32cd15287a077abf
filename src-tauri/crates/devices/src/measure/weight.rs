//! Weight Measurement as a reading.

use salus_wire::{Category, Decimal, Quantity, Reading};

use super::{Draft, Source, unit};
use crate::gatt::weight::{Unit, Weight};
use crate::{Moment, Reason};

/// A weight as a reading; a BMI or height of 0 is left out.
///
/// # Errors
/// [`Reason::NoValue`] for an unsuccessful measurement or a weight of 0, [`Reason::Impossible`] outside the ranges.
pub fn reading(w: &Weight, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let mut draft = Draft::new(source);
    mass(&mut draft, w.unit, (Quantity::BodyWeight, Quantity::BodyWeightPound), w.weight)?;
    if draft.is_empty() {
        return Err(Reason::NoValue);
    }
    draft.include(Quantity::BodyMassIndex, w.bmi.map(Ok))?;
    height(&mut draft, w.unit, w.height)?;
    draft.timed(Category::BodyWeight, w.time, arrived, w.user)
}

/// A mass in kg; one in pounds is converted, and the original stays beside it.
pub(super) fn mass(
    draft: &mut Draft<'_>,
    unit: Unit,
    (quantity, pound): (Quantity, Quantity),
    sent: Option<Decimal>,
) -> Result<(), Reason> {
    convert(draft, unit, (quantity, pound), sent, unit::pound_to_kilogram)
}

/// A height in cm; one in inches is converted, and the original stays beside it.
pub(super) fn height(draft: &mut Draft<'_>, unit: Unit, sent: Option<Decimal>) -> Result<(), Reason> {
    convert(draft, unit, (Quantity::BodyHeight, Quantity::BodyHeightInch), sent, unit::inch_to_centimetre)
}

fn convert(
    draft: &mut Draft<'_>,
    unit: Unit,
    (quantity, original): (Quantity, Quantity),
    sent: Option<Decimal>,
    metric: fn(Decimal) -> Decimal,
) -> Result<(), Reason> {
    // 0 stands for none, and then there is nothing that was converted.
    let Some(sent) = sent.filter(|s| s.mantissa != 0) else { return Ok(()) };
    match unit {
        Unit::Metric => draft.include(quantity, Some(Ok(sent))),
        Unit::Imperial => {
            draft.include(quantity, Some(Ok(metric(sent))))?;
            draft.original(original, Ok(sent));
            Ok(())
        }
    }
}
