//! The state tree on redb: one consistent snapshot at one version.

use jmt::storage::{LeafNode, Node, NodeKey, TreeReader};
use jmt::{KeyHash, OwnedValue, Version};
use redb::{ReadOnlyTable, ReadTransaction};
use salus_chain::ids::Hash32;
use salus_chain::state::{StateError, StateKey, StateReader};
use salus_chain::state_tree::{self, StateProof};

use super::{NODES, Store, StoreError, VALUES, guarded};

/// The state after the block of one height; a snapshot that later blocks do not change.
pub struct StateAt {
    nodes: ReadOnlyTable<&'static [u8], &'static [u8]>,
    values: ReadOnlyTable<&'static [u8], &'static [u8]>,
    version: Version,
}

impl Store {
    /// The state after the block of `height`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn state_at(&self, height: u64) -> Result<StateAt, StoreError> {
        guarded(|| StateAt::open(&self.read()?, height))
    }
}

/// Key hash, then version, big-endian: the versions of one key are neighbours in order.
pub(super) fn value_key(key: &KeyHash, version: Version) -> [u8; 40] {
    let mut octets = [0; 40];
    octets[..32].copy_from_slice(&key.0);
    octets[32..].copy_from_slice(&version.to_be_bytes());
    octets
}

impl StateAt {
    pub(super) fn open(read: &ReadTransaction, version: Version) -> Result<Self, StoreError> {
        Ok(Self { nodes: read.open_table(NODES)?, values: read.open_table(VALUES)?, version })
    }

    /// The value with a proof of it, or of its absence.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn prove(&self, key: &StateKey) -> Result<(Option<Vec<u8>>, StateProof), StoreError> {
        state_tree::prove(self, self.version, key).map_err(|e| StoreError::Tree(e.to_string()))
    }

    /// The root.
    ///
    /// # Errors
    /// [`StoreError`] when there is no such version.
    pub fn root(&self) -> Result<Hash32, StoreError> {
        state_tree::root(self, self.version).map_err(|e| StoreError::Tree(e.to_string()))
    }
}

impl TreeReader for StateAt {
    fn get_node_option(&self, node_key: &NodeKey) -> anyhow::Result<Option<Node>> {
        guarded(|| {
            let key = borsh::to_vec(node_key)?;
            match self.nodes.get(key.as_slice())? {
                Some(node) => Ok(Some(borsh::from_slice(node.value())?)),
                None => Ok(None),
            }
        })
    }

    fn get_value_option(&self, max_version: Version, key: KeyHash) -> anyhow::Result<Option<OwnedValue>> {
        guarded(|| {
            let (first, last) = (value_key(&key, 0), value_key(&key, max_version));
            match self.values.range(first.as_slice()..=last.as_slice())?.next_back() {
                None => Ok(None),
                Some(entry) => match entry?.1.value().split_first() {
                    Some((1, value)) => Ok(Some(value.to_vec())),
                    Some((0, [])) => Ok(None),
                    _ => Err(anyhow::anyhow!("a stored value is damaged")),
                },
            }
        })
    }

    fn get_rightmost_leaf(&self) -> anyhow::Result<Option<(NodeKey, LeafNode)>> {
        Ok(None)
    }
}

impl StateReader for StateAt {
    fn get(&self, key: &StateKey) -> Result<Option<Vec<u8>>, StateError> {
        state_tree::value(self, self.version, key).map_err(|e| StateError::Store(e.to_string()))
    }
}
