//! Adversary: a power cut while a verification removes summaries of no day, at every write and sync.

use salus_vault::{Compacted, Damage, RecoveryKey, Report, Vault};
use salus_wire::Category;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;

use crate::disk::Disk;
use crate::record::{T0, create, integrity, open, run};
use crate::{ONE_AT_A_TIME, carried};

const HR: Category = Category::HeartRate;
const DAY: i64 = 86_400_000;
const REMOVED: Damage = Damage::Summaries { removed: true };

/// A record of some readings that are summed up, and a summary of no day beside them.
async fn with_a_stray(disk: &Disk) -> (TempDir, RecoveryKey) {
    disk.on(1);
    let made = tempfile::tempdir().unwrap();
    let (vault, key) = create(made.path()).await;
    vault.record(&run(T0, 30)).await.unwrap();
    while vault.compact(T0 + 2 * DAY, 0).await.unwrap() != Compacted::Nothing {}
    vault.lock().await.unwrap();
    let dir = carried(disk, made.path());
    let options = SqliteConnectOptions::new().filename(dir.path().join("vault.db"));
    let options = if cfg!(unix) { options.vfs("unix") } else { options };
    let mut db = options.connect().await.unwrap();
    let stray = "INSERT INTO summary SELECT 9, zeroblob(16), day, hour, minute FROM summary LIMIT 1";
    assert_eq!(sqlx::query(stray).execute(&mut db).await.unwrap().rows_affected(), 1);
    db.close().await.unwrap();
    (dir, key)
}

async fn verified(vault: &Vault) -> Report {
    let mut verification = vault.verify().await.unwrap();
    while verification.step().await.unwrap() {}
    verification.report()
}

#[tokio::test]
async fn a_removal_that_is_cut_at_any_write_is_done_or_not_and_loses_nothing() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let disk = Disk::installed();
    let (stray, key) = with_a_stray(&disk).await;
    let mut cuts = 0;
    for events in 0.. {
        let dir = tempfile::tempdir().unwrap();
        for name in ["vault.db", "keyslots"] {
            std::fs::copy(stray.path().join(name), dir.path().join(name)).unwrap();
        }
        disk.on(u64::from(events));
        let vault = open(dir.path(), &key, 1).await.unwrap();
        let mut verification = vault.verify().await.unwrap();
        disk.cut_after(events);
        while verification.step().await.is_ok_and(|more| more) {}
        let report = verification.report();
        if !disk.is_off() {
            disk.cut_after(u32::MAX);
            assert_eq!(report.damage, [REMOVED]);
            vault.lock().await.unwrap();
            break;
        }
        drop(vault);
        cuts += 1;
        let left = carried(&disk, dir.path());
        let copy = carried(&disk, dir.path());
        assert_eq!(integrity(copy.path()).await, "ok", "cut after {events}");
        disk.on(u64::from(events));
        let vault = open(left.path(), &key, 2).await.unwrap_or_else(|e| panic!("cut after {events}: {e}"));
        assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), run(T0, 30), "cut after {events}");
        let found = verified(&vault).await;
        assert!(found.is_whole() || found.damage == [REMOVED], "cut after {events}: {found:?}");
        let again = verified(&vault).await;
        assert!(again.is_whole() && again.summaries == 1, "cut after {events}: {again:?}");
        vault.lock().await.unwrap();
    }
    eprintln!("{cuts} cuts");
    assert!(cuts > 3, "the removal hardly wrote anything");
}
