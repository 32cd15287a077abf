//! Slots around what the patient deleted for ever: a node above it would give its key, so smaller nodes are wrapped instead.
//!
//! ```text
//! slots      [      level 8      ]            the leaf x was deleted
//! wrapped    [4][4][4][0][0]x[0][0]..[4][4]   everything else of the slot, for this series
//! asked      the slot, as far as some series has it whole, and the smaller ones that the others have
//! ```
//!
//! Where nothing was deleted this is [`crate::cover`]. A slot that no series has is not asked for: the patient deleted it.

use std::collections::BTreeSet;

use salus_keeper::release::MAX_SLOTS;
use salus_keeper::slot::LEVELS;
use salus_keeper::{Scope, Slot};
use salus_vault::Tree;
use salus_wire::UnixMillis;

use crate::cover::to_ask;

/// The slot itself, or the largest slots in it of which the tree has a node.
#[must_use]
pub fn around(tree: &Tree, slot: Slot) -> Vec<Slot> {
    if tree.has(slot.level(), slot.start()) {
        return vec![slot];
    }
    parts(slot).into_iter().flat_map(|part| around(tree, part)).collect()
}

/// The slots that open everything in the scope that some series holds a wrap for; each series' wraps as a set.
#[must_use]
pub fn to_ask_of(series: &[BTreeSet<Slot>], scope: Scope, at: UnixMillis) -> Vec<Slot> {
    let all: Vec<&BTreeSet<Slot>> = series.iter().collect();
    let mut asked = BTreeSet::new();
    to_ask(scope, at).into_iter().for_each(|slot| spread(slot, &all, &mut asked));
    asked.into_iter().collect()
}

/// [`to_ask_of`] in requests that a keeper takes, newest first.
#[must_use]
pub fn requests_of(series: &[BTreeSet<Slot>], scope: Scope, at: UnixMillis) -> Vec<Vec<Slot>> {
    to_ask_of(series, scope, at).rchunks(MAX_SLOTS).map(<[Slot]>::to_vec).collect()
}

fn spread(slot: Slot, series: &[&BTreeSet<Slot>], asked: &mut BTreeSet<Slot>) {
    let (whole, split): (Vec<_>, Vec<_>) = series.iter().copied().partition(|wraps| wraps.contains(&slot));
    if !whole.is_empty() {
        asked.insert(slot);
    }
    if !split.is_empty() {
        parts(slot).into_iter().for_each(|part| spread(part, &split, asked));
    }
}

/// The slots of the next smaller level in a slot; none of an epoch.
fn parts(slot: Slot) -> Vec<Slot> {
    let Some(level) = LEVELS.into_iter().find(|level| *level < slot.level()) else { return Vec::new() };
    let starts = (slot.start()..=slot.last()).step_by(1 << level);
    starts.filter_map(|start| Slot::new(level, start).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_vault::Key;

    const NOW: UnixMillis = 438_300 * 4_096_000;

    fn slot(level: u8, start: u32) -> Slot {
        Slot::new(level, start).unwrap()
    }

    fn epochs(slots: &[Slot]) -> Vec<u32> {
        slots.iter().flat_map(|s| s.start()..=s.last()).collect()
    }

    #[test]
    fn a_whole_tree_gives_the_slot_and_one_with_a_hole_everything_else_of_it() {
        let tree = Tree::whole(Key::new([1; 32]));
        let block = slot(8, 438_016);
        assert_eq!(around(&tree, block), [block]);
        let left = tree.without(438_040, 438_041).unwrap();
        let slots = around(&left, block);
        assert_eq!(epochs(&slots), (438_016..438_272).filter(|e| !left_out(*e)).collect::<Vec<_>>());
        assert_eq!(slots.len(), 15 + 14);
        assert!(around(&left, slot(0, 438_040)).is_empty());
    }

    fn left_out(epoch: u32) -> bool {
        (438_040..=438_041).contains(&epoch)
    }

    #[test]
    fn each_series_is_asked_for_what_it_has_and_nothing_is_asked_for_that_none_has() {
        let scope = Scope::new(438_016, 438_271).unwrap();
        let tree = Tree::whole(Key::new([1; 32]));
        let block = slot(8, 438_016);
        let whole: BTreeSet<Slot> = [block].into();
        let holed: BTreeSet<Slot> =
            around(&tree.without(438_040, 438_041).unwrap(), block).into_iter().collect();
        assert_eq!(to_ask_of(&[whole.clone(), whole.clone()], scope, NOW), [block]);
        let both = to_ask_of(&[whole, holed.clone()], scope, NOW);
        assert!(both.contains(&block) && holed.iter().all(|s| both.contains(s)));
        let alone = to_ask_of(std::slice::from_ref(&holed), scope, NOW);
        assert_eq!(alone, holed.into_iter().collect::<Vec<_>>());
        assert!(!epochs(&alone).iter().any(|e| left_out(*e)));
    }
}
