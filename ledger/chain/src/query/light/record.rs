//! Questions and answers as octets.

use super::{
    GrantLogReply, LightReply, LightRequest, MAX_LIGHT_REPLY_BYTES, MAX_LOG_PAGE, MAX_VALUE_BYTES, NoAnswer,
    StateReply, StatusReply, TxReplyFound, key,
};
use crate::block::{LightBlock, MAX_LIGHT_BLOCK_BYTES, TxInclusion};
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::state::AccessRecord;
use crate::state_tree::MAX_PROOF_BYTES;
use crate::tx::MAX_TX_BYTES;

impl Record for LightRequest {
    const MAX: usize = 128;

    fn kind(&self) -> u8 {
        match self {
            Self::Status => 0x31,
            Self::LightBlock { .. } => 0x32,
            Self::State { .. } => 0x33,
            Self::Tx(_) => 0x34,
            Self::GrantLog { .. } => 0x35,
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Status => {}
            Self::LightBlock { height } => out.u64(*height),
            Self::State { key, height } => {
                key::write(out, key);
                out.u64(*height);
            }
            Self::Tx(hash) => out.fixed(hash),
            Self::GrantLog { grant_id, from } => {
                out.fixed(grant_id);
                out.u32(*from);
            }
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(match kind {
            0x31 => Self::Status,
            0x32 => Self::LightBlock { height: input.u64()? },
            0x33 => Self::State { key: key::read(input)?, height: input.u64()? },
            0x34 => Self::Tx(input.tx_hash()?),
            0x35 => Self::GrantLog { grant_id: input.grant_id()?, from: input.u32()? },
            other => return Err(CodecError::Kind(other)),
        })
    }
}

impl StateReply {
    fn write(&self, out: &mut Writer) {
        out.u64(self.height);
        // No record of the state is empty, so an empty value can stand for absence.
        out.lp(self.value.as_deref().unwrap_or_default());
        out.lp(&self.proof);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let height = input.u64()?;
        let value = Some(input.lp(MAX_VALUE_BYTES)?.to_vec()).filter(|value| !value.is_empty());
        Ok(Self { height, value, proof: input.lp(MAX_PROOF_BYTES)?.to_vec() })
    }
}

impl Record for LightReply {
    const MAX: usize = MAX_LIGHT_REPLY_BYTES;

    fn kind(&self) -> u8 {
        match self {
            Self::Status(_) => 0x39,
            Self::LightBlock(_) => 0x3a,
            Self::State(_) => 0x3b,
            Self::Tx(_) => 0x3c,
            Self::GrantLog(_) => 0x3d,
            Self::None(_) => 0x3e,
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Status(status) => {
                out.fixed(status.chain_id);
                out.u64(status.height);
                out.u64(status.earliest);
                out.fixed(status.header_hash);
                out.instant(status.time_ms);
            }
            Self::LightBlock(block) => out.lp(block.encode()),
            Self::State(state) => state.write(out),
            Self::Tx(tx) => {
                out.u64(tx.height);
                out.lp(&tx.tx);
                out.u16(tx.code);
                tx.inclusion.write(out);
            }
            Self::GrantLog(log) => {
                log.grant.write(out);
                out.list(&log.receipts, |out, receipt| out.lp(receipt.encode()));
            }
            Self::None(why) => out.u8(match why {
                NoAnswer::NotFound => 1,
                NoAnswer::Pruned => 2,
                NoAnswer::Busy => 3,
                NoAnswer::Malformed => 4,
                NoAnswer::Internal => 5,
            }),
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(match kind {
            0x39 => Self::Status(StatusReply {
                chain_id: input.chain_id()?,
                height: input.u64()?,
                earliest: input.u64()?,
                header_hash: input.hash()?,
                time_ms: input.instant()?,
            }),
            0x3a => Self::LightBlock(Box::new(LightBlock::decode(input.lp(MAX_LIGHT_BLOCK_BYTES)?)?)),
            0x3b => Self::State(StateReply::read(input)?),
            0x3c => Self::Tx(TxReplyFound {
                height: input.u64()?,
                tx: input.lp(MAX_TX_BYTES)?.to_vec(),
                code: input.u16()?,
                inclusion: TxInclusion::read(input)?,
            }),
            0x3d => Self::GrantLog(GrantLogReply {
                grant: StateReply::read(input)?,
                receipts: input
                    .list(MAX_LOG_PAGE, |input| AccessRecord::decode(input.lp(AccessRecord::MAX)?))?,
            }),
            0x3e => Self::None(match input.u8()? {
                1 => NoAnswer::NotFound,
                2 => NoAnswer::Pruned,
                3 => NoAnswer::Busy,
                4 => NoAnswer::Malformed,
                5 => NoAnswer::Internal,
                _ => return Err(CodecError::Value("no answer")),
            }),
            other => return Err(CodecError::Kind(other)),
        })
    }
}
