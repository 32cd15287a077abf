//! Verifying what is summed up: a day that is wrong is named while its readings are whole, and made anew afterwards.

use std::path::Path;

use salus_vault::{Compacted, Damage, Fault, RecoveryKey, Report};
use salus_wire::Category;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use crate::summed::{agrees, compact_all};
use crate::support::{T0, change, create, epoch, heart_rate, open, run, verified};

const HR: Category = Category::HeartRate;
const DAY: i64 = 86_400_000;
const LATER: i64 = T0 + 4 * DAY;

/// Readings of three days, sealed and summed up: the rows 1 to 3. Locked.
async fn fill(dir: &Path) -> RecoveryKey {
    let (vault, key) = create(dir).await;
    for n in 0..3 {
        vault.record(&run(T0 + n * DAY, 30)).await.unwrap();
    }
    compact_all(&vault, LATER).await;
    vault.lock().await.unwrap();
    key
}

fn day(n: i64) -> u32 {
    u32::try_from(T0 / DAY + n).unwrap()
}

const REMOVED: Damage = Damage::Summaries { removed: true };

fn wrong(n: i64) -> Damage {
    Damage::Summary { category: HR, day: day(n) }
}

async fn database(dir: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(dir.join("vault.db")).connect().await.unwrap()
}

/// Flips one bit of a level of the second day.
async fn flip(dir: &Path, level: &str) {
    let mut db = database(dir).await;
    let read = format!("SELECT {level} FROM summary WHERE id = 2");
    let mut octets: Vec<u8> = sqlx::query_scalar(sqlx::AssertSqlSafe(read)).fetch_one(&mut db).await.unwrap();
    octets[60] ^= 1;
    let write = format!("UPDATE summary SET {level} = ? WHERE id = 2");
    let done = sqlx::query(sqlx::AssertSqlSafe(write)).bind(octets).execute(&mut db).await;
    assert_eq!(done.unwrap().rows_affected(), 1);
    db.close().await.unwrap();
}

async fn report(dir: &Path, key: &RecoveryKey) -> Report {
    let vault = open(dir, key, 2).await.unwrap();
    let report = verified(&vault).await;
    vault.lock().await.unwrap();
    report
}

#[tokio::test]
async fn a_whole_record_is_whole_with_every_day_and_one_not_summed_up_yet_is_no_damage() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let whole = report(dir.path(), &key).await;
    assert!(whole.is_whole() && whole.readings == 90 && whole.summaries == 3, "{whole:?}");
    change(dir.path(), "DELETE FROM summary WHERE id = 2").await;
    let left = report(dir.path(), &key).await;
    assert!(left.is_whole() && left.summaries == 2, "{left:?}");
}

#[tokio::test]
async fn one_bit_of_any_level_is_found() {
    for level in ["minute", "hour", "day"] {
        let dir = tempfile::tempdir().unwrap();
        let key = fill(dir.path()).await;
        flip(dir.path(), level).await;
        let report = report(dir.path(), &key).await;
        assert_eq!((report.damage, report.summaries, report.readings), (vec![wrong(1)], 2, 90), "{level}");
    }
}

#[tokio::test]
async fn what_lies_where_it_does_not_belong_is_found() {
    let cases = [
        (
            "UPDATE summary SET day = o.day, hour = o.hour, minute = o.minute FROM (SELECT * FROM summary) o
             WHERE o.id = 5 - summary.id AND summary.id IN (2, 3)",
            vec![wrong(1), wrong(2)],
        ),
        ("UPDATE summary SET day = hour, hour = day WHERE id = 2", vec![wrong(1)]),
        ("UPDATE summary SET tag = zeroblob(16) WHERE id = 2", vec![REMOVED]),
        (
            "INSERT INTO summary SELECT 9, zeroblob(16), day, hour, minute FROM summary WHERE id = 2",
            vec![REMOVED],
        ),
    ];
    for (statement, expected) in cases {
        let dir = tempfile::tempdir().unwrap();
        let key = fill(dir.path()).await;
        change(dir.path(), statement).await;
        assert_eq!(report(dir.path(), &key).await.damage, expected, "{statement}");
    }
}

