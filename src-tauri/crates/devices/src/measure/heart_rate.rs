//! Heart Rate Measurement as a reading.

use salus_wire::{Category, Decimal, Quality, Quantity, Reading};

use super::{Draft, Source, unit};
use crate::gatt::heart_rate::HeartRate;
use crate::{Moment, Reason};

/// A heart rate as a reading. The time of arrival is its time: the packet carries none. RR intervals are kept as sent:
/// filtering belongs to the statistics, which report the share they reject.
///
/// # Errors
/// [`Reason::NoValue`] for a rate of 0, [`Reason::Impossible`] outside 20 to 300.
pub fn reading(hr: &HeartRate, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let mut draft = Draft::new(source);
    draft.require(Quantity::HeartRate, Ok(Decimal::whole(i64::from(hr.bpm))))?;
    // The highest code stands for "that or more", which is no energy.
    if let Some(kj) = hr.energy_kj.filter(|kj| *kj != u16::MAX) {
        draft.as_sent(Quantity::EnergyExpended, Decimal::whole(i64::from(kj)));
    }
    for rr in hr.rr_1024() {
        draft.as_sent(Quantity::RrInterval, unit::rr_millis(*rr));
    }
    draft.flag(hr.contact == Some(false), Quality::NO_CONTACT);
    draft.untimed(Category::HeartRate, arrived)
}
