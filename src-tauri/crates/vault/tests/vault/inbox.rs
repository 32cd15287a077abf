//! The sealed inbox between locking and unlocking; adversaries: a kill, another program that writes the file.

use std::io::Write;

use rand::RngExt;
use salus_vault::{Inbox, RecoveryKey, Unlock, Vault, VaultError};
use salus_wire::{Category, Reading};

use crate::disk::Mount;
use crate::process::{dots, say, task, write_and_kill};
use crate::record::seed;
use crate::support::{T0, create, files, find, heart_rate, open, rng, run};

const HR: Category = Category::HeartRate;
const MINE: u8 = 1;

/// Locks, with an inbox for the time of it.
async fn lock(vault: Vault) -> Inbox {
    let inbox = vault.inbox(rng(7)).await.unwrap();
    vault.lock().await.unwrap();
    inbox
}

/// Takes everything in, as the application does; says how many readings were new, and how many entries were refused.
async fn drain(vault: &Vault) -> (usize, u32) {
    let arrived = vault.arrived().await.unwrap();
    let mut new = 0;
    for (kind, readings) in &arrived.batches {
        assert_eq!(*kind, MINE);
        new += vault.record(readings).await.unwrap().new;
    }
    vault.clear_inbox().await.unwrap();
    (new, arrived.refused)
}

async fn stored(vault: &Vault) -> Vec<Reading> {
    vault.readings(HR, 0, i64::MAX).await.unwrap()
}

#[tokio::test]
async fn what_came_while_locked_is_there_after_unlocking_exactly_once() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 2)).await.unwrap();
    let mut inbox = lock(vault).await;
    inbox.append(MINE, &run(T0 + 2_000, 2)).unwrap();
    // One that the journal has already, as a device sends it again.
    inbox.append(MINE, &run(T0 + 1_000, 4)).unwrap();
    drop(inbox);
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let arrived = vault.arrived().await.unwrap();
    assert_eq!((arrived.batches.len(), arrived.refused), (2, 0));
    // Interrupted between the journal and the clearing, it is done again.
    for (_, readings) in &arrived.batches {
        vault.record(readings).await.unwrap();
    }
    drop(vault);
    let vault = open(dir.path(), &key, 3).await.unwrap();
    assert_eq!(drain(&vault).await, (0, 0));
    assert_eq!(stored(&vault).await, run(T0, 5));
    assert!(vault.arrived().await.unwrap().is_nothing());
    assert!(!dir.path().join("inbox").exists());
    // The next time of being locked begins anew.
    let mut inbox = lock(vault).await;
    inbox.append(MINE, &run(T0 + 5_000, 1)).unwrap();
    drop(inbox);
    let vault = open(dir.path(), &key, 4).await.unwrap();
    assert_eq!(drain(&vault).await, (1, 0));
    assert_eq!(stored(&vault).await, run(T0, 6));
}

#[tokio::test]
async fn nothing_in_the_file_is_readable_and_the_recovery_key_drains_it_too() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let mut inbox = lock(vault).await;
    let mut canary = heart_rate(T0, 60);
    canary.device = salus_wire::DeviceId(*b"CANARY-DEVICE-ID");
    inbox.append(MINE, &[canary.clone()]).unwrap();
    assert!(matches!(open(dir.path(), &key, 2).await.unwrap().arrived().await, Err(VaultError::InUse)));
    drop(inbox);
    for (name, octets) in files(dir.path()) {
        for needle in [b"CANARY".as_slice(), &T0.to_be_bytes(), &T0.to_le_bytes()] {
            assert!(find(&octets, needle).is_none(), "{name} holds {needle:02x?}");
        }
    }
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(drain(&vault).await, (1, 0));
    assert_eq!(stored(&vault).await, [canary]);
}

#[tokio::test]
async fn entries_that_were_altered_repeated_moved_or_of_another_are_refused_and_counted() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("inbox");
    let (vault, key) = create(dir.path()).await;
    let mut inbox = lock(vault).await;
    let length = || std::fs::metadata(&path).unwrap().len();
    let mut ends = vec![usize::try_from(length()).unwrap()];
    for i in 0..4 {
        inbox.append(MINE, &run(T0 + i * 1_000, 1)).unwrap();
        ends.push(usize::try_from(length()).unwrap());
    }
    drop(inbox);
    let bytes = std::fs::read(&path).unwrap();
    let entry = |i: usize| bytes[ends[i]..ends[i + 1]].to_vec();
    // Another record's entry of the same length: its session is not known here.
    let other = tempfile::tempdir().unwrap();
    let (theirs, _) = create(other.path()).await;
    let mut foreign = lock(theirs).await;
    foreign.append(MINE, &run(T0 + 9_000, 1)).unwrap();
    drop(foreign);
    let foreign = std::fs::read(other.path().join("inbox")).unwrap()[ends[0]..].to_vec();
    let mut altered = entry(2);
    altered[60] ^= 1;
    let parts = [bytes[..ends[0]].to_vec(), entry(1), entry(0), foreign, altered, entry(3), entry(3)];
    std::fs::write(&path, parts.concat()).unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    // 1 and 3 came in order; 0 was moved, 3 repeated, 2 altered, one is foreign.
    assert_eq!(drain(&vault).await, (2, 4));
    assert_eq!(stored(&vault).await, [run(T0 + 1_000, 1), run(T0 + 3_000, 1)].concat());

    std::fs::write(&path, b"not an inbox at all, ".repeat(20)).unwrap();
    let arrived = vault.arrived().await.unwrap();
    assert_eq!((arrived.batches.len(), arrived.refused), (0, 1));
    vault.clear_inbox().await.unwrap();
}

