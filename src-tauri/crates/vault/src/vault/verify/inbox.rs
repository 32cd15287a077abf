//! Verifying the inbox: what came while the record was locked, and is not taken in yet.
//!
//! The file is read once and not held: whoever takes its readings in, or closes the record, does not wait for this. Taken in
//! meanwhile, there is nothing left to verify.

use super::{Damage, Verification};
use crate::VaultError;
use crate::inbox::{self, Entries};
use crate::vault::ingest::Opening;
use crate::vault::{State, Vault, files};

/// Octets of entries that one step opens: some hundred entries.
pub(super) const OCTETS: usize = 128 << 10;

/// An inbox that is being verified.
pub(super) struct Waiting {
    record: [u8; 16],
    bytes: Vec<u8>,
    /// How far; `None` before the first entry.
    at: Option<usize>,
    opening: Opening,
    refused: u64,
}

impl core::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Waiting({:?} of {} octets)", self.at, self.bytes.len())
    }
}

impl Waiting {
    /// What waits; nothing without a file.
    ///
    /// # Errors
    /// [`VaultError::Storage`].
    pub(super) fn of(vault: &Vault, state: &State) -> Result<Self, VaultError> {
        let record = state.slots.record;
        let bytes = inbox::look(&files::inbox(&vault.dir))?.unwrap_or_default();
        Ok(Self { record, bytes, at: None, opening: Opening::of(record), refused: 0 })
    }
}

impl Verification<'_> {
    /// Opens some entries; true while there are more.
    pub(super) async fn inbox(&mut self, waiting: &mut Waiting) -> Result<bool, VaultError> {
        let Waiting { record, bytes, at, opening, refused } = waiting;
        // The sessions' keys go with the file: without them nothing of it can be judged.
        let taken_in = !files::inbox(&self.vault.dir).exists();
        if taken_in || inbox::is_begun(bytes) {
            return Ok(false);
        }
        let mut entries = match at {
            Some(at) => Entries::behind(record, bytes, *at),
            None => match Entries::of(record, bytes) {
                Some(entries) => {
                    *refused += u64::from(entries.is_headless());
                    entries
                }
                // Of another record, of a newer version, or no inbox at all: nobody will take it in.
                None => {
                    self.report.tell(Damage::Inbox { entries: 1 });
                    return Ok(false);
                }
            },
        };
        let from = entries.end();
        while entries.end() - from < OCTETS {
            let Some(found) = entries.next() else {
                *refused += u64::from(entries.ends_altered());
                if *refused > 0 {
                    self.report.tell(Damage::Inbox { entries: *refused });
                }
                return Ok(false);
            };
            match opening.open(self.vault, found).await? {
                Some((_, readings)) => self.report.inbox += readings.len() as u64,
                None => *refused += 1,
            }
        }
        *at = Some(entries.end());
        Ok(true)
    }
}
