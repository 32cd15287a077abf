//! One column of integers: `00 || value i64` when all are equal, else `01 || u32 length || pco`.

use pco::ChunkConfig;
use pco::standalone::{DecompressorItem, FileDecompressor, simple_compress};

use super::{SegmentError, take};

const CONSTANT: u8 = 0;
const PCO: u8 = 1;
/// The octet behind the last chunk.
const END: u8 = 0;
/// Half of a window that short columns may have too.
const LEAST_HALF: usize = 32;

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

/// A column as it was stored. Of an ordinary hour's six columns beside the instants and the values five are constant: 4096 equal
/// numbers in memory for each of them took half of the time that a year takes to open.
#[derive(Debug, Clone)]
pub(super) enum Column {
    /// The same number for every reading.
    Constant(i64),
    /// One number each.
    List(Vec<i64>),
}

impl Column {
    /// Reads a column of exactly `count` integers; `count` is within the limits.
    pub(super) fn read(at: &mut &[u8], count: usize) -> Result<Self, SegmentError> {
        match take(at)? {
            [CONSTANT] => Ok(Self::Constant(i64::from_be_bytes(take(at)?))),
            [PCO] => {
                let len = u32::from_be_bytes(take(at)?) as usize;
                let (packed, rest) = at.split_at_checked(len).ok_or(SegmentError::Malformed)?;
                *at = rest;
                unpack(packed, count).map(Self::List).ok_or(SegmentError::Malformed)
            }
            _ => Err(SegmentError::Malformed),
        }
    }

    /// The number of a reading by its position; a constant has one for each.
    pub(super) fn get(&self, position: usize) -> Option<i64> {
        match self {
            Self::Constant(number) => Some(*number),
            Self::List(numbers) => numbers.get(position).copied(),
        }
    }

    /// True when every number is what `is` asks for; of no readings nothing is asked.
    pub(super) fn all(&self, count: usize, is: impl Fn(i64) -> bool) -> bool {
        match self {
            Self::Constant(number) => count == 0 || is(*number),
            Self::List(numbers) => numbers.iter().all(|n| is(*n)),
        }
    }

    /// How often each number below `limit` occurs; others are left out.
    pub(super) fn tally(&self, count: usize, limit: usize) -> Vec<usize> {
        let mut tally = vec![0; limit];
        let mut add = |number: i64, times: usize| {
            let place = usize::try_from(number).ok().and_then(|n| tally.get_mut(n));
            place.into_iter().for_each(|place| *place += times);
        };
        match self {
            Self::Constant(number) => add(*number, count),
            Self::List(numbers) => numbers.iter().for_each(|n| add(*n, 1)),
        }
        tally
    }
}

/// Reads a column of exactly `count` integers; `count` is within the limits.
pub(crate) fn read_column(at: &mut &[u8], count: usize) -> Result<Vec<i64>, SegmentError> {
    Ok(match Column::read(at, count)? {
        Column::Constant(number) => vec![number; count],
        Column::List(numbers) => numbers,
    })
}

/// One chunk of exactly `count` integers, and nothing behind it.
fn unpack(packed: &[u8], count: usize) -> Option<Vec<i64>> {
    let (file, chunk) = FileDecompressor::new(packed).ok()?;
    if !is_modest(chunk, count) {
        return None;
    }
    let DecompressorItem::Chunk(mut chunk) = file.chunk_decompressor::<i64, _>(chunk).ok()? else {
        return None;
    };
    if chunk.n() != count {
        return None;
    }
    let mut numbers = vec![0; count];
    let progress = chunk.read(&mut numbers).ok()?;
    let exact = progress.finished && progress.n_processed == count && chunk.into_src() == [END];
    exact.then_some(numbers)
}

/// True when a chunk's head asks for no more memory than `count` integers have a use for.
///
/// A dictionary (268 MB) and a window (134 MB) take a few octets there, and the library makes room for them before it
/// reads on; a segment has room for thousands of columns.
///
/// # Source
/// The library's format: type u8 || n - 1 u24 || mode, 4 bits || the mode's own || delta encoding, 4 bits || its own, the
/// lowest bit first. Mode 0 has nothing, 1 a base of 64 bits, 2 and 3 are for floats, 4 a length of 25 bits and from the next
/// octet on that many of 64; delta encoding 2 has the window's logarithm less one in 5 bits.
fn is_modest(chunk: &[u8], count: usize) -> bool {
    let bit = |at: usize| chunk.get(at / 8).map(|octet| usize::from(octet >> (at % 8) & 1));
    let bits =
        |from: usize, n: usize| (from..from + n).rev().try_fold(0, |all, at| Some(all << 1 | bit(at)?));
    let delta = match bits(32, 4) {
        Some(0) => Some(36),
        Some(1) => Some(36 + 64),
        Some(4) => bits(36, 25).filter(|length| *length <= count).map(|length| 64 + 64 * length),
        _ => None,
    };
    let half_window = |delta: usize| match bits(delta, 4)? {
        2 => Some(1 << bits(delta + 4, 5)?),
        _ => Some(0),
    };
    delta.and_then(half_window).is_some_and(|half: usize| half <= LEAST_HALF.max(count))
}

#[cfg(test)]
mod tests {
    use pco::{DeltaSpec, ModeSpec};

    use super::*;

    const N: usize = 300;

    fn numbers() -> Vec<i64> {
        (0..).map(|n| n * n % 7 * 1_000_003).take(N).collect()
    }

    /// A column of these bytes, and where its chunk's head begins in them.
    fn packed(config: &ChunkConfig) -> (Vec<u8>, usize) {
        let packed = simple_compress(&numbers(), config).unwrap();
        let (_, chunk) = FileDecompressor::new(&packed[..]).unwrap();
        let head = packed.len() - chunk.len() + 4;
        (packed, head)
    }

    #[test]
    fn a_window_far_beyond_the_column_is_refused() {
        let config = ChunkConfig::default().with_mode_spec(ModeSpec::Classic);
        let (mut octets, head) = packed(&config.with_delta_spec(DeltaSpec::TryLookback));
        assert_eq!(octets[head], 2 << 4, "no mode of its own, and a window");
        assert_eq!(unpack(&octets, N), Some(numbers()));
        // 2^24 numbers of 8 octets; the column itself stays what it was.
        octets[head + 1] = octets[head + 1] & !31 | 23;
        assert_eq!(unpack(&octets, N), None);
    }

    #[test]
    fn a_dictionary_longer_than_the_column_is_refused() {
        let (mut octets, head) = packed(&ChunkConfig::default().with_mode_spec(ModeSpec::TryDict));
        assert_eq!(octets[head] & 15, 4, "a dictionary");
        assert_eq!(unpack(&octets, N), Some(numbers()));
        octets[head + 3] |= 0x10;
        assert!(!is_modest(&octets[head - 4..], N));
        assert_eq!(unpack(&octets, N), None);
    }

    #[test]
    fn another_count_and_octets_behind_are_refused() {
        let (octets, _) = packed(&ChunkConfig::default());
        assert_eq!(unpack(&octets, N), Some(numbers()));
        assert_eq!(unpack(&octets, N - 1), None);
        assert_eq!(unpack(&octets, N + 1), None);
        assert_eq!(unpack(&[&octets[..], &[0]].concat(), N), None);
        assert!((0..octets.len()).all(|cut| unpack(&octets[..cut], N).is_none()));
    }
}
