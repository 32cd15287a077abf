//! `/salus/light/1`: status, light blocks, proven state, transactions, a grant's receipts.

use crate::block::{LightBlock, MAX_LIGHT_BLOCK_BYTES, TxInclusion};
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::ids::{ChainId, CircleId, GrantId, Hash32, TxHash, VerifyingKey};
use crate::state::{AccessRecord, StateKey};
use crate::state_tree::MAX_PROOF_BYTES;
use crate::time::UnixMillis;
use crate::tx::MAX_TX_BYTES;

/// Receipts in one reply at most.
pub const MAX_LOG_PAGE: usize = 256;
/// Largest value of the state: a circle with eight delegates takes 2,560 octets, a contract with its text under 2,100.
pub const MAX_VALUE_BYTES: usize = 4096;
/// Largest reply: a full page of receipts with its proof.
pub const MAX_LIGHT_REPLY_BYTES: usize = 256 * 1024;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LightRequest {
    /// How far the member is.
    Status,
    /// The light block of a height; 0 for the newest.
    LightBlock {
        /// The height.
        height: u64,
    },
    /// A value of the state after a height, with proof; 0 for the newest.
    State {
        /// Which value.
        key: StateKey,
        /// After which height.
        height: u64,
    },
    /// A transaction with its inclusion proof.
    Tx(TxHash),
    /// A grant's record with proof, and its receipts from a place on.
    GrantLog {
        /// The grant.
        grant_id: GrantId,
        /// First receipt wanted, from 0.
        from: u32,
    },
}

/// How far a member is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReply {
    /// Its chain.
    pub chain_id: ChainId,
    /// Its newest final height.
    pub height: u64,
    /// The first height whose block it still has.
    pub earliest: u64,
    /// Hash of the newest header.
    pub header_hash: Hash32,
    /// Time of the newest block.
    pub time_ms: UnixMillis,
}

/// A proven value, or proven absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateReply {
    /// The state is that after this height: verify against its header's `app_hash`.
    pub height: u64,
    /// The value.
    pub value: Option<Vec<u8>>,
    /// An encoded [`crate::state_tree::StateProof`].
    pub proof: Vec<u8>,
}

/// A transaction that is in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TxReplyFound {
    /// The block's height.
    pub height: u64,
    /// The transaction.
    pub tx: Vec<u8>,
    /// Its result; 0 when executed. Proven only by the state, not by this number.
    pub code: u16,
    /// Place under the header's `data_hash`.
    pub inclusion: TxInclusion,
}

/// A grant and a page of its receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantLogReply {
    /// The grant's record, proven.
    pub grant: StateReply,
    /// Receipts, in order, from the place that was asked for.
    pub receipts: Vec<AccessRecord>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAnswer {
    /// No such height, transaction or grant.
    NotFound,
    /// It was pruned.
    Pruned,
    /// Too many questions.
    Busy,
    /// The request does not decode.
    Malformed,
    /// The member failed.
    Internal,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LightReply {
    /// To [`LightRequest::Status`].
    Status(StatusReply),
    /// To [`LightRequest::LightBlock`].
    LightBlock(Box<LightBlock>),
    /// To [`LightRequest::State`].
    State(StateReply),
    /// To [`LightRequest::Tx`].
    Tx(TxReplyFound),
    /// To [`LightRequest::GrantLog`].
    GrantLog(GrantLogReply),
    /// To any.
    None(NoAnswer),
}

fn write_key(out: &mut Writer, key: &StateKey) {
    match key {
        StateKey::Chain => out.u8(0),
        StateKey::Grant(id) => {
            out.u8(1);
            out.fixed(id);
        }
        StateKey::Access(hash) => {
            out.u8(2);
            out.fixed(hash);
        }
        StateKey::AccessLog(id, place) => {
            out.u8(3);
            out.fixed(id);
            out.u32(*place);
        }
        StateKey::Credential(pk) => {
            out.u8(4);
            out.fixed(pk);
        }
        StateKey::Expiry(place) => {
            out.u8(5);
            out.u32(*place);
        }
        StateKey::Enrolment(pk) => {
            out.u8(6);
            out.fixed(pk);
        }
        // From here on the number is that of the record's kind.
        StateKey::Contract(hash) => {
            out.u8(0x18);
            out.fixed(hash);
        }
        StateKey::Circle(id) => {
            out.u8(0x19);
            out.fixed(id);
        }
        StateKey::CircleGrant(id) => {
            out.u8(0x1a);
            out.fixed(id);
        }
        StateKey::Duty(pk) => {
            out.u8(0x1b);
            out.fixed(pk);
        }
        StateKey::DutyGrant(id) => {
            out.u8(0x1c);
            out.fixed(id);
        }
        StateKey::Statement(hash) => {
            out.u8(0x1d);
            out.fixed(hash);
        }
        StateKey::Emergency(id) => {
            out.u8(0x1e);
            out.fixed(id);
        }
        StateKey::EmergencyAct(hash) => {
            out.u8(0x21);
            out.fixed(hash);
        }
        StateKey::Objections(member) => {
            out.u8(0x22);
            out.u16(*member);
        }
        StateKey::Objection(member, place) => {
            out.u8(0x23);
            out.u16(*member);
            out.u32(*place);
        }
        StateKey::Mandate(pk) => {
            out.u8(0x24);
            out.fixed(pk);
        }
        // The same kind of record, under its other name.
        StateKey::Mandated(id) => {
            out.u8(0x25);
            out.fixed(id);
        }
    }
}

fn read_key(input: &mut Reader<'_>) -> Result<StateKey, CodecError> {
    Ok(match input.u8()? {
        0 => StateKey::Chain,
        1 => StateKey::Grant(GrantId(input.array()?)),
        2 => StateKey::Access(TxHash(input.array()?)),
        3 => StateKey::AccessLog(GrantId(input.array()?), input.u32()?),
        4 => StateKey::Credential(VerifyingKey(input.array()?)),
        5 => StateKey::Expiry(input.u32()?),
        6 => StateKey::Enrolment(VerifyingKey(input.array()?)),
        0x18 => StateKey::Contract(Hash32(input.array()?)),
        0x19 => StateKey::Circle(CircleId(input.array()?)),
        0x1a => StateKey::CircleGrant(GrantId(input.array()?)),
        0x1b => StateKey::Duty(VerifyingKey(input.array()?)),
        0x1c => StateKey::DutyGrant(GrantId(input.array()?)),
        0x1d => StateKey::Statement(TxHash(input.array()?)),
        0x1e => StateKey::Emergency(GrantId(input.array()?)),
        0x21 => StateKey::EmergencyAct(TxHash(input.array()?)),
        0x22 => StateKey::Objections(input.u16()?),
        0x23 => StateKey::Objection(input.u16()?, input.u32()?),
        0x24 => StateKey::Mandate(VerifyingKey(input.array()?)),
        0x25 => StateKey::Mandated(GrantId(input.array()?)),
        _ => return Err(CodecError::Value("state key")),
    })
}

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
                write_key(out, key);
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
            0x33 => Self::State { key: read_key(input)?, height: input.u64()? },
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
