//! The printed recovery key: 160 bits as nine groups of four Crockford base32 characters, the last group a checksum.
//!
//! ```text
//! 7ZZK-0W5N-...-D8PQ   32 characters of key, 4 of SHA-256("salus/recovery-key/v1" || key)
//! ```
//!
//! Reading back ignores case, spaces and hyphens, and takes O for 0 and I or L for 1.

use core::fmt;
use core::str::FromStr;

use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::secret::wipe_stack;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const KEY: usize = 20;
const CHECK: usize = 4;
const SYMBOLS: usize = KEY * 8 / 5 + CHECK;
const GROUP: usize = 4;

/// 160 random bits that open the record without the passphrase; redacted in `Debug`, zeroized on drop. On the heap, as every key
/// ([`crate::secret`]): a moved value leaves no copy on the stack.
#[derive(PartialEq, Eq)]
pub struct RecoveryKey(Box<[u8; KEY]>);

impl Drop for RecoveryKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for RecoveryKey {}

impl Clone for RecoveryKey {
    fn clone(&self) -> Self {
        let mut key = Self::empty();
        key.0.copy_from_slice(&*self.0);
        key
    }
}

/// Text that is not a recovery key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryKeyError {
    /// Not 36 characters once spaces and hyphens are gone.
    #[error("a recovery key has 36 characters")]
    Length,
    /// A character that no recovery key has.
    #[error("group {group} has a character that no recovery key has")]
    Character {
        /// The group, counted from 1.
        group: usize,
    },
    /// All characters are possible but the checksum does not match: one was mistyped.
    #[error("the checksum does not match: a character was mistyped")]
    Checksum,
}

impl RecoveryKey {
    /// A fresh key.
    #[must_use]
    pub fn random(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut key = Self::empty();
        rng.fill_bytes(&mut *key.0);
        key
    }

    fn empty() -> Self {
        Self(Box::new([0; KEY]))
    }

    /// The text to print: `XXXX-XXXX-...`, nine groups.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(SYMBOLS + SYMBOLS / GROUP));
        for (at, value) in self.symbols().iter().enumerate() {
            if at > 0 && at % GROUP == 0 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(*value)]));
        }
        text
    }

    /// True when `typed` is the group at this place, counted from 0, read as leniently as the whole.
    #[must_use]
    pub fn is_group(&self, at: usize, typed: &str) -> bool {
        let text = self.to_text();
        let typed = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(value);
        text.split('-').nth(at).is_some_and(|group| group.chars().map(value).eq(typed))
    }

    pub(crate) fn expose(&self) -> &[u8; KEY] {
        &self.0
    }

    /// The checksum; in a frame of its own, which the caller wipes: a hash keeps what it hashed.
    #[inline(never)]
    fn sum(&self) -> [u8; 3] {
        let sum = Sha256::new().chain_update(b"salus/recovery-key/v1").chain_update(&self.0[..]).finalize();
        [sum[0], sum[1], sum[2]]
    }

    fn symbols(&self) -> Zeroizing<[u8; SYMBOLS]> {
        let sum = self.sum();
        let mut octets = Zeroizing::new([0u8; KEY + 3]);
        octets[..KEY].copy_from_slice(&*self.0);
        octets[KEY..].copy_from_slice(&sum);
        let mut out = Zeroizing::new([0u8; SYMBOLS]);
        for (at, symbol) in out.iter_mut().enumerate() {
            let bit = at * 5;
            let pair = u16::from_be_bytes([octets[bit / 8], octets.get(bit / 8 + 1).copied().unwrap_or(0)]);
            // Five bits from position `bit % 8` of the pair.
            *symbol = (pair >> (11 - bit % 8) & 31).to_be_bytes()[1];
        }
        wipe_stack();
        out
    }
}

impl FromStr for RecoveryKey {
    type Err = RecoveryKeyError;

