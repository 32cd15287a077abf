//! The leaves of many epochs: neighbours have most of the way down the tree in common, which is gone once.
//!
//! By itself a leaf is twenty keyed hashes from the root; of a year's 7,700 in a row each is two.

use super::{DEPTH, Epoch, Leaf, Node, Tree};

impl Tree {
    /// The leaves of epochs, in their order; `None` for one that was deleted. The same as [`Tree::leaf`] of each.
    #[must_use]
    pub fn leaves(&self, epochs: impl IntoIterator<Item = Epoch>) -> Vec<Option<Leaf>> {
        // Each node is the parent of the next; the first is one that the tree has.
        let mut path = Vec::with_capacity(usize::from(DEPTH) + 1);
        epochs.into_iter().map(|epoch| self.reach(&mut path, epoch)).collect()
    }

    /// Leaves in `path` the way to an epoch, of what was the way to another one.
    fn reach(&self, path: &mut Vec<Node>, epoch: Epoch) -> Option<Leaf> {
        while path.last().is_some_and(|node| !node.covers(epoch)) {
            path.pop();
        }
        let mut node = match path.last() {
            Some(node) => node.clone(),
            None => {
                let node = self.above(epoch.number())?.clone();
                path.push(node.clone());
                node
            }
        };
        while let Some(level) = node.level.checked_sub(1) {
            node = node.descend(level, epoch.number() >> level << level)?;
            path.push(node.clone());
        }
        Some(Leaf { epoch, key: node.key })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;

    #[test]
    fn leaves_that_are_reached_together_are_those_that_are_reached_one_by_one() {
        let epoch = |number| Epoch::new(number).unwrap();
        let whole = Tree::whole(Key::new([7; 32]));
        let punctured = whole.without(438_230, 438_233).unwrap();
        let renewed = punctured.renewed_from(438_236, Key::new([8; 32])).unwrap();
        // Neighbours, one twice, backwards, both ends, and over what was deleted.
        let row = (438_225..438_240).chain([438_239, 438_231, 438_224, 0, 1 << 19, Epoch::LAST.number(), 1]);
        let row: Vec<Epoch> = row.map(epoch).collect();
        for tree in [&whole, &punctured, &renewed] {
            let one_by_one: Vec<Option<Leaf>> = row.iter().map(|epoch| tree.leaf(*epoch)).collect();
            assert_eq!(tree.leaves(row.iter().copied()), one_by_one);
        }
        assert_eq!(punctured.leaves(row.iter().copied()).iter().filter(|leaf| leaf.is_none()).count(), 5);
        assert!(renewed.without(0, Epoch::LAST.number()).unwrap().leaves([epoch(5)])[0].is_none());
    }
}
