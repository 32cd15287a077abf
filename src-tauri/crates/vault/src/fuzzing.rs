//! What `tests/fuzz` calls: decoders that no other crate has a use for, as plain functions of octets, so that nothing inside
//! becomes public for their sake. No fuzzer guesses a checksum or a keyed hash: these are put right here, and what they
//! guard is read as it is in use.
//!
//! Most decode and encode again: `None` when the octets are refused.

use std::io::Cursor;

use sha2::{Digest, Sha256};

use crate::backup::{Watch, identity, tape, write};
use crate::inbox::{self, Entries, Found};
use crate::keyslot::Keyslots;
use crate::log::{Leaf, note};
use crate::manifest::BODY;
use crate::vault::cabinet;
use crate::{Key, Manifest, NoKeyring, RecoveryKey, Unlock, row};

const RECORD: [u8; 16] = [7; 16];
fn key() -> Key {
    Key::new([3; 32])
}

/// A row of the journal.
pub fn row(octets: &[u8]) -> Option<Vec<u8>> {
    row::decode(octets).ok().map(|reading| row::encode(&reading).to_vec())
}

/// The plain text of a row of the cabinet.
pub fn cabinet(padded: &[u8]) -> Option<Vec<u8>> {
    let (name, value) = cabinet::parted(padded)?;
    cabinet::joined(name, value).ok().map(|plain| plain.to_vec())
}

/// The keyslots file before its checksum, and whether any of these opens it.
pub fn keyslots(content: &[u8], doors: &[Unlock<'_>]) -> Option<(Vec<u8>, bool)> {
    let slots = Keyslots::decode(&[content, &Sha256::digest(content)].concat()).ok()?;
    let _ = (slots.unbound(), slots.guardians(), slots.recovery_slot());
    let opened = doors.iter().any(|door| slots.open(*door, &NoKeyring).is_ok());
    let mut again = slots.encode();
    again.truncate(again.len() - 32);
    Some((again, opened))
}

/// A leaf of the log before its blind.
pub fn leaf(octets: &[u8]) -> Option<Vec<u8>> {
    let blind = &key().mac(&[&1u64.to_be_bytes(), octets])[..16];
    let mut again = Leaf::decode(&key(), 1, &[octets, blind].concat()).ok()?.encode(&key(), 1);
    again.truncate(again.len() - blind.len());
    Some(again)
}

/// A note of this text, signed.
pub fn note(text: &str, name: &str, key: &ed25519_dalek::SigningKey) -> String {
    note::sign(text, name, key)
}

/// A manifest before its signature.
pub fn manifest(unsigned: &[u8]) -> Option<Manifest> {
    let (body, list) = unsigned.split_at_checked(BODY)?;
    Manifest::parse(body, list)
}

/// How many entries are found in an inbox of one whole entry and whatever is behind it.
pub fn inbox(sealed: &[u8], behind: &[u8]) -> usize {
    let whole = inbox::frame(&RECORD, &[5; 20], sealed).unwrap_or_default();
    let file = [&inbox::file_head(&RECORD), &whole, behind].concat();
    let open = |found: &Found<'_>| match found {
        Found::Entry(entry) => entry.open(&RECORD, &key(), &key()).is_none(),
        Found::Altered => true,
    };
    Entries::of(&RECORD, &file).into_iter().flatten().filter(open).count()
}

/// The plain text of an entry of the inbox.
pub fn inbox_entry(plain: &[u8]) -> Option<Vec<u8>> {
    let (kind, readings) = inbox::parse(plain)?;
    inbox::plain(kind, &readings).ok().map(|again| again.to_vec())
}

/// True when a file is a whole backup that this key opens.
pub fn backup(file: &[u8], key: &RecoveryKey) -> bool {
    let plain = write::open(Cursor::new(file), &identity::parsed(&identity::identity(key)));
    plain.and_then(|plain| tape::read(plain, &Watch::silent(), |_, _, _| Ok(()))).is_ok()
}

/// The archive inside a backup.
pub fn archive(keyslots: &[u8], profile: Option<&[u8]>, mut database: &[u8]) -> Option<Vec<u8>> {
    let database_len = database.len() as u64;
    let content = tape::Content { keyslots, profile, database: &mut database, database_len, made: 0 };
    tape::write(Vec::new(), content, &Watch::silent()).ok()
}

/// The entries of an archive that is whole: README, keyslots, profile if any, database.
pub fn unarchive(archive: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut entries = Vec::new();
    let read = tape::read(archive, &Watch::silent(), |_, _, content| {
        let mut octets = Vec::new();
        tape::copy(content, &mut octets)?;
        entries.push(octets);
        Ok(())
    });
    read.ok().map(|()| entries)
}
