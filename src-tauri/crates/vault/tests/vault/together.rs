//! Epochs that are read together: some by one query, each with its own key, its segments and its part of the journal.

use std::ops::Range;

use salus_vault::VaultError;
use salus_wire::{Category, Reading};

use crate::support::{T0, change, create, heart_rate, open, run};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;
/// More than one query asks for.
const EPOCHS: i64 = 70;
/// Nothing was measured in it; more than one segment holds; something came after it was sealed.
const EMPTY: i64 = 7;
const BUSY: i64 = 33;
const LATE: i64 = 50;

#[tokio::test]
async fn epochs_that_are_read_together_are_those_that_are_read_one_by_one() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let busy: Vec<Reading> =
        (0..8200).map(|n| heart_rate(T0 + BUSY * EPOCH + n * 400, 60 + n % 40)).collect();
    let ordinary = |numbers: Range<i64>| -> Vec<Reading> {
        numbers.filter(|n| ![EMPTY, BUSY].contains(n)).flat_map(|n| run(T0 + n * EPOCH, 3)).collect()
    };
    // The newer ones first, so that the rows of the table are in another order than the epochs.
    let mut all = ordinary(EPOCHS / 2..EPOCHS);
    vault.record(&all).await.unwrap();
    let older = [ordinary(0..EPOCHS / 2), busy].concat();
    vault.record(&older).await.unwrap();
    all.extend(older);
    vault.close_epochs(T0 + EPOCHS * EPOCH).await.unwrap();
    let late = run(T0 + LATE * EPOCH + 500_000, 2);
    vault.record(&late).await.unwrap();
    all.extend(late);
    all.sort_by_key(|r| r.at);

    let together = vault.readings(HR, 0, i64::MAX).await.unwrap();
    assert!(together == all, "{} of {} readings", together.len(), all.len());
    let (mut apart, mut columns) = (Vec::new(), Vec::new());
    for n in 0..EPOCHS {
        let (from, to) = (T0 + n * EPOCH, T0 + (n + 1) * EPOCH);
        apart.append(&mut vault.readings(HR, from, to).await.unwrap());
        columns.append(&mut vault.columns(HR, from, to).await.unwrap());
    }
    assert!(apart == together, "{} of {} readings", apart.len(), together.len());
    let times = |all: &[salus_vault::segment::Columns]| -> Vec<i64> {
        all.iter().flat_map(|columns| columns.times().to_vec()).collect()
    };
    let sealed = vault.columns(HR, 0, i64::MAX).await.unwrap();
    assert_eq!((sealed.len(), times(&sealed)), (columns.len(), times(&columns)));
    assert!(columns.len() > usize::try_from(EPOCHS).unwrap() - 1, "the busy epoch has several segments");
    vault.lock().await.unwrap();

    // One segment less than the heads say: nothing of the range is given as if it were whole.
    change(dir.path(), "DELETE FROM segment WHERE id = (SELECT MAX(id) FROM segment)").await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert!(matches!(vault.readings(HR, 0, i64::MAX).await, Err(VaultError::Damaged { .. })));
    let (readable, damaged) = vault.readable(HR, 0, i64::MAX).await.unwrap();
    assert!(damaged == 1 && readable.len() < all.len(), "{damaged} damaged, {} readable", readable.len());
}
