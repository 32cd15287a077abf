//! Debian's packages, downloaded by apt and unpacked into the build cache. Nothing is installed: installing QEMU can
//! remove what a person has.
//!
//! apt is given a state of its own, in which nothing is installed, so that it resolves every dependency down to the C
//! library. The result runs on any x86-64 Linux of which apt knows Debian's archive, as any user.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{folder, kernel};
use crate::env::command;

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

const QEMU: &str = "usr/bin/qemu-system-x86_64";
/// Without it QEMU's program has no accelerator at all.
const TCG: &str = "usr/lib/x86_64-linux-gnu/qemu/accel-tcg-x86_64.so";
/// Started in the guest.
const GUEST: &[&str] = &[
    "usr/libexec/bluetooth/bluetoothd",
    "usr/bin/btvirt",
    "usr/bin/dbus-daemon",
    "usr/bin/dbus-send",
    "usr/bin/socat",
];
const LIBRARIES: [&str; 2] = ["usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu"];
const LOADER: &str = "ld-linux-x86-64.so.2";

/// The unpacked parts: `qemu/{bin,lib,modules,share}`, `guest/{bin,lib,modules}`, `vmlinuz`.
pub(super) struct Parts(PathBuf);

impl Parts {
    /// What the guest's memory disk is made of.
    pub(super) fn guest(&self) -> PathBuf {
        self.0.join("guest")
    }

    /// The kernel.
    pub(super) fn kernel(&self) -> PathBuf {
        self.0.join("vmlinuz")
    }

    /// QEMU, on the C library it was built for, with its firmware.
    pub(super) fn qemu(&self) -> Command {
        let at = self.0.join("qemu");
        let mut c = command("setpriv");
        // A killed xtask cannot end the machine; the kernel does.
        c.args(["--pdeathsig", "KILL", "--"]).arg(at.join("lib").join(LOADER));
        c.arg("--library-path").arg(at.join("lib")).arg(at.join("bin/qemu-system-x86_64"));
        c.arg("-L").arg(at.join("share/qemu")).arg("-L").arg(at.join("share/seabios"));
        c.env("QEMU_MODULE_DIR", at.join("modules"));
        c
    }
}

/// Fetches and unpacks what is not there.
pub(super) fn ensure() -> Result<Parts> {
    let ready = folder().join(format!("parts-{LAYOUT}"));
    if ready.exists() {
        println!("   unpacked in {}", ready.display());
        return Ok(Parts(ready));
    }
    // A folder of this run's own: whoever finishes first gives the name, and half a folder never has it.
    let work = folder().join(format!("work-{}", std::process::id()));
    let made = make(&work);
    let placed = made.and_then(|parts| match fs::rename(parts, &ready) {
        Err(_) if ready.exists() => Ok(()),
        renamed => renamed.context("naming the finished folder"),
    });
    let _ = fs::remove_dir_all(&work);
    placed.map(|()| Parts(ready))
}

fn make(work: &Path) -> Result<PathBuf> {
    let (archives, root, parts) = (work.join("archives"), work.join("root"), work.join("parts"));
    fs::create_dir_all(archives.join("partial"))?;
    fs::create_dir_all(work.join("lists/partial"))?;
    fs::write(work.join("status"), "")?;
    println!("   downloading {} and what they need (about 140 MB, once)", PACKAGES.join(" "));
    quiet(apt(work).arg("update"))?;
    quiet(apt(work).args(["install", "--yes", "--download-only"]).args(PACKAGES))?;
    println!("   unpacking");
    for file in files(&archives)?.iter().filter(|f| f.extension().is_some_and(|e| e == "deb")) {
        quiet(command("dpkg-deb").arg("--extract").arg(file).arg(&root))?;
    }
    gather(&root, &parts)?;
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

/// Copies what is used out of the unpacked packages; the rest, several times as much, is dropped.
fn gather(root: &Path, parts: &Path) -> Result<()> {
    let (qemu, guest) = (parts.join("qemu"), parts.join("guest"));
    for folder in [qemu.join("modules"), qemu.join("share"), guest.join("modules")] {
        fs::create_dir_all(folder)?;
    }
    program(root, QEMU, &qemu)?;
    libraries(root, &root.join(TCG), &qemu.join("lib"))?;
    copy(&root.join(TCG), &qemu.join("modules"))?;
    for firmware in ["qemu", "seabios"] {
        let from = root.join("usr/share").join(firmware);
        quiet(command("cp").arg("--recursive").arg(from).arg(qemu.join("share")))?;
    }
    for path in GUEST {
        program(root, path, &guest)?;
    }
    let busybox = ["usr/bin/busybox", "bin/busybox"].map(|p| root.join(p));
    copy(busybox.iter().find(|p| p.exists()).context("no busybox")?, &guest.join("bin"))?;
    kernel::gather(root, &parts.join("vmlinuz"), &guest.join("modules"))
}

/// A program into `bin`, and its libraries with the loader into `lib`.
fn program(root: &Path, path: &str, into: &Path) -> Result<()> {
    copy(&root.join(path), &into.join("bin"))?;
    libraries(root, &root.join(path), &into.join("lib"))
}

fn libraries(root: &Path, program: &Path, into: &Path) -> Result<()> {
    let places = LIBRARIES.map(|p| root.join(p));
    let loader = places.iter().map(|p| p.join(LOADER)).find(|p| p.exists()).context("no loader")?;
    let path = std::env::join_paths(&places)?;
    copy(&loader, into)?;
    let listing = quiet(command_of(&loader).arg("--library-path").arg(path).arg("--list").arg(program))?;
    for library in listing.lines().filter_map(|l| Some(l.split_once(" => ")?.1.split_once(" (")?.0)) {
        if !library.ends_with(LOADER) {
            anyhow::ensure!(Path::new(library).starts_with(root), "{library} is not from the packages");
            copy(Path::new(library), into)?;
        }
    }
    Ok(())
}

/// Copies a file, or what a link leads to, under its own name.
fn copy(file: &Path, into: &Path) -> Result<()> {
    fs::create_dir_all(into)?;
    let to = into.join(file.file_name().context("no file name")?);
    fs::copy(file, to).with_context(|| format!("copying {}", file.display()))?;
    Ok(())
}

fn command_of(program: &Path) -> Command {
    Command::new(program)
}

/// The files of a folder.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut paths = entries.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Runs a command without showing its output, which is returned; an error holds the end of what it complained.
pub(super) fn quiet(command: &mut Command) -> Result<String> {
    let name =
        Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let out = command.output().with_context(|| format!("starting {name}"))?;
    if !out.status.success() {
        let complaint = String::from_utf8_lossy(&out.stderr);
        let last: Vec<&str> = complaint.lines().rev().take(3).collect();
        bail!("{name} ended with {}: {}", out.status, last.into_iter().rev().collect::<Vec<_>>().join(" / "));
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}
