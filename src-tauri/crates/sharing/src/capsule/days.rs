//! Content of a permission that gives daily summaries only: version 04, written for these permissions alone.
//!
//! ```text
//! content 04 = 04 || 4E || what version 03 holds, each series without a wrap || days of each series, in their order
//! days       = count u32 || level u8, start u32, day u32, wrap 80 each
//! ```
//!
//! An app from before it refuses such a capsule; every other permission is still written as version 03.

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_keeper::Slot;
use salus_vault::tree::DEPTH;

use super::content::{Content, KIND, MAX_WRAPS};
use super::{CapsuleError, MAX_CAPSULE};
use crate::wrap::WRAP;

const WRAPPED: usize = 1 + 4 + 4 + WRAP;

/// The wrapped key of one day's summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrappedDay {
    /// The slot that opens it.
    pub slot: Slot,
    /// Days since 1970 in UTC.
    pub day: u32,
    /// The wrap.
    pub wrap: [u8; WRAP],
}

/// Content that holds days.
pub(super) struct Daily(pub(super) Content);

impl WrappedDay {
    fn write(&self, out: &mut Writer) {
        out.u8(self.slot.level());
        out.u32(self.slot.start());
        out.u32(self.day);
        out.fixed(self.wrap);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let (level, start, day) = (input.u8()?, input.u32()?, input.u32()?);
        let slot = Slot::new(level, start).map_err(|_| CodecError::Value("slot"))?;
        if day >= 1 << DEPTH {
            return Err(CodecError::Value("day"));
        }
        Ok(Self { slot, day, wrap: input.array()? })
    }
}

fn series(input: &mut Reader<'_>) -> Result<Vec<WrappedDay>, CodecError> {
    let length = usize::try_from(input.u32()?).unwrap_or(usize::MAX);
    if length > MAX_WRAPS {
        return Err(CodecError::TooLong { length, limit: MAX_WRAPS });
    }
    if length > input.left() / WRAPPED {
        return Err(CodecError::Truncated);
    }
    (0..length).map(|_| WrappedDay::read(input)).collect()
}

/// Either wraps of readings, or days for every series: never both, so that what is said to be summaries is nothing else.
pub(super) fn check(content: &Content) -> Result<(), CapsuleError> {
    let days = &content.days;
    if days.is_empty() {
        return Ok(());
    }
    if days.len() != content.series.len() || content.series.iter().any(|s| !s.wraps.is_empty()) {
        return Err(CodecError::Value("days").into());
    }
    let wraps: usize = days.iter().map(Vec::len).sum();
    if wraps <= MAX_WRAPS { Ok(()) } else { Err(CapsuleError::TooLarge) }
}

impl Record for Daily {
    const MAX: usize = MAX_CAPSULE;
    const VERSION: u8 = 4;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        self.0.write_told(out);
        for days in &self.0.days {
            out.u32(u32::try_from(days.len()).unwrap_or(u32::MAX));
            days.iter().for_each(|day| day.write(out));
        }
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let told = Content::read_told(kind, input)?;
        let days = (0..told.series.len()).map(|_| series(input)).collect::<Result<Vec<_>, _>>()?;
        let content = Content { days, ..told };
        // Of no series there is nothing to tell this version by.
        let daily = !content.days.is_empty() && check(&content).is_ok();
        if daily { Ok(Self(content)) } else { Err(CodecError::Value("days")) }
    }
}
