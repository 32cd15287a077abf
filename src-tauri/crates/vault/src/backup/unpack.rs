//! Taking a backup out of its file.

use std::fs::File;
use std::path::Path;

use super::{BackupError, Watch, identity, tape, write};
use crate::vault::files;

/// The small parts of a backup.
pub(crate) struct Unpacked {
    /// The keyslots file.
    pub(crate) keyslots: Vec<u8>,
    /// The application's own small file.
    pub(crate) profile: Option<Vec<u8>>,
}

/// Puts the database of a backup that this identity opens into `dir`, which exists and holds no record, synced; the keyslots are
/// returned, and are for the caller to write last.
///
/// # Errors
/// [`BackupError`]; what was written so far stays for the caller to remove.
pub(crate) fn unpack(
    file: &Path,
    identity: &str,
    dir: &Path,
    watch: &Watch,
) -> Result<Unpacked, BackupError> {
    let file = File::open(file).map_err(|_| BackupError::Unreadable)?;
    let plain = write::open(file, &identity::parsed(identity))?;
    let mut out = Unpacked { keyslots: Vec::new(), profile: None };
    tape::read(plain, watch, |name, _, content| {
        match name {
            tape::KEYSLOTS => out.keyslots = tape::bytes(content)?,
            tape::PROFILE => out.profile = Some(tape::bytes(content)?),
            tape::DATABASE => {
                let mut database = files::make_database(dir)?;
                tape::copy(content, &mut database)?;
                files::sync(&database).map_err(|e| BackupError::Vault(e.into()))?;
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(out)
}
