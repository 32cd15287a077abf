//! A file that comes from a slow disk: whoever reads it waits in its middle until the test lets it go on. So what is done meanwhile is
//! done while it is read, however fast the machine is.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use tokio::io::AsyncWriteExt;
use tokio::net::unix::pipe::{OpenOptions, Sender};
use tokio::process::Command;
use tokio::time::timeout;

use crate::network::{PATIENCE, eventually};

/// Octets of the rest that come at once: several of them make what a reader of backups looks at together.
const PIECE: usize = 16 * 1024;

/// What is still to come.
#[derive(Debug)]
pub struct Rest<'a> {
    out: Sender,
    octets: &'a [u8],
}

/// Puts such a file there; nothing of it comes before somebody reads it.
///
/// # Errors
/// It cannot be made.
pub async fn put(file: &Path) -> Result<()> {
    let made = Command::new("mkfifo").arg(file).status().await.context("mkfifo is missing")?;
    ensure!(made.success(), "{} cannot be made", file.display());
    Ok(())
}

/// Waits until somebody reads the file, and gives them the first half of this.
///
/// # Errors
/// Nobody reads it for a minute, or not so far.
pub async fn half<'a>(file: &Path, octets: &'a [u8]) -> Result<Rest<'a>> {
    let reads = async || OpenOptions::new().open_sender(file).ok();
    let mut out = eventually(PATIENCE, reads).await.context("nobody reads the file")?;
    let (first, octets) = octets.split_at(octets.len() / 2);
    let given = timeout(PATIENCE, out.write_all(first)).await.context("nobody reads as far as its half")?;
    given.context("the file was closed before its half")?;
    Ok(Rest { out, octets })
}

impl Rest<'_> {
    /// Gives the rest, piece by piece; before each of them something is done.
    ///
    /// # Errors
    /// What is done; or whoever read the file neither reads on nor closes it.
    pub async fn comes(self, before_each: impl AsyncFn() -> Result<()>) -> Result<()> {
        let Self { mut out, octets } = self;
        for piece in octets.chunks(PIECE) {
            before_each().await?;
            match timeout(PATIENCE, out.write_all(piece)).await {
                Ok(Ok(())) => {}
                // Whoever stops reading closes it.
                Ok(Err(_)) => break,
                Err(_) => bail!("the rest is not read"),
            }
        }
        Ok(())
    }
}