#[tokio::test]
async fn an_earlier_summary_put_back_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let earlier = tempfile::tempdir().unwrap();
    let path = earlier.path().join("vault.db");
    std::fs::copy(dir.path().join("vault.db"), &path).unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    vault.record(&[heart_rate(T0 + DAY + 60_000, 99)]).await.unwrap();
    compact_all(&vault, LATER).await;
    vault.lock().await.unwrap();
    let mut db = database(dir.path()).await;
    sqlx::query("ATTACH ? AS earlier").bind(path.to_str().unwrap()).execute(&mut db).await.unwrap();
    let back = "UPDATE summary SET day = e.day, hour = e.hour, minute = e.minute FROM earlier.summary e
                WHERE e.tag = summary.tag";
    assert_eq!(sqlx::query(back).execute(&mut db).await.unwrap().rows_affected(), 3);
    db.close().await.unwrap();
    assert_eq!(report(dir.path(), &key).await.damage, [wrong(1)]);
}

#[tokio::test]
async fn where_readings_are_damaged_these_are_told_and_not_what_was_summed_up() {
    let at = |fault| [Damage::Epoch { category: HR, epoch: epoch(21), fault }];
    let rotten = "UPDATE segment SET sealed = zeroblob(length(sealed))
                  WHERE epoch = (SELECT MIN(id) + 1 FROM epoch)";
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    flip(dir.path(), "hour").await;
    change(dir.path(), rotten).await;
    assert_eq!(report(dir.path(), &key).await.damage, at(Fault::Segment));
    change(dir.path(), "DELETE FROM segment WHERE epoch = (SELECT MIN(id) + 1 FROM epoch)").await;
    change(dir.path(), "DELETE FROM epoch WHERE id = (SELECT MIN(id) + 1 FROM epoch)").await;
    assert_eq!(report(dir.path(), &key).await.damage, at(Fault::Gone));
}

/// What is wrong stays as it is while it is verified, and after a verification that was cancelled.
#[tokio::test]
async fn a_day_that_is_wrong_is_made_anew_only_once_everything_is_verified() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    flip(dir.path(), "day").await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let mut cancelled = vault.verify().await.unwrap();
    for _ in 1..cancelled.progress().1 {
        assert!(cancelled.step().await.unwrap());
    }
    drop(cancelled);
    assert_eq!(compact_all(&vault, LATER).await, []);
    for _ in 0..2 {
        assert_eq!(verified(&vault).await.damage, [wrong(1)]);
    }
    assert_eq!(compact_all(&vault, LATER).await, [Compacted::Summed(HR, day(1))]);
    let again = verified(&vault).await;
    assert!(again.is_whole() && again.summaries == 3, "{again:?}");
    agrees(&vault, HR).await;
}

#[tokio::test]
async fn readings_that_are_sealed_and_summed_up_between_any_two_steps_are_no_damage() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let mut verification = vault.verify().await.unwrap();
    let mut at = T0 + DAY + 60_000;
    while verification.step().await.unwrap() {
        vault.record(&[heart_rate(at, 99), heart_rate(at + DAY, 99)]).await.unwrap();
        // Every other time the step comes between a sealing and the summing up.
        if at % 2000 == 0 {
            vault.close_epochs(LATER).await.unwrap();
        } else {
            compact_all(&vault, LATER).await;
        }
        at += 1000;
    }
    let report = verification.report();
    assert!(report.is_whole() && report.summaries > 0, "{report:?}");
}

/// A summary of no day, and one whose tag rotted: removed, computed again where there are readings, and told.
#[tokio::test]
async fn summaries_of_no_day_are_removed_and_the_day_that_lost_its_own_is_summed_up_again() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let before = readings(dir.path(), &key).await;
    change(dir.path(), "UPDATE summary SET tag = zeroblob(16) WHERE id = 2").await;
    change(
        dir.path(),
        "INSERT INTO summary SELECT 9, randomblob(16), day, hour, minute FROM summary WHERE id = 1",
    )
    .await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    // Looked at before: the day whose tag rotted has no summary as far as anybody knows.
    assert_eq!(compact_all(&vault, LATER).await, [Compacted::Summed(HR, day(1))]);
    let found = verified(&vault).await;
    assert_eq!((found.damage, found.summaries, found.readings), (vec![REMOVED], 3, 90));
    assert_eq!(compact_all(&vault, LATER).await, [], "every day has its own");
    let again = verified(&vault).await;
    assert!(again.is_whole() && again.summaries == 3, "{again:?}");
    agrees(&vault, HR).await;
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), before);
    vault.lock().await.unwrap();
    assert_eq!(rows(dir.path()).await, 3);
}

