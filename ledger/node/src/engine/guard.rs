//! The last thing this member signed, on disk before the signature leaves.
//!
//! The engine's write-ahead log already prevents a double signature, unless the log is lost, cut or restored from a
//! backup; the engine starts on an empty log without a word. This record is the second lock: 80 bytes, two slots
//! written in turn and synced, so that a torn write leaves the older slot whole.
//!
//! ```text
//! slot = counter u64 | height u64 | round i64 | kind u8 | zero*7 | SHA-256(message) 32 | first 16 of SHA-256 of all before
//! ```

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

const SLOT: usize = 80;
const BODY: usize = SLOT - 16;

/// A moment at which a member may sign one message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Height.
    pub height: u64,
    /// Round.
    pub round: i64,
    /// [`Step::PROPOSAL`], [`Step::PREVOTE`] or [`Step::PRECOMMIT`], in the order in which a round passes them.
    pub kind: u8,
}

impl Step {
    /// A proposal.
    pub const PROPOSAL: u8 = 1;
    /// A prevote.
    pub const PREVOTE: u8 = 2;
    /// A precommit.
    pub const PRECOMMIT: u8 = 3;
}

/// Why the record could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum GuardError {
    /// The file system refused.
    #[error(
        "the record of the last signature (data/signed) cannot be used; let this user write it, and make room if the disk is full"
    )]
    Io(#[from] io::Error),
    /// Neither slot is whole.
    #[error("the record of the last signature is damaged; restore it from a backup, never delete it")]
    Damaged,
}

#[derive(Clone, Copy, Default)]
struct Last {
    counter: u64,
    step: Step,
    message: [u8; 32],
}

struct Open {
    file: File,
    last: Last,
}

/// The record, open for this process.
pub struct Guard(Mutex<Open>);

impl Guard {
    /// Opens the record, or starts one.
    ///
    /// # Errors
    /// If the file cannot be opened, or has content of which no slot is whole.
    pub fn open(path: &Path) -> Result<Self, GuardError> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut bytes = Vec::new();
        Read::by_ref(&mut file).take(2 * SLOT as u64).read_to_end(&mut bytes)?;
        let last = bytes.chunks(SLOT).filter_map(decode).max_by_key(|last| last.counter);
        match last {
            Some(last) => Ok(Self(Mutex::new(Open { file, last }))),
            None if bytes.is_empty() => Ok(Self(Mutex::new(Open { file, last: Last::default() }))),
            None => Err(GuardError::Damaged),
        }
    }

    /// The step signed last, if any.
    #[must_use]
    pub fn last(&self) -> Option<Step> {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (open.last.counter > 0).then_some(open.last.step)
    }

    /// Whether `message` may be signed at `step`; if so, it is on disk when this returns.
    ///
    /// A later step than the last one may be signed; the last one again only with the same message; an earlier one
    /// never.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn permit(&self, step: Step, message: &[u8]) -> Result<bool, GuardError> {
        let digest: [u8; 32] = Sha256::digest(message).into();
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if open.last.counter > 0 {
            if step < open.last.step {
                return Ok(false);
            }
            if step == open.last.step {
                return Ok(digest == open.last.message);
            }
        }
        let next = Last { counter: open.last.counter.saturating_add(1), step, message: digest };
        let slot = (next.counter % 2) * SLOT as u64;
        open.file.seek(SeekFrom::Start(slot))?;
        open.file.write_all(&encode(&next))?;
        open.file.sync_data()?;
        open.last = next;
        Ok(true)
    }
}

fn encode(last: &Last) -> [u8; SLOT] {
    let mut slot = [0; SLOT];
    slot[..8].copy_from_slice(&last.counter.to_be_bytes());
    slot[8..16].copy_from_slice(&last.step.height.to_be_bytes());
    slot[16..24].copy_from_slice(&last.step.round.to_be_bytes());
    slot[24] = last.step.kind;
    slot[32..BODY].copy_from_slice(&last.message);
    let check = Sha256::digest(&slot[..BODY]);
    slot[BODY..].copy_from_slice(&check[..16]);
    slot
}

fn decode(slot: &[u8]) -> Option<Last> {
    let slot: &[u8; SLOT] = slot.try_into().ok()?;
    if Sha256::digest(&slot[..BODY])[..16] != slot[BODY..] {
        return None;
    }
    Some(Last {
        counter: u64::from_be_bytes(slot[..8].try_into().ok()?),
        step: Step {
            height: u64::from_be_bytes(slot[8..16].try_into().ok()?),
            round: i64::from_be_bytes(slot[16..24].try_into().ok()?),
            kind: slot[24],
        },
        message: slot[32..BODY].try_into().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: Step = Step { height: 7, round: 1, kind: Step::PREVOTE };

    #[test]
    fn one_message_a_step_across_restarts() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("signed");
        let guard = Guard::open(&path).unwrap();
        assert_eq!(guard.last(), None);
        assert!(guard.permit(STEP, b"a").unwrap());
        drop(guard);
        let guard = Guard::open(&path).unwrap();
        assert_eq!(guard.last(), Some(STEP));
        assert!(guard.permit(STEP, b"a").unwrap(), "the same vote again");
        assert!(!guard.permit(STEP, b"b").unwrap(), "another value");
        assert!(!guard.permit(Step { round: 0, ..STEP }, b"a").unwrap(), "an earlier round");
        assert!(guard.permit(Step { kind: Step::PRECOMMIT, ..STEP }, b"b").unwrap());
        assert!(guard.permit(Step { height: 8, round: 0, kind: Step::PROPOSAL }, b"b").unwrap());
    }

    #[test]
    fn a_torn_slot_leaves_the_other_and_two_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("signed");
        let guard = Guard::open(&path).unwrap();
        assert!(guard.permit(STEP, b"a").unwrap());
        assert!(guard.permit(Step { height: 8, ..STEP }, b"b").unwrap());
        drop(guard);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[3] ^= 1; // slot 0 holds the second record
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(Guard::open(&path).unwrap().last(), Some(STEP));
        bytes[SLOT + 3] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        assert!(matches!(Guard::open(&path), Err(GuardError::Damaged)));
    }
}
