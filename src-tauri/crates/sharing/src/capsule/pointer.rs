//! The note that waits in the depots under SHA-256("hg/v1/inbox" || reader_pk): which capsule is for that reader.
//!
//! ```text
//! pointer  = 01 || 50 || grant_id 32 || SHA-256(capsule) 32
//! envelope = HPKE(info "hg/v1/inbox" || chain_id, aad inbox locator, pt pointer)
//! ```
//!
//! Whoever has the clinician's code can leave a note, so a note proves nothing: the capsule and the chain do.

use rand_core::CryptoRng;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, GrantId, Hash32, ReaderKey};

use salus_keeper::depot::inbox_of;

use crate::envelope;
use crate::reader::ReaderSecret;

const KIND: u8 = 0x50;

/// Which capsule is for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pointer {
    /// The grant.
    pub grant: GrantId,
    /// SHA-256 of the capsule: its address in the depots.
    pub capsule: Hash32,
}

/// Why a note was not read; it may be anyone's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointerError {
    /// It does not open with this invitation's key.
    #[error("the note is not sealed to this invitation")]
    Sealed,
    /// What it holds is not a pointer.
    #[error(transparent)]
    Codec(#[from] CodecError),
}

fn info(chain: &ChainId) -> Vec<u8> {
    [b"hg/v1/inbox".as_slice(), chain.as_bytes()].concat()
}

impl Pointer {
    /// Seals the note to its reader.
    ///
    /// # Errors
    /// [`PointerError::Sealed`] for a key of small order.
    pub fn seal(
        &self,
        reader: &ReaderKey,
        chain: &ChainId,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, PointerError> {
        let aad = inbox_of(reader);
        envelope::seal(&reader.kem(), &info(chain), aad.as_ref(), &self.encode(), rng)
            .map_err(|_| PointerError::Sealed)
    }

    /// Reads a note from the inbox of `reader`.
    ///
    /// # Errors
    /// [`PointerError`].
    pub fn open(sealed: &[u8], reader: &ReaderSecret, chain: &ChainId) -> Result<Self, PointerError> {
        let aad = inbox_of(&reader.public());
        let plain = envelope::open(reader.kem(), &info(chain), aad.as_ref(), sealed)
            .map_err(|_| PointerError::Sealed)?;
        Ok(Self::decode(&plain)?)
    }
}

impl Record for Pointer {
    const MAX: usize = 2 + 32 + 32;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant);
        out.fixed(self.capsule);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            KIND => Ok(Self { grant: input.grant_id()?, capsule: input.hash()? }),
            other => Err(CodecError::Kind(other)),
        }
    }
}
