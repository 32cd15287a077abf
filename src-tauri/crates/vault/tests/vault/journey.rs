//! Recording, sealing, reading back, locking and unlocking.

use salus_vault::{Recorded, VaultError};
use salus_wire::measure::DeviceTime;
use salus_wire::{Category, Component, Decimal, Quality, Quantity, Reading};

use crate::support::{T0, create, epoch, heart_rate, open, run};

const HR: Category = Category::HeartRate;

#[tokio::test]
async fn readings_survive_sealing_and_locking() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let readings = run(T0 + 4_000_000, 200); // the last 96 seconds of one epoch and the first of the next
    let mut shuffled = readings.clone();
    shuffled.reverse();
    assert_eq!(vault.record(&shuffled).await.unwrap(), Recorded { new: 200, duplicates: 0, refused: 0 });
    assert_eq!(vault.readings(HR, i64::MIN, i64::MAX).await.unwrap(), readings);

    assert_eq!(vault.close_epochs(T0 + 4_096_000).await.unwrap(), [(HR, epoch(0))]);
    assert_eq!(vault.close_epochs(T0 + 4_096_000).await.unwrap(), []);
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), readings);
    let (from, to) = (readings[50].at, readings[150].at);
    assert_eq!(vault.readings(HR, from, to).await.unwrap(), readings[50..150]);
    vault.lock().await.unwrap();

    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), readings);
    assert_eq!(vault.count(HR).await.unwrap(), 200);
    assert_eq!(vault.count(Category::BloodPressure).await.unwrap(), 0);
    assert_eq!(vault.latest(HR).await.unwrap().as_ref(), readings.last());
    assert_eq!(vault.latest(Category::BloodPressure).await.unwrap(), None);
    assert_eq!(vault.readings(HR, 10, 5).await.unwrap(), []);
    let heads = vault.epochs(HR, epoch(0)..=epoch(1)).await.unwrap();
    assert_eq!(
        heads.iter().map(|h| (h.closed, h.readings, h.unsealed)).collect::<Vec<_>>(),
        [(true, 96, 0), (false, 0, 104)]
    );
}

#[tokio::test]
async fn a_second_copy_is_skipped_in_the_journal_and_in_segments() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let readings = run(T0, 30);
    let twice: Vec<Reading> = readings.iter().chain(&readings).cloned().collect();
    assert_eq!(vault.record(&twice).await.unwrap(), Recorded { new: 30, duplicates: 30, refused: 0 });
    vault.close_epochs(T0 + 5_000_000).await.unwrap();
    assert_eq!(vault.record(&readings).await.unwrap(), Recorded { new: 0, duplicates: 30, refused: 0 });
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(vault.record(&readings).await.unwrap(), Recorded { new: 0, duplicates: 30, refused: 0 });
    assert_eq!(vault.count(HR).await.unwrap(), 30);
}

#[tokio::test]
async fn a_measurement_read_twice_from_a_cuff_is_one_even_across_an_epoch_and_a_clock_correction() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    let cuff = Reading {
        category: Category::BloodPressure,
        components: vec![Component { quantity: Quantity::Systolic, value: Decimal::whole(120) }],
        device_time: Some(DeviceTime { year: 2026, month: 11, day: 18, hour: 9, minute: 0, second: 0 }),
        ..heart_rate(T0 + 4_095_000, 60)
    };
    vault.record(std::slice::from_ref(&cuff)).await.unwrap();
    vault.close_epochs(T0 + 4_096_000).await.unwrap();
    let again = Reading { at: T0 + 4_097_000, quality: Quality(Quality::BACKFILLED), ..cuff };
    assert_eq!(vault.record(&[again]).await.unwrap(), Recorded { new: 0, duplicates: 1, refused: 0 });
}

