//! What the conventions use of a record: taken from its readings once, bounded, and summed up as often as is asked.

use std::collections::{BTreeMap, VecDeque};

use salus_wire::view::{ClinicalSummary, NewsTyped, NewsView};
use salus_wire::{Category, DeviceId, Reading, UnixMillis};

use super::WallTime;
use super::glucose::traces::DayTrace;
use super::glucose::{self, Glucose};
use super::news::Vitals;
use super::pressure::diary::DiaryDay;
use super::pressure::{self, Pressure};
use super::variability::{self, BeatDays};

/// Blood pressures that are kept; for one more, the oldest goes. A year of 50 a day.
const MOST_PRESSURES: usize = 20_000;
/// Sensor values that are kept. A year of one every minute and a half.
const MOST_GLUCOSE: usize = 360_000;
/// Devices whose names are kept.
const MOST_NAMES: usize = 64;

/// Readings by what the conventions use of them.
#[derive(Debug, Clone)]
pub struct Material {
    clock: WallTime,
    pressures: VecDeque<Pressure>,
    glucose: VecDeque<Glucose>,
    beats: BeatDays,
    vitals: Vitals,
    names: BTreeMap<DeviceId, String>,
}

impl Material {
    /// Nothing taken in.
    #[must_use]
    pub fn new(clock: WallTime) -> Self {
        Self {
            beats: BeatDays::new(clock.clone()),
            clock,
            pressures: VecDeque::new(),
            glucose: VecDeque::new(),
            vitals: Vitals::default(),
            names: BTreeMap::new(),
        }
    }

    /// True for a category that a convention sums up.
    #[must_use]
    pub const fn sums_up(category: Category) -> bool {
        reach(category).is_some()
    }

    /// Takes in readings, those of one category in order of time; `name` tells what a reading's device is called.
    pub fn take(&mut self, readings: &[Reading], name: impl Fn(&Reading) -> String) {
        for reading in readings {
            self.vitals.take(reading);
            if let Some(pressure) = Pressure::of(reading) {
                push(&mut self.pressures, pressure, MOST_PRESSURES);
            }
            if let Some(glucose) = Glucose::of(reading) {
                push(&mut self.glucose, glucose, MOST_GLUCOSE);
            }
            if self.beats.push(reading)
                && self.names.len() < MOST_NAMES
                && !self.names.contains_key(&reading.device)
            {
                self.names.insert(reading.device, name(reading));
            }
        }
    }

    /// What a category comes to at `until`, exclusive; `None` where no convention sums it up.
    #[must_use]
    pub fn summary(&self, category: Category, until: UnixMillis) -> Option<ClinicalSummary> {
        let clock = &self.clock;
        Some(match category {
            Category::BloodPressure => {
                let all: Vec<Pressure> = self.pressures.iter().copied().collect();
                ClinicalSummary::Pressure(pressure::home(&all, clock, until))
            }
            Category::Glucose => {
                let all: Vec<Glucose> = self.glucose.iter().copied().collect();
                ClinicalSummary::Glucose(glucose::profile(&all, clock, until))
            }
            Category::HeartRate => {
                let name = |device: &DeviceId| self.names.get(device).cloned().unwrap_or_default();
                ClinicalSummary::Variability(self.beats.trend(until, name))
            }
            Category::OxygenSaturation
            | Category::BodyTemperature
            | Category::BodyWeight
            | Category::Activity
            | Category::Electrocardiogram
            | Category::Respiration
            | Category::Surroundings => return None,
        })
    }

    /// Blood pressures day by day: the dates from that of `from` to that of the last instant before `until`.
    #[must_use]
    pub fn diary(&self, from: UnixMillis, until: UnixMillis) -> Vec<DiaryDay> {
        let all: Vec<Pressure> = self.pressures.iter().copied().collect();
        let [first, last] = [from, until.saturating_sub(1)].map(|at| self.clock.day(at, 0));
        pressure::diary::diary(&all, &self.clock, first, last, until)
    }

    /// The sensor's values on each of the days of a glucose profile.
    #[must_use]
    pub fn traces(&self, until: UnixMillis) -> Vec<DayTrace> {
        let all: Vec<Glucose> = self.glucose.iter().copied().collect();
        glucose::traces::traces(&all, &self.clock, until)
    }

    /// The wall clock that days and hours are of.
    #[must_use]
    pub const fn clock(&self) -> &WallTime {
        &self.clock
    }

