//! One column of integers: `00 || value i64` when all are equal, else `01 || u32 length || pco`.

use pco::ChunkConfig;
use pco::standalone::{simple_compress, simple_decompress_into};

use super::{SegmentError, take};

const CONSTANT: u8 = 0;
const PCO: u8 = 1;

/// Appends a column; `None` only if the compressor refuses, which it does for no list of integers.
pub(crate) fn write_column(out: &mut Vec<u8>, numbers: &[i64]) -> Option<()> {
    let first = numbers.first().copied().unwrap_or(0);
    if numbers.iter().all(|n| *n == first) {
        out.push(CONSTANT);
        out.extend_from_slice(&first.to_be_bytes());
        return Some(());
    }
    let packed = simple_compress(numbers, &ChunkConfig::default()).ok()?;
    out.push(PCO);
    out.extend_from_slice(&u32::try_from(packed.len()).ok()?.to_be_bytes());
    out.extend_from_slice(&packed);
    Some(())
}

/// Reads a column of exactly `count` integers; `count` is within the limits.
pub(crate) fn read_column(at: &mut &[u8], count: usize) -> Result<Vec<i64>, SegmentError> {
    match take(at)? {
        [CONSTANT] => Ok(vec![i64::from_be_bytes(take(at)?); count]),
        [PCO] => {
            let len = u32::from_be_bytes(take(at)?) as usize;
            let (packed, rest) = at.split_at_checked(len).ok_or(SegmentError::Malformed)?;
            *at = rest;
            let mut numbers = vec![0; count];
            let progress =
                simple_decompress_into(packed, &mut numbers).map_err(|_| SegmentError::Malformed)?;
            let exact = progress.finished && progress.n_processed == count;
            if exact { Ok(numbers) } else { Err(SegmentError::Malformed) }
        }
        _ => Err(SegmentError::Malformed),
    }
}
