//! Deleting for ever: gone from the record, from the file, and from the keys; all of it or nothing; and nothing else.

use rand::RngExt;
use salus_vault::shared::{open_manifest, open_segment};
use salus_vault::{Compacted, Recorded, RecoveryKey, Shred, ShredOutcome, Vault, VaultError};
use salus_wire::{Category, Level};

use crate::process::{dots, say, task, write_and_kill};
use crate::record::{integrity, seed};
use crate::summed::{agrees, compact_all};
use crate::support::{T0, create, epoch, files, find, heart_rate, open, rng, run, verified};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;
const DAY: i64 = 86_400_000;
const LATER: i64 = T0 + 10 * DAY;

/// A few readings in each of `n` epochs.
async fn fill(vault: &Vault, n: i64) {
    for i in 0..n {
        vault.record(&run(T0 + i * EPOCH, 20)).await.unwrap();
    }
}

async fn delete(vault: &Vault, from: i64, to: i64) -> Shred {
    let shown = vault.preview_shred(HR, from, to, LATER).await.unwrap().unwrap();
    let done = vault.shred(&shown, LATER, &[]).await.unwrap();
    assert!(matches!(done, ShredOutcome::Done(s) if s.readings == shown.readings), "{done:?}");
    shown
}

#[tokio::test]
async fn what_was_asked_for_is_gone_in_whole_epochs_and_the_rest_is_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    fill(&vault, 60).await;
    compact_all(&vault, T0 + 40 * EPOCH).await;
    vault.flush_epoch(HR, epoch(45)).await.unwrap();
    vault.cabinet().put("notes", b"about it", b"a note").await.unwrap();
    vault.cabinet().put("notes", b"another", b"stays").await.unwrap();
    let before = vault.readings(HR, 0, i64::MAX).await.unwrap();

    // From the middle of epoch 10 to the middle of epoch 50: sealed, flushed and in the journal, three days of UTC.
    let (from, to) = (T0 + 10 * EPOCH + 5_000, T0 + 50 * EPOCH + 5_000);
    let shown = vault.preview_shred(HR, from, to, LATER).await.unwrap().unwrap();
    assert_eq!((shown.from(), shown.to(), shown.readings), (T0 + 10 * EPOCH, T0 + 51 * EPOCH, 41 * 20));
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), before, "a preview changes nothing");
    let done = vault.shred(&shown, LATER, &[("notes", b"about it".to_vec())]).await.unwrap();
    assert!(matches!(done, ShredOutcome::Done(_)));

    let left: Vec<_> =
        before.iter().filter(|r| !(shown.from()..shown.to()).contains(&r.at)).cloned().collect();
    assert_eq!(left.len(), 19 * 20);
    assert_eq!(vault.cabinet().get("notes", b"about it").await.unwrap(), None);
    assert!(vault.cabinet().get("notes", b"another").await.unwrap().is_some());
    check_left(&vault, &left).await;
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    check_left(&vault, &left).await;
    compact_all(&vault, LATER).await;
    check_left(&vault, &left).await;
    assert_eq!(vault.latest(HR).await.unwrap().as_ref(), left.last());
    assert_eq!(integrity_after(vault, dir.path()).await, "ok");
}

async fn integrity_after(vault: Vault, dir: &std::path::Path) -> String {
    vault.lock().await.unwrap();
    integrity(dir).await
}

async fn check_left(vault: &Vault, left: &[salus_wire::Reading]) {
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), left);
    assert_eq!(vault.count(HR).await.unwrap(), left.len() as u64);
    agrees(vault, HR).await;
    for gone in [10, 30, 50] {
        assert!(vault.leaf(HR, epoch(gone)).is_none() && !vault.holds(HR, epoch(gone)));
        assert!(vault.node(HR, 4, epoch(gone).number() >> 4 << 4).is_none());
    }
    assert!(vault.node(HR, 20, 0).is_none());
    for kept in [9, 51] {
        assert!(vault.leaf(HR, epoch(kept)).is_some());
    }
    assert!(vault.node(Category::BloodPressure, 20, 0).is_some());
    let [hole] = vault.shredded()[..] else { panic!("{:?}", vault.shredded()) };
    assert_eq!((hole.first, hole.last, hole.readings, hole.at), (epoch(10), epoch(50), 41 * 20, LATER));
}

