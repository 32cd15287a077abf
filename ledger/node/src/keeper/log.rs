//! The release log: what was released, on disk before it is sent.
//!
//! ```text
//! entry = u32 length || ReleaseLogEntry || first 4 octets of SHA-256(ReleaseLogEntry)
//! ```
//!
//! A torn last entry was never answered, so it is cut off when the log is opened.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use salus_chain::codec::Record;
use salus_chain::ids::{GrantId, sha256};
use salus_chain::time::UnixMillis;
use salus_keeper::release::{RATE_WINDOW_MS, ReleaseLogEntry};

/// The open log, and what of it the rate limit still counts.
pub(super) struct Log {
    file: File,
    recent: HashMap<GrantId, Vec<(UnixMillis, u32)>>,
}

impl Log {
    /// Opens or creates the log; entries younger than the window at `now` count again.
    pub(super) fn open(path: &Path, now: UnixMillis) -> io::Result<Self> {
        let file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        let mut log = Self { file, recent: HashMap::new() };
        let whole = log.replay(now)?;
        log.file.set_len(whole)?;
        log.file.seek(SeekFrom::Start(whole))?;
        Ok(log)
    }

    fn replay(&mut self, now: UnixMillis) -> io::Result<u64> {
        let mut input = BufReader::new(self.file.try_clone()?);
        let (mut whole, mut entries) = (0, Vec::new());
        while let Some((entry, length)) = read_entry(&mut input)? {
            whole += length;
            if now.saturating_sub(entry.released_ms) < RATE_WINDOW_MS {
                entries.push(entry);
            }
        }
        for entry in &entries {
            self.count(entry);
        }
        Ok(whole)
    }

    /// Appends an entry; it is on disk when this returns.
    pub(super) fn append(&mut self, entry: &ReleaseLogEntry) -> io::Result<()> {
        let octets = entry.encode();
        let length = u32::try_from(octets.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
        let framed = [length.to_be_bytes().as_slice(), &octets, &sha256(&[&octets])[..4]].concat();
        let before = self.file.stream_position()?;
        let written = self.file.write_all(&framed).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // Full disk: what was half written must not stand before the next entry.
            self.file.set_len(before)?;
            self.file.seek(SeekFrom::Start(before))?;
            return Err(error);
        }
        self.count(entry);
        Ok(())
    }

    fn count(&mut self, entry: &ReleaseLogEntry) {
        let slots = u32::try_from(entry.slots.len()).unwrap_or(u32::MAX);
        self.recent.entry(entry.grant_id).or_default().push((entry.released_ms, slots));
    }

    /// Releases and slots of `grant` within the window before `now`; forgets what is older.
    pub(super) fn released_in_window(&mut self, grant: &GrantId, now: UnixMillis) -> (u32, u32) {
        let inside = |at: UnixMillis| now.saturating_sub(at) < RATE_WINDOW_MS;
        self.recent.retain(|_, releases| {
            releases.retain(|(at, _)| inside(*at));
            !releases.is_empty()
        });
        let releases = self.recent.get(grant).map_or(&[][..], Vec::as_slice);
        let slots = releases.iter().fold(0, |sum: u32, (_, slots)| sum.saturating_add(*slots));
        (u32::try_from(releases.len()).unwrap_or(u32::MAX), slots)
    }
}

/// The next entry and its length in the file; `None` at the end or at a torn entry.
fn read_entry(input: &mut impl Read) -> io::Result<Option<(ReleaseLogEntry, u64)>> {
    let mut length = [0; 4];
    if !filled(input, &mut length)? {
        return Ok(None);
    }
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > ReleaseLogEntry::MAX {
        return Ok(None);
    }
    let mut octets = vec![0; length];
    let mut check = [0; 4];
    if !filled(input, &mut octets)? || !filled(input, &mut check)? || sha256(&[&octets])[..4] != check {
        return Ok(None);
    }
    let framed = u64::try_from(length + 8).unwrap_or(u64::MAX);
    Ok(ReleaseLogEntry::decode(&octets).ok().map(|entry| (entry, framed)))
}

fn filled(input: &mut impl Read, octets: &mut [u8]) -> io::Result<bool> {
    match input.read_exact(octets) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_chain::ids::TxHash;
    use salus_keeper::Slot;

    const GRANT: GrantId = GrantId([7; 32]);

    fn entry(released_ms: UnixMillis) -> ReleaseLogEntry {
        ReleaseLogEntry {
            grant_id: GRANT,
            access_tx_hash: TxHash([1; 32]),
            height: 9,
            released_ms,
            slots: vec![Slot::new(0, 5).unwrap(), Slot::new(0, 6).unwrap()],
        }
    }

    #[test]
    fn the_window_survives_reopening_and_passes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("releases.log");
        let mut log = Log::open(&path, 1_000).unwrap();
        log.append(&entry(1_000)).unwrap();
        log.append(&entry(2_000)).unwrap();
        assert_eq!(log.released_in_window(&GRANT, 2_000), (2, 4));
        assert_eq!(log.released_in_window(&GrantId([8; 32]), 2_000), (0, 0));
        let mut log = Log::open(&path, 2_000).unwrap();
        assert_eq!(log.released_in_window(&GRANT, 2_000), (2, 4));
        assert_eq!(log.released_in_window(&GRANT, 1_000 + RATE_WINDOW_MS), (1, 2));
        assert_eq!(log.released_in_window(&GRANT, 2_000 + RATE_WINDOW_MS), (0, 0));
        assert!(log.recent.is_empty());
    }

    #[test]
    fn a_torn_or_altered_tail_is_cut_and_the_rest_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("releases.log");
        Log::open(&path, 0).unwrap().append(&entry(1)).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for torn in [&[0, 0][..], &[0xff; 8], &whole[..whole.len() - 1]] {
            std::fs::write(&path, [&whole, torn].concat()).unwrap();
            assert_eq!(Log::open(&path, 1).unwrap().released_in_window(&GRANT, 1), (1, 2));
            assert_eq!(std::fs::read(&path).unwrap(), whole);
        }
    }
}
