//! Adversary: a row of the cabinet that cannot be found any more. It is told, and never taken for one that never was.

use std::path::Path;

use salus_vault::VaultError;
use salus_wire::Category;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::support::{T0, create, epoch, open, run};

const HR: Category = Category::HeartRate;

/// Changes the database by one statement, which must change `rows` rows.
async fn change(dir: &Path, statement: &'static str, bind: Option<&[u8]>, rows: u64) {
    let mut db = SqliteConnectOptions::new().filename(dir.join("vault.db")).connect().await.unwrap();
    let query = sqlx::query(statement);
    let query = if let Some(value) = bind { query.bind(value.to_vec()) } else { query };
    assert_eq!(query.execute(&mut db).await.unwrap().rows_affected(), rows);
    db.close().await.unwrap();
}

/// The name of every row.
async fn names(dir: &Path) -> Vec<Vec<u8>> {
    let mut db = SqliteConnectOptions::new().filename(dir.join("vault.db")).connect().await.unwrap();
    let names = sqlx::query_scalar("SELECT name FROM cabinet").fetch_all(&mut db).await.unwrap();
    db.close().await.unwrap();
    names
}

#[tokio::test]
async fn no_key_is_made_anew_over_one_that_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 30)).await.unwrap();
    vault.flush_epoch(HR, epoch(0)).await.unwrap();
    vault.lock().await.unwrap();
    let path = dir.path().join("vault.db");
    let whole = std::fs::read(&path).unwrap();
    let names = names(dir.path()).await;
    // The identifier, when it was made, a root for each category, the writer, whom backups are made to, that there is a log.
    assert_eq!(names.len(), 5 + Category::ALL.len());
    let mut told = 0;
    for name in &names {
        let rot = "UPDATE cabinet SET name = CAST(x'00' || substr(name, 2) AS BLOB) WHERE name = ?";
        change(dir.path(), rot, Some(name), 1).await;
        match open(dir.path(), &key, 2).await {
            Ok(vault) => assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), run(T0, 30)),
            Err(e) => {
                assert!(matches!(e, VaultError::Damaged { .. }), "{e}");
                told += 1;
            }
        }
        // Whole again, it opens: nothing was lost by the attempt.
        std::fs::write(&path, &whole).unwrap();
        drop(std::fs::remove_file(dir.path().join("vault.db-wal")));

        // Gone altogether: only what no reading depends on may be made anew.
        change(dir.path(), "DELETE FROM cabinet WHERE name = ?", Some(name), 1).await;
        match open(dir.path(), &key, 2).await {
            Ok(vault) => assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), run(T0, 30)),
            Err(e) => assert!(matches!(e, VaultError::Damaged { .. }), "{e}"),
        }
        std::fs::write(&path, &whole).unwrap();
        drop(std::fs::remove_file(dir.path().join("vault.db-wal")));
    }
    // Everything but when the record was made, whom backups are made to, and that there is a log: no unlocking depends on them.
    assert_eq!(told, names.len() - 3);
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), run(T0, 30));
}

#[tokio::test]
async fn a_name_that_may_be_rotten_is_not_called_absent() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    let before = names(dir.path()).await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    for (space, name) in [("a", b"1"), ("a", b"2"), ("b", b"1")] {
        vault.cabinet().put(space, name, b"value").await.unwrap();
    }
    assert!(vault.cabinet().get("a", b"3").await.unwrap().is_none());
    vault.cabinet().put("c", b"1", b"value").await.unwrap();
    vault.lock().await.unwrap();
    let whole = std::fs::read(dir.path().join("vault.db")).unwrap();
    let damaged = |e: VaultError| matches!(e, VaultError::Damaged { .. });

    for name in names(dir.path()).await.iter().filter(|n| !before.contains(n)) {
        // The name rots: its namespace has no sure answer, another has. Then the namespace: nobody knows whose it was.
        for (part, statement) in [
            ("name", "UPDATE cabinet SET name = CAST(x'00' || substr(name, 2) AS BLOB) WHERE name = ?"),
            (
                "namespace",
                "UPDATE cabinet SET namespace = CAST(x'00' || substr(namespace, 2) AS BLOB) WHERE name = ?",
            ),
        ] {
            change(dir.path(), statement, Some(name), 1).await;
            let vault = open(dir.path(), &key, 2).await.unwrap();
            let (mut right, mut told) = (0, 0);
            for (space, name) in [("a", b"1"), ("a", b"2"), ("b", b"1"), ("c", b"1")] {
                match vault.cabinet().get(space, name).await {
                    Ok(value) => right += usize::from(value.unwrap().as_slice() == b"value"),
                    Err(e) => told += usize::from(damaged(e)),
                }
            }
            assert_eq!((right, told), (3, 1), "{part}");
            let mut lists = 0;
            for space in ["a", "b", "c"] {
                lists += usize::from(vault.cabinet().list(space).await.is_err_and(damaged));
            }
            assert!(lists >= 1, "{part}");
            vault.lock().await.unwrap();
            std::fs::write(dir.path().join("vault.db"), &whole).unwrap();
        }
    }
}
