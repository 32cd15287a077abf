//! The capsule: everything a reader needs besides the members, sealed to that reader.
//!
//! ```text
//! capsule = 01 || 4C || lp(header) || per reader: sealed c_g 80 || lp(body)
//! header  = 01 || 48 || grant_id 32 || suite u8 || count u16 || readers 64 each || salt 32
//! sealed  = HPKE(info "hg/v1/capsule" || chain_id, aad grant_id || SHA-256(header), pt c_g)
//! body    = chunked-encryption, padded, under HKDF-SHA512(c_g, "hg/v1/capsule-body"),
//!           context "hg/v1/capsule-body" || grant_id || SHA-256(header), of the content
//! ```
//!
//! It lies in the depots under its own hash; the chain carries SHA-256("hg/v1/capsule-hash" || salt || capsule) only.
//! Guarantees: only a listed reader opens it; any changed bit is refused; every length is limited before it is used.
//!
//! # Source
//! 2-access.md, "Key wrap and capsule"; RFC 9180; C2SP chunked-encryption v1.

mod content;
mod days;
mod earlier;
mod pointer;
mod told;

use hkdf::Hkdf;
use rand_core::CryptoRng;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, GrantId, Hash32, ReaderKey, sha256};
use salus_chain::tx::capsule_hash;
use salus_vault::{Key, seal};
use sha2::Sha512;
use zeroize::Zeroizing;

pub(crate) use content::MAX_SERIES;
pub use content::{Content, Disclosure, MAX_WRAPS, SeriesWraps, Wrapped};
pub use days::WrappedDay;
pub use pointer::{Pointer, PointerError};
pub use told::{MAX_DEVICES, MAX_TOLD, ToldDevice, told_of, told_text};

use crate::envelope::{self, OVERHEAD};
use crate::reader::ReaderSecret;
use crate::wrap::GrantSecret;

/// Largest capsule: what a depot takes in one upload.
pub const MAX_CAPSULE: usize = 4 * 1024 * 1024;
/// Readers of one grant at most.
pub const MAX_READERS: usize = 16;

const KIND: u8 = 0x4C;
const HEADER_KIND: u8 = 0x48;
const SUITE_X25519: u8 = 0x01;
const SEALED: usize = 32 + OVERHEAD;
const BODY_LABEL: &[u8] = b"hg/v1/capsule-body";

/// Why a capsule was not made or not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CapsuleError {
    /// The octets are not a capsule, or its opened content is not content.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The capsule is for other readers.
    #[error("the capsule is not for this reader")]
    OtherReader,
    /// It is not the capsule that the chain carries the hash of.
    #[error("the capsule is not the one on the chain")]
    OtherHash,
    /// A seal does not open: altered, or a reader's key is not a usable one.
    #[error("the capsule was altered")]
    Altered,
    /// More readers, series, wraps or devices than one capsule holds.
    #[error("the capsule would be too large")]
    TooLarge,
}

/// The open part of a capsule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The grant.
    pub grant: GrantId,
    /// Who can open it; their order is the order of the leaves under `reader_pk_root`.
    pub readers: Vec<ReaderKey>,
    /// Makes the hash on the chain unguessable; without it the hash is meaningless.
    pub salt: [u8; 32],
}

/// A capsule as it lies in the depots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capsule {
    /// The open part.
    pub header: Header,
    sealed: Vec<[u8; SEALED]>,
    body: Vec<u8>,
}

impl Header {
    fn context(&self) -> Vec<u8> {
        [self.grant.as_bytes().as_slice(), self.hash().as_bytes()].concat()
    }

    /// SHA-256 of it, which whoever opens a sealed c_g has to name.
    pub(crate) fn hash(&self) -> Hash32 {
        Hash32(sha256(&[&self.encode()]))
    }
}

