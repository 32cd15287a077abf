//! The ambulatory glucose profile of a sensor: fourteen days, time in range, bands by time of day.
//!
//! | rule | here |
//! |---|---|
//! | which fourteen days | whole days of the wall clock, the last of them yesterday |
//! | values | of a sensor in the tissue; pricks of a finger are not mixed in |
//! | what the sensor doubts | left out, but for the ends of its range, up to 40 and from 400 mg/dL on: without those the worst hours would be missing; a value before a calibration counts |
//! | step | median of the distances between a device's neighbours of up to half an hour, whole minutes, 1 to 15 |
//! | one value a step | of two within three quarters of a step the first: two receivers of one sensor count once |
//! | active | values times step over fourteen days; enough from 70.0 % on, rounded as it is shown: about ten days of the fourteen |
//! | ranges | values rounded to whole mg/dL: 10.0 mmol/L, which is 180.2 mg/dL, is in range in both units |
//! | bands | half hours, each of at least seven days; percentiles between the two nearest values, not smoothed |
//! | variation | standard deviation of a sample over the mean; the goal is 36 % or less |
//!
//! # Source
//! Battelino and others, Clinical targets for continuous glucose monitoring data interpretation: recommendations from the
//! international consensus on time in range, Diabetes Care 42 (2019) 1593 to 1603 (ranges, goals, 14 days, 70 %, 36 %);
//! Bergenstal and others, Glucose management indicator, Diabetes Care 41 (2018) 2275 to 2280 (the GMI). The half hours and their
//! seven days are Salus's own choice. Not for pregnancy: there the consensus has 63 to 140 mg/dL, and the screens say so.

#[cfg(test)]
mod tests;
pub mod traces;

use std::collections::BTreeSet;

use salus_wire::view::{
    BandView, GlucoseProfileView, Goal, GoalSet, GoalView, GoalsView, Lack, LackView, Outcome, Permille,
    RangesView, ShortView,
};
use salus_wire::{Category, DeviceId, Quality, Quantity, Reading, UnixMillis};

use super::quantile::percentile;
use super::{WallTime, doubted, thousandths};
use crate::hrv::exact::{nearest, root};
use crate::pace::{LONGEST_STEP, Pace};

/// Days of the profile.
pub const DAYS: i64 = 14;
/// Least share of the time for which the sensor gave values: 70 %.
pub const LEAST_ACTIVE: Permille = Permille(700);
/// Length of a band, minutes; 48 of them in a day.
pub const BAND: u16 = 30;
/// Days that a band needs.
pub const BAND_DAYS: u8 = 7;
/// Milliseconds that a caller has to have readings of before `until`, with the days on which clocks change.
pub const REACH: i64 = (DAYS + 2) * 86_400_000;
/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;
/// Up to the first and from the second on a sensor says "below" or "above", thousandths of mg/dL.
const ENDS: (u32, u32) = (40_000, 400_000);
/// No sensor shows more, mg/dL.
const MOST: u32 = 1_000;
/// Molar mass of glucose, mg/mol: 1 mmol/L is 18.0156 mg/dL, as the devices' conversion has it.
const MILLIGRAMS_PER_MOL: u128 = 180_156;

/// One value of a sensor, thousandths of mg/dL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Glucose {
    at: UnixMillis,
    milligrams: u32,
    device: DeviceId,
    doubted: bool,
}

impl Glucose {
    /// The sensor's value of a reading; `None` when it holds none.
    #[must_use]
    pub fn of(reading: &Reading) -> Option<Self> {
        if reading.category != Category::Glucose || !reading.counts() {
            return None;
        }
        let milligrams = thousandths(reading.value(Quantity::InterstitialGlucose)?, MOST)?;
        let settled = Quality(reading.quality.0 & !Quality::PROVISIONAL);
        let end = milligrams <= ENDS.0 || milligrams >= ENDS.1;
        let doubted = doubted(settled) && !end;
        let (at, device) = (reading.at, reading.device);
        (milligrams > 0).then_some(Self { at, milligrams, device, doubted })
    }

    /// When it was measured.
    #[must_use]
    pub const fn at(&self) -> UnixMillis {
        self.at
    }

    /// Whole mg/dL.
    fn whole(&self) -> u128 {
        nearest(self.milligrams.into(), 1000)
    }
}

