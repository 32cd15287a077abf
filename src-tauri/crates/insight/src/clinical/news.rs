//! The National Early Warning Score 2: of one set of observations, with what a clinician typed; never of a part of it.
//!
//! | rule | here |
//! |---|---|
//! | respiration, saturation, systolic, pulse, temperature | the newest reading of each that the device does not doubt |
//! | one set | all five within an hour before the newest of them, and that within the last twelve hours |
//! | alertness, air or oxygen, scale of the saturation | typed; no sensor tells them |
//! | precision | whole numbers as the chart has them, temperature to a tenth, rounded half to even |
//!
//! # Source
//! Royal College of Physicians, National Early Warning Score (NEWS) 2: Standardising the assessment of acute-illness severity in the
//! NHS, updated report of a working party, London 2017: chart 1 (the scoring system), chart 2 (thresholds and triggers), chart 4
//! (at least every twelve hours at a score of 0). Not for people under 16 and not in pregnancy. The hour is Salus's own choice.

#[cfg(test)]
mod tests;

use salus_wire::view::{
    Alertness, Breathing, Lack, LackView, NewsPart, NewsPointView, NewsRisk, NewsScoreView, NewsTyped,
    NewsView, Outcome, SaturationScale, ShortView, VitalView,
};
use salus_wire::{Decimal, Quantity, Reading, UnixMillis};

use super::{doubted, thousandths};
use crate::hrv::exact::nearest;

/// Readings of one set lie within it. 1 hour.
pub const SET: i64 = 3_600_000;
/// The newest of a set lies within it. 12 hours.
pub const AGE: i64 = 12 * SET;
/// Above it no vital sign is, in its unit.
const MOST: u32 = 500;

/// The newest value of one vital sign, thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Vital {
    at: UnixMillis,
    thousandths: u32,
}

/// The newest of each vital sign: respiration, saturation, systolic, pulse, temperature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Vitals([Option<Vital>; 5]);

/// The chart's order.
const SIGNS: [(NewsPart, Lack, Quantity); 5] = [
    (NewsPart::Respiration, Lack::Respiration, Quantity::RespiratoryRate),
    (NewsPart::Saturation, Lack::Saturation, Quantity::OxygenSaturation),
    (NewsPart::Systolic, Lack::Systolic, Quantity::Systolic),
    (NewsPart::Pulse, Lack::Pulse, Quantity::PulseRate),
    (NewsPart::Temperature, Lack::Temperature, Quantity::BodyTemperature),
];

impl Vitals {
    /// Takes in what a reading says of them; the order does not matter.
    pub fn take(&mut self, reading: &Reading) {
        if doubted(reading.quality) {
            return;
        }
        for (slot, (part, _, quantity)) in self.0.iter_mut().zip(SIGNS) {
            // A pulse is a heart rate too, whichever device counted it.
            let other = (part == NewsPart::Pulse).then_some(Quantity::HeartRate);
            let value = reading.value(quantity).or_else(|| reading.value(other?));
            if let Some(thousandths) = value.and_then(|v| thousandths(v, MOST)).filter(|v| *v > 0) {
                *slot = (*slot).max(Some(Vital { at: reading.at, thousandths }));
            }
        }
    }

    /// The score at `now`; without what is typed, what there is of the rest.
    #[must_use]
    pub fn news(&self, typed: Option<NewsTyped>, now: UnixMillis) -> NewsView {
        let newest = self.0.iter().flatten().map(|v| v.at).filter(|at| *at <= now).max();
        let fresh = newest.filter(|at| now.saturating_sub(*at) <= AGE);
        let in_set = |v: &Vital| fresh.is_some_and(|to| v.at <= to && to.saturating_sub(v.at) <= SET);
        let of = |(vital, (part, _, quantity)): (&Option<Vital>, (NewsPart, Lack, Quantity))| {
            let vital = (*vital)?;
            let value = shown(part, vital.thousandths).to_string();
            Some(VitalView { quantity, value, at: vital.at, in_set: in_set(&vital) })
        };
        let vitals = self.0.iter().zip(SIGNS).filter_map(of).collect();
        let set = self.0.map(|vital| vital.filter(in_set));
        NewsView { vitals, score: score(set, typed, fresh, now) }
    }
}

/// As the chart has it: whole, a temperature to a tenth.
fn shown(part: NewsPart, thousandths: u32) -> Decimal {
    let (by, exponent) = if part == NewsPart::Temperature { (100, -1) } else { (1000, 0) };
    let mantissa = i64::try_from(nearest(thousandths.into(), by)).unwrap_or(i64::MAX);
    Decimal { mantissa, exponent }
}

