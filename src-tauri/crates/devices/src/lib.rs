//! salus-devices
