//! Plain statistics in decimal arithmetic: what the device sent, at the device's precision.

use core::cmp::Ordering;

use salus_wire::measure::summary::{order as compare, scale};
use salus_wire::view::SummaryView;
use salus_wire::{Decimal, DeviceId, Quantity, Summary, UnixMillis};

use crate::coverage::Coverage;

/// Statistics of one quantity under way.
#[derive(Debug, Clone)]
pub struct Stats {
    quantity: Quantity,
    count: u32,
    min: Option<Decimal>,
    max: Option<Decimal>,
    /// Exact sum at `finest`, while it fits.
    sum: Option<i128>,
    finest: i8,
    coarsest: i8,
    /// Sum in binary, used only where the exact sum does not fit.
    rough: f64,
    coverage: Coverage,
}

impl Stats {
    /// Nothing seen of the quantity of this coverage.
    #[must_use]
    pub fn new(coverage: Coverage) -> Self {
        Self {
            quantity: coverage.quantity(),
            count: 0,
            min: None,
            max: None,
            sum: Some(0),
            finest: i8::MAX,
            coarsest: i8::MIN,
            rough: 0.0,
            coverage,
        }
    }

    /// Takes in a value of a device.
    pub fn push(&mut self, device: DeviceId, at: UnixMillis, value: Decimal) {
        self.coverage.push(device, at);
        self.extremes(value, value);
        let finer = self.finest.min(value.exponent);
        self.add(i128::from(value.mantissa), value.exponent, finer);
        self.coarsest = self.coarsest.max(value.exponent);
        self.rough += value.to_f64();
        self.count = self.count.saturating_add(1);
    }

    /// Takes in a summary of values; none of its minutes holds a value that was taken in before.
    pub fn push_summary(&mut self, summary: &Summary) {
        self.coverage.add(summary);
        self.extremes(summary.min, summary.max);
        match summary.sum {
            Some(sum) => self.add(sum.mantissa, sum.exponent, self.finest.min(sum.exponent)),
            None => self.sum = None,
        }
        self.coarsest = self.coarsest.max(summary.coarsest);
        let count = u32::try_from(summary.count).unwrap_or(u32::MAX);
        // Where there is no exact sum there is no exact mean either.
        let middle = f64::midpoint(summary.min.to_f64(), summary.max.to_f64());
        self.rough += summary.mean().map_or(middle, Decimal::to_f64) * f64::from(count);
        self.count = self.count.saturating_add(count);
    }

    fn extremes(&mut self, low: Decimal, high: Decimal) {
        if self.min.is_none_or(|m| compare(low, m) == Ordering::Less) {
            self.min = Some(low);
        }
        if self.max.is_none_or(|m| compare(high, m) == Ordering::Greater) {
            self.max = Some(high);
        }
    }

    fn add(&mut self, value: i128, exponent: i8, finer: i8) {
        let old = if self.count == 0 { Some(0) } else { self.sum.and_then(|s| scale(s, self.finest, finer)) };
        let new = scale(value, exponent, finer);
        self.sum = old.zip(new).and_then(|(a, b)| a.checked_add(b));
        self.finest = finer;
    }

    /// The finished summary; `None` when there was no value.
    #[must_use]
    pub fn finish(self) -> Option<SummaryView> {
        let (min, max) = self.min.zip(self.max)?;
        Some(SummaryView {
            quantity: self.quantity,
            count: self.count,
            min: min.to_string(),
            mean: self.mean().to_string(),
            max: max.to_string(),
            coverage: self.coverage.percent(),
        })
    }

    /// The mean at the coarsest precision of the values, halves away from zero.
    fn mean(&self) -> Decimal {
        let divisor = scale(i128::from(self.count), self.coarsest, self.finest);
        if let Some((sum, divisor)) = self.sum.zip(divisor) {
            let half = if sum < 0 { -(divisor / 2) } else { divisor / 2 };
            let mantissa = sum.saturating_add(half) / divisor.max(1);
            if let Ok(mantissa) = i64::try_from(mantissa) {
                return Decimal { mantissa, exponent: self.coarsest };
            }
        }
        let mean = self.rough / f64::from(self.count) / 10f64.powi(i32::from(self.coarsest));
        #[expect(clippy::cast_possible_truncation, reason = "float to integer casts saturate")]
        Decimal { mantissa: mean.round() as i64, exponent: self.coarsest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn summary(values: &[(i64, i8)]) -> SummaryView {
        let mut s = Stats::new(Coverage::new(Quantity::HeartRate, 0, 60_000, i64::MAX));
        for (mantissa, exponent) in values {
            s.push(DeviceId([1; 16]), 0, Decimal { mantissa: *mantissa, exponent: *exponent });
        }
        s.finish().unwrap()
    }

    #[test]
    fn the_mean_has_the_coarsest_precision_and_rounds_halves_away_from_zero() {
        assert_eq!(summary(&[(60, 0), (61, 0)]).mean, "61");
        assert_eq!(summary(&[(-60, 0), (-61, 0)]).mean, "-61");
        assert_eq!(summary(&[(600, -1), (61, 0)]).mean, "61");
        assert_eq!(summary(&[(1202, -1), (1205, -1)]).mean, "120.4");
        let s = summary(&[(1200, -1), (119, 0), (12, 1)]);
        assert_eq!((s.min.as_str(), s.max.as_str(), s.count), ("119", "120.0", 3));
    }

    #[test]
    fn absurd_exponents_neither_panic_nor_overflow() {
        let s = summary(&[(i64::MAX, 127), (i64::MIN, -128), (1, 0)]);
        assert_eq!(s.count, 3);
    }

    #[test]
    fn nothing_has_no_summary() {
        assert!(Stats::new(Coverage::new(Quantity::HeartRate, 0, 1, 1)).finish().is_none());
    }

    proptest! {
        #[test]
        fn the_mean_lies_between_the_extremes(values in proptest::collection::vec((-100_000i64..100_000, -4i8..1), 1..50)) {
            let s = summary(&values);
            let f = |t: &str| t.parse::<f64>().unwrap();
            // Rounding to the coarsest precision may leave the range by half a unit of that precision.
            let unit = values.iter().map(|v| 10f64.powi(v.1.into())).fold(0.0, f64::max);
            prop_assert!(f(&s.mean) >= f(&s.min) - unit / 2.0 - 1e-9);
            prop_assert!(f(&s.mean) <= f(&s.max) + unit / 2.0 + 1e-9);
        }
    }
}
