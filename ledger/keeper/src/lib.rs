//! salus-keeper
