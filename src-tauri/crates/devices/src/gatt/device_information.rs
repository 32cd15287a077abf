//! Device Information 180A: text characteristics 2A24 to 2A29, System ID 2A23, UDI 2BFF.
//!
//! ```text
//! text   UTF-8, no terminator; some devices pad with NUL or spaces
//! 2A23   8 octets: u40 manufacturer-defined, u24 organisationally unique identifier
//! 2BFF   flags u8 (bit 0 label, 1 device identifier, 2 issuer, 3 authority), then each as NUL-terminated UTF-8
//! ```

use super::{Malformed, Octets};

/// Longest text that is kept, in characters.
pub const MAX_TEXT: usize = 64;

/// Decodes a text characteristic: padding cut, control characters left out, at most [`MAX_TEXT`] characters. Empty
/// when there is nothing else.
///
/// # Errors
/// [`Malformed::NotText`] when it is not UTF-8.
pub fn text(bytes: &[u8]) -> Result<String, Malformed> {
    let text = core::str::from_utf8(bytes).map_err(|_| Malformed::NotText)?;
    let text = text.split('\0').next().unwrap_or_default().trim();
    Ok(text.chars().filter(|c| !c.is_control()).take(MAX_TEXT).collect())
}

/// A System ID, EUI-64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SystemId {
    /// Manufacturer-defined, 40 bits.
    pub manufacturer: u64,
    /// Organisationally unique identifier, 24 bits.
    pub organisation: u32,
}

/// Decodes a System ID.
///
/// # Errors
/// Not 8 octets.
pub fn system_id(bytes: &[u8]) -> Result<SystemId, Malformed> {
    let mut octets = Octets::new(bytes);
    let [a, b, c, d, e] = octets.take()?;
    let [f, g, h] = octets.take()?;
    octets.end()?;
    Ok(SystemId {
        manufacturer: u64::from_le_bytes([a, b, c, d, e, 0, 0, 0]),
        organisation: u32::from_le_bytes([f, g, h, 0]),
    })
}

/// Decodes the label of a UDI: the whole carrier text, which alone can name one unit.
///
/// # Errors
/// A promised text is missing, unterminated or not UTF-8, or octets are left over.
pub fn udi_label(bytes: &[u8]) -> Result<Option<String>, Malformed> {
    let (flags, mut rest) = bytes.split_first().ok_or(Malformed::Truncated)?;
    let mut label = None;
    for bit in 0..4 {
        if flags >> bit & 1 == 0 {
            continue;
        }
        let end = rest.iter().position(|b| *b == 0).ok_or(Malformed::Truncated)?;
        let (field, after) = rest.split_at(end);
        let field = text(field)?;
        if bit == 0 {
            label = Some(field);
        }
        rest = &after[1..];
    }
    if rest.is_empty() { Ok(label) } else { Err(Malformed::Trailing) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_is_cut_to_what_can_be_shown() {
        assert_eq!(text(b"Polar H10\0\0\0"), Ok("Polar H10".into()));
        assert_eq!(text(b" A\x07B "), Ok("AB".into()));
        assert_eq!(text("é".repeat(100).as_bytes()).unwrap().chars().count(), MAX_TEXT);
        assert_eq!(text(&[0xFF]), Err(Malformed::NotText));
        assert_eq!(text(b""), Ok(String::new()));
    }

    #[test]
    fn a_system_id_has_two_parts() {
        let id = system_id(&[1, 2, 3, 4, 5, 6, 7, 8]).unwrap();
        assert_eq!((id.manufacturer, id.organisation), (0x05_0403_0201, 0x08_0706));
        assert_eq!(system_id(&[0; 7]), Err(Malformed::Truncated));
        assert_eq!(system_id(&[0; 9]), Err(Malformed::Trailing));
    }

    #[test]
    fn only_the_label_of_a_udi_is_kept() {
        assert_eq!(udi_label(b"\x03(01)04(21)7\0di\0"), Ok(Some("(01)04(21)7".into())));
        assert_eq!(udi_label(b"\x02di\0"), Ok(None));
        assert_eq!(udi_label(b"\x01abc"), Err(Malformed::Truncated));
        assert_eq!(udi_label(b"\x01abc\0x"), Err(Malformed::Trailing));
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = (text(&bytes), system_id(&bytes), udi_label(&bytes));
        }
    }
}
