//! Integer arithmetic with one rounding, half to even.

use core::cmp::Ordering;

use salus_wire::Decimal;

/// Microseconds of a decimal in milliseconds; `None` when negative or above 64 bits.
pub(crate) fn micros(value: Decimal) -> Option<i64> {
    let mantissa = u128::try_from(value.mantissa).ok()?;
    let places = i16::from(value.exponent).saturating_add(3);
    let power = 10u128.checked_pow(u32::from(places.unsigned_abs()));
    let micros = match power {
        _ if mantissa == 0 => 0,
        Some(power) if places >= 0 => mantissa.checked_mul(power)?,
        Some(power) => nearest(mantissa, power),
        // Above 10^38: too much to multiply by, and 0 after a division.
        None if places >= 0 => return None,
        None => 0,
    };
    i64::try_from(micros).ok()
}

/// `value / by`, rounded half to even; 0 when `by` is 0.
pub(crate) const fn nearest(value: u128, by: u128) -> u128 {
    if by == 0 {
        return 0;
    }
    let (whole, rest) = (value / by, value % by);
    let up = rest > by - rest || (rest == by - rest && whole % 2 == 1);
    if up { whole + 1 } else { whole }
}

/// The square root of `value / by`, rounded half to even; 0 when `by` is 0.
///
/// # Source
/// With k the root of the whole quotient, the root is above k + 1/2 exactly when 4 * value > by * (2k + 1)^2.
pub(crate) fn root(value: u128, by: u128) -> u128 {
    if by == 0 {
        return 0;
    }
    let k = (value / by).isqrt();
    let half = k.saturating_mul(2).saturating_add(1);
    match value.saturating_mul(4).cmp(&by.saturating_mul(half).saturating_mul(half)) {
        Ordering::Greater => k + 1,
        Ordering::Equal => k + k % 2,
        Ordering::Less => k,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_go_to_the_even_neighbour() {
        assert_eq!([1, 3, 5, 7].map(|n| nearest(n, 2)), [0, 2, 2, 4]);
        assert_eq!([4, 5, 6].map(|n| nearest(n, 3)), [1, 2, 2]);
        assert_eq!(nearest(1, 0), 0);
        // The roots of 1/4, 9/4, 25/4 and 49/4 are 0.5, 1.5, 2.5 and 3.5.
        assert_eq!([1, 9, 25, 49].map(|n| root(n, 4)), [0, 2, 2, 4]);
        assert_eq!((root(10, 4), root(0, 7), root(7, 0)), (2, 0, 0));
    }

    #[test]
    fn intervals_become_microseconds_at_every_precision() {
        let of = |mantissa, exponent| micros(Decimal { mantissa, exponent });
        assert_eq!((of(8135, -1), of(813, 0), of(8, 2)), (Some(813_500), Some(813_000), Some(800_000)));
        assert_eq!((of(8_135_005, -4), of(8_135_015, -4)), (Some(813_500), Some(813_502)));
        assert_eq!((of(-1, 0), of(1, 127), of(i64::MAX, 1)), (None, None, None));
        assert_eq!((of(i64::MAX, -128), of(0, 127), of(0, -128)), (Some(0), Some(0), Some(0)));
    }

    proptest! {
        #[test]
        fn a_root_is_never_more_than_half_off(value in 0u128..1 << 90, by in 1u128..1 << 30) {
            let k = root(value, by);
            prop_assert!(4 * value <= by * (2 * k + 1) * (2 * k + 1));
            prop_assert!(k == 0 || 4 * value >= by * (2 * k - 1) * (2 * k - 1));
        }

        #[test]
        fn any_decimal_is_some_time_or_none(mantissa in any::<i64>(), exponent in any::<i8>()) {
            let time = micros(Decimal { mantissa, exponent });
            prop_assert!(time.is_none_or(|t| t >= 0));
        }
    }
}
