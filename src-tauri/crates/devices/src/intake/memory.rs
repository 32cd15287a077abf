//! Readings out of a device's memory: never the latest, whatever stands in for their time, and known when they come again.
//!
//! | the record | is known again by |
//! |---|---|
//! | numbered | its number |
//! | with a time, whether that is believed or not | its time, and its values where the time is not believed |
//! | an oximeter's without number and time | its values, and which record with these values it is: its place |
//!
//! The place stands where a device's own number of the record would, and is not told to the device.

use std::collections::HashMap;

use salus_wire::{Component, Decimal, Quality, Quantity, Reading};

use super::{Found, record_number};
use crate::measure::clock::has_arrival;
use crate::quarantine::REMEMBERED;

/// What came while a device's memory is fetched. Holds at most [`REMEMBERED`] different values, whatever a device sends.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    places: HashMap<Vec<Component>, i64>,
}

impl Remembered {
    /// A link begins: a memory is sent once on each, and its next record is the first.
    pub(super) fn begin(&mut self) {
        self.places.clear();
    }

    /// Flags what came from the memory. A numbered record without a time that is believed has the one of its arrival, and is as
    /// old as the memory it is from; the time of any other says itself whether it is of now.
    pub(super) fn mark(found: &mut Found) {
        for reading in found.verdicts.iter_mut().flatten() {
            if has_arrival(reading) && record_number(reading).is_some() {
                flag(reading);
            }
        }
    }

    /// Flags spot checks of an oximeter: while its memory is sent there are no others. Those without a time get their place.
    pub(super) fn mark_spot_checks(&mut self, found: &mut Found) {
        for reading in found.verdicts.iter_mut().flatten() {
            flag(reading);
            if reading.quality.has(Quality::NO_DEVICE_TIME) {
                let value = Decimal::whole(self.place(&reading.components));
                reading.components.push(Component { quantity: Quantity::RecordNumber, value });
            }
        }
    }

    fn place(&mut self, values: &[Component]) -> i64 {
        if let Some(place) = self.places.get_mut(values) {
            *place = place.saturating_add(1);
            return *place;
        }
        if self.places.len() < REMEMBERED {
            self.places.insert(values.to_vec(), 1);
        }
        1
    }
}

const fn flag(reading: &mut Reading) {
    reading.quality = reading.quality.with(Quality::BACKFILLED);
}
