//! The packages read back and judged, without installing anything.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::{Made, Outcome, Package, calls, manual, member, pack, rpm};
use crate::env::{command, output, quiet};
use crate::setup::apt;
use crate::step::{run as command_run, step};

/// How exposed the unit may be at most, of 100, as systemd-analyze counts it. It must use the network, which is 9 of it.
const EXPOSURE: &str = "15";

/// What the application cannot do without.
const LIBRARIES: [&str; 4] = ["libc6", "libgtk-3-0", "libwebkit2gtk-4.1-0", "libjavascriptcoregtk-4.1-0"];
/// What deny.toml keeps out of the tree, and what is compiled in.
const NEVER: [&str; 3] = ["libssl", "libsqlite3", "libsqlcipher"];

/// The same octets again, every file with its mode and owner, and the right needs.
pub(super) fn read_back(made: &Made) -> Result<()> {
    let again = pack(&made.desktop, &made.member, &made.facts, &made.work, &made.work.join("again"))?;
    for (first, second) in made.files.iter().zip(&again) {
        ensure!(fs::read(first)? == fs::read(second)?, "packed again, {} differs", first.display());
    }
    let [salus, node, fedora] = &made.files;
    contents(&made.desktop, salus, &made.facts.epoch.day()?)?;
    contents(&made.member, node, &made.facts.epoch.day()?)?;
    needs(&made.desktop.depends)?;
    of_fedora(&made.desktop, fedora, &made.work)?;
    println!(
        "   packed twice the same; {} of {} need {}",
        salus.display(),
        made.facts.version,
        made.desktop.depends
    );
    Ok(())
}

/// Every file, and nothing else; the program alone can be run, nobody but root can write, and nothing has a time of its own.
fn contents(package: &Package, file: &Path, day: &str) -> Result<()> {
    let listing = quiet(command("dpkg-deb").env("TZ", "UTC").arg("--contents").arg(file))?;
    let mut found = Vec::new();
    for line in listing.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [mode, owner, _, date, _, path] = words[..] else { anyhow::bail!("not understood: {line}") };
        let path = path.trim_start_matches("./");
        let fitting = if path.is_empty() || path.ends_with('/') {
            "drwxr-xr-x"
        } else if path.starts_with("usr/bin/") {
            "-rwxr-xr-x"
        } else {
            "-rw-r--r--"
        };
        ensure!(mode == fitting && owner == "root/root" && date == day, "{}: {line}", file.display());
        found.push(path.to_owned());
    }
    found.retain(|path| !path.is_empty());
    found.sort_unstable();
    ensure!(found == package.tree.paths()?, "{} has other files than were laid out", file.display());
    Ok(())
}

fn needs(depends: &str) -> Result<()> {
    let named: Vec<&str> = depends.split(", ").filter_map(|one| one.split(' ').next()).collect();
    // Debian 13 renamed some for 64-bit times.
    let has = |library: &str| named.iter().any(|one| one.trim_end_matches("t64") == library);
    for library in LIBRARIES {
        ensure!(has(library), "the application is not linked with {library}: {depends}");
    }
    for library in NEVER {
        ensure!(
            !named.iter().any(|one| one.starts_with(library)),
            "the application needs {library}: {depends}"
        );
    }
    Ok(())
}

fn of_fedora(package: &Package, file: &Path, work: &Path) -> Result<()> {
    let ask = |arguments: &[&str]| {
        let mut c = command("rpm");
        c.arg("--dbpath").arg(work.join("rpm/db")).args(arguments).arg(file);
        quiet(&mut c)
    };
    let form = "[%{FILENAMES} %{FILEMODES:perms} %{FILEUSERNAME}\\n]";
    let listing = ask(&["--query", "--package", "--queryformat", form])?;
    let mut found = BTreeSet::new();
    for line in listing.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [path, mode, owner] = words[..] else { anyhow::bail!("not understood: {line}") };
        let fitting = ["drwxr-xr-x", "-rw-r--r--", "-rwxr-xr-x"].contains(&mode);
        ensure!(fitting && owner == "root", "{}: {line}", file.display());
        found.insert(path.trim_start_matches('/').to_owned());
    }
    let laid = package.tree.paths()?;
    let laid = laid.iter().filter(|path| rpm::is_listed(path, package.name));
    let laid: BTreeSet<String> = laid.map(|path| path.trim_end_matches('/').to_owned()).collect();
    ensure!(found == laid, "{} has other files than were laid out", file.display());
    let needs = ask(&["--query", "--package", "--requires"])?;
    ensure!(needs.contains("libwebkit2gtk-4.1.so.0"), "rpmbuild found no WebKitGTK in the program: {needs}");
    ensure!(ask(&["--query", "--package", "--scripts"])?.is_empty(), "a script runs at the installation");
    ask(&["--checksig", "--nosignature"]).map(drop)
}

