//! `salus-node`: runs one member of a chain. `salus-node --help` documents every command.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match salus_node::cli::Cli::parse().execute() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("salus-node: {error:#}");
            ExitCode::FAILURE
        }
    }
}
