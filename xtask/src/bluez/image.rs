//! The guest's file system, held in its memory. Packed at every run: it takes a fraction of a second, and is never old.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::archive::{Archive, Kind};
use super::shell::files;

const INIT: &[u8] = include_bytes!("guest/init");
const BUS: &[u8] = include_bytes!("guest/bus.conf");
/// The adapter is on as on a person's laptop; nothing of ours switches it on.
const BLUEZ: &[u8] = b"[Policy]\nAutoEnable=true\n";
/// dbus-daemon and BlueZ look the user up.
const USERS: &[u8] = b"root:x:0:0:root:/:/bin/sh\n";
const GROUPS: &[u8] = b"root:x:0:\n";

/// Packs `guest/{bin,lib,modules}` and the configuration.
pub(super) fn pack(guest: &Path) -> Result<Vec<u8>> {
    let mut archive = Archive::new();
    for folder in ["bin", "lib", "modules"] {
        archive.add(folder, Kind::Folder, &[])?;
        for file in files(&guest.join(folder))? {
            let name = file.file_name().and_then(|n| n.to_str()).context("a name that is not text")?;
            archive.add(&format!("{folder}/{name}"), Kind::Program, &fs::read(&file)?)?;
        }
    }
    // Programs name their loader by this path.
    archive.add("lib64", Kind::Link, b"lib")?;
    archive.add("etc", Kind::Folder, &[])?;
    archive.add("etc/bluetooth", Kind::Folder, &[])?;
    let fixed = [
        ("init", INIT),
        ("etc/bus.conf", BUS),
        ("etc/bluetooth/main.conf", BLUEZ),
        ("etc/passwd", USERS),
        ("etc/group", GROUPS),
    ];
    for (name, content) in fixed {
        archive.add(name, Kind::Program, content)?;
    }
    archive.finish()
}