#[tokio::test]
async fn epochs_that_are_not_over_and_spans_without_any_are_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    fill(&vault, 3).await;
    let now = T0 + 2 * EPOCH + 7_000;
    let shown = vault.preview_shred(HR, 0, i64::MAX, now).await.unwrap().unwrap();
    assert_eq!((shown.to(), shown.readings), (T0 + 2 * EPOCH, 40));
    for (from, to, now) in [
        (T0 + 2 * EPOCH, i64::MAX, now),
        (5, 5, now),
        (6, 5, now),
        (i64::MAX - 1, i64::MAX, now),
        (0, i64::MAX, 0),
        (0, i64::MAX, i64::MIN),
    ] {
        assert_eq!(vault.preview_shred(HR, from, to, now).await.unwrap(), None, "{from} {to} {now}");
    }
    // A clock that went back meanwhile deletes nothing.
    assert!(matches!(vault.shred(&shown, T0, &[]).await.unwrap(), ShredOutcome::Changed(_)));
    assert_eq!(vault.count(HR).await.unwrap(), 60);
}

#[tokio::test]
async fn nothing_goes_that_was_not_shown() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    fill(&vault, 3).await;
    let shown = vault.preview_shred(HR, T0, T0 + EPOCH, LATER).await.unwrap().unwrap();
    vault.record(&[heart_rate(T0 + 500_000, 61)]).await.unwrap();
    let changed = vault.shred(&shown, LATER, &[]).await.unwrap();
    assert_eq!(changed, ShredOutcome::Changed(Shred { readings: 21, ..shown }));
    assert_eq!(vault.count(HR).await.unwrap(), 61);
    assert!(vault.shredded().is_empty());
}

#[tokio::test]
async fn what_arrives_late_for_a_deleted_time_is_refused_and_counted() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    fill(&vault, 3).await;
    delete(&vault, T0, T0 + EPOCH).await;
    let late = [run(T0, 20), run(T0 + EPOCH + 50_000, 5)].concat();
    assert_eq!(vault.record(&late).await.unwrap(), Recorded { new: 5, duplicates: 0, refused: 20 });
    assert_eq!(vault.record(&run(T0, 3)).await.unwrap(), Recorded { new: 0, duplicates: 0, refused: 3 });
    assert_eq!(vault.shredded()[0].refused, 23);
    // Another category of the same time is not meant.
    let pressure = salus_wire::Reading { category: Category::BloodPressure, ..heart_rate(T0, 60) };
    assert_eq!(vault.record(&[pressure]).await.unwrap().new, 1);
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(vault.shredded()[0].refused, 23);
    assert_eq!(vault.readings(HR, 0, T0 + EPOCH).await.unwrap(), []);
    // A wider deletion takes the list's line with it, and its count.
    delete(&vault, T0 - EPOCH, T0 + 2 * EPOCH).await;
    let [all] = vault.shredded()[..] else { panic!() };
    assert_eq!((all.first.number(), all.refused, all.readings), (epoch(0).number() - 1, 23, 20 + 25));
}

#[tokio::test]
async fn the_old_keys_and_the_old_octets_are_in_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    fill(&vault, 30).await;
    compact_all(&vault, LATER).await;
    let sealed = vault.sealed_segments(HR, epoch(0)..=epoch(29)).await.unwrap();
    let needle = |s: &salus_vault::SealedEpoch| s.segments[0][60..124].to_vec();
    let there = |n: &[u8]| files(dir.path()).iter().any(|(_, octets)| find(octets, n).is_some());
    assert!(there(&needle(&sealed[5])) && there(&sealed[5].manifest[..64]));
    let shown = delete(&vault, T0 + 5 * EPOCH, T0 + 8 * EPOCH).await;
    let check = |when: &str| {
        for one in &sealed {
            let gone = (shown.first..=shown.last).contains(&one.head.epoch);
            assert_eq!(!there(&needle(one)), gone, "{when} {:?}", one.head.epoch);
            assert_eq!(!there(&one.manifest[..64]), gone, "{when} {:?}", one.head.epoch);
        }
    };
    check("while it is open");
    vault.lock().await.unwrap();
    check("locked");
    // A copy of the sealed octets that somebody kept opens with none of the keys that are left.
    let vault = open(dir.path(), &key, 2).await.unwrap();
    for one in &sealed {
        let gone = (shown.first..=shown.last).contains(&one.head.epoch);
        assert_eq!(vault.leaf(HR, one.head.epoch).is_none(), gone);
        let Some(leaf) = vault.leaf(HR, one.head.epoch) else { continue };
        let manifest = open_manifest(&leaf, &one.origin, &one.manifest).unwrap();
        assert_eq!(open_segment(&leaf, &manifest, &one.segments[0]).unwrap().len(), 20);
    }
}

