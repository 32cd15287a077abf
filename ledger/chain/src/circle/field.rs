//! Fields that may be none, written as every record writes them: zero stands for none.

use crate::codec::{CodecError, LAST_INSTANT, Reader, Writer};
use crate::time::UnixMillis;

/// An instant, or zero for none: nothing here happened in 1970.
pub(super) fn write_instant(out: &mut Writer, value: Option<UnixMillis>) {
    out.instant(value.unwrap_or(0));
}

pub(super) fn read_instant(input: &mut Reader<'_>) -> Result<Option<UnixMillis>, CodecError> {
    Ok(Some(input.instant()?).filter(|instant| *instant != 0))
}

/// A yes or no, one octet.
pub(super) fn read_flag(input: &mut Reader<'_>) -> Result<bool, CodecError> {
    match input.u8()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(CodecError::Value("flag")),
    }
}

/// `by` milliseconds after `instant`; never beyond what a record can hold.
pub(super) fn later(instant: UnixMillis, by: i64) -> UnixMillis {
    instant.saturating_add(by).min(LAST_INSTANT)
}