#[tokio::test]
async fn a_rotten_head_of_the_file_costs_no_reading_and_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("inbox");
    let (vault, key) = create(dir.path()).await;
    let mut inbox = lock(vault).await;
    inbox.append(MINE, &run(T0, 3)).unwrap();
    drop(inbox);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[12] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(drain(&vault).await, (3, 1));
    assert_eq!(stored(&vault).await, run(T0, 3));
}

#[tokio::test]
async fn on_a_full_disk_what_was_taken_stays_and_what_was_not_is_said() {
    let Some(disk) =
        Mount::new("inbox::on_a_full_disk_what_was_taken_stays_and_what_was_not_is_said", "size=4m")
    else {
        return;
    };
    let record = disk.path().join("record");
    let (vault, key) = create(&record).await;
    let mut inbox = lock(vault).await;
    inbox.append(MINE, &run(T0, 1)).unwrap();
    let filler = disk.path().join("filler");
    let mut full = std::fs::File::create(&filler).unwrap();
    while full.write_all(&[0; 4096]).is_ok() {}
    // The rest of the file's last page is room still; the entry that ends behind it is torn.
    let mut taken = 1;
    let refused = loop {
        match inbox.append(MINE, &run(T0 + taken * 1000, 1)) {
            Ok(()) => taken += 1,
            Err(e) => break e,
        }
        assert!(taken < 100, "the disk never filled");
    };
    assert_eq!(refused, VaultError::DiskFull);
    std::fs::remove_file(&filler).unwrap();
    drop(full);
    inbox.append(MINE, &run(T0 + taken * 1000, 1)).unwrap();
    drop(inbox);
    let vault = open(&record, &key, 2).await.unwrap();
    assert_eq!(drain(&vault).await, (usize::try_from(taken).unwrap() + 1, 0));
    assert_eq!(stored(&vault).await, run(T0, taken + 1));
}

/// Appends until it is killed. Does nothing when run as a test.
#[tokio::test]
async fn appender() {
    let Some((dir, key)) = task() else { return };
    let vault = open(&dir, &key, u64::from(std::process::id())).await.unwrap();
    let from = i64::try_from(vault.count(HR).await.unwrap()).unwrap();
    let mut inbox = vault.inbox(rng(7)).await.unwrap();
    vault.lock().await.unwrap();
    dots();
    for i in from.. {
        inbox.append(MINE, &run(T0 + i * 1000, 1)).unwrap();
        say(&format!("took {}", i + 1));
    }
}

#[tokio::test]
async fn killed_while_it_takes_readings_none_that_it_took_is_lost() {
    let mut random = rng(seed());
    let dir = tempfile::tempdir().unwrap();
    let (vault, key): (Vault, RecoveryKey) = create(dir.path()).await;
    vault.lock().await.unwrap();
    let mut known = 0;
    for round in 0..15 {
        let when = (random.random_range(1..20), random.random_range(0..200));
        let took = |line: &str| line.strip_prefix("took ")?.parse::<i64>().ok();
        let took = write_and_kill("inbox::appender", (dir.path(), &key), when, took);
        let vault = Vault::open(dir.path(), Unlock::RecoveryKey(&key), rng(round)).await.unwrap();
        assert_eq!(drain(&vault).await.1, 0, "round {round}");
        let readings = stored(&vault).await;
        let count = i64::try_from(readings.len()).unwrap();
        let took = took.unwrap_or(known);
        assert!((took..=took + 1).contains(&count), "round {round}: took {took}, found {count}");
        assert_eq!(readings, run(T0, count));
        known = count;
        vault.lock().await.unwrap();
    }
}

/// A directory that does not let a file be made: the record locks all the same.
#[cfg(unix)]
#[tokio::test]
async fn without_room_for_an_inbox_the_record_still_locks() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    std::fs::create_dir(dir.path().join("inbox")).unwrap();
    assert!(vault.inbox(rng(7)).await.is_err());
    vault.lock().await.unwrap();
    assert!(open(dir.path(), &key, 2).await.is_ok());
}
