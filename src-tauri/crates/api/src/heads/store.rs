//! Where heads are kept: a file outside the record's directory, and the keyring.
//!
//! A file shows a directory that was put back from a copy; whoever can write the whole home directory can put back both. The
//! keyring keeps a second one behind the person's login. It is written more seldom, because a keyring writes its whole file, and
//! not again before the next unlocking once it could not be asked: each attempt might open a window that asks for its password.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::latest::{Latest, Numbers};
use crate::file;
use crate::keyring::HeadKeyring;

/// When a head is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// While the record is open: more will come.
    Running,
    /// The last one for now.
    Last,
}

/// Keeps one small sealed value for each record, outside the record's directory. Calls may block.
pub trait HeadStore: Send + Sync + 'static {
    /// All that is kept of a record; nothing on a new computer. Called once for each unlocking.
    ///
    /// # Errors
    /// When a place cannot be read and no other has anything.
    fn load(&self, record: &[u8; 16]) -> io::Result<Vec<Vec<u8>>>;

    /// A number for a value that is read now, greater than all before it.
    fn order(&self) -> u64;

    /// Keeps a value, replacing one of a smaller `order`; one of a greater order stays. Durable when this returns. Calls may
    /// overlap, and come in another order than the values were read in.
    ///
    /// # Errors
    /// When the place cannot be written; the value before stays.
    fn save(&self, record: &[u8; 16], sealed: &[u8], order: u64, moment: Moment) -> io::Result<()>;
}

/// One file for each record, in a directory that is not the record's.
#[derive(Debug)]
pub struct FileHeads {
    dir: PathBuf,
    numbers: Numbers,
    kept: Latest,
}

impl FileHeads {
    /// Keeps heads in this directory, made when it is needed.
    #[must_use]
    pub fn new(dir: PathBuf) -> Self {
        Self { dir, numbers: Numbers::default(), kept: Latest::default() }
    }

    fn path(&self, record: &[u8; 16]) -> PathBuf {
        self.dir.join(format!("{}.head", hex::encode(record)))
    }
}

impl HeadStore for FileHeads {
    fn load(&self, record: &[u8; 16]) -> io::Result<Vec<Vec<u8>>> {
        file::read(&self.path(record)).map(|kept| kept.into_iter().collect())
    }

    fn order(&self) -> u64 {
        self.numbers.next()
    }

    fn save(&self, record: &[u8; 16], sealed: &[u8], order: u64, _: Moment) -> io::Result<()> {
        let write = || {
            file::make_private(&self.dir)?;
            file::replace(&self.path(record), sealed)
        };
        self.kept.keep(record, order, write).unwrap_or(Ok(()))
    }
}

/// How many times the file is written for each time that the keyring is: about a minute.
const KEYRING_EVERY: u32 = 12;

/// A file and the keyring.
#[derive(Debug)]
pub struct KeyringHeads<K> {
    file: FileHeads,
    keyring: K,
    asked: Latest,
    turns: Mutex<HashMap<[u8; 16], Turn>>,
}

/// Whether the keyring is written to.
#[derive(Debug, Clone, Copy)]
enum Turn {
    /// After so many more.
    In(u32),
    /// Not before the next unlocking.
    Never,
}

impl<K: HeadKeyring> KeyringHeads<K> {
    /// Keeps heads in this directory and this keyring.
    #[must_use]
    pub fn new(dir: PathBuf, keyring: K) -> Self {
        Self { file: FileHeads::new(dir), keyring, asked: Latest::default(), turns: Mutex::default() }
    }

    fn set(&self, record: &[u8; 16], turn: Turn) {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).insert(*record, turn);
    }

    /// True when the keyring is to be written now.
    fn is_due(&self, record: &[u8; 16], moment: Moment) -> bool {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        // A new record: never loaded.
        let turn = turns.entry(*record).or_insert(Turn::In(0));
        match turn {
            Turn::Never => false,
            Turn::In(0) => true,
            Turn::In(_) if moment == Moment::Last => true,
            Turn::In(more) => {
                *more -= 1;
                false
            }
        }
    }
}

impl<K: HeadKeyring> HeadStore for KeyringHeads<K> {
    fn load(&self, record: &[u8; 16]) -> io::Result<Vec<Vec<u8>>> {
        let file = self.file.load(record);
        match self.keyring.head(record) {
            Ok(kept) => {
                self.set(record, Turn::In(0));
                let Some(kept) = kept else { return file };
                Ok(file.unwrap_or_default().into_iter().chain([kept]).collect())
            }
            Err(_) => {
                tracing::info!("the keyring cannot be asked how far the record had come");
                self.set(record, Turn::Never);
                file
            }
        }
    }

    fn order(&self) -> u64 {
        self.file.order()
    }

    fn save(&self, record: &[u8; 16], sealed: &[u8], order: u64, moment: Moment) -> io::Result<()> {
        // The file never waits for the keyring.
        let written = self.file.save(record, sealed, order, moment);
        self.asked.keep(record, order, || {
            if !self.is_due(record, moment) {
                return;
            }
            let turn = match self.keyring.keep_head(record, sealed) {
                Ok(()) => Turn::In(KEYRING_EVERY - 1),
                Err(_) => {
                    tracing::info!("the keyring does not keep how far the record has come");
                    Turn::Never
                }
            };
            self.set(record, turn);
        });
        written
    }
}

/// Kept for the life of the process; for tests.
#[derive(Debug, Default)]
pub struct MemoryHeads {
    all: Mutex<HashMap<[u8; 16], Vec<u8>>>,
    numbers: Numbers,
    kept: Latest,
}

impl HeadStore for MemoryHeads {
    fn load(&self, record: &[u8; 16]) -> io::Result<Vec<Vec<u8>>> {
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(all.get(record).cloned().into_iter().collect())
    }

    fn order(&self) -> u64 {
        self.numbers.next()
    }

    fn save(&self, record: &[u8; 16], sealed: &[u8], order: u64, _: Moment) -> io::Result<()> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        self.kept.keep(record, order, || all.insert(*record, sealed.to_vec()));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