#[tokio::test]
async fn a_day_that_loses_a_part_gets_another_key_and_a_day_that_goes_whole_has_none() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    fill(&vault, 80).await;
    compact_all(&vault, LATER).await;
    let day = |at: i64| u32::try_from(at / DAY).unwrap();
    let (first, last) = (day(T0 + 5 * EPOCH), day(T0 + 60 * EPOCH));
    assert!(last > first + 1);
    let node = |d: u32| vault.summary_node(HR, Level::Day, 0, d);
    let before: Vec<_> = (first - 1..=last + 1).map(node).collect();
    delete(&vault, T0 + 5 * EPOCH, T0 + 60 * EPOCH).await;
    let after: Vec<_> = (first - 1..=last + 1).map(node).collect();
    let end = after.len() - 1;
    assert_eq!((&after[0], &after[end]), (&before[0], &before[end]), "days outside keep their keys");
    for edge in [1, end - 1] {
        assert!(after[edge].is_some() && after[edge] != before[edge]);
    }
    assert!(after[2..end - 1].iter().all(Option::is_none));
    agrees(&vault, HR).await;
    compact_all(&vault, LATER).await;
    agrees(&vault, HR).await;
}

#[tokio::test]
async fn a_day_that_loses_no_reading_and_its_key_is_summed_up_again() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    for at in [T0, T0 + DAY] {
        vault.record(&run(at, 20)).await.unwrap();
    }
    compact_all(&vault, LATER).await;
    // From later on the first day, where there is nothing.
    delete(&vault, T0 + 5 * EPOCH, T0 + DAY + EPOCH).await;
    assert!(verified(&vault).await.is_whole());
    let first = u32::try_from(T0 / DAY).unwrap();
    assert_eq!(compact_all(&vault, LATER).await, [Compacted::Summed(HR, first)]);
    agrees(&vault, HR).await;
}

#[tokio::test]
async fn a_full_disk_deletes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    fill(&vault, 3).await;
    vault.cap_pages(0).await.unwrap();
    let mut filler = 0_u32;
    let full = loop {
        match vault.cabinet().put("filler", &filler.to_be_bytes(), &[7; 2000]).await {
            Ok(()) => filler += 1,
            Err(e) => break e,
        }
        assert!(filler < 1000, "the file never filled");
    };
    assert_eq!(full, VaultError::DiskFull);
    let mut deleted = 0_usize;
    let (shown, refused) = loop {
        // Of epochs without readings: nothing gives room back, and the keys that are left take more and more.
        let at = i64::try_from(deleted).unwrap() * 512 * EPOCH;
        let shown = vault.preview_shred(HR, at, at + 1, LATER).await.unwrap().unwrap();
        match vault.shred(&shown, LATER, &[]).await {
            Ok(done) => assert!(matches!(done, ShredOutcome::Done(_)), "{done:?}"),
            Err(e) => break (shown, e),
        }
        deleted += 1;
        assert!(deleted < 200, "there was always room");
    };
    assert_eq!(refused, VaultError::DiskFull);
    let is_as_it_was = async |vault: &Vault| {
        assert_eq!((vault.count(HR).await.unwrap(), vault.shredded().len()), (60, deleted));
        assert!(vault.holds(HR, shown.first) && vault.leaf(HR, shown.first).is_some());
    };
    is_as_it_was(&vault).await;
    // What lies on the disk says the same; opened anew, the file may grow again.
    drop(vault);
    let vault = open(dir.path(), &key, 2).await.unwrap();
    is_as_it_was(&vault).await;
    assert!(matches!(vault.shred(&shown, LATER, &[]).await.unwrap(), ShredOutcome::Done(_)));
    assert_eq!((vault.count(HR).await.unwrap(), vault.shredded().len()), (60, deleted + 1));
    assert!(!vault.holds(HR, shown.first) && verified(&vault).await.is_whole());
}

