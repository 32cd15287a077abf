//! The outside judge of reports' pages, which a journey starts on what was made (`tests/pdf/validate.py`).

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::env::{Unavailable, cache};
use crate::python;
use crate::step::step;

/// What a test finds the interpreter under. Without it a test says that it was skipped.
const VARIABLE: &str = "SALUS_PDF_PYTHON";

/// Tells the tests that `command` runs of the judge, where it can be had.
pub(super) fn tell(command: &mut Command) -> Result<()> {
    match step("the judge of pages", ensure) {
        Ok(python) => {
            command.env(VARIABLE, python);
            Ok(())
        }
        Err(why) if why.is::<Unavailable>() => {
            println!("   SKIPPED, NOT PASSED: no page is held to PDF/UA by others, because {why:#}");
            command.env_remove(VARIABLE);
            Ok(())
        }
        Err(why) => Err(why),
    }
}

fn ensure() -> Result<PathBuf> {
    // Tests run in their package's directory.
    let at = std::path::absolute(cache().join("pdf-python"))?;
    python::ensure(&at, "tests/pdf/requirements.txt", "pdfua and pikepdf cannot be had")
}
