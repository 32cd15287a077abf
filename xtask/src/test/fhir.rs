//! The outside validator of FHIR, which journeys start on what was exported (`tests/fhir/validate.py`).

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::env::{Unavailable, cache};
use crate::python;
use crate::step::step;

/// What a test finds the interpreter under. Without it a test says that it was skipped.
const VARIABLE: &str = "SALUS_FHIR_PYTHON";

/// Tells the tests that `command` runs of the validator, where it can be had.
pub(super) fn tell(command: &mut Command) -> Result<()> {
    match step("the validator of FHIR", ensure) {
        Ok(python) => {
            command.env(VARIABLE, python);
            Ok(())
        }
        Err(why) if why.is::<Unavailable>() => {
            println!("   SKIPPED, NOT PASSED: nothing is held to FHIR by others, because {why:#}");
            command.env_remove(VARIABLE);
            Ok(())
        }
        Err(why) => Err(why),
    }
}

fn ensure() -> Result<PathBuf> {
    // Tests run in their package's directory.
    let at = std::path::absolute(cache().join("fhir-python"))?;
    python::ensure(&at, "tests/fhir/requirements.txt", "fhir.resources cannot be had")
}