#[tokio::test]
async fn a_late_reading_makes_a_new_version_that_holds_everything() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    vault.record(&run(T0, 100)).await.unwrap();
    vault.close_epochs(T0 + 5_000_000).await.unwrap();
    let late = Reading { quality: Quality(Quality::BACKFILLED), ..heart_rate(T0 + 3_000_500, 99) };
    vault.record(std::slice::from_ref(&late)).await.unwrap();
    assert_eq!(vault.close_epochs(T0 + 5_000_000).await.unwrap(), [(HR, epoch(0))]);
    let head = vault.epochs(HR, epoch(0)..=epoch(0)).await.unwrap()[0];
    assert_eq!((head.version, head.closed, head.readings, head.unsealed), (2, true, 101, 0));
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap().last(), Some(&late));
    assert_eq!(vault.latest(HR).await.unwrap(), run(T0, 100).pop());
}

#[tokio::test]
async fn readings_out_of_bounds_change_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    let many = vec![Component { quantity: Quantity::RrInterval, value: Decimal::whole(1) }; 33];
    for bad in
        [heart_rate(-1, 60), heart_rate(i64::MAX - 2, 60), Reading { components: many, ..heart_rate(T0, 60) }]
    {
        assert_eq!(vault.record(&[heart_rate(T0, 61), bad]).await, Err(VaultError::OutOfBounds));
    }
    assert_eq!(vault.count(HR).await.unwrap(), 0);
}

#[tokio::test]
async fn the_cabinet_keeps_values_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let cabinet = vault.cabinet();
    for (name, value) in [("b", "2"), ("a", "1"), ("c", "")] {
        cabinet.put("permissions", name.as_bytes(), value.as_bytes()).await.unwrap();
    }
    cabinet.put("permissions", b"b", b"22").await.unwrap();
    cabinet.put("devices", b"b", &vec![7; 100_000]).await.unwrap();
    assert!(cabinet.remove("permissions", b"c").await.unwrap());
    assert!(!cabinet.remove("permissions", b"c").await.unwrap());
    assert_eq!(cabinet.put("x", b"y", &vec![0; (8 << 20) + 1]).await, Err(VaultError::OutOfBounds));
    vault.lock().await.unwrap();

    let vault = open(dir.path(), &key, 2).await.unwrap();
    let list = vault.cabinet().list("permissions").await.unwrap();
    let list: Vec<_> = list.iter().map(|(n, v)| (n.as_slice(), v.as_slice())).collect();
    assert_eq!(list, [(&b"a"[..], &b"1"[..]), (b"b", b"22")]);
    assert_eq!(vault.cabinet().get("devices", b"b").await.unwrap().unwrap().len(), 100_000);
    assert!(vault.cabinet().get("devices", b"a").await.unwrap().is_none());
}

#[tokio::test]
async fn identity_keys_and_series_are_the_same_after_unlocking() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let before = (vault.series(HR), vault.writer(), vault.derive("grant", b"1"), vault.node(HR, 8, 256));
    assert_ne!(vault.derive("grant", b"1"), vault.derive("grant", b"2"));
    assert_ne!(vault.derive("grant", b"1"), vault.derive("grant1", b""));
    assert_ne!(vault.series(HR).id, vault.series(Category::BloodPressure).id);
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let after = (vault.series(HR), vault.writer(), vault.derive("grant", b"1"), vault.node(HR, 8, 256));
    assert_eq!(before, after);
    assert_eq!(vault.node(HR, 8, 255), None);
    assert_eq!(format!("{vault:?}"), "Vault(redacted)");
}

#[tokio::test]
async fn a_reading_is_withdrawn_from_the_journal_and_never_from_a_segment() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let readings = run(T0, 3);
    vault.record(&readings).await.unwrap();
    assert!(vault.withdraw(&readings[1]).await.unwrap());
    assert!(!vault.withdraw(&readings[1]).await.unwrap());
    assert_eq!(vault.count(HR).await.unwrap(), 2);
    vault.close_epochs(T0 + 5_000_000).await.unwrap();
    assert!(!vault.withdraw(&readings[0]).await.unwrap());
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let left = [readings[0].clone(), readings[2].clone()];
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), left);
}
