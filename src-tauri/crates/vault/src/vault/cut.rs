//! Zeros over octets that are about to be cut off a file or removed: they stay in the disk's free blocks as they are.
//!
//! ```text
//! log    head (32 octets) zeroed -> synced -> the rest zeroed -> synced; the caller has SQLite cut it to nothing then
//! file   behind the last page: zeroed -> synced; the next checkpoint cuts it
//! ```
//!
//! The log is written over only while SQLite needs none of it: after a checkpoint that came to its end every frame is in the
//! file, synced, and the next writer begins a log with a head and salts of its own. The head goes first, because a power cut in
//! the middle must leave no log that is whole up to somewhere: SQLite takes such a beginning for what was committed last, over
//! a file that has come further. Without a valid head it takes the whole log for empty, which it is.
//!
//! # Source
//! <https://www.sqlite.org/fileformat2.html#walformat> (the head, its salts, what recovery reads),
//! <https://www.sqlite.org/c3ref/wal_checkpoint_v2.html> (RESTART).

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::files;

/// Octets of the log's head.
const HEAD: u64 = 32;

/// Writes over a log of which nothing is needed; none may be there.
///
/// # Errors
/// Of the file system; the log is empty for SQLite as soon as its head is gone.
pub(super) fn log(path: &Path) -> io::Result<()> {
    stepwise(path, || ())
}

fn stepwise(path: &Path, headless: impl FnOnce()) -> io::Result<()> {
    // SQLite holds no lock on its log, which closing a second handle would give up.
    let file = match OpenOptions::new().write(true).open(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
        file => file?,
    };
    let length = file.metadata()?.len();
    let head = HEAD.min(length);
    over(&file, 0, head)?;
    headless();
    over(&file, head, length)
}

/// Writes over what a file holds from `from` on.
///
/// # Errors
/// Of the file system.
pub(super) fn tail(file: &File, from: u64) -> io::Result<()> {
    over(file, from, file.metadata()?.len())
}

fn over(mut file: &File, from: u64, to: u64) -> io::Result<()> {
    if from >= to {
        return Ok(());
    }
    file.seek(SeekFrom::Start(from))?;
    io::copy(&mut io::repeat(0).take(to - from), &mut file)?;
    file.flush()?;
    files::sync(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_durable_before_the_rest_is_touched_and_then_all_of_it_is_zero() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("log");
        let old: Vec<u8> = (0..100_000_u32).map(|n| n.to_le_bytes()[0] | 1).collect();
        std::fs::write(&path, &old).unwrap();
        files::synced::lengths();
        let mut between = Vec::new();
        stepwise(&path, || {
            between = std::fs::read(&path).unwrap();
            assert_eq!(
                files::synced::lengths().len(),
                1,
                "the head is synced before anything else is written"
            );
        })
        .unwrap();
        assert_eq!(between[..32], [0; 32]);
        assert_eq!(between[32..], old[32..]);
        assert_eq!(
            std::fs::read(&path).unwrap(),
            vec![0; old.len()],
            "as long as before: nothing is cut off yet"
        );
        assert_eq!(files::synced::lengths().len(), 1);
        log(&dir.path().join("none")).unwrap();
    }

    #[test]
    fn a_tail_is_zeroed_and_what_is_before_it_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, vec![7; 9000]).unwrap();
        let file = OpenOptions::new().write(true).open(&path).unwrap();
        files::synced::lengths();
        tail(&file, 4096).unwrap();
        let left = std::fs::read(&path).unwrap();
        assert!(left[..4096].iter().all(|o| *o == 7) && left[4096..].iter().all(|o| *o == 0));
        assert_eq!((left.len(), files::synced::lengths()), (9000, vec![9000]));
        tail(&file, 9000).unwrap();
        assert!(files::synced::lengths().is_empty());
    }
}
