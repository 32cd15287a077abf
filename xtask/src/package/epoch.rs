//! The one time that a package knows: that of the commit which it is made of. So the same commit gives the same octets.
//!
//! # Source
//! SOURCE_DATE_EPOCH of reproducible-builds.org, version 1.1: whoever sets it decides.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::env::{command, output, quiet};

/// Under what the time is told, to us and to the tools that pack.
pub(super) const VARIABLE: &str = "SOURCE_DATE_EPOCH";

/// Seconds since 1970, UTC.
#[derive(Clone, Copy)]
pub(super) struct Epoch(u64);

impl Epoch {
    /// What the environment says, else the time of the last commit.
    pub(super) fn find() -> Result<Self> {
        let seconds = match std::env::var(VARIABLE) {
            Ok(said) => said,
            Err(_) => output("git", &["log", "-1", "--format=%ct"]).with_context(|| {
                format!("this is no git clone: set {VARIABLE} to the seconds since 1970 of what is packaged")
            })?,
        };
        let seconds = seconds.trim();
        seconds.parse().map(Self).with_context(|| format!("{VARIABLE} is no number of seconds: {seconds}"))
    }

    /// A time of a test's.
    #[cfg(test)]
    pub(super) const fn at(seconds: u64) -> Self {
        Self(seconds)
    }

    /// As a file's time.
    pub(super) fn time(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0)
    }

    /// As tools take it from the environment.
    pub(super) fn seconds(self) -> String {
        self.0.to_string()
    }

    /// As in `2026-11-30`.
    pub(super) fn day(self) -> Result<String> {
        self.format("+%F")
    }

    /// As in a letter's head (RFC 2822), which a changelog of Debian's ends with.
    pub(super) fn letter(self) -> Result<String> {
        self.format("--rfc-email")
    }

    fn format(self, form: &str) -> Result<String> {
        let mut date = command("date");
        date.env("LC_ALL", "C").args(["--utc", &format!("--date=@{}", self.0), form]);
        Ok(quiet(&mut date)?.trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_the_packages_want_it() {
        let epoch = Epoch(1_700_000_000);
        assert_eq!(epoch.time().duration_since(UNIX_EPOCH).unwrap().as_secs(), 1_700_000_000);
        if cfg!(target_os = "linux") {
            assert_eq!(epoch.day().unwrap(), "2023-11-14");
            assert_eq!(epoch.letter().unwrap(), "Tue, 14 Nov 2023 22:13:20 +0000");
        }
    }
}
