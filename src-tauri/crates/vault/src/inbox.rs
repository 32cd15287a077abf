//! The sealed inbox: readings that arrive while the record is locked.
//!
//! ```text
//! file    = "SALUSINB" || version u8 = 1 || record 16 || entries, each synced before it is acknowledged
//! entry   = length u32 || session 16 || number u32 || sum 8 || sealed (length octets)
//! sum     = SHA-256(record || length || session || number || sealed), first 8 octets
//! sealed  = HPKE PSK mode (to the session's public key, psk = the session's secret, psk_id = session,
//!                          info = "salus/inbox/v1" || record, aad = session || number), padded
//! plain   = kind u8 || n u16 || n * (u16 length || reading as in the journal)
//! ```
//!
//! A session is one time of being locked. Its X25519 secret key and its 32-octet secret are made at locking and stay sealed
//! in the vault until what it received is in the journal; only the public key and the secret live in memory meanwhile. So
//! what is in the file can be read by nobody while the record is locked, not even with this program's memory; and nobody
//! can add to it who has the file alone: a public key by itself would let anybody seal a reading to it, in PSK mode the
//! sender proves the session's secret (RFC 9180 section 9.1.1). The public key is not kept beside the vault, where it could
//! be exchanged for another's.
//!
//! Guarantees: an appended entry is on disk when [`Inbox::append`] returns; a torn end loses no entry before it. An entry
//! that was altered, moved, repeated or made by another program is refused and counted, and costs no other; nor does the file's head.
//!
//! Non-guarantees: who can write the file can cut or delete it; the number and padded sizes of entries are visible.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use rand_core::CryptoRng;
use salus_wire::Reading;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::envelope::{self, Context};
use crate::error::Part;
use crate::seal::pad;
use crate::vault::files;
use crate::{Epoch, Key, VaultError, row};

const MAGIC: &[u8; 8] = b"SALUSINB";
const VERSION: u8 = 1;
const SESSION: usize = 16;
const SUM: usize = 8;
const FILE_HEAD: usize = 8 + 1 + 16;
const HEAD: usize = 4 + SESSION + 4 + SUM;

/// Most octets of the file: more than two days of a reading a second.
pub const MAX_INBOX: u64 = 64 << 20;
/// Most octets of one sealed entry.
const MAX_ENTRY: usize = 512 << 10;
/// Most readings of one entry; more become several.
const READINGS: usize = 128;

pub(crate) const DAMAGED: VaultError = VaultError::Damaged { part: Part::Inbox };

/// The number of one session.
pub(crate) type Session = [u8; SESSION];

/// Takes readings while the record is locked; the vault makes one before it locks ([`crate::Vault::inbox`]).
pub struct Inbox {
    file: File,
    /// The end of the last whole entry.
    end: u64,
    record: [u8; 16],
    session: Session,
    number: u32,
    to: [u8; 32],
    psk: Key,
    rng: Box<dyn CryptoRng + Send>,
}

impl core::fmt::Debug for Inbox {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Inbox(redacted)")
    }
}

/// A session as the vault hands it out.
pub(crate) struct Pass {
    pub(crate) record: [u8; 16],
    pub(crate) session: Session,
    pub(crate) to: [u8; 32],
    pub(crate) psk: Key,
}

impl Inbox {
    /// Opens the file, makes it when it is missing or not this record's, and cuts a torn end off.
    pub(crate) fn open(
        path: &Path,
        pass: Pass,
        rng: impl CryptoRng + Send + 'static,
    ) -> Result<Self, VaultError> {
        let mut file = open(path)?;
        let bytes = read(&mut file)?;
        if is_newer(&bytes) {
            return Err(VaultError::TooNew);
        }
        let whole = Entries::of(&pass.record, &bytes).map(|mut entries| {
            while entries.next().is_some() {}
            entries.end()
        });
        let end = match whole {
            Some(end) => end,
            None => {
                file.set_len(0)?;
                FILE_HEAD
            }
        };
        let head = file_head(&pass.record);
        if !bytes.starts_with(&head) {
            // Not there yet, of another record, or rotten.
            file.rewind()?;
            file.write_all(&head)?;
        }
        file.set_len(end as u64)?;
        files::sync(&file)?;
        sync_directory(path)?;
        let Pass { record, session, to, psk } = pass;
        Ok(Self { file, end: end as u64, record, session, number: 0, to, psk, rng: Box::new(rng) })
    }

