//! The six digits of a pairing.

use core::fmt;
use core::str::FromStr;

/// Six decimal digits, 000000 to 999999. A secret for as long as the pairing runs: `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Passkey(u32);

/// Not six decimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not six digits")]
pub struct NotAPasskey;

impl Passkey {
    /// The largest.
    const MOST: u32 = 999_999;

    /// As a number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Passkey {
    type Error = NotAPasskey;

    fn try_from(number: u32) -> Result<Self, NotAPasskey> {
        if number > Self::MOST { Err(NotAPasskey) } else { Ok(Self(number)) }
    }
}

impl FromStr for Passkey {
    type Err = NotAPasskey;

    /// Exactly six ASCII digits; leading zeros are digits too.
    fn from_str(text: &str) -> Result<Self, NotAPasskey> {
        if text.len() != 6 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAPasskey);
        }
        text.parse().map(Self).map_err(|_| NotAPasskey)
    }
}

/// Six digits, as a device shows them.
impl fmt::Display for Passkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl fmt::Debug for Passkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passkey(..)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn six_digits_and_nothing_else() {
        assert_eq!("000042".parse(), Ok(Passkey(42)));
        for bad in ["", "42", "0000042", "+00042", " 00042", "00004a", "٠٠٠٠٤٢"] {
            assert_eq!(bad.parse::<Passkey>(), Err(NotAPasskey), "{bad}");
        }
        assert_eq!(Passkey::try_from(1_000_000), Err(NotAPasskey));
        assert!(!format!("{:?}", Passkey(123_456)).contains("123"));
    }

    proptest! {
        #[test]
        fn the_text_gives_the_number_back(number in 0_u32..=999_999) {
            let passkey = Passkey::try_from(number).unwrap();
            prop_assert_eq!(passkey.to_string().parse(), Ok(passkey));
            prop_assert_eq!(passkey.to_string().len(), 6);
        }
    }
}
