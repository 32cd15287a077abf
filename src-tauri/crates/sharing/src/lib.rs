//! salus-sharing
