//! The entries of an inbox's file, one behind the other, and found again behind one whose length was altered.
//!
//! A length that was altered says nothing of where the next entry begins. So what follows is looked for: an entry that is whole
//! by its sum. Whoever wrote the file can make that long, therefore no more is hashed for it than the largest file holds.

use salus_wire::Reading;

use super::{FILE_HEAD, HEAD, MAX_ENTRY, MAX_INBOX, SESSION, SUM, Session, aad, file_head, info, parse, sum};
use crate::Key;
use crate::envelope::{self, Context};
use crate::seal::pad;

/// The fewest octets that an entry has.
const LEAST: usize = HEAD + envelope::OVERHEAD;
/// Places that are looked at for an entry of this record in a file of which the head is not.
const LOOKED_AT: usize = 64;

/// What lies next in the file.
pub(crate) enum Found<'a> {
    /// An entry, whole as it was written; who wrote it shows when it is opened.
    Entry(Entry<'a>),
    /// An altered entry with others behind it.
    Altered,
}

/// One entry as it lies in the file.
pub(crate) struct Entry<'a> {
    pub(crate) session: Session,
    number: u32,
    sealed: &'a [u8],
}

impl Entry<'_> {
    /// Its number in its session, and what it holds; `None` when it was not sealed by its session.
    pub(crate) fn open(&self, record: &[u8; 16], secret: &Key, psk: &Key) -> Option<(u32, u8, Vec<Reading>)> {
        let aad = aad(&self.session, self.number);
        let info = info(record);
        let context = Context { info: &info, aad: &aad, psk: Some((psk, &self.session)) };
        let padded = envelope::open(secret, context, self.sealed).ok()?;
        let (kind, readings) = parse(pad::unpad(&padded)?)?;
        Some((self.number, kind, readings))
    }
}

/// Octets in the form of an entry.
struct Framed<'a> {
    len: [u8; 4],
    aad: [u8; SESSION + 4],
    expected: [u8; SUM],
    sealed: &'a [u8],
}

impl<'a> Framed<'a> {
    /// `None` when the octets end before the entry does, or its length is none.
    fn of(octets: &'a [u8]) -> Option<Self> {
        let (len, _) = octets.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*len)).ok()?;
        let length = Some(length).filter(|l| (envelope::OVERHEAD..=MAX_ENTRY).contains(l))?;
        Self::to(octets.get(..HEAD + length)?)
    }

    /// An entry that takes all of these octets, whatever it says of its length.
    fn to(octets: &'a [u8]) -> Option<Self> {
        let (len, rest) = octets.split_first_chunk()?;
        let (aad, rest) = rest.split_first_chunk()?;
        let (expected, sealed) = rest.split_first_chunk()?;
        Some(Self { len: *len, aad: *aad, expected: *expected, sealed })
    }

    const fn length(&self) -> usize {
        HEAD + self.sealed.len()
    }

    fn is_whole(&self, record: &[u8; 16]) -> bool {
        sum(record, &self.len, &self.aad, self.sealed) == self.expected
    }

    fn entry(&self) -> Option<Entry<'a>> {
        let (session, number) = self.aad.split_first_chunk::<SESSION>()?;
        let number = u32::from_be_bytes(number.try_into().ok()?);
        Some(Entry { session: *session, number, sealed: self.sealed })
    }
}

/// The entries of a file, from its start to the first octet that belongs to none: a torn end.
pub(crate) struct Entries<'a> {
    record: [u8; 16],
    bytes: &'a [u8],
    at: usize,
    /// Octets that may still be hashed to look for an entry.
    search: u64,
    headless: bool,
}

impl<'a> Entries<'a> {
    /// `None` when the file is not an inbox of this record and version. Where the file's head rotted an entry tells: its sum is of the
    /// record too.
    pub(crate) fn of(record: &[u8; 16], bytes: &'a [u8]) -> Option<Self> {
        let entries = Self::behind(record, bytes, FILE_HEAD);
        if bytes.starts_with(&file_head(record)) {
            return Some(entries);
        }
        let mut places = Self::behind(record, bytes, FILE_HEAD).take(LOOKED_AT);
        let ours = places.any(|found| matches!(found, Found::Entry(_)));
        ours.then_some(Self { headless: true, ..entries })
    }

    /// Those behind some that were read: `at` is where these ended.
    pub(crate) const fn behind(record: &[u8; 16], bytes: &'a [u8], at: usize) -> Self {
        Self { record: *record, bytes, at, search: MAX_INBOX, headless: false }
    }

    /// True when the file's head rotted.
    pub(crate) const fn is_headless(&self) -> bool {
        self.headless
    }

    /// Where the last entry that was read ends.
    pub(crate) const fn end(&self) -> usize {
        self.at
    }

    /// True when what lies behind the last entry is one that was altered, and no torn end: that is shorter than it says.
    pub(crate) fn ends_altered(&self) -> bool {
        let Some(rest) = self.bytes.get(self.at..) else { return false };
        if Framed::of(rest).is_some_and(|framed| framed.length() == rest.len()) {
            return true;
        }
        // Of its length alone.
        let length = rest.len().checked_sub(HEAD).and_then(|l| u32::try_from(l).ok());
        let entry = length.zip(Framed::to(rest));
        entry.is_some_and(|(length, e)| Framed { len: length.to_be_bytes(), ..e }.is_whole(&self.record))
    }

    /// How long the altered entry is at the beginning of these octets; `None` when no other lies behind it.
    fn altered(&mut self, rest: &[u8]) -> Option<usize> {
        let own = Framed::of(rest).map(|framed| framed.length()).filter(|length| *length < rest.len());
        if own.is_some_and(|length| self.begins(&rest[length..])) {
            return own;
        }
        let most = rest.len().min(HEAD + MAX_ENTRY + 1);
        let next = (LEAST..most).find(|at| self.begins(&rest[*at..]));
        // Several in a row, each of a length that was not altered.
        let row = own.filter(|length| next.is_none_or(|next| *length < next) && is_framed(&rest[*length..]));
        row.or(next).or(own)
    }

    /// True when a whole entry begins here.
    fn begins(&mut self, octets: &[u8]) -> bool {
        let Some(framed) = Framed::of(octets) else { return false };
        let Some(left) = self.search.checked_sub(framed.length() as u64) else { return false };
        self.search = left;
        framed.is_whole(&self.record)
    }
}

fn is_framed(octets: &[u8]) -> bool {
    Framed::of(octets).is_some()
}

impl<'a> Iterator for Entries<'a> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        let bytes = self.bytes;
        let rest = bytes.get(self.at..)?;
        if let Some(whole) = Framed::of(rest).filter(|framed| framed.is_whole(&self.record)) {
            self.at += whole.length();
            return whole.entry().map(Found::Entry);
        }
        self.at += self.altered(rest)?;
        Some(Found::Altered)
    }
}
