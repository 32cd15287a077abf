//! One file per backup: an age file that the printed recovery key opens, with this program or with the stock `age` tool.
//!
//! ```text
//! recovery key --HKDF-SHA-512--> age identity (X25519) --> recipient, kept sealed in the record
//! slot C's key, of t of n guardians' parts --HKDF-SHA-512--> another one --> a second recipient, while there are guardians
//! record, unlocked -> consistent copy of vault.db (rows stay sealed) + keyslots -> tar -> age -> <name>.age
//! <name>.age: written beside, synced, renamed, directory synced, re-opened, decrypted and checked whole
//! ```
//!
//! Guarantees: making one needs no secret that is not in the unlocked record already; what is under a backup's final name
//! was synced; what a kill left of one is removed before the next is written; a backup that cannot be read back whole is removed and said, and no other is removed then; memory is
//! bounded whatever a file says; restoring never writes into a directory that holds a record.
//!
//! Non-guarantees: the check after writing decrypts every octet with a second key, which is drawn for it and forgotten
//! after it; that the recovery key itself opens the file is shown only by a rehearsal ([`crate::vault::Vault::rehearse`]).
//! Read-back may come from the system's cache, not from the disk. A backup opens with the recovery key of its day, and with
//! enough parts of the guardians of its day.
//!
//! docs/BACKUP.md says how to open a backup without this program.

mod error;
pub(crate) mod identity;
mod keep;
mod name;
mod shelf;
pub(crate) mod tape;
mod unpack;
mod watch;
pub(crate) mod write;

pub use error::BackupError;
pub use identity::{identity, identity_of_parts, recipient};
pub use keep::{DAILY, MONTHLY, WEEKLY};
pub use shelf::{Backup, clear_interrupted, list, prune};
pub use watch::{AtWork, StopOnDrop, Watch};

pub(crate) use identity::recipient_of_parts;
pub(crate) use name::file_name;
pub(crate) use tape::MAX_SMALL;
pub(crate) use unpack::{Unpacked, unpack};
pub(crate) use write::{Job, write};
