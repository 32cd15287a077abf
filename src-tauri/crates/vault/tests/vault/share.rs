//! Another record's reader: opens exactly what its node covers, sees what was dropped, takes the newest list.

use salus_vault::seal::SealError;
use salus_vault::shared::{open_manifest, open_segment};
use salus_vault::summary::{day_of, given};
use salus_vault::{Node, SharedError};
use salus_wire::{Category, ErrorCode};

use crate::summed::compact_all;
use crate::support::{T0, create, epoch, run};

const HR: Category = Category::HeartRate;

#[tokio::test]
async fn a_node_opens_its_epochs_and_no_others() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    vault.record(&run(T0, 3 * 4096)).await.unwrap();
    vault.close_epochs(T0 + 3 * 4_096_000).await.unwrap();
    let sealed = vault.sealed_segments(HR, epoch(0)..=epoch(9)).await.unwrap();
    assert_eq!(sealed.len(), 3);

    // What the capsule carries: one node's key, the origin.
    let node = vault.node(HR, 0, epoch(1).number()).unwrap();
    let node = Node::new(0, node.start(), node.key().clone()).unwrap();
    let (leaf, origin) = (node.leaf(epoch(1)).unwrap(), vault.origin(HR));
    assert_eq!(leaf.locator(), sealed[1].locator);
    let manifest = open_manifest(&leaf, &origin, &sealed[1].manifest).unwrap();
    assert!(manifest.closed);
    let read = open_segment(&leaf, &manifest, &sealed[1].segments[0]).unwrap();
    assert_eq!(read, run(T0 + 4_096_000, 4096));

    assert!(node.leaf(epoch(0)).is_none());
    let refused = open_manifest(&leaf, &origin, &sealed[0].manifest);
    assert_eq!(refused, Err(SharedError::Seal(SealError::WrongKey)));
    assert_eq!(open_segment(&leaf, &manifest, &sealed[0].segments[0]), Err(SharedError::NotListed));
}

#[tokio::test]
async fn a_flushed_epoch_opens_at_once_and_a_later_list_replaces_it() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    assert_eq!(vault.flush_epoch(HR, epoch(0)).await.unwrap(), None);
    vault.record(&run(T0, 10)).await.unwrap();
    let first = vault.flush_epoch(HR, epoch(0)).await.unwrap().unwrap();
    assert_eq!(
        vault.flush_epoch(HR, epoch(0)).await.unwrap().unwrap(),
        first,
        "nothing new, nothing sealed anew"
    );
    vault.record(&run(T0 + 10_000, 10)).await.unwrap();
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), run(T0, 20));
    let second = vault.flush_epoch(HR, epoch(0)).await.unwrap().unwrap();
    vault.close_epochs(T0 + 4_096_000).await.unwrap();
    let third = vault.flush_epoch(HR, epoch(0)).await.unwrap().unwrap();

    let (leaf, origin) = (vault.leaf(HR, epoch(0)).unwrap(), vault.origin(HR));
    let lists: Vec<_> = [&first, &second, &third]
        .iter()
        .map(|s| open_manifest(&leaf, &origin, &s.manifest).unwrap())
        .collect();
    let summary: Vec<_> =
        lists.iter().map(|m| (m.version, m.closed, m.readings(), m.entries[0].seq)).collect();
    assert_eq!(summary, [(1, false, 10, 1), (2, false, 20, 2), (3, true, 20, 3)]);
    assert_eq!(open_segment(&leaf, &lists[1], &second.segments[0]).unwrap().len(), 20);
    assert_eq!(open_segment(&leaf, &lists[1], &first.segments[0]), Err(SharedError::NotListed));
}

#[tokio::test]
async fn an_altered_segment_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    vault.record(&run(T0, 10)).await.unwrap();
    let sealed = vault.flush_epoch(HR, epoch(0)).await.unwrap().unwrap();
    let (leaf, origin) = (vault.leaf(HR, epoch(0)).unwrap(), vault.origin(HR));
    let manifest = open_manifest(&leaf, &origin, &sealed.manifest).unwrap();
    for at in [0, 30, 60, sealed.segments[0].len() - 1] {
        let mut altered = sealed.segments[0].clone();
        altered[at] ^= 1;
        let refused = open_segment(&leaf, &manifest, &altered).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::SegmentAltered);
        let mut altered = sealed.manifest.clone();
        let at = at % altered.len();
        altered[at] ^= 1;
        assert!(open_manifest(&leaf, &origin, &altered).is_err());
    }
    // A manifest that another key signed.
    let mut other = origin;
    other.writer.key = ed25519_dalek::SigningKey::from_bytes(&[1; 32]).verifying_key().to_bytes();
    assert_eq!(open_manifest(&leaf, &other, &sealed.manifest).unwrap_err().code(), ErrorCode::ProofFailed);
}

#[tokio::test]
async fn a_day_is_given_once_it_is_over_and_sealed_and_its_key_opens_no_reading() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    let tree = vault.day_tree(HR).await.unwrap();
    assert_eq!(vault.day_tree(HR).await.unwrap(), tree, "made once");
    vault.record(&run(T0, 100)).await.unwrap();
    let day = day_of(T0).unwrap();
    let midnight = salus_vault::summary::day_start(day + 1);
    let after = midnight + 2 * 4_096_000;
    assert_eq!(vault.summed_days(HR, day..=day, after).await.unwrap(), [], "not sealed yet");
    assert_eq!(vault.give_day(HR, day).await.unwrap(), None);
    compact_all(&vault, after).await;
    assert_eq!(vault.summed_days(HR, day..=day, midnight - 1).await.unwrap(), [], "not over yet");
    let days = vault.summed_days(HR, day - 1..=day + 1, after).await.unwrap();
    let [(found, version)] = days[..] else { panic!("{days:?}") };
    assert_eq!(found, day);

    let sealed = vault.give_day(HR, day).await.unwrap().unwrap();
    let leaf = tree.descend(0, day).unwrap();
    assert_eq!(given::locator(&leaf, day), Some(sealed.locator));
    let opened = given::open(&leaf, &sealed.origin, day, &sealed.octets).unwrap();
    assert_eq!((opened.version, opened.rows.len(), opened.rows[0].count), (version, 1, 100));

    // The key of the day, in the place of any epoch's.
    let epochs = vault.sealed_segments(HR, epoch(0)..=epoch(0)).await.unwrap();
    let node = Node::new(0, epoch(0).number(), leaf.key().clone()).unwrap();
    let refused = open_manifest(&node.leaf(epoch(0)).unwrap(), &sealed.origin, &epochs[0].manifest);
    assert_eq!(refused, Err(SharedError::Seal(SealError::WrongKey)));

    // What comes late is waited for, and makes a newer version.
    vault.record(&run(T0 + 500_000, 1)).await.unwrap();
    assert_eq!(vault.summed_days(HR, day..=day, after).await.unwrap(), []);
    compact_all(&vault, after).await;
    let newer = vault.give_day(HR, day).await.unwrap().unwrap();
    let opened = given::open(&leaf, &newer.origin, day, &newer.octets).unwrap();
    assert!(opened.version > version && opened.rows[0].count == 101);
    assert_eq!(newer.locator, sealed.locator);
}
