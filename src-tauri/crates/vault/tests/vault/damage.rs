//! Adversary: bit rot and overwritten pages. Told as damage, never a panic, and the rest stays readable.

use salus_vault::VaultError;
use salus_wire::{Category, ErrorCode};

use crate::support::{T0, create, epoch, find, open, run};

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

#[tokio::test]
async fn any_overwritten_page_is_damage_and_never_a_panic() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 400)).await.unwrap();
    vault.flush_epoch(HR, epoch(0)).await.unwrap();
    vault.record(&run(T0 + 400_000, 60)).await.unwrap();
    vault.lock().await.unwrap();
    let path = dir.path().join("vault.db");
    let whole = std::fs::read(&path).unwrap();
    let mut told = 0;
    for page in 0..whole.len() / 4096 {
        for fill in [0x00, 0xFF, 0x0D] {
            let mut octets = whole.clone();
            octets[page * 4096..(page + 1) * 4096].fill(fill);
            std::fs::write(&path, octets).unwrap();
            let result = async {
                let vault = open(dir.path(), &key, 2).await?;
                let read = vault.readings(HR, 0, i64::MAX).await;
                // The count may not be silently short.
                if let Ok(read) = &read {
                    assert_eq!(read.len(), 460, "page {page} filled with {fill}");
                }
                let _ = vault.lock().await;
                read
            };
            match result.await {
                Ok(_) => {}
                Err(VaultError::Damaged { .. }) => told += 1,
                Err(e) => panic!("page {page} filled with {fill}: {e}"),
            }
        }
    }
    assert!(told > 10, "only {told} were told");
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
