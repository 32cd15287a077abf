//! A patient's record, made by an application in this process and left to a window, with the clock that the window runs on.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use salus_chain::time::Clock;
use salus_light::clock::SystemClock;
use salus_tests::desk::Desk;
use tempfile::TempDir;

/// On the disk; removed with this value.
pub(crate) struct Record {
    dir: TempDir,
}

impl Record {
    /// An empty record, locked, whose passphrase is every desk's.
    pub(crate) async fn made() -> Result<Self> {
        let record = Self { dir: tempfile::tempdir()? };
        let desk = Desk::patient(&record.data()).await?;
        let closed = desk.app.close().await;
        closed.map_err(|failure| anyhow!("the record does not close: {failure}"))?;
        Ok(record)
    }

    /// Everything that is in it, and a place beside it.
    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// The application's directory.
    pub(crate) fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// The vault in it.
    pub(crate) fn vault(&self) -> PathBuf {
        self.data().join("record")
    }

    fn clock(&self) -> PathBuf {
        self.dir.path().join("clock")
    }

    /// It is this instant now, Unix milliseconds, for every program that has [`Record::arguments`].
    pub(crate) fn set_clock(&self, at: i64) -> Result<()> {
        let (clock, part) = (self.clock(), self.dir.path().join("clock.part"));
        std::fs::write(&part, (at - SystemClock.now()).to_string())?;
        std::fs::rename(&part, &clock).context("the clock cannot be set")
    }

    /// What time it is by that clock.
    pub(crate) fn now(&self) -> Result<i64> {
        let offset: i64 = std::fs::read_to_string(self.clock())?.parse().context("the clock is not set")?;
        Ok(SystemClock.now() + offset)
    }

    /// What the program is started with, once the clock is set.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let (data, clock) = (self.data().display().to_string(), self.clock().display().to_string());
        vec!["--data-dir".to_owned(), data, "--insecure-test-clock".to_owned(), clock]
    }
}
