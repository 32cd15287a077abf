//! `salus-node`: runs one member of a chain.

fn main() {}
