//! salus-light
