//! Quantiles in integers.

use crate::hrv::exact::nearest;

/// A percentile of sorted thousandths, in whole units, rounded half to even; `None` without values.
///
/// # Source
/// Hyndman and Fan, Sample quantiles in statistical packages, Am Stat 50 (1996) 361 to 365, definition 7: linear between the two
/// values around (n - 1) * p, as spreadsheets do.
pub(super) fn percentile(sorted: &[u32], percent: u8) -> Option<u32> {
    let last = sorted.len().checked_sub(1)?;
    let place = last.checked_mul(usize::from(percent.min(100)))?;
    let low = sorted.get(place / 100)?;
    let high = sorted.get(place / 100 + 1).unwrap_or(low);
    let part = u128::try_from(place % 100).unwrap_or(0);
    let between = u128::from(*low) * (100 - part) + u128::from(*high) * part;
    u32::try_from(nearest(between, 100 * 1000)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By hand: of 1, 2, 3, 4 the quartiles are 1.75, 2.5 and 3.25; in a unit ten times finer 17.5, 25 and 32.5.
    #[test]
    fn quartiles_lie_between_values() {
        let sorted = [10_000, 20_000, 30_000, 40_000];
        assert_eq!([0, 25, 50, 75, 100].map(|p| percentile(&sorted, p)), [10, 18, 25, 32, 40].map(Some));
        assert_eq!((percentile(&[], 50), percentile(&[7_000], 95)), (None, Some(7)));
    }

    proptest! {
        #[test]
        fn percentiles_are_in_order_and_within(mut values in proptest::collection::vec(0u32..1_000_000, 1..200)) {
            values.sort_unstable();
            let all: Vec<u32> = (0..=100).map(|p| percentile(&values, p).unwrap()).collect();
            prop_assert!(all.windows(2).all(|w| w[0] <= w[1]));
            prop_assert!(all[0].abs_diff(values[0] / 1000) <= 1);
            prop_assert!(all[100].abs_diff(values[values.len() - 1] / 1000) <= 1);
        }
    }
}
