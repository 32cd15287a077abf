//! The command line.

use std::path::PathBuf;

/// The Salus application over HTTP on 127.0.0.1, for development and tests. Never use it with real health data.
///
/// The first line on standard output is JSON: {"url": ..., "token": ...}. Every request needs the token:
/// POST /invoke/<command> with "Authorization: Bearer <token>" and a JSON object; GET /events?token=<token> streams
/// events. It stops on SIGINT or SIGTERM and closes the record first.
#[derive(Debug, Clone, clap::Parser)]
#[command(name = "salus-host", version)]
pub struct Args {
    /// The profile's directory; made when missing. A second process on the same directory is refused.
    #[arg(long, value_name = "DIR")]
    pub data_dir: PathBuf,

    /// The members' list (JSON): a chain's genesis, or what `salus-node anchor` prints of it when it is older than 30 days.
    /// Without it nothing can be shared or opened.
    #[arg(long, value_name = "FILE")]
    pub genesis: Option<PathBuf>,

    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    pub port: u16,

    /// The built page to serve (the directory that holds index.html).
    #[arg(long, value_name = "DIR")]
    pub ui: Option<PathBuf>,

    /// INSECURE, tests only: add the signed number of milliseconds in FILE to the clock, read again each time.
    #[arg(long, value_name = "FILE")]
    pub insecure_test_clock: Option<PathBuf>,

    /// The D-Bus address to look for Bluetooth on, in place of the system's bus.
    #[arg(long, value_name = "ADDRESS")]
    pub bus: Option<String>,

    /// Use the desktop's keyring beside the passphrase, as the window does. Without it the passphrase stands alone, and
    /// no test record is left in a person's keyring.
    #[arg(long)]
    pub keyring: bool,

    /// INSECURE, tests only: answer yes to every confirmation. Without it every confirmation is declined, because
    /// this process has no window to ask in.
    #[arg(long)]
    pub auto_confirm: bool,

    /// INSECURE, tests only: answer every choice of a file or folder with this directory: a new file goes into it, a folder is
    /// it, a backup is the newest one in it. Without it nothing can be chosen.
    #[arg(long, value_name = "DIR")]
    pub chosen: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    #[test]
    fn every_flag_is_documented_and_the_port_defaults_to_a_free_one() {
        let command = Args::command();
        command.clone().debug_assert();
        assert!(command.get_arguments().all(|a| a.get_help().is_some() || a.get_id() == "help"));
        assert_eq!(Args::parse_from(["salus-host", "--data-dir", "x"]).port, 0);
    }
}
