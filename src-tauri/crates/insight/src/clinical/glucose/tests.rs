//! The published table of the GMI, days made by hand, and what holds for any values.

use proptest::prelude::*;
use salus_wire::{Component, Decimal};

use super::*;

const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// 2026-11-02 00:00 UTC.
const MONDAY: i64 = 20_759 * DAY;
const UTC: WallTime = WallTime::fixed(0);

fn reading(at: i64, value: Decimal, quality: u16) -> Reading {
    Reading {
        at,
        arrived: at,
        device: DeviceId([1; 16]),
        category: Category::Glucose,
        components: vec![Component { quantity: Quantity::InterstitialGlucose, value }],
        quality: Quality(quality),
        device_time: None,
        user: None,
    }
}

fn glucose(at: i64, milligrams: i64) -> Glucose {
    Glucose::of(&reading(at, Decimal::whole(milligrams), 0)).unwrap()
}

/// A value every five minutes of the fourteen days before Monday.
fn fortnight(value: impl Fn(i64) -> i64) -> Vec<Glucose> {
    (0..14 * 288).map(|i| glucose(MONDAY - 14 * DAY + i * 5 * MINUTE, value(i))).collect()
}

fn enough(values: &[Glucose]) -> GlucoseProfileView {
    match profile(values, &UTC, MONDAY + 9 * HOUR) {
        Outcome::Enough(view) => view,
        Outcome::NotEnough(short) => panic!("{short:?}"),
    }
}

/// Bergenstal and others (2018), table 1: mean glucose in mg/dL and the GMI in percent; the second row of the same table gives
/// mmol/mol by 12.71 + 4.70587 * mmol/L.
#[test]
fn the_gmi_is_that_of_the_published_table() {
    for (mean, gmi) in [
        (100, "5.7"),
        (125, "6.3"),
        (150, "6.9"),
        (175, "7.5"),
        (200, "8.1"),
        (225, "8.7"),
        (250, "9.3"),
        (275, "9.9"),
        (300, "10.5"),
        (350, "11.7"),
    ] {
        let view = enough(&fortnight(|_| mean));
        assert_eq!((view.mean, view.gmi.as_str()), (mean.to_string(), gmi));
    }
    // 154 mg/dL: 8.5 mmol/L; 3.31 + 0.02392 * 154 = 6.99; 12.71 + 4.70587 * 8.548 = 52.9.
    let view = enough(&fortnight(|_| 154));
    assert_eq!((view.mean_molar.as_str(), view.gmi.as_str(), view.gmi_molar.as_str()), ("8.5", "7.0", "53"));
}

/// Bergenstal and others (2018), table 1, its other half: mean glucose in mmol/L and the GMI in mmol/mol, there with one place more.
#[test]
fn the_gmi_in_the_other_unit_is_that_of_the_published_table() {
    for (mean, gmi) in [
        (5, 36),  // 36.2
        (6, 41),  // 40.9
        (7, 46),  // 45.7
        (8, 50),  // 50.4
        (9, 55),  // 55.1
        (10, 60), // 59.8
        (12, 69), // 69.2
        (14, 79), // 78.6
        (16, 88), // 88.0
        (18, 97), // 97.4
    ] {
        // Ten values; thousandths of mg/dL.
        let sums = Sums { count: 10, sum: mean * MILLIGRAMS_PER_MOL, squares: 0 };
        assert_eq!((sums.mean_molar(), sums.gmi_molar()), (mean * 10, gmi));
    }
}

