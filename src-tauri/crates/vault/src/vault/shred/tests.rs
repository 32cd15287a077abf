//! A deletion that was killed between its commit and the scrub.

use std::path::Path;

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_wire::{Component, Decimal, DeviceId, Quality, Quantity, Reading};

use super::*;
use crate::keyslot::PassphraseCost;
use crate::{RecoveryKey, Unlock};

/// The start of an epoch: 2026-11-18.
const T0: i64 = 438_232 * 4_096_000;
const LATER: i64 = T0 + 864_000_000;
const HR: Category = Category::HeartRate;

async fn filled(dir: &Path) -> (Vault, RecoveryKey) {
    let rng = ChaCha20Rng::seed_from_u64(1);
    let made = Vault::create_with(dir, "a passphrase of the tests", PassphraseCost::FLOOR, T0, rng).await;
    let (vault, key) = made.unwrap();
    let reading = |n: i64| Reading {
        at: T0 + n * 1000,
        arrived: T0 + n * 1000,
        device: DeviceId([9; 16]),
        category: HR,
        components: vec![Component { quantity: Quantity::HeartRate, value: Decimal::whole(60 + n % 40) }],
        quality: Quality(0),
        device_time: None,
        user: None,
    };
    vault.record(&(0..300).map(reading).collect::<Vec<_>>()).await.unwrap();
    (vault, key)
}

/// Sealed octets that a deletion takes with it: the rows of the journal and the stored tree.
async fn doomed(vault: &Vault) -> Vec<Vec<u8>> {
    let mut rows: Vec<Vec<u8>> =
        sqlx::query_scalar("SELECT sealed FROM journal").fetch_all(&vault.pool).await.unwrap();
    assert_eq!(rows.len(), 300);
    let [space, tag] = cabinet::tags(&vault.keys, Owner::Vault, "series", &[HR.code()]);
    let series = sqlx::query_scalar("SELECT sealed FROM cabinet WHERE namespace = ? AND name = ?");
    rows.push(series.bind(&space[..]).bind(&tag[..]).fetch_one(&vault.pool).await.unwrap());
    rows
}

/// How many of these are in a file of the directory.
fn seen(dir: &Path, rows: &[Vec<u8>]) -> usize {
    let files: Vec<Vec<u8>> =
        std::fs::read_dir(dir).unwrap().map(|e| std::fs::read(e.unwrap().path()).unwrap()).collect();
    let there = |row: &Vec<u8>| files.iter().any(|f| f.windows(24).any(|w| w == &row[16..40]));
    rows.iter().filter(|row| there(row)).count()
}

fn copied(dir: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.path().join(path.file_name().unwrap())).unwrap();
    }
    to
}

#[tokio::test]
async fn a_scrub_that_a_kill_kept_from_coming_comes_at_the_next_unlocking() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = filled(dir.path()).await;
    let rows = doomed(&vault).await;
    let shown = vault.preview_shred(HR, T0, LATER, LATER).await.unwrap().unwrap();
    assert!(matches!(vault.delete(&shown, LATER, &[]).await.unwrap(), ShredOutcome::Done(_)));
    // What a kill leaves is what was given to the system.
    let killed = copied(dir.path());
    assert_eq!(seen(killed.path(), &rows), rows.len(), "without a scrub the log has all of it");
    let unlock = Unlock::RecoveryKey(&key);
    let opened = Vault::open(killed.path(), unlock, ChaCha20Rng::seed_from_u64(2)).await.unwrap();
    assert_eq!(seen(killed.path(), &rows), 0, "while it is open");
    assert_eq!(opened.count(HR).await.unwrap(), 0);
    assert_eq!(cabinet::fetch(&opened.pool, &opened.keys, OWN, SPACE, OWED).await.unwrap(), None);
    opened.lock().await.unwrap();
    assert_eq!(seen(killed.path(), &rows), 0, "locked");
    // The first one, which was not killed, has the log written over when it is closed at the latest.
    vault.lock().await.unwrap();
    assert_eq!(seen(dir.path(), &rows), 0);
}
