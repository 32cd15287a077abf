//! Why an operation of the vault failed.

use salus_wire::ErrorCode;

/// Why an operation of the vault failed; a failed write changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The directory holds no record.
    #[error("no record here")]
    NoProfile,
    /// The directory holds a record already.
    #[error("a record exists here already")]
    ProfileExists,
    /// The passphrase or recovery key opens no slot.
    #[error("the passphrase or recovery key does not open this record")]
    WrongPassphrase,
    /// Too few guardians' parts that belong to this record and are whole.
    #[error("{have} of {need} guardians are not enough")]
    TooFewGuardians {
        /// Parts that fit.
        have: u8,
        /// Parts that are needed.
        need: u8,
    },
    /// The passphrase depends on this computer's keyring, which does not have its part: open with the recovery key.
    #[error("this computer's keyring does not have its part of the passphrase")]
    KeyringMissing,
    /// The passphrase depends on this computer's keyring, which has another part: open with the recovery key.
    #[error("this computer's keyring has another part of the passphrase")]
    KeyringReplaced,
    /// The passphrase depends on this computer's keyring, which cannot be asked.
    #[error("this computer's keyring cannot be asked")]
    KeyringUnavailable,
    /// Neither recovery key nor guardians would be left.
    #[error("the last way back into the record cannot be removed")]
    LastDoor,
    /// The passphrase is shorter than 8 characters or longer than 1024 octets.
    #[error("the passphrase is too short or too long")]
    WeakPassphrase,
    /// Another process has this record open.
    #[error("another process has this record open")]
    InUse,
    /// A file, page or row failed its check.
    #[error("a stored {part} failed its check")]
    Damaged {
        /// What failed.
        part: Part,
    },
    /// Stored parameters lie outside the accepted limits.
    #[error("stored parameters are outside the accepted limits")]
    BadParameters,
    /// Too little memory for Argon2id at the stored cost.
    #[error("there is too little free memory to check the passphrase")]
    NoMemory,
    /// The disk is full.
    #[error("the disk is full; nothing was lost")]
    DiskFull,
    /// The inbox of readings that came while the record was locked has reached its limit.
    #[error("the inbox is full until the record is unlocked")]
    InboxFull,
    /// The directory cannot be read or written.
    #[error("the record's directory cannot be read or written")]
    Storage,
    /// A newer version wrote this record.
    #[error("the record was written by a newer version")]
    TooNew,
    /// An older copy of this record lies in its place; it can be read, and nothing is stored until a person accepts it.
    #[error("an older copy of the record is in its place")]
    OlderCopy,
    /// The record's folder cannot be written: it can be read, and nothing is stored.
    #[error("the record's folder cannot be written; it can only be read")]
    ReadOnly,
    /// The time was deleted for ever: it has no keys, and nothing can be stored or shared of it.
    #[error("this time was deleted for ever")]
    Shredded,
    /// Readings are in this record already, under keys that would be replaced.
    #[error("this record holds readings already")]
    HoldsReadings,
    /// An argument is out of bounds: an instant outside 1970 to 2106, too many components, too long a value.
    #[error("an argument is out of bounds")]
    OutOfBounds,
}

/// What failed its check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// The keyslots file.
    Keyslots,
    /// The database file: a page, the schema, or a column's type.
    Database,
    /// A sealed row: journal, cabinet, series or epoch.
    Row,
    /// A sealed segment or manifest.
    Segment,
    /// The log of what was sealed.
    Log,
    /// The sealed inbox.
    Inbox,
}

impl core::fmt::Display for Part {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Part::Keyslots => "keyslots file",
            Part::Database => "database page",
            Part::Row => "row",
            Part::Segment => "segment",
            Part::Log => "log",
            Part::Inbox => "inbox",
        })
    }
}

impl VaultError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            VaultError::NoProfile => ErrorCode::NoProfile,
            VaultError::ProfileExists => ErrorCode::ProfileExists,
            VaultError::WrongPassphrase => ErrorCode::WrongPassphrase,
            VaultError::TooFewGuardians { .. } => ErrorCode::WrongPassphrase,
            VaultError::KeyringMissing => ErrorCode::KeyringMissing,
            VaultError::KeyringReplaced => ErrorCode::KeyringReplaced,
            VaultError::KeyringUnavailable => ErrorCode::KeyringUnavailable,
            VaultError::LastDoor => ErrorCode::LastDoor,
            VaultError::WeakPassphrase => ErrorCode::WeakPassphrase,
            VaultError::InUse => ErrorCode::InUse,
            VaultError::Damaged { .. } => ErrorCode::Damaged,
            VaultError::BadParameters => ErrorCode::BadParameters,
            VaultError::NoMemory => ErrorCode::NoMemory,
            VaultError::DiskFull => ErrorCode::DiskFull,
            VaultError::InboxFull => ErrorCode::TooLarge,
            VaultError::Storage => ErrorCode::Storage,
            VaultError::TooNew => ErrorCode::TooNew,
            VaultError::OlderCopy => ErrorCode::OlderCopy,
            VaultError::ReadOnly => ErrorCode::RecordReadOnly,
            VaultError::Shredded => ErrorCode::Shredded,
            VaultError::HoldsReadings => ErrorCode::HoldsReadings,
            VaultError::OutOfBounds => ErrorCode::BadRequest,
        }
    }
}

impl From<std::io::Error> for VaultError {
    fn from(e: std::io::Error) -> Self {
        use std::io::ErrorKind;
        tracing::debug!(kind = ?e.kind(), "file operation failed");
        match e.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => VaultError::DiskFull,
            _ => VaultError::Storage,
        }
    }
}

impl From<sqlx::Error> for VaultError {
    fn from(e: sqlx::Error) -> Self {
        tracing::debug!(error = %e, "database operation failed");
        match e {
            sqlx::Error::Io(e) => e.into(),
            sqlx::Error::Database(e) => {
                let code = e.code().and_then(|c| c.parse::<u32>().ok()).unwrap_or(0);
                sqlite(code)
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::RowNotFound => {
                VaultError::Damaged { part: Part::Database }
            }
            _ => VaultError::Storage,
        }
    }
}

/// A primary result code is the low octet of an extended one.
///
/// # Source
/// <https://www.sqlite.org/rescode.html>
fn sqlite(code: u32) -> VaultError {
    match code & 0xFF {
        5 | 6 => VaultError::InUse,                                  // BUSY, LOCKED
        11 | 26 => VaultError::Damaged { part: Part::Database },     // CORRUPT, NOTADB
        13 => VaultError::DiskFull,                                  // FULL
        1 | 19 | 20 => VaultError::Damaged { part: Part::Database }, // ERROR (missing table), CONSTRAINT, MISMATCH
        _ => VaultError::Storage,                                    // IOERR, READONLY, CANTOPEN, PERM, ...
    }
}
