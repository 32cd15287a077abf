//! `salus-browser`: people with something to see, each at a `salus-host` that shows the page, and the walk through every screen of
//! theirs in a real browser (`tests/browser`). For tests only.
//!
//! ```text
//! salus-sim-bluez -- D-Bus --> salus-host maria    --\
//!                              salus-host leila       \
//!                              salus-host clinician    >-- QUIC --> 4 x salus-node
//!                              salus-host omar, kitchen             (two laptops of one record)
//!                              salus-host nadia, doctor/            (nobody has given them anything)
//!                              salus-host first                     (nobody is there yet)
//!                              salus-host design                    (serves the design page)
//!        ^ HTTP on 127.0.0.1, a token for each
//!        Chromium <-- tests/browser/walk.py, which is told addresses and tokens on its standard input
//! ```
//!
//! Every clock stands at [`START`] when the members begin, so that dates and pictures are the same in each run.

mod family;
mod laptops;
mod people;
mod shared;
mod told;
mod walk;

pub use walk::{Arguments, run};

/// When the members begin: 2026-11-18, 13:30 UTC. Nothing of the day is still to come that the wearables send as past.
pub const START: i64 = 1_795_008_600_000;
