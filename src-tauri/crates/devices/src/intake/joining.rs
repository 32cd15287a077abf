//! Characteristics whose notifications belong together: halves, contexts, segments, counters, a stream's clock.

use salus_wire::UnixMillis;
use uuid::Uuid;

use super::{Found, Setup};
use crate::advert::mi_scale::{self, Scale};
use crate::central::uuids;
use crate::gatt::enhanced_blood_pressure::record::Assembly;
use crate::gatt::health_sensor::Segments;
use crate::gatt::{body_composition, cgm, cycling, cycling_power, glucose, health_sensor, polar_pmd};
use crate::measure::clock::DeviceClock;
use crate::measure::cycling::{Counters, USUAL_CIRCUMFERENCE_MM};
use crate::measure::glucose::{Join, Joined};
use crate::measure::{self, Source};
use crate::{Moment, Reason};

/// What the packets of one link leave for the next ones.
#[derive(Debug)]
pub(super) struct Joining {
    pub(super) setup: Setup,
    composition: body_composition::Joiner,
    scale: Scale,
    glucose: Join,
    pressures: Assembly,
    live: Segments,
    stored: Segments,
    cycling: Counters,
    power: Counters,
    polar: Option<DeviceClock>,
}

impl Joining {
    pub(super) fn new(setup: Setup) -> Self {
        let wheel_mm = setup.wheel_mm.unwrap_or(USUAL_CIRCUMFERENCE_MM);
        Self {
            composition: body_composition::Joiner::default(),
            scale: Scale::default(),
            glucose: Join::default(),
            pressures: Assembly::new(setup.stored_pressure),
            live: Segments::new(),
            stored: Segments::new(),
            cycling: Counters::cycling(wheel_mm),
            power: Counters::power(wheel_mm),
            polar: None,
            setup,
        }
    }

    pub(super) fn read(
        &mut self,
        characteristic: Uuid,
        bytes: &[u8],
        source: &Source,
        now: Moment,
        found: &mut Found,
    ) {
        match characteristic {
            uuids::BODY_COMPOSITION if self.setup.mi_scale => match mi_scale::decode_second(bytes) {
                Ok(packet) => self.weighing(|scale| scale.hear(&packet, now), source, found),
                Err(_) => found.malformed(),
            },
            uuids::BODY_COMPOSITION => self.composition(bytes, source, now, found),
            uuids::BLOOD_PRESSURE_RECORD => match self.pressures.segment(bytes) {
                Ok(Some(record)) => {
                    found.verdicts.push(measure::enhanced_blood_pressure::stored(&record, source, now))
                }
                Ok(None) => {}
                Err(_) => found.malformed(),
            },
            uuids::GLUCOSE => match glucose::decode(bytes) {
                Ok(v) => {
                    found.battery_low = measure::glucose::battery_low(&v).or(found.battery_low);
                    let whole = self.glucose.measurement(v, now);
                    whole.into_iter().for_each(|joined| glucose_reading(&joined, source, found));
                }
                Err(_) => found.malformed(),
            },
            uuids::GLUCOSE_CONTEXT => match glucose::context::decode(bytes) {
                Ok(context) => {
                    let whole = self.glucose.context(context);
                    whole.into_iter().for_each(|joined| glucose_reading(&joined, source, found));
                }
                Err(_) => found.malformed(),
            },
            uuids::CGM => self.sensor(bytes, source, now, found),
            uuids::CYCLING => {
                let counters = &mut self.cycling;
                found.push(cycling::decode(bytes), |v| measure::cycling::reading(&v, counters, source, now));
                // Standing still, or the first packet: nothing to store, and nothing wrong with it.
                found.verdicts.retain(|v| *v != Err(Reason::NoValue));
            }
            uuids::CYCLING_POWER => {
                let counters = &mut self.power;
                found.push(cycling_power::decode(bytes), |v| {
                    measure::cycling_power::reading(&v, counters, source, now)
                });
            }
            uuids::LIVE_OBSERVATIONS => observation(&mut self.live, false, bytes, source, now, found),
            uuids::STORED_OBSERVATIONS => observation(&mut self.stored, true, bytes, source, now, found),
            uuids::POLAR_DATA => match polar_pmd::frame(bytes) {
                Ok(frame) => {
                    let compare = || measure::polar_pmd::compare(&frame, now);
                    let clock = *self.polar.get_or_insert_with(compare);
                    let source = Source { clock, ..*source };
                    found.verdicts.extend(measure::polar_pmd::readings(&frame, &source, now));
                }
                Err(_) => found.malformed(),
            },
            _ => {}
        }
    }

