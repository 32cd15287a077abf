//! The two clocks of a process: the machine's, and the machine's plus an offset that a test controls.
//!
//! [`Clock`] itself is a port of `salus-chain`, which never reads a clock.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use salus_chain::time::{Clock, UnixMillis};

/// Longest content of an offset file: a sign, the 19 digits of an `i64` and white space.
const OFFSET_FILE_MAX: u64 = 32;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> UnixMillis {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the Clock port's own reading of the machine's clock"
        )]
        let now = std::time::SystemTime::now();
        match now.duration_since(std::time::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |ms| -ms),
        }
    }
}

/// Why an offset file is refused.
#[derive(Debug, thiserror::Error)]
pub enum OffsetError {
    /// The file cannot be read.
    #[error("the clock offset file cannot be read")]
    Unreadable(#[source] std::io::Error),
    /// The content is not one signed decimal number of milliseconds.
    #[error("the clock offset file must hold one signed decimal number of milliseconds")]
    Malformed,
}

/// The machine's clock plus the signed millisecond offset that a file holds, read again at every [`Clock::now`].
///
/// For journeys that cross epochs and end times without waiting; processes accept it only with
/// `--insecure-test-clock`. A file that vanishes or is torn keeps the last good offset.
#[derive(Debug)]
pub struct OffsetFileClock {
    path: PathBuf,
    last: AtomicI64,
}

impl OffsetFileClock {
    /// Opens the clock over `path`, which must hold an offset now.
    ///
    /// # Errors
    /// [`OffsetError`] when the file is missing or malformed.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, OffsetError> {
        let path = path.into();
        let last = AtomicI64::new(read_offset(&path)?);
        Ok(Self { path, last })
    }
}

impl Clock for OffsetFileClock {
    fn now(&self) -> UnixMillis {
        match read_offset(&self.path) {
            Ok(offset) => self.last.store(offset, Ordering::Relaxed),
            Err(error) => tracing::warn!(%error, "keeping the last clock offset"),
        }
        SystemClock.now().saturating_add(self.last.load(Ordering::Relaxed))
    }
}

/// The clock a process runs on: the machine's, or the offset clock when a test file is named.
///
/// # Errors
/// [`OffsetError`] when the named file is missing or malformed.
pub fn clock(test_file: Option<&Path>) -> Result<Arc<dyn Clock>, OffsetError> {
    Ok(match test_file {
        Some(path) => Arc::new(OffsetFileClock::open(path)?),
        None => Arc::new(SystemClock),
    })
}

fn read_offset(path: &Path) -> Result<i64, OffsetError> {
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(OFFSET_FILE_MAX + 1).read_to_string(&mut text))
        .map_err(OffsetError::Unreadable)?;
    text.trim().parse().map_err(|_| OffsetError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_is_read_again_at_every_call_and_a_torn_file_keeps_the_last() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("offset");
        std::fs::write(&path, "5000\n").unwrap();
        let clock = OffsetFileClock::open(&path).unwrap();
        let before = SystemClock.now();
        assert!(clock.now() >= before + 5000);
        std::fs::write(&path, "-86400000").unwrap();
        assert!(clock.now() < before);
        std::fs::write(&path, "soon").unwrap();
        assert!(clock.now() < before);
    }

    #[test]
    fn a_missing_empty_or_long_file_is_refused_at_start() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("offset");
        assert!(matches!(OffsetFileClock::open(&path), Err(OffsetError::Unreadable(_))));
        for content in ["", "1e3", "1 2", &"1".repeat(100)] {
            std::fs::write(&path, content).unwrap();
            assert!(matches!(OffsetFileClock::open(&path), Err(OffsetError::Malformed)));
        }
    }
}