/// Broll and others (2021), Interpreting blood glucose data with R package iglu, PLoS ONE 16: e0248560. Of its example data of five
/// people with type 2 diabetes only the totals of each stand here, in mg/dL: how many values, their sum, the sum of their squares, and
/// how many lie in each range. What is expected was worked out from the values by iglu's definitions, in floating point: mean, GMI,
/// standard deviation of a sample over the mean, percent of the values in each range.
#[test]
fn five_people_of_a_public_data_set() {
    type Person = ((u128, u128, u128), [u128; 5], (u128, u128, u16), [u16; 5]);
    let people: [Person; 5] = [
        // 123.666 mg/dL, 6.268 %, 26.902 %; 0, 0.137, 91.664, 7.822 and 0.377 %.
        ((2_915, 360_485, 47_804_679), [0, 4, 2_672, 228, 11], (124, 63, 269), [0, 1, 917, 78, 4]),
        // 218.453, 8.535, 23.974; 0, 0, 26.440, 47.473, 26.087.
        ((2_829, 618_003, 142_760_941), [0, 0, 748, 1_343, 738], (218, 85, 240), [0, 0, 264, 475, 261]),
        // 154.042, 6.995, 29.072; 0, 0.326, 81.344, 12.655, 5.675.
        ((1_533, 236_146, 39_448_812), [0, 5, 1_247, 194, 87], (154, 70, 291), [0, 3, 813, 127, 57]),
        // 129.674, 6.412, 22.416; 0.055, 0.218, 95.115, 4.612, 0.
        ((3_664, 475_127, 64_706_817), [2, 8, 3_485, 169, 0], (130, 64, 224), [1, 2, 951, 46, 0]),
        // 174.608, 7.487, 33.548; 0, 0.103, 62.120, 26.496, 11.282.
        ((2_925, 510_727, 99_209_641), [0, 3, 1_817, 775, 330], (175, 75, 335), [0, 1, 621, 265, 113]),
    ];
    for ((count, sum, squares), ranges, (mean, gmi, variation), shares) in people {
        let sums = Sums { count, sum: sum * 1_000, squares: squares * 1_000_000 };
        assert_eq!((sums.mean(), sums.gmi(), sums.variation()), (mean, gmi, Permille(variation)));
        let [very_low, low, in_range, high, very_high] = ranges;
        let counts = Counts { very_low, low, in_range, high, very_high };
        assert_eq!(counts.all(), count);
        let r = counts.ranges();
        assert_eq!([r.very_low, r.low, r.in_range, r.high, r.very_high].map(|p| p.0), shares);
    }
}

/// Battelino and others (2019): > 70 %, < 4 % and so on, so that the bound itself is no goal met; of the variation <= 36 %, so that it
/// is.
#[test]
fn the_bound_itself_is_met_by_the_variation_only() {
    let met = |set: GoalSet, [very_low, low, in_range, high, very_high]: [u128; 5], variation: u16| {
        let counts = Counts { very_low, low, in_range, high, very_high };
        assert_eq!(counts.all(), 1_000);
        counts.goals(set, Permille(variation)).goals.iter().map(|g| g.met).collect::<Vec<_>>()
    };
    let adult = [false, false, false, false, false, true];
    assert_eq!(met(GoalSet::Adult, [10, 30, 700, 210, 50], 360), adult);
    assert_eq!(met(GoalSet::Adult, [9, 30, 712, 200, 49], 361), adult.map(|met| !met));
    // Above 180 mg/dL exactly a quarter of the time.
    assert_eq!(met(GoalSet::Adult, [9, 30, 711, 201, 49], 360), [true, true, true, false, true, true]);
    let older = [false, false, false, true];
    assert_eq!(met(GoalSet::Older, [5, 5, 500, 390, 100], 360), older);
    assert_eq!(met(GoalSet::Older, [5, 4, 501, 391, 99], 361), older.map(|met| !met));
}