    fn composition(&mut self, bytes: &[u8], source: &Source, now: Moment, found: &mut Found) {
        let Ok(packet) = body_composition::decode(bytes) else { return found.malformed() };
        let joined = self.composition.push(packet, now.at);
        if joined.given_up {
            found.malformed();
        }
        let whole = joined.whole;
        found.verdicts.extend(whole.map(|whole| measure::body_composition::reading(&whole, source, now)));
    }

    fn sensor(&mut self, bytes: &[u8], source: &Source, now: Moment, found: &mut Found) {
        let session = &self.setup.cgm;
        let protection = session.feature.map(cgm::Feature::protection).unwrap_or_default();
        let Ok(records) = cgm::decode(bytes, protection) else { return found.malformed() };
        for record in records {
            found.battery_low = Some(measure::cgm::battery_low(&record));
            found.verdicts.push(measure::cgm::reading(&record, session, source, now));
        }
    }

    fn weighing(
        &mut self,
        step: impl FnOnce(&mut Scale) -> Option<mi_scale::Heard>,
        source: &Source,
        found: &mut Found,
    ) {
        let whole = step(&mut self.scale);
        found.verdicts.extend(whole.map(|h| measure::advert::weighing(&h.weighing, source, h.arrived)));
    }

    pub(super) fn overdue(&mut self, source: &Source, now: UnixMillis, found: &mut Found) {
        while let Some(joined) = self.glucose.overdue(now) {
            glucose_reading(&joined, source, found);
        }
        self.weighing(|scale| scale.overdue(now), source, found);
    }

    /// Stored records have ended: what still waits for its context comes out alone.
    pub(super) fn transferred(&mut self, source: &Source, found: &mut Found) {
        while let Some(joined) = self.glucose.flush() {
            glucose_reading(&joined, source, found);
        }
    }

    pub(super) fn abandon(&mut self) {
        self.glucose = Join::default();
    }

    pub(super) fn close(&mut self, source: &Source, found: &mut Found) {
        self.transferred(source, found);
        if self.composition.give_up() {
            found.malformed();
        }
        self.weighing(Scale::silence, source, found);
        (self.live, self.stored) = (Segments::new(), Segments::new());
        self.polar = None;
    }
}

/// A context that makes no sense does not take its measurement with it.
fn glucose_reading(joined: &Joined, source: &Source, found: &mut Found) {
    let read = |context| measure::glucose::reading(&joined.glucose, context, source, joined.arrived);
    let verdict = match (read(joined.context.as_ref()), &joined.context) {
        (Err(Reason::Impossible), Some(_)) => read(None),
        (verdict, _) => verdict,
    };
    found.verdicts.push(verdict);
}

fn observation(
    segments: &mut Segments,
    from_memory: bool,
    bytes: &[u8],
    source: &Source,
    now: Moment,
    found: &mut Found,
) {
    let joined = segments.push(bytes);
    if joined.cut {
        found.malformed();
    }
    let Some(whole) = joined.whole else { return };
    let readings = if from_memory {
        health_sensor::stored(whole).map(|stored| {
            measure::health_sensor::readings(&stored.observation, Some(stored.record), source, now)
        })
    } else {
        health_sensor::live(whole)
            .map(|observation| measure::health_sensor::readings(&observation, None, source, now))
    };
    match readings {
        Ok(verdicts) => found.verdicts.extend(verdicts),
        Err(_) => found.malformed(),
    }
}
