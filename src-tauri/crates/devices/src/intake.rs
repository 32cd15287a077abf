//! What the notifications of one link become: readings, refusals, levels, answers. Pure: no radio, no clock.
//!
//! ```text
//! octets + characteristic + instant
//!   -> rate (quarantine)          too frequent: counted, not decoded; measurements, battery, each control point
//!   -> gatt::<profile>            malformed: counted
//!   -> joiners of the link        two packets of one measurement, a context behind it, segments, a scale's repetition
//!   -> measure::<profile>         impossible, without value, not the patient: counted
//!   -> copies (quarantine)        replayed: counted
//!   -> Taken
//! ```
//!
//! Bounds: each joiner holds one measurement (glucose: 8), whatever a device sends. What a joiner holds when the link
//! ends comes out with [`Intake::close`].

mod joining;
mod memory;
mod overheard;
mod plain;

use salus_wire::{Category, Quantity, Reading, UnixMillis};
use uuid::Uuid;

use crate::central::uuids;
use crate::gatt::crc::Protection;
use crate::gatt::racp::{self, Response};
use crate::gatt::thermometer::Site;
use crate::gatt::{Malformed, battery, polar_pmd, user_data};
use crate::measure::{Source, cgm};
use crate::quarantine::{Gate, Lane};
use crate::{Counts, Moment, Reason};
use joining::Joining;
use memory::Remembered;
pub(crate) use overheard::Overheard;

/// What was read when the link was made, and decides how its packets are read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setup {
    /// Where a thermometer for one site measures.
    pub(crate) site: Option<Site>,
    /// A glucose sensor's session.
    pub(crate) cgm: cgm::Session,
    /// How stored blood pressures end.
    pub(crate) stored_pressure: Protection,
    /// 2A9C in the layout of Mi Scale 2.
    pub(crate) mi_scale: bool,
    /// The way of one turn of the person's wheel, mm.
    pub(crate) wheel_mm: Option<u16>,
}

/// What came of a packet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Taken {
    /// A reading to store.
    Reading(Box<Reading>),
    /// Set aside, and counted.
    Refused(Reason),
    /// A copy of a reading that was taken before, with its number in the device's memory; counted too.
    Copy(Option<u32>),
    /// Battery, percent, when that is another level than before.
    Battery(u8),
    /// Whether the battery is low, when that is another thing than before; how low is not known.
    BatteryLow(bool),
    /// What a Record Access Control Point answered.
    Records(Response),
    /// A recorder's control point said something that can be read.
    Recorder,
    /// What a User Control Point answered.
    User(user_data::Response),
}

/// The packets of one device, over all of its links.
#[derive(Debug)]
pub(crate) struct Intake {
    gate: Gate,
    joining: Joining,
    remembered: Remembered,
    overheard: Overheard,
    /// What the device last said of its battery.
    battery_low: Option<bool>,
    battery: Option<u8>,
}

impl Intake {
    pub(crate) fn new(seen: &[Reading]) -> Self {
        Self {
            gate: Gate::new(seen),
            joining: Joining::new(Setup::default()),
            remembered: Remembered::default(),
            overheard: Overheard::default(),
            battery_low: None,
            battery: None,
        }
    }

    /// A link begins.
    pub(crate) fn open(&mut self, setup: Setup) {
        self.joining = Joining::new(setup);
        self.remembered.begin();
    }

    /// Packets set aside so far.
    pub(crate) const fn counts(&self) -> Counts {
        self.gate.counts()
    }

    /// Takes one notification; a characteristic that nobody reads gives nothing. While the memory of its service is fetched, what
    /// it says is `from_memory`, unless its own time says that it is of now.
    pub(crate) fn take(
        &mut self,
        characteristic: Uuid,
        bytes: &[u8],
        source: &Source,
        from_memory: bool,
        now: Moment,
        out: &mut Vec<Taken>,
    ) {
        let profile = uuids::PROFILES.iter().find(|p| p.measurements.contains(&characteristic));
        let lane = match characteristic {
            uuids::BATTERY => Lane::Battery,
            uuids::RECORD_ACCESS => Lane::Records,
            uuids::POLAR_CONTROL => Lane::Recorder,
            uuids::USER_CONTROL => Lane::User,
            uuids::OBSERVATIONS_CONTROL => Lane::Observations,
            _ => match profile {
                Some(profile) => Lane::Measured(profile.pace),
                None => return,
            },
        };
        if let Err(reason) = self.gate.admit(lane, now.at) {
            out.push(Taken::Refused(reason));
            return;
        }
        match characteristic {
            uuids::BATTERY => match battery::decode(bytes) {
                Ok(level) => out.extend(self.level(level).then_some(Taken::Battery(level))),
                Err(_) => out.push(Taken::Refused(self.gate.refuse(Reason::Malformed))),
            },
            uuids::RECORD_ACCESS => match racp::decode(bytes) {
                Ok(response) => {
                    // A context that has not come by the end of its records does not come any more.
                    if matches!(response, Response::Ended { .. }) {
                        let mut found = Found::default();
                        self.joining.transferred(source, &mut found);
                        if from_memory {
                            Remembered::mark(&mut found);
                        }
                        self.settle(found, out);
                    }
                    out.push(Taken::Records(response));
                }
                Err(_) => out.push(Taken::Refused(self.gate.refuse(Reason::Malformed))),
            },
            // Whether it starts is seen from what it sends.
            uuids::OBSERVATIONS_CONTROL => {}
            uuids::POLAR_CONTROL => out.push(match polar_pmd::message(bytes) {
                Ok(_) => Taken::Recorder,
                Err(_) => Taken::Refused(self.gate.refuse(Reason::Malformed)),
            }),
            uuids::USER_CONTROL => out.push(match user_data::decode_response(bytes) {
                Ok(response) => Taken::User(response),
                Err(_) => Taken::Refused(self.gate.refuse(Reason::Malformed)),
            }),
            _ => {
                let mut found = Found::default();
                if !plain::read(characteristic, bytes, &self.joining.setup, source, now, &mut found) {
                    self.joining.read(characteristic, bytes, source, now, &mut found);
                }
                match characteristic {
                    _ if !from_memory => {}
                    uuids::SPOT_CHECK => self.remembered.mark_spot_checks(&mut found),
                    _ => Remembered::mark(&mut found),
                }
                self.settle(found, out);
            }
        }
    }

