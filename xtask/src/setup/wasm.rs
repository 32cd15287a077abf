//! The wasm target: rustup's when it can be had, else Debian's own compiler with a standard library built once.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::apt;
use crate::env::{cache, command, output};
use crate::step::{run, step};

const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's web compiler keeps its own sysroot here.
const DEBIAN_SYSROOT: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "rust-web-src", "cargo-web", "lld-19"];

/// Which compiler builds the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The ordinary one, which has the target.
    Rustup,
    /// Debian's, with the standard library that set-up built.
    Debian,
    /// None yet.
    Missing,
}

/// Looks only; quick.
pub(crate) fn find() -> Option<Toolchain> {
    // What the compiler has counts, not what rustup remembers: it can list a target whose library is gone.
    if own_std() {
        return Some(Toolchain::Rustup);
    }
    (Path::new("/usr/bin/rustc").exists() && has_std(Path::new(DEBIAN_SYSROOT))).then_some(Toolchain::Debian)
}

/// Looks, then tries rustup, then Debian.
pub(crate) fn ensure() -> Result<()> {
    match find() {
        Some(Toolchain::Rustup) => println!("   wasm target: present"),
        Some(Toolchain::Debian) => println!("   wasm target: present (the distribution's compiler)"),
        _ => {
            println!("   wasm target: missing; asking rustup");
            let added = command("rustup").args(["target", "add", TARGET]).status().is_ok_and(|s| s.success());
            if added && own_std() {
                return Ok(());
            }
            // Only Debian's packages are known to hold what the library is built from.
            if !apt::here() {
                bail!("no wasm target. {}", elsewhere());
            }
            println!("   rustup could not bring it; using the distribution's compiler");
            debian()?;
        }
    }
    Ok(())
}

/// Points a build at the compiler that was found.
pub(crate) fn apply(c: &mut Command, toolchain: Toolchain) -> Result<()> {
    match toolchain {
        Toolchain::Rustup => {}
        Toolchain::Debian => {
            c.env("RUSTC", "/usr/bin/rustc").env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19");
        }
        Toolchain::Missing => bail!("no wasm target. Run `cargo xtask setup`."),
    }
    // The page has its own folder: another compiler must not throw away what the native build made.
    c.env("CARGO_TARGET_DIR", crate::env::target().join("ui"));
    Ok(())
}

/// Whether the ordinary compiler, with or without rustup, has the target's library.
fn own_std() -> bool {
    output("rustc", &["--print", "sysroot"])
        .is_some_and(|s| has_std(&PathBuf::from(s.trim()).join("lib/rustlib").join(TARGET).join("lib")))
}

fn has_std(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|d| {
        d.filter_map(Result::ok).any(|e| e.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

/// What brings the target where apt does not.
fn elsewhere() -> String {
    format!(
        "Type `rustup target add {TARGET}`; for a compiler of the distribution's own, \
         `sudo dnf install rust-std-static-{TARGET}` on Fedora or `sudo pacman -S rust-wasm` on Arch"
    )
}

fn debian() -> Result<()> {
    apt::ensure(DEBIAN_PACKAGES, "to build the page")
        .with_context(|| format!("no wasm target: install rustup and type `rustup target add {TARGET}`"))?;
    step("standard library for wasm (about 40 s, once)", || {
        let probe = cache().join("stdprobe");
        if probe.exists() {
            std::fs::remove_dir_all(&probe).context("clearing the probe folder")?;
        }
        std::fs::create_dir_all(probe.join("src")).context("making the probe folder")?;
        std::fs::write(probe.join("src/lib.rs"), "")?;
        std::fs::write(
            probe.join("Cargo.toml"),
            "[package]\nname = \"stdprobe\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n",
        )?;
        let mut build = Command::new("/usr/bin/cargo");
        build.current_dir(&probe).env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1");
        build.env_remove("CARGO_TARGET_DIR").env_remove("RUSTUP_TOOLCHAIN");
        build.args([
            "build",
            "--quiet",
            "--release",
            "--target",
            TARGET,
            "-Zbuild-std=std,panic_abort,proc_macro",
        ]);
        run(&mut build, "The distribution's rust-web-src must match its rustc-web.")?;
        install_std(&probe.join("target").join(TARGET).join("release/deps"))
    })
}

fn install_std(from: &Path) -> Result<()> {
    std::fs::create_dir_all(DEBIAN_SYSROOT).context("making the compiler's library folder; run as root")?;
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libstdprobe") {
            std::fs::copy(&path, Path::new(DEBIAN_SYSROOT).join(&name))
                .with_context(|| format!("copying {name}"))?;
        }
    }
    Ok(())
}
