//! Taking out what came from one source: the rest stays as it was, the log goes on, and everything verifies.

use salus_vault::{Recorded, VaultError};
use salus_wire::{Category, DeviceId, Reading};

use crate::record::integrity;
use crate::summed::{agrees, compact_all};
use crate::support::{T0, create, epoch, heart_rate, open, run, verified};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;
const FILE: DeviceId = DeviceId([0xF1; 16]);

/// `n` readings of the file, half a second after the device's own.
fn imported(from: i64, n: i64) -> Vec<Reading> {
    let one = |i: i64| Reading { device: FILE, ..heart_rate(from + i * 1000 + 500, 70) };
    (0..n).map(one).collect()
}

#[tokio::test]
async fn what_came_from_a_file_goes_sealed_or_not_and_the_rest_stays() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    // Beside a device's readings, and alone in their hour; sealed and in the journal.
    let own: Vec<Reading> = [0, 2].into_iter().flat_map(|i| run(T0 + i * EPOCH, 20)).collect();
    vault.record(&own).await.unwrap();
    for i in [0, 1] {
        vault.record(&imported(T0 + i * EPOCH, 10)).await.unwrap();
    }
    compact_all(&vault, T0 + 5 * EPOCH).await;
    vault.record(&imported(T0 + 2 * EPOCH, 10)).await.unwrap();
    assert_eq!(vault.count(HR).await.unwrap(), 70);

    for i in 0..3 {
        let gone = vault.take_out(HR, epoch(i), FILE).await.unwrap();
        assert_eq!((gone.len(), gone.iter().all(|r| r.device == FILE)), (10, true), "epoch {i}");
        // A second time there is nothing to take.
        assert_eq!(vault.take_out(HR, epoch(i), FILE).await.unwrap(), []);
    }
    assert_eq!(vault.take_out(HR, epoch(9), FILE).await.unwrap(), []);
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), own);
    compact_all(&vault, T0 + 5 * EPOCH).await;
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), own);
    agrees(&vault, HR).await;
    let report = verified(&vault).await;
    assert!(report.damage.is_empty(), "{:?}", report.damage);
    // What the depots are to hold is of a later version, and of the hour that is empty now an empty one.
    let sealed = vault.sealed_segments(HR, epoch(0)..=epoch(2)).await.unwrap();
    let shape: Vec<_> = sealed.iter().map(|s| (s.head.readings, s.head.version, s.segments.len())).collect();
    assert_eq!(shape.iter().map(|s| (s.0, s.2)).collect::<Vec<_>>(), [(20, 1), (0, 0), (20, 1)]);
    assert!(shape.iter().all(|s| s.1 >= 2), "{shape:?}");

    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), own);
    // It can come again: what is gone is not taken for known.
    let again = vault.record(&imported(T0 + EPOCH, 10)).await.unwrap();
    assert_eq!(again, Recorded { new: 10, ..Recorded::default() });
    compact_all(&vault, T0 + 5 * EPOCH).await;
    assert!(verified(&vault).await.damage.is_empty());
    vault.lock().await.unwrap();
    assert_eq!(integrity(dir.path()).await, "ok");
}

#[tokio::test]
async fn nothing_is_taken_out_of_an_hour_that_was_deleted() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _) = create(dir.path()).await;
    vault.record(&imported(T0, 10)).await.unwrap();
    compact_all(&vault, T0 + 5 * EPOCH).await;
    let shown = vault.preview_shred(HR, T0, T0 + EPOCH, T0 + 5 * EPOCH).await.unwrap().unwrap();
    vault.shred(&shown, T0 + 5 * EPOCH, &[]).await.unwrap();
    assert_eq!(vault.take_out(HR, epoch(0), FILE).await, Ok::<_, VaultError>(Vec::new()));
    vault.lock().await.unwrap();
}
