//! A small disk that a test fills: a tmpfs of its own.
//!
//! Only root may mount one. Everybody else may in a name space of their own, so the test is run there once more; where even
//! that is not allowed the test is skipped, and says so where `cargo xtask test` prints it at its end.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// Where a skipped test writes its line; set by `cargo xtask test`.
const SKIPS: &str = "SALUS_SKIPPED_TESTS";
/// Set for the run in a name space of its own, which does not start another.
const INSIDE: &str = "SALUS_OWN_MOUNTS";

/// The disk; gone when this is dropped.
pub struct SmallDisk(TempDir);

impl SmallDisk {
    /// A disk of `size` ("16m"), or `None` when the test `name` (as the test runner names it) is done: it passed in a name
    /// space of its own, or is skipped.
    ///
    /// # Panics
    /// If the run in a name space of its own fails.
    #[must_use]
    pub fn mount(name: &str, size: &str) -> Option<Self> {
        let dir = tempfile::tempdir().ok()?;
        if mounted(dir.path(), &format!("size={size}")) {
            return Some(Self(dir));
        }
        let apart = ["-U", "-r", "-m"];
        let allowed = Command::new("unshare").args(apart).arg("true").output();
        if std::env::var_os(INSIDE).is_some() || !allowed.is_ok_and(|o| o.status.success()) {
            skipped(name, "no right to mount a small disk, also not in a name space of its own");
            return None;
        }
        let test = std::env::current_exe().unwrap_or_default();
        let mut again = Command::new("unshare");
        again.args(apart).arg(test).args(["--exact", name, "--nocapture"]).env(INSIDE, "1");
        let ended = again.status();
        assert!(ended.is_ok_and(|status| status.success()), "{name} failed in a name space of its own");
        None
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Takes all the room that is left; [`Self::make_room`] gives it back.
    pub fn fill(&self) {
        let Ok(mut filler) = std::fs::File::create(self.path().join("filler")) else { return };
        while filler.write_all(&[1; 4096]).is_ok() {}
        // The last part of a page, too.
        while filler.write_all(&[1]).is_ok() {}
    }

    /// Gives back what [`Self::fill`] took.
    ///
    /// # Panics
    /// If it was not filled.
    pub fn make_room(&self) {
        assert!(std::fs::remove_file(self.path().join("filler")).is_ok(), "it was not filled");
    }

    /// Makes it `size` large, keeping what is on it; whether that was possible.
    #[must_use]
    pub fn resize(&self, size: &str) -> bool {
        mounted(self.path(), &format!("remount,size={size}"))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).output();
    }
}

fn mounted(at: &Path, options: &str) -> bool {
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(at);
    mount.output().is_ok_and(|o| o.status.success())
}

/// Says that a test could not be done here: in its own output, which nobody sees when it passes, and for the end of the run.
#[expect(clippy::print_stdout, reason = "a test says what it could not do here")]
pub fn skipped(name: &str, why: &str) {
    let line = format!("{name}: {why}\n");
    print!("SKIPPED, NOT PASSED: {line}");
    let Some(list) = std::env::var_os(SKIPS) else { return };
    let written = std::fs::File::options().create(true).append(true).open(list);
    assert!(written.is_ok_and(|mut f| f.write_all(line.as_bytes()).is_ok()), "a skipped test must be told");
}
