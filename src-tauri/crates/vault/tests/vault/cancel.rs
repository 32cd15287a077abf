//! Adversary: operations that are dropped half way, at every step. The next one is durable all the same.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use salus_vault::backup::{self, Watch};
use salus_wire::Category;

use crate::support::{T0, create, epoch, files, open, run};

const HR: Category = Category::HeartRate;
const BATCH: i64 = 10;

/// Polls at most `steps` times, letting the database's thread answer in between, then drops the future.
async fn cut_short<T>(work: impl Future<Output = T>, steps: usize) -> Option<T> {
    let mut work = pin!(work);
    for _ in 0..steps {
        if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return Some(done);
        }
        for _ in 0..20 {
            tokio::task::yield_now().await;
            std::thread::yield_now();
        }
    }
    None
}

#[tokio::test]
async fn a_dropped_operation_leaves_the_next_one_durable() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, key) = create(dir.path()).await;
    let (mut cut, mut done) = (0, 0);
    for round in 0u8..24 {
        let from = T0 + i64::from(round) * BATCH * 1000;
        let batch = run(from, BATCH);
        let steps = usize::from(round);
        match cut_short(vault.record(&batch), steps).await {
            Some(recorded) => {
                recorded.unwrap();
                done += 1;
            }
            None => cut += 1,
        }
        cut_short(vault.flush_epoch(HR, epoch(0)), steps / 2).await;
        vault.cabinet().put("rounds", &[round], b"done").await.unwrap();
        assert_eq!(vault.cabinet().list("rounds").await.unwrap().len(), usize::from(round) + 1);
        // No locking: what was acknowledged is on disk already.
        drop(vault);
        vault = open(dir.path(), &key, 100 + u64::from(round)).await.unwrap();
        assert_eq!(vault.cabinet().list("rounds").await.unwrap().len(), usize::from(round) + 1);
        let stored = vault.readings(HR, from, from + BATCH * 1000).await.unwrap();
        assert!(stored.is_empty() || stored == batch, "all or nothing");
        vault.record(&batch).await.unwrap();
        assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), run(T0, i64::from(round + 1) * BATCH));
    }
    assert!(cut > 0, "nothing was cut short, {done} were done");
}

/// Locking drops a backup wherever it is; whoever locks waits for its threads.
#[tokio::test]
async fn a_dropped_backup_leaves_nothing_half_done_once_its_threads_rest() {
    let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, _key) = create(dir.path()).await;
    vault.cabinet().put("ballast", b"one", &vec![7; 6 << 20]).await.unwrap();
    let (mut cut, mut whole) = (0, 0);
    for round in 0u8..16 {
        let (watch, at) = (Watch::silent(), T0 + i64::from(round) * 1000);
        match cut_short(vault.back_up(folder.path(), at, None, &watch), usize::from(round)).await {
            Some(made) => {
                made.unwrap();
                whole += 1;
            }
            None => cut += 1,
        }
        watch.at_rest().await;
        assert!(files(folder.path()).iter().all(|(name, _)| name.ends_with(".age")), "{round}");
        assert!(files(dir.path()).iter().all(|(name, _)| !name.contains("snapshot")), "{round}");
        assert!(backup::list(folder.path(), vault.record_id()).unwrap().len() >= whole);
        vault.cabinet().put("rounds", &[round], b"done").await.unwrap();
        assert_eq!(vault.cabinet().list("rounds").await.unwrap().len(), usize::from(round) + 1);
    }
    assert!(cut > 0, "nothing was cut short, {whole} were made");
    vault.lock().await.unwrap();
}
