//! Which two readings are copies of one measurement.
//!
//! ```text
//! identity = category || device 16 || flags || user || instant i64 || values          the journal's fingerprint
//!            the instant is the device's own time, else when it was measured
//! lasting  = FF || kind || category || device 16 || flags || user || ...              None for whatever has neither
//!    kind 1  || number i64 || device time i64 || first value       a numbered record: a context may come later, or not
//!    kind 2  || identity                                           a time of its own and no number that counts
//!    kind 3  || number i64 || values                               a numbered record of a device without a clock
//! values   = n u8 || n * (quantity || exponent || mantissa i64)
//! ```
//!
//! The identity is looked for where the reading belongs, and an epoch around; what lasts in the whole record, because the
//! instant of a copy moves with what is known of the device's clock, and without one is that of its arrival.
//!
//! A device that was reset numbers its records from the beginning. Its time, or its first value, tells the new record from
//! the old one of that number: it is new unless both are the same. Without a clock, all values are compared.

use salus_wire::{Category, Component, Quantity, Reading};
use zeroize::Zeroizing;

use crate::row::{components, kind};
use crate::segment::pack;

/// No category has this code.
const LASTING: u8 = 0xFF;
const NUMBERED: u8 = 1;
const TIMED: u8 = 2;
const NUMBERED_ONLY: u8 = 3;

/// What two copies of one measurement have in common: not when they arrived, and not how.
///
/// With a device time it identifies the measurement, and the corrected instant may differ between two transfers. A blood
/// pressure comes live without the number that its stored record has, and no cuff measures twice in a second: its number
/// does not count. Elsewhere it tells apart two equal values of one minute.
pub(crate) fn identity(r: &Reading) -> Zeroizing<Vec<u8>> {
    let mut out = begun(r, &[]);
    let instant = time(r).unwrap_or(r.at);
    out.extend_from_slice(&instant.to_be_bytes());
    let counts =
        |c: &&Component| r.category != Category::BloodPressure || c.quantity != Quantity::RecordNumber;
    components(&mut out, r.components.iter().filter(counts));
    out
}

/// What copies have in common that may arrive at any time; `None` for a reading that has nothing but its arrival.
#[must_use]
pub fn lasting(r: &Reading) -> Option<Zeroizing<Vec<u8>>> {
    let time = time(r);
    // A sensor of the air counts its announcements, and begins anew within a day: they are no records.
    let number = r.value(Quantity::RecordNumber).filter(|_| r.category != Category::Surroundings);
    Some(match (number, time) {
        (Some(number), Some(time)) if r.category != Category::BloodPressure => {
            let mut out = begun(r, &[LASTING, NUMBERED]);
            out.extend_from_slice(&number.mantissa.to_be_bytes());
            out.extend_from_slice(&time.to_be_bytes());
            components(&mut out, r.components.iter().take(1));
            out
        }
        (_, Some(_)) => {
            let mut out = begun(r, &[LASTING, TIMED]);
            out.extend_from_slice(&identity(r));
            out
        }
        (Some(number), None) => {
            let mut out = begun(r, &[LASTING, NUMBERED_ONLY]);
            out.extend_from_slice(&number.mantissa.to_be_bytes());
            components(&mut out, r.components.iter().filter(|c| c.quantity != Quantity::RecordNumber));
            out
        }
        (None, None) => return None,
    })
}

fn begun(r: &Reading, with: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(192));
    out.extend_from_slice(with);
    out.push(r.category.code());
    out.extend_from_slice(r.device.as_bytes());
    out.extend_from_slice(&kind(r));
    out.push(r.user.unwrap_or(0));
    out
}