#[tokio::test]
async fn a_day_that_lost_its_summary_to_a_rotten_tag_is_summed_up_after_the_stray_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    change(dir.path(), "UPDATE summary SET tag = zeroblob(16) WHERE id = 2").await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(verified(&vault).await.damage, [REMOVED]);
    assert_eq!(compact_all(&vault, LATER).await, [Compacted::Summed(HR, day(1))]);
    assert!(verified(&vault).await.is_whole());
    agrees(&vault, HR).await;
}

/// The octets of a tag in the row alone, and in the index alone, as a disk rots them.
#[tokio::test]
async fn a_tag_that_rotted_on_the_disk_is_put_right_too() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let path = dir.path().join("vault.db");
    let mut db = database(dir.path()).await;
    let tag = sqlx::query_scalar("SELECT tag FROM summary WHERE id = 2").fetch_one(&mut db).await;
    let tag: Vec<u8> = tag.unwrap();
    db.close().await.unwrap();
    let whole = std::fs::read(&path).unwrap();
    let places = whole.windows(tag.len()).enumerate().filter(|(_, octets)| *octets == tag.as_slice());
    let places: Vec<usize> = places.map(|(at, _)| at).collect();
    let mut removed = 0;
    for at in &places {
        let mut octets = whole.clone();
        octets[at + 9] ^= 0x04;
        std::fs::write(&path, octets).unwrap();
        let vault = open(dir.path(), &key, 2).await.unwrap();
        let found = verified(&vault).await;
        assert_eq!(found.readings, 90);
        removed += usize::from(found.damage.contains(&REMOVED));
        compact_all(&vault, LATER).await;
        agrees(&vault, HR).await;
        let again = verified(&vault).await;
        assert!(found.damage != [REMOVED] || again.is_whole(), "{:?}, then {again:?}", found.damage);
        vault.lock().await.unwrap();
    }
    assert!(removed > 0, "of {} places", places.len());
}

#[tokio::test]
async fn in_an_older_copy_summaries_of_no_day_stay_and_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    change(
        dir.path(),
        "INSERT INTO summary SELECT 9, zeroblob(16), day, hour, minute FROM summary WHERE id = 2",
    )
    .await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    vault.outdated().await.unwrap();
    for _ in 0..2 {
        assert_eq!(verified(&vault).await.damage, [Damage::Summaries { removed: false }]);
    }
    vault.accept(LATER).await.unwrap();
    assert_eq!(verified(&vault).await.damage, [REMOVED]);
    assert!(verified(&vault).await.is_whole());
}

/// Summaries of an hour that is gone may be the last that is left of it.
#[tokio::test]
async fn what_was_summed_up_from_readings_that_are_gone_stays() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    for table in [
        "DELETE FROM segment WHERE epoch = (SELECT MIN(id) + 1 FROM epoch)",
        "DELETE FROM epoch WHERE id = (SELECT MIN(id) + 1 FROM epoch)",
    ] {
        change(dir.path(), table).await;
    }
    let gone = Damage::Epoch { category: HR, epoch: epoch(21), fault: Fault::Gone };
    for _ in 0..2 {
        assert_eq!(report(dir.path(), &key).await.damage, [gone]);
        assert_eq!(rows(dir.path()).await, 3);
    }
}

#[tokio::test]
async fn where_the_log_is_broken_too_nothing_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    for statement in [
        "DELETE FROM segment WHERE epoch = (SELECT MIN(id) + 1 FROM epoch)",
        "DELETE FROM epoch WHERE id = (SELECT MIN(id) + 1 FROM epoch)",
        "DELETE FROM log WHERE id = 2",
    ] {
        change(dir.path(), statement).await;
    }
    let found = report(dir.path(), &key).await;
    assert_eq!(found.damage, [Damage::Log { position: 2 }, Damage::Summaries { removed: false }]);
    assert_eq!(rows(dir.path()).await, 3, "the last that is left of an hour that nobody misses");
}

async fn readings(dir: &Path, key: &RecoveryKey) -> Vec<salus_wire::Reading> {
    let vault = open(dir, key, 2).await.unwrap();
    let readings = vault.readings(HR, 0, i64::MAX).await.unwrap();
    vault.lock().await.unwrap();
    readings
}

/// How many rows of summaries there are.
async fn rows(dir: &Path) -> i64 {
    let mut db = database(dir).await;
    let rows = sqlx::query_scalar("SELECT COUNT(*) FROM summary").fetch_one(&mut db).await.unwrap();
    db.close().await.unwrap();
    rows
}
