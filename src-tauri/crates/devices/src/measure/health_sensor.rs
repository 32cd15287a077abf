//! Health observations as readings: one for each category, time and patient in an observation.
//!
//! | the observation | the reading |
//! |---|---|
//! | test data, a device's setting, a control solution | refused, [`Reason::NotThePatient`] |
//! | invalid, not available | refused, [`Reason::NoValue`] |
//! | a special number | refused, with its own reason |
//! | a type, a unit or a class of value that the model has no place for | refused, [`Reason::Unsupported`] |
//! | questionable; calibrating, early estimate; typed | `QUESTIONABLE`; `PROVISIONAL`; `TYPED` |
//! | from the device's memory | `BACKFILLED`, with its record number |
//!
//! Each refused value of a compound or a bundle is one refusal, and the others become readings. Types and units: see
//! [`mdc`]. Times: see [`elapsed_time`](super::elapsed_time).

pub mod mdc;

use salus_wire::{Category, Decimal, Quality, Quantity, Reading};

use super::{Draft, Source, elapsed_time, unit};
use crate::gatt::elapsed_time::ElapsedTime;
use crate::gatt::health_sensor::{Features, Observation, Simple, Status, Value};
use crate::{Moment, Reason};

/// Most values in one observation; more are refused as a whole.
pub const MAX_VALUES: usize = 256;

/// What holds for a value: an observation's own, or what its bundle says for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Context {
    kind: Option<u32>,
    time: Option<ElapsedTime>,
    patient: Option<u8>,
    status: Status,
}

/// A value in our unit, and where it goes.
#[derive(Debug, Clone, Copy)]
struct Item {
    context: Context,
    category: Category,
    value: mdc::Converted,
}

