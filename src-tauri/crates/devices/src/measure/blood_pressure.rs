//! Blood Pressure Measurement as a reading.

use salus_wire::{Category, Quality, Quantity, Reading};

use super::{Draft, Source, unit};
use crate::gatt::blood_pressure::{BloodPressure, PulseRange, Status, Unit};
use crate::gatt::number::Value;
use crate::{Moment, Reason};

/// A blood pressure as a reading; a diastolic pressure is below the systolic, the mean between both. A mean or pulse of
/// 0 or without a value is left out: cuffs that do not compute them send these.
///
/// # Errors
/// [`Reason::NoValue`] when the device has no systolic or diastolic value, [`Reason::Impossible`] outside the ranges.
pub fn reading(bp: &BloodPressure, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let mut draft = Draft::new(source);
    let kpa = bp.context.unit == Unit::KPa;
    let mmhg = |value: Value| if kpa { value.map(unit::kpa_to_mmhg) } else { value };
    let systolic = draft.require(Quantity::Systolic, mmhg(bp.systolic))?;
    let diastolic = draft.require(Quantity::Diastolic, mmhg(bp.diastolic))?;
    if !unit::less(diastolic, systolic) {
        return Err(Reason::Impossible);
    }
    let mean = mmhg(bp.mean).ok().filter(|m| m.mantissa != 0);
    if mean.is_some_and(|m| unit::less(m, diastolic) || unit::less(systolic, m)) {
        return Err(Reason::Impossible);
    }
    draft.include(Quantity::MeanPressure, mean.map(Ok))?;
    draft.include(Quantity::PulseRate, bp.context.pulse)?;
    if kpa {
        draft.original(Quantity::SystolicKilopascal, bp.systolic);
        draft.original(Quantity::DiastolicKilopascal, bp.diastolic);
        if mean.is_some() {
            draft.original(Quantity::MeanKilopascal, bp.mean);
        }
    }
    if let Some(status) = bp.context.status {
        flags(&mut draft, status);
    }
    draft.timed(Category::BloodPressure, bp.context.time, arrived, bp.context.user)
}

pub(super) fn flags(draft: &mut Draft<'_>, s: Status) {
    draft.flag(s.movement, Quality::MOVEMENT);
    draft.flag(s.cuff_loose, Quality::CUFF_LOOSE);
    draft.flag(s.irregular_pulse, Quality::IRREGULAR_PULSE);
    draft.flag(s.bad_position, Quality::BAD_POSITION);
    draft.flag(matches!(s.pulse_range, PulseRange::Above | PulseRange::Below), Quality::PULSE_RANGE);
}
