//! From what a device sent to a reading: unit, plausible range, clock verdict, quality flags. Nothing is silently
//! fixed: a value is kept, converted and flagged, or the whole packet is refused with a reason.
//!
//! | quantity | unit | accepted |
//! |---|---|---|
//! | heart rate, pulse | /min | 20 to 300; 0 and specials are "no value" |
//! | systolic | mmHg | 40 to 300, above diastolic |
//! | diastolic | mmHg | 20 to 200 |
//! | mean | mmHg | between both; 0 and specials are left out (cuffs that do not compute it send these) |
//! | RR interval | ms | as sent: filtering belongs to the statistics, which report the share they reject |

pub mod clock;
pub mod unit;

use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity, Reading};

use crate::gatt::blood_pressure::{BloodPressure, PulseRange, Status, Unit};
use crate::gatt::heart_rate::HeartRate;
use crate::gatt::number::Value;
use crate::{Moment, Reason};
use clock::DeviceClock;

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
    fn quality(&self) -> Quality {
        if self.link_encrypted == Some(false) { Quality(Quality::LINK_OPEN) } else { Quality(0) }
    }
}

/// A heart rate as a reading. The time of arrival is its time: the packet carries none.
///
/// # Errors
/// [`Reason::NoValue`] for a rate of 0, [`Reason::Impossible`] outside 20 to 300.
pub fn heart_rate(hr: &HeartRate, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let rate = plausible(Ok(Decimal::whole(i64::from(hr.bpm))), 20, 300)?;
    let mut components = Vec::with_capacity(2 + hr.rr_1024().len());
    components.push(Component { quantity: Quantity::HeartRate, value: rate });
    if let Some(kj) = hr.energy_kj {
        let value = Decimal::whole(i64::from(kj));
        components.push(Component { quantity: Quantity::EnergyExpended, value });
    }
    components.extend(
        hr.rr_1024()
            .iter()
            .map(|rr| Component { quantity: Quantity::RrInterval, value: unit::rr_millis(*rr) }),
    );
    let mut quality = source.quality().with(Quality::NO_DEVICE_TIME);
    if hr.contact == Some(false) {
        quality = quality.with(Quality::NO_CONTACT);
    }
    Ok(Reading {
        at: arrived.at,
        arrived: arrived.at,
        device: source.device,
        category: Category::HeartRate,
        components,
        quality,
        device_time: None,
        user: None,
    })
}

/// A blood pressure as a reading.
///
/// # Errors
/// [`Reason::NoValue`] when the device has no systolic or diastolic value, [`Reason::Impossible`] outside the ranges
/// of the [module](self).
pub fn blood_pressure(bp: &BloodPressure, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let mut quality = source.quality();
    let mmhg = |value: Value| match bp.context.unit {
        Unit::MmHg => value,
        Unit::KPa => value.map(unit::kpa_to_mmhg),
    };
    if bp.context.unit == Unit::KPa {
        quality = quality.with(Quality::CONVERTED);
    }
    let systolic = plausible(mmhg(bp.systolic), 40, 300)?;
    let diastolic = plausible(mmhg(bp.diastolic), 20, 200)?;
    if !unit::less(diastolic, systolic) {
        return Err(Reason::Impossible);
    }
    let mut components = vec![
        Component { quantity: Quantity::Systolic, value: systolic },
        Component { quantity: Quantity::Diastolic, value: diastolic },
    ];
    if let Some(mean) = mmhg(bp.mean).ok().filter(|m| m.mantissa != 0) {
        if unit::less(mean, diastolic) || unit::less(systolic, mean) {
            return Err(Reason::Impossible);
        }
        components.push(Component { quantity: Quantity::MeanPressure, value: mean });
    }
    if let Some(pulse) = bp.context.pulse.and_then(Result::ok).filter(|p| p.mantissa != 0) {
        let value = plausible(Ok(pulse), 20, 300)?;
        components.push(Component { quantity: Quantity::PulseRate, value });
    }
    if let Some(status) = bp.context.status {
        quality = with_status(quality, status);
    }
    let verdict = source.clock.verdict(bp.context.time, arrived);
    Ok(Reading {
        at: verdict.at,
        arrived: arrived.at,
        device: source.device,
        category: Category::BloodPressure,
        components,
        quality: Quality(quality.0 | verdict.flags),
        device_time: bp.context.time,
        user: bp.context.user,
    })
}

fn with_status(quality: Quality, s: Status) -> Quality {
    [
        (s.movement, Quality::MOVEMENT),
        (s.cuff_loose, Quality::CUFF_LOOSE),
        (s.irregular_pulse, Quality::IRREGULAR_PULSE),
        (s.bad_position, Quality::BAD_POSITION),
        (matches!(s.pulse_range, PulseRange::Above | PulseRange::Below), Quality::PULSE_RANGE),
    ]
    .into_iter()
    .filter(|(set, _)| *set)
    .fold(quality, |q, (_, flag)| q.with(flag))
}

fn plausible(value: Value, low: i64, high: i64) -> Result<Decimal, Reason> {
    let value = value.map_err(|_| Reason::NoValue)?;
    if value.mantissa == 0 {
        return Err(Reason::NoValue);
    }
    if unit::less(value, Decimal::whole(low)) || unit::less(Decimal::whole(high), value) {
        return Err(Reason::Impossible);
    }
    Ok(value)
}

#[cfg(test)]
mod tests;
