//! A package's files before they are packed: a folder that looks like the root of the system which they are unpacked on.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::env::{command, quiet};

const PROGRAM: u32 = 0o755;
const FILE: u32 = 0o644;

/// The folder. Nothing else writes into it.
pub(super) struct Tree(PathBuf);

impl Tree {
    /// An empty one at `at`; what was there from an earlier run goes.
    pub(super) fn fresh(at: PathBuf) -> Result<Self> {
        if at.exists() {
            fs::remove_dir_all(&at).with_context(|| format!("clearing {}", at.display()))?;
        }
        fs::create_dir_all(&at).with_context(|| format!("making {}", at.display()))?;
        Ok(Self(at))
    }

    /// Where it is.
    pub(super) fn at(&self) -> &Path {
        &self.0
    }

    /// A file that everybody may read; `path` begins below the root, without a slash.
    pub(super) fn put(&self, path: &str, content: &[u8]) -> Result<()> {
        self.write(path, content, FILE)
    }

    /// A file that everybody may run.
    pub(super) fn put_program(&self, path: &str, content: &[u8]) -> Result<()> {
        self.write(path, content, PROGRAM)
    }

    /// A file that everybody may read, as `path` with `.gz`, without a name or a time in it.
    pub(super) fn put_compressed(&self, path: &str, content: &[u8]) -> Result<()> {
        self.put(path, content)?;
        quiet(command("gzip").args(["--best", "--no-name", "--force"]).arg(self.0.join(path))).map(drop)
    }

    /// Every path below it in the order of names, without a slash before it; folders end in one.
    pub(super) fn paths(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        walk(&self.0, "", &mut found)?;
        found.sort_unstable();
        Ok(found)
    }

    /// Gives everything the one time and every folder its mode, whatever the person's umask is. Afterwards nothing is written.
    pub(super) fn seal(&self, time: SystemTime) -> Result<()> {
        for path in self.paths()?.iter().map(String::as_str).chain([""]) {
            let at = self.0.join(path);
            if path.is_empty() || path.ends_with('/') {
                set_mode(&at, PROGRAM)?;
            }
            let set = File::open(&at).and_then(|file| file.set_modified(time));
            set.with_context(|| format!("the time of {}", at.display()))?;
        }
        Ok(())
    }

    fn write(&self, path: &str, content: &[u8], mode: u32) -> Result<()> {
        let at = self.0.join(path);
        let folder = at.parent().context("a path without a folder")?;
        fs::create_dir_all(folder)?;
        fs::write(&at, content).with_context(|| format!("writing {}", at.display()))?;
        set_mode(&at, mode)
    }
}

fn walk(folder: &Path, before: &str, found: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().context("a name that is not UTF-8")?;
        if entry.file_type()?.is_dir() {
            let path = format!("{before}{name}/");
            walk(&entry.path(), &path, found)?;
            found.push(path);
        } else {
            found.push(format!("{before}{name}"));
        }
    }
    Ok(())
}

#[cfg(unix)]
fn set_mode(at: &Path, mode: u32) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(at, fs::Permissions::from_mode(mode))
        .with_context(|| format!("the mode of {}", at.display()))
}

/// Packages are made on Linux only; this lets the rest compile elsewhere.
#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> Result<()> {
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn a_tree_has_one_time_and_modes_of_its_own() {
        let at = std::env::temp_dir().join(format!("salus-tree-{}", std::process::id()));
        let tree = Tree::fresh(at.clone()).unwrap();
        tree.put("etc/a/b.conf", b"b").unwrap();
        tree.put_program("usr/bin/a", b"#!").unwrap();
        tree.put_compressed("usr/share/doc/a/changelog", b"text").unwrap();
        let time = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        tree.seal(time).unwrap();
        let paths = tree.paths().unwrap();
        let files: Vec<&str> = paths.iter().map(String::as_str).filter(|p| !p.ends_with('/')).collect();
        assert_eq!(files, ["etc/a/b.conf", "usr/bin/a", "usr/share/doc/a/changelog.gz"]);
        assert!(paths.iter().any(|p| p == "usr/share/"), "{paths:?}");
        for path in &paths {
            let found = fs::metadata(at.join(path)).unwrap();
            assert_eq!(found.modified().unwrap(), time, "{path}");
            let mode = if found.is_dir() || path == "usr/bin/a" { PROGRAM } else { FILE };
            assert_eq!(found.permissions().mode() & 0o7777, mode, "{path}");
        }
        assert!(Tree::fresh(at.clone()).unwrap().paths().unwrap().is_empty());
        fs::remove_dir_all(at).unwrap();
    }
}
