//! Holes in a tree of keys.

use super::*;
use proptest::prelude::*;

fn tree() -> Tree {
    Tree::whole(Key::new([7; 32]))
}

fn epoch(n: u32) -> Epoch {
    Epoch::new(n).unwrap()
}

#[test]
fn the_deleted_leaf_is_gone_and_the_siblings_of_its_path_are_left() {
    let left = tree().without(438_232, 438_232).unwrap();
    assert_eq!(left.0.len(), usize::from(DEPTH));
    assert!(left.leaf(epoch(438_232)).is_none() && !left.holds(438_232) && left.root().is_none());
    for near in [0, 438_231, 438_233, Epoch::LAST.0] {
        assert_eq!(left.leaf(epoch(near)), tree().leaf(epoch(near)), "{near}");
    }
    for (level, start) in
        [(0, 438_232), (0, 438_233), (3, 438_232), (3, 438_240), (20, 0), (3, 438_241), (19, 0)]
    {
        assert_eq!(left.has(level, start), left.descend(level, start).is_some(), "{level} {start}");
    }
    // No node above it can be had, and those beside it can.
    assert!((0..=DEPTH).all(|level| left.descend(level, 438_232 >> level << level).is_none()));
    assert_eq!(left.descend(3, 438_240), tree().descend(3, 438_240));
}

#[test]
fn a_renewed_leaf_has_another_key_and_its_neighbours_the_old_ones() {
    let renewed = tree().renewed(40, Key::new([9; 32])).unwrap();
    assert!(renewed.leaf(epoch(40)).is_some());
    assert_ne!(renewed.leaf(epoch(40)), tree().leaf(epoch(40)));
    assert_eq!(renewed.leaf(epoch(41)), tree().leaf(epoch(41)));
    assert!(renewed.descend(1, 40).is_none(), "a node above would give the old key");
    assert_eq!(Tree::decode(&renewed.encode()), Some((renewed.clone(), &[][..])));
}

#[test]
fn a_tree_that_is_renewed_from_a_leaf_on_is_the_old_one_before_and_another_one_behind() {
    let left = tree().without(30, 39).unwrap().without(60, 61).unwrap();
    let fresh = Tree::whole(Key::new([9; 32]));
    let renewed = left.renewed_from(50, Key::new([9; 32])).unwrap();
    for number in [0, 29, 40, 49] {
        assert_eq!(renewed.leaf(epoch(number)), tree().leaf(epoch(number)), "{number}");
    }
    for number in [50, 59, 62, 438_232, Epoch::LAST.0] {
        assert_eq!(renewed.leaf(epoch(number)), fresh.leaf(epoch(number)), "{number}");
        assert_ne!(renewed.leaf(epoch(number)), tree().leaf(epoch(number)), "{number}");
    }
    // What was deleted for ever is not there again, on either side.
    assert_eq!(renewed.holes(), [(30, 39), (60, 61)]);
    assert!(renewed.root().is_none() && renewed.descend(6, 0).is_none(), "a node above would give both");
    assert_eq!(Tree::decode(&renewed.encode()), Some((renewed.clone(), &[][..])));
    assert_eq!(left.renewed_from(0, Key::new([9; 32])).unwrap().holes(), left.holes());
    let (before, behind) = (renewed.within(0, 49).unwrap(), renewed.within(50, Epoch::LAST.0).unwrap());
    assert_eq!([before.0, behind.0].concat(), renewed.0);
    assert!(renewed.within(30, 39).unwrap().is_empty());
}

#[test]
fn the_stored_form_is_the_documented_one() {
    let left = tree().without(1, Epoch::LAST.0).unwrap();
    let key = tree().descend(0, 0).unwrap();
    let octets = [&[1, 0, 1, 0, 0, 0, 0, 0][..], key.key().expose()].concat();
    assert_eq!(left.encode()[..], octets);
    // HMAC-SHA256(K, "hg/v1/ggm" || 00) twenty times, from 07 repeated, by Python's hmac.
    assert_eq!(
        hex::encode(key.key().expose()),
        "b1b0ce18978d941ea9abcf250f61feef2168da363288966efefe5325cade12c2"
    );
    for cut in 0..octets.len() {
        assert_eq!(Tree::decode(&octets[..cut]), None);
    }
    let node = |level: u8, start: u32| [&[level][..], &start.to_be_bytes(), &[3; 32]].concat();
    for nodes in [[node(1, 0), node(0, 1)], [node(0, 1), node(0, 0)], [node(1, 1), node(0, 3)]] {
        assert_eq!(Tree::decode(&[&[1, 0, 2][..], &nodes.concat()].concat()), None, "{nodes:?}");
    }
}

#[test]
fn many_holes_are_refused_before_they_are_too_many() {
    let mut tree = tree();
    let mut holes = 0;
    while let Some(left) = tree.without(holes * 512, holes * 512) {
        tree = left;
        holes += 1;
    }
    assert!((400..2048).contains(&holes), "{holes}");
}

proptest! {
    #[test]
    fn exactly_the_deleted_leaves_are_gone(
        ranges in proptest::collection::vec((0u32..400, 0u32..60), 0..6),
        probes in proptest::collection::vec(0u32..480, 40),
    ) {
        let mut left = tree();
        for (first, length) in &ranges {
            left = left.without(*first, first + length).unwrap();
        }
        for probe in probes {
            let deleted = ranges.iter().any(|(first, length)| (*first..=first + length).contains(&probe));
            let expected = (!deleted).then(|| tree().leaf(epoch(probe)).unwrap());
            prop_assert_eq!(left.leaf(epoch(probe)), expected);
            prop_assert_eq!(left.holds(probe), !deleted);
        }
        let listed: Vec<u32> = left.holes().into_iter().flat_map(|(first, last)| first..=last).collect();
        prop_assert_eq!(listed, (0..480).filter(|n| !left.holds(*n)).collect::<Vec<_>>());
        let stored = left.encode();
        prop_assert_eq!(Tree::decode(&stored), Some((left, &[][..])));
    }

    #[test]
    fn each_leaf_of_a_tree_that_was_renewed_again_and_again_is_of_the_last_root_that_began_before_it(
        from in proptest::collection::vec(0u32..400, 0..8), probes in proptest::collection::vec(0u32..480, 20),
    ) {
        let mut renewed = tree();
        let mut roots = vec![(0, Key::new([7; 32]))];
        for (n, from) in (10u8..).zip(from) {
            renewed = renewed.renewed_from(from, Key::new([n; 32])).unwrap();
            roots.retain(|(earlier, _)| *earlier < from);
            roots.push((from, Key::new([n; 32])));
        }
        prop_assert!(renewed.holes().is_empty());
        for probe in probes {
            let of = roots.iter().rev().find(|(from, _)| *from <= probe).unwrap();
            prop_assert_eq!(renewed.leaf(epoch(probe)), Node::root(of.1.clone()).leaf(epoch(probe)));
        }
    }

    #[test]
    fn random_octets_never_panic(octets in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Some((tree, rest)) = Tree::decode(&octets) {
            prop_assert_eq!([&tree.encode()[..], rest].concat(), octets);
        }
    }
}
