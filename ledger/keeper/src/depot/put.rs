//! What is put into a depot, with the work that a stranger pays.

use salus_chain::codec::{CodecError, Reader, Writer};
use salus_chain::ids::{ChainId, Hash32, ReaderKey, sha256};
use salus_chain::time::UnixMillis;
use salus_chain::tx::{Pow, pow_valid, solve};

use super::{MAX_BLOB_BYTES, MAX_LOCATORS, MAX_POINTER_BYTES};

/// Something that carries work over its whole content.
pub trait DepotPow {
    /// What the work is over.
    fn work(&self) -> Vec<u8>;
    /// Its solution.
    fn pow(&self) -> Pow;
    /// Sets the solution.
    fn set_pow(&mut self, pow: Pow);

    /// Whether the solution has `bits` zero bits.
    fn pow_holds(&self, chain: &ChainId, bits: u8) -> bool {
        pow_valid(chain, &self.work(), self.pow(), bits)
    }

    /// Solves for `bits` zero bits.
    #[must_use]
    fn solved(mut self, chain: &ChainId, bits: u8) -> Self
    where
        Self: Sized,
    {
        let pow = solve(chain, &self.work(), bits);
        self.set_pow(pow);
        self
    }
}

/// A blob and where to find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// First instant at which it may be deleted.
    pub keep_until_ms: UnixMillis,
    /// Under which locators it is found; may be none.
    pub locators: Vec<Hash32>,
    /// The work.
    pub pow: Pow,
    /// The sealed octets.
    pub octets: Vec<u8>,
}

/// A sealed pointer for whoever holds a reader key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxPut {
    /// [`inbox_of`] the reader.
    pub inbox: Hash32,
    /// First instant at which it may be deleted.
    pub keep_until_ms: UnixMillis,
    /// The work.
    pub pow: Pow,
    /// The sealed octets.
    pub pointer: Vec<u8>,
}

/// Names a blob: SHA-256 of its octets.
pub fn blob_hash(octets: &[u8]) -> Hash32 {
    Hash32(sha256(&[octets]))
}

/// SHA-256("hg/v1/inbox" || reader_pk).
pub fn inbox_of(reader: &ReaderKey) -> Hash32 {
    Hash32(sha256(&[b"hg/v1/inbox", &reader.0]))
}

impl DepotPow for Put {
    fn work(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.fixed(b"hg/v1/depot-put");
        out.instant(self.keep_until_ms);
        out.list(&self.locators, |out, locator| out.fixed(locator));
        out.fixed(blob_hash(&self.octets));
        out.finish()
    }

    fn pow(&self) -> Pow {
        self.pow
    }

    fn set_pow(&mut self, pow: Pow) {
        self.pow = pow;
    }
}

impl DepotPow for InboxPut {
    fn work(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.fixed(b"hg/v1/depot-inbox");
        out.fixed(self.inbox);
        out.instant(self.keep_until_ms);
        out.lp(&self.pointer);
        out.finish()
    }

    fn pow(&self) -> Pow {
        self.pow
    }

    fn set_pow(&mut self, pow: Pow) {
        self.pow = pow;
    }
}

impl Put {
    pub(super) fn write(&self, out: &mut Writer) {
        out.instant(self.keep_until_ms);
        out.list(&self.locators, |out, locator| out.fixed(locator));
        out.u64(self.pow.0);
        out.lp(&self.octets);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let put = Self {
            keep_until_ms: input.instant()?,
            locators: input.list(MAX_LOCATORS, Reader::hash)?,
            pow: Pow(input.u64()?),
            octets: input.lp(MAX_BLOB_BYTES)?.to_vec(),
        };
        if put.octets.is_empty() || !put.locators.is_sorted_by(|left, right| left < right) {
            return Err(CodecError::Value("put"));
        }
        Ok(put)
    }
}

impl InboxPut {
    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.inbox);
        out.instant(self.keep_until_ms);
        out.u64(self.pow.0);
        out.lp(&self.pointer);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let put = Self {
            inbox: input.hash()?,
            keep_until_ms: input.instant()?,
            pow: Pow(input.u64()?),
            pointer: input.lp(MAX_POINTER_BYTES)?.to_vec(),
        };
        if put.pointer.is_empty() { Err(CodecError::Value("pointer")) } else { Ok(put) }
    }
}
