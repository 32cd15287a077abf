//! `/salus/tx/1`: handing in a transaction.

use crate::codec::{CodecError, Reader, Record, Writer};
use crate::state::TxRefused;
use crate::tx::MAX_TX_BYTES;

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TxRequest {
    /// An encoded transaction to take into the pool and pass on.
    Submit(Vec<u8>),
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TxReply {
    /// In the pool; final only with an inclusion proof.
    Accepted,
    /// In a block already.
    Known {
        /// Its height.
        height: u64,
    },
    /// Not possible.
    Refused(TxRefused),
    /// The pool is full, or this sender asks too often.
    Busy,
}

impl Record for TxRequest {
    const MAX: usize = MAX_TX_BYTES + 16;

    fn kind(&self) -> u8 {
        0x36
    }

    fn write(&self, out: &mut Writer) {
        let Self::Submit(tx) = self;
        out.lp(tx);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            0x36 => Ok(Self::Submit(input.lp(MAX_TX_BYTES)?.to_vec())),
            other => Err(CodecError::Kind(other)),
        }
    }
}

impl Record for TxReply {
    const MAX: usize = 32;

    fn kind(&self) -> u8 {
        match self {
            Self::Accepted => 0x37,
            Self::Known { .. } => 0x38,
            Self::Refused(_) => 0x3f,
            Self::Busy => 0x40,
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Accepted | Self::Busy => {}
            Self::Known { height } => out.u64(*height),
            Self::Refused(why) => out.u16(why.code()),
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            0x37 => Ok(Self::Accepted),
            0x38 => Ok(Self::Known { height: input.u64()? }),
            0x3f => {
                let why = TxRefused::from_code(input.u16()?).ok_or(CodecError::Value("refusal"))?;
                Ok(Self::Refused(why))
            }
            0x40 => Ok(Self::Busy),
            other => Err(CodecError::Kind(other)),
        }
    }
}
