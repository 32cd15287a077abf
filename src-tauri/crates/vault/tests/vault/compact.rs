//! Compaction: in small steps, after a grace, and past what is damaged.

use salus_vault::{Compacted, VaultError};
use salus_wire::Category;

use crate::summed::{agrees, compact_all};
use crate::support::{T0, create, epoch, find, open, run};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;
const GRACE: i64 = 120_000;

#[tokio::test]
async fn an_epoch_is_sealed_by_itself_once_its_grace_is_over_and_again_for_what_comes_late() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 100)).await.unwrap();
    for early in [0, T0, T0 + EPOCH, T0 + EPOCH + GRACE - 1] {
        assert_eq!(vault.compact(early, GRACE).await.unwrap(), Compacted::Nothing, "{early}");
    }
    let over = T0 + EPOCH + GRACE;
    assert_eq!(vault.compact(over, GRACE).await.unwrap(), Compacted::Sealed(HR, epoch(0)));
    let day = u32::try_from(T0 / 86_400_000).unwrap();
    assert_eq!(vault.compact(over, GRACE).await.unwrap(), Compacted::Summed(HR, day));
    assert_eq!(vault.compact(over, GRACE).await.unwrap(), Compacted::Nothing);

    vault.record(&run(T0 + 200_000, 1)).await.unwrap();
    assert_eq!(vault.compact(over, GRACE).await.unwrap(), Compacted::Sealed(HR, epoch(0)));
    let head = vault.epochs(HR, epoch(0)..=epoch(0)).await.unwrap()[0];
    assert_eq!((head.version, head.closed, head.readings, head.unsealed), (2, true, 101, 0));
    vault.lock().await.unwrap();
    // What was left is found after the next unlocking.
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(compact_all(&vault, over).await, [Compacted::Summed(HR, day)]);
    agrees(&vault, HR).await;
}

#[tokio::test]
async fn a_clock_at_the_end_of_time_does_not_overflow() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    vault.record(&run(T0, 5)).await.unwrap();
    assert_eq!(vault.compact(i64::MIN, i64::MAX).await.unwrap(), Compacted::Nothing);
    assert_eq!(vault.compact(i64::MAX, i64::MIN).await.unwrap(), Compacted::Sealed(HR, epoch(0)));
}

#[tokio::test]
async fn a_damaged_epoch_is_told_once_and_the_others_are_sealed_and_summed_up() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    for n in 0..3 {
        vault.record(&run(T0 + n * EPOCH, 50)).await.unwrap();
    }
    vault.flush_epoch(HR, epoch(1)).await.unwrap();
    let sealed = vault.sealed_segments(HR, epoch(1)..=epoch(1)).await.unwrap();
    vault.lock().await.unwrap();
    let path = dir.path().join("vault.db");
    let mut octets = std::fs::read(&path).unwrap();
    let at = find(&octets, &sealed[0].segments[0][100..164]).unwrap();
    octets[at] ^= 1;
    std::fs::write(&path, octets).unwrap();

    let vault = open(dir.path(), &key, 2).await.unwrap();
    let (mut done, mut told) = (Vec::new(), 0);
    loop {
        match vault.compact(T0 + 4 * EPOCH, 0).await {
            Ok(Compacted::Nothing) => break,
            Ok(step) => done.push(step),
            Err(VaultError::Damaged { .. }) => told += 1,
            Err(e) => panic!("{e}"),
        }
        assert!(told < 5, "it is tried again and again");
    }
    assert_eq!(told, 1);
    for n in [0, 2] {
        assert!(done.contains(&Compacted::Sealed(HR, epoch(n))), "{done:?}");
    }
    assert!(done.iter().any(|s| matches!(s, Compacted::Summed(..))));
    assert!(matches!(vault.close_epochs(T0 + 4 * EPOCH).await, Err(VaultError::Damaged { .. })));
    assert_eq!(vault.readings(HR, T0, T0 + EPOCH).await.unwrap(), run(T0, 50));
}