/// By hand: of every twenty values one is 50, two are 60, fourteen are 120, two are 200 and one is 300. The mean is 127.5 mg/dL
/// (2550 / 20); the squares sum to 2500 + 7200 + 201,600 + 80,000 + 90,000 = 381,300, so the variance is 19,065 - 16,256.25 =
/// 2,808.75, its root 53.0, and that over 127.5 is 41.6 %. 4032 values are twelve more than a multiple of twenty, with one 50, two
/// 60, two 200 and one 300 among them: 0.1 to 0.2 of a thousand more each.
#[test]
fn shares_of_the_consensus_ranges() {
    let view = enough(&fortnight(|i| match i % 20 {
        0 => 50,
        1 | 2 => 60,
        3 | 4 => 200,
        5 => 300,
        _ => 120,
    }));
    let p = Permille;
    assert_eq!((view.values, view.step_minutes, view.active), (4_032, 5, p(1_000)));
    let ranges = view.ranges;
    assert_eq!((ranges.very_low, ranges.very_high), (p(50), p(50)));
    assert_eq!((ranges.low, ranges.in_range, ranges.high), (p(100), p(699), p(100)));
    assert_eq!((view.mean.as_str(), view.variation), ("128", p(416)));
    let goal = |set: GoalSet, what: Goal| {
        let all = view.goals.iter().find(|g| g.set == set).unwrap();
        all.goals.iter().find(|g| g.goal == what).map(|g| (g.share, g.bound, g.met))
    };
    assert_eq!(goal(GoalSet::Adult, Goal::InRange), Some((p(699), p(700), false)));
    assert_eq!(goal(GoalSet::Older, Goal::InRange), Some((p(699), p(500), true)));
    assert_eq!(goal(GoalSet::Adult, Goal::BelowRange), Some((p(150), p(40), false)));
    assert_eq!(goal(GoalSet::Adult, Goal::AboveRange), Some((p(150), p(250), true)));
    assert_eq!(goal(GoalSet::Adult, Goal::VeryHigh), Some((p(50), p(50), false)));
    assert_eq!(goal(GoalSet::Older, Goal::VeryHigh), Some((p(50), p(100), true)));
    assert_eq!(goal(GoalSet::Adult, Goal::Variation), Some((p(416), p(360), false)));
    assert_eq!(goal(GoalSet::Older, Goal::VeryLow), None);
}

/// The consensus prints its bounds in both units: 3.0, 3.9, 10.0 and 13.9 mmol/L.
#[test]
fn a_bound_is_the_same_in_both_units() {
    let of = |mantissa| {
        let value = Decimal { mantissa, exponent: -1 };
        let counts = Counts::of(&[Glucose::of(&reading(0, value, 0)).unwrap()]);
        [counts.very_low, counts.low, counts.in_range, counts.high, counts.very_high]
            .iter()
            .position(|n| *n == 1)
    };
    // As the devices convert: 2.9, 3.0, 3.8, 3.9, 10.0, 10.1, 13.9 and 14.0 mmol/L.
    let converted = [522, 540, 685, 703, 1_802, 1_820, 2_504, 2_522];
    assert_eq!(converted.map(of), [0, 1, 1, 2, 2, 3, 3, 4].map(Some));
    assert_eq!([530, 540, 690, 700, 1_800, 1_810, 2_500, 2_510].map(of), [0, 1, 1, 2, 2, 3, 3, 4].map(Some));
}

#[test]
fn seventy_percent_of_the_time_is_enough_and_less_is_not() {
    let all = fortnight(|_| 120);
    // 2822 of 4032 values are 69.99 %, shown as 70.0 %; 2820 are 69.9 %.
    assert_eq!(enough(&all[..2_822]).active, Permille(700));
    let Outcome::NotEnough(short) = profile(&all[..2_820], &UTC, MONDAY) else { panic!("69.9 %") };
    assert_eq!(short.lacks, [LackView { what: Lack::SensorActive, have: 69, need: 70 }]);
    assert_eq!((short.from, short.to), (MONDAY - 14 * DAY, MONDAY));
    let Outcome::NotEnough(short) = profile(&[], &UTC, MONDAY) else { panic!("nothing") };
    assert_eq!(short.lacks[0].have, 0);
    // What was measured today is in the profile of tomorrow.
    assert!(profile(&all, &UTC, MONDAY - 1).enough().is_none_or(|v| v.to == MONDAY - DAY));
}

