//! One step of a chore: say what, run it, say how long it took.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// Runs a step and prints its name before and its time after.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("== {name}");
    let (took, result) = timed(work);
    let seconds = took.as_secs_f64();
    match &result {
        Ok(_) => println!("   {name}: done in {seconds:.1} s"),
        Err(_) => println!("   {name}: FAILED after {seconds:.1} s"),
    }
    result
}

/// What `work` gives, and the time it took.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    #[expect(clippy::disallowed_methods, reason = "a person wants to know how long a step took")]
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

/// Runs a command with its output shown; an error names the command and `hint` says what to do.
pub(crate) fn run(command: &mut Command, hint: &str) -> Result<()> {
    let line = shown(command);
    println!("   $ {line}");
    match command.status() {
        Ok(s) if s.success() => Ok(()),
        Ok(s) => bail!("`{line}` ended with {s}. {hint}"),
        Err(e) => bail!("`{line}` could not start ({e}). {hint}"),
    }
}

/// The command as a person would type it.
fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    let args = command.get_args().map(|a| a.to_string_lossy().into_owned());
    std::iter::once(name).chain(args).collect::<Vec<_>>().join(" ")
}
