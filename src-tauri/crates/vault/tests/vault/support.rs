//! Records and readings for the tests.

use std::path::Path;

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_vault::keyslot::PassphraseCost;
use salus_vault::{Epoch, RecoveryKey, Unlock, Vault, VaultError};
use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity, Reading};

pub(crate) const PASS: &str = "a passphrase of the tests";

/// The start of an epoch: 2026-11-18.
pub(crate) const T0: i64 = 438_232 * 4_096_000;

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub(crate) async fn create(dir: &Path) -> (Vault, RecoveryKey) {
    Vault::create_with(dir, PASS, PassphraseCost::FLOOR, T0, rng(1)).await.unwrap()
}

/// Opens with the recovery key: no Argon2id, so it is fast.
pub(crate) async fn open(dir: &Path, key: &RecoveryKey, seed: u64) -> Result<Vault, VaultError> {
    Vault::open(dir, Unlock::RecoveryKey(key), rng(seed)).await
}

pub(crate) fn heart_rate(at: i64, bpm: i64) -> Reading {
    Reading {
        at,
        arrived: at + 2,
        device: DeviceId([9; 16]),
        category: Category::HeartRate,
        components: vec![
            Component { quantity: Quantity::HeartRate, value: Decimal::whole(bpm) },
            Component { quantity: Quantity::RrInterval, value: Decimal::whole(60_000 / bpm) },
        ],
        quality: Quality(0),
        device_time: None,
        user: None,
    }
}

/// `n` readings, one a second, from `from`; the rate depends on the instant only, so that runs can be joined.
pub(crate) fn run(from: i64, n: i64) -> Vec<Reading> {
    (0..n).map(|i| from + i * 1000).map(|at| heart_rate(at, 60 + at / 1000 % 40)).collect()
}

pub(crate) fn epoch(offset: u32) -> Epoch {
    Epoch::new(438_232 + offset).unwrap()
}

/// Every octet of every file of a directory.
pub(crate) fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    std::fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().path())
        .map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(p).unwrap()))
        .collect()
}

pub(crate) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|w| w == needle)
}
