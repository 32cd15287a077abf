//! Adversary: kill -9 in the middle of writing. What was acknowledged is there, and the file is whole.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use salus_vault::RecoveryKey;
use salus_wire::Category;
use sqlx::{ConnectOptions, sqlite::SqliteConnectOptions};

use crate::support::{T0, create, epoch, open, run};

const HR: Category = Category::HeartRate;
const BATCH: i64 = 20;
const ROUNDS: usize = 8;

/// The child: records, flushes now and then, and says what was acknowledged. Does nothing when run as a test.
#[tokio::test]
async fn child() {
    let (Ok(dir), Ok(key)) = (std::env::var("SALUS_KILL_DIR"), std::env::var("SALUS_KILL_KEY")) else {
        return;
    };
    let key: RecoveryKey = key.parse().unwrap();
    let vault = open(dir.as_ref(), &key, u64::from(std::process::id())).await.unwrap();
    let mut stored = i64::try_from(vault.count(HR).await.unwrap()).unwrap();
    loop {
        vault.record(&run(T0 + stored * 1000, BATCH)).await.unwrap();
        stored += BATCH;
        // Straight to the pipe: a test's own output is captured.
        writeln!(std::io::stderr(), "stored {stored}").unwrap();
        if stored % (3 * BATCH) == 0 {
            vault.flush_epoch(HR, epoch(0)).await.unwrap();
        }
    }
}

#[tokio::test]
async fn killed_in_the_middle_nothing_acknowledged_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::child", "--nocapture"])
            .env("SALUS_KILL_DIR", dir.path())
            .env("SALUS_KILL_KEY", key.to_text().as_str())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let acknowledged = lines
            .map(|l| l.unwrap())
            .filter_map(|l| l.strip_prefix("stored ").and_then(|n| n.parse::<i64>().ok()))
            .take(1 + round * 2)
            .last()
            .expect("the child stored something");
        child.kill().unwrap();
        child.wait().unwrap();

        let vault = open(dir.path(), &key, 1000 + round as u64).await.unwrap();
        let stored = i64::try_from(vault.count(HR).await.unwrap()).unwrap();
        assert!(stored >= acknowledged, "round {round}: {stored} of {acknowledged}");
        assert_eq!(stored % BATCH, 0, "a batch is all or nothing");
        assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap().len() as i64, stored);
        vault.lock().await.unwrap();
        let mut db =
            SqliteConnectOptions::new().filename(dir.path().join("vault.db")).connect().await.unwrap();
        let check: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut db).await.unwrap();
        assert_eq!(check, "ok");
        sqlx::Connection::close(db).await.unwrap();
    }
}
