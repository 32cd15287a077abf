//! A disk that forgets and tears what was not synced, as a file layer below SQLite.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use rand::rngs::ChaCha20Rng;
use rand::{Rng, SeedableRng};
use sqlite_vfs::{DatabaseHandle, LockKind, OpenAccess, OpenOptions, Vfs, WalDisabled};

use crate::platter::{Change, File};

/// What lies on the platter after a power cut.
pub(crate) type Image = BTreeMap<String, Vec<u8>>;

/// The disk: SQLite's default file layer in this process.
#[derive(Clone)]
pub(crate) struct Disk(Arc<Mutex<State>>);

struct State {
    files: BTreeMap<String, File>,
    random: ChaCha20Rng,
    /// Changes and syncs until the power goes.
    left: Option<u32>,
    image: Option<Image>,
    syncs: u64,
    dropped: u64,
}

impl Disk {
    /// The one disk of this process, made SQLite's default at the first call.
    pub(crate) fn installed() -> Self {
        static DISK: OnceLock<Disk> = OnceLock::new();
        DISK.get_or_init(|| {
            let state = State {
                files: BTreeMap::new(),
                random: ChaCha20Rng::seed_from_u64(0),
                left: None,
                image: None,
                syncs: 0,
                dropped: 0,
            };
            let disk = Disk(Arc::new(Mutex::new(state)));
            sqlite_vfs::register("torn", disk.clone(), true).unwrap();
            disk
        })
        .clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// Power on: files are read from where they lie when they are opened.
    pub(crate) fn on(&self, seed: u64) {
        let mut s = self.state();
        s.random = ChaCha20Rng::seed_from_u64(seed);
        (s.files, s.left, s.image) = (BTreeMap::new(), None, None);
    }

    /// Cuts the power at the change or sync after `events` more of them.
    pub(crate) fn cut_after(&self, events: u32) {
        self.state().left = Some(events);
    }

    /// True once the power was cut.
    pub(crate) fn is_off(&self) -> bool {
        self.state().image.is_some()
    }

    /// Puts what lies on the platter into a directory of the real file system: after a cut, or after everything is closed.
    pub(crate) fn carry(&self, to: &Path) {
        let mut s = self.state();
        if s.image.is_none() {
            s.cut();
        }
        for (path, octets) in s.image.iter().flatten() {
            std::fs::write(to.join(Path::new(path).file_name().unwrap()), octets).unwrap();
        }
    }

    /// Syncs that were asked for, and changes that a cut dropped or tore.
    pub(crate) fn counts(&self) -> (u64, u64) {
        let s = self.state();
        (s.syncs, s.dropped)
    }
}

impl State {
    fn cut(&mut self) {
        let mut image = Image::new();
        for (path, file) in &self.files {
            let (octets, dropped) = file.after_a_cut(&mut self.random);
            self.dropped += dropped;
            image.extend(octets.map(|o| (path.clone(), o)));
        }
        self.image = Some(image);
    }

    /// Before each change and each sync.
    fn event(&mut self) -> Result<()> {
        self.powered()?;
        match self.left {
            Some(0) => self.cut(),
            Some(n) => self.left = Some(n - 1),
            None => {}
        }
        self.powered()
    }

    fn powered(&self) -> Result<()> {
        if self.image.is_some() { Err(Error::other("the power is off")) } else { Ok(()) }
    }

    /// Reads a file from where it lies, once: what this disk removed still lies in the directory that it came from.
    fn load(&mut self, path: &str) {
        if let (false, Ok(octets)) = (self.files.contains_key(path), std::fs::read(path)) {
            self.files.insert(path.to_owned(), File::durable(octets));
        }
    }

    fn file(&mut self, path: &str) -> Result<&mut File> {
        self.files.get_mut(path).ok_or_else(|| ErrorKind::NotFound.into())
    }
}

impl Vfs for Disk {
    type Handle = Handle;

    fn open(&self, path: &str, options: OpenOptions) -> Result<Handle> {
        let mut s = self.state();
        s.powered()?;
        s.load(path);
        if !s.files.get(path).is_some_and(File::exists) {
            if !matches!(options.access, OpenAccess::Create | OpenAccess::CreateNew) {
                return Err(ErrorKind::NotFound.into());
            }
            s.event()?;
            s.files.entry(path.to_owned()).or_default().create();
        }
        Ok(Handle { disk: self.clone(), path: path.to_owned(), lock: LockKind::None })
    }

    fn delete(&self, path: &str) -> Result<()> {
        let mut s = self.state();
        s.event()?;
        s.load(path);
        s.file(path)?.remove();
        Ok(())
    }

    fn exists(&self, path: &str) -> Result<bool> {
        let mut s = self.state();
        s.powered()?;
        s.load(path);
        Ok(s.files.get(path).is_some_and(File::exists))
    }

    fn temporary_name(&self) -> String {
        format!("temporary-{}", self.state().random.next_u64())
    }

    fn random(&self, buffer: &mut [i8]) {
        let mut s = self.state();
        buffer.iter_mut().for_each(|b| *b = s.random.next_u32().to_be_bytes()[3].cast_signed());
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
    lock: LockKind,
}

impl DatabaseHandle for Handle {
    /// The vault locks exclusively, so that SQLite keeps the index of its log in memory.
    type WalIndex = WalDisabled;

    fn size(&self) -> Result<u64> {
        let mut s = self.disk.state();
        s.powered()?;
        Ok(s.file(&self.path)?.now().len() as u64)
    }

    fn read_exact_at(&mut self, buffer: &mut [u8], offset: u64) -> Result<()> {
        let mut s = self.disk.state();
        s.powered()?;
        let octets = s.file(&self.path)?.now();
        let rest = octets.get(usize::try_from(offset).unwrap()..).unwrap_or(&[]);
        let n = rest.len().min(buffer.len());
        buffer[..n].copy_from_slice(&rest[..n]);
        // SQLite wants what is behind the end as zeros.
        buffer[n..].fill(0);
        if n == buffer.len() { Ok(()) } else { Err(ErrorKind::UnexpectedEof.into()) }
    }

    fn write_all_at(&mut self, octets: &[u8], offset: u64) -> Result<()> {
        let mut s = self.disk.state();
        s.event()?;
        let at = usize::try_from(offset).unwrap();
        s.file(&self.path)?.change(Change::Write { at, octets: octets.to_vec() });
        Ok(())
    }

    fn sync(&mut self, _data_only: bool) -> Result<()> {
        let mut s = self.disk.state();
        s.event()?;
        s.syncs += 1;
        let first = s.file(&self.path)?.sync();
        if first {
            s.files.values_mut().for_each(File::sync_removal);
        }
        Ok(())
    }

    fn set_len(&mut self, size: u64) -> Result<()> {
        let mut s = self.disk.state();
        s.event()?;
        s.file(&self.path)?.change(Change::Length(usize::try_from(size).unwrap()));
        Ok(())
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
