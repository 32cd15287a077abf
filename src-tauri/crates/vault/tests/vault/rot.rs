//! Adversary: single octets that rot, in every page. Each answer is right or says damage, and most of the record opens.
//!
//! Behind the head of each page: a head that counts one row less drops a row of the cabinet without a trace, which only a
//! log of what was stored can tell.

use std::path::Path;

use rand::RngExt;
use salus_vault::{RecoveryKey, Vault, VaultError};
use salus_wire::{Category, Reading};

use crate::record::{rng, seed_or};
use crate::support::{T0, create, open, run};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;
const PAGE: usize = 4096;
/// Octets of a page's head (SQLite's file format, section 1.6).
const HEAD: usize = 12;
/// Sealed epochs, then one in the journal.
const EPOCHS: i64 = 6;
const READINGS: i64 = 300;
const NOTES: u8 = 8;
/// The same octets each time: what one octet does among millions is found by trying others on purpose, with `SALUS_SEED`,
/// and not in somebody else's change.
const SEED: u64 = 20_261_124;
/// Questions: each epoch and each note.
const ALL: u32 = 6 + 8;

fn readings(epoch: i64) -> Vec<Reading> {
    run(T0 + epoch * EPOCH, READINGS)
}

async fn fill(dir: &Path) -> RecoveryKey {
    let (vault, key) = create(dir).await;
    for epoch in 0..EPOCHS {
        vault.record(&readings(epoch)).await.unwrap();
    }
    vault.close_epochs(T0 + (EPOCHS - 1) * EPOCH).await.unwrap();
    for n in 0..NOTES {
        vault.cabinet().put("notes", &[n], &vec![n; 3000]).await.unwrap();
    }
    vault.lock().await.unwrap();
    key
}

/// Right, or damage: anything else is a failure. 1 when right.
fn answer<T: PartialEq>(given: Result<T, VaultError>, right: &T, what: &str) -> u32 {
    match given {
        Ok(given) => {
            assert!(given == *right, "{what}: a wrong answer");
            1
        }
        Err(VaultError::Damaged { .. }) => 0,
        Err(e) => panic!("{what}: {e}"),
    }
}

/// How many epochs and notes are readable, of [`ALL`].
async fn readable(vault: &Vault, what: &str) -> u32 {
    let mut right = 0;
    for epoch in 0..EPOCHS {
        let from = T0 + epoch * EPOCH;
        right += answer(vault.readings(HR, from, from + EPOCH).await, &readings(epoch), what);
    }
    for n in 0..NOTES {
        let note = vault.cabinet().get("notes", &[n]).await.map(|v| v.map(|v| v.to_vec()));
        right += answer(note, &Some(vec![n; 3000]), what);
    }
    right
}

#[tokio::test]
async fn one_rotten_octet_is_told_and_the_rest_stays_readable() {
    let mut random = rng(seed_or(SEED));
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let path = dir.path().join("vault.db");
    let whole = std::fs::read(&path).unwrap();
    let (mut opened, mut told, mut right) = (0u32, 0u32, 0u32);
    let pages = whole.len() / PAGE;
    for page in (0..pages).chain(0..pages) {
        let at = page * PAGE + random.random_range(HEAD..PAGE);
        let bit = 1 << random.random_range(0..8u8);
        let what = format!("octet {at}, bit {bit:02x}");
        let mut octets = whole.clone();
        octets[at] ^= bit;
        std::fs::write(&path, octets).unwrap();
        match open(dir.path(), &key, 2).await {
            Ok(vault) => {
                let found = readable(&vault, &what).await;
                opened += 1;
                right += found;
                told += u32::from(found < ALL);
                // What is damaged stays as it is; closing it is not the subject.
                let _ = vault.lock().await;
            }
            Err(VaultError::Damaged { .. }) => told += 1,
            Err(e) => panic!("{what}: {e}"),
        }
    }
    eprintln!(
        "{pages} pages, twice: {opened} opened, {told} told, {right} answers of {} right",
        opened * ALL
    );
    let tried = u32::try_from(pages * 2).unwrap();
    assert!(told > tried / 4, "hardly any damage was told");
    assert!(opened > tried / 2, "one octet closed the record too often");
    assert!(right > opened * ALL * 9 / 10, "one octet took too much with it");
}
