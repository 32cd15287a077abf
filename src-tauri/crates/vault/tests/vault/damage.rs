//! Adversary: bit rot and overwritten pages. Told as damage, never a panic, and the rest stays readable.

use std::path::Path;

use salus_vault::{Damage, Fault, RecoveryKey, VaultError};
use salus_wire::{Category, ErrorCode};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::support::{T0, change, create, epoch, find, open, run, verified};

const HR: Category = Category::HeartRate;

#[tokio::test]
async fn one_rotten_segment_leaves_the_other_epochs_readable() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 2 * 4096)).await.unwrap();
    vault.close_epochs(T0 + 2 * 4_096_000).await.unwrap();
    let sealed = vault.sealed_segments(HR, epoch(1)..=epoch(1)).await.unwrap();
    vault.lock().await.unwrap();

    let path = dir.path().join("vault.db");
    let mut octets = std::fs::read(&path).unwrap();
    let at = find(&octets, &sealed[0].segments[0][100..164]).unwrap();
    octets[at] ^= 1;
    std::fs::write(&path, octets).unwrap();

    let vault = open(dir.path(), &key, 2).await.unwrap();
    let damaged = vault.readings(HR, 0, i64::MAX).await.unwrap_err();
    assert_eq!(damaged.code(), ErrorCode::Damaged);
    assert_eq!(vault.readings(HR, 0, T0 + 4_096_000).await.unwrap(), run(T0, 4096));
    vault.record(&run(T0 + 2 * 4_096_000, 5)).await.unwrap();
    assert_eq!(vault.count(HR).await.unwrap(), 2 * 4096 + 5);
}

/// The start of an epoch, and how many readings it has: two sealed ones, and one in the journal.
const EPOCHS: [(i64, usize); 3] = [(T0, 400), (T0 + 4_096_000, 300), (T0 + 2 * 4_096_000, 60)];

/// How many of the epochs can be read, each whole; `None` when the record does not open.
async fn readable(dir: &Path, key: &RecoveryKey, what: &str) -> Option<usize> {
    let vault = match open(dir, key, 2).await {
        Ok(vault) => vault,
        Err(VaultError::Damaged { .. }) => return None,
        Err(e) => panic!("{what}: {e}"),
    };
    let mut whole = 0;
    for (from, count) in EPOCHS {
        match vault.readings(HR, from, from + 4_096_000).await {
            // The count may not be silently short.
            Ok(read) => {
                assert_eq!(read, run(from, i64::try_from(count).unwrap()), "{what}");
                whole += 1;
            }
            Err(VaultError::Damaged { .. }) => {}
            Err(e) => panic!("{what}: {e}"),
        }
    }
    let _ = vault.lock().await;
    Some(whole)
}

#[tokio::test]
async fn any_overwritten_page_is_damage_and_the_rest_stays_readable() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    for (from, count) in EPOCHS {
        vault.record(&run(from, i64::try_from(count).unwrap())).await.unwrap();
    }
    vault.close_epochs(EPOCHS[2].0).await.unwrap();
    vault.lock().await.unwrap();
    let path = dir.path().join("vault.db");
    let whole = std::fs::read(&path).unwrap();
    let pages = whole.len() / 4096;
    // How many pages leave so many epochs readable, and how many keep the record closed.
    let (mut left, mut closed) = ([0; 4], 0);
    for page in 0..pages {
        let mut worst = Some(EPOCHS.len());
        for fill in [0x00, 0xFF, 0x0D] {
            let mut octets = whole.clone();
            octets[page * 4096..(page + 1) * 4096].fill(fill);
            std::fs::write(&path, octets).unwrap();
            worst = worst.min(readable(dir.path(), &key, &format!("page {page} filled with {fill}")).await);
        }
        match worst {
            Some(epochs) => left[epochs] += 1,
            None => closed += 1,
        }
    }
    eprintln!("of {pages} pages: {closed} keep it closed, {left:?} leave 0, 1, 2, 3 epochs readable");
    // In a record as small as this one half of the pages are the first of a table, or say what tables there are.
    assert!(closed + left[0] <= pages * 2 / 3, "too many pages take everything with them");
    assert!(left[2] > 0 && left[3] > pages / 4, "{left:?} of {pages}");
    assert!(closed + left[0] + left[1] + left[2] > 0, "no damage was told");
}

/// Of the hour that is sealed in part, one row of the journal rots.
#[tokio::test]
async fn a_rotten_row_hides_neither_the_rows_beside_it_nor_what_is_sealed() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 100)).await.unwrap();
    vault.flush_epoch(HR, epoch(0)).await.unwrap();
    vault.record(&run(T0 + 100_000, 50)).await.unwrap();
    vault.lock().await.unwrap();
    let rot = "UPDATE journal SET sealed = zeroblob(length(sealed)) WHERE id = (SELECT MIN(id) FROM journal)";
    change(dir.path(), rot).await;

    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert!(matches!(vault.readings(HR, 0, i64::MAX).await, Err(VaultError::Damaged { .. })));
    let (readings, damaged) = vault.readable(HR, 0, i64::MAX).await.unwrap();
    let all = run(T0, 150);
    assert_eq!((readings.len(), damaged), (149, 1));
    assert_eq!(readings[..100], all[..100], "what is sealed");
    assert!(readings.iter().all(|r| all.contains(r)));
    assert_eq!(vault.latest(HR).await.unwrap().as_ref(), readings.last());
    // It takes what comes next, and says what is wrong.
    vault.record(&run(T0 + 150_000, 5)).await.unwrap();
    assert_eq!(vault.readable(HR, 0, i64::MAX).await.unwrap().0.len(), 154);
    let found = [Damage::Epoch { category: HR, epoch: epoch(0), fault: Fault::Journal }];
    assert_eq!(verified(&vault).await.damage, found);
}

