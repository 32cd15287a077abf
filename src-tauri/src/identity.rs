//! The honest way out: the age identity of a printed recovery key, so that the stock `age` tool opens the backups.

use std::io::{Read, Write};

use anyhow::Context;

/// Longest input: a recovery key is 44 characters.
const MAX: u64 = 1024;

/// Reads the recovery key from standard input and prints the identity as a file of the tool.
pub(crate) fn print() -> anyhow::Result<()> {
    let mut typed = String::new();
    std::io::stdin().lock().take(MAX).read_to_string(&mut typed).context("cannot read the recovery key")?;
    let text = salus_api::backup_identity(&typed).context("this is no recovery key")?;
    std::io::stdout().lock().write_all(text.as_bytes()).context("cannot print")
}
