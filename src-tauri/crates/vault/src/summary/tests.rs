use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;

use super::*;
use crate::Tree;

const DAY: u32 = 20_775;

fn summary(level: Level, quantity: Quantity, interval: i64) -> Summary {
    let start = day_start(DAY) + interval * level.millis();
    Summary {
        quantity,
        start,
        count: 60,
        min: Decimal { mantissa: 612, exponent: -1 },
        max: Decimal { mantissa: 80, exponent: 0 },
        sum: Some(Sum { mantissa: 42_000, exponent: -1 }),
        coarsest: 0,
        first: start + 5,
        last: start + 59_005,
        seconds: 60,
        minutes: 1,
    }
}

fn block(level: Level, rows: Vec<Summary>) -> Block {
    Block { level, day: DAY, sources: [7; 16], rows }
}

fn place(level: Level) -> Place {
    Place { series: SeriesId([5; 16]), generation: 0, level, day: DAY }
}

#[test]
fn the_row_format_is_the_documented_one() {
    let rows =
        vec![summary(Level::Hour, Quantity::HeartRate, 3), summary(Level::Hour, Quantity::HeartRate, 5)];
    let octets = encode(&block(Level::Hour, rows.clone())).unwrap();
    let golden = concat!(
        "015902",
        "00005127",
        "07070707070707070707070707070707",
        "01",
        "01",
        "0002",
        "010604",   // intervals 3 and 5: zigzag 6, then a difference of 2
        "0078",     // 60 values each
        "000a",     // the first 5 ms after the beginning
        "00f09907", // the last 59,000 ms later
        "00c809",
        "0001", // lowest 612 * 10^-1
        "00a001",
        "0000", // highest 80
        "00a09005",
        "0001", // sum 42,000 * 10^-1
        "0000", // a mean in whole numbers
        "0078",
        "0002", // 60 seconds, 1 minute
    );
    assert_eq!(hex::encode(&*octets), golden);
    assert_eq!(decode(&octets).unwrap().rows, rows);
}

#[test]
fn a_block_opens_only_at_its_place_and_with_its_own_level() {
    let trees = Level::ALL.map(|level| Tree::whole(Key::new([level.code(); 32])));
    let rows = vec![summary(Level::Day, Quantity::HeartRate, 0)];
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let node = trees[2].descend(20, 0).unwrap();
    let sealed = seal(&node, &place(Level::Day), &block(Level::Day, rows), &mut rng).unwrap();
    assert_eq!(open(&node, &place(Level::Day), &sealed).unwrap().rows.len(), 1);
    // A permission for a week of daily summaries holds such a node: it opens this day and no other.
    let week = trees[2].descend(3, DAY & !7).unwrap();
    assert!(open(&week, &place(Level::Day), &sealed).is_ok());
    let other = trees[2].descend(3, (DAY & !7) + 8).unwrap();
    let wrong = Err(SharedError::Seal(SealError::WrongKey));
    assert_eq!(open(&other, &place(Level::Day), &sealed), wrong);
    for level in [0, 1] {
        assert_eq!(open(&trees[level].descend(20, 0).unwrap(), &place(Level::Day), &sealed), wrong);
    }
    for place in [
        place(Level::Hour),
        Place { day: DAY + 1, ..place(Level::Day) },
        Place { generation: 1, ..place(Level::Day) },
    ] {
        assert_eq!(open(&node, &place, &sealed), wrong);
    }
}

#[test]
fn a_day_of_one_quantity_is_the_smallest_padded_size_and_a_day_of_hours_the_next() {
    let rows = vec![summary(Level::Day, Quantity::HeartRate, 0)];
    assert!(encode(&block(Level::Day, rows)).unwrap().len() <= 252);
    let rows = (0..24).map(|h| summary(Level::Hour, Quantity::HeartRate, h)).collect();
    assert!(encode(&block(Level::Hour, rows)).unwrap().len() <= 508);
}

#[test]
fn impossible_rows_are_refused() {
    let good = summary(Level::Minute, Quantity::HeartRate, 3);
    let bad = [
        Summary { count: 0, ..good },
        Summary { seconds: 61, ..good },
        Summary { minutes: 2, ..good },
        Summary { first: good.start - 1, ..good },
        Summary { last: good.start + 60_000, ..good },
        Summary { first: good.last + 1, ..good },
        Summary { start: day_start(DAY + 1), first: day_start(DAY + 1), last: day_start(DAY + 1), ..good },
    ];
    for row in bad {
        let octets = encode(&block(Level::Minute, vec![row])).unwrap();
        assert_eq!(decode(&octets), Err(SegmentError::Malformed), "{row:?}");
    }
    let twice = encode(&block(Level::Minute, vec![good, good])).unwrap();
    assert_eq!(decode(&twice), Err(SegmentError::Malformed));
}

fn any_row() -> impl Strategy<Value = Summary> {
    let decimal =
        || (any::<i64>(), any::<i8>()).prop_map(|(mantissa, exponent)| Decimal { mantissa, exponent });
    let sum = proptest::option::of((any::<i64>(), any::<i8>()));
    (
        0..1440i64,
        1..u64::from(u32::MAX),
        decimal(),
        decimal(),
        sum,
        any::<i8>(),
        0..30_000i64,
        0..30_000i64,
        1..61u32,
    )
        .prop_map(|(interval, count, min, max, sum, coarsest, first, length, seconds)| {
            let start = day_start(DAY) + interval * 60_000;
            Summary {
                quantity: Quantity::HeartRate,
                start,
                count,
                min,
                max,
                sum: sum.map(|(m, exponent)| Sum { mantissa: m.into(), exponent }),
                coarsest,
                first: start + first,
                last: start + first + length,
                seconds,
                minutes: 1,
            }
        })
}

proptest! {
    #[test]
    fn round_trip(rows in proptest::collection::vec(any_row(), 0..200), second in any::<bool>()) {
        let mut rows = rows;
        rows.sort_by_key(|r| r.start);
        rows.dedup_by_key(|r| r.start);
        let mut all = Vec::new();
        for row in rows {
            all.push(row);
            if second {
                all.push(Summary { quantity: Quantity::PulseRate, ..row });
            }
        }
        let block = block(Level::Minute, all);
        let octets = encode(&block).unwrap();
        prop_assert_eq!(decode(&octets).unwrap(), block);
    }

    #[test]
    fn random_octets_never_panic(octets in proptest::collection::vec(any::<u8>(), 0..300)) {
        let head = [&[VERSION, TYPE, 1, 0, 0, 81, 39][..], &[7; 16], &[1, 1, 0]].concat();
        let _ = decode(&octets);
        let _ = decode(&[head, octets].concat());
    }
}
