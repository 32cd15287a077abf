//! salus-insight
