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
    let file = raw(&pool).await.unwrap();
    shrink(&pool, &file).await.unwrap();
    close(&pool).await.unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() < before);
    let log = path.with_extension("db-wal");
    assert!(std::fs::metadata(log).map_or(true, |m| m.len() == 0), "the log is empty once it is closed");
}

async fn row(db: &mut SqliteConnection, id: i64, octet: u8) {
    let row = sqlx::query("INSERT INTO log (id, sealed) VALUES (?, ?)").bind(id).bind(vec![octet; 3000]);
    row.execute(db).await.unwrap();
}

/// What is cut off the log was zeros before; and in the middle of it, whatever a power cut leaves, nothing committed is lost.
#[tokio::test]
async fn the_log_is_written_over_before_it_is_cut_and_a_cut_of_power_meanwhile_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let pool = made(dir.path()).await;
    checkpoint(&pool).await.unwrap();
    let mut db = pool.acquire().await.unwrap();
    for id in 0..40 {
        row(&mut db, id, 0xa7).await;
    }
    sqlx::query("DELETE FROM log WHERE id < 20").execute(&mut *db).await.unwrap();
    let path = files::database(dir.path());
    let log = path.with_extension("db-wal");
    let before = std::fs::read(&log).unwrap();
    assert!(holds(&before, &[0xa7; 64]));
    blank(&mut db).await.unwrap();
    assert_eq!(std::fs::read(&log).unwrap(), vec![0; before.len()], "all of it, at its full length");
    let file = std::fs::read(&path).unwrap();
    // The same connection goes on, with a log of its own.
    for id in 100..110 {
        row(&mut db, id, 1).await;
    }
    drop(db);
    let said: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&pool).await.unwrap();
    assert_eq!(said, "ok");
    close(&pool).await.unwrap();
    let pool = open(dir.path()).await.unwrap();
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM log").fetch_one(&pool).await.unwrap();
    assert_eq!(count, 30);
    close(&pool).await.unwrap();

    // The head is gone, and any sectors of the rest.
    for kept in 0..8_usize {
        let left = tempfile::tempdir().unwrap();
        std::fs::write(files::database(left.path()), &file).unwrap();
        let torn = |(n, sector): (usize, &[u8])| {
            if (n + kept) % 8 < kept { sector.to_vec() } else { vec![0; sector.len()] }
        };
        let mut octets: Vec<u8> = before.chunks(512).enumerate().flat_map(torn).collect();
        octets[..32].fill(0);
        std::fs::write(files::database(left.path()).with_extension("db-wal"), octets).unwrap();
        let pool = open(left.path()).await.unwrap();
        let rows: Vec<(i64, Vec<u8>)> =
            sqlx::query_as("SELECT id, sealed FROM log ORDER BY id").fetch_all(&pool).await.unwrap();
        let expected: Vec<_> = (20..40).map(|id| (id, vec![0xa7_u8; 3000])).collect();
        assert_eq!(rows, expected, "{kept}");
        let said: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&pool).await.unwrap();
        assert_eq!(said, "ok");
        close(&pool).await.unwrap();
    }
}

/// What is moved to make a file shorter lies zeroed where it was before that is cut off.
#[tokio::test]
async fn the_end_of_the_file_is_written_over_before_it_is_cut() {
    let dir = tempfile::tempdir().unwrap();
    let pool = made(dir.path()).await;
    let mut db = pool.acquire().await.unwrap();
    for id in 0..400 {
        row(&mut db, id, if id < 350 { 0x11 } else { 0xa7 }).await;
    }
    sqlx::query("DELETE FROM log WHERE id < 350").execute(&mut *db).await.unwrap();
    drop(db);
    checkpoint(&pool).await.unwrap();
    let path = files::database(dir.path());
    let before = std::fs::metadata(&path).unwrap().len();
    let file = raw(&pool).await.unwrap();
    files::synced::lengths();
    shrink(&pool, &file).await.unwrap();
    // Each time zeros were written behind the new end of the file, it had its old length still.
    let (synced, after) = (files::synced::lengths(), std::fs::metadata(&path).unwrap().len());
    assert!(after < before / 4, "{before} {after}");
    assert!(synced.contains(&before), "{synced:?} of {before}");
    let all: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM log").fetch_one(&pool).await.unwrap();
    assert_eq!((all, pragma(&pool, "freelist_count").await), (50, 0));
    let said: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&pool).await.unwrap();
    assert_eq!(said, "ok");
    close(&pool).await.unwrap();
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|w| w == part)
}
