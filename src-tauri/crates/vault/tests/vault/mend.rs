//! Adversary: a rotten head of an epoch. It is rebuilt from the signed manifest, or told; the record never just closes.

use std::path::Path;

use salus_vault::{EpochHead, RecoveryKey, Vault, VaultError};
use salus_wire::Category;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use crate::support::{T0, create, epoch, open, run};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;

/// Three epochs: closed, sealed early with more in the journal, in the journal only.
async fn fill(dir: &Path) -> (RecoveryKey, Vec<EpochHead>) {
    let (vault, key) = create(dir).await;
    for n in 0..3 {
        vault.record(&run(T0 + n * EPOCH, 30)).await.unwrap();
    }
    vault.flush_epoch(HR, epoch(0)).await.unwrap();
    vault.close_epochs(T0 + EPOCH).await.unwrap();
    vault.flush_epoch(HR, epoch(1)).await.unwrap();
    vault.record(&run(T0 + EPOCH + 30_000, 10)).await.unwrap();
    let heads = heads(&vault).await;
    vault.lock().await.unwrap();
    (key, heads)
}

async fn heads(vault: &Vault) -> Vec<EpochHead> {
    vault.epochs(HR, epoch(0)..=epoch(2)).await.unwrap()
}

async fn database(dir: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(dir.join("vault.db")).connect().await.unwrap()
}

/// Flips one bit of a column in a row of the table of epochs.
async fn rot(dir: &Path, column: &str, row: i64) {
    let mut db = database(dir).await;
    let read = format!("SELECT {column} FROM epoch ORDER BY id LIMIT 1 OFFSET {row}");
    let mut octets: Vec<u8> = sqlx::query_scalar(sqlx::AssertSqlSafe(read)).fetch_one(&mut db).await.unwrap();
    let whole = octets.clone();
    octets[10] ^= 4;
    let write = format!("UPDATE epoch SET {column} = ? WHERE {column} = ?");
    let done = sqlx::query(sqlx::AssertSqlSafe(write)).bind(octets).bind(whole).execute(&mut db).await;
    assert_eq!(done.unwrap().rows_affected(), 1);
    db.close().await.unwrap();
}

/// Where every head rotted, the log and the journal say which epochs they are of.
#[tokio::test]
async fn a_rotten_head_is_rebuilt_as_it_was_and_the_epoch_goes_on() {
    for rows in [vec![0], vec![1], vec![2], vec![0, 2], vec![0, 1, 2]] {
        let dir = tempfile::tempdir().unwrap();
        let (key, before) = fill(dir.path()).await;
        for row in &rows {
            rot(dir.path(), "head", *row).await;
        }
        let vault = open(dir.path(), &key, 2).await.unwrap();
        assert_eq!(heads(&vault).await, before, "{rows:?}");
        // Sealing writes sound heads: nothing needs to be rebuilt afterwards, and no sequence number is used twice.
        for n in 0..3 {
            vault.record(&run(T0 + n * EPOCH + 60_000, 5)).await.unwrap();
        }
        vault.close_epochs(T0 + 3 * EPOCH).await.unwrap();
        let after = heads(&vault).await;
        assert!(after.iter().zip(&before).all(|(a, b)| a.version > b.version && a.closed), "{rows:?}");
        let all = [run(T0, 30), run(T0 + 60_000, 5), run(T0 + EPOCH, 40), run(T0 + EPOCH + 60_000, 5)];
        let all = [all.concat(), run(T0 + 2 * EPOCH, 30), run(T0 + 2 * EPOCH + 60_000, 5)].concat();
        assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), all, "{rows:?}");
        vault.lock().await.unwrap();
        let vault = open(dir.path(), &key, 3).await.unwrap();
        assert_eq!((heads(&vault).await, vault.readings(HR, 0, i64::MAX).await.unwrap()), (after, all));
    }
}

/// Each head opens under its own tag only.
#[tokio::test]
async fn heads_that_changed_places_are_rebuilt_too() {
    let dir = tempfile::tempdir().unwrap();
    let (key, before) = fill(dir.path()).await;
    let mut db = database(dir.path()).await;
    let swap = "UPDATE epoch SET head = o.head FROM (SELECT * FROM epoch) o
                WHERE o.id = (SELECT MIN(id) + MAX(id) FROM epoch) - epoch.id AND o.id <> epoch.id";
    assert_eq!(sqlx::query(swap).execute(&mut db).await.unwrap().rows_affected(), 2);
    db.close().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(heads(&vault).await, before);
}

#[tokio::test]
async fn what_cannot_be_rebuilt_exactly_is_told() {
    // The manifest too; the tag, which says what epoch it is.
    let cases: [&[(&str, i64)]; 2] = [&[("head", 0), ("manifest", 0)], &[("tag", 1)]];
    for damage in cases {
        let dir = tempfile::tempdir().unwrap();
        let (key, _) = fill(dir.path()).await;
        for (column, row) in damage {
            rot(dir.path(), column, *row).await;
        }
        let opened = open(dir.path(), &key, 2).await;
        assert!(matches!(opened, Err(VaultError::Damaged { .. })), "{damage:?}");
    }
}

#[tokio::test]
async fn a_manifest_of_another_epoch_does_not_stand_in() {
    let dir = tempfile::tempdir().unwrap();
    let (key, _) = fill(dir.path()).await;
    rot(dir.path(), "head", 0).await;
    let mut db = database(dir.path()).await;
    let swap = "UPDATE epoch SET manifest = (SELECT manifest FROM epoch ORDER BY id LIMIT 1 OFFSET 1)
                WHERE id = (SELECT MIN(id) FROM epoch)";
    sqlx::query(swap).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
    assert!(matches!(open(dir.path(), &key, 2).await, Err(VaultError::Damaged { .. })));
}
