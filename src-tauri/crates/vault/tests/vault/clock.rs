//! Adversary: the computer's clock goes back a year, and comes forward again. Nothing is lost, doubled or opened anew.

use salus_vault::{Recorded, VaultError};
use salus_wire::Category;

use crate::support::{T0, create, epoch, heart_rate, open, run};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;
/// 365 days in milliseconds.
const YEAR: i64 = 365 * 86_400_000;

#[tokio::test]
async fn a_clock_that_goes_back_a_year_loses_nothing_and_opens_no_closed_epoch() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 100)).await.unwrap();
    vault.close_epochs(T0 + EPOCH).await.unwrap();
    vault.record(&run(T0 + EPOCH, 50)).await.unwrap();
    let before = vault.epochs(HR, epoch(0)..=epoch(1)).await.unwrap();

    // The clock says last year: readings arrive with last year's instants, epochs are closed by last year's time.
    let earlier = run(T0 - YEAR, 30);
    assert_eq!(vault.record(&earlier).await.unwrap(), Recorded { new: 30, duplicates: 0, refused: 0 });
    assert_eq!(vault.close_epochs(T0 - YEAR).await.unwrap(), []);
    assert_eq!(vault.epochs(HR, epoch(0)..=epoch(1)).await.unwrap(), before);
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(vault.epochs(HR, epoch(0)..=epoch(1)).await.unwrap(), before);
    // What is from the future by this clock is read, sealed and kept apart from copies as ever.
    assert_eq!(vault.latest(HR).await.unwrap(), run(T0 + EPOCH, 50).pop());
    assert_eq!(vault.record(&run(T0, 100)).await.unwrap(), Recorded { new: 0, duplicates: 100, refused: 0 });
    let ahead = vault.flush_epoch(HR, epoch(1)).await.unwrap().unwrap();
    assert_eq!((ahead.head.readings, ahead.head.closed), (50, false));

    // The clock is right again: last year's epoch is over, and so is the one that was sealed early.
    assert_eq!(vault.close_epochs(T0 + 2 * EPOCH).await.unwrap().len(), 2);
    assert_eq!(vault.readings(HR, T0 - YEAR, T0).await.unwrap(), earlier);
    assert_eq!(vault.readings(HR, T0, i64::MAX).await.unwrap(), [run(T0, 100), run(T0 + EPOCH, 50)].concat());
    assert!(vault.epochs(HR, epoch(0)..=epoch(1)).await.unwrap().iter().all(|h| h.closed));
}

#[tokio::test]
async fn a_clock_before_1970_or_after_2106_is_refused_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    vault.record(&run(T0, 5)).await.unwrap();
    for at in [-1, i64::MIN, (1 << 32) * 1000, i64::MAX - 2] {
        assert_eq!(vault.record(&[heart_rate(at, 60)]).await, Err(VaultError::OutOfBounds), "{at}");
    }
    for now in [i64::MIN, -1, 0] {
        assert_eq!(vault.close_epochs(now).await.unwrap(), []);
    }
    assert_eq!(vault.readings(HR, i64::MIN, i64::MAX).await.unwrap(), run(T0, 5));
}
