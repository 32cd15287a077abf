//! `cargo xtask setup`: installs what a fresh Debian or Ubuntu machine lacks and says so; elsewhere it prints what to type.
//!
//! Idempotent: when nothing is missing it only looks, which takes under five seconds.

pub(crate) mod apt;
pub(crate) mod chromium;
mod elsewhere;
pub(crate) mod tools;
pub(crate) mod wasm;

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::step::{step, timed};

/// A run that finds everything.
const LOOK: Duration = Duration::from_secs(5);

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

/// Runs it again, after [`run`]: now nothing may be missing, and looking may take 5 s at most.
pub(crate) fn again() -> Result<()> {
    let (took, looked) = timed(run);
    looked?;
    println!("   a second set-up: {:.1} s, of {} s at most", took.as_secs_f64(), LOOK.as_secs());
    ensure!(
        took < LOOK,
        "the second set-up took {:.1} s: it may only look. Whatever it printed above that is not \"present\" was not kept",
        took.as_secs_f64()
    );
    Ok(())
}
