//! Why a backup was not made, or does not open.

use std::io::{self, ErrorKind};

use salus_wire::ErrorCode;

use crate::VaultError;

/// Why a backup was not made, or does not open. The record and earlier backups are as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// The record does not know to which recovery key it shall be made: it was made by an earlier version.
    #[error("the recovery key has to be typed once before a backup can be made")]
    NoRecipient,
    /// The folder is not there: a disk that is not plugged in.
    #[error("the backup folder is not there")]
    FolderMissing,
    /// The folder or its disk cannot be written.
    #[error("the backup folder cannot be written")]
    ReadOnly,
    /// The disk is full.
    #[error("the disk of the backups is full; earlier backups are kept")]
    DiskFull,
    /// The file or folder cannot be read.
    #[error("the backup cannot be read")]
    Unreadable,
    /// What was read back is not what was written; it was removed.
    #[error("the backup could not be read back whole")]
    NotVerified,
    /// The file is not a backup.
    #[error("the file is not a backup")]
    NotABackup,
    /// The recovery key is not the one of the backup's day.
    #[error("the recovery key does not open this backup")]
    WrongKey,
    /// The backup was altered or cut short.
    #[error("the backup was altered or is incomplete")]
    Altered,
    /// A newer version made the backup.
    #[error("the backup was made by a newer version")]
    TooNew,
    /// The work was stopped.
    #[error("stopped")]
    Cancelled,
    /// The record itself refused.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl BackupError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            BackupError::NoRecipient => ErrorCode::NoBackupKey,
            BackupError::FolderMissing => ErrorCode::TargetMissing,
            BackupError::ReadOnly => ErrorCode::TargetReadOnly,
            BackupError::DiskFull => ErrorCode::TargetFull,
            BackupError::Unreadable => ErrorCode::BackupUnreadable,
            BackupError::NotVerified => ErrorCode::BackupNotVerified,
            BackupError::NotABackup => ErrorCode::NotABackup,
            BackupError::WrongKey => ErrorCode::WrongRecoveryKey,
            BackupError::Altered => ErrorCode::BackupAltered,
            BackupError::TooNew => ErrorCode::TooNew,
            BackupError::Cancelled => ErrorCode::Cancelled,
            BackupError::Vault(e) => e.code(),
        }
    }

    /// While writing into the backups' folder.
    pub(crate) fn writing(e: &io::Error) -> Self {
        tracing::debug!(kind = ?e.kind(), "writing a backup failed");
        match e.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Self::DiskFull,
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::FolderMissing,
            // Also an input or output error: whatever it is, nothing can be written there.
            _ => Self::ReadOnly,
        }
    }

    /// While reading a backup that was opened: what age says of a cut or altered file, or what the disk says.
    pub(crate) fn reading(e: &io::Error) -> Self {
        tracing::debug!(kind = ?e.kind(), "reading a backup failed");
        match e.kind() {
            ErrorKind::InvalidData
            | ErrorKind::UnexpectedEof
            | ErrorKind::Other
            | ErrorKind::InvalidInput => Self::Altered,
            _ => Self::Unreadable,
        }
    }
}
