//! What is inside a backup: a POSIX tar archive, so that the stock tools unpack it.
//!
//! ```text
//! format        "salus-backup 1\n"
//! README.txt    what this is, for whoever finds it
//! keyslots      the keyslots file
//! profile.json  what the application keeps beside the record; may be missing
//! vault.db      a consistent copy of the database; its rows are sealed
//! SHA256SUMS    of all of these, as `sha256sum -c` reads it; the last, so that its presence says that nothing is missing
//! ```
//!
//! Regular files only, in this order, each once: whatever else an archive holds is refused.
//!
//! # Source
//! POSIX.1-1988 ustar; sizes above 8 GiB in GNU base-256.

#[cfg(test)]
mod tests;

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};
use tar::{Archive, Builder, EntryType, Header};

use super::{BackupError, Watch};

/// The names, in order.
pub(super) const NAMES: [&str; 6] =
    ["format", "README.txt", "keyslots", "profile.json", "vault.db", "SHA256SUMS"];
pub(super) const KEYSLOTS: &str = "keyslots";
pub(super) const PROFILE: &str = "profile.json";
pub(super) const DATABASE: &str = "vault.db";
const SUMS: &str = "SHA256SUMS";
const FORMAT: &str = "format";
const VERSION: &[u8] = b"salus-backup 1\n";

/// Most octets of everything but the database.
pub(crate) const MAX_SMALL: u64 = 64 * 1024;
/// Zeros at an archive's end, and then some: GNU tar fills a record of 20 blocks.
const MAX_END: u64 = 64 * 1024;
/// Octets that are copied at once.
const BLOCK: usize = 64 * 1024;

const README: &str = include_str!("README.txt");

/// What goes in.
pub(crate) struct Content<'a> {
    pub(crate) keyslots: &'a [u8],
    pub(crate) profile: Option<&'a [u8]>,
    pub(crate) database: &'a mut dyn Read,
    pub(crate) database_len: u64,
    /// Unix seconds, of every entry.
    pub(crate) made: u64,
}

/// Writes the archive and its end. The database is the work that `watch` hears of.
pub(crate) fn write<W: Write>(out: W, content: Content<'_>, watch: &Watch) -> Result<W, BackupError> {
    let mut tape = Builder::new(out);
    let mut sums = String::new();
    let add = |tape: &mut Builder<W>, name: &str, from: &mut dyn Read, len: u64, total: u64| {
        let mut header = Header::new_ustar();
        header.set_path(name).map_err(|e| BackupError::writing(&e))?;
        header.set_entry_type(EntryType::Regular);
        header.set_size(len);
        header.set_mode(0o600);
        header.set_mtime(content.made);
        header.set_cksum();
        let mut from = Summed { from, sum: Sha256::new(), done: 0, total, watch, stopped: None };
        let written = tape.append(&header, (&mut from).take(len));
        if let Some(stopped) = from.stopped {
            return Err(stopped);
        }
        written.map_err(|e| BackupError::writing(&e))?;
        if from.done != len {
            // The copy of the database is ours alone: shorter than it was means that it cannot be read.
            return Err(BackupError::Unreadable);
        }
        Ok(line(&from.sum.finalize().into(), name))
    };
    let small = |bytes: &[u8]| bytes.len() as u64;
    sums += &add(&mut tape, FORMAT, &mut &VERSION[..], small(VERSION), 0)?;
    sums += &add(&mut tape, NAMES[1], &mut README.as_bytes(), small(README.as_bytes()), 0)?;
    sums += &add(&mut tape, KEYSLOTS, &mut &*content.keyslots, small(content.keyslots), 0)?;
    if let Some(mut profile) = content.profile {
        let len = small(profile);
        sums += &add(&mut tape, PROFILE, &mut profile, len, 0)?;
    }
    let len = content.database_len;
    sums += &add(&mut tape, DATABASE, content.database, len, len)?;
    let sums = sums.into_bytes();
    add(&mut tape, SUMS, &mut &sums[..], small(&sums), 0)?;
    tape.into_inner().map_err(|e| BackupError::writing(&e))
}

