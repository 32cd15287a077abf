//! Battery Level 2A19: one octet, percent.

use super::{Malformed, Octets};

/// Decodes a level.
///
/// # Errors
/// Not one octet, or above 100.
pub fn decode(bytes: &[u8]) -> Result<u8, Malformed> {
    let mut octets = Octets::new(bytes);
    let level = octets.u8()?;
    octets.end()?;
    if level > 100 { Err(Malformed::Undefined) } else { Ok(level) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn percent_and_nothing_else() {
        assert_eq!(decode(&[0]), Ok(0));
        assert_eq!(decode(&[100]), Ok(100));
        assert_eq!(decode(&[101]), Err(Malformed::Undefined));
        assert_eq!(decode(&[]), Err(Malformed::Truncated));
        assert_eq!(decode(&[50, 0]), Err(Malformed::Trailing));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..4)) {
            match decode(&bytes) {
                Ok(level) => prop_assert!(bytes == [level] && level <= 100),
                Err(_) => prop_assert!(bytes.len() != 1 || bytes[0] > 100),
            }
        }
    }
}
