//! What is used of the unpacked packages, in a folder of its own: QEMU on its C library, and the guest's files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::kernel;
use crate::env::{command, quiet};

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
    /// The parts that were gathered there.
    pub(super) const fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Copies what is used out of the unpacked packages; the rest, several times as much, is dropped.
    pub(super) fn gather(root: &Path, parts: &Path) -> Result<()> {
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
    let listing = quiet(Command::new(&loader).arg("--library-path").arg(path).arg("--list").arg(program))?;
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
