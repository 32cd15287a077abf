//! Decimals that keep the precision that a device sent.

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// `mantissa * 10^exponent`; the exponent carries the precision ("2.0" is 20 * 10^-1).
///
/// # Source
/// IEEE 11073-20601 SFLOAT and FLOAT keep the precision in the exponent.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Decimal {
    /// Signed significant digits.
    pub mantissa: i64,
    /// Power of ten, -128 to 127.
    pub exponent: i8,
}

impl Decimal {
    /// A whole number.
    #[must_use]
    pub const fn whole(n: i64) -> Self {
        Self { mantissa: n, exponent: 0 }
    }

    /// Nearest binary floating point, for drawing and statistics only.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "for drawing; the decimal stays the value")]
    pub fn to_f64(self) -> f64 {
        // Dividing by an exact power of ten rounds once; multiplying by 0.1^k would round twice.
        if self.exponent < 0 {
            self.mantissa as f64 / 10f64.powi(-i32::from(self.exponent))
        } else {
            self.mantissa as f64 * 10f64.powi(i32::from(self.exponent))
        }
    }
}

/// Why text is not a decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADecimal;

impl fmt::Display for NotADecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a number")
    }
}

impl core::error::Error for NotADecimal {}

/// Reads what a person types: an optional minus, digits, and at most one point or comma before more digits; at most 15
/// digits in all. The places after the point are the precision.
impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, places) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let length = whole.len() + places.len();
        let pointed = whole.len() != digits.len();
        if whole.is_empty()
            || !plain(whole)
            || !plain(places)
            || length > 15
            || (pointed && places.is_empty())
        {
            return Err(NotADecimal);
        }
        let mantissa: i64 = [whole, places].concat().parse().map_err(|_| NotADecimal)?;
        let exponent = i8::try_from(places.len()).map_err(|_| NotADecimal)?;
        Ok(Self { mantissa: if negative { -mantissa } else { mantissa }, exponent: -exponent })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs().to_string();
        if self.exponent >= 0 {
            let zeros = if self.mantissa == 0 { 0 } else { usize::from(self.exponent.unsigned_abs()) };
            return write!(f, "{sign}{digits}{}", "0".repeat(zeros));
        }
        let places = usize::from(self.exponent.unsigned_abs());
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (int, frac) = padded.split_at(padded.len() - places);
        write!(f, "{sign}{int}.{frac}")
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_number_keeps_its_places_and_nonsense_is_refused() {
        for (text, printed) in
            [("120", "120"), (" 36,60 ", "36.60"), ("-0.5", "-0.5"), ("007", "7"), ("\u{2212}2", "-2")]
        {
            assert_eq!(text.parse::<Decimal>().map(|d| d.to_string()), Ok(printed.into()), "{text}");
        }
        for text in [
            "",
            " ",
            "-",
            ".",
            "1.",
            ".5",
            "1.2.3",
            "1 2",
            "1e3",
            "+1",
            "\u{0661}",
            "1234567890123456",
            "--1",
        ] {
            assert_eq!(text.parse::<Decimal>(), Err(NotADecimal), "{text}");
        }
    }

    #[test]
    fn a_decimal_prints_with_its_precision() {
        for (m, e, text) in [
            (2, 0, "2"),
            (200, -2, "2.00"),
            (2, 2, "200"),
            (-511, -1, "-51.1"),
            (5, -3, "0.005"),
            (0, 3, "0"),
            (-5, -2, "-0.05"),
        ] {
            assert_eq!(Decimal { mantissa: m, exponent: e }.to_string(), text);
        }
    }
}
