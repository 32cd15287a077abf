use proptest::prelude::*;
use salus_wire::{Component, Decimal, DeviceId, Quality, Quantity};

use super::*;

fn reading(at: i64, bpm: i64, rr: &[i64]) -> Reading {
    let rr = rr.iter().map(|m| Component { quantity: Quantity::RrInterval, value: Decimal::whole(*m) });
    let hr = Component { quantity: Quantity::HeartRate, value: Decimal::whole(bpm) };
    Reading {
        at,
        arrived: at + 3,
        device: DeviceId([1; 16]),
        category: Category::HeartRate,
        components: std::iter::once(hr).chain(rr).collect(),
        quality: Quality(0),
        device_time: None,
        user: None,
    }
}

fn any_reading() -> impl Strategy<Value = Reading> {
    let component =
        (0..Quantity::ALL.len(), any::<i64>(), any::<i8>()).prop_map(|(q, mantissa, exponent)| Component {
            quantity: Quantity::ALL[q],
            value: Decimal { mantissa, exponent },
        });
    let clock = any::<(u16, u8, u8, u8, u8, u8)>().prop_map(|(year, month, day, hour, minute, second)| {
        DeviceTime { year, month, day, hour, minute, second }
    });
    (
        any::<(i64, i64, [u8; 16], u16, Option<u8>)>(),
        proptest::collection::vec(component, 0..=32),
        proptest::option::of(clock),
    )
        .prop_map(|((at, arrived, device, quality, user), components, device_time)| Reading {
            at,
            arrived,
            device: DeviceId(device),
            category: Category::HeartRate,
            components,
            quality: Quality(quality),
            device_time,
            user,
        })
}

#[test]
fn rr_lists_of_different_lengths_keep_their_order() {
    let readings = [reading(0, 60, &[1000, 990]), reading(1000, 61, &[]), reading(2000, 62, &[1, 2, 3])];
    let bytes = encode(Category::HeartRate, &readings).unwrap();
    assert_eq!(decode(&bytes).unwrap(), readings);
}

#[test]
fn mixed_categories_and_too_many_readings_are_refused() {
    assert_eq!(encode(Category::BloodPressure, &[reading(0, 60, &[])]), None);
    assert_eq!(encode(Category::HeartRate, &vec![reading(0, 60, &[]); MAX_READINGS + 1]), None);
    assert_eq!(decode(&vec![0; MAX_PLAIN + 1]), Err(SegmentError::TooLarge));
}

#[test]
fn a_busy_epoch_is_cut_into_runs_that_fit() {
    let readings = vec![reading(0, 60, &[1; 31]); 5000];
    let runs = cut(&readings);
    assert_eq!(runs.iter().map(|r| r.len()).sum::<usize>(), 5000);
    assert_eq!(runs[0].len(), MAX_VALUES / 32);
    assert!(runs.iter().all(|r| encode(Category::HeartRate, r).is_some()));
}

#[test]
fn a_count_beyond_the_limit_is_refused_before_memory_is_taken() {
    let mut bytes = encode(Category::HeartRate, &[reading(0, 60, &[])]).unwrap();
    bytes[3..7].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(decode(&bytes), Err(SegmentError::TooLarge));
}

#[test]
fn columns_give_the_values_of_a_quantity_in_order_with_their_instants() {
    let readings = [reading(0, 60, &[1000, 990]), reading(1000, 61, &[]), reading(2000, 62, &[1, 2, 3])];
    let columns = Columns::decode(&encode(Category::HeartRate, &readings).unwrap()).unwrap();
    let mut seen = Vec::new();
    columns.each(&[Quantity::RrInterval], |at, _, quantity, value| seen.push((at, quantity, value.mantissa)));
    let rr = Quantity::RrInterval;
    assert_eq!(seen, [(0, rr, 1000), (0, rr, 990), (2000, rr, 1), (2000, rr, 2), (2000, rr, 3)]);
    assert_eq!((columns.len(), columns.is_empty(), columns.times()), (3, false, &[0, 1000, 2000][..]));
}

#[test]
fn columns_of_readings_that_are_all_alike_give_the_same() {
    let readings: Vec<_> = (0..4).map(|n| reading(n * 1000, 60 + n, &[900 + n])).collect();
    let columns = Columns::decode(&encode(Category::HeartRate, &readings).unwrap()).unwrap();
    for (place, wanted) in [Quantity::HeartRate, Quantity::RrInterval].into_iter().enumerate() {
        let mut seen = Vec::new();
        columns.each(&[wanted], |at, quality, quantity, value| seen.push((at, quality, quantity, value)));
        let of = |r: &Reading| (r.at, r.quality, wanted, r.components[place].value);
        assert_eq!(seen, readings.iter().map(of).collect::<Vec<_>>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn round_trip(readings in proptest::collection::vec(any_reading(), 0..60)) {
        let bytes = encode(Category::HeartRate, &readings).unwrap();
        prop_assert_eq!(decode(&bytes).unwrap(), readings);
    }

    #[test]
    fn altered_bytes_never_panic(
        readings in proptest::collection::vec(any_reading(), 1..20),
        at in any::<prop::sample::Index>(),
        to in any::<u8>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = encode(Category::HeartRate, &readings).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = to;
        let _ = decode(&bytes);
        bytes.truncate(cut.index(bytes.len()));
        prop_assert!(decode(&bytes).is_err());
    }
}
