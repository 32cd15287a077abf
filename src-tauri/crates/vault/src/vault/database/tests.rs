//! What the connection is set to, read back from SQLite, and what stays of deleted octets.

use super::*;

async fn made(dir: &Path) -> SqlitePool {
    files::make(dir).unwrap();
    files::make_database(dir).unwrap();
    make(dir).await.unwrap()
}

async fn pragma(pool: &SqlitePool, name: &str) -> i64 {
    let statement = sqlx::AssertSqlSafe(format!("PRAGMA {name}"));
    sqlx::query_scalar(statement).fetch_one(pool).await.unwrap()
}

#[tokio::test]
async fn sqlite_is_set_as_the_design_says() {
    let dir = tempfile::tempdir().unwrap();
    made(dir.path()).await.close().await;
    // Also when it is opened again: some are of the file and some of the connection.
    let pool = open(dir.path()).await.unwrap();
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&pool).await.unwrap();
    assert_eq!(journal, "wal");
    for (name, value) in [
        ("synchronous", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("temp_store", 2),
        ("cell_size_check", 1),
        ("auto_vacuum", 2),
    ] {
        assert_eq!(pragma(&pool, name).await, value, "{name}");
    }
    pool.close().await;
}

/// Pages that a deletion frees are written over before the file is cut: the disk's free blocks hold no old octets.
#[tokio::test]
async fn freed_pages_are_overwritten_in_the_file_before_they_are_cut_off() {
    let dir = tempfile::tempdir().unwrap();
    let pool = made(dir.path()).await;
    let canary = [0xa7_u8; 3000];
    for id in 0..200_i64 {
        let row = sqlx::query("INSERT INTO log (id, sealed) VALUES (?, ?)").bind(id).bind(&canary[..]);
        row.execute(&pool).await.unwrap();
    }
    checkpoint(&pool).await.unwrap();
    let path = files::database(dir.path());
    let before = std::fs::metadata(&path).unwrap().len();
    assert!(holds(&std::fs::read(&path).unwrap(), &canary[..64]));
    sqlx::query("DELETE FROM log").execute(&pool).await.unwrap();
    // The first step of both ways: the file itself, still at its full length, holds none of it.
    checkpoint(&pool).await.unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().len(), before);
    assert!(!holds(&std::fs::read(&path).unwrap(), &canary[..64]));
    shrink(&pool).await.unwrap();
    close(&pool).await.unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() < before);
    let log = path.with_extension("db-wal");
    assert!(std::fs::metadata(log).map_or(true, |m| m.len() == 0), "the log is empty once it is closed");
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|w| w == part)
}
