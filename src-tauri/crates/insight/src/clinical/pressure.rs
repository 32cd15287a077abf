//! Blood pressure at home: seven days, two readings in the morning and two in the evening, the first day dropped.
//!
//! | rule | here |
//! |---|---|
//! | which seven days | those that end with the newest day that holds a reading, if that lies in the last 28 |
//! | day | from four in the morning to four in the next: a reading after midnight belongs to the evening before it |
//! | morning, evening | 04:00 to 12:00, 16:00 to 04:00; what lies between is counted and not averaged |
//! | two readings | the first two of each morning and evening; whoever measures again until it fits changes nothing |
//! | first day | the first of the seven that holds such a reading |
//! | irregular pulse | kept and counted |
//! | movement, loose cuff, wrong position, the device's own doubt | counted and not averaged |
//! | enough | at least 12 readings after the first day, so at least 3 days after it, 4 with it; the schedule gives 24 |
//! | high | mean of 135 or more over anything, or anything over 85 or more |
//!
//! # Source
//! Stergiou and others, 2021 European Society of Hypertension practice guidelines for office and out-of-office blood pressure
//! measurement, J Hypertens 39 (2021) 1293 to 1302; Parati and others, Home blood pressure monitoring, position paper of the same
//! society, J Hypertens 39 (2021) 1742 to 1767; Mancia and others, 2023 ESH guidelines, J Hypertens 41 (2023) 1874 to 2071. Stergiou
//! and others, Home blood pressure monitoring in the 21st century, J Clin Hypertens 20 (2018) 1116 to 1121, table 3: seven days, "not
//! less than 4 days and fewer than 12 readings", "at least 12 after discarding readings of the first day", 135/85. The hours, and what
//! the device doubts, are Salus's own choice: the guidelines say "morning" and "evening".

pub mod diary;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use salus_wire::view::{
    HomePressureView, Lack, LackView, Outcome, PressureLeftOutView, PressurePartView, PressureView,
    PressureWindowsView, ShortView, UsualPressureView,
};
use salus_wire::{Category, Quantity, Reading, UnixMillis};

use super::usual::{self, usual};
use super::{WallTime, doubted, thousandths};
use crate::hrv::exact::nearest;

/// Days of the mean, with the first that is dropped.
pub const DAYS: i64 = 7;
/// How far back the newest reading may lie, days.
pub const LOOK_BACK: i64 = 28;
/// Fewest readings in the mean.
pub const LEAST_READINGS: u32 = 12;
/// Fewest days in the mean.
pub const LEAST_DAYS: u32 = 3;
/// Readings of a morning or an evening that count.
pub const PER_PART: u32 = 2;
/// High from here on, mmHg.
pub const HIGH: PressureView = PressureView { systolic: 135, diastolic: 85 };
/// When mornings and evenings are.
pub const WINDOWS: PressureWindowsView =
    PressureWindowsView { morning_from: 240, morning_to: 720, evening_from: 960, evening_to: 1_680 };
/// Milliseconds that a caller has to have readings of before `until`: what is looked at, and 28 days before it, with the days on
/// which clocks change.
pub const REACH: i64 = (LOOK_BACK + DAYS + usual::DAYS + 1) * 86_400_000;
/// No pressure is above it, mmHg.
const MOST: u32 = 400;

/// One reading, values in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pressure {
    at: UnixMillis,
    systolic: u32,
    diastolic: u32,
    pulse: Option<u32>,
    irregular: bool,
    doubted: bool,
}

impl Pressure {
    /// The pressures of a reading; `None` when it is no blood pressure.
    #[must_use]
    pub fn of(reading: &Reading) -> Option<Self> {
        if reading.category != Category::BloodPressure || !reading.counts() {
            return None;
        }
        let value = |quantity| thousandths(reading.value(quantity)?, MOST);
        let (systolic, diastolic) = (value(Quantity::Systolic)?, value(Quantity::Diastolic)?);
        Some(Self {
            at: reading.at,
            systolic,
            diastolic,
            pulse: value(Quantity::PulseRate).filter(|p| *p > 0),
            irregular: reading.quality.has(salus_wire::Quality::IRREGULAR_PULSE),
            doubted: doubted(reading.quality) || diastolic == 0 || systolic <= diastolic,
        })
    }