/// What a sensor measures, from the types that it says it observes; types that the model has no place for add nothing.
#[must_use]
pub fn measures(features: &Features<'_>) -> Vec<Category> {
    let mut all: Vec<Category> = features.kinds.iter().filter_map(mdc::category).collect();
    let with = |c: &Category| matches!(c, Category::OxygenSaturation | Category::BloodPressure);
    // A pulse goes with them, as in `place_pulses`; a heart rate does not.
    if all.iter().any(with) && !features.kinds.iter().any(is_heart) {
        all.retain(|c| *c != Category::HeartRate);
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn is_heart(kind: u32) -> bool {
    mdc::quantity(kind).is_some_and(|(q, _)| matches!(q, Quantity::HeartRate | Quantity::RrInterval))
}

/// An observation as readings; `record` is its number when it comes from the device's memory.
#[must_use]
pub fn readings(
    observation: &Observation<'_>,
    record: Option<u32>,
    source: &Source,
    arrived: Moment,
) -> Vec<Result<Reading, Reason>> {
    let mut items = Vec::new();
    let mut results = Vec::new();
    collect(observation, Context::default(), &mut |found| match found {
        Ok(item) => items.push(item),
        Err(reason) => results.push(Err(reason)),
    });
    if items.len() + results.len() > MAX_VALUES {
        return vec![Err(Reason::Malformed)];
    }
    place_pulses(&mut items);
    while let Some(first) = items.first().copied() {
        let (group, others) = items.into_iter().partition::<Vec<Item>, _>(|i| {
            (i.category, i.context.time, i.context.patient)
                == (first.category, first.context.time, first.context.patient)
        });
        items = others;
        results.push(reading(&group, record, source, arrived));
    }
    if results.is_empty() {
        results.push(Err(Reason::NoValue));
    }
    results
}

fn collect(observation: &Observation<'_>, outer: Context, found: &mut impl FnMut(Result<Item, Reason>)) {
    let context = Context {
        kind: observation.kind.or(outer.kind),
        time: observation.time.or(outer.time),
        patient: observation.patient.or(outer.patient),
        status: Status(observation.status.0 | outer.status.0),
    };
    if let Value::Bundle(members) = observation.value {
        return members.iter().for_each(|member| collect(&member, context, found));
    }
    if context.status.any(Status::TEST | Status::SETTING) {
        return found(Err(Reason::NotThePatient));
    }
    if context.status.any(Status::INVALID | Status::NOT_AVAILABLE) {
        return found(Err(Reason::NoValue));
    }
    match (observation.value, context.kind) {
        (Value::Simple(value), Some(kind)) => found(item(kind, value, context)),
        (Value::Compound(components), _) => {
            components.iter().for_each(|c| found(item(c.kind, c.value, context)));
        }
        _ => found(Err(Reason::Unsupported)),
    }
}

fn item(kind: u32, value: Simple<'_>, context: Context) -> Result<Item, Reason> {
    if mdc::is_control_solution(kind) {
        return Err(Reason::NotThePatient);
    }
    let Simple::Numeric(number) = value else { return Err(Reason::Unsupported) };
    let (quantity, category) = mdc::quantity(kind).ok_or(Reason::Unsupported)?;
    let value = mdc::convert(quantity, number.unit, number.value)?;
    Ok(Item { context, category, value })
}

/// A pulse goes with the saturation or the pressure of the same time and patient; alone it is a heart rate's sibling.
fn place_pulses(items: &mut [Item]) {
    for at in 0..items.len() {
        let pulse = items[at];
        if pulse.value.quantity != Quantity::PulseRate {
            continue;
        }
        let with = items.iter().find(|i| {
            matches!(i.category, Category::OxygenSaturation | Category::BloodPressure)
                && (i.context.time, i.context.patient) == (pulse.context.time, pulse.context.patient)
        });
        items[at].category = with.map_or(Category::HeartRate, |i| i.category);
    }
}

fn reading(group: &[Item], record: Option<u32>, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let first = group.first().ok_or(Reason::NoValue)?;
    let (category, context) = (first.category, first.context);
    let mut draft = Draft::new(source);
    for item in group {
        draft.require(item.value.quantity, Ok(item.value.value))?;
        if let Some(original) = item.value.original {
            draft.original(original, Ok(item.value.sent));
        }
        flags(&mut draft, item.context.status);
    }
    if category == Category::BloodPressure {
        pressures(group)?;
    }
    if let Some(record) = record {
        draft.as_sent(Quantity::RecordNumber, Decimal::whole(i64::from(record)));
        draft.flag(true, Quality::BACKFILLED);
    }
    let verdict = elapsed_time::verdict(source.clock, context.time.as_ref(), arrived);
    let wall = context.time.and_then(|t| elapsed_time::wall(&t, arrived));
    draft.judged(category, verdict, wall, arrived, context.patient)
}

/// As in [`blood_pressure`](super::blood_pressure): a diastolic pressure is below the systolic, the mean between both.
fn pressures(group: &[Item]) -> Result<(), Reason> {
    let of = |quantity| group.iter().find(|i| i.value.quantity == quantity).map(|i| i.value.value);
    match (of(Quantity::Systolic), of(Quantity::Diastolic)) {
        (Some(systolic), Some(diastolic)) => {
            let outside = of(Quantity::MeanPressure)
                .is_some_and(|mean| unit::less(mean, diastolic) || unit::less(systolic, mean));
            if outside || !unit::less(diastolic, systolic) { Err(Reason::Impossible) } else { Ok(()) }
        }
        (None, None) => Ok(()),
        _ => Err(Reason::NoValue),
    }
}

fn flags(draft: &mut Draft<'_>, status: Status) {
    draft.flag(status.any(Status::QUESTIONABLE), Quality::QUESTIONABLE);
    draft.flag(status.any(Status::CALIBRATING | Status::EARLY_ESTIMATE), Quality::PROVISIONAL);
    draft.flag(status.any(Status::TYPED), Quality::TYPED);
}

#[cfg(test)]
mod tests;
