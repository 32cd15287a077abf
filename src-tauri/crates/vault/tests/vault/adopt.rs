//! One record on two computers: the same keys of the epochs, everything else of each its own.

use std::path::Path;

use salus_vault::keyslot::PassphraseCost;
use salus_vault::shared::{open_manifest, open_segment};
use salus_vault::{Identity, RecoveryKey, Vault, VaultError};
use salus_wire::{Category, Reading};

use crate::support::{PASS, T0, create, epoch, open, rng, run};

const HR: Category = Category::HeartRate;

/// Another computer: nothing of it is as on the first.
async fn another(dir: &Path) -> (Vault, RecoveryKey) {
    Vault::create_with(dir, PASS, PassphraseCost::FLOOR, T0, rng(2)).await.unwrap()
}

/// What another computer gets of what this one sealed, by the keys that both have.
async fn fetched(from: &Vault, by: &Vault) -> Vec<Reading> {
    let mut all = Vec::new();
    for sealed in from.sealed_segments(HR, epoch(0)..=epoch(9)).await.unwrap() {
        let leaf = by.leaf(HR, sealed.head.epoch).unwrap();
        assert_eq!(leaf.locator(), sealed.locator, "found at the same place");
        let manifest = open_manifest(&leaf, &sealed.origin, &sealed.manifest).unwrap();
        for segment in &sealed.segments {
            all.extend(open_segment(&leaf, &manifest, segment).unwrap());
        }
    }
    all
}

#[tokio::test]
async fn two_computers_take_in_what_either_measured_and_nothing_is_lost() {
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (first, _key) = create(old.path()).await;
    let (second, key) = another(new.path()).await;
    first.record(&run(T0, 100)).await.unwrap();
    let keys = first.series_keys().await.unwrap();
    assert_eq!(keys.len(), Category::ALL.len());
    let about = [("laptops", b"self".to_vec(), b"joined".to_vec())];
    second.adopt(&keys, &about).await.unwrap();
    assert_eq!(second.cabinet().get("laptops", b"self").await.unwrap().unwrap().as_slice(), b"joined");
    assert_eq!(second.series(HR), first.series(HR));
    assert_ne!(second.writer(), first.writer());
    assert_ne!(
        *second.derive(Identity::FIRST, "a", b"b"),
        *first.derive(Identity::FIRST, "a", b"b"),
        "no secret but the series' keys"
    );

    // Both measure in the same epoch before they hear of each other.
    second.record(&run(T0 + 200_000, 50)).await.unwrap();
    for vault in [&first, &second] {
        vault.close_epochs(T0 + 4_096_000).await.unwrap();
    }
    let (from_first, from_second) = (fetched(&first, &second).await, fetched(&second, &first).await);
    assert_eq!((from_first.len(), from_second.len()), (100, 50));
    assert_eq!(second.record(&from_first).await.unwrap().new, 100);
    assert_eq!(first.record(&from_second).await.unwrap().new, 50);
    // The same again, as after a letter that was read twice, adds nothing.
    assert_eq!(first.record(&from_second).await.unwrap().duplicates, 50);
    let all = [run(T0, 100), run(T0 + 200_000, 50)].concat();
    for vault in [&first, &second] {
        assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), all);
    }
    second.lock().await.unwrap();
    let second = open(new.path(), &key, 3).await.unwrap();
    assert_eq!(second.series(HR), first.series(HR));
    assert_eq!(second.readings(HR, 0, i64::MAX).await.unwrap(), all);
}

#[tokio::test]
async fn a_record_that_holds_readings_keeps_its_keys() {
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (first, _key) = create(old.path()).await;
    let (second, _key) = another(new.path()).await;
    second.record(&run(T0, 1)).await.unwrap();
    let (keys, before) = (first.series_keys().await.unwrap(), second.series(HR));
    assert_eq!(second.adopt(&keys, &[]).await, Err(VaultError::HoldsReadings));
    assert_eq!(second.series(HR), before);
    assert_eq!(second.readings(HR, 0, i64::MAX).await.unwrap().len(), 1);
    // Its own again are no change.
    let own = second.series_keys().await.unwrap();
    assert_eq!(second.adopt(&own, &[]).await, Ok(()));
    let mut cut = keys;
    let shorter = cut[0].1.len() - 1;
    cut[0].1.truncate(shorter);
    assert_eq!(second.adopt(&cut, &[]).await, Err(VaultError::OutOfBounds));
}

#[tokio::test]
async fn a_computer_follows_into_the_keys_that_another_began() {
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (first, _key) = create(old.path()).await;
    let (second, key) = another(new.path()).await;
    let before = first.series_keys().await.unwrap();
    second.adopt(&before, &[]).await.unwrap();
    // Both have sealed some of the running epoch when the keys begin anew on the first.
    first.record(&run(T0, 100)).await.unwrap();
    second.record(&run(T0 + 4_096_000, 50)).await.unwrap();
    for vault in [&first, &second] {
        vault.flush_epoch(HR, epoch(0)).await.unwrap();
        vault.flush_epoch(HR, epoch(1)).await.unwrap();
    }
    first.new_generations(Category::ALL, epoch(1), &[]).await.unwrap();
    let after = first.series_keys().await.unwrap();
    let about = [("laptops", b"self".to_vec(), b"followed".to_vec())];
    let followed = second.follow_generations(&after, &about).await.unwrap();
    assert_eq!((followed.len(), second.series(HR)), (Category::ALL.len(), first.series(HR)));
    assert_eq!(second.follow_generations(&after, &[]).await, Ok(Vec::new()), "nothing newer");
    assert_eq!(second.cabinet().get("laptops", b"self").await.unwrap().unwrap().as_slice(), b"followed");
    second.record(&run(T0 + 5_000_000, 10)).await.unwrap();
    second.close_epochs(T0 + 3 * 4_096_000).await.unwrap();
    assert_eq!(fetched(&second, &first).await.len(), 60);
    // Whoever has the keys of before, and nothing newer, finds and opens nothing of it.
    let gone = tempfile::tempdir().unwrap();
    let (removed, _key) =
        Vault::create_with(gone.path(), PASS, PassphraseCost::FLOOR, T0, rng(3)).await.unwrap();
    removed.adopt(&before, &[]).await.unwrap();
    let sealed = second.sealed_segments(HR, epoch(1)..=epoch(1)).await.unwrap();
    let leaf = removed.leaf(HR, epoch(1)).unwrap();
    assert_ne!(leaf.locator(), sealed[0].locator);
    assert!(open_manifest(&leaf, &sealed[0].origin, &sealed[0].manifest).is_err());
    second.lock().await.unwrap();
    let second = open(new.path(), &key, 4).await.unwrap();
    assert_eq!(second.readings(HR, 0, i64::MAX).await.unwrap().len(), 60);
}