/// Ten whole days of the fourteen are 71.4 % of the time, nine are 64.3 %; a sensor that was first worn a day late is enough.
#[test]
fn ten_days_of_the_fourteen_are_enough_and_nine_are_not() {
    let all = fortnight(|_| 120);
    for (days, active) in [(14, 1_000), (13, 929), (10, 714)] {
        assert_eq!(enough(&all[all.len() - days * 288..]).active, Permille(active));
    }
    let Outcome::NotEnough(short) = profile(&all[..9 * 288], &UTC, MONDAY) else { panic!("nine days") };
    assert_eq!(short.lacks, [LackView { what: Lack::SensorActive, have: 64, need: 70 }]);
}

#[test]
fn a_second_receiver_and_a_doubted_value_count_once_and_not_at_all() {
    let once = fortnight(|i| 100 + i % 50);
    let one = enough(&once);
    for later in [20_000, 150_000] {
        let mut twice = once.clone();
        let second = |v: &Glucose| Glucose { at: v.at + later, device: DeviceId([2; 16]), ..*v };
        twice.extend(once.iter().map(second));
        twice.push(Glucose::of(&reading(MONDAY - HOUR, Decimal::whole(300), Quality::QUESTIONABLE)).unwrap());
        let two = enough(&twice);
        assert_eq!(two, GlucoseProfileView { left_out: 4_033, ..one.clone() });
    }
}

#[test]
fn the_ends_of_a_sensors_range_count_and_other_doubts_do_not() {
    let doubted = |value, quality| Glucose::of(&reading(0, Decimal::whole(value), quality)).unwrap().doubted;
    let all = [39, 40, 41, 120, 399, 400, 401].map(|v| doubted(v, Quality::QUESTIONABLE));
    assert_eq!(all, [false, false, true, true, true, false, false]);
    assert!(
        !doubted(120, Quality::PROVISIONAL) && doubted(120, Quality::PROVISIONAL | Quality::QUESTIONABLE)
    );
}

#[test]
fn finger_pricks_are_not_mixed_in() {
    let prick = Component { quantity: Quantity::CapillaryGlucose, value: Decimal::whole(120) };
    let reading = Reading { components: vec![prick], ..reading(0, Decimal::whole(1), 0) };
    assert_eq!(Glucose::of(&reading), None);
}

/// By hand: at noon of day d the value is 100 + 10 * d for d = 0 to 13, so the percentiles of 100 to 230 are, at (n - 1) * p,
/// 106.5, 132.5, 165, 197.5 and 223.5, halves to even.
#[test]
fn bands_are_percentiles_by_time_of_day() {
    let view = enough(&fortnight(|i| if i % 288 == 144 { 100 + 10 * (i / 288) } else { 90 }));
    assert_eq!(view.bands.len(), 48);
    let minutes: Vec<u16> = view.bands.iter().map(|b| b.minute).collect();
    assert!(minutes.windows(2).all(|w| w[1] == w[0] + 30) && minutes[0] == 0);
    // Of the six values in each half hour of fourteen days, fourteen are these: alone they give the percentiles.
    let noon: Vec<u32> = (0..14).map(|d| 100_000 + 10_000 * d).collect();
    let days = (0..14).collect();
    let band = band(noon, &days, 720).unwrap();
    assert_eq!((band.p5, band.p25, band.p50, band.p75, band.p95), (106, 132, 165, 198, 224));
}

#[test]
fn a_half_hour_of_six_days_is_left_out() {
    // The sensor is off from one to two at night on eight days of the fourteen.
    let off = |v: &Glucose| {
        let (day, minute) = (UTC.day(v.at, 0) - UTC.day(MONDAY, 0), UTC.minute(v.at));
        day < -6 && (60..120).contains(&minute)
    };
    let mut values = fortnight(|_| 120);
    values.retain(|v| !off(v));
    let view = enough(&values);
    let minutes: Vec<u16> = view.bands.iter().map(|b| b.minute).collect();
    assert!(
        !minutes.contains(&60) && !minutes.contains(&90) && minutes.contains(&30) && minutes.contains(&120)
    );
    assert_eq!(view.bands.len(), 46);
}

