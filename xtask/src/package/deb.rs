//! A Debian package, packed by dpkg-deb.
//!
//! # Source
//! Debian Policy 4.7, chapters 5 (control files), 7 (relationships), 10 (files) and 12 (documentation); deb(5).

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::epoch::VARIABLE;
use super::{Facts, Package};
use crate::env::{command, quiet};

/// No letter arrives there: reports go through the repository (SECURITY.md).
pub(super) const MAINTAINER: &str = "The Salus contributors <contributors@salus.invalid>";

/// What dpkg reads, beside the files; packed apart from them.
const CONTROL: &str = "DEBIAN";

/// Libraries that a program is linked with, as the packages that bring them, with the oldest version that has what it uses.
pub(super) fn libraries(program: &Path, work: &Path) -> Result<String> {
    // The tool wants to stand in a source package.
    let stand = work.join("stand");
    fs::create_dir_all(stand.join("debian"))?;
    fs::write(stand.join("debian/control"), "Source: salus\n\nPackage: salus\nArchitecture: any\n")?;
    let mut tool = command("dpkg-shlibdeps");
    tool.current_dir(&stand).args(["-O", "-xsalus"]).arg(format!("-e{}", program.display()));
    let said = quiet(&mut tool).context("dpkg-shlibdeps is in dpkg-dev, with build-essential")?;
    let depends = said.lines().find_map(|line| line.strip_prefix("shlibs:Depends="));
    Ok(depends.context("dpkg-shlibdeps named no library")?.to_owned())
}

/// Packs it into `out`, and leaves the tree as it was.
pub(super) fn pack(package: &Package, facts: &Facts, out: &Path) -> Result<PathBuf> {
    let tree = &package.tree;
    let paths = tree.paths()?;
    let control = tree.at().join(CONTROL);
    tree.put(&format!("{CONTROL}/control"), describe(package, facts, &paths)?.as_bytes())?;
    tree.put(&format!("{CONTROL}/md5sums"), sums(tree.at(), &paths)?.as_bytes())?;
    let kept: String = paths.iter().filter(|p| is_configuration(p)).map(|p| format!("/{p}\n")).collect();
    if !kept.is_empty() {
        tree.put(&format!("{CONTROL}/conffiles"), kept.as_bytes())?;
    }
    for (name, script) in package.scripts {
        tree.put_program(&format!("{CONTROL}/{name}"), script.as_bytes())?;
    }
    tree.seal(facts.epoch.time())?;
    fs::create_dir_all(out)?;
    let file = out.join(format!("{}_{}_{}.deb", package.name, facts.version, facts.architecture));
    let mut pack = command("dpkg-deb");
    // Nobody fetches what the tests pack: it is packed twice, listed, and installed twice.
    let pressed: &[&str] = if facts.debug { &["-Znone"] } else { &["-Zxz", "-z6"] };
    pack.arg("--root-owner-group").args(pressed).arg("--build").arg(tree.at()).arg(&file);
    quiet(pack.env(VARIABLE, facts.epoch.seconds()))?;
    fs::remove_dir_all(&control)?;
    tree.seal(facts.epoch.time())?;
    Ok(file)
}

/// Files that an operator changes, and dpkg keeps.
pub(super) fn is_configuration(path: &str) -> bool {
    path.starts_with("etc/") && !path.ends_with('/')
}

fn describe(package: &Package, facts: &Facts, paths: &[String]) -> Result<String> {
    let mut text = String::new();
    let size = kibibytes(package.tree.at(), paths)?.to_string();
    let fields: [(&str, &str); 10] = [
        ("Package", package.name),
        ("Version", facts.version),
        ("Architecture", &facts.architecture),
        ("Maintainer", MAINTAINER),
        ("Installed-Size", &size),
        ("Depends", &package.depends),
        ("Recommends", package.recommends),
        ("Section", package.section),
        ("Priority", "optional"),
        ("Description", package.summary),
    ];
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        ensure!(!value.contains('\n'), "{name} has more than one line");
        writeln!(text, "{name}: {value}")?;
    }
    for line in package.description.lines() {
        writeln!(text, " {}", if line.is_empty() { "." } else { line })?;
    }
    Ok(text)
}

/// As dpkg-gencontrol estimates it: each file in whole kibibytes, one for everything else.
fn kibibytes(root: &Path, paths: &[String]) -> Result<u64> {
    let mut all = 1;
    for path in paths {
        all += if path.ends_with('/') { 1 } else { fs::metadata(root.join(path))?.len().div_ceil(1024) };
    }
    Ok(all)
}

/// As `dpkg --verify` compares them.
fn sums(root: &Path, paths: &[String]) -> Result<String> {
    let mut sum = command("md5sum");
    sum.current_dir(root).arg("--").args(paths.iter().filter(|p| !p.ends_with('/') && !is_configuration(p)));
    quiet(&mut sum)
}

/// The changelog of a package that has no other than the project's.
pub(super) fn changelog(name: &str, facts: &Facts) -> Result<String> {
    let (version, letter) = (facts.version, facts.epoch.letter()?);
    Ok(format!(
        "{name} ({version}) unstable; urgency=medium\n\n  * What changed for people is in NEWS.\n\n -- {MAINTAINER}  {letter}\n"
    ))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::super::epoch::Epoch;
    use super::super::tree::Tree;
    use super::*;

    #[test]
    fn a_package_is_packed_twice_the_same_and_tells_what_it_is() {
        if crate::env::output("dpkg-deb", &["--version"]).is_none() {
            println!("skipped: there is no dpkg-deb");
            return;
        }
        let work = std::env::temp_dir().join(format!("salus-deb-{}", std::process::id()));
        let tree = Tree::fresh(work.join("tree")).unwrap();
        tree.put("etc/thing/thing.conf", b"a = 1\n").unwrap();
        tree.put_program("usr/bin/thing", &[7; 3000]).unwrap();
        let package = Package {
            name: "thing",
            summary: "one thing",
            description: "first\n\nsecond",
            section: "misc",
            depends: "libc6".into(),
            recommends: "",
            scripts: &[("prerm", "#!/bin/sh\n")],
            tree,
        };
        let epoch = Epoch::at(1_700_000_000);
        let facts = Facts { version: "1.2.3", epoch, architecture: "amd64".into(), debug: true };
        let first = pack(&package, &facts, &work.join("first")).unwrap();
        let second = pack(&package, &facts, &work.join("second")).unwrap();
        assert_eq!(fs::read(&first).unwrap(), fs::read(&second).unwrap());
        let control = quiet(command("dpkg-deb").arg("--field").arg(&first)).unwrap();
        assert!(control.contains("Package: thing\nVersion: 1.2.3\n"), "{control}");
        // 1 for itself, 4 folders, 1 and 3 for the files.
        assert!(control.contains("Installed-Size: 9\nDepends: libc6\nSection: misc\n"), "{control}");
        assert!(control.ends_with("Description: one thing\n first\n .\n second\n"), "{control}");
        let kept = quiet(command("dpkg-deb").arg("--info").arg(&first).arg("conffiles")).unwrap();
        assert_eq!(kept, "/etc/thing/thing.conf\n");
        let sums = quiet(command("dpkg-deb").arg("--info").arg(&first).arg("md5sums")).unwrap();
        assert!(sums.ends_with("  usr/bin/thing\n") && sums.lines().count() == 1, "{sums}");
        fs::remove_dir_all(work).unwrap();
    }
}