    /// A battery level was heard or read, percent; true when it is another one than before.
    pub(crate) fn level(&mut self, percent: u8) -> bool {
        self.battery.replace(percent) != Some(percent)
    }

    /// So many stored records of a service were asked for.
    pub(crate) fn expect(&mut self, service: Uuid, records: u32) {
        if let Some(profile) = uuids::PROFILES.iter().find(|p| p.service == service) {
            self.gate.expect(profile.pace, records);
        }
    }

    /// What has waited too long for its other half, over a link or without one.
    pub(crate) fn overdue(
        &mut self,
        source: &Source,
        from_memory: bool,
        now: UnixMillis,
        out: &mut Vec<Taken>,
    ) {
        let mut found = Found::default();
        self.joining.overdue(source, now, &mut found);
        self.overheard.overdue(source, now, &mut found);
        if from_memory {
            Remembered::mark(&mut found);
        }
        self.settle(found, out);
    }

    /// Stored records were cut off: a measurement without its context would come once more with it, and count as two.
    pub(crate) fn abandon(&mut self) {
        self.joining.abandon();
    }

    /// The link ended: whatever waits for its other half comes out.
    pub(crate) fn close(&mut self, source: &Source, out: &mut Vec<Taken>) {
        let mut found = Found::default();
        self.joining.close(source, &mut found);
        self.settle(found, out);
    }

    /// Takes one advertisement of a device that is not connected.
    pub(crate) fn overhear(
        &mut self,
        advert: Result<crate::advert::Advert, crate::advert::Unread>,
        source: &Source,
        now: Moment,
        out: &mut Vec<Taken>,
    ) {
        let mut found = Found::default();
        self.overheard.take(advert, source, now, &mut found);
        // Repetitions are how advertisements work: they are left out before they are counted as too frequent.
        if !found.verdicts.is_empty()
            && let Err(reason) = self.gate.admit(Lane::Measured(Category::Surroundings), now.at)
        {
            out.push(Taken::Refused(reason));
            return;
        }
        if found.battery.is_some_and(|level| self.battery != Some(level))
            && let Err(reason) = self.gate.admit(Lane::Battery, now.at)
        {
            out.push(Taken::Refused(reason));
            found.battery = None;
        }
        self.settle(found, out);
    }

    fn settle(&mut self, found: Found, out: &mut Vec<Taken>) {
        if let Some(low) = found.battery_low
            && self.battery_low.replace(low) != Some(low)
        {
            out.push(Taken::BatteryLow(low));
            // The next level is told, also the same one: it may say otherwise.
            self.battery = None;
        }
        if let Some(level) = found.battery
            && self.level(level)
        {
            out.push(Taken::Battery(level));
        }
        out.extend(found.verdicts.into_iter().map(|verdict| {
            let number = verdict.as_ref().ok().and_then(record_number);
            match self.gate.keep(verdict) {
                Ok(reading) => Taken::Reading(Box::new(reading)),
                Err(Reason::Replayed) => Taken::Copy(number),
                Err(reason) => Taken::Refused(reason),
            }
        }));
    }
}

/// The device's number of a stored record.
pub(crate) fn record_number(reading: &Reading) -> Option<u32> {
    reading.value(Quantity::RecordNumber).and_then(|n| u32::try_from(n.mantissa).ok())
}

/// What one packet gave, before copies are left out.
#[derive(Debug, Default)]
struct Found {
    verdicts: Vec<Result<Reading, Reason>>,
    /// What the newest of its records says.
    battery_low: Option<bool>,
    battery: Option<u8>,
}

impl Found {
    /// A decoded value through its mapping.
    fn push<T>(&mut self, decoded: Result<T, Malformed>, map: impl FnOnce(T) -> Result<Reading, Reason>) {
        self.verdicts.push(decoded.map_err(|_| Reason::Malformed).and_then(map));
    }

    fn malformed(&mut self) {
        self.verdicts.push(Err(Reason::Malformed));
    }
}

#[cfg(test)]
mod tests;
