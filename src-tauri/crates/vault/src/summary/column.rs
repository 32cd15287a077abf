//! A column of a block: short ones as differences, long ones compressed.
//!
//! ```text
//! up to 64 numbers   00 || number, when all are equal; else 01 || first || differences, each a zigzag LEB128
//! more               as in a segment: constant, or pco
//! ```
//!
//! Of an hour's or a day's few rows the compressor's own head would be the larger part.

use crate::segment::{read_column, write_column};

const FEW: usize = 64;
const CONSTANT: u8 = 0;
const DIFFERENCES: u8 = 1;

/// Appends a column; `None` only if the compressor refuses, which it does for no list of integers.
pub(super) fn write(out: &mut Vec<u8>, numbers: &[i64]) -> Option<()> {
    if numbers.len() > FEW {
        return write_column(out, numbers);
    }
    let first = numbers.first().copied().unwrap_or(0);
    if numbers.iter().all(|n| *n == first) {
        out.push(CONSTANT);
        varint(out, first);
        return Some(());
    }
    out.push(DIFFERENCES);
    let mut before = 0;
    for number in numbers {
        varint(out, number.wrapping_sub(before));
        before = *number;
    }
    Some(())
}

/// Reads a column of exactly `count` numbers; `None` unless writing gives these octets.
pub(super) fn read(at: &mut &[u8], count: usize) -> Option<Vec<i64>> {
    if count > FEW {
        return read_column(at, count).ok();
    }
    let (kind, rest) = at.split_first()?;
    *at = rest;
    match *kind {
        CONSTANT => Some(vec![unvarint(at)?; count]),
        DIFFERENCES => {
            let mut before = 0i64;
            let mut numbers = Vec::with_capacity(count);
            for _ in 0..count {
                before = before.wrapping_add(unvarint(at)?);
                numbers.push(before);
            }
            numbers.windows(2).any(|w| w[0] != w[1]).then_some(numbers)
        }
        _ => None,
    }
}

/// Zigzag, then seven bits an octet, the lowest first.
fn varint(out: &mut Vec<u8>, number: i64) {
    let mut rest = (number << 1 ^ number >> 63).cast_unsigned();
    while rest >= 0x80 {
        out.push(rest.to_le_bytes()[0] | 0x80);
        rest >>= 7;
    }
    out.push(rest.to_le_bytes()[0]);
}

fn unvarint(at: &mut &[u8]) -> Option<i64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let (octet, rest) = at.split_first()?;
        *at = rest;
        let bits = u64::from(octet & 0x7F);
        // The tenth octet holds one bit; the last one is not zero unless it is the only one.
        if (bits << shift) >> shift != bits || (*octet == 0 && shift > 0) {
            return None;
        }
        number |= bits << shift;
        if octet & 0x80 == 0 {
            return Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn other_spellings_of_a_number_are_refused() {
        for octets in
            [&[0x80, 0][..], &[0x80], &[0xFF; 11], &[0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2]]
        {
            let mut at = octets;
            assert_eq!(unvarint(&mut at), None, "{octets:02x?}");
        }
        // Equal numbers have the constant form only.
        assert_eq!(read(&mut &[DIFFERENCES, 2, 0, 0][..], 3), None);
    }

    proptest! {
        #[test]
        fn round_trip(numbers in proptest::collection::vec(any::<i64>(), 1..200)) {
            let mut out = Vec::new();
            write(&mut out, &numbers).unwrap();
            let mut at = out.as_slice();
            prop_assert_eq!(read(&mut at, numbers.len()), Some(numbers));
            prop_assert!(at.is_empty());
        }
    }
}