fn time(r: &Reading) -> Option<i64> {
    r.device_time.filter(|t| t.year != 0).map(pack)
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_wire::measure::DeviceTime;
    use salus_wire::{Decimal, DeviceId, Quality};

    fn value(quantity: Quantity, mantissa: i64) -> Component {
        Component { quantity, value: Decimal { mantissa, exponent: 0 } }
    }

    fn pressure() -> Reading {
        Reading {
            at: 1_795_000_000_000,
            arrived: -5,
            device: DeviceId([4; 16]),
            category: Category::BloodPressure,
            components: vec![value(Quantity::Systolic, 120), value(Quantity::Diastolic, 80)],
            quality: Quality(0),
            device_time: Some(DeviceTime { year: 2026, month: 11, day: 18, hour: 1, minute: 2, second: 3 }),
            user: Some(0),
        }
    }

    fn glucose(number: i64) -> Reading {
        let components = vec![value(Quantity::CapillaryGlucose, 99), value(Quantity::RecordNumber, number)];
        Reading { category: Category::Glucose, components, user: None, ..pressure() }
    }

    fn with(r: &Reading, more: Component) -> Reading {
        Reading { components: [r.components.clone(), vec![more]].concat(), ..r.clone() }
    }

    /// As in every record since the first schema.
    #[test]
    fn a_second_transfer_has_the_same_identity() {
        let again = Reading { at: 1, arrived: 2, quality: Quality(Quality::BACKFILLED), ..pressure() };
        assert_eq!(identity(&again), identity(&pressure()));
        let other = Reading { device: DeviceId([5; 16]), ..pressure() };
        assert_ne!(identity(&other), identity(&pressure()));
        // The cuff's stored record of it has a number; a glucose meter's numbers are what tells two readings apart.
        let numbered = with(&pressure(), value(Quantity::RecordNumber, 7));
        assert_eq!(identity(&numbered), identity(&pressure()));
        assert_eq!(lasting(&numbered), lasting(&pressure()));
        assert_ne!(identity(&glucose(7)), identity(&glucose(8)));
        let live = Reading { device_time: None, ..pressure() };
        assert_ne!(identity(&Reading { at: 1, ..live.clone() }), identity(&live));
        assert_eq!(lasting(&live), None);
    }

    #[test]
    fn a_numbered_record_is_one_with_its_context_and_without() {
        let alone = glucose(7);
        let late = with(&alone, value(Quantity::Carbohydrate, 30));
        assert_ne!(identity(&late), identity(&alone));
        assert_eq!(lasting(&late), lasting(&alone));
        for other in [
            glucose(8),
            Reading { device: DeviceId([5; 16]), ..glucose(7) },
            Reading { user: Some(1), ..glucose(7) },
        ] {
            assert_ne!(lasting(&other), lasting(&alone), "{other:?}");
        }
    }

    #[test]
    fn numbers_that_begin_anew_are_new_records() {
        let old = glucose(1);
        let later = DeviceTime { day: 19, ..old.device_time.unwrap() };
        let same_value = Reading { device_time: Some(later), ..old.clone() };
        assert_ne!(lasting(&same_value), lasting(&old));
        // Its clock began anew too, and it is the same minute of its life.
        let mut same_time = old.clone();
        same_time.components[0].value = Decimal::whole(180);
        assert_ne!(lasting(&same_time), lasting(&old));
        let unset = |r: &Reading| Reading { device_time: None, at: 5, arrived: 6, ..r.clone() };
        assert_ne!(lasting(&unset(&same_time)), lasting(&unset(&old)));
    }

    #[test]
    fn a_record_without_a_time_is_the_same_whenever_it_arrives() {
        let first = Reading { device_time: None, ..with(&pressure(), value(Quantity::RecordNumber, 3)) };
        let again =
            Reading { at: first.at + 86_400_000, arrived: first.arrived + 86_400_000, ..first.clone() };
        assert_ne!(identity(&again), identity(&first));
        assert!(lasting(&first).is_some());
        assert_eq!(lasting(&again), lasting(&first));
        // A year of 0 is no time either.
        let zero = DeviceTime { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
        let unset = |r: &Reading| Reading { device_time: Some(zero), ..r.clone() };
        assert_eq!(lasting(&unset(&again)), lasting(&unset(&first)));
        let air = Reading { category: Category::Surroundings, ..first };
        assert_eq!(lasting(&air), None);
    }
}