/// The journal holds two hours, and one page in its middle is lost: the record opens, and only what lay on that page is missing.
#[tokio::test]
async fn a_damaged_page_of_the_journal_takes_its_own_rows_only() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let (sealed, first, second) = (run(T0, 200), run(T0 + 4_096_000, 300), run(T0 + 2 * 4_096_000, 300));
    vault.record(&sealed).await.unwrap();
    vault.close_epochs(T0 + 4_096_000).await.unwrap();
    vault.record(&first).await.unwrap();
    vault.record(&second).await.unwrap();
    vault.lock().await.unwrap();
    let path = dir.path().join("vault.db");
    let mut db = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();
    let row = "SELECT sealed FROM journal ORDER BY id LIMIT 1 OFFSET 150";
    let row: Vec<u8> = sqlx::query_scalar(row).fetch_one(&mut db).await.unwrap();
    db.close().await.unwrap();
    let mut octets = std::fs::read(&path).unwrap();
    let page = find(&octets, &row).unwrap() / 4096;
    octets[page * 4096..(page + 1) * 4096].fill(0xFF);
    std::fs::write(&path, octets).unwrap();

    for seed in 2..4 {
        let vault = open(dir.path(), &key, seed).await.unwrap();
        let all = [&sealed[..], &first, &second].concat();
        assert_eq!(vault.readings(HR, 0, T0 + 4_096_000).await.unwrap(), sealed);
        assert_eq!(vault.readings(HR, second[0].at, i64::MAX).await.unwrap(), second);
        let (readings, damaged) = vault.readable(HR, 0, i64::MAX).await.unwrap();
        let lost = all.len() - readings.len();
        assert!((1..60).contains(&lost) && damaged == 1, "{lost} readings of {damaged} hours");
        assert!(readings.iter().all(|r| all.contains(r)));
        assert_eq!(vault.count(HR).await.unwrap(), all.len() as u64, "it is known how many there were");
        let found = [Damage::Epoch { category: HR, epoch: epoch(1), fault: Fault::Journal }];
        assert_eq!(verified(&vault).await.damage, found);
        vault.lock().await.unwrap();
    }
}

/// Of sixty hours, those whose heads lie on one page lose what is known of them; what is sealed of them lies elsewhere.
#[tokio::test]
async fn a_damaged_page_of_heads_takes_no_other_hour_and_no_reading() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    for n in 0..60 {
        vault.record(&run(T0 + n * 4_096_000, 20)).await.unwrap();
    }
    vault.close_epochs(T0 + 60 * 4_096_000).await.unwrap();
    vault.lock().await.unwrap();
    let path = dir.path().join("vault.db");
    let mut db = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();
    let row = "SELECT tag, head, manifest FROM epoch ORDER BY id LIMIT 1 OFFSET 30";
    let (tag, head, manifest): (Vec<u8>, Vec<u8>, Vec<u8>) =
        sqlx::query_as(row).fetch_one(&mut db).await.unwrap();
    db.close().await.unwrap();
    // As a row lies in a page; rows that were moved may have left themselves in others of the table's pages.
    let row = [&tag[..], &head, &manifest[..64]].concat();
    let mut octets = std::fs::read(&path).unwrap();
    let mut pages = 0;
    while let Some(at) = find(&octets, &row) {
        let page = at / 4096;
        octets[page * 4096..(page + 1) * 4096].fill(0xFF);
        pages += 1;
    }
    assert!(pages > 0);
    std::fs::write(&path, octets).unwrap();

    let all: Vec<_> = (0..60).flat_map(|n| run(T0 + n * 4_096_000, 20)).collect();
    for seed in 2..4 {
        let vault = open(dir.path(), &key, seed).await.unwrap();
        assert!(matches!(vault.readings(HR, 0, i64::MAX).await, Err(VaultError::Damaged { .. })));
        let (readings, damaged) = vault.readable(HR, 0, i64::MAX).await.unwrap();
        assert!((1..30).contains(&damaged), "{damaged} hours on {pages} pages");
        assert_eq!(readings, all, "of the hours on it too");
        let mut told = verified(&vault).await.damage;
        told.retain(|d| matches!(d, Damage::Epoch { fault: Fault::Segment, .. }));
        assert_eq!(told.len(), usize::try_from(damaged).unwrap());
        vault.lock().await.unwrap();
    }
}

#[tokio::test]
async fn damaged_keyslots_are_told_from_a_wrong_passphrase() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    let path = dir.path().join("keyslots");
    let whole = std::fs::read(&path).unwrap();
    for octets in [&whole[..whole.len() - 1], &[], &[0; 100_000], &[&whole[..], b"x"].concat()] {
        std::fs::write(&path, octets).unwrap();
        assert!(matches!(open(dir.path(), &key, 2).await, Err(VaultError::Damaged { .. })));
    }
    std::fs::write(&path, whole).unwrap();
    assert!(open(dir.path(), &key, 2).await.is_ok());
}

#[tokio::test]
async fn keyslots_of_another_record_do_not_open_this_one() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, _) = create(one.path()).await;
    vault.lock().await.unwrap();
    let (vault, key) = salus_vault::Vault::create_with(
        two.path(),
        crate::support::PASS,
        salus_vault::keyslot::PassphraseCost::FLOOR,
        T0,
        crate::support::rng(77),
    )
    .await
    .unwrap();
    vault.lock().await.unwrap();
    std::fs::copy(two.path().join("keyslots"), one.path().join("keyslots")).unwrap();
    assert!(matches!(open(one.path(), &key, 2).await, Err(VaultError::Damaged { .. })));
}