    /// The vital signs and, with what was typed, the score of them.
    #[must_use]
    pub fn news(&self, typed: Option<NewsTyped>, now: UnixMillis) -> NewsView {
        self.vitals.news(typed, now)
    }
}

/// How far back before its end a category's convention looks, milliseconds; `None` where there is none.
#[must_use]
pub const fn reach(category: Category) -> Option<i64> {
    match category {
        Category::BloodPressure => Some(pressure::REACH),
        Category::Glucose => Some(glucose::REACH),
        Category::HeartRate => Some(variability::REACH),
        Category::OxygenSaturation
        | Category::BodyTemperature
        | Category::BodyWeight
        | Category::Activity
        | Category::Electrocardiogram
        | Category::Respiration
        | Category::Surroundings => None,
    }
}

fn push<T>(all: &mut VecDeque<T>, new: T, most: usize) {
    if all.len() >= most {
        all.pop_front();
    }
    all.push_back(new);
}

#[cfg(test)]
mod tests {
    use salus_wire::view::{Lack, LackView, Outcome, ShortView};
    use salus_wire::{Component, Decimal, Quality, Quantity};

    use super::*;

    fn reading(category: Category, at: i64, values: &[(Quantity, i64)]) -> Reading {
        let of =
            |(quantity, n): &(Quantity, i64)| Component { quantity: *quantity, value: Decimal::whole(*n) };
        Reading {
            at,
            arrived: at,
            device: DeviceId([1; 16]),
            category,
            components: values.iter().map(of).collect(),
            quality: Quality(0),
            device_time: None,
            user: None,
        }
    }

    #[test]
    fn each_category_goes_to_its_convention_and_others_have_none() {
        let mut material = Material::new(WallTime::fixed(0));
        let bp = [(Quantity::Systolic, 128), (Quantity::Diastolic, 79), (Quantity::PulseRate, 61)];
        material.take(&[reading(Category::BloodPressure, 0, &bp)], |_| String::new());
        material.take(&[reading(Category::Glucose, 0, &[(Quantity::InterstitialGlucose, 120)])], |_| {
            String::new()
        });
        material
            .take(&[reading(Category::HeartRate, 900, &[(Quantity::RrInterval, 900)])], |_| "Strap".into());
        assert_eq!((material.pressures.len(), material.glucose.len()), (1, 1));
        assert_eq!(material.names.values().collect::<Vec<_>>(), ["Strap"]);
        assert_eq!(material.news(None, 0).vitals.len(), 2);
        for category in Category::ALL {
            assert_eq!(
                material.summary(*category, 1_000).is_some(),
                Material::sums_up(*category),
                "{category:?}"
            );
        }
    }

    #[test]
    fn what_is_kept_is_bounded_and_the_newest_stays() {
        let mut all = VecDeque::new();
        (0..10).for_each(|n| push(&mut all, n, 4));
        assert_eq!(all, [6, 7, 8, 9]);
    }

    #[test]
    fn what_is_missing_crosses_to_the_page_as_it_is() {
        let lacks = vec![LackView { what: Lack::PressureReadings, have: 8, need: 12 }];
        let short: Outcome<u8> = Outcome::NotEnough(ShortView { from: 1, to: 2, lacks });
        let text = serde_json::to_string(&short).unwrap();
        let lack = r#"{"what":"pressure_readings","have":8,"need":12}"#;
        assert_eq!(
            text,
            format!(r#"{{"outcome":"not_enough","view":{{"from":1,"to":2,"lacks":[{lack}]}}}}"#)
        );
        assert_eq!(serde_json::from_str::<Outcome<u8>>(&text).unwrap(), short);
        let summary = Material::new(WallTime::fixed(60)).summary(Category::HeartRate, 0).unwrap();
        let text = serde_json::to_string(&summary).unwrap();
        assert!(text.starts_with(r#"{"kind":"variability","view":{"outcome":"not_enough""#), "{text}");
        assert_eq!(serde_json::from_str::<ClinicalSummary>(&text).unwrap(), summary);
        for wrong in [
            r#"{"view":1,"outcome":"enough"}"#,
            r#"{"outcome":"enough"}"#,
            r#"{"outcome":"other","view":1}"#,
            "[]",
        ] {
            assert!(serde_json::from_str::<Outcome<u8>>(wrong).is_err(), "{wrong}");
        }
    }
}