    /// Takes readings of one kind (the application's own number for what they are); they are on disk when this returns.
    ///
    /// # Errors
    /// [`VaultError::OutOfBounds`] for a reading that the vault would not record; [`VaultError::InboxFull`],
    /// [`VaultError::DiskFull`], [`VaultError::Storage`]: some readings may have been taken, and taking them again is
    /// harmless.
    pub fn append(&mut self, kind: u8, readings: &[Reading]) -> Result<(), VaultError> {
        let fits = |r: &Reading| Epoch::at(r.at).is_some() && r.components.len() <= Reading::MAX_COMPONENTS;
        if !readings.iter().all(fits) {
            return Err(VaultError::OutOfBounds);
        }
        for readings in readings.chunks(READINGS) {
            let entry = self.entry(&plain(kind, readings)?)?;
            let after = self.end + entry.len() as u64;
            if after > MAX_INBOX {
                return Err(VaultError::InboxFull);
            }
            // What a failed append left is cut off: an entry behind it would be read as part of it.
            self.file.set_len(self.end)?;
            self.file.seek(SeekFrom::Start(self.end))?;
            self.file.write_all(&entry)?;
            files::sync(&self.file)?;
            self.end = after;
        }
        Ok(())
    }

    fn entry(&mut self, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.number = self.number.checked_add(1).ok_or(VaultError::InboxFull)?;
        let aad = aad(&self.session, self.number);
        let info = info(&self.record);
        let context = Context { info: &info, aad: &aad, psk: Some((&self.psk, &self.session)) };
        let sealed = envelope::seal(&self.to, context, &pad::pad(plain), &mut *self.rng);
        let sealed = sealed.map_err(|_| VaultError::OutOfBounds)?;
        frame(&self.record, &aad, &sealed).ok_or(VaultError::OutOfBounds)
    }
}

/// An entry's octets in the file; `None` above the limit.
pub(crate) fn frame(record: &[u8; 16], aad: &[u8; SESSION + 4], sealed: &[u8]) -> Option<Vec<u8>> {
    let len = u32::try_from(sealed.len()).ok().filter(|l| *l as usize <= MAX_ENTRY)?.to_be_bytes();
    Some([len.as_slice(), aad, &sum(record, &len, aad, sealed), sealed].concat())
}

/// The octets before the first entry.
pub(crate) fn file_head(record: &[u8; 16]) -> Vec<u8> {
    [MAGIC.as_slice(), &[VERSION], record].concat()
}

/// True for a file of a newer version, which is left alone.
pub(crate) fn is_newer(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC) && bytes.get(MAGIC.len()).is_some_and(|v| *v > VERSION)
}

/// True for a file that ends before its first entry can begin: made, and not finished.
pub(crate) const fn is_begun(bytes: &[u8]) -> bool {
    bytes.len() < FILE_HEAD
}

pub(crate) fn plain(kind: u8, readings: &[Reading]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let n = u16::try_from(readings.len()).map_err(|_| VaultError::OutOfBounds)?;
    let mut out = Zeroizing::new(vec![kind]);
    out.extend_from_slice(&n.to_be_bytes());
    for reading in readings {
        let octets = row::encode(reading);
        let len = u16::try_from(octets.len()).map_err(|_| VaultError::OutOfBounds)?;
        out.extend_from_slice(&len.to_be_bytes());
        out.extend_from_slice(&octets);
    }
    Ok(out)
}

pub(crate) fn parse(plain: &[u8]) -> Option<(u8, Vec<Reading>)> {
    let ([kind, hi, lo], mut at) = plain.split_first_chunk()?;
    let readings = (0..u16::from_be_bytes([*hi, *lo])).map(|_| {
        let (len, rest) = at.split_first_chunk::<2>()?;
        let (octets, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*len)))?;
        at = rest;
        row::decode(octets).ok()
    });
    let readings = readings.collect::<Option<Vec<_>>>()?;
    at.is_empty().then_some((*kind, readings))
}

fn aad(session: &Session, number: u32) -> [u8; SESSION + 4] {
    let mut aad = [0; SESSION + 4];
    aad[..SESSION].copy_from_slice(session);
    aad[SESSION..].copy_from_slice(&number.to_be_bytes());
    aad
}

fn info(record: &[u8; 16]) -> Vec<u8> {
    [b"salus/inbox/v1".as_slice(), record].concat()
}

fn sum(record: &[u8; 16], len: &[u8; 4], aad: &[u8; SESSION + 4], sealed: &[u8]) -> [u8; SUM] {
    let hash = Sha256::new().chain_update(record).chain_update(len).chain_update(aad).chain_update(sealed);
    let mut sum = [0; SUM];
    sum.copy_from_slice(&hash.finalize()[..SUM]);
    sum
}

mod entries;
mod file;
pub(crate) use entries::{Entries, Found};
pub(crate) use file::{discard, look, read, take};
use file::{open, sync_directory};

#[cfg(test)]
mod tests;
