//! Verifying the prints by which copies are known; adversary: a disk that rots one, in the table or in its index.

use std::path::Path;

use salus_vault::{Damage, RecoveryKey, Report};
use salus_wire::measure::DeviceTime;
use salus_wire::{Category, Component, Decimal, Quantity, Reading};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use crate::support::{T0, change, create, epoch, heart_rate, numbered, open, run, verified};

const EPOCH: i64 = 4_096_000;

/// Three stored measurements, two of them sealed, and one more hour without any. Locked.
async fn fill(dir: &Path) -> RecoveryKey {
    let (vault, key) = create(dir).await;
    vault.record(&[numbered(T0, 1), numbered(T0 + 1000, 2)]).await.unwrap();
    vault.record(&run(T0, 20)).await.unwrap();
    vault.close_epochs(T0 + EPOCH).await.unwrap();
    vault.record(&[numbered(T0 + EPOCH, 3)]).await.unwrap();
    vault.lock().await.unwrap();
    key
}

async fn report(dir: &Path, key: &RecoveryKey) -> Report {
    let vault = open(dir, key, 2).await.unwrap();
    let report = verified(&vault).await;
    vault.lock().await.unwrap();
    report
}

async fn database(dir: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(dir.join("vault.db")).connect().await.unwrap()
}

/// Every print, with which of the glucose's epochs it is of.
async fn prints(dir: &Path) -> Vec<(Vec<u8>, u32)> {
    let mut db = database(dir).await;
    let rows = sqlx::query_as("SELECT print, epoch FROM lasting").fetch_all(&mut db).await;
    let rows: Vec<(Vec<u8>, i64)> = rows.unwrap();
    db.close().await.unwrap();
    let first = rows.iter().map(|(_, epoch)| *epoch).min().unwrap();
    rows.into_iter().map(|(print, epoch)| (print, u32::from(epoch != first))).collect()
}

async fn exchange(dir: &Path, old: &[u8], new: &[u8]) {
    let mut db = database(dir).await;
    let done = sqlx::query("UPDATE lasting SET print = ? WHERE print = ?").bind(new).bind(old);
    assert_eq!(done.execute(&mut db).await.unwrap().rows_affected(), 1);
    db.close().await.unwrap();
}

fn wrong(n: u32) -> Damage {
    Damage::Print { category: Category::Glucose, epoch: epoch(n) }
}

#[tokio::test]
async fn a_whole_record_has_a_print_of_each_measurement_that_lasts() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let whole = report(dir.path(), &key).await;
    assert!(whole.is_whole() && whole.prints == 3 && whole.readings == 23, "{whole:?}");
    // As in what was stored before there were prints.
    change(dir.path(), "DELETE FROM lasting WHERE print = (SELECT MIN(print) FROM lasting)").await;
    let earlier = report(dir.path(), &key).await;
    assert!(earlier.is_whole() && earlier.prints == 2, "{earlier:?}");
}

#[tokio::test]
async fn one_bit_of_a_print_is_told_with_its_hour_and_no_reading_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    for (print, n) in prints(dir.path()).await {
        let mut rotten = print.clone();
        rotten[7] ^= 0x10;
        exchange(dir.path(), &print, &rotten).await;
        let found = report(dir.path(), &key).await;
        assert_eq!((found.damage, found.prints, found.readings), (vec![wrong(n)], 2, 23));
        exchange(dir.path(), &rotten, &print).await;
    }
    assert!(report(dir.path(), &key).await.is_whole());
}

#[tokio::test]
async fn one_bit_on_the_disk_is_told_in_the_table_as_in_its_index() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let path = dir.path().join("vault.db");
    let whole = std::fs::read(&path).unwrap();
    for (print, n) in prints(dir.path()).await {
        let places = whole.windows(print.len()).enumerate().filter(|(_, octets)| *octets == print.as_slice());
        let places: Vec<usize> = places.map(|(at, _)| at).collect();
        let mut told = 0;
        for at in &places {
            let mut octets = whole.clone();
            octets[at + 7] ^= 0x10;
            std::fs::write(&path, octets).unwrap();
            let found = report(dir.path(), &key).await;
            assert_eq!(found.readings, 23);
            // Octets of a page that nothing reads any more are no damage.
            told += usize::from(!found.is_whole());
            assert!(found.is_whole() || found.damage == [wrong(n)], "{:?}", found.damage);
        }
        assert!(told >= 2, "{told} of {} places", places.len());
    }
}

#[tokio::test]
async fn a_print_of_another_epoch_or_of_none_is_told() {
    let cases = [
        // That of the last measurement lies with the first ones.
        (
            "UPDATE lasting SET epoch = (SELECT MIN(epoch) FROM lasting) WHERE epoch = (SELECT MAX(epoch) FROM lasting)",
            wrong(0),
        ),
        ("UPDATE lasting SET epoch = 999 WHERE print = (SELECT MIN(print) FROM lasting)", Damage::Prints),
        ("INSERT INTO lasting (print, epoch) VALUES (zeroblob(16), 999)", Damage::Prints),
        ("INSERT INTO lasting (print, epoch) SELECT x'0102', MIN(epoch) FROM lasting", wrong(0)),
    ];
    for (statement, expected) in cases {
        let dir = tempfile::tempdir().unwrap();
        let key = fill(dir.path()).await;
        change(dir.path(), statement).await;
        let found = report(dir.path(), &key).await;
        assert_eq!((found.damage, found.readings), (vec![expected], 23), "{statement}");
    }
}

/// A cuff without a clock: the number that its stored copy has does not make another measurement of it.
#[tokio::test]
async fn a_copy_that_is_not_stored_leaves_no_print() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    let systolic = Component { quantity: Quantity::Systolic, value: Decimal::whole(120) };
    let live =
        Reading { category: Category::BloodPressure, components: vec![systolic], ..heart_rate(T0, 60) };
    let mut stored = live.clone();
    stored.components.push(Component { quantity: Quantity::RecordNumber, value: Decimal::whole(4) });
    assert_eq!(vault.record(&[live]).await.unwrap().new, 1);
    assert_eq!(vault.record(&[stored]).await.unwrap().duplicates, 1);
    let found = verified(&vault).await;
    assert!(found.is_whole() && found.prints == 0, "{found:?}");
}

#[tokio::test]
async fn measurements_that_are_stored_sealed_and_deleted_between_any_two_steps_are_no_damage() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let time = DeviceTime { year: 2026, month: 11, day: 18, hour: 9, minute: 0, second: 0 };
    let mut verification = vault.verify().await.unwrap();
    let mut n = 4;
    while verification.step().await.unwrap() {
        let at = T0 + n * EPOCH;
        let late = Reading { device_time: Some(time), ..numbered(T0 + n, n) };
        vault.record(&[numbered(at, 100 + n), late]).await.unwrap();
        match n % 3 {
            0 => drop(vault.close_epochs(at).await.unwrap()),
            1 => {
                let glucose = Category::Glucose;
                let now = at + 2 * EPOCH;
                let shown = vault.preview_shred(glucose, at - EPOCH, at, now).await.unwrap().unwrap();
                vault.shred(&shown, now, &[]).await.unwrap();
            }
            _ => assert!(vault.withdraw(&numbered(at, 100 + n)).await.unwrap()),
        }
        n += 1;
    }
    let found = verification.report();
    assert!(found.is_whole() && found.prints > 0, "{found:?}");
}
