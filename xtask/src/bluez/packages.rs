//! Debian's packages, downloaded by apt and unpacked into the build cache. Nothing is installed: installing QEMU can
//! remove what a person has.
//!
//! apt is given a state of its own, in which nothing is installed, so that it resolves every dependency down to the C
//! library. The result runs on any x86-64 Linux of which apt knows Debian's archive, as any user.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::folder;
use super::parts::Parts;
use super::shell::files;
use crate::env::{Unavailable, command, quiet};

/// What is unpacked, with everything that these need. btvirt is in bluez-test-tools.
const PACKAGES: &[&str] = &[
    "qemu-system-x86",
    "linux-image-amd64",
    "bluez",
    "bluez-test-tools",
    "dbus-daemon",
    "dbus-bin",
    "busybox-static",
    "socat",
];

/// Counted up when the layout of the folder changes.
const LAYOUT: u32 = 1;

/// Fetches and unpacks what is not there.
pub(super) fn ensure() -> Result<Parts> {
    let ready = folder().join(format!("parts-{LAYOUT}"));
    if ready.exists() {
        println!("   unpacked in {}", ready.display());
        return Ok(Parts::at(ready));
    }
    // A folder of this run's own: whoever finishes first gives the name, and half a folder never has it.
    let work = folder().join(format!("work-{}", std::process::id()));
    let made = make(&work);
    let placed = made.and_then(|parts| match fs::rename(parts, &ready) {
        Err(_) if ready.exists() => Ok(()),
        renamed => renamed.context("naming the finished folder"),
    });
    let _ = fs::remove_dir_all(&work);
    placed.map(|()| Parts::at(ready))
}

fn make(work: &Path) -> Result<PathBuf> {
    let (archives, root, parts) = (work.join("archives"), work.join("root"), work.join("parts"));
    fs::create_dir_all(archives.join("partial"))?;
    fs::create_dir_all(work.join("lists/partial"))?;
    fs::write(work.join("status"), "")?;
    println!("   downloading {} and what they need (about 140 MB, once)", PACKAGES.join(" "));
    let cannot = || Unavailable("Debian's packages cannot be had");
    quiet(apt(work).arg("update")).with_context(cannot)?;
    quiet(apt(work).args(["install", "--yes", "--download-only"]).args(PACKAGES)).with_context(cannot)?;
    quiet(command("dpkg-deb").arg("--version"))
        .context(Unavailable("nothing here unpacks Debian's packages"))?;
    println!("   unpacking");
    for file in files(&archives)?.iter().filter(|f| f.extension().is_some_and(|e| e == "deb")) {
        quiet(command("dpkg-deb").arg("--extract").arg(file).arg(&root))?;
    }
    Parts::gather(&root, &parts)?;
    Ok(parts)
}

/// apt with a state below `work` instead of the system's: it sees nothing installed and needs no privilege.
fn apt(work: &Path) -> Command {
    let mut c = command("apt-get");
    c.arg("--quiet");
    let state = [
        ("Dir::State", ""),
        ("Dir::State::Lists", "lists"),
        ("Dir::State::status", "status"),
        ("Dir::Cache", ""),
        ("Dir::Cache::Archives", "archives"),
    ];
    for (option, name) in state {
        c.arg("-o").arg(format!("{option}={}", work.join(name).display()));
    }
    let fixed = [
        // The user that apt changes to must not be able to read a person's cache.
        "APT::Sandbox::User=root",
        "APT::Install-Recommends=false",
        "Acquire::Languages=none",
        "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false",
        "Debug::NoLocking=true",
    ];
    for option in fixed {
        c.args(["-o", option]);
    }
    c
}
