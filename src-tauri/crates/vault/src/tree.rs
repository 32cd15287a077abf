//! The key tree of a series: a node's key opens exactly the epochs under it.
//!
//! Goldreich-Goldwasser-Micali, depth 20: `child_b(K) = HMAC-SHA256(K, "hg/v1/ggm" || u8 b)`, most significant epoch
//! bit first. The segment key is `HMAC-SHA256(K_leaf, "hg/v1/leaf")`, the locator `HMAC-SHA256(K_leaf, "hg/v1/locate")`.

mod punctured;
mod walk;

use core::fmt;

use salus_wire::UnixMillis;

pub use punctured::{MAX_NODES, Tree};

use crate::Key;

/// Bits of an epoch number, and so the height of the root above the leaves.
pub const DEPTH: u8 = 20;

/// Seconds in an epoch, 2^12.
pub const EPOCH_SECONDS: i64 = 1 << 12;

const EPOCH_MILLIS: i64 = EPOCH_SECONDS * 1000;

/// An epoch's number: `unix_seconds >> 12`, less than 2^20 (1970 to 2106).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch(u32);

impl Epoch {
    /// The last epoch.
    pub const LAST: Epoch = Epoch((1 << DEPTH) - 1);

    /// The epoch of a number below 2^20.
    #[must_use]
    pub const fn new(number: u32) -> Option<Self> {
        if number <= Self::LAST.0 { Some(Self(number)) } else { None }
    }

    /// The epoch in which an instant lies; `None` outside 1970 to 2106.
    #[must_use]
    pub fn at(instant: UnixMillis) -> Option<Self> {
        u32::try_from(instant.div_euclid(EPOCH_MILLIS)).ok().and_then(Self::new)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The first millisecond.
    #[must_use]
    pub fn start(self) -> UnixMillis {
        i64::from(self.0) * EPOCH_MILLIS
    }

    /// The first millisecond after it.
    #[must_use]
    pub fn end(self) -> UnixMillis {
        self.start() + EPOCH_MILLIS
    }
}

/// Where a depot keeps an epoch's manifests and segments; only who holds the leaf key can compute it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locator(pub [u8; 32]);

/// A node's key: opens the `2^level` epochs from `start`.
#[derive(Clone, PartialEq, Eq)]
pub struct Node {
    level: u8,
    start: u32,
    key: Key,
}

impl Node {
    /// The root of a series, K_root.
    #[must_use]
    pub fn root(key: Key) -> Self {
        Self { level: DEPTH, start: 0, key }
    }

    /// A node unwrapped from a capsule; `None` unless the level is at most 20 and `start` is aligned and in range.
    #[must_use]
    pub fn new(level: u8, start: u32, key: Key) -> Option<Self> {
        let valid = level <= DEPTH && start <= Epoch::LAST.0 && start.trailing_zeros() >= u32::from(level);
        // Zero has 32 trailing zero bits, so the root and the leftmost nodes pass.
        valid.then_some(Self { level, start, key })
    }

    /// Height above the leaves, 0 to 20.
    #[must_use]
    pub const fn level(&self) -> u8 {
        self.level
    }

    /// The first epoch under it.
    #[must_use]
    pub const fn start(&self) -> u32 {
        self.start
    }

    /// The key, to wrap.
    #[must_use]
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// True when the epoch lies under this node.
    #[must_use]
    pub fn covers(&self, epoch: Epoch) -> bool {
        epoch.0 >> self.level == self.start >> self.level
    }

    /// The node of `level` that starts at `start`, at or under this one; `None` when it is not under it.
    #[must_use]
    pub fn descend(&self, level: u8, start: u32) -> Option<Self> {
        let target = Epoch::new(start)?;
        if level > self.level || start.trailing_zeros() < u32::from(level) || !self.covers(target) {
            return None;
        }
        let key = (level..self.level).rev().fold(self.key.clone(), |key, bit| {
            // `bit` is the level of the child that this step reaches.
            let side = u8::from(start >> bit & 1 == 1);
            key.mac_key(&[b"hg/v1/ggm", &[side]])
        });
        Some(Self { level, start, key })
    }

    /// The leaf of an epoch under this node.
    #[must_use]
    pub fn leaf(&self, epoch: Epoch) -> Option<Leaf> {
        self.descend(0, epoch.0).map(|n| Leaf { epoch, key: n.key.clone() })
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node(level {}, start {}, redacted)", self.level, self.start)
    }
}

/// The key of one epoch of one series.
#[derive(Clone, PartialEq, Eq)]
pub struct Leaf {
    epoch: Epoch,
    key: Key,
}

impl Leaf {
    /// The epoch.
    #[must_use]
    pub const fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// The input key of this epoch's sealed segments and manifests.
    #[must_use]
    pub fn segment_key(&self) -> Key {
        self.key.mac_key(&[b"hg/v1/leaf"])
    }

    /// Where depots keep this epoch.
    #[must_use]
    pub fn locator(&self) -> Locator {
        Locator(self.key.mac(&[b"hg/v1/locate"]))
    }
}

impl fmt::Debug for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Leaf(epoch {}, redacted)", self.epoch.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden;

    #[test]
    fn nodes_and_leaf_agree_with_the_golden_vectors() {
        let v = golden::vectors();
        let root = Node::root(Key::new(golden::array(&v["series_root"])));
        for slot in v["slots"].as_array().unwrap() {
            let level = u8::try_from(slot["level"].as_u64().unwrap()).unwrap();
            let start = u32::try_from(slot["start_epoch"].as_u64().unwrap()).unwrap();
            let node = root.descend(level, start).unwrap();
            assert_eq!(node.key().expose(), &golden::array(&slot["node_key"]));
            let epoch = Epoch::at(v["unix"].as_i64().unwrap() * 1000).unwrap();
            assert_eq!(u64::from(epoch.number()), v["epoch"].as_u64().unwrap());
            let leaf = node.leaf(epoch).unwrap();
            assert_eq!(leaf.key.expose(), &golden::array(&v["leaf_key"]));
            assert_eq!(leaf.segment_key().expose(), &golden::array(&v["segment_input_key"]));
        }
    }

    #[test]
    fn a_node_opens_nothing_outside_itself() {
        let node = Node::new(4, 32, Key::new([1; 32])).unwrap();
        assert!(node.leaf(Epoch(31)).is_none());
        assert!(node.leaf(Epoch(48)).is_none());
        assert!(node.leaf(Epoch(32)).is_some() && node.leaf(Epoch(47)).is_some());
        assert!(node.descend(5, 32).is_none());
        assert!(node.descend(2, 34).is_none(), "unaligned");
    }

    #[test]
    fn hostile_levels_and_starts_are_refused() {
        let key = Key::new([0; 32]);
        assert!(Node::new(21, 0, key.clone()).is_none());
        assert!(Node::new(4, 8, key.clone()).is_none());
        assert!(Node::new(0, 1 << 20, key.clone()).is_none());
        assert!(Node::root(key).descend(0, u32::MAX).is_none());
    }

    #[test]
    fn epochs_cover_time_without_gaps() {
        let e = Epoch::at(1_795_000_000_000).unwrap();
        assert_eq!(Epoch::at(e.end() - 1), Some(e));
        assert_eq!(Epoch::at(e.end()).unwrap().number(), e.number() + 1);
        assert_eq!(Epoch::at(-1), None);
        assert_eq!(Epoch::at(i64::MAX), None);
    }
}