fn score(
    set: [Option<Vital>; 5],
    typed: Option<NewsTyped>,
    newest: Option<UnixMillis>,
    now: UnixMillis,
) -> Outcome<NewsScoreView> {
    let lack = |what| LackView { what, have: 0, need: 1 };
    let mut lacks: Vec<LackView> =
        set.iter().zip(SIGNS).filter(|(v, _)| v.is_none()).map(|(_, (_, what, _))| lack(what)).collect();
    if typed.is_none() {
        lacks.extend([Lack::Alertness, Lack::Breathing].map(lack));
    }
    let short = |lacks| {
        let to = newest.unwrap_or(now);
        let from = if newest.is_some() { to.saturating_sub(SET) } else { now.saturating_sub(AGE) };
        Outcome::NotEnough(ShortView { from, to: to.saturating_add(1), lacks })
    };
    let ([Some(respiration), Some(saturation), Some(systolic), Some(pulse), Some(temperature)], Some(typed)) =
        (set, typed)
    else {
        return short(lacks);
    };
    let whole = |part, vital: Vital| shown(part, vital.thousandths).mantissa;
    let points = [
        (NewsPart::Respiration, respiration_points(whole(NewsPart::Respiration, respiration))),
        (NewsPart::Saturation, saturation_points(whole(NewsPart::Saturation, saturation), &typed)),
        (NewsPart::Breathing, if typed.breathing == Breathing::Oxygen { 2 } else { 0 }),
        (NewsPart::Systolic, systolic_points(whole(NewsPart::Systolic, systolic))),
        (NewsPart::Pulse, pulse_points(whole(NewsPart::Pulse, pulse))),
        (NewsPart::Alertness, if typed.alertness == Alertness::Alert { 0 } else { 3 }),
        (NewsPart::Temperature, temperature_points(whole(NewsPart::Temperature, temperature))),
    ];
    let total: u8 = points.iter().map(|(_, points)| points).sum();
    let times = [respiration, saturation, systolic, pulse, temperature].map(|v| v.at);
    Outcome::Enough(NewsScoreView {
        from: times.into_iter().min().unwrap_or(now),
        to: times.into_iter().max().unwrap_or(now),
        typed,
        total,
        risk: risk(total, points.iter().any(|(_, points)| *points == 3)),
        points: points.into_iter().map(|(part, points)| NewsPointView { part, points }).collect(),
    })
}

/// Chart 2: 7 and more is high, 5 and 6 medium, 3 in a single one low to medium.
const fn risk(total: u8, red: bool) -> NewsRisk {
    match total {
        7.. => NewsRisk::High,
        5 | 6 => NewsRisk::Medium,
        _ if red => NewsRisk::LowMedium,
        _ => NewsRisk::Low,
    }
}

/// Chart 1, breaths a minute.
const fn respiration_points(rate: i64) -> u8 {
    match rate {
        ..=8 => 3,
        9..=11 => 1,
        12..=20 => 0,
        21..=24 => 2,
        25.. => 3,
    }
}

/// Chart 1, percent: scale 1, or scale 2 with its points for too much on oxygen.
fn saturation_points(percent: i64, typed: &NewsTyped) -> u8 {
    match (typed.scale, typed.breathing) {
        (SaturationScale::One, _) => match percent {
            ..=91 => 3,
            92 | 93 => 2,
            94 | 95 => 1,
            96.. => 0,
        },
        (SaturationScale::Two, breathing) => match percent {
            ..=83 => 3,
            84 | 85 => 2,
            86 | 87 => 1,
            88..=92 => 0,
            _ if breathing == Breathing::Air => 0,
            93 | 94 => 1,
            95 | 96 => 2,
            97.. => 3,
        },
    }
}

/// Chart 1, mmHg.
const fn systolic_points(pressure: i64) -> u8 {
    match pressure {
        ..=90 => 3,
        91..=100 => 2,
        101..=110 => 1,
        111..=219 => 0,
        220.. => 3,
    }
}

/// Chart 1, beats a minute.
const fn pulse_points(rate: i64) -> u8 {
    match rate {
        ..=40 => 3,
        41..=50 => 1,
        51..=90 => 0,
        91..=110 => 1,
        111..=130 => 2,
        131.. => 3,
    }
}

/// Chart 1, tenths of a degree Celsius.
const fn temperature_points(tenths: i64) -> u8 {
    match tenths {
        ..=350 => 3,
        351..=360 => 1,
        361..=380 => 0,
        381..=390 => 1,
        391.. => 2,
    }
}
