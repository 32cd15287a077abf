//! Notes on disk: one file for each permission, sealed as they came.

use std::fs::{File, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use salus_chain::codec::Record;
use salus_chain::ids::GrantId;
use salus_keeper::message::DutyNote;

/// The folder of notes, `<grant>.note` each.
pub(super) struct Notes(PathBuf);

impl Notes {
    pub(super) fn open(directory: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(directory)?;
        std::fs::set_permissions(directory, Permissions::from_mode(0o700))?;
        Ok(Self(directory.to_owned()))
    }

    fn file(&self, grant: &GrantId) -> PathBuf {
        self.0.join(format!("{grant}.note"))
    }

    /// Keeps a note, in place of an earlier one; durable when this returns.
    pub(super) fn keep(&self, note: &DutyNote) -> io::Result<()> {
        let part = self.0.join(format!("{}.part", note.grant_id));
        match std::fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        crate::keys::create_private(&part, &note.encode())?;
        std::fs::rename(&part, self.file(&note.grant_id))?;
        File::open(&self.0)?.sync_all()
    }

    pub(super) fn read(&self, grant: &GrantId) -> io::Result<Option<DutyNote>> {
        let file = match File::open(self.file(grant)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut octets = Vec::new();
        file.take(DutyNote::MAX as u64).read_to_end(&mut octets)?;
        DutyNote::decode(&octets).map(Some).map_err(io::Error::other)
    }

    pub(super) fn remove(&self, grant: &GrantId) -> io::Result<()> {
        match std::fs::remove_file(self.file(grant)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    pub(super) fn list(&self) -> io::Result<Vec<GrantId>> {
        let mut grants = Vec::new();
        for entry in std::fs::read_dir(&self.0)? {
            let name = entry?.file_name();
            let grant = name.to_str().and_then(|name| name.strip_suffix(".note"));
            grants.extend(grant.and_then(|grant| grant.parse::<GrantId>().ok()));
        }
        Ok(grants)
    }
}
