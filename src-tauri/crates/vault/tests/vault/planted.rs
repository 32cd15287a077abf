//! Adversary: whoever writes another keyslots file, with a checksum that is right.

use std::path::Path;

use salus_vault::keyslot::PassphraseCost;
use salus_vault::{Unlock, Vault, VaultError};
use salus_wire::Category;
use sha2::{Digest, Sha256};

use crate::support::{PASS, T0, create, open, rng, run};

const HR: Category = Category::HeartRate;
const FLOOR: PassphraseCost = PassphraseCost::FLOOR;
const NEW: &str = "another passphrase";

async fn with(dir: &Path, passphrase: &str) -> Result<Vault, VaultError> {
    Vault::open(dir, Unlock::Passphrase(passphrase), rng(3)).await
}

#[tokio::test]
async fn a_planted_cost_is_refused_before_anything_is_hashed() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    let path = dir.path().join("keyslots");
    let whole = std::fs::read(&path).unwrap();
    assert_eq!(whole[29..41], [64 * 1024, 3, 4].map(u32::to_be_bytes).concat());
    // Downgrades, then what would take the machine down; each with a checksum that is right.
    for cost in [
        [0, 3, 4],
        [64 * 1024 - 1, 3, 4],
        [64 * 1024, 0, 4],
        [64 * 1024, 2, 4],
        [64 * 1024, 3, 0],
        [64 * 1024, 3, 3],
        [1024 * 1024 + 1, 3, 4],
        [u32::MAX, 3, 4],
        [64 * 1024, 33, 4],
        [64 * 1024, u32::MAX, 4],
        [64 * 1024, 3, 17],
        [64 * 1024, 3, u32::MAX],
    ] {
        let mut planted = whole[..whole.len() - 32].to_vec();
        planted[29..41].copy_from_slice(&cost.map(u32::to_be_bytes).concat());
        let sum = Sha256::digest(&planted);
        planted.extend_from_slice(&sum);
        std::fs::write(&path, planted).unwrap();
        assert!(matches!(with(dir.path(), PASS).await, Err(VaultError::BadParameters)), "{cost:?}");
        // The recovery key is not in the way of it, and a new passphrase mends the slot.
        assert!(open(dir.path(), &key, 2).await.is_ok(), "{cost:?}");
    }
    let vault = open(dir.path(), &key, 2).await.unwrap();
    vault.set_passphrase_with(NEW, FLOOR).await.unwrap();
    vault.lock().await.unwrap();
    assert!(with(dir.path(), NEW).await.is_ok());
}

#[tokio::test]
async fn a_file_that_was_swapped_or_damaged_while_open_is_mended_by_a_change() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, key) = create(one.path()).await;
    vault.record(&run(T0, 3)).await.unwrap();
    drop(Vault::create_with(two.path(), PASS, FLOOR, T0, rng(77)).await.unwrap());
    let file = one.path().join("keyslots");
    std::fs::copy(two.path().join("keyslots"), &file).unwrap();
    vault.set_passphrase_with(NEW, FLOOR).await.unwrap();
    std::fs::write(&file, b"rotten").unwrap();
    let replaced = vault.fresh_recovery_key().await.unwrap();
    vault.set_recovery_key(&replaced).await.unwrap();
    vault.lock().await.unwrap();
    assert!(matches!(open(one.path(), &key, 2).await, Err(VaultError::WrongPassphrase)));
    assert_eq!(open(one.path(), &replaced, 2).await.unwrap().count(HR).await.unwrap(), 3);
    assert!(with(one.path(), NEW).await.is_ok());
}
