//! Shares on disk: one file for each grant, readable by the owner only, overwritten before it is unlinked.
//!
//! A solid-state disk may keep old copies of an overwritten page until it reuses them; full-disk encryption is the answer
//! to that, and SECURITY.md says so.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rand::Rng;
use salus_chain::ids::GrantId;
use zeroize::Zeroizing;

/// Longest share file.
const MAX_SHARE: u64 = 64 * 1024;

/// Why a share cannot be kept, read or erased.
#[derive(Debug, thiserror::Error)]
pub(super) enum ShareError {
    /// The file system refused.
    #[error("the share file cannot be used")]
    Io(#[from] io::Error),
    /// Another share is held for this grant already.
    #[error("another share is held for this permission")]
    Other,
    /// The grant's share was erased, and stays so.
    #[error("the share of this permission is erased")]
    Erased,
}

/// The directory of shares.
///
/// ```text
/// <grant>          the share, mode 0600
/// <grant>.erased   erased, and not yet confirmed on the chain
/// ```
#[derive(Debug, Clone)]
pub(super) struct Shares(PathBuf);

impl Shares {
    /// Opens the directory, for the owner only.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn open(directory: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(directory)?;
        std::fs::set_permissions(directory, std::fs::Permissions::from_mode(0o700))?;
        Ok(Self(directory.to_owned()))
    }

    fn share(&self, grant: &GrantId) -> PathBuf {
        self.0.join(grant.to_string())
    }

    fn mark(&self, grant: &GrantId) -> PathBuf {
        self.0.join(format!("{grant}.erased"))
    }

    /// Whether the grant's share was erased and that is not confirmed yet.
    #[must_use]
    pub(super) fn is_marked(&self, grant: &GrantId) -> bool {
        self.mark(grant).exists()
    }

