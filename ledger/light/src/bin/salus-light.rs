//! `salus-light verify-fixture FILE..`: judges light-client fixtures with the verifier that the app uses.

use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use salus_light::verify::fixture::{MAX_FIXTURE_BYTES, judge};

/// The light client's command line, for checking it against other people's fixtures.
#[derive(Parser)]
#[command(name = "salus-light", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Judge single-step fixtures in the format of the model-based tests; fails when a verdict differs.
    VerifyFixture {
        /// JSON files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// How far a header may be ahead of the fixture's clock, in seconds.
        #[arg(long, default_value_t = 0, value_name = "SECONDS")]
        clock_drift: u64,
    },
}

fn main() -> ExitCode {
    let Command::VerifyFixture { files, clock_drift } = Cli::parse().command;
    let mut out = std::io::stdout().lock();
    let mut failed = false;
    for file in files {
        let verdict = read(&file).and_then(|json| {
            judge(&json, Duration::from_secs(clock_drift)).map_err(|error| error.to_string())
        });
        let line = match verdict {
            Ok(outcome) if outcome.holds() => {
                format!("ok    {} blocks  {}", outcome.steps.len(), file.display())
            }
            Ok(outcome) => {
                failed = true;
                let differ = outcome.steps.iter().filter(|step| step.expected != step.found);
                format!("DIFF  {}  {:?}", file.display(), differ.collect::<Vec<_>>())
            }
            Err(error) => {
                failed = true;
                format!("ERROR {}  {error}", file.display())
            }
        };
        if writeln!(out, "{line}").is_err() {
            return ExitCode::FAILURE;
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn read(path: &PathBuf) -> Result<String, String> {
    let mut text = String::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    file.take(MAX_FIXTURE_BYTES).read_to_string(&mut text).map_err(|error| error.to_string())?;
    Ok(text)
}