/// The European Union sets its clocks back on 25 October 2026: the fortnight has an hour more, and noon stays noon.
#[test]
fn a_day_of_25_hours_is_a_whole_day() {
    let back = 1_792_890_000_000;
    let clock = WallTime::observed(back - 60 * DAY, back + 60 * DAY, |at| if at < back { 120 } else { 60 });
    let (from, to) = (clock.start(20_745, 0), clock.start(20_759, 0));
    assert_eq!(to - from, 14 * DAY + HOUR);
    let values: Vec<_> = (0..)
        .map(|i| from + i * 15 * MINUTE)
        .take_while(|at| *at < to)
        .map(|at| glucose(at, if clock.minute(at) == 720 { 200 } else { 100 }))
        .collect();
    let Outcome::Enough(view) = profile(&values, &clock, to + HOUR) else { panic!("a fortnight") };
    assert_eq!((view.from, view.to, view.active, view.step_minutes), (from, to, Permille(1_000), 15));
    let above: Vec<u16> = view.bands.iter().filter(|b| b.p95 > 150).map(|b| b.minute).collect();
    assert_eq!(above, [720]);
}

fn any_values() -> impl Strategy<Value = Vec<Glucose>> {
    let one = (0i64..15 * 288, 0i64..5 * MINUTE, 1i64..500, any::<bool>());
    proptest::collection::vec(one, 0..40).prop_map(|odd| {
        let mut all = fortnight(|i| 60 + (i * 7_919) % 240);
        all.extend(odd.into_iter().map(|(i, more, value, doubt)| Glucose {
            doubted: doubt,
            ..glucose(MONDAY - 14 * DAY + i * 5 * MINUTE + more, value)
        }));
        all
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn figures_stay_in_their_bounds_and_order_does_not_matter(
        (values, shuffled) in any_values().prop_flat_map(|v| (Just(v.clone()), Just(v).prop_shuffle())),
        minutes in -720i32..=840,
    ) {
        let clock = WallTime::fixed(minutes);
        let found = profile(&values, &clock, MONDAY + 9 * HOUR);
        prop_assert_eq!(&found, &profile(&shuffled, &clock, MONDAY + 9 * HOUR));
        if let Some(view) = found.enough() {
            let r = view.ranges;
            let sum: u16 = [r.very_low, r.low, r.in_range, r.high, r.very_high].iter().map(|p| p.0).sum();
            prop_assert!((998..=1_002).contains(&sum), "{}", sum);
            prop_assert!(view.active >= LEAST_ACTIVE && view.active.0 <= 1_000);
            for b in &view.bands {
                prop_assert!(b.p5 <= b.p25 && b.p25 <= b.p50 && b.p50 <= b.p75 && b.p75 <= b.p95);
                prop_assert!(b.minute % BAND == 0 && b.minute < 1_440);
            }
            let mean: u32 = view.mean.parse().unwrap();
            prop_assert!((1..=500).contains(&mean));
            prop_assert_eq!(usize::try_from(view.values + view.left_out).unwrap(), values.iter().filter(|v| v.at >= view.from && v.at < view.to).count());
        }
    }
}

proptest! {
    #[test]
    fn the_mean_in_the_other_unit_is_the_nearest_tenth(values in proptest::collection::vec(1i64..500, 1..30)) {
        let values: Vec<Glucose> = values.into_iter().map(|v| glucose(0, v)).collect();
        let sums = Sums::of(&values);
        // |tenths / 10 - sum / (n * 18.0156)| <= 0.05, in integers.
        let tenths = sums.mean_molar() * sums.count * MILLIGRAMS_PER_MOL;
        prop_assert!(2 * tenths.abs_diff(sums.sum * 100) <= sums.count * MILLIGRAMS_PER_MOL);
    }

    #[test]
    fn nothing_panics(at: i64, until: i64, mantissa: i64, exponent: i8, minutes in -1440i32..=1440) {
        let value = Glucose::of(&reading(at, Decimal { mantissa, exponent }, 0));
        let _ = profile(&value.into_iter().collect::<Vec<_>>(), &WallTime::fixed(minutes), until);
    }
}