#[tokio::test]
async fn too_many_holes_are_refused_and_delete_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    fill(&vault, 3).await;
    let shown = vault.preview_shred(HR, T0, T0 + EPOCH, LATER).await.unwrap().unwrap();
    let mut deleted = 0_usize;
    let refused = loop {
        // Every 512th epoch since 1970, none of which holds anything.
        let at = i64::try_from(deleted).unwrap() * 512 * EPOCH;
        let empty = vault.preview_shred(HR, at, at + 1, LATER).await.unwrap().unwrap();
        match vault.shred(&empty, LATER, &[]).await {
            Ok(_) => deleted += 1,
            Err(e) => break e,
        }
        assert!(deleted < 860, "the list never filled");
    };
    assert_eq!(refused, VaultError::OutOfBounds);
    // One that lies among keys which are still whole would leave more of them.
    assert_eq!(vault.shred(&shown, LATER, &[]).await, Err(VaultError::OutOfBounds));
    assert_eq!((vault.count(HR).await.unwrap(), vault.shredded().len()), (60, deleted));
    assert!(vault.holds(HR, shown.first) && vault.leaf(HR, shown.first).is_some());
}

/// Deletes an epoch, and another one, until it is killed.
#[tokio::test]
async fn deleter() {
    let Some((dir, key)) = task() else { return };
    let vault = open(&dir, &key, u64::from(std::process::id())).await.unwrap();
    let mut next: u32 = vault.shredded().iter().map(|h| h.last.number() - h.first.number() + 1).sum();
    dots();
    loop {
        let from = T0 + i64::from(next) * EPOCH;
        vault.record(&run(from, 20)).await.unwrap();
        vault.record(&run(from + EPOCH, 20)).await.unwrap();
        if next.is_multiple_of(2) {
            compact_all(&vault, from + EPOCH).await;
        }
        let shown = vault.preview_shred(HR, from, from + EPOCH, i64::MAX).await.unwrap().unwrap();
        say(&format!("shown {next}"));
        vault.shred(&shown, i64::MAX, &[]).await.unwrap();
        next += 1;
        say(&format!("gone {next}"));
    }
}

fn said(line: &str) -> Option<(bool, u32)> {
    let (what, n) = line.split_once(' ')?;
    Some((what == "gone", n.parse().ok()?))
}

/// After a kill an epoch is there whole, with its keys, or gone whole, without them.
async fn all_or_nothing(
    dir: &std::path::Path,
    key: &RecoveryKey,
    last: Option<(bool, u32)>,
    seed: u64,
) -> u32 {
    let vault = open(dir, key, seed).await.unwrap();
    let gone: u32 = vault.shredded().iter().map(|h| h.last.number() - h.first.number() + 1).sum();
    if let Some((done, n)) = last {
        // What is shown may be gone before that could be said.
        let possible = if done { n..=n } else { n..=n + 1 };
        assert!(possible.contains(&gone), "said {last:?}, gone {gone}");
    }
    for n in 0..gone + 3 {
        let from = T0 + i64::from(n) * EPOCH;
        let readings = vault.readings(HR, from, from + EPOCH).await.unwrap();
        assert_eq!(vault.holds(HR, epoch(n)), n >= gone);
        assert!(if n < gone {
            readings.is_empty()
        } else {
            readings.is_empty() || readings == run(from, 20)
        });
    }
    agrees(&vault, HR).await;
    vault.lock().await.unwrap();
    gone
}

#[tokio::test]
async fn killed_in_the_middle_a_deletion_is_done_or_not_done() {
    let mut random = rng(seed());
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    let mut gone = 0;
    for round in 0..20 {
        let when = (random.random_range(1..6), random.random_range(0..400));
        let last = write_and_kill("shred::deleter", (dir.path(), &key), when, said);
        if random.random() {
            assert_eq!(integrity(dir.path()).await, "ok", "round {round}");
        }
        gone = all_or_nothing(dir.path(), &key, last, random.random()).await;
    }
    eprintln!("{gone} deleted");
    assert!(gone > 10, "the deleter hardly deleted");
}
