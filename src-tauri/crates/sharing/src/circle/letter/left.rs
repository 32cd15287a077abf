//! A letter that enough depots hold, as its writer keeps it until the others hold it too.
//!
//! ```text
//! left = 01 || 7e || inbox 32 || until i64 || lp(letter) || its depots u32 || lp(note) || its depots u32
//! ```

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::Hash32;
use salus_keeper::depot::{MAX_POINTER_BYTES, blob_hash};
use salus_light::LightError;
use salus_wire::UnixMillis;

use crate::capsule::MAX_CAPSULE;
use crate::depot::{self, Blob};
use crate::members::Members;
use crate::network::Network;

const KIND: u8 = 0x7E;

/// A sealed letter and its note, and which depots hold each. It says nothing without the reader's key, but to which inbox it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    inbox: Hash32,
    until: UnixMillis,
    letter: Vec<u8>,
    letter_at: Members,
    note: Vec<u8>,
    note_at: Members,
}

impl Left {
    pub(super) fn new(inbox: Hash32, until: UnixMillis, letter: Vec<u8>, note: Vec<u8>) -> Self {
        Self { inbox, until, letter, letter_at: Members::default(), note, note_at: Members::default() }
    }

    /// Names the letter.
    #[must_use]
    pub fn name(&self) -> Hash32 {
        blob_hash(&self.letter)
    }

    /// Until when depots keep it.
    #[must_use]
    pub const fn until(&self) -> UnixMillis {
        self.until
    }

    /// Whether all of so many members hold both.
    #[must_use]
    pub fn is_everywhere(&self, members: u16) -> bool {
        self.letter_at.len().min(self.note_at.len()) >= members
    }

    /// Sends it once more, to the depots that lack it.
    pub async fn again<N: Network>(&mut self, network: &N, now: UnixMillis) {
        let failures = self.put_letter(network, now).await;
        for (member, error) in failures {
            tracing::debug!(member, %error, "a letter is still not there");
        }
        self.put_note(network, now).await;
    }

    /// Puts the letter into the depots, where some lack it; all that hold it then, and why others do not.
    pub(super) async fn put_letter<N: Network>(
        &mut self,
        network: &N,
        now: UnixMillis,
    ) -> Vec<(u16, LightError)> {
        if self.letter_at.len() >= network.genesis().n() {
            return Vec::new();
        }
        let blobs = [Blob { locator: None, octets: &self.letter }];
        let (held, failures) = depot::put_all(network, &blobs, self.until, now).await;
        // Also those that held it before: one of them may be passed over this time.
        let all = held.iter().flat_map(|members| members.iter()).chain(self.letter_at.iter());
        self.letter_at = all.collect();
        failures
    }

    /// Leaves the note where it is lacking.
    pub(super) async fn put_note<N: Network>(&mut self, network: &N, now: UnixMillis) {
        let held = self.note_at;
        self.note_at = depot::leave(network, self.inbox, &self.note, held, self.until, now).await;
    }

    pub(super) const fn letter_at(&self) -> Members {
        self.letter_at
    }

    pub(super) const fn note_at(&self) -> Members {
        self.note_at
    }
}

impl Record for Left {
    const MAX: usize = MAX_CAPSULE + MAX_POINTER_BYTES + 256;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.inbox);
        out.instant(self.until);
        out.lp(&self.letter);
        out.u32(self.letter_at.bits());
        out.lp(&self.note);
        out.u32(self.note_at.bits());
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        Ok(Self {
            inbox: input.hash()?,
            until: input.instant()?,
            letter: input.lp(MAX_CAPSULE)?.to_vec(),
            letter_at: Members::from_bits(input.u32()?),
            note: input.lp(MAX_POINTER_BYTES)?.to_vec(),
            note_at: Members::from_bits(input.u32()?),
        })
    }
}
