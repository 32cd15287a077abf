//! salus-vault
