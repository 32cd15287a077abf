//! Whether the engine's write-ahead log is the one that this member's signatures are in.
//!
//! The engine opens an empty, missing or cut log without a word and would then vote again where it voted before. So the
//! node looks first: a member that has signed must have a log, and a member that has signed at an undecided height must
//! have the log of that height.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Step;

/// Version u32, then height u64, big-endian: `arc-malachitebft-wal` 0.8.2, `log.rs`.
const HEADER: usize = 12;
const VERSION: u32 = 1;

/// Why the node must not start.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// It is gone, and this member has taken part in the chain.
    #[error(
        "the consensus log is missing, but this member has signed up to height {signed}: restore it; never start without it"
    )]
    Missing {
        /// Last height signed or decided here.
        signed: u64,
    },
    /// It is cut or of a format that the engine does not read.
    #[error(
        "the consensus log is damaged, but this member has signed up to height {signed}: restore it; never start without it"
    )]
    Damaged {
        /// Last height signed or decided here.
        signed: u64,
    },
    /// It is of another height than the undecided one that this member has signed at.
    #[error(
        "the consensus log is of height {log}, but this member has signed at height {signed}: restore the newer log"
    )]
    Stale {
        /// The log's height.
        log: u64,
        /// The height signed at.
        signed: u64,
    },
    /// The record of signatures is gone, and blocks are here.
    #[error(
        "the record of the last signature is missing, but blocks up to height {head} are here: restore it; never start without it"
    )]
    NoRecord {
        /// The head.
        head: u64,
    },
    /// The file system refused.
    #[error(
        "the consensus log (data/wal) cannot be used; let this user write it, and make room if the disk is full"
    )]
    Io(#[from] io::Error),
}

/// Refuses a log that does not fit what this member has signed and decided.
///
/// # Errors
/// [`LogError`] says what to restore.
pub fn check_log(path: &Path, head: u64, signed: Option<Step>) -> Result<(), LogError> {
    let Some(step) = signed else { return Ok(()) };
    let signed = step.height.max(head);
    let mut octets = [0; HEADER];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut octets));
    match read.as_ref().map_err(io::Error::kind) {
        Ok(()) => {}
        Err(io::ErrorKind::NotFound) => return Err(LogError::Missing { signed }),
        Err(io::ErrorKind::UnexpectedEof) => return Err(LogError::Damaged { signed }),
        Err(_) => return read.map_err(LogError::from),
    }
    let (version, height) = octets.split_at(4);
    if version != VERSION.to_be_bytes() {
        return Err(LogError::Damaged { signed });
    }
    let log = height.iter().fold(0u64, |height, octet| height << 8 | u64::from(*octet));
    if step.height > head && log != step.height {
        return Err(LogError::Stale { log, signed: step.height });
    }
    Ok(())
}

/// Refuses a home that has blocks and no record of signatures; look before the record is opened, which makes one.
///
/// # Errors
/// [`LogError::NoRecord`].
pub fn check_record(path: &Path, head: u64) -> Result<(), LogError> {
    if head > 0 && !path.exists() { Err(LogError::NoRecord { head }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(height: u64) -> Vec<u8> {
        [&VERSION.to_be_bytes()[..], &height.to_be_bytes()].concat()
    }

    #[test]
    fn every_log_that_does_not_fit_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("wal");
        let at = |height| Some(Step { height, round: 0, kind: Step::PREVOTE });
        assert!(check_log(&path, 0, None).is_ok(), "a new member");
        assert!(check_log(&path, 3, None).is_ok(), "one that only followed");
        assert!(check_record(&path, 0).is_ok());
        assert!(matches!(check_record(&path, 3), Err(LogError::NoRecord { head: 3 })));
        assert!(matches!(check_log(&path, 3, at(4)), Err(LogError::Missing { signed: 4 })));
        assert!(matches!(check_log(&path, 4, at(4)), Err(LogError::Missing { signed: 4 })));
        std::fs::write(&path, &log(4)[..7]).unwrap();
        assert!(matches!(check_log(&path, 3, at(4)), Err(LogError::Damaged { .. })));
        std::fs::write(&path, log(3)).unwrap();
        assert!(matches!(check_log(&path, 3, at(4)), Err(LogError::Stale { log: 3, signed: 4 })));
        assert!(check_log(&path, 4, at(4)).is_ok(), "decided since");
        std::fs::write(&path, log(4)).unwrap();
        assert!(check_log(&path, 3, at(4)).is_ok());
        std::fs::write(&path, [&[0, 0, 0, 9], &log(4)[4..]].concat()).unwrap();
        assert!(matches!(check_log(&path, 4, at(4)), Err(LogError::Damaged { .. })));
    }
}
