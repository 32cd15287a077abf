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
    // Asked before the library is built: without it there is no place to put it.
    let prefix = apt::privilege().with_context(|| {
        format!(
            "writing {DEBIAN_SYSROOT} needs root, or sudo without a password: type `sudo -v` and try again"
        )
    })?;
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
        let built = libraries(&probe.join("target").join(TARGET).join("release/deps"))?;
        run(&mut install(prefix, &built, DEBIAN_SYSROOT), "The compiler looks for its library there.")
    })
}

/// The library's files; the probe's own is none of them.
fn libraries(built: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(built).with_context(|| format!("reading {}", built.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libstdprobe") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Puts files into a folder of the system's, which is made if it is not there, for everybody to read.
fn install(prefix: &str, files: &[PathBuf], folder: &str) -> Command {
    let mut c = apt::privileged(prefix, "install");
    c.args(["-D", "-m", "644", "-t", folder]).args(files);
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(c: &Command) -> Vec<String> {
        let all = std::iter::once(c.get_program()).chain(c.get_args());
        all.map(|word| word.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn the_library_is_put_into_the_system_with_the_right_that_apt_has() {
        let files = [PathBuf::from("/probe/libcore-1.rlib"), PathBuf::from("/probe/libstd-2.rlib")];
        let install = |prefix| words(&install(prefix, &files, DEBIAN_SYSROOT));
        let tail = ["-D", "-m", "644", "-t", DEBIAN_SYSROOT, "/probe/libcore-1.rlib", "/probe/libstd-2.rlib"];
        assert_eq!(install("sudo")[..2], ["sudo", "install"]);
        assert_eq!(install("sudo")[2..], tail);
        assert!(install("")[0].ends_with("install"));
        assert_eq!(install("")[1..], tail);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_was_built_is_there_afterwards_without_the_probe() {
        let own = std::env::temp_dir().join(format!("salus-wasm-{}", std::process::id()));
        let (built, system) = (own.join("deps"), own.join("rustlib/lib"));
        std::fs::create_dir_all(&built).unwrap();
        for name in ["libstd-1.rlib", "libcore-2.rlib", "libstdprobe-3.rlib", "libstd-1.d"] {
            std::fs::write(built.join(name), name).unwrap();
        }
        let files = libraries(&built).unwrap();
        assert!(install("", &files, &system.to_string_lossy()).status().unwrap().success());
        assert!(has_std(&system));
        assert_eq!(libraries(&system).unwrap().len(), 2);
        assert_eq!(std::fs::read_dir(&system).unwrap().count(), 2);
        std::fs::remove_dir_all(own).unwrap();
    }
}
