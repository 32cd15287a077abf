//! What a depot answers.

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::Hash32;

use super::padding::padded_len;
use super::{MAX_BLOB_BYTES, MAX_FOUND, MAX_HASHES, MAX_POINTER_BYTES, MAX_POINTERS, MAX_REPLY_BYTES};

/// Under which terms a depot keeps things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DepotTerms {
    /// Zero bits of work asked for.
    pub pow_bits: u8,
    /// Largest blob it takes.
    pub max_blob_bytes: u32,
    /// Room left for anonymous writers, in octets.
    pub room_bytes: u64,
    /// Longest time it keeps anything, in milliseconds from now.
    pub max_keep_ms: i64,
}

/// Why a depot does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DepotRefused {
    /// It has no such thing.
    #[error("the depot does not have it")]
    NotFound,
    /// The work is too weak.
    #[error("the proof of work is too weak")]
    ProofOfWork,
    /// No room for anonymous writers, or in this inbox or under this locator.
    #[error("the depot is full")]
    Full,
    /// Larger, or to be kept longer, than its terms.
    #[error("outside of the depot's terms")]
    Terms,
    /// Too many requests.
    #[error("the depot is busy")]
    Busy,
    /// The request does not decode.
    #[error("the request does not decode")]
    Malformed,
    /// The depot failed.
    #[error("the depot failed")]
    Internal,
}

impl DepotRefused {
    const ALL: [Self; 7] = [
        Self::NotFound,
        Self::ProofOfWork,
        Self::Full,
        Self::Terms,
        Self::Busy,
        Self::Malformed,
        Self::Internal,
    ];
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DepotReply {
    /// Kept durably: the blob's hash, or the pointer's.
    Stored(Hash32),
    /// A blob; the encoding is padded to [`padded_len`].
    Blob(Vec<u8>),
    /// Hashes under a locator.
    Hashes(Vec<Hash32>),
    /// For each hash the place of its locator in the request, from 0; at most [`MAX_FOUND`], then ask about fewer.
    Found(Vec<(u16, Hash32)>),
    /// Pointers of an inbox.
    Pointers(Vec<Vec<u8>>),
    /// Its terms, and those of the asked hashes that it holds.
    Stat {
        /// The terms.
        terms: DepotTerms,
        /// What it holds.
        held: Vec<Hash32>,
    },
    /// To any.
    Refused(DepotRefused),
}

impl Record for DepotReply {
    const MAX: usize = MAX_REPLY_BYTES;

    fn kind(&self) -> u8 {
        match self {
            Self::Stored(_) => 0x79,
            Self::Blob(_) => 0x7a,
            Self::Hashes(_) => 0x7b,
            Self::Pointers(_) => 0x7c,
            Self::Stat { .. } => 0x7d,
            Self::Refused(_) => 0x7e,
            Self::Found(_) => 0x7f,
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Stored(hash) => out.fixed(hash),
            Self::Blob(octets) => {
                out.lp(octets);
                out.fixed(vec![0u8; padded_len(octets.len()) - octets.len()]);
            }
            Self::Hashes(hashes) => out.list(hashes, |out, hash| out.fixed(hash)),
            Self::Found(found) => out.list(found, |out, (place, hash)| {
                out.u16(*place);
                out.fixed(hash);
            }),
            Self::Pointers(pointers) => out.list(pointers, |out, pointer| out.lp(pointer)),
            Self::Stat { terms, held } => {
                out.u8(terms.pow_bits);
                out.u32(terms.max_blob_bytes);
                out.u64(terms.room_bytes);
                out.instant(terms.max_keep_ms);
                out.list(held, |out, hash| out.fixed(hash));
            }
            Self::Refused(why) => {
                let place = DepotRefused::ALL.iter().position(|each| each == why).unwrap_or(0);
                out.u8(u8::try_from(place).unwrap_or(0));
            }
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(match kind {
            0x79 => Self::Stored(input.hash()?),
            0x7a => {
                let octets = input.lp(MAX_BLOB_BYTES)?.to_vec();
                let padding = input.take(padded_len(octets.len()) - octets.len())?;
                if padding.iter().any(|octet| *octet != 0) {
                    return Err(CodecError::NotCanonical);
                }
                Self::Blob(octets)
            }
            0x7b => Self::Hashes(input.list(MAX_HASHES, Reader::hash)?),
            0x7c => {
                Self::Pointers(input.list(MAX_POINTERS, |input| Ok(input.lp(MAX_POINTER_BYTES)?.to_vec()))?)
            }
            0x7d => Self::Stat {
                terms: DepotTerms {
                    pow_bits: input.u8()?,
                    max_blob_bytes: input.u32()?,
                    room_bytes: input.u64()?,
                    max_keep_ms: input.instant()?,
                },
                held: input.list(MAX_HASHES, Reader::hash)?,
            },
            0x7e => {
                let why = DepotRefused::ALL.get(usize::from(input.u8()?));
                Self::Refused(*why.ok_or(CodecError::Value("refusal"))?)
            }
            0x7f => Self::Found(input.list(MAX_FOUND, |input| Ok((input.u16()?, input.hash()?)))?),
            other => return Err(CodecError::Kind(other)),
        })
    }
}
