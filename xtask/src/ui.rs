//! Building the page: trunk over the wasm target that set-up found.

use anyhow::{Result, bail};

use crate::env::{command, root};
use crate::setup::wasm::{self, Toolchain};
use crate::step::{run, step};

/// Builds `ui/dist`. A release build is small and slow to make; the plain one is for tests.
pub(crate) fn build(release: bool) -> Result<()> {
    step("the page (trunk, wasm)", || {
        let toolchain = wasm::find().unwrap_or(Toolchain::Missing);
        let mut trunk = command("trunk");
        trunk.current_dir(root().join("ui")).args(["build", "--offline"]);
        if release {
            trunk.arg("--release");
        }
        wasm::apply(&mut trunk, toolchain)?;
        // trunk reads NO_COLOR as a boolean and refuses the customary "1".
        trunk.env_remove("NO_COLOR");
        run(&mut trunk, "Run `cargo xtask setup` and look at ui/Trunk.toml.")?;
        if !root().join("ui/dist/index.html").exists() {
            bail!("trunk made no ui/dist/index.html");
        }
        Ok(())
    })
}
