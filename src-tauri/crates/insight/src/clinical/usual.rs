//! What is usual for a person: the middle half of their own days before.

use salus_wire::UnixMillis;
use salus_wire::view::{Lack, LackView, Outcome, ShortView, Standing, UsualView};

use super::quantile::percentile;

/// Days compared with. What is compared is not among them.
pub const DAYS: i64 = 28;
/// Fewest of them that must hold a value. Salus's own choice: a quarter, a day of each weekday.
pub const LEAST_DAYS: u32 = 7;

/// Where `value`, whole, lies among `days`, one value of each in thousandths, measured in `[from, to)`.
#[must_use]
pub fn usual(value: u32, mut days: Vec<u32>, from: UnixMillis, to: UnixMillis) -> Outcome<UsualView> {
    days.sort_unstable();
    let have = u32::try_from(days.len()).unwrap_or(u32::MAX);
    let quartiles = || Some((percentile(&days, 25)?, percentile(&days, 50)?, percentile(&days, 75)?));
    let (low, median, high) = match quartiles() {
        Some(quartiles) if have >= LEAST_DAYS => quartiles,
        _ => {
            let lacks = vec![LackView { what: Lack::EarlierDays, have, need: LEAST_DAYS }];
            return Outcome::NotEnough(ShortView { from, to, lacks });
        }
    };
    let standing = match value {
        value if value < low => Standing::Below,
        value if value > high => Standing::Above,
        _ => Standing::Within,
    };
    let days = u16::try_from(have).unwrap_or(u16::MAX);
    Outcome::Enough(UsualView { low, median, high, standing, days, from, to })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_value_lies_below_within_or_above_the_middle_half() {
        let days: Vec<u32> = (1..=9).map(|n| n * 10_000).collect();
        for (value, standing) in
            [(29, Standing::Below), (30, Standing::Within), (70, Standing::Within), (71, Standing::Above)]
        {
            let Outcome::Enough(view) = usual(value, days.clone(), 1, 2) else { panic!("nine days") };
            assert_eq!((view.low, view.median, view.high, view.days), (30, 50, 70, 9));
            assert_eq!(view.standing, standing, "{value}");
        }
    }

    #[test]
    fn six_days_say_nothing_of_what_is_usual() {
        let lacks = vec![LackView { what: Lack::EarlierDays, have: 6, need: 7 }];
        assert_eq!(usual(50, vec![50_000; 6], 1, 2), Outcome::NotEnough(ShortView { from: 1, to: 2, lacks }));
        assert!(usual(50, vec![50_000; 7], 1, 2).enough().is_some());
    }

    proptest! {
        #[test]
        fn the_order_of_days_does_not_matter(
            (days, shuffled) in proptest::collection::vec(0u32..300_000, 0..40)
                .prop_flat_map(|v| (Just(v.clone()), Just(v).prop_shuffle())),
            value in 0u32..300,
        ) {
            let found = usual(value, days, 0, 1);
            prop_assert_eq!(&found, &usual(value, shuffled, 0, 1));
            if let Some(view) = found.enough() {
                prop_assert!(view.low <= view.median && view.median <= view.high);
            }
        }
    }
}
