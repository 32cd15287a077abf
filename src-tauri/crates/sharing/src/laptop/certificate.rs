//! A laptop's certificate: by the identity key, over who the laptop is.
//!
//! ```text
//! certificate = 01 || 70 || identity_pk 32 || number u8 || laptop 64 (signs 32, opens 32) || writer id 16, key 32
//!               || name commitment 32 || not before i64 || signature 64 by the identity key
//! commitment  = SHA-256("hg/v1/laptop-name" || chain_id || salt 16 || name)
//! signature     under the label "laptop", over everything before it
//! ```
//!
//! It is never on the chain: there the laptop's mandates stand for it, each under a key of its own, so that nobody sees how many
//! laptops a person has or what they do.

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, Hash32, ReaderKey, Signature, VerifyingKey, sha256};
use salus_chain::sign::{BadSignature, Label, SigningKey};
use salus_vault::Writer as Computer;
use salus_wire::UnixMillis;

use super::{MAX_LAPTOPS, read_computer, write_computer};

const KIND: u8 = 0x70;

/// Who a laptop is, by the identity key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The person's identity key.
    pub identity: VerifyingKey,
    /// Which laptop: 0 is the one with the identity key, which has no certificate; never given twice.
    pub number: u8,
    /// The keys that it signs with and is written to.
    pub laptop: ReaderKey,
    /// The key that its manifests verify under.
    pub writer: Computer,
    /// [`name_commitment`].
    pub name: Hash32,
    /// From when on it holds.
    pub not_before: UnixMillis,
    signature: Signature,
}

/// SHA-256("hg/v1/laptop-name" || chain_id || salt || name).
#[must_use]
pub fn name_commitment(chain: &ChainId, salt: &[u8; 16], name: &str) -> Hash32 {
    Hash32(sha256(&[b"hg/v1/laptop-name", &chain.0, salt, name.as_bytes()]))
}

impl Certificate {
    /// Certifies a laptop.
    ///
    /// # Errors
    /// [`CodecError::Value`] for number 0 or one above the largest.
    pub fn sign(
        number: u8,
        (laptop, writer): (ReaderKey, Computer),
        name: Hash32,
        not_before: UnixMillis,
        chain: &ChainId,
        identity: &SigningKey,
    ) -> Result<Self, CodecError> {
        numbered(number)?;
        let signature = Signature([0; 64]);
        let identity_pk = identity.verifying_key();
        let mut made = Self { identity: identity_pk, number, laptop, writer, name, not_before, signature };
        made.signature = identity.sign(Label::Laptop, chain, &made.unsigned());
        Ok(made)
    }

    /// Whether this identity certified it, for an instant.
    ///
    /// # Errors
    /// [`BadSignature`], also for another identity or before it holds.
    pub fn verify(
        &self,
        identity: &VerifyingKey,
        at: UnixMillis,
        chain: &ChainId,
    ) -> Result<(), BadSignature> {
        if self.identity != *identity || at < self.not_before {
            return Err(BadSignature);
        }
        identity.verify(Label::Laptop, chain, &self.unsigned(), &self.signature)
    }

    fn unsigned(&self) -> Vec<u8> {
        let mut octets = self.encode();
        octets.truncate(octets.len().saturating_sub(Signature::LEN));
        octets
    }
}

/// The number of a certified laptop.
fn numbered(number: u8) -> Result<u8, CodecError> {
    if (1..MAX_LAPTOPS).contains(&number) { Ok(number) } else { Err(CodecError::Value("laptop")) }
}

impl Record for Certificate {
    const MAX: usize = 2 + 32 + 1 + 64 + 48 + 32 + 8 + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.identity);
        out.u8(self.number);
        out.fixed(self.laptop);
        write_computer(out, &self.writer);
        out.fixed(self.name);
        out.instant(self.not_before);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            KIND => Ok(Self {
                identity: input.verifying_key()?,
                number: numbered(input.u8()?)?,
                laptop: input.reader_key()?,
                writer: read_computer(input)?,
                name: input.hash()?,
                not_before: input.instant()?,
                signature: input.signature()?,
            }),
            other => Err(CodecError::Kind(other)),
        }
    }
}