impl Capsule {
    /// Seals `content` to the header's readers.
    ///
    /// # Errors
    /// [`CapsuleError::TooLarge`]; [`CapsuleError::Altered`] for a reader's key of small order.
    pub fn seal(
        header: Header,
        content: &Content,
        secret: &GrantSecret,
        chain: &ChainId,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, CapsuleError> {
        if !(1..=MAX_READERS).contains(&header.readers.len()) {
            return Err(CapsuleError::TooLarge);
        }
        content.check()?;
        let aad = header.context();
        let mut sealed = Vec::with_capacity(header.readers.len());
        for reader in &header.readers {
            let one = envelope::seal(&reader.kem(), &info(chain), &aad, secret.expose(), rng);
            sealed.push(one.ok().and_then(|s| s.try_into().ok()).ok_or(CapsuleError::Altered)?);
        }
        let plain = Zeroizing::new(content.octets());
        let body = seal::seal_padded(&body_key(secret), &body_context(&aad), &plain, rng);
        let capsule = Self { header, sealed, body };
        if capsule.encode().len() > MAX_CAPSULE { Err(CapsuleError::TooLarge) } else { Ok(capsule) }
    }

    /// What the chain carries of it.
    #[must_use]
    pub fn chain_hash(&self) -> Hash32 {
        capsule_hash(&self.header.salt, &self.encode())
    }

    /// Opens it for one reader, after checking that it is the one that the chain carries the hash of.
    ///
    /// # Errors
    /// [`CapsuleError`].
    pub fn open(
        &self,
        reader: &ReaderSecret,
        on_chain: &Hash32,
        chain: &ChainId,
    ) -> Result<(GrantSecret, Content), CapsuleError> {
        if self.chain_hash() != *on_chain {
            return Err(CapsuleError::OtherHash);
        }
        let sealed = self.sealed_for(&reader.public()).ok_or(CapsuleError::OtherReader)?;
        let aad = self.header.context();
        let opened =
            envelope::open(reader.kem(), &info(chain), &aad, sealed).map_err(|_| CapsuleError::Altered)?;
        self.open_with(&opened)
    }

    /// c_g as it is sealed to a reader.
    pub(crate) fn sealed_for(&self, reader: &ReaderKey) -> Option<&[u8; SEALED]> {
        let index = self.header.readers.iter().position(|r| r == reader);
        index.and_then(|i| self.sealed.get(i))
    }

    /// Opens the body with an opened c_g; that it is the capsule on the chain is checked by the caller.
    pub(crate) fn open_with(&self, opened: &[u8]) -> Result<(GrantSecret, Content), CapsuleError> {
        let mut octets = Zeroizing::new([0; 32]);
        if opened.len() != octets.len() {
            return Err(CapsuleError::Altered);
        }
        octets.copy_from_slice(opened);
        let secret = GrantSecret::from_bytes(*octets);
        let context = body_context(&self.header.context());
        let plain =
            seal::open_padded(&body_key(&secret), &context, &self.body).map_err(|_| CapsuleError::Altered)?;
        Ok((secret, Content::parse(&plain)?))
    }
}

fn info(chain: &ChainId) -> Vec<u8> {
    [b"hg/v1/capsule".as_slice(), chain.as_bytes()].concat()
}

fn body_context(aad: &[u8]) -> Vec<u8> {
    [BODY_LABEL, aad].concat()
}

fn body_key(secret: &GrantSecret) -> Key {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha512>::new(None, secret.expose())
        .expand(BODY_LABEL, &mut *key)
        .unwrap_or_else(|_| unreachable!("32 octets are less than one block"));
    Key::new(*key)
}

impl Record for Header {
    const MAX: usize = 2 + 32 + 1 + 2 + 64 * MAX_READERS + 32;

    fn kind(&self) -> u8 {
        HEADER_KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant);
        out.u8(SUITE_X25519);
        out.list(&self.readers, |out, reader| out.fixed(reader));
        out.fixed(self.salt);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != HEADER_KIND {
            return Err(CodecError::Kind(kind));
        }
        let grant = input.grant_id()?;
        if input.u8()? != SUITE_X25519 {
            return Err(CodecError::Value("suite"));
        }
        let readers = input.list(MAX_READERS, Reader::reader_key)?;
        Ok(Self { grant, readers, salt: input.array()? })
    }
}

impl Record for Capsule {
    const MAX: usize = MAX_CAPSULE;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.lp(self.header.encode());
        self.sealed.iter().for_each(|sealed| out.fixed(sealed));
        out.lp(&self.body);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let header = Header::decode(input.lp(Header::MAX)?)?;
        let sealed = header.readers.iter().map(|_| input.array()).collect::<Result<_, _>>()?;
        Ok(Self { header, sealed, body: input.lp(MAX_CAPSULE)?.to_vec() })
    }
}

#[cfg(test)]
mod tests;
