//! E2E-CRC: CRC-16/MCRF4XX, little-endian behind the value that it protects.
//!
//! ```text
//! polynomial x^16 + x^12 + x^5 + 1, lowest bit first (8408), start FFFF, result as it is
//! check      "123456789" gives 6F91
//! ```
//!
//! It finds octets damaged on the way through buggy firmware or a bad antenna. It is no signature: whoever can send can
//! compute it.
//!
//! # Source
//! GATT Specification Supplement, section on CRC calculation; parameters in the CRC catalogue under MCRF4XX.

use super::Malformed;

/// Octets of a checksum.
pub const LEN: usize = 2;

/// Whether a service ends its values with a checksum; its feature characteristic says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Protection {
    /// No checksum.
    #[default]
    Plain,
    /// A checksum over all octets before it.
    Checked,
}

impl Protection {
    /// The value without its checksum.
    ///
    /// # Errors
    /// [`Malformed::Truncated`] without room for a checksum, [`Malformed::Checksum`] for a wrong one.
    pub fn open(self, bytes: &[u8]) -> Result<&[u8], Malformed> {
        if self == Self::Plain {
            return Ok(bytes);
        }
        let (value, sent) = bytes.split_last_chunk::<LEN>().ok_or(Malformed::Truncated)?;
        if u16::from_le_bytes(*sent) == checksum(value) { Ok(value) } else { Err(Malformed::Checksum) }
    }

    /// Adds the checksum to a value that is to be written.
    pub fn close(self, value: &mut Vec<u8>) {
        if self == Self::Checked {
            let crc = checksum(value);
            value.extend(crc.to_le_bytes());
        }
    }
}

/// The checksum of one value.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u16 {
    Crc::default().over(bytes).0
}

/// A checksum that goes on over several packets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crc(u16);

impl Default for Crc {
    fn default() -> Self {
        Self(0xFFFF)
    }
}

impl Crc {
    /// This checksum carried on over `bytes`.
    #[must_use]
    pub fn over(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |crc, byte| {
            let [low, high] = crc.to_le_bytes();
            u16::from(high) ^ TABLE[usize::from(low ^ byte)]
        }))
    }

    /// The checksum so far.
    #[must_use]
    pub const fn value(self) -> u16 {
        self.0
    }
}

/// The remainder of each octet: one step instead of eight.
const TABLE: [u16; 256] = {
    let mut table = [0; 256];
    let mut octet = 0u16;
    let mut slot = 0;
    while slot < table.len() {
        let mut crc = octet;
        let mut bit = 0;
        while bit < 8 {
            crc = (crc >> 1) ^ if crc & 1 == 0 { 0 } else { 0x8408 };
            bit += 1;
        }
        table[slot] = crc;
        octet += 1;
        slot += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_catalogue_check_value() {
        assert_eq!(checksum(b"123456789"), 0x6F91);
        assert_eq!(checksum(b""), 0xFFFF);
    }

    #[test]
    fn a_value_is_opened_only_whole() {
        let mut sealed = b"123456789".to_vec();
        Protection::Checked.close(&mut sealed);
        assert_eq!(sealed[9..], [0x91, 0x6F]);
        assert_eq!(Protection::Checked.open(&sealed), Ok(&b"123456789"[..]));
        assert_eq!(Protection::Plain.open(&sealed), Ok(&sealed[..]));
        assert_eq!(Protection::Checked.open(&[0]), Err(Malformed::Truncated));
        sealed[3] ^= 0x10;
        assert_eq!(Protection::Checked.open(&sealed), Err(Malformed::Checksum));
    }

    proptest! {
        #[test]
        fn in_parts_as_at_once_and_bit_by_bit(bytes in proptest::collection::vec(any::<u8>(), 0..64), cut in 0usize..64) {
            let (head, tail) = bytes.split_at(cut.min(bytes.len()));
            prop_assert_eq!(Crc::default().over(head).over(tail).value(), checksum(&bytes));
            let slow = bytes.iter().fold(0xFFFFu16, |crc, byte| {
                (0..8).fold(crc ^ u16::from(*byte), |crc, _| (crc >> 1) ^ ((crc & 1) * 0x8408))
            });
            prop_assert_eq!(checksum(&bytes), slow);
        }

        #[test]
        fn every_single_flipped_bit_is_found(mut bytes in proptest::collection::vec(any::<u8>(), 1..40), at in any::<usize>(), bit in 0u8..8) {
            Protection::Checked.close(&mut bytes);
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            prop_assert_eq!(Protection::Checked.open(&bytes), Err(Malformed::Checksum));
        }
    }
}