    /// When it was measured.
    #[must_use]
    pub const fn at(&self) -> UnixMillis {
        self.at
    }
}

/// Morning or evening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Morning,
    Evening,
}

/// The mean of the newest seven days before `until`.
#[must_use]
pub fn home(readings: &[Pressure], clock: &WallTime, until: UnixMillis) -> Outcome<HomePressureView> {
    let mut sorted: Vec<Pressure> = readings.iter().filter(|r| r.at < until).copied().collect();
    sorted.sort_unstable();
    let today = day(clock, until.saturating_sub(1));
    let newest = sorted.iter().rev().filter(|r| usable(clock, r)).map(|r| day(clock, r.at)).next();
    let last = newest.filter(|day| *day > today.saturating_sub(LOOK_BACK)).unwrap_or(today);
    let first = last.saturating_sub(DAYS - 1);
    let within = |r: &&Pressure| (first..=last).contains(&day(clock, r.at));
    let dropped = sorted.iter().filter(within).filter(|r| usable(clock, r)).map(|r| day(clock, r.at)).next();
    let mut week = Week::default();
    for reading in sorted.iter().filter(within) {
        week.take(clock, reading, dropped);
    }
    let (from, to) = (start(clock, first), start(clock, last.saturating_add(1)));
    let days = u32::try_from(week.days()).unwrap_or(u32::MAX);
    let all = Sums::of(week.morning, week.evening);
    let need = |what, have: u32, need: u32| (have < need).then_some(LackView { what, have, need });
    let lacks: Vec<LackView> =
        [need(Lack::PressureReadings, all.count, LEAST_READINGS), need(Lack::PressureDays, days, LEAST_DAYS)]
            .into_iter()
            .flatten()
            .collect();
    let mean = match all.mean() {
        Some(mean) if lacks.is_empty() => mean,
        _ => return Outcome::NotEnough(ShortView { from, to, lacks }),
    };
    Outcome::Enough(HomePressureView {
        from,
        to,
        days: u8::try_from(days).unwrap_or(u8::MAX),
        readings: all.count,
        mean,
        morning: week.morning.part(),
        evening: week.evening.part(),
        pulse: all.pulse(),
        threshold: HIGH,
        high: mean.systolic >= HIGH.systolic || mean.diastolic >= HIGH.diastolic,
        irregular: week.irregular,
        left_out: week.left_out,
        windows: WINDOWS,
        usual: before(&sorted, clock, first, mean),
    })
}

/// The mean against the days before `first`, each with a mean of its own.
fn before(
    sorted: &[Pressure],
    clock: &WallTime,
    first: i64,
    mean: PressureView,
) -> Outcome<UsualPressureView> {
    let earliest = first.saturating_sub(usual::DAYS);
    let mut days: BTreeMap<i64, Week> = BTreeMap::new();
    for reading in sorted.iter().filter(|r| (earliest..first).contains(&day(clock, r.at))) {
        days.entry(day(clock, reading.at)).or_default().take(clock, reading, None);
    }
    let means: Vec<Sums> = days.values().map(|d| Sums::of(d.morning, d.evening)).collect();
    let of = |sum: fn(&Sums) -> u64| -> Vec<u32> {
        let mean = |s: &Sums| u32::try_from(nearest(sum(s).into(), s.count.into())).ok();
        means.iter().filter(|s| s.count > 0).filter_map(mean).collect()
    };
    let (from, to) = (start(clock, earliest), start(clock, first));
    let systolic = usual(mean.systolic.into(), of(|s| s.systolic), from, to);
    let diastolic = usual(mean.diastolic.into(), of(|s| s.diastolic), from, to);
    match (systolic, diastolic) {
        (Outcome::Enough(systolic), Outcome::Enough(diastolic)) => {
            Outcome::Enough(UsualPressureView { systolic, diastolic })
        }
        (Outcome::NotEnough(short), _) | (_, Outcome::NotEnough(short)) => Outcome::NotEnough(short),
    }
}

