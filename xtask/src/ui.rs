//! Building the page: trunk over the wasm target that set-up found.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::env::{FLAGS, command, flags, root};
use crate::setup::wasm::{self, Toolchain};
use crate::step::{run, step};

/// Builds `ui/dist`. A release build is small and slow to make; the plain one is for tests.
pub(crate) fn build(release: bool) -> Result<()> {
    step("the page (trunk, wasm)", || {
        let dist = root().join("ui/dist");
        let before = Page::at(&dist);
        let mut trunk = trunk()?;
        if release {
            trunk.arg("--release").env(FLAGS, flags());
            // A tenth smaller. A library that set-up had to build itself holds nothing for it to work on.
            if wasm::find() == Some(Toolchain::Rustup) {
                trunk.env("CARGO_PROFILE_RELEASE_LTO", "fat");
            }
        }
        run(&mut trunk, HINT)?;
        if !dist.join(INDEX).exists() {
            bail!("trunk made no ui/dist/{INDEX}");
        }
        before.map_or(Ok(()), |before| before.keep(&dist))
    })
}

/// Where the design page is built; nothing packages it.
pub(crate) const DESIGN: &str = "ui/dist-design";

/// Builds the page that shows every part in every state, as tests and people who write screens see it.
pub(crate) fn build_design() -> Result<()> {
    step("the design page (trunk, wasm)", || {
        let mut trunk = trunk()?;
        trunk.args(["--dist", "dist-design", "design/index.html"]);
        run(&mut trunk, HINT)?;
        if !root().join(DESIGN).join(INDEX).exists() {
            bail!("trunk made no {DESIGN}/{INDEX}");
        }
        Ok(())
    })
}

const HINT: &str = "Run `cargo xtask setup` and look at ui/Trunk.toml.";

/// trunk in the page's folder, on the wasm target that set-up found.
fn trunk() -> Result<Command> {
    let toolchain = wasm::find().unwrap_or(Toolchain::Missing);
    let mut trunk = command("trunk");
    trunk.current_dir(root().join("ui")).args(["build", "--offline"]);
    wasm::apply(&mut trunk, toolchain)?;
    // trunk reads NO_COLOR as a boolean and refuses the customary "1".
    trunk.env_remove("NO_COLOR");
    Ok(trunk)
}

/// The file by whose time the program with the window knows that it has to be built again.
const INDEX: &str = "index.html";

/// A page that trunk made, and when. It makes all of it anew each time, also where nothing changed.
struct Page {
    files: BTreeMap<PathBuf, Vec<u8>>,
    made: SystemTime,
}

impl Page {
    /// `None` where there is none yet, or where it cannot be read.
    fn at(dist: &Path) -> Option<Self> {
        let made = fs::metadata(dist.join(INDEX)).and_then(|index| index.modified()).ok()?;
        let mut files = BTreeMap::new();
        read(dist, &mut files).ok()?;
        Some(Self { files, made })
    }

    /// When every octet is as it was, the page is as old as it was: the program need not be built again.
    fn keep(&self, dist: &Path) -> Result<()> {
        if Self::at(dist).is_some_and(|now| now.files == self.files) {
            let index = File::options().append(true).open(dist.join(INDEX));
            index
                .and_then(|index| index.set_modified(self.made))
                .context("the time of ui/dist/index.html")?;
        }
        Ok(())
    }
}

/// Every file below a folder, with what is in it.
fn read(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(&path, files)?;
        } else {
            let octets = fs::read(&path)?;
            files.insert(path, octets);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_page_that_was_made_again_the_same_is_as_old_as_before_and_another_is_not() {
        let dist = std::env::temp_dir().join(format!("salus-page-{}", std::process::id()));
        fs::create_dir_all(dist.join("font")).unwrap();
        assert!(Page::at(&dist).is_none(), "no page");
        let made = |wasm: &[u8]| {
            fs::write(dist.join(INDEX), "page").unwrap();
            fs::write(dist.join("font/page.wasm"), wasm).unwrap();
        };
        let age = |at: SystemTime| {
            File::options().append(true).open(dist.join(INDEX)).unwrap().set_modified(at).unwrap();
        };
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        made(b"one");
        age(old);
        let before = Page::at(&dist).unwrap();
        assert_eq!(before.made, old);
        made(b"one");
        assert_ne!(Page::at(&dist).unwrap().made, old);
        before.keep(&dist).unwrap();
        assert_eq!(Page::at(&dist).unwrap().made, old);
        made(b"two");
        before.keep(&dist).unwrap();
        assert_ne!(Page::at(&dist).unwrap().made, old, "the program has the other page");
        fs::remove_dir_all(dist).unwrap();
    }
}
