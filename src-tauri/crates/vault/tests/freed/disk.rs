//! A disk that keeps what is cut off a file or removed, as the free blocks of a real one do: a file layer below SQLite over the
//! real files, so that what is written past SQLite is seen too.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{ErrorKind, Result, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sqlite_vfs::{DatabaseHandle, LockKind, OpenAccess, OpenOptions, Vfs, WalDisabled};

/// The disk: SQLite's default file layer in this process.
#[derive(Clone, Default)]
pub(crate) struct Disk(Arc<Mutex<Vec<Freed>>>);

/// The file that it was cut from, and the octets.
type Freed = (String, Vec<u8>);

impl Disk {
    pub(crate) fn installed() -> Self {
        let disk = Self::default();
        sqlite_vfs::register("freed", disk.clone(), true).unwrap();
        disk
    }

    /// What was freed since the last call: of which file, and its octets.
    pub(crate) fn freed(&self) -> Vec<Freed> {
        core::mem::take(&mut self.0.lock().unwrap())
    }

    fn keep(&self, path: &str, octets: Vec<u8>) {
        if !octets.is_empty() {
            self.0.lock().unwrap().push((path.to_owned(), octets));
        }
    }
}

impl Vfs for Disk {
    type Handle = Handle;

    fn open(&self, path: &str, options: OpenOptions) -> Result<Handle> {
        let create = matches!(options.access, OpenAccess::Create | OpenAccess::CreateNew);
        let file = fs::OpenOptions::new().read(true).write(true).create(create).truncate(false).open(path)?;
        Ok(Handle { disk: self.clone(), path: path.to_owned(), file, lock: LockKind::None })
    }

    fn delete(&self, path: &str) -> Result<()> {
        self.keep(path, fs::read(path)?);
        fs::remove_file(path)
    }

    fn exists(&self, path: &str) -> Result<bool> {
        fs::exists(path)
    }

    fn temporary_name(&self) -> String {
        "temporary".into()
    }

    fn random(&self, buffer: &mut [i8]) {
        buffer.fill(7);
    }

    fn sleep(&self, duration: Duration) -> Duration {
        std::thread::yield_now();
        duration
    }

    fn full_pathname<'a>(&self, path: &'a str) -> Result<Cow<'a, str>> {
        Ok(path.into())
    }
}

/// An open file.
pub(crate) struct Handle {
    disk: Disk,
    path: String,
    file: File,
    lock: LockKind,
}

impl DatabaseHandle for Handle {
    type WalIndex = WalDisabled;

    fn size(&self) -> Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    fn read_exact_at(&mut self, buffer: &mut [u8], offset: u64) -> Result<()> {
        let read = self.file.read_exact_at(buffer, offset);
        if read.as_ref().is_err_and(|e| e.kind() == ErrorKind::UnexpectedEof) {
            // SQLite wants what is behind the end as zeros.
            let there = usize::try_from(self.size()?.saturating_sub(offset)).unwrap().min(buffer.len());
            self.file.read_exact_at(&mut buffer[..there], offset)?;
            buffer[there..].fill(0);
        }
        read
    }

    fn write_all_at(&mut self, octets: &[u8], offset: u64) -> Result<()> {
        self.file.seek(SeekFrom::Start(offset))?;
        self.file.write_all(octets)
    }

    fn sync(&mut self, _data_only: bool) -> Result<()> {
        self.file.sync_all()
    }

    fn set_len(&mut self, size: u64) -> Result<()> {
        let cut = self.size()?.saturating_sub(size);
        let mut octets = vec![0; usize::try_from(cut).unwrap()];
        self.file.read_exact_at(&mut octets, size)?;
        self.disk.keep(&self.path, octets);
        self.file.set_len(size)
    }

    fn lock(&mut self, lock: LockKind) -> Result<bool> {
        self.lock = lock;
        Ok(true)
    }

    fn reserved(&mut self) -> Result<bool> {
        Ok(false)
    }

    fn current_lock(&self) -> Result<LockKind> {
        Ok(self.lock)
    }

    fn wal_index(&self, _readonly: bool) -> Result<WalDisabled> {
        Ok(WalDisabled)
    }
}
