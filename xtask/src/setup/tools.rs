//! Programs from the Rust registry, in a folder of the project's own so that the person's versions stay as they are.

use anyhow::Result;

use crate::env::{cargo, locked_version, output, root, tools};
use crate::step::{run, step};

struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    /// Its own lockfile is used, unless that names a yanked package.
    locked: bool,
    /// Optimised: worth it only where the program's running time counts.
    release: bool,
    minutes: u8,
}

fn wanted() -> Result<Vec<Tool>> {
    let bindgen = locked_version(&root().join("ui/Cargo.lock"), "wasm-bindgen")?;
    let tool = |package, program, version: &str, locked, release, minutes| Tool {
        package,
        program,
        version: version.to_owned(),
        locked,
        release,
        minutes,
    };
    Ok(vec![
        tool("trunk", "trunk", "0.21.14", true, false, 7),
        tool("wasm-bindgen-cli", "wasm-bindgen", &bindgen, false, true, 4),
        tool("cargo-nextest", "cargo-nextest", "0.9", true, false, 5),
        tool("cargo-deny", "cargo-deny", "0.20.2", true, false, 6),
    ])
}

/// Builds the tools that are missing or of another version.
pub(crate) fn ensure() -> Result<()> {
    for tool in wanted()? {
        if present(&tool) {
            println!("   {} {}: present", tool.program, tool.version);
            continue;
        }
        let name = format!("{} {} (about {} min, once)", tool.package, tool.version, tool.minutes);
        step(&name, || install(&tool))?;
    }
    Ok(())
}

/// A version that ends in a patch number must match exactly; a shorter one is the oldest accepted series.
fn present(tool: &Tool) -> bool {
    let Some(line) = output(tool.program, &["--version"]) else { return false };
    let found = line.split_whitespace().nth(1).unwrap_or_default();
    found == tool.version || (tool.version.matches('.').count() < 2 && found.starts_with(&tool.version))
}

fn install(tool: &Tool) -> Result<()> {
    let requirement = if tool.version.matches('.').count() < 2 {
        format!("^{}", tool.version)
    } else {
        tool.version.clone()
    };
    let mut c = cargo(&["install", "--quiet", tool.package, "--version", &requirement, "--root"]);
    c.arg(tools());
    if tool.locked {
        c.arg("--locked");
    }
    if !tool.release {
        c.arg("--debug");
    }
    // A workspace's target folder would be locked by a build that runs beside this.
    c.env("CARGO_TARGET_DIR", tools().join("build"));
    // --debug with line tables would still triple the size.
    c.env("CARGO_PROFILE_DEV_DEBUG", "0");
    run(&mut c, "The registry must be reachable; run `cargo xtask setup` again.")
}
