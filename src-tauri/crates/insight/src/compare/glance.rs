//! What a record comes to in a line: how new, how complete, and how the newest compares.

use std::collections::{BTreeMap, BTreeSet};

use salus_wire::view::{HomePressureView, RangeRule, RangeView, Standing, UsualView};
use salus_wire::{Category, Decimal, Level, Quantity, Summary, UnixMillis};

use super::Sums;
use crate::clinical::WallTime;
use crate::clinical::usual::{DAYS, usual};

/// Below this many thousandths a value is compared: heavier, hotter or faster than anybody is by far, and within 32 bits.
const MOST: i64 = 400_000_000;

/// The newest value's instant; of daily summaries the end of the newest day.
#[must_use]
pub fn newest(all: &[Sums]) -> Option<UnixMillis> {
    let of = |sums: &Sums| {
        let end = |row: &Summary| row.start.saturating_add(Level::Day.millis());
        sums.rows().iter().map(|row| if sums.is_daily() { end(row) } else { row.last }).max()
    };
    all.iter().filter_map(of).max()
}

/// Days with a value of any category, and days in all, of `[from, to)`.
#[must_use]
pub fn days_with(all: &[Sums], clock: &WallTime, from: UnixMillis, to: UnixMillis) -> (u16, u16) {
    let day = |at: UnixMillis| clock.day(at, 0);
    let mut with: BTreeSet<i64> = BTreeSet::new();
    for sums in all {
        with.extend(sums.rows().iter().map(|row| day(sums.middle(row))));
    }
    let of = day(to.saturating_sub(1).max(from)).saturating_sub(day(from)).saturating_add(1);
    let of = u16::try_from(of).unwrap_or(u16::MAX);
    (u16::try_from(with.len()).unwrap_or(u16::MAX).min(of), of)
}

/// A week at home against its threshold: above means at or above in either value, as the convention says.
#[must_use]
pub fn home_pressure(week: &HomePressureView) -> RangeView {
    RangeView {
        category: Category::BloodPressure,
        quantity: Quantity::Systolic,
        rule: RangeRule::HomePressure,
        standing: if week.high { Standing::Above } else { Standing::Within },
        value: format!("{}/{}", week.mean.systolic, week.mean.diastolic),
        range: format!("{}/{}", week.threshold.systolic, week.threshold.diastolic),
    }
}

/// The newest day's mean against the person's own 28 days before it; `None` with fewer than seven of them, and for what nobody
/// has a usual mean of. Where the unit is coarse, to a tenth.
#[must_use]
pub fn against_usual(sums: &Sums, clock: &WallTime) -> Option<RangeView> {
    let category = sums.category();
    if matches!(category, Category::Activity | Category::Electrocardiogram | Category::Surroundings) {
        return None;
    }
    let newest_row = sums.rows().last()?;
    let today = clock.day(sums.middle(newest_row), 0);
    let days = |quantity: &Quantity| days(sums, *quantity, clock);
    // Of several quantities the first that the newest day has.
    let (quantity, mut days) = category
        .drawn()
        .iter()
        .map(|quantity| (*quantity, days(quantity)))
        .find(|(_, days)| days.contains_key(&today))?;
    let mean = days.remove(&today)?.mean()?;
    let fine = mean.exponent < 0;
    let earlier: Vec<u32> = days
        .range(today.saturating_sub(DAYS)..today)
        .filter_map(|(_, day)| thousandths(day.mean()?, fine))
        .collect();
    let value = thousandths(mean, fine)?.saturating_add(500) / 1000;
    let (from, to) = (clock.start(today.saturating_sub(DAYS), 0), clock.start(today, 0));
    let found = usual(value, earlier, from, to);
    let UsualView { low, high, standing, .. } = *found.enough()?;
    let exponent = if fine { -1 } else { 0 };
    let shown = |n: u32| Decimal { mantissa: n.into(), exponent }.to_string();
    Some(RangeView {
        category,
        quantity,
        rule: RangeRule::OwnUsual,
        standing,
        value: shown(value),
        range: format!("{}\u{2013}{}", shown(low), shown(high)),
    })
}

/// Each day's sum of one quantity.
fn days(sums: &Sums, quantity: Quantity, clock: &WallTime) -> BTreeMap<i64, Summary> {
    let mut days: BTreeMap<i64, Summary> = BTreeMap::new();
    for row in sums.of(quantity) {
        let day = clock.day(sums.middle(row), 0);
        match days.get_mut(&day) {
            Some(same) => same.add(row),
            None => {
                days.insert(day, *row);
            }
        }
    }
    days
}

/// Thousandths of a unit, or of a tenth of it; `None` when it is negative or beyond anybody. Half away from zero.
fn thousandths(value: Decimal, fine: bool) -> Option<u32> {
    let places = if fine { 4 } else { 3 };
    let shift = i32::from(value.exponent).saturating_add(places);
    let scaled = match u32::try_from(shift) {
        Ok(up) => value.mantissa.checked_mul(10i64.checked_pow(up)?)?,
        Err(_) => {
            let unit = 10i64.checked_pow(shift.unsigned_abs())?;
            value.mantissa.checked_add(unit / 2)? / unit
        }
    };
    if !(0..MOST).contains(&scaled) {
        return None;
    }
    u32::try_from(scaled).ok()
}
