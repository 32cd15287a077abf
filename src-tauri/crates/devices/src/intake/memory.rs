//! Readings out of a device's memory: never the latest, whatever stands in for their time.

use salus_wire::{Quality, Reading};

use super::{Found, record_number};
use crate::measure::clock::has_arrival;

/// What comes while a device's memory is fetched.
#[derive(Debug, Default)]
pub(super) struct Remembered;

impl Remembered {
    /// Flags what came `from_memory`. A numbered record without a time that is believed has the one of its arrival, and is as old
    /// as the memory it is from; the time of any other says itself whether it is of now.
    pub(super) fn mark(&mut self, found: &mut Found, from_memory: bool) {
        if !from_memory {
            return;
        }
        for reading in found.verdicts.iter_mut().flatten() {
            if has_arrival(reading) && record_number(reading).is_some() {
                flag(reading);
            }
        }
    }
}

const fn flag(reading: &mut Reading) {
    reading.quality = reading.quality.with(Quality::BACKFILLED);
}
