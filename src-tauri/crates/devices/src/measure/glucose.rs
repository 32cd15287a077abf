//! Glucose Measurement, with its context, as a reading.
//!
//! | status bit | becomes |
//! |---|---|
//! | battery low | [`battery_low`]: a fact about the device, not about the value |
//! | malfunction, sample too small, strip wrong, too hot, too cold, interrupted, fault | `QUESTIONABLE` |
//! | result too high or too low | `QUESTIONABLE`: the number is only the end of the device's range |
//! | time fault | `QUESTIONABLE`: the time stays as sent, because the arrival of an old record would be no better |

mod join;

use salus_wire::{Category, Decimal, Quality, Quantity, Reading};

pub use join::{Join, Joined};

use super::{Draft, Source, unit};
use crate::gatt::glucose::context::{Context, MedicationUnit};
use crate::gatt::glucose::{
    CONTROL_SITE, CONTROL_SOLUTION, Concentration, Glucose, INTERSTITIAL, Status, Unit,
};
use crate::gatt::number::Value;
use crate::{Moment, Reason};

/// Decimal places from kilograms to grams, litres to millilitres and moles to millimoles.
const MILLI: i8 = 3;

/// A measurement as a reading; the context, when there is one, goes into the same reading. Reserved and unknown codes
/// are left out.
///
/// # Errors
/// [`Reason::NotThePatient`] for a control solution, [`Reason::NoValue`] without a concentration, and
/// [`Reason::Impossible`] outside the ranges: if that is because of the context, the measurement alone is a reading.
pub fn reading(
    glucose: &Glucose,
    context: Option<&Context>,
    source: &Source,
    arrived: Moment,
) -> Result<Reading, Reason> {
    let sent = glucose.concentration.ok_or(Reason::NoValue)?;
    if sent.fluid == CONTROL_SOLUTION || sent.site == CONTROL_SITE {
        return Err(Reason::NotThePatient);
    }
    let mut draft = Draft::new(source);
    concentration(&mut draft, &sent)?;
    draft.as_sent(Quantity::RecordNumber, Decimal::whole(i64::from(glucose.sequence)));
    code(&mut draft, Quantity::SampleFluid, sent.fluid, 9);
    code(&mut draft, Quantity::MeasurementSite, sent.site, 3);
    if let Some(context) = context {
        surroundings(&mut draft, context)?;
    }
    draft.flag(glucose.status.is_some_and(|s| s.any(DOUBT)), Quality::QUESTIONABLE);
    draft.timed(Category::Glucose, glucose.time(), arrived, None)
}

/// Status bits that put the value or its time in doubt: all defined ones but the battery's.
const DOUBT: u16 = Status::SENSOR_MALFUNCTION
    | Status::SAMPLE_TOO_SMALL
    | Status::STRIP_INSERTION
    | Status::STRIP_TYPE
    | Status::RESULT_TOO_HIGH
    | Status::RESULT_TOO_LOW
    | Status::TOO_HOT
    | Status::TOO_COLD
    | Status::INTERRUPTED
    | Status::DEVICE_FAULT
    | Status::TIME_FAULT;

/// Whether the device said that its battery was low; `None` when it said nothing of how it is.
#[must_use]
pub fn battery_low(glucose: &Glucose) -> Option<bool> {
    glucose.status.map(|s| s.any(Status::BATTERY_LOW))
}

fn concentration(draft: &mut Draft<'_>, sent: &Concentration) -> Result<(), Reason> {
    let (quantity, original) = if sent.fluid == INTERSTITIAL {
        (Quantity::InterstitialGlucose, Quantity::InterstitialGlucoseMolar)
    } else {
        (Quantity::CapillaryGlucose, Quantity::CapillaryGlucoseMolar)
    };
    match sent.unit {
        // 1 kg/L = 10^6 mg / 10 dL.
        Unit::KgPerLitre => draft.require(quantity, shifted(sent.value, 5)).map(|_| ()),
        Unit::MolPerLitre => {
            let mmol = shifted(sent.value, MILLI);
            draft.require(quantity, mmol.map(unit::mmol_to_mg_per_dl))?;
            draft.original(original, mmol);
            Ok(())
        }
    }
}

fn surroundings(draft: &mut Draft<'_>, context: &Context) -> Result<(), Reason> {
    if let Some(eaten) = context.carbohydrate {
        draft.include(Quantity::Carbohydrate, Some(shifted(eaten.kg, MILLI)))?;
        code(draft, Quantity::CarbohydrateKind, eaten.kind, 7);
    }
    if let Some(meal) = context.meal {
        code(draft, Quantity::MealContext, meal, 5);
    }
    if let Some(who) = context.tester_health {
        code(draft, Quantity::Tester, who.tester, 3);
        code(draft, Quantity::HealthContext, who.health, 5);
    }
    if let Some(exercise) = context.exercise {
        // The highest code stands for "that or more", which is no duration.
        let seconds = Some(exercise.seconds).filter(|s| *s != u16::MAX);
        draft.include(Quantity::ExerciseDuration, seconds.map(|s| Ok(Decimal::whole(i64::from(s)))))?;
        let intensity = Decimal::whole(i64::from(exercise.intensity));
        draft.include(Quantity::ExerciseIntensity, Some(Ok(intensity)))?;
    }
    if let Some(taken) = context.medication {
        let (quantity, places) = match taken.unit {
            MedicationUnit::Kg => (Quantity::MedicationMass, 2 * MILLI),
            MedicationUnit::Litre => (Quantity::MedicationVolume, MILLI),
        };
        draft.include(quantity, Some(shifted(taken.amount, places)))?;
        code(draft, Quantity::MedicationKind, taken.kind, 5);
    }
    draft.include(Quantity::GlycatedHaemoglobin, context.hba1c)
}

/// Exactly `value * 10^places`: the digits stay, and with them the precision.
fn shifted(value: Value, places: i8) -> Value {
    value.map(|d| Decimal { mantissa: d.mantissa, exponent: d.exponent.saturating_add(places) })
}

/// Codes count from 1; 0, those above `highest` and 15 for "not available" say nothing.
pub(super) fn code(draft: &mut Draft<'_>, quantity: Quantity, code: u8, highest: u8) {
    if (1..=highest).contains(&code) {
        draft.as_sent(quantity, Decimal::whole(i64::from(code)));
    }
}

#[cfg(test)]
mod tests;
