//! The package of Fedora's kind in a root, from its installation by rpm to its removal.
//!
//! The root is a Debian, in which nothing has the names that Fedora gives to what the program needs: so rpm does not ask for them, and the
//! program itself does, for every library.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};

use super::root::Root;
use super::{Made, rpm};
use crate::env::{command, quiet};

/// What rpm keeps of every package, in a root that had none.
const BOOKS: &str = "var/lib/rpm";

/// Its files are exactly those that were laid out, each as it was packed, and nothing is left of them.
pub(super) fn play(made: &Made, root: &Root) -> Result<()> {
    let (package, [.., file]) = (&made.desktop, &made.files);
    let paths = package.tree.paths()?;
    let listed = paths.iter().filter(|path| rpm::is_listed(path, package.name));
    let laid: BTreeSet<String> = listed.map(|path| path.trim_end_matches('/').to_owned()).collect();
    // On a Fedora these are other packages', and there before.
    let above_all = laid.iter().flat_map(|path| above(path));
    let folders: BTreeSet<&str> = above_all.filter(|folder| !laid.contains(*folder)).collect();
    let before = root.paths()?;
    let install = std::path::absolute(file)?.display().to_string();
    ask(root, &["--force-debian", "--install", &install])?;
    let after = root.paths()?;
    let ours = |path: &&String| !is_book(path) && !folders.contains(path.as_str());
    let new: BTreeSet<&String> = after.difference(&before).filter(ours).collect();
    let strange: Vec<&&String> = new.iter().filter(|path| !laid.contains(**path)).collect();
    ensure!(strange.is_empty(), "rpm's installation made {strange:?}");
    let missing: Vec<&String> = laid.iter().filter(|path| !new.contains(path)).collect();
    ensure!(missing.is_empty(), "rpm's installation left out {missing:?}");
    ask(root, &["--verify", package.name])?;
    let linked = root.run(&["ldd", "/usr/bin/salus"])?;
    ensure!(!linked.contains("not found"), "{linked}");
    let said = root.run(&["/usr/bin/salus", "--version"])?;
    ensure!(said.trim() == format!("salus {}", made.facts.version), "the installed program says {said}");
    ask(root, &["--erase", package.name])?;
    let after = root.paths()?;
    let left: Vec<&String> = after.difference(&before).filter(ours).collect();
    ensure!(left.is_empty(), "rpm's removal left {left:?}");
    let gone: Vec<&String> = before.difference(&after).collect();
    ensure!(gone.is_empty(), "rpm's removal took what was there before: {gone:?}");
    println!("   rpm installed, verified and removed {}; its program starts", file.display());
    Ok(())
}

/// This computer's rpm, in the root. The package is signed by nobody yet.
fn ask(root: &Root, arguments: &[&str]) -> Result<()> {
    let mut c = command("rpm");
    c.arg("--root").arg(root.path("")).args(["--dbpath", &format!("/{BOOKS}")]);
    quiet(c.args(["--nodeps", "--nosignature"]).args(arguments)).map(drop)
}

/// The folders that a path lies in.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(move |(end, _)| &path[..end])
}

fn is_book(path: &str) -> bool {
    path.strip_prefix(BOOKS).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_package_s_is_told_from_what_is_rpm_s_and_every_system_s() {
        assert_eq!(above("usr/share/doc/salus").collect::<Vec<_>>(), ["usr", "usr/share", "usr/share/doc"]);
        assert_eq!(above("usr").count(), 0);
        assert!(is_book("var/lib/rpm") && is_book("var/lib/rpm/rpmdb.sqlite"));
        assert!(!is_book("var/lib/rpmdb") && !is_book("usr/bin/salus"));
    }
}