    /// Keeps a share; durable when this returns. Keeping the same share again is keeping it once.
    ///
    /// # Errors
    /// [`ShareError`].
    pub(super) fn keep(&self, grant: &GrantId, share: &[u8]) -> Result<(), ShareError> {
        if self.mark(grant).exists() {
            return Err(ShareError::Erased);
        }
        if let Some(held) = self.read(grant)? {
            return if held.as_slice() == share { Ok(()) } else { Err(ShareError::Other) };
        }
        let staged = self.0.join(format!("{grant}.new"));
        match std::fs::remove_file(&staged) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&staged)?;
        file.write_all(share)?;
        file.sync_all()?;
        std::fs::rename(&staged, self.share(grant))?;
        Ok(self.sync()?)
    }

    /// The share, if it is held and not being erased.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn read(&self, grant: &GrantId) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        let file = match File::open(self.share(grant)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut share = Zeroizing::new(Vec::with_capacity(4096));
        file.take(MAX_SHARE).read_to_end(&mut share)?;
        // The mark comes before the first overwritten octet, so without one these are the share's.
        Ok(if self.is_marked(grant) { None } else { Some(share) })
    }

    /// Erases a share: marks it, overwrites it, unlinks it, each step on disk before the next.
    ///
    /// # Errors
    /// When a step fails; repeating goes on from there.
    pub(super) fn erase(&self, grant: &GrantId) -> io::Result<()> {
        File::create(self.mark(grant))?.sync_all()?;
        self.sync()?;
        self.destroy(grant)
    }

    /// Erases a share of a grant that never came onto the chain; nothing is left to confirm.
    ///
    /// # Errors
    /// As [`Shares::erase`].
    pub(super) fn discard(&self, grant: &GrantId) -> io::Result<()> {
        self.destroy(grant)
    }

    fn destroy(&self, grant: &GrantId) -> io::Result<()> {
        let path = self.share(grant);
        let mut file = match OpenOptions::new().write(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let length = usize::try_from(file.metadata()?.len().min(MAX_SHARE)).unwrap_or(0);
        let mut noise = vec![0; length];
        crate::entropy::rng().fill_bytes(&mut noise);
        file.write_all(&noise)?;
        file.sync_all()?;
        std::fs::remove_file(&path)?;
        self.sync()
    }

    /// Forgets that an erasure waits to be confirmed: the chain has it.
    ///
    /// # Errors
    /// When the mark cannot be removed.
    pub(super) fn confirmed(&self, grant: &GrantId) -> io::Result<()> {
        std::fs::remove_file(self.mark(grant))?;
        self.sync()
    }

    /// Grants whose share is held, and grants whose erasure is not confirmed.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub(super) fn list(&self) -> io::Result<(Vec<GrantId>, Vec<GrantId>)> {
        let (mut held, mut erased) = (Vec::new(), Vec::new());
        for entry in std::fs::read_dir(&self.0)? {
            let name = entry?.file_name();
            let Some(name) = name.to_str() else { continue };
            match (name.parse(), name.strip_suffix(".erased").map(str::parse)) {
                (Ok(grant), _) => held.push(grant),
                (_, Some(Ok(grant))) => erased.push(grant),
                _ => {}
            }
        }
        Ok((held, erased))
    }

    fn sync(&self) -> io::Result<()> {
        File::open(&self.0)?.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares() -> (tempfile::TempDir, Shares) {
        let dir = tempfile::tempdir().unwrap();
        let shares = Shares::open(&dir.path().join("shares")).unwrap();
        (dir, shares)
    }

    const GRANT: GrantId = GrantId([7; 32]);

    #[test]
    fn a_share_is_kept_once_for_the_owner_only() {
        let (_dir, shares) = shares();
        shares.keep(&GRANT, b"x").unwrap();
        shares.keep(&GRANT, b"x").unwrap();
        assert!(matches!(shares.keep(&GRANT, b"y"), Err(ShareError::Other)));
        assert_eq!(shares.read(&GRANT).unwrap().unwrap().as_slice(), b"x");
        let mode = std::fs::metadata(shares.share(&GRANT)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(shares.list().unwrap(), (vec![GRANT], vec![]));
    }

    #[test]
    fn an_erased_share_is_overwritten_gone_and_never_taken_again() {
        let (dir, shares) = shares();
        shares.keep(&GRANT, b"the secret scalar").unwrap();
        // A second name for the same octets shows what the file holds after it was unlinked.
        let witness = dir.path().join("witness");
        std::fs::hard_link(shares.share(&GRANT), &witness).unwrap();
        shares.erase(&GRANT).unwrap();
        assert_ne!(std::fs::read(&witness).unwrap(), b"the secret scalar");
        assert!(shares.read(&GRANT).unwrap().is_none());
        assert!(matches!(shares.keep(&GRANT, b"the secret scalar"), Err(ShareError::Erased)));
        assert_eq!(shares.list().unwrap(), (vec![], vec![GRANT]));
        shares.erase(&GRANT).unwrap();
        shares.confirmed(&GRANT).unwrap();
        assert_eq!(shares.list().unwrap(), (vec![], vec![]));
    }

    #[test]
    fn a_share_that_is_being_erased_is_not_read() {
        let (_dir, shares) = shares();
        shares.keep(&GRANT, b"share").unwrap();
        std::fs::write(shares.mark(&GRANT), b"").unwrap();
        assert!(shares.read(&GRANT).unwrap().is_none());
        shares.erase(&GRANT).unwrap();
        assert_eq!(shares.list().unwrap(), (vec![], vec![GRANT]));
    }

    #[test]
    fn a_torn_write_leaves_no_share() {
        let (_dir, shares) = shares();
        std::fs::write(shares.0.join(format!("{GRANT}.new")), b"half").unwrap();
        assert!(shares.read(&GRANT).unwrap().is_none());
        shares.keep(&GRANT, b"whole").unwrap();
        assert_eq!(shares.read(&GRANT).unwrap().unwrap().as_slice(), b"whole");
    }
}
