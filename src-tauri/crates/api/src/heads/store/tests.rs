//! Heads in their file and in the keyring.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use salus_vault::keyring::Unavailable;

use super::*;

const RECORD: [u8; 16] = [1; 16];

#[derive(Default)]
struct Counted {
    kept: Mutex<Option<Vec<u8>>>,
    asked: AtomicU32,
    away: AtomicBool,
}

impl Counted {
    fn ask(&self) -> Result<(), Unavailable> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if self.away.load(Ordering::Relaxed) { Err(Unavailable) } else { Ok(()) }
    }
}

impl HeadKeyring for Arc<Counted> {
    fn head(&self, _: &[u8; 16]) -> Result<Option<Vec<u8>>, Unavailable> {
        self.ask()?;
        Ok(self.kept.lock().unwrap().clone())
    }

    fn keep_head(&self, _: &[u8; 16], sealed: &[u8]) -> Result<(), Unavailable> {
        self.ask()?;
        *self.kept.lock().unwrap() = Some(sealed.to_vec());
        Ok(())
    }
}

#[test]
fn a_head_is_kept_by_its_record_and_replaced_whole() {
    let dir = tempfile::tempdir().unwrap();
    let stores: [Arc<dyn HeadStore>; 2] =
        [Arc::new(FileHeads::new(dir.path().join("not/yet/there"))), Arc::new(MemoryHeads::default())];
    for store in stores {
        assert!(store.load(&[1; 16]).unwrap().is_empty());
        store.save(&[1; 16], b"one", 1, Moment::Running).unwrap();
        store.save(&[2; 16], b"two", 2, Moment::Running).unwrap();
        store.save(&[1; 16], b"three", 4, Moment::Last).unwrap();
        store.save(&[1; 16], b"earlier", 3, Moment::Running).unwrap();
        assert_eq!(store.load(&[1; 16]).unwrap(), [b"three"]);
        assert_eq!(store.load(&[2; 16]).unwrap(), [b"two"]);
    }
}

#[test]
fn the_keyring_is_written_first_then_seldom_and_at_the_end() {
    let (dir, keyring) = (tempfile::tempdir().unwrap(), Arc::new(Counted::default()));
    let store = KeyringHeads::new(dir.path().to_owned(), keyring.clone());
    let asked = || keyring.asked.swap(0, Ordering::Relaxed);
    assert!(store.load(&RECORD).unwrap().is_empty());
    asked();
    for n in 0..KEYRING_EVERY * 2 {
        store.save(&RECORD, &n.to_be_bytes(), u64::from(n), Moment::Running).unwrap();
    }
    assert_eq!(asked(), 2);
    let (file, kept) = ((KEYRING_EVERY * 2 - 1).to_be_bytes(), KEYRING_EVERY.to_be_bytes());
    assert_eq!(store.load(&RECORD).unwrap(), [file, kept]);
    store.save(&RECORD, b"more", 100, Moment::Running).unwrap();
    store.save(&RECORD, b"last", 101, Moment::Last).unwrap();
    assert_eq!(store.load(&RECORD).unwrap(), [b"last", b"last"]);
    // The file was put back, or is gone: the keyring still tells.
    std::fs::remove_dir_all(dir.path()).unwrap();
    assert_eq!(store.load(&RECORD).unwrap(), [b"last"]);
}

#[test]
fn a_keyring_that_cannot_be_asked_is_left_alone_until_the_next_unlocking() {
    let (dir, keyring) = (tempfile::tempdir().unwrap(), Arc::new(Counted::default()));
    let store = KeyringHeads::new(dir.path().to_owned(), keyring.clone());
    keyring.away.store(true, Ordering::Relaxed);
    assert!(store.load(&RECORD).unwrap().is_empty());
    for n in 0..30 {
        store.save(&RECORD, b"one", n, Moment::Running).unwrap();
    }
    store.save(&RECORD, b"two", 30, Moment::Last).unwrap();
    assert_eq!(keyring.asked.load(Ordering::Relaxed), 1);
    keyring.away.store(false, Ordering::Relaxed);
    assert_eq!(store.load(&RECORD).unwrap(), [b"two"]);
    store.save(&RECORD, b"three", 31, Moment::Running).unwrap();
    assert_eq!(store.load(&RECORD).unwrap(), [b"three", b"three"]);
}
