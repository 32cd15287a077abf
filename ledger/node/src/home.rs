//! Where a member's files are, and the lock that keeps a second process out.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A member's directory.
///
/// ```text
/// config.toml  keys.toml (0600)  member.json  genesis.json
/// data/ lock  chain.redb  signed  wal/consensus.wal  depot/  shares/  duty/  people/
/// ```
#[derive(Clone, Debug)]
pub struct Home(PathBuf);

/// Why a home cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// Another process runs on it.
    #[error("{0} is in use by another salus-node; stop that one first")]
    InUse(String),
    /// The file system refused.
    #[error("{path} cannot be used; let this user read and write it, and make room if the disk is full")]
    Io {
        /// Which path.
        path: String,
        /// What it said.
        source: io::Error,
    },
}

/// Held while a node runs; the file system releases it when the process ends, however it ends.
#[derive(Debug)]
pub struct HomeLock(#[expect(dead_code, reason = "the lock lives as long as the open file")] File);

impl Home {
    /// The home at `path`.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// The directory itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.0
    }

    /// Configuration.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.0.join("config.toml")
    }

    /// Secret keys.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys.toml")
    }

    /// This member's entry for a genesis.
    #[must_use]
    pub fn member(&self) -> PathBuf {
        self.0.join("member.json")
    }

    /// The chain's genesis.
    #[must_use]
    pub fn genesis(&self) -> PathBuf {
        self.0.join("genesis.json")
    }

    /// Everything the running node writes.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    /// Blocks, state and indexes.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.data().join("chain.redb")
    }

    /// The engine's write-ahead log.
    #[must_use]
    pub fn wal(&self) -> PathBuf {
        self.data().join("wal").join("consensus.wal")
    }

    /// The record of the last signature.
    #[must_use]
    pub fn signed(&self) -> PathBuf {
        self.data().join("signed")
    }

    /// Whether a node ran here before; ask before the lock is taken.
    #[must_use]
    pub fn has_run(&self) -> bool {
        self.lock_file().exists()
    }

    fn lock_file(&self) -> PathBuf {
        self.data().join("lock")
    }

    /// Makes the data directory and takes the lock.
    ///
    /// # Errors
    /// [`HomeError::InUse`] when another process holds it.
    pub fn lock(&self) -> Result<HomeLock, HomeError> {
        let io = |path: &Path, source| HomeError::Io { path: path.display().to_string(), source };
        let data = self.data();
        std::fs::create_dir_all(&data).map_err(|e| io(&data, e))?;
        let path = self.lock_file();
        let file =
            File::options().write(true).create(true).truncate(false).open(&path).map_err(|e| io(&path, e))?;
        match file.try_lock() {
            Ok(()) => Ok(HomeLock(file)),
            Err(TryLockError::WouldBlock) => Err(HomeError::InUse(self.0.display().to_string())),
            Err(TryLockError::Error(e)) => Err(io(&path, e)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_lock_is_refused_until_the_first_is_gone() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::at(dir.path());
        assert!(!home.has_run());
        let first = home.lock().unwrap();
        assert!(home.has_run());
        assert!(matches!(home.lock(), Err(HomeError::InUse(_))));
        drop(first);
        home.lock().unwrap();
    }
}