/// The profile of the fourteen days before the day of `until`.
#[must_use]
pub fn profile(values: &[Glucose], clock: &WallTime, until: UnixMillis) -> Outcome<GlucoseProfileView> {
    let today = clock.day(until, 0);
    let (from, to) = (clock.start(today.saturating_sub(DAYS), 0), clock.start(today, 0));
    let inside: Vec<Glucose> = values.iter().filter(|v| v.at >= from && v.at < to).copied().collect();
    let mut fit: Vec<Glucose> = inside.iter().filter(|v| !v.doubted).copied().collect();
    fit.sort_unstable();
    let step = step(&fit);
    thin(&mut fit, step);
    let length = u128::try_from(to.saturating_sub(from)).unwrap_or(0);
    let sums = Sums::of(&fit);
    let covered = sums.count * u128::from(step) * u128::from(MINUTE.unsigned_abs());
    let active = share(covered.min(length), length);
    if active < LEAST_ACTIVE || sums.count == 0 {
        let percent = |p: Permille| u32::from(p.0 / 10);
        let lack = LackView { what: Lack::SensorActive, have: percent(active), need: percent(LEAST_ACTIVE) };
        return Outcome::NotEnough(ShortView { from, to, lacks: vec![lack] });
    }
    let variation = sums.variation();
    let counts = Counts::of(&fit);
    Outcome::Enough(GlucoseProfileView {
        from,
        to,
        values: u32::try_from(fit.len()).unwrap_or(u32::MAX),
        left_out: u32::try_from(inside.len() - fit.len()).unwrap_or(u32::MAX),
        step_minutes: step,
        active,
        mean: sums.mean().to_string(),
        mean_molar: tenths(sums.mean_molar()),
        gmi: tenths(sums.gmi()),
        gmi_molar: sums.gmi_molar().to_string(),
        variation,
        ranges: counts.ranges(),
        goals: [GoalSet::Adult, GoalSet::Older].map(|set| counts.goals(set, variation)).to_vec(),
        bands: bands(&fit, clock),
        band_days: BAND_DAYS,
    })
}

/// The sensor's step in minutes, as every coverage has it.
fn step(sorted: &[Glucose]) -> u16 {
    let mut pace = Pace::default();
    sorted.iter().for_each(|value| pace.push(value.device, value.at));
    pace.step().unwrap_or(LONGEST_STEP)
}

/// Leaves out what follows a value that is kept within three quarters of a step.
fn thin(sorted: &mut Vec<Glucose>, step: u16) {
    let near = i64::from(step) * MINUTE * 3 / 4;
    let mut kept: Option<UnixMillis> = None;
    sorted.retain(|value| {
        let keep = kept.is_none_or(|at| value.at.saturating_sub(at) >= near);
        if keep {
            kept = Some(value.at);
        }
        keep
    });
}

/// Tenths of a percent, rounded half to even.
fn share(part: u128, whole: u128) -> Permille {
    Permille(u16::try_from(nearest(part.saturating_mul(1000), whole)).unwrap_or(u16::MAX))
}

/// Tenths as decimal text.
fn tenths(tenths: u128) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Sums of thousandths. All figures are 0 of nothing.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    count: u128,
    sum: u128,
    squares: u128,
}

impl Sums {
    fn of(values: &[Glucose]) -> Self {
        values.iter().fold(Self::default(), |s, v| {
            let x = u128::from(v.milligrams);
            Self { count: s.count + 1, sum: s.sum + x, squares: s.squares + x * x }
        })
    }

    /// Whole mg/dL.
    const fn mean(&self) -> u128 {
        nearest(self.sum, self.count * 1000)
    }

    /// Tenths of mmol/L: sum / 1000 / count mg/dL, over 18.0156, times 10.
    const fn mean_molar(&self) -> u128 {
        nearest(self.sum * 100, self.count * MILLIGRAMS_PER_MOL)
    }

    /// Tenths of a percent: 3.31 + 0.02392 * mean in mg/dL.
    const fn gmi(&self) -> u128 {
        nearest(331_000_000 * self.count + 2_392 * self.sum, self.count * 10_000_000)
    }

    /// Whole mmol/mol: 12.71 + 4.70587 * mean in mmol/L, which is sum * 10 / count / 180,156.
    const fn gmi_molar(&self) -> u128 {
        let by = self.count * MILLIGRAMS_PER_MOL;
        nearest(1_271_000 * by + 470_587 * self.sum * 10, by * 100_000)
    }

