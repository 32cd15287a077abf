//! What a light client needs of one height.

use tendermint::block::signed_header::SignedHeader;
use tendermint::validator;
use tendermint_proto::Protobuf;
use tendermint_proto::v0_38::types::{SignedHeader as RawSignedHeader, ValidatorSet as RawValidatorSet};

use super::header::{header_hash, instant};
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::genesis::MAX_MEMBERS;
use crate::ids::Hash32;
use crate::time::UnixMillis;

/// Largest encoding: 21 signatures and two sets of 21 validators take about 6 KiB.
pub const MAX_LIGHT_BLOCK_BYTES: usize = 16 * 1024;

/// A header with its commit, the validators that signed it, and the next ones.
///
/// Fields: lp(SignedHeader), lp(ValidatorSet), lp(next ValidatorSet), each in CometBFT's protobuf; the last is
/// empty when it equals the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LightBlock {
    /// Header and commit.
    pub signed_header: SignedHeader,
    /// The validators of this height.
    pub validators: validator::Set,
    /// The validators of the next height.
    pub next_validators: validator::Set,
}

impl LightBlock {
    /// The height.
    pub fn height(&self) -> u64 {
        self.signed_header.header.height.value()
    }

    /// The block time.
    pub fn time_ms(&self) -> UnixMillis {
        instant(self.signed_header.header.time)
    }

    /// The header's hash.
    pub fn hash(&self) -> Hash32 {
        header_hash(&self.signed_header.header)
    }

    /// State root after this block; `None` when it is not 32 octets.
    pub fn app_hash(&self) -> Option<Hash32> {
        self.signed_header.header.app_hash.as_bytes().try_into().map(Hash32).ok()
    }

    /// Root over the transactions; `None` when the header has none.
    pub fn data_hash(&self) -> Option<Hash32> {
        self.signed_header.header.data_hash?.as_bytes().try_into().map(Hash32).ok()
    }
}

fn bounded(set: &validator::Set) -> Result<(), CodecError> {
    let length = set.validators().len();
    if length > MAX_MEMBERS {
        return Err(CodecError::TooLong { length, limit: MAX_MEMBERS });
    }
    Ok(())
}

fn set(octets: &[u8]) -> Result<validator::Set, CodecError> {
    let set = <validator::Set as Protobuf<RawValidatorSet>>::decode_vec(octets)
        .map_err(|_| CodecError::Value("validators"))?;
    bounded(&set)?;
    Ok(set)
}

impl Record for LightBlock {
    const MAX: usize = MAX_LIGHT_BLOCK_BYTES;

    fn kind(&self) -> u8 {
        0x21
    }

    fn write(&self, out: &mut Writer) {
        out.lp(Protobuf::<RawSignedHeader>::encode_vec(self.signed_header.clone()));
        out.lp(Protobuf::<RawValidatorSet>::encode_vec(self.validators.clone()));
        if self.next_validators == self.validators {
            out.lp([]);
        } else {
            out.lp(Protobuf::<RawValidatorSet>::encode_vec(self.next_validators.clone()));
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != 0x21 {
            return Err(CodecError::Kind(kind));
        }
        let signed_header =
            <SignedHeader as Protobuf<RawSignedHeader>>::decode_vec(input.lp(MAX_LIGHT_BLOCK_BYTES)?)
                .map_err(|_| CodecError::Value("signed header"))?;
        let length = signed_header.commit.signatures.len();
        if length > MAX_MEMBERS {
            return Err(CodecError::TooLong { length, limit: MAX_MEMBERS });
        }
        let validators = set(input.lp(MAX_LIGHT_BLOCK_BYTES)?)?;
        let next_validators = match input.lp(MAX_LIGHT_BLOCK_BYTES)? {
            [] => validators.clone(),
            octets => set(octets)?,
        };
        Ok(Self { signed_header, validators, next_validators })
    }
}
