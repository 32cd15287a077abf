//! A block's octets cut into parts that prove their place, for gossip whose parts the engine does not sign.

use tendermint::Hash;
use tendermint::block::parts::Header as PartSetHeader;

use super::header::BlockError;
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::ids::{Hash32, sha256};
use crate::merkle::{self, MerklePath};

/// Octets of a part: 64 KiB; only the last may be shorter.
pub const PART_BYTES: usize = 64 * 1024;
/// Parts at most: 4 MiB of block and its framing.
pub const MAX_PARTS: usize = 80;

/// One part with its place under the part set's hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockPart {
    /// The octets.
    pub octets: Vec<u8>,
    /// The place.
    pub path: MerklePath,
}

/// A block cut into parts.
#[derive(Debug, Clone)]
pub struct PartSet {
    /// Count and root, part of the block id.
    pub header: PartSetHeader,
    /// The parts in order.
    pub parts: Vec<BlockPart>,
}

fn leaf(octets: &[u8]) -> Hash32 {
    Hash32(sha256(&[&[0], octets]))
}

impl PartSet {
    /// Cuts `octets`.
    ///
    /// # Errors
    /// [`BlockError::Format`] when they are none or too many.
    pub fn cut(octets: &[u8]) -> Result<Self, BlockError> {
        let chunks: Vec<&[u8]> = octets.chunks(PART_BYTES).collect();
        if chunks.is_empty() || chunks.len() > MAX_PARTS {
            return Err(BlockError::Format("parts"));
        }
        let leaves: Vec<Hash32> = chunks.iter().map(|chunk| leaf(chunk)).collect();
        let total = u32::try_from(chunks.len()).map_err(|_| BlockError::Format("parts"))?;
        let header = PartSetHeader::new(total, Hash::Sha256(merkle::root(&leaves).0))
            .map_err(|_| BlockError::Format("parts"))?;
        let parts = chunks.iter().enumerate().map(|(index, chunk)| {
            let path = merkle::path(&leaves, index).ok_or(BlockError::Format("parts"))?;
            Ok(BlockPart { octets: chunk.to_vec(), path })
        });
        Ok(Self { header, parts: parts.collect::<Result<_, BlockError>>()? })
    }
}

impl BlockPart {
    /// Whether this is the part at its place under `header`.
    pub fn belongs_to(&self, header: &PartSetHeader) -> bool {
        let Hash::Sha256(root) = header.hash else { return false };
        self.path.size == header.total && self.path.proves(&Hash32(root), &leaf(&self.octets))
    }
}

impl Record for BlockPart {
    const MAX: usize = PART_BYTES + 1024;

    fn kind(&self) -> u8 {
        0x22
    }

    fn write(&self, out: &mut Writer) {
        out.lp(&self.octets);
        self.path.write(out);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != 0x22 {
            return Err(CodecError::Kind(kind));
        }
        Ok(Self { octets: input.lp(PART_BYTES)?.to_vec(), path: MerklePath::read(input)? })
    }
}