    fn from_str(text: &str) -> Result<Self, RecoveryKeyError> {
        let mut symbols = Zeroizing::new(Vec::with_capacity(SYMBOLS));
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            if symbols.len() == SYMBOLS {
                return Err(RecoveryKeyError::Length);
            }
            let group = symbols.len() / GROUP + 1;
            symbols.push(value(c).ok_or(RecoveryKeyError::Character { group })?);
        }
        if symbols.len() != SYMBOLS {
            return Err(RecoveryKeyError::Length);
        }
        let mut key = Self::empty();
        for (at, octet) in key.0.iter_mut().enumerate() {
            *octet = (0..8).fold(0, |acc, i| {
                let bit = at * 8 + i;
                acc << 1 | symbols[bit / 5] >> (4 - bit % 5) & 1
            });
        }
        if key.symbols()[..] == symbols[..] { Ok(key) } else { Err(RecoveryKeyError::Checksum) }
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(redacted)")
    }
}

fn value(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    ALPHABET.iter().zip(0u8..).find(|(a, _)| char::from(**a) == c).map(|(_, v)| v)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_text_has_nine_groups_and_reads_back() {
        let key = RecoveryKey(Box::new([0xFF; KEY]));
        let text = key.to_text();
        assert_eq!(text.split('-').count(), 9);
        assert!(text.starts_with("ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-"));
        assert_eq!(text.parse(), Ok(key));
    }

    #[test]
    fn what_people_type_is_accepted() {
        let key = RecoveryKey(Box::new([0; KEY]));
        let text = key.to_text().to_lowercase().replace('-', " ").replacen("0000", "oOo0", 1);
        assert_eq!(text.parse(), Ok(key));
    }

    #[test]
    fn one_group_is_told_from_another() {
        let key = RecoveryKey(Box::new([0x11; KEY]));
        let text = key.to_text();
        let second = text.split('-').nth(1).unwrap();
        assert!(key.is_group(1, second) && key.is_group(1, &format!(" {} ", second.to_lowercase())));
        assert!(!key.is_group(1, "") && !key.is_group(1, &second[1..]) && !key.is_group(9, second));
        assert!(!key.is_group(1, &format!("{second}0")) && !key.is_group(1, "U000"));
        assert!(RecoveryKey(Box::new([0; KEY])).is_group(0, "oO00"));
    }

    #[test]
    fn other_text_is_refused_with_its_reason() {
        let text = RecoveryKey(Box::new([9; KEY])).to_text();
        assert_eq!("".parse::<RecoveryKey>(), Err(RecoveryKeyError::Length));
        assert_eq!(text[..20].parse::<RecoveryKey>(), Err(RecoveryKeyError::Length));
        assert_eq!(format!("{}0", *text).parse::<RecoveryKey>(), Err(RecoveryKeyError::Length));
        let wrong = format!("{}U{}", &text[..6], &text[7..]);
        assert_eq!(wrong.parse::<RecoveryKey>(), Err(RecoveryKeyError::Character { group: 2 }));
    }

    proptest! {
        #[test]
        fn round_trip(key in any::<[u8; KEY]>()) {
            let key = RecoveryKey(Box::new(key));
            prop_assert_eq!(key.to_text().parse(), Ok(key));
        }

        #[test]
        fn one_mistyped_character_of_the_key_is_told(
            key in any::<[u8; KEY]>(), at in 0usize..SYMBOLS, by in 1usize..32,
        ) {
            let text = RecoveryKey(Box::new(key)).to_text().replace('-', "");
            let old = value(text.as_bytes()[at] as char).unwrap();
            let new = char::from(ALPHABET[(usize::from(old) + by) % 32]);
            let typed = format!("{}{new}{}", &text[..at], &text[at + 1..]);
            // 20 bits of checksum: a miss has odds of one in a million.
            prop_assert_eq!(typed.parse::<RecoveryKey>(), Err(RecoveryKeyError::Checksum));
        }
    }
}
