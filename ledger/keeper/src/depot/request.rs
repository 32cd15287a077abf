//! What a depot is asked.

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::Hash32;

use super::put::{InboxPut, Put};
use super::{MAX_HASHES, MAX_REQUEST_BYTES};

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DepotRequest {
    /// Keep this blob; locators strictly increasing.
    Put(Box<Put>),
    /// The blob with this hash.
    Get(Hash32),
    /// Hashes of the blobs under this locator.
    Find(Hash32),
    /// Hashes of the blobs under these locators; strictly increasing.
    FindMany(Vec<Hash32>),
    /// Keep this pointer.
    InboxPut(InboxPut),
    /// The pointers in this inbox.
    InboxFind(Hash32),
    /// The depot's terms, and which of these blobs it holds; hashes strictly increasing.
    Stat(Vec<Hash32>),
}

impl Record for DepotRequest {
    const MAX: usize = MAX_REQUEST_BYTES;

    fn kind(&self) -> u8 {
        match self {
            Self::Put(_) => 0x71,
            Self::Get(_) => 0x72,
            Self::Find(_) => 0x73,
            Self::InboxPut(_) => 0x74,
            Self::InboxFind(_) => 0x75,
            Self::Stat(_) => 0x76,
            Self::FindMany(_) => 0x77,
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Put(put) => put.write(out),
            Self::Get(hash) | Self::Find(hash) | Self::InboxFind(hash) => out.fixed(hash),
            Self::InboxPut(put) => put.write(out),
            Self::Stat(hashes) | Self::FindMany(hashes) => out.list(hashes, |out, hash| out.fixed(hash)),
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(match kind {
            0x71 => Self::Put(Box::new(Put::read(input)?)),
            0x72 => Self::Get(input.hash()?),
            0x73 => Self::Find(input.hash()?),
            0x74 => Self::InboxPut(InboxPut::read(input)?),
            0x75 => Self::InboxFind(input.hash()?),
            0x76 | 0x77 => {
                let hashes = input.list(MAX_HASHES, Reader::hash)?;
                if !hashes.is_sorted_by(|left, right| left < right) {
                    return Err(CodecError::Value("hashes"));
                }
                if kind == 0x76 { Self::Stat(hashes) } else { Self::FindMany(hashes) }
            }
            other => return Err(CodecError::Kind(other)),
        })
    }
}