/// What people and their desktops read.
pub(super) fn papers(made: &Made) -> Result<()> {
    manual::hold(made)?;
    let share = made.desktop.tree.at().join("usr/share");
    let judges: [(&str, &str, &[&str]); 2] = [
        ("applications", "desktop-file-validate", &[]),
        ("metainfo", "appstreamcli", &["validate", "--no-net"]),
    ];
    for (folder, tool, arguments) in judges {
        for entry in fs::read_dir(share.join(folder))? {
            let file = entry?.path();
            let out = command(tool).args(arguments).arg(&file).output().with_context(|| tool.to_owned())?;
            let said = [out.stdout, out.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
            ensure!(out.status.success(), "{}: {}", file.display(), said.concat());
        }
    }
    Ok(())
}

/// How well the unit is closed, and that the member can live in it.
pub(super) fn unit(made: &Made) -> Result<Outcome> {
    let file = made.member.tree.at().join(member::UNIT);
    calls::hold(made, &fs::read_to_string(&file)?)?;
    if !output("systemd-analyze", &["security", "--help"]).is_some_and(|help| help.contains("--threshold")) {
        println!(
            "   SKIPPED, NOT PASSED: how exposed the unit is, because systemd-analyze is older than 250"
        );
        return Ok(Outcome::Skipped);
    }
    let mut judged = command("systemd-analyze");
    judged.args(["--no-pager", "security", "--offline=true", &format!("--threshold={EXPOSURE}")]);
    let said = quiet(judged.arg(&file)).context("the unit is more exposed than it was")?;
    println!("   {}", said.lines().last().unwrap_or_default().trim_start_matches(['\u{2192}', ' ']));
    Ok(Outcome::Passed)
}

/// Debian's own judge, of what might be given away. An error fails; the rest is shown.
pub(super) fn lint(made: &Made) -> Result<()> {
    if made.facts.debug {
        return Ok(());
    }
    apt::ensure(&["lintian"], "to judge packages")?;
    step("lintian", || {
        let [salus, node, _] = &made.files;
        let mut lintian = command("lintian");
        lintian.args(["--allow-root", "--no-cfg", "--fail-on", "error"]).arg(salus).arg(node);
        command_run(&mut lintian, "`lintian-explain-tags TAG` says what each means.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::root;

    #[test]
    fn a_library_too_many_or_too_few_is_named() {
        let all = "libc6 (>= 2.36), libgtk-3-0t64 (>= 3.24), libwebkit2gtk-4.1-0 (>= 2.40), libjavascriptcoregtk-4.1-0 (>= 2.40)";
        needs(all).unwrap();
        let few = needs(&all.replace("libgtk-3-0t64 (>= 3.24), ", "")).unwrap_err().to_string();
        assert!(few.contains("libgtk-3-0"), "{few}");
        let many = needs(&format!("{all}, libssl3 (>= 3.0.0)")).unwrap_err().to_string();
        assert!(many.contains("libssl"), "{many}");
    }

    #[test]
    fn the_unit_keeps_what_it_promises() {
        let unit = fs::read_to_string(root().join("ledger/node/linux/salus-node.service")).unwrap();
        for line in [
            "User=salus-node",
            "UMask=0077",
            "LimitCORE=0",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "ProtectSystem=strict",
            "StateDirectoryMode=0700",
            "MemoryDenyWriteExecute=yes",
            "SystemCallFilter=@system-service",
        ] {
            assert!(unit.lines().any(|l| l == line), "{line}");
        }
        assert!(!unit.contains("insecure"), "a member of a package never runs on a test clock");
    }
}
