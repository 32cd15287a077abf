//! Recording, sealing, reading back, locking and unlocking.

use salus_vault::{Identity, Recorded, VaultError};
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

fn numbered(at: i64, minute: u8, number: i64, mg_dl: i64) -> Reading {
    let value = |quantity, n| Component { quantity, value: Decimal::whole(n) };
    Reading {
        category: Category::Glucose,
        components: vec![value(Quantity::CapillaryGlucose, mg_dl), value(Quantity::RecordNumber, number)],
        device_time: Some(DeviceTime { year: 2026, month: 11, day: 18, hour: 9, minute, second: 0 }),
        ..heart_rate(at, 60)
    }
}

async fn only_new(vault: &salus_vault::Vault, reading: Reading) -> bool {
    let recorded = vault.record(&[reading]).await.unwrap();
    assert_eq!(recorded.new + recorded.duplicates, 1);
    recorded.new == 1
}

#[tokio::test]
async fn a_numbered_record_is_kept_once_with_a_late_context_after_a_clock_was_set_and_long_after() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let record = numbered(T0, 0, 7, 110);
    let mut late = record.clone();
    late.components.push(Component { quantity: Quantity::Carbohydrate, value: Decimal::whole(30) });
    // A week later; its clock was set meanwhile, and the whole memory comes again with its old times.
    let uncorrected = Reading { at: T0 + 7 * 3_600_000, arrived: T0 + 604_800_000, ..record.clone() };
    let copies = [&record, &late, &uncorrected].map(Clone::clone);
    assert_eq!(vault.record(&copies).await.unwrap(), Recorded { new: 1, duplicates: 2, refused: 0 });
    for copy in &copies {
        assert!(!only_new(&vault, copy.clone()).await, "in the journal");
    }
    vault.close_epochs(T0 + 90_000_000).await.unwrap();
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    for copy in &copies {
        assert!(!only_new(&vault, copy.clone()).await, "sealed");
    }
    // Nothing but what came is there: no empty epochs of what was refused.
    assert_eq!(vault.epochs(Category::Glucose, epoch(0)..=epoch(60)).await.unwrap().len(), 1);

    // A cuff that sends everything again after its clock was set.
    let cuff = Reading {
        category: Category::BloodPressure,
        components: vec![Component { quantity: Quantity::Systolic, value: Decimal::whole(120) }],
        ..record.clone()
    };
    assert!(only_new(&vault, cuff.clone()).await);
    vault.close_epochs(T0 + 90_000_000).await.unwrap();
    assert!(!only_new(&vault, Reading { at: T0 + 36_000_000, ..cuff }).await);
}

#[tokio::test]
async fn records_of_a_device_without_a_clock_are_kept_once_however_often_they_come() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let transfer = |at: i64| -> Vec<Reading> {
        (0..300).map(|n| Reading { device_time: None, ..numbered(at + n, 0, n, 80 + n % 50) }).collect()
    };
    assert_eq!(vault.record(&transfer(T0)).await.unwrap().new, 300);
    assert_eq!(vault.record(&transfer(T0 + 60_000)).await.unwrap().duplicates, 300);
    vault.close_epochs(T0 + 90_000_000).await.unwrap();
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let (recorded, new) = vault.record_each(&transfer(T0 + 86_400_000)).await.unwrap();
    assert_eq!((recorded.duplicates, new.contains(&true)), (300, false));
    let mut more = transfer(T0 + 172_800_000);
    more.push(Reading { device_time: None, ..numbered(T0 + 172_800_000, 0, 300, 99) });
    let (_, new) = vault.record_each(&more).await.unwrap();
    assert_eq!(new.iter().position(|new| *new), Some(300));
    assert_eq!(vault.count(Category::Glucose).await.unwrap(), 301);
}

#[tokio::test]
async fn numbers_that_begin_anew_lose_no_reading() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    assert!(only_new(&vault, numbered(T0, 0, 1, 110)).await);
    vault.close_epochs(T0 + 5_000_000).await.unwrap();
    assert!(only_new(&vault, numbered(T0 + 8_000_000, 30, 1, 110)).await, "another time, the same value");
    assert!(only_new(&vault, numbered(T0 + 8_000_000, 0, 1, 180)).await, "the clock began anew too");
    let unset = |mg_dl| Reading { device_time: None, ..numbered(T0 + 9_000_000, 0, 1, mg_dl) };
    assert!(only_new(&vault, unset(110)).await && only_new(&vault, unset(111)).await);
    assert_eq!(vault.count(Category::Glucose).await.unwrap(), 5);
}

#[tokio::test]
async fn what_was_deleted_for_ever_leaves_no_print_and_what_was_taken_back_can_come_again() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    let record = numbered(T0, 0, 7, 110);
    assert!(only_new(&vault, record.clone()).await);
    assert!(vault.withdraw(&record).await.unwrap());
    assert!(only_new(&vault, record.clone()).await);
    let (from, now) = (T0, T0 + 90_000_000);
    let shown = vault.preview_shred(Category::Glucose, from, from + 1, now).await.unwrap().unwrap();
    vault.shred(&shown, now, &[]).await.unwrap();
    let recorded = vault.record(std::slice::from_ref(&record)).await.unwrap();
    assert_eq!(recorded, Recorded { new: 0, duplicates: 0, refused: 1 });
    // Nothing says any more that it was ever there.
    assert!(only_new(&vault, Reading { at: T0 + 90_000_000, ..record }).await);
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
    let before = (
        vault.series(HR),
        vault.writer(),
        vault.derive(Identity::FIRST, "grant", b"1"),
        vault.node(HR, 8, 256),
    );
    assert_ne!(vault.derive(Identity::FIRST, "grant", b"1"), vault.derive(Identity::FIRST, "grant", b"2"));
    assert_ne!(vault.derive(Identity::FIRST, "grant", b"1"), vault.derive(Identity::FIRST, "grant1", b""));
    assert_ne!(vault.series(HR).id, vault.series(Category::BloodPressure).id);
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let after = (
        vault.series(HR),
        vault.writer(),
        vault.derive(Identity::FIRST, "grant", b"1"),
        vault.node(HR, 8, 256),
    );
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
