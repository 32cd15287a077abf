//! `cargo xtask setup`: installs what a fresh Debian or Ubuntu machine lacks and says so; elsewhere it prints what to type.
//!
//! Idempotent: when nothing is missing it only looks, which takes under five seconds.

pub(crate) mod apt;
mod elsewhere;
pub(crate) mod tools;
pub(crate) mod wasm;

use anyhow::Result;

use crate::step::step;

/// Looks at everything the build needs and installs what is missing.
pub(crate) fn run() -> Result<()> {
    step("set-up", || {
        if apt::here() {
            apt::ensure(apt::PACKAGES, "to build and to test the window")?;
        } else {
            elsewhere::ensure()?;
        }
        wasm::ensure()?;
        tools::ensure()
    })
}
