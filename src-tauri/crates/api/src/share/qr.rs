//! A text as a QR code, as a path of an SVG picture.

use qrcode::{Color, EcLevel, QrCode};
use salus_wire::Failure;
use salus_wire::view::SquareView;

use crate::failure::bug;

/// Light modules that a reader needs around a code.
const QUIET: usize = 4;

/// Draws a text; a quarter of the picture may be scratched.
///
/// # Source
/// ISO/IEC 18004:2015.
pub(crate) fn square(text: &str) -> Result<SquareView, Failure> {
    let code =
        QrCode::with_error_correction_level(text, EcLevel::Q).map_err(|_| bug("a card fits a code"))?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let (left, top, length) = (x + QUIET, y + QUIET, run.len());
                path.push_str(&format!("M{left} {top}h{length}v1h-{length}z"));
            }
            x += run.len();
        }
    }
    let size = u16::try_from(width + 2 * QUIET).map_err(|_| bug("a code is small"))?;
    Ok(SquareView { size, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_a_small_code_with_its_three_corners() {
        let text = "SE1".to_owned() + &"0123456789ABCDEFGHJKMNPQRSTVWXYZ".repeat(3)[..77];
        let view = square(&text).unwrap();
        // Version 5: 37 modules, and the quiet zone.
        assert_eq!(view.size, 45);
        let far = 4 + 37 - 7;
        for corner in ["M4 4h7v1h-7z".to_owned(), format!("M{far} 4h7v1h-7z"), format!("M4 {far}h7v1h-7z")] {
            assert!(view.path.contains(&corner), "{corner}");
        }
        assert!(view.path.bytes().all(|c| b"Mhvz- 0123456789".contains(&c)));
    }
}
