//! The pyramid: minutes, hours and days say what the readings say, whatever arrived and was sealed when.

use proptest::prelude::*;
use rand::RngExt;
use rand::seq::SliceRandom;
use salus_vault::{Compacted, Vault, VaultError};
use salus_wire::{Category, Component, Decimal, Level, Quality, Quantity, Reading};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::summed::{agrees, compact_all, directly};
use crate::support::{T0, create, epoch, heart_rate, open, rng, run};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;
const DAY: i64 = 86_400_000;

/// 2026-11-18 00:00 UTC.
const MIDNIGHT: i64 = T0 / DAY * DAY;

/// `n` readings, one in 20 seconds, from `from`.
fn sparse(from: i64, n: i64) -> Vec<Reading> {
    (0..n).map(|i| heart_rate(from + i * 20_000, 60 + i % 40)).collect()
}

#[tokio::test]
async fn a_day_is_summed_up_exactly_and_again_after_unlocking() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    // From before midnight to after it: two days, and minutes that lie across the ends of epochs.
    let readings = sparse(MIDNIGHT - 2 * EPOCH, 1000);
    vault.record(&readings).await.unwrap();
    agrees(&vault, HR).await;
    let steps = compact_all(&vault, MIDNIGHT + DAY).await;
    assert_eq!(steps.iter().filter(|s| matches!(s, Compacted::Summed(..))).count(), 2);
    assert!(steps.iter().filter(|s| matches!(s, Compacted::Sealed(..))).count() >= 5);
    agrees(&vault, HR).await;
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    agrees(&vault, HR).await;
    assert_eq!(vault.compact(MIDNIGHT + DAY, 0).await.unwrap(), Compacted::Nothing);
}

#[tokio::test]
async fn a_late_reading_shows_at_once_and_the_day_is_summed_up_again() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    vault.record(&sparse(MIDNIGHT, 600)).await.unwrap();
    compact_all(&vault, MIDNIGHT + DAY).await;
    // In the same second as another one, in the minute across the end of an epoch, and alone in the evening.
    for at in [MIDNIGHT + 5_500, Level::Minute.floor(epoch(0).end()) + 100, MIDNIGHT + 20 * 3_600_000] {
        let late = Reading { quality: Quality(Quality::BACKFILLED), ..heart_rate(at, 199) };
        vault.record(&[late]).await.unwrap();
        agrees(&vault, HR).await;
        let hours = vault.summaries(HR, Level::Hour, MIDNIGHT, MIDNIGHT + DAY).await.unwrap();
        assert!(hours.iter().any(|h| h.max == Decimal::whole(199)));
        let steps = compact_all(&vault, MIDNIGHT + DAY).await;
        let sealed = steps.iter().filter(|s| matches!(s, Compacted::Sealed(..))).count();
        // An epoch may lie in two days.
        assert!(sealed == 1 && (2..=3).contains(&steps.len()), "{steps:?}");
        agrees(&vault, HR).await;
    }
}

#[tokio::test]
async fn without_contact_there_is_nothing_to_sum_up_and_a_gap_has_no_row() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    let off = Reading { quality: Quality(Quality::NO_CONTACT), ..heart_rate(MIDNIGHT + 3_600_000, 0x7F) };
    vault.record(&[heart_rate(MIDNIGHT, 60), off, heart_rate(MIDNIGHT + 7_200_000, 62)]).await.unwrap();
    compact_all(&vault, MIDNIGHT + DAY).await;
    agrees(&vault, HR).await;
    let hours = vault.summaries(HR, Level::Hour, MIDNIGHT, MIDNIGHT + DAY).await.unwrap();
    let starts: Vec<_> = hours.iter().map(|h| (h.start - MIDNIGHT) / 3_600_000).collect();
    assert_eq!(starts, [0, 2]);
    let [day] = vault.summaries(HR, Level::Day, MIDNIGHT, MIDNIGHT + DAY).await.unwrap()[..] else {
        panic!()
    };
    assert_eq!((day.count, day.seconds, day.minutes, day.mean()), (2, 2, 2, Some(Decimal::whole(61))));
}

#[tokio::test]
async fn a_day_of_another_time_zone_is_covered_once_and_whole() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    let readings = sparse(MIDNIGHT - DAY / 2, 6_500);
    vault.record(&readings).await.unwrap();
    compact_all(&vault, MIDNIGHT + 2 * DAY).await;
    // Nepal is 5:45 ahead of UTC.
    let from = MIDNIGHT - (5 * 60 + 45) * 60_000;
    for level in Level::ALL {
        let rows = vault.cover(HR, level, from, from + DAY).await.unwrap();
        let inside = readings.iter().filter(|r| (from..from + DAY).contains(&r.at)).count() as u64;
        assert_eq!(rows.iter().map(|r| r.count).sum::<u64>(), inside, "{level:?}");
        assert!(rows.windows(2).all(|w| w[0].last < w[1].first));
    }
    assert!(vault.cover(HR, Level::Day, from, from + DAY).await.unwrap().len() < 200);
}

