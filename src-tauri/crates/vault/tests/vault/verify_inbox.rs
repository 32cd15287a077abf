//! Verifying what came while the record was locked; adversary: a disk that rots an octet of it.

use std::path::Path;

use salus_vault::{Damage, RecoveryKey, Report, Vault};
use salus_wire::Category;

use crate::support::{T0, create, open, rng, run, verified};

const HR: Category = Category::HeartRate;
const MINE: u8 = 1;

/// Five readings in the record, and `entries` times two in the inbox. Locked.
async fn fill(dir: &Path, entries: i64) -> RecoveryKey {
    let (vault, key) = create(dir).await;
    vault.record(&run(T0, 5)).await.unwrap();
    let mut inbox = vault.inbox(rng(7)).await.unwrap();
    vault.lock().await.unwrap();
    for n in 0..entries {
        inbox.append(MINE, &run(T0 + 10_000 + n * 2000, 2)).unwrap();
    }
    key
}

async fn report(dir: &Path, key: &RecoveryKey) -> Report {
    let vault = open(dir, key, 2).await.unwrap();
    let report = verified(&vault).await;
    vault.lock().await.unwrap();
    report
}

#[tokio::test]
async fn what_waits_is_opened_and_counted_and_stays() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path(), 3).await;
    for _ in 0..2 {
        let whole = report(dir.path(), &key).await;
        assert!(whole.is_whole() && whole.inbox == 6 && whole.readings == 5, "{whole:?}");
    }
    let vault = open(dir.path(), &key, 3).await.unwrap();
    assert_eq!(vault.arrived().await.unwrap().batches.len(), 3, "nothing of it was taken");
    // Whoever takes it in holds the file, and is not hindered.
    vault.clear_inbox().await.unwrap();
    let none = verified(&vault).await;
    assert!(none.is_whole() && none.inbox == 0, "{none:?}");
}

#[tokio::test]
async fn one_bit_of_the_file_is_told_and_the_rest_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path(), 3).await;
    let path = dir.path().join("inbox");
    let whole = std::fs::read(&path).unwrap();
    // Its head, the first octets of each entry (length, session, number, sum), and some of what is sealed.
    let entry = (whole.len() - 25) / 3;
    let heads = (0..3).flat_map(|n| (25 + n * entry..).step_by(3).take(12));
    for at in (0..25).step_by(4).chain(heads).chain((70..whole.len()).step_by(131)) {
        let mut octets = whole.clone();
        octets[at] ^= 0x01;
        std::fs::write(&path, &octets).unwrap();
        let found = report(dir.path(), &key).await;
        assert_eq!(found.damage, [Damage::Inbox { entries: 1 }], "octet {at}");
        assert_eq!((found.inbox, found.readings), (if at < 25 { 6 } else { 4 }, 5), "octet {at}");
        assert_eq!(std::fs::read(&path).unwrap(), octets, "it is left as it is");
    }
}

#[tokio::test]
async fn a_torn_end_is_no_damage() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path(), 2).await;
    let path = dir.path().join("inbox");
    let whole = std::fs::read(&path).unwrap();
    for cut in [25, 40, whole.len() - 1] {
        std::fs::write(&path, &whole[..cut]).unwrap();
        let found = report(dir.path(), &key).await;
        assert!(found.is_whole() && found.inbox == if cut < 100 { 0 } else { 2 }, "{cut}: {found:?}");
    }
}

/// Takes everything in, as the application does.
async fn take_in(vault: &Vault) {
    for (_, readings) in vault.arrived().await.unwrap().batches {
        vault.record(&readings).await.unwrap();
    }
    vault.clear_inbox().await.unwrap();
}

#[tokio::test]
async fn what_is_taken_in_between_any_two_steps_is_no_damage() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let mut inbox = vault.inbox(rng(7)).await.unwrap();
    vault.lock().await.unwrap();
    // Entries of 128 readings each: more octets than one step opens.
    inbox.append(MINE, &run(T0, 20 * 128)).unwrap();
    drop(inbox);
    let waiting = std::fs::read(dir.path().join("inbox")).unwrap();
    assert!(waiting.len() > 2 << 17);
    let steps = {
        let vault = open(dir.path(), &key, 2).await.unwrap();
        let mut verification = vault.verify().await.unwrap();
        let mut steps = 1;
        while verification.step().await.unwrap() {
            steps += 1;
        }
        let found = verification.report();
        assert!(found.is_whole() && found.inbox == 20 * 128, "{found:?}");
        steps
    };
    for before in 0..steps {
        let copy = tempfile::tempdir().unwrap();
        for name in ["vault.db", "keyslots", "inbox"] {
            std::fs::copy(dir.path().join(name), copy.path().join(name)).unwrap();
        }
        let vault = open(copy.path(), &key, 2).await.unwrap();
        let mut verification = vault.verify().await.unwrap();
        for _ in 0..before {
            assert!(verification.step().await.unwrap());
        }
        take_in(&vault).await;
        while verification.step().await.unwrap() {}
        let found = verification.report();
        assert!(found.is_whole(), "taken in before step {before}: {found:?}");
        assert_eq!(vault.count(HR).await.unwrap(), 20 * 128);
        vault.lock().await.unwrap();
    }
}
