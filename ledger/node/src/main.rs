//! `salus-node`: runs one member of a chain. `salus-node --help` documents every command.

#![expect(clippy::print_stderr, reason = "a program says why it ended")]

use std::process::ExitCode;

use clap::Parser;

/// Whatever is freed is wiped, in every crate below: a part of a permission does not stay on the heap.
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    salus_light::process::keep_memory_private();
    match salus_node::cli::Cli::parse().execute() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("salus-node: {error:#}");
            ExitCode::FAILURE
        }
    }
}
