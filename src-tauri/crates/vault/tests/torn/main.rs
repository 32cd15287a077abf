//! Adversary: a power cut at a random write or sync. What was acknowledged is there exactly once, and the file is whole.
//!
//! Simulated, below SQLite, for the database, its log and its rollback journal: every write, cut to length, creation and
//! removal since a file's last sync may have reached the disk or not, in any order; a write also in part, by sectors of
//! 512 octets or up to any octet, or as zeros where it made the file longer. The cut comes before a random write, cut to
//! length, creation, removal or sync, also while the record is being opened after the cut before. The vault then opens what lies
//! on the disk, and goes on with it.
//!
//! Not simulated: a disk that lies about a sync, that damages what it is not writing (see `damage` in the test program
//! `vault`), or a write that changes octets outside itself. A file's name counts as durable with its first sync, as
//! SQLite's own file layer has it for its log (it syncs the directory). The keyslots file does not go through SQLite; its
//! replacement is interrupted in the unit tests of `vault::files`. Nor do the zeros that `vault::cut` writes over the log and the
//! file's tail before they are cut: stopped half way they are in `zeroed` of the test program `vault`, beside ends of files that
//! come back as zeros. Locks between processes are left to the operating system.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up fails")]
#![expect(clippy::print_stderr, reason = "a test says its seed and what it counted")]

mod disk;
mod migrate;
mod platter;
#[path = "../shared/record.rs"]
mod record;
#[path = "../shared/script.rs"]
mod script;
mod strays;

use std::path::Path;

use disk::Disk;
use rand::RngExt;
use salus_vault::{Head, RecoveryKey, Standing};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;

use record::{T0, create, integrity, open, rng, run, seed};
use script::{Progress, check, go_on};

/// The disk is one per process, and so is the test that uses it: `cargo test` runs several at once.
static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// What the disk holds, in a new directory, with the keyslots of the old one.
fn carried(disk: &Disk, from: &Path) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    disk.carry(to.path());
    std::fs::copy(from.join("keyslots"), to.path().join("keyslots")).unwrap();
    to
}

/// Opens, checks, and writes until the power goes; `early` cuts while it opens too. The last that was acknowledged, and the
/// head that was kept elsewhere by then: a power cut must never look like a roll-back.
async fn until_the_cut(
    disk: &Disk,
    dir: &Path,
    key: &RecoveryKey,
    (known, kept): (Progress, Option<Head>),
    (early, events, seed): (bool, u32, u64),
) -> (Progress, Option<Head>) {
    disk.on(seed);
    if early {
        disk.cut_after(events);
    }
    let (mut acknowledged, mut head) = (known, kept);
    let stopped = async {
        let vault = open(dir, key, seed).await?;
        if let Some(kept) = kept {
            let kept = vault.seal_head(&kept).await?;
            assert_eq!(vault.compare(Some(&kept)).await?, Standing::Sound, "after a power cut");
        }
        let heads = vault.heads();
        let stored = check(&vault, known).await?;
        acknowledged = stored;
        if !early {
            disk.cut_after(events);
        }
        let acknowledge = |p| (acknowledged, head) = (p, Some(*heads.borrow()));
        go_on(&vault, stored, acknowledge).await
    };
    let error = stopped.await.unwrap_err();
    assert!(disk.is_off(), "the vault failed by itself: {error}");
    (acknowledged, head)
}

async fn cut(times: u32) {
    let _alone = ONE_AT_A_TIME.lock().await;
    let seed = seed();
    let mut random = rng(seed);
    let disk = Disk::installed();
    disk.on(seed);
    let first = tempfile::tempdir().unwrap();
    let (vault, key) = create(first.path()).await;
    vault.lock().await.unwrap();
    let mut dir = carried(&disk, first.path());
    let mut known = (Progress::default(), None);
    for round in 0..times {
        // Mostly soon; sometimes late enough for a checkpoint of the log.
        let most = if random.random_range(0..4u8) == 0 { 4000 } else { 60 };
        let when = (random.random(), random.random_range(0..most), random.random());
        known = until_the_cut(&disk, dir.path(), &key, known, when).await;
        dir = carried(&disk, dir.path());
        // On a copy: SQLite's own recovery must not stand in for the vault's.
        let copy = carried(&disk, dir.path());
        assert_eq!(integrity(copy.path()).await, "ok", "round {round}, {when:?}");
    }
    let ((known, head), (syncs, dropped)) = (known, disk.counts());
    assert!(head.is_some_and(|h| h.size > 0 && h.counter > u64::from(times)), "{head:?}");
    eprintln!("{times} cuts: {known:?}, {syncs} syncs, {dropped} changes dropped or torn");
    assert!(known.batches > i64::from(times), "hardly anything was written");
    assert!(dropped > u64::from(times), "hardly anything was dropped");
}

#[tokio::test]
async fn after_a_power_cut_nothing_acknowledged_is_lost() {
    cut(40).await;
}

#[tokio::test]
#[ignore = "minutes: cargo xtask test --long"]
async fn long_after_a_thousand_power_cuts_nothing_acknowledged_is_lost() {
    cut(1000).await;
}

/// However many readings a batch has, it waits for the disk once; and never not at all.
#[tokio::test]
async fn a_batch_shares_one_sync() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let disk = Disk::installed();
    disk.on(1);
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    // A log that is begun anew may have its head synced first.
    vault.record(&run(T0, 1)).await.unwrap();
    for (from, readings) in [(T0 + 1_000_000, 1), (T0 + 2_000_000, 500)] {
        let (before, _) = disk.counts();
        vault.record(&run(from, readings)).await.unwrap();
        let (after, _) = disk.counts();
        assert_eq!(after - before, 1, "{readings} readings");
    }
    vault.lock().await.unwrap();
}

/// The disk must be able to find a loss: SQLite without a sync at each commit loses what it acknowledged.
#[tokio::test]
async fn the_disk_loses_what_a_careless_writer_acknowledged() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let disk = Disk::installed();
    let mut lost = 0;
    for round in 0..20 {
        disk.on(round);
        let dir = tempfile::tempdir().unwrap();
        let options = SqliteConnectOptions::new()
            .filename(dir.path().join("vault.db"))
            .create_if_missing(true)
            .locking_mode(SqliteLockingMode::Exclusive)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal);
        let mut db = options.clone().connect().await.unwrap();
        sqlx::query("CREATE TABLE t (n INTEGER)").execute(&mut db).await.unwrap();
        disk.cut_after(40);
        let mut acknowledged = 0;
        while sqlx::query("INSERT INTO t VALUES (1)").execute(&mut db).await.is_ok() {
            acknowledged += 1;
        }
        drop(db);
        let to = tempfile::tempdir().unwrap();
        disk.carry(to.path());
        disk.on(round);
        let mut db = options.filename(to.path().join("vault.db")).connect().await.unwrap();
        let stored = sqlx::query_scalar("SELECT COUNT(*) FROM t").fetch_one(&mut db).await;
        lost += i64::from(stored.unwrap_or(0) < acknowledged);
        db.close().await.unwrap();
    }
    assert!(lost > 5, "only {lost} of 20 cuts lost anything");
}
