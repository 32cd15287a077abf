//! What a new laptop gets once a person confirmed it: its certificate, the series' keys, and the secret of the line.
//!
//! ```text
//! handover = 01 || 74 || lp(certificate) || line 32 || lp(person's name) || lp(laptop's name) || salt 16
//!            || series: category u8, lp(keys) each || writers: id 16, key 32 each
//! keys     = as the vault keeps a series, octet for octet: `Vault::series_keys`
//! ```
//!
//! It holds keys: it is sealed to the new laptop's own key, in a letter at the address of the meeting.

use salus_chain::attestation::{MAX_NAME, check_name};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, VerifyingKey};
use salus_chain::sign::BadSignature;
use salus_vault::Writer as Computer;
use salus_wire::{Category, UnixMillis};
use zeroize::Zeroizing;

use super::certificate::name_commitment;
use super::{Certificate, read_computer, write_computer};
use crate::reader::ReaderSecret;

/// Octets of one series' keys at most: the vault's longest tree and its generations.
pub const MAX_KEYS: usize = 256 * 1024;
/// Writers of a record at most.
pub const MAX_WRITERS: usize = 64;

/// Why what came is not a handover for this laptop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HandoverError {
    /// The octets are not one.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The identity that the digits covered did not certify this laptop.
    #[error(transparent)]
    Signature(#[from] BadSignature),
    /// The certificate is another laptop's, or its name is not the one that it commits to.
    #[error("the certificate is not this laptop's")]
    OtherLaptop,
}

/// What a new laptop gets.
#[derive(Clone, PartialEq, Eq)]
pub struct Handover {
    /// Who it is from now on.
    pub certificate: Certificate,
    /// What the letters of the two laptops are addressed with.
    pub line: [u8; 32],
    /// The person's name.
    pub person: String,
    /// The laptop's name, as the person gave it.
    pub name: String,
    /// What opens the name's commitment.
    pub salt: [u8; 16],
    /// The keys of every series, in the order of their categories.
    pub series: Vec<(Category, Zeroizing<Vec<u8>>)>,
    /// The computers whose manifests count.
    pub writers: Vec<Computer>,
}

impl Handover {
    /// Reads what came, and checks that it is for this laptop, from that identity.
    ///
    /// # Errors
    /// [`HandoverError`].
    pub fn accept(
        octets: &[u8],
        own: &ReaderSecret,
        writer: &Computer,
        identity: &VerifyingKey,
        now: UnixMillis,
        chain: &ChainId,
    ) -> Result<Self, HandoverError> {
        let handover = Self::decode(octets)?;
        let Self { certificate, salt, name, .. } = &handover;
        // Their clock may be ahead of ours by a little; from then on it holds anyway.
        certificate.verify(identity, now.max(certificate.not_before), chain)?;
        let ours = certificate.laptop == own.public()
            && certificate.writer == *writer
            && certificate.name == name_commitment(chain, salt, name);
        if ours { Ok(handover) } else { Err(HandoverError::OtherLaptop) }
    }
}

impl core::fmt::Debug for Handover {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Handover(to laptop {}, redacted)", self.certificate.number)
    }
}

pub(super) fn write_series(out: &mut Writer, series: &[(Category, Zeroizing<Vec<u8>>)]) {
    out.list(series, |out, (category, keys)| {
        out.u8(category.code());
        out.lp(&**keys);
    });
}

/// What opens each category.
type SeriesKeys = Vec<(Category, Zeroizing<Vec<u8>>)>;

/// Increasing categories, each once.
pub(super) fn read_series(input: &mut Reader<'_>) -> Result<SeriesKeys, CodecError> {
    let series = input.list(Category::ALL.len(), |input| {
        let category = Category::from_code(input.u8()?).ok_or(CodecError::Value("category"))?;
        Ok((category, Zeroizing::new(input.lp(MAX_KEYS)?.to_vec())))
    })?;
    let increasing = series.windows(2).all(|two| two[0].0.code() < two[1].0.code());
    if increasing { Ok(series) } else { Err(CodecError::Value("series")) }
}

impl Record for Handover {
    const MAX: usize = 3 << 20;

    fn kind(&self) -> u8 {
        0x74
    }

    fn write(&self, out: &mut Writer) {
        out.lp(self.certificate.encode());
        out.fixed(self.line);
        out.lp(&self.person);
        out.lp(&self.name);
        out.fixed(self.salt);
        write_series(out, &self.series);
        out.list(&self.writers, write_computer);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != 0x74 {
            return Err(CodecError::Kind(kind));
        }
        let certificate = Certificate::decode(input.lp(Certificate::MAX)?)?;
        let (line, person, name) = (input.array()?, input.text(4 * MAX_NAME)?, input.text(4 * MAX_NAME)?);
        check_name(&person)?;
        check_name(&name)?;
        Ok(Self {
            certificate,
            line,
            person,
            name,
            salt: input.array()?,
            series: read_series(input)?,
            writers: input.list(MAX_WRITERS, read_computer)?,
        })
    }
}
