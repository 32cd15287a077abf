//! Decimals that keep the precision that a device sent.

use core::fmt;
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
