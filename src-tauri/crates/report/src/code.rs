//! The code that names a report's content, as it is printed, typed and drawn.
//!
//! ```text
//! name    = the first 19 octets of SHA-256("salus/v1/report" || content)
//! check   = the first octet of SHA-256("salus/v1/report-check" || name)
//! printed = name || check in Crockford's base 32, eight groups of four
//! drawn   = "SALUS-REPORT:" || printed without separators, as a QR code
//! ```
//!
//! 152 bits: short enough to type, and too many to find a second content for.

use core::fmt;
use core::str::FromStr;

use sha2::{Digest, Sha256};
use thiserror::Error;

/// Crockford's base 32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// What a drawn code begins with.
const PREFIX: &str = "SALUS-REPORT:";
/// Octets of a name.
pub const NAME: usize = 19;
/// Characters of a printed code without separators: 20 octets of 8 bits in digits of 5.
const DIGITS: usize = 32;
/// Characters that are looked at when a code is typed.
const MOST_TYPED: usize = 200;

/// The name of a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; NAME]);

/// What was typed is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no code of a report")]
pub struct NotACode;

impl Code {
    /// The code of a content, octet for octet.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        Self(first(&digest(&[b"salus/v1/report", content])))
    }

    /// A code by its name.
    #[must_use]
    pub const fn from_name(name: [u8; NAME]) -> Self {
        Self(name)
    }

    /// The name, without the check.
    #[must_use]
    pub const fn name(&self) -> &[u8; NAME] {
        &self.0
    }

    /// What its picture holds.
    #[must_use]
    pub fn drawn(&self) -> String {
        format!("{PREFIX}{}", self.digits())
    }

    fn check(&self) -> u8 {
        let [check]: [u8; 1] = first(&digest(&[b"salus/v1/report-check", &self.0]));
        check
    }

    fn digits(&self) -> String {
        let octets = self.0.iter().copied().chain([self.check()]);
        let mut digits = String::with_capacity(DIGITS);
        let (mut bits, mut held) = (0_u32, 0_u32);
        for octet in octets {
            (bits, held) = ((bits << 8) | u32::from(octet), held + 8);
            while held >= 5 {
                held -= 5;
                let digit = (bits >> held) & 31;
                digits.extend(ALPHABET.get(digit as usize).map(|d| char::from(*d)));
            }
            bits &= (1 << held) - 1;
        }
        digits
    }
}

impl fmt::Display for Code {
    /// Eight groups of four: "9K3F 0Q2M …".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, digit) in self.digits().chars().enumerate() {
            if i > 0 && i.is_multiple_of(4) {
                f.write_str(" ")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

impl FromStr for Code {
    type Err = NotACode;

    /// As printed or drawn; case, spaces and dashes do not matter, and what looks like a 0 or a 1 is one.
    fn from_str(typed: &str) -> Result<Self, NotACode> {
        if typed.len() > MOST_TYPED {
            return Err(NotACode);
        }
        let upper = typed.trim().to_ascii_uppercase();
        let text = upper.strip_prefix(PREFIX).unwrap_or(&upper);
        let mut octets = [0_u8; NAME + 1];
        let (mut bits, mut held, mut digits) = (0_u32, 0_u32, 0_usize);
        let mut places = octets.iter_mut();
        for letter in
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
        {
            let letter = match letter {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let digit = ALPHABET.iter().position(|d| char::from(*d) == letter).ok_or(NotACode)?;
            digits += 1;
            (bits, held) = ((bits << 5) | u32::try_from(digit).map_err(|_| NotACode)?, held + 5);
            if held >= 8 {
                held -= 8;
                let octet = u8::try_from((bits >> held) & 0xff).map_err(|_| NotACode)?;
                *places.next().ok_or(NotACode)? = octet;
                bits &= (1 << held) - 1;
            }
        }
        let (name, check) = octets.split_first_chunk::<NAME>().ok_or(NotACode)?;
        let code = Self(*name);
        if digits == DIGITS && check == [code.check()] { Ok(code) } else { Err(NotACode) }
    }
}

fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

/// The first octets of a digest.
fn first<const N: usize>(digest: &[u8; 32]) -> [u8; N] {
    let mut out = [0; N];
    for (to, from) in out.iter_mut().zip(digest) {
        *to = *from;
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_the_documented_hash_in_eight_groups() {
        let code = Code::of(b"content");
        let expected: [u8; 32] = Sha256::digest(b"salus/v1/reportcontent").into();
        assert_eq!(code.name()[..], expected[..NAME]);
        let printed = code.to_string();
        assert_eq!(printed.len(), 32 + 7);
        assert!(printed.split(' ').all(|group| group.len() == 4));
        assert_eq!(code.drawn(), format!("SALUS-REPORT:{}", printed.replace(' ', "")));
        // Twenty octets of zeros and ones in groups of five bits.
        assert_eq!(Code([0; NAME]).digits()[..30], *"0".repeat(30));
        assert_eq!(Code([0xff; NAME]).digits()[..30], *"Z".repeat(30));
        assert_ne!(Code::of(b"content "), code);
    }

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = Code::of(b"content");
        let printed = code.to_string();
        for typed in [
            printed.clone(),
            printed.to_lowercase(),
            printed.replace(' ', "-"),
            code.drawn(),
            format!("  {printed}\n"),
            printed.replace('0', "o").replace('1', "l"),
        ] {
            assert_eq!(typed.parse::<Code>(), Ok(code), "{typed}");
        }
    }

    #[test]
    fn a_wrong_character_shows() {
        let printed = Code::of(b"content").to_string();
        let mut wrong = 0;
        for (i, c) in printed.char_indices().filter(|(_, c)| *c != ' ') {
            let other = if c == '7' { '8' } else { '7' };
            let typed = format!("{}{other}{}", &printed[..i], &printed[i + 1..]);
            wrong += usize::from(typed.parse::<Code>().is_err());
        }
        // One check octet: a single slip passes once in 256.
        assert!(wrong >= 30, "{wrong}");
        for typed in ["", "7", &printed[1..], &format!("{printed}0"), &"0".repeat(300), "ش", "SALUS-REPORT:"]
        {
            assert_eq!(typed.parse::<Code>(), Err(NotACode), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn every_code_reads_back(name: [u8; NAME]) {
            let code = Code::from_name(name);
            prop_assert_eq!(code.to_string().parse::<Code>(), Ok(code));
        }

        #[test]
        fn anything_typed_is_answered(typed: String) {
            let _ = typed.parse::<Code>();
        }
    }
}
