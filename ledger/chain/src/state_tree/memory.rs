//! A tree in memory, for tests of this crate and of those that build on it.

use std::collections::BTreeMap;

use jmt::storage::{LeafNode, Node, NodeKey, TreeReader, TreeUpdateBatch};
use jmt::{KeyHash, OwnedValue, Version};

use super::{TreeError, apply, value};
use crate::ids::Hash32;
use crate::state::{StateError, StateKey, StateReader, StateWrite};

/// Nodes and values by version; never pruned.
#[derive(Debug, Default, Clone)]
pub struct MemoryTree {
    nodes: BTreeMap<NodeKey, Node>,
    values: BTreeMap<(KeyHash, Version), Option<OwnedValue>>,
    version: Version,
}

impl MemoryTree {
    /// Applies and stores the writes of one version.
    ///
    /// # Errors
    /// [`TreeError`].
    pub fn commit(&mut self, version: u64, writes: &[StateWrite]) -> Result<Hash32, TreeError> {
        let (root, batch) = apply(self, version, writes)?;
        self.store(version, batch);
        Ok(root)
    }

    /// Stores the nodes of one version.
    pub fn store(&mut self, version: u64, batch: TreeUpdateBatch) {
        self.nodes.extend(batch.node_batch.nodes().iter().map(|(key, node)| (key.clone(), node.clone())));
        let values = batch.node_batch.values().iter();
        self.values.extend(values.map(|((version, key), value)| ((*key, *version), value.clone())));
        self.version = version;
    }
}

impl TreeReader for MemoryTree {
    fn get_node_option(&self, node_key: &NodeKey) -> Result<Option<Node>, anyhow::Error> {
        Ok(self.nodes.get(node_key).cloned())
    }

    fn get_value_option(
        &self,
        max_version: Version,
        key_hash: KeyHash,
    ) -> Result<Option<OwnedValue>, anyhow::Error> {
        let newest = self.values.range((key_hash, 0)..=(key_hash, max_version)).next_back();
        Ok(newest.and_then(|(_, value)| value.clone()))
    }

    fn get_rightmost_leaf(&self) -> Result<Option<(NodeKey, LeafNode)>, anyhow::Error> {
        Ok(None)
    }
}

impl StateReader for MemoryTree {
    fn get(&self, key: &StateKey) -> Result<Option<Vec<u8>>, StateError> {
        value(self, self.version, key).map_err(|error| StateError::Store(error.to_string()))
    }
}