    /// Tenths of a percent: the root of n * (n * squares - sum^2) / ((n - 1) * sum^2).
    fn variation(&self) -> Permille {
        let n = self.count;
        let over = (n * self.squares).saturating_sub(self.sum * self.sum);
        let by = n.saturating_sub(1) * self.sum * self.sum;
        Permille(u16::try_from(root(1_000_000 * n * over, by)).unwrap_or(u16::MAX))
    }
}

/// Values in each range.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    very_low: u128,
    low: u128,
    in_range: u128,
    high: u128,
    very_high: u128,
}

impl Counts {
    fn of(values: &[Glucose]) -> Self {
        let mut counts = Self::default();
        for value in values {
            let range = match value.whole() {
                0..54 => &mut counts.very_low,
                54..70 => &mut counts.low,
                70..=180 => &mut counts.in_range,
                181..=250 => &mut counts.high,
                _ => &mut counts.very_high,
            };
            *range += 1;
        }
        counts
    }

    const fn all(&self) -> u128 {
        self.very_low + self.low + self.in_range + self.high + self.very_high
    }

    fn ranges(&self) -> RangesView {
        let share = |part| share(part, self.all());
        RangesView {
            very_low: share(self.very_low),
            low: share(self.low),
            in_range: share(self.in_range),
            high: share(self.high),
            very_high: share(self.very_high),
        }
    }

    /// The consensus' table: adults more than 70 % in range, less than 4 % below 70 and 1 % below 54, less than 25 % above 180 and
    /// 5 % above 250 mg/dL; older people more than 50 %, less than 1 % below 70, less than 10 % above 250.
    fn goals(&self, set: GoalSet, variation: Permille) -> GoalsView {
        let bounds: &[(Goal, u16)] = match set {
            GoalSet::Adult => &[
                (Goal::InRange, 700),
                (Goal::BelowRange, 40),
                (Goal::VeryLow, 10),
                (Goal::AboveRange, 250),
                (Goal::VeryHigh, 50),
                (Goal::Variation, 360),
            ],
            GoalSet::Older => {
                &[(Goal::InRange, 500), (Goal::BelowRange, 10), (Goal::VeryHigh, 100), (Goal::Variation, 360)]
            }
        };
        let goal = |(goal, bound): &(Goal, u16)| {
            let bound = Permille(*bound);
            let (share, met) = match goal {
                Goal::InRange => more(share(self.in_range, self.all()), bound),
                Goal::BelowRange => less(share(self.very_low + self.low, self.all()), bound),
                Goal::VeryLow => less(share(self.very_low, self.all()), bound),
                Goal::AboveRange => less(share(self.high + self.very_high, self.all()), bound),
                Goal::VeryHigh => less(share(self.very_high, self.all()), bound),
                Goal::Variation => (variation, variation <= bound),
            };
            GoalView { goal: *goal, bound, share, met }
        };
        GoalsView { set, goals: bounds.iter().map(goal).collect() }
    }
}

fn more(share: Permille, bound: Permille) -> (Permille, bool) {
    (share, share > bound)
}

fn less(share: Permille, bound: Permille) -> (Permille, bool) {
    (share, share < bound)
}

/// The half hours that enough days have values in.
fn bands(values: &[Glucose], clock: &WallTime) -> Vec<BandView> {
    let slots = usize::from(1_440 / BAND);
    let mut by_slot: Vec<(Vec<u32>, BTreeSet<i64>)> = vec![(Vec::new(), BTreeSet::new()); slots];
    for value in values {
        let slot = usize::from(clock.minute(value.at) / BAND);
        if let Some((found, days)) = by_slot.get_mut(slot) {
            found.push(value.milligrams);
            days.insert(clock.day(value.at, 0));
        }
    }
    let starts = (0..1_440).step_by(usize::from(BAND));
    by_slot.into_iter().zip(starts).filter_map(|((found, days), minute)| band(found, &days, minute)).collect()
}

fn band(mut found: Vec<u32>, days: &BTreeSet<i64>, minute: u16) -> Option<BandView> {
    if days.len() < usize::from(BAND_DAYS) {
        return None;
    }
    found.sort_unstable();
    let at = |percent| u16::try_from(percentile(&found, percent)?).ok();
    Some(BandView {
        minute,
        values: u32::try_from(found.len()).unwrap_or(u32::MAX),
        p5: at(5)?,
        p25: at(25)?,
        p50: at(50)?,
        p75: at(75)?,
        p95: at(95)?,
    })
}
