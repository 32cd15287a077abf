//! salus-node
