//! Adversary: a power cut while a record of an older schema is brought up to date, at every write and sync.

use std::path::PathBuf;

use salus_vault::RecoveryKey;
use salus_wire::Category;
use tempfile::TempDir;

use crate::disk::Disk;
use crate::record::{integrity, open};
use crate::{ONE_AT_A_TIME, carried};

/// Where this crate is when the tests run; clones share what they compile.
fn fixture() -> PathBuf {
    let own = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    own.join("tests/fixtures/schema-1")
}

fn fresh() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for name in ["vault.db", "keyslots"] {
        std::fs::copy(fixture().join(name), dir.path().join(name)).unwrap();
    }
    dir
}

#[tokio::test]
async fn a_migration_that_is_cut_at_any_write_begins_again_and_loses_nothing() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let key: RecoveryKey = std::fs::read_to_string(fixture().join("recovery-key")).unwrap().parse().unwrap();
    let disk = Disk::installed();
    let mut cuts = 0;
    for events in 0.. {
        disk.on(u64::from(events));
        let dir = fresh();
        disk.cut_after(events);
        let opened = open(dir.path(), &key, 1).await;
        if !disk.is_off() {
            disk.cut_after(u32::MAX);
            opened.unwrap().lock().await.unwrap();
            break;
        }
        drop(opened);
        cuts += 1;
        let left = carried(&disk, dir.path());
        let copy = carried(&disk, dir.path());
        assert_eq!(integrity(copy.path()).await, "ok", "cut after {events}");
        disk.on(u64::from(events));
        let vault = open(left.path(), &key, 2).await.unwrap_or_else(|e| panic!("cut after {events}: {e}"));
        assert_eq!(vault.readings(Category::HeartRate, 0, i64::MAX).await.unwrap().len(), 235);
        let mut verification = vault.verify().await.unwrap();
        while verification.step().await.unwrap() {}
        let report = verification.report();
        assert!(report.is_whole(), "cut after {events}: {report:?}");
        vault.lock().await.unwrap();
    }
    eprintln!("{cuts} cuts");
    assert!(cuts > 10, "the migration hardly wrote anything");
}