#[tokio::test]
async fn rows_that_rot_or_fall_behind_are_computed_from_the_readings() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&sparse(MIDNIGHT, 400)).await.unwrap();
    compact_all(&vault, MIDNIGHT + DAY).await;
    vault.lock().await.unwrap();
    let whole = std::fs::read(dir.path().join("vault.db")).unwrap();
    for spoil in [
        "UPDATE summary SET day = zeroblob(300), hour = zeroblob(300), minute = zeroblob(300)",
        "UPDATE summary SET day = hour, hour = minute, minute = day",
        "UPDATE summary SET tag = zeroblob(16) WHERE id = (SELECT MIN(id) FROM summary)",
        "DELETE FROM summary",
    ] {
        std::fs::write(dir.path().join("vault.db"), &whole).unwrap();
        let mut db =
            SqliteConnectOptions::new().filename(dir.path().join("vault.db")).connect().await.unwrap();
        sqlx::query(spoil).execute(&mut db).await.unwrap();
        db.close().await.unwrap();
        let vault = open(dir.path(), &key, 2).await.unwrap();
        assert!(matches!(vault.compact(0, 0).await.unwrap(), Compacted::Nothing | Compacted::Summed(..)));
        agrees(&vault, HR).await;
        assert!(compact_all(&vault, MIDNIGHT + DAY).await.len() <= 2, "{spoil}");
        agrees(&vault, HR).await;
        assert_eq!(compact_all(&vault, MIDNIGHT + DAY).await, [], "{spoil}: it is whole again");
        vault.lock().await.unwrap();
    }
}

#[tokio::test]
async fn a_question_for_too_much_is_refused_and_an_empty_one_is_empty() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    vault.record(&run(MIDNIGHT, 10)).await.unwrap();
    let years = vault.summaries(HR, Level::Minute, 0, i64::MAX).await;
    assert_eq!(years, Err(VaultError::OutOfBounds));
    for (from, to) in [(10, 5), (i64::MIN, -5), (i64::MAX - 5, i64::MAX), (MIDNIGHT, MIDNIGHT + 59_999)] {
        assert_eq!(vault.summaries(HR, Level::Minute, from, to).await.unwrap(), []);
    }
    assert_eq!(
        vault.summaries(Category::BloodPressure, Level::Day, MIDNIGHT, MIDNIGHT + DAY).await.unwrap(),
        []
    );
}

#[tokio::test]
async fn the_keys_of_days_open_no_hours_no_minutes_and_no_readings() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    assert_eq!(vault.summary_node(HR, Level::Day, 0, 20_775), None, "there is no summary yet");
    vault.record(&run(MIDNIGHT, 10)).await.unwrap();
    compact_all(&vault, MIDNIGHT + DAY).await;
    let day = u32::try_from(MIDNIGHT / DAY).unwrap();
    let nodes = Level::ALL.map(|level| vault.summary_node(HR, level, 0, day).unwrap());
    let leaf = vault.node(HR, 0, day).unwrap();
    for (i, node) in nodes.iter().enumerate() {
        assert_ne!(node.key(), leaf.key());
        assert!(nodes.iter().skip(i + 1).all(|other| other.key() != node.key()));
        assert_eq!(node.descend(0, day + 1), None);
    }
}

/// A reading of a quantity with some places, at some moment of two days.
fn any_reading() -> impl Strategy<Value = Reading> {
    (0..2 * DAY / 250, -500i64..5000, -2i8..2, 0u8..3, any::<bool>()).prop_map(
        |(at, mantissa, exponent, device, contact)| {
            let value = Decimal { mantissa, exponent };
            Reading {
                device: salus_wire::DeviceId([device; 16]),
                components: vec![Component { quantity: Quantity::HeartRate, value }],
                quality: Quality(if contact { 0 } else { Quality::NO_CONTACT }),
                ..heart_rate(MIDNIGHT + at * 250, 60)
            }
        },
    )
}

/// What happens to a record between two arrivals.
async fn something(vault: &Vault, random: &mut impl rand::Rng) {
    let now = MIDNIGHT + random.random_range(0..3 * DAY);
    match random.random_range(0..6) {
        0 => drop(vault.close_epochs(now).await.unwrap()),
        1 => {
            let at = salus_vault::Epoch::at(now).unwrap();
            drop(vault.flush_epoch(HR, at).await.unwrap());
        }
        2 | 3 => {
            for _ in 0..random.random_range(0..20) {
                vault.compact(now, random.random_range(0..DAY)).await.unwrap();
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_arrival_and_sealing_gives_the_same_readings_and_summaries(
        readings in proptest::collection::vec(any_reading(), 1..160),
        seed in any::<u64>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut random = rng(seed);
            let dir = tempfile::tempdir().unwrap();
            let (vault, key) = create(dir.path()).await;
            let mut left = readings.clone();
            left.shuffle(&mut random);
            while !left.is_empty() {
                let batch = left.split_off(left.len() - random.random_range(1..=left.len().min(40)));
                vault.record(&batch).await.unwrap();
                something(&vault, &mut random).await;
                if random.random_range(0..4) == 0 {
                    agrees(&vault, HR).await;
                }
            }
            let mut expected = readings.clone();
            expected.sort_by_key(|r| r.at);
            // Two equal readings are one.
            let mut stored = vault.readings(HR, 0, i64::MAX).await.unwrap();
            assert!(stored.iter().all(|r| expected.contains(r)));
            assert!(expected.iter().all(|r| stored.iter().any(|s| (s.at, s.device, &s.components) == (r.at, r.device, &r.components))));
            compact_all(&vault, MIDNIGHT + 4 * DAY).await;
            vault.lock().await.unwrap();
            let vault = open(dir.path(), &key, seed).await.unwrap();
            let order = |r: &Reading| (r.at, r.device, r.components.iter().map(|c| c.value.mantissa).collect::<Vec<_>>());
            let mut again = vault.readings(HR, 0, i64::MAX).await.unwrap();
            stored.sort_by_key(order);
            again.sort_by_key(order);
            assert!(stored == again);
            agrees(&vault, HR).await;
            let day = vault.summaries(HR, Level::Day, MIDNIGHT, MIDNIGHT + 2 * DAY).await.unwrap();
            assert_eq!(day, directly(Level::Day, &stored, HR));
        });
    }
}
