//! A record of a continuous glucose sensor as a reading.
//!
//! | what the sensor noticed | becomes |
//! |---|---|
//! | calibration recommended, required, pending | `PROVISIONAL`: the value may still move |
//! | sensor malfunction, wrong sensor, device fault, too hot, too cold | `QUESTIONABLE` |
//! | result too high or too low | `QUESTIONABLE`: the number is only the end of the sensor's range |
//! | session stopped | `QUESTIONABLE`: measured after the sensor's promised life |
//! | time synchronisation required | `QUESTIONABLE`: nobody vouches for the offset |
//! | battery low | [`battery_low`]: a fact about the device, not about the value |
//! | patient, hypo and hyper levels, rates | nothing: they judge the value, which is shown itself |
//! | device alert, calibration not allowed | nothing: they say nothing about the value |

use salus_wire::{Category, Decimal, Quality, Quantity, Reading};

use super::clock::DeviceClock;
use super::glucose::code;
use super::{Draft, Source};
use crate::gatt::cgm::session::Start;
use crate::gatt::cgm::{Annunciation, Feature, Record};
use crate::gatt::glucose::{CONTROL_SITE, CONTROL_SOLUTION};
use crate::{Moment, Reason};

const UNSETTLED: u32 = Annunciation::CALIBRATION_RECOMMENDED
    | Annunciation::CALIBRATION_REQUIRED
    | Annunciation::CALIBRATION_PENDING;

const DOUBT: u32 = Annunciation::SESSION_STOPPED
    | Annunciation::SENSOR_TYPE
    | Annunciation::SENSOR_MALFUNCTION
    | Annunciation::DEVICE_FAULT
    | Annunciation::TIME_SYNC_REQUIRED
    | Annunciation::TOO_HOT
    | Annunciation::TOO_COLD
    | Annunciation::RESULT_TOO_LOW
    | Annunciation::RESULT_TOO_HIGH;

/// What was read from the sensor before its records came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Session {
    /// When the session started.
    pub start: Option<Start>,
    /// What the sensor is.
    pub feature: Option<Feature>,
}

/// A record as a reading. Its time is the session's start and the offset, in the sensor's own zone where that is known;
/// without a start the arrival stands in, flagged. The offset is the record's number within its session.
///
/// # Errors
/// [`Reason::NotThePatient`] when the sensor lies in a control solution, the [`Reason`] of a special value, and
/// [`Reason::Impossible`] outside the ranges.
pub fn reading(
    record: &Record,
    session: &Session,
    source: &Source,
    arrived: Moment,
) -> Result<Reading, Reason> {
    if session.feature.is_some_and(|f| f.fluid == CONTROL_SOLUTION || f.site == CONTROL_SITE) {
        return Err(Reason::NotThePatient);
    }
    let (source, arrived) = &in_zone(session.start, source, arrived);
    let mut draft = Draft::new(source);
    draft.require(Quantity::InterstitialGlucose, record.glucose)?;
    draft.include(Quantity::GlucoseTrend, record.trend)?;
    draft.include(Quantity::SensorQuality, record.quality)?;
    draft.as_sent(Quantity::RecordNumber, Decimal::whole(i64::from(record.offset_minutes)));
    if let Some(feature) = session.feature {
        code(&mut draft, Quantity::SampleFluid, feature.fluid, 9);
        code(&mut draft, Quantity::MeasurementSite, feature.site, 5);
    }
    draft.flag(record.annunciation.any(UNSETTLED), Quality::PROVISIONAL);
    draft.flag(record.annunciation.any(DOUBT), Quality::QUESTIONABLE);
    let time = session.start.and_then(|s| s.after(record.offset_minutes));
    draft.timed(Category::Glucose, time, *arrived, None)
}

/// True when the sensor said that its battery was low; octets without a bit set are not sent.
#[must_use]
pub fn battery_low(record: &Record) -> bool {
    record.annunciation.any(Annunciation::BATTERY_LOW)
}

/// The clock rule reads wall times in our zone. A sensor that names its own is read in that one, so that the same
/// record has the same time after a journey; the clock comparison was made in ours and moves along.
fn in_zone(start: Option<Start>, source: &Source, arrived: Moment) -> (Source, Moment) {
    let Some(theirs) = start.and_then(|s| s.utc_offset_minutes()) else { return (*source, arrived) };
    let clock = match source.clock {
        DeviceClock::Unknown => DeviceClock::Unknown,
        DeviceClock::Behind(by) => {
            let between = i64::from(theirs) - i64::from(arrived.utc_offset_minutes);
            DeviceClock::Behind(by.saturating_add(between * 60_000))
        }
    };
    (Source { clock, ..*source }, Moment { utc_offset_minutes: theirs, ..arrived })
}

#[cfg(test)]
mod tests;
