//! Records and readings, for every test program of this crate.

use std::path::Path;

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_vault::keyslot::PassphraseCost;
use salus_vault::{RecoveryKey, Unlock, Vault, VaultError};
use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity, Reading};

pub(crate) const PASS: &str = "a passphrase of the tests";

/// The start of an epoch: 2026-11-18.
pub(crate) const T0: i64 = 438_232 * 4_096_000;

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// The seed of a random test: `SALUS_SEED`, or a fresh one; printed, so that a failure can be played again.
pub(crate) fn seed() -> u64 {
    let mut octets = [0; 8];
    rand::TryRng::try_fill_bytes(&mut rand::rngs::SysRng, &mut octets).unwrap();
    seed_or(u64::from_be_bytes(octets))
}

/// `SALUS_SEED`, or this one.
pub(crate) fn seed_or(otherwise: u64) -> u64 {
    let given = std::env::var("SALUS_SEED").ok().map(|s| s.parse().expect("SALUS_SEED is a number"));
    let seed = given.unwrap_or(otherwise);
    eprintln!("SALUS_SEED={seed}");
    seed
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

/// What SQLite itself says of the file, through its own file layer.
pub(crate) async fn integrity(dir: &Path) -> String {
    use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
    let options = SqliteConnectOptions::new().filename(dir.join("vault.db"));
    let options = if cfg!(unix) { options.vfs("unix") } else { options };
    let mut db = options.connect().await.unwrap();
    let said = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut db).await.unwrap();
    db.close().await.unwrap();
    said
}
