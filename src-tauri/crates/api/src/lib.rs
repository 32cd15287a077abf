//! salus-api
