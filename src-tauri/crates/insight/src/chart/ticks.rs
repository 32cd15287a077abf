//! Round ticks: values in steps of 1, 2 or 5 times a power of ten, times in steps a person reads.

use salus_wire::UnixMillis;

/// Steps of the time axis in milliseconds: seconds, minutes, hours, days.
const TIME_STEPS: [i64; 17] = [
    1_000,
    5_000,
    15_000,
    30_000,
    60_000,
    300_000,
    900_000,
    1_800_000,
    3_600_000,
    3 * 3_600_000,
    6 * 3_600_000,
    12 * 3_600_000,
    86_400_000,
    7 * 86_400_000,
    30 * 86_400_000,
    91 * 86_400_000,
    365 * 86_400_000,
];

/// Most ticks on the time axis.
const MOST_TIME_TICKS: i64 = 12;

/// Lower edge, upper edge and ticks of the value axis; `usual` when there is no value.
#[must_use]
pub fn value_axis(extremes: Option<(f64, f64)>, usual: (f64, f64)) -> (f64, f64, Vec<f64>) {
    let (mut low, mut high) =
        extremes.filter(|(l, h)| l.is_finite() && h.is_finite() && l <= h).unwrap_or(usual);
    // Equal values are drawn in the middle, not blown up: at least an eighth of what is usual, on either side.
    let least = (usual.1 - usual.0).abs().max(0.001) / 8.0;
    if high - low < least {
        let middle = f64::midpoint(low, high);
        (low, high) = (middle - least, middle + least);
    }
    let step = round_step((high - low) / 4.0);
    let first = (low / step).floor();
    let last = (high / step).ceil();
    let mut ticks = Vec::new();
    let mut k = first;
    // At most (high - low) / step + 2 <= 12 ticks; the bound holds also where f64 steps are coarser than `step`.
    while k <= last && ticks.len() < 12 {
        ticks.push(tidy(k * step));
        k += 1.0;
    }
    (tidy(first * step), tidy(last * step), ticks)
}

/// Without what binary fractions add: 3 * 0.1 is labelled 0.3.
fn tidy(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// The smallest of 1, 2, 5 times a power of ten that is at least `raw`.
fn round_step(raw: f64) -> f64 {
    let power = 10f64.powf(raw.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|m| m * power)
        .find(|s| *s >= raw * 0.999_999)
        .unwrap_or(10.0 * power)
}

/// Times of the time axis, multiples of a step since 1970 in UTC, inside `[from, to]`.
#[must_use]
pub fn time_axis(from: UnixMillis, to: UnixMillis) -> Vec<UnixMillis> {
    let span = to.saturating_sub(from).max(1);
    let longest = TIME_STEPS[TIME_STEPS.len() - 1];
    let step = TIME_STEPS.into_iter().find(|s| span / s <= MOST_TIME_TICKS - 2).unwrap_or_else(|| {
        (span / longest / (MOST_TIME_TICKS - 2)).saturating_add(1).saturating_mul(longest)
    });
    let first = from.div_euclid(step) + i64::from(from.rem_euclid(step) != 0);
    (0..MOST_TIME_TICKS)
        .filter_map(|k| first.checked_add(k)?.checked_mul(step))
        .take_while(|t| *t <= to)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_day_has_a_tick_every_three_hours() {
        let ticks = time_axis(0, 86_400_000);
        assert_eq!(ticks.len(), 9);
        assert_eq!(ticks[1], 3 * 3_600_000);
    }

    #[test]
    fn values_get_round_ticks() {
        let (low, high, ticks) = value_axis(Some((58.0, 131.0)), (0.0, 1.0));
        assert_eq!((low, high), (40.0, 140.0));
        assert_eq!(ticks, [40.0, 60.0, 80.0, 100.0, 120.0, 140.0]);
    }

    proptest! {
        #[test]
        fn axes_hold_their_values_and_stay_small(a in -1e6f64..1e6, b in -1e6f64..1e6, from: i64, span in 1i64..i64::MAX / 4) {
            let (low, high, ticks) = value_axis(Some((a.min(b), a.max(b))), (0.0, 1.0));
            prop_assert!(low <= a.min(b) + 1e-6 && high >= a.max(b) - 1e-6);
            prop_assert!((2..=12).contains(&ticks.len()));
            let to = from.saturating_add(span);
            let times = time_axis(from, to);
            prop_assert!(times.len() <= 12 && times.iter().all(|t| (from..=to).contains(t)));
        }
    }
}
