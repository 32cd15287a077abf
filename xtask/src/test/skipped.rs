//! Tests that this machine does not allow: told at the end of a run, because a test runner counts them as passed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// What a test is told the list under; it appends a line and passes.
const VARIABLE: &str = "SALUS_SKIPPED_TESTS";

/// The list that tests of one run write into.
pub(super) struct Skipped(PathBuf);

impl Skipped {
    /// An empty list at `path`.
    fn at(path: PathBuf) -> Result<Self> {
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| path.display().to_string())
            }
            _ => Ok(Self(path)),
        }
    }

    /// An empty list in the target directory, told to the tests that `command` runs.
    pub(super) fn by(command: &mut Command) -> Result<Self> {
        // Tests run in their package's directory.
        let list = Self::at(std::path::absolute(crate::env::target().join("skipped-tests"))?)?;
        command.env(VARIABLE, list.path());
        Ok(list)
    }

    fn path(&self) -> &Path {
        &self.0
    }

    /// A line for each test that was skipped.
    pub(super) fn lines(&self) -> Vec<String> {
        let list = std::fs::read_to_string(&self.0).unwrap_or_default();
        list.lines().map(|line| format!("   SKIPPED, NOT PASSED: {line}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tests_wrote_is_told_and_the_next_run_begins_without_it() {
        let path = std::env::temp_dir().join(format!("salus-skipped-{}", std::process::id()));
        let list = Skipped::at(path.clone()).unwrap();
        assert!(list.lines().is_empty());
        std::fs::write(list.path(), "disk::full: no right\nother: none\n").unwrap();
        let told = ["   SKIPPED, NOT PASSED: disk::full: no right", "   SKIPPED, NOT PASSED: other: none"];
        assert_eq!(list.lines(), told);
        assert!(Skipped::at(path).unwrap().lines().is_empty());
    }
}