/// Reads an archive to its end and checks its form and its sums; `take` gets each entry's name, size and content, and
/// whatever it leaves of the content is read here.
pub(crate) fn read<R: Read>(
    from: R,
    watch: &Watch,
    mut take: impl FnMut(&str, u64, &mut dyn Read) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    let mut archive = Archive::new(from);
    let (mut next, mut sums, mut stated) = (0, String::new(), None);
    // Raw: what the extensions of tar say (long names, sparse files) is not followed but refused below.
    let entries = archive.entries().map_err(|e| BackupError::reading(&e))?.raw(true);
    for entry in entries {
        let mut entry = entry.map_err(|e| BackupError::reading(&e))?;
        let (len, regular) = (entry.size(), entry.header().entry_type() == EntryType::Regular);
        let name = entry.path_bytes().into_owned();
        let at = NAMES.iter().position(|n| n.as_bytes() == name).filter(|at| *at >= next && regular);
        let at = at.ok_or(BackupError::NotABackup)?;
        let name = NAMES[at];
        if name != DATABASE && len > MAX_SMALL {
            return Err(BackupError::NotABackup);
        }
        next = at + 1;
        let total = if name == DATABASE { len } else { 0 };
        let mut content =
            Summed { from: &mut entry, sum: Sha256::new(), done: 0, total, watch, stopped: None };
        let taken = match name {
            FORMAT => format(&mut content),
            SUMS => text(&mut content).map(|text| stated = Some(text)),
            _ => take(name, len, &mut content),
        };
        if let Some(stopped) = content.stopped {
            return Err(stopped);
        }
        taken?;
        io::copy(&mut content, &mut io::sink()).map_err(|e| BackupError::reading(&e))?;
        if content.done != len {
            return Err(BackupError::Altered);
        }
        if name != SUMS {
            sums += &line(&content.sum.finalize().into(), name);
        }
    }
    // Up to the last octet: age tells a file that was cut only there.
    let rest = io::copy(&mut archive.into_inner().take(MAX_END), &mut io::sink());
    let rest = rest.map_err(|e| BackupError::reading(&e))?;
    let whole = stated.as_deref() == Some(&*sums) && sums.contains(KEYSLOTS) && sums.contains(DATABASE);
    if whole && rest < MAX_END { Ok(()) } else { Err(BackupError::Altered) }
}

/// One small entry's octets.
pub(super) fn bytes(from: &mut dyn Read) -> Result<Vec<u8>, BackupError> {
    let mut bytes = Vec::new();
    from.take(MAX_SMALL).read_to_end(&mut bytes).map_err(|e| BackupError::reading(&e))?;
    Ok(bytes)
}

/// Copies one entry's octets to a file; what fails is told apart: the backup, or the disk that is written to.
pub(crate) fn copy(from: &mut dyn Read, to: &mut dyn Write) -> Result<(), BackupError> {
    let mut block = vec![0; BLOCK];
    loop {
        match from.read(&mut block) {
            Ok(0) => return Ok(()),
            Ok(n) => to.write_all(&block[..n]).map_err(|e| BackupError::Vault(e.into()))?,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(BackupError::reading(&e)),
        }
    }
}

fn format(from: &mut dyn Read) -> Result<(), BackupError> {
    match bytes(from)? {
        version if version == VERSION => Ok(()),
        other if other.starts_with(b"salus-backup ") => Err(BackupError::TooNew),
        _ => Err(BackupError::NotABackup),
    }
}

fn text(from: &mut dyn Read) -> Result<String, BackupError> {
    String::from_utf8(bytes(from)?).map_err(|_| BackupError::Altered)
}

/// One line of `sha256sum`.
fn line(sum: &[u8; 32], name: &str) -> String {
    let sum: String = sum.iter().map(|octet| format!("{octet:02x}")).collect();
    format!("{sum}  {name}\n")
}

/// Sums up what is read through it, tells how far it is, and stops.
struct Summed<'a> {
    from: &'a mut dyn Read,
    sum: Sha256,
    done: u64,
    /// 0 for what is too small to be told.
    total: u64,
    watch: &'a Watch,
    stopped: Option<BackupError>,
}

impl Read for Summed<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.total > 0
            && let Err(stopped) = self.watch.step(self.done, self.total)
        {
            self.stopped = Some(stopped);
            return Err(io::Error::other("stopped"));
        }
        let n = self.from.read(buf)?;
        self.sum.update(&buf[..n]);
        self.done += n as u64;
        Ok(n)
    }
}
