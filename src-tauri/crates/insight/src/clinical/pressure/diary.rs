//! Blood pressures day by day, for a diary: mornings and evenings by the same hours as the week's mean, and nothing left out
//! unseen.

use std::collections::BTreeMap;

use salus_wire::UnixMillis;
use salus_wire::view::PressureView;
use serde::{Deserialize, Serialize};

use super::super::WallTime;
use super::super::date::Date;
use super::{PER_PART, Part, Pressure, Sums, Week, day, part, whole};

/// Most days of a diary: a month.
pub const MOST_DAYS: i64 = 31;

/// One reading of a diary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiaryReading {
    /// Minutes after midnight of the wall clock.
    pub minute: u16,
    /// Whole mmHg.
    pub systolic: u16,
    /// Whole mmHg.
    pub diastolic: u16,
    /// Whole beats per minute.
    pub pulse: Option<u16>,
    /// The device saw an irregular pulse.
    pub irregular: bool,
    /// The device itself doubts the value: it is shown, and in no mean.
    pub doubted: bool,
}

/// The readings of one part of a day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DiaryPart {
    /// The first two, in order of time.
    pub readings: Vec<DiaryReading>,
    /// How many more there are.
    pub more: u32,
}

/// One day; it lasts from four in the morning to four in the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiaryDay {
    /// The date that it begins on.
    pub date: Date,
    /// From 04:00 to 12:00.
    pub morning: DiaryPart,
    /// From 16:00 to 04:00.
    pub evening: DiaryPart,
    /// Between the two.
    pub other: DiaryPart,
    /// Mean of the first two readings of the morning and of the evening, as they count for a week; `None` without any.
    pub mean: Option<PressureView>,
}

/// The days that hold a reading from `first` to `last`, both included and counted from 1 January 1970; the newest of more than
/// [`MOST_DAYS`].
#[must_use]
pub fn diary(
    readings: &[Pressure],
    clock: &WallTime,
    first: i64,
    last: i64,
    until: UnixMillis,
) -> Vec<DiaryDay> {
    let first = first.max(last.saturating_sub(MOST_DAYS - 1));
    let mut sorted: Vec<Pressure> = readings.iter().filter(|r| r.at < until).copied().collect();
    sorted.sort_unstable();
    let mut days: BTreeMap<i64, (DiaryDay, Week)> = BTreeMap::new();
    for reading in &sorted {
        let on = day(clock, reading.at);
        let Some(date) = Date::of_day(on).filter(|_| (first..=last).contains(&on)) else { continue };
        let fresh = || (DiaryDay::on(date), Week::default());
        let (entry, week) = days.entry(on).or_insert_with(fresh);
        entry.put(clock, reading);
        week.take(clock, reading, None);
    }
    let finish = |(mut entry, week): (DiaryDay, Week)| {
        entry.mean = Sums::of(week.morning, week.evening).mean();
        entry
    };
    days.into_values().map(finish).collect()
}

impl DiaryDay {
    fn on(date: Date) -> Self {
        let none = DiaryPart::default;
        Self { date, morning: none(), evening: none(), other: none(), mean: None }
    }

    fn put(&mut self, clock: &WallTime, reading: &Pressure) {
        let cell = match part(clock, reading.at) {
            Some(Part::Morning) => &mut self.morning,
            Some(Part::Evening) => &mut self.evening,
            None => &mut self.other,
        };
        let shown = DiaryReading::of(clock, reading);
        match shown.filter(|_| cell.readings.len() < PER_PART as usize) {
            Some(shown) => cell.readings.push(shown),
            None => cell.more = cell.more.saturating_add(1),
        }
    }
}

impl DiaryReading {
    fn of(clock: &WallTime, reading: &Pressure) -> Option<Self> {
        Some(Self {
            minute: clock.minute(reading.at),
            systolic: whole(reading.systolic.into(), 1)?,
            diastolic: whole(reading.diastolic.into(), 1)?,
            pulse: reading.pulse.and_then(|pulse| whole(pulse.into(), 1)),
            irregular: reading.irregular,
            doubted: reading.doubted,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;

    fn reading(at: i64, systolic: u32, irregular: bool, doubted: bool) -> Pressure {
        Pressure { at, systolic: systolic * 1000, diastolic: 80_000, pulse: Some(60_500), irregular, doubted }
    }

    #[test]
    fn a_day_lasts_until_four_and_its_mean_is_of_the_first_two_of_each_part() {
        let clock = WallTime::fixed(0);
        let all = [
            reading(DAY + 7 * HOUR, 120, false, false),
            reading(DAY + 7 * HOUR + MINUTE, 130, true, false),
            reading(DAY + 7 * HOUR + 2 * MINUTE, 200, false, false),
            reading(DAY + 13 * HOUR, 150, false, false),
            // After midnight, and still the evening of the day before.
            reading(2 * DAY + HOUR, 140, false, false),
            reading(2 * DAY + 2 * HOUR, 180, false, true),
            reading(9 * DAY, 100, false, false),
        ];
        let days = diary(&all, &clock, 1, 8, 9 * DAY);
        let [day] = &days[..] else { panic!("{days:?}") };
        assert_eq!(day.date, Date { year: 1970, month: 1, day: 2 });
        assert_eq!(day.morning.readings.iter().map(|r| r.systolic).collect::<Vec<_>>(), [120, 130]);
        assert_eq!((day.morning.more, day.morning.readings[1].irregular), (1, true));
        assert_eq!((day.other.readings.len(), day.other.readings[0].minute), (1, 13 * 60));
        assert_eq!(
            day.evening.readings.iter().map(|r| (r.minute, r.doubted)).collect::<Vec<_>>(),
            [(60, false), (120, true)]
        );
        // 120, 130 and 140; the doubted one is shown and not averaged. 60.5 rounds to the even neighbour.
        assert_eq!(day.mean, Some(PressureView { systolic: 130, diastolic: 80 }));
        assert_eq!(day.morning.readings[0].pulse, Some(60));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_the_order_does_not_matter(ats in prop::collection::vec(0i64..40 * DAY, 0..120)) {
            let clock = WallTime::fixed(90);
            let mut all: Vec<Pressure> = ats.iter().map(|at| reading(*at, 120, false, false)).collect();
            let days = diary(&all, &clock, 0, 30, i64::MAX);
            all.reverse();
            prop_assert_eq!(&diary(&all, &clock, 0, 30, i64::MAX), &days);
            let of = |p: &DiaryPart| p.readings.len() + p.more as usize;
            let shown: usize = days.iter().map(|d| of(&d.morning) + of(&d.evening) + of(&d.other)).sum();
            let inside = all.iter().filter(|r| (0..=30).contains(&super::day(&clock, r.at))).count();
            prop_assert_eq!(shown, inside);
            prop_assert!(days.len() <= 31);
        }
    }
}