fn day(clock: &WallTime, at: UnixMillis) -> i64 {
    clock.day(at, WINDOWS.morning_from)
}

fn start(clock: &WallTime, day: i64) -> UnixMillis {
    clock.start(day, WINDOWS.morning_from)
}

fn part(clock: &WallTime, at: UnixMillis) -> Option<Part> {
    let minute = clock.minute(at);
    // After midnight it is still the evening of the day before.
    let minute = if minute < WINDOWS.morning_from { minute + 1_440 } else { minute };
    match minute {
        m if m < WINDOWS.morning_to => Some(Part::Morning),
        m if m >= WINDOWS.evening_from => Some(Part::Evening),
        _ => None,
    }
}

fn usable(clock: &WallTime, reading: &Pressure) -> bool {
    !reading.doubted && part(clock, reading.at).is_some()
}

/// Sums of readings, thousandths.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    count: u32,
    systolic: u64,
    diastolic: u64,
    pulses: u32,
    pulse: u64,
}

impl Sums {
    const fn of(a: Self, b: Self) -> Self {
        Self {
            count: a.count + b.count,
            systolic: a.systolic + b.systolic,
            diastolic: a.diastolic + b.diastolic,
            pulses: a.pulses + b.pulses,
            pulse: a.pulse + b.pulse,
        }
    }

    fn add(&mut self, reading: &Pressure) {
        self.count += 1;
        self.systolic += u64::from(reading.systolic);
        self.diastolic += u64::from(reading.diastolic);
        if let Some(pulse) = reading.pulse {
            self.pulses += 1;
            self.pulse += u64::from(pulse);
        }
    }

    fn mean(&self) -> Option<PressureView> {
        let whole = |sum| whole(sum, self.count);
        Some(PressureView { systolic: whole(self.systolic)?, diastolic: whole(self.diastolic)? })
    }

    fn pulse(&self) -> Option<u16> {
        whole(self.pulse, self.pulses)
    }

    fn part(&self) -> Option<PressurePartView> {
        Some(PressurePartView { readings: self.count, mean: self.mean()? })
    }
}

/// The mean of a sum of thousandths in whole units, rounded half to even; `None` of nothing.
fn whole(sum: u64, count: u32) -> Option<u16> {
    let mean = (count > 0).then(|| nearest(sum.into(), u128::from(count) * 1000))?;
    u16::try_from(mean).ok()
}

/// Readings under way, in order of time.
#[derive(Debug, Default)]
struct Week {
    taken: BTreeMap<(i64, Part), u32>,
    morning: Sums,
    evening: Sums,
    irregular: u32,
    left_out: PressureLeftOutView,
}

impl Week {
    fn take(&mut self, clock: &WallTime, reading: &Pressure, dropped: Option<i64>) {
        let out = &mut self.left_out;
        if reading.doubted {
            out.doubted += 1;
            return;
        }
        let Some(part) = part(clock, reading.at) else {
            out.other_times += 1;
            return;
        };
        let day = day(clock, reading.at);
        if dropped == Some(day) {
            out.first_day += 1;
            return;
        }
        let taken = self.taken.entry((day, part)).or_default();
        if *taken >= PER_PART {
            out.beyond_two += 1;
            return;
        }
        *taken += 1;
        self.irregular += u32::from(reading.irregular);
        match part {
            Part::Morning => self.morning.add(reading),
            Part::Evening => self.evening.add(reading),
        }
    }

    /// Days that are in the sums.
    fn days(&self) -> usize {
        let mut days: Vec<i64> = self.taken.keys().map(|(day, _)| *day).collect();
        days.dedup();
        days.len()
    }
}
