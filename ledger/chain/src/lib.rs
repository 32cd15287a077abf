//! salus-chain
