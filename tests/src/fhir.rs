//! The outside validator of FHIR: `tests/fhir/validate.py`, in the environment that `cargo xtask test` makes.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};

use crate::small_disk::skipped;

/// The interpreter that has the validator; set by `cargo xtask test`.
const PYTHON: &str = "SALUS_FHIR_PYTHON";

/// The validator.
#[derive(Debug)]
pub struct Validator(PathBuf);

impl Validator {
    /// The validator, or `None` where it cannot be had: then the test `name` is skipped, and says so.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let python = std::env::var_os(PYTHON).map(PathBuf::from).filter(|python| python.exists());
        if python.is_none() {
            skipped(
                name,
                "no validator of FHIR: `cargo xtask test` installs it where there is Python with venv",
            );
        }
        python.map(Self)
    }

    /// Every fault of a bundle, one for each line.
    ///
    /// # Errors
    /// When the validator itself does not run.
    pub fn faults(&self, bundle: &Path) -> Result<Vec<String>> {
        let script = crate::place::package().join("fhir/validate.py");
        let mut run = Command::new(&self.0);
        // The faults quote names in any script.
        let run = run.arg(script).arg(bundle).env("PYTHONIOENCODING", "utf-8").output()?;
        let said = String::from_utf8_lossy(&run.stdout);
        let lines: Vec<String> = said.lines().map(str::to_owned).collect();
        // Python itself also ends with 1 when a program of it breaks, but says that elsewhere.
        let ran = matches!((run.status.code(), lines.is_empty()), (Some(0 | 1), false));
        ensure!(ran, "{}: {}", run.status, String::from_utf8_lossy(&run.stderr));
        Ok(if run.status.success() { Vec::new() } else { lines })
    }
}
