//! A text as a QR code.

use qrcode::{Color, EcLevel, QrCode};

use crate::error::ReportError;

/// Light modules that a reader needs around a code.
const QUIET: u16 = 4;

/// Dark runs of modules.
pub(crate) struct Square {
    /// Modules of a side, with the quiet ones around.
    pub(crate) size: u16,
    /// From the left, from above, length.
    pub(crate) runs: Vec<[u16; 3]>,
}

/// Draws a text; a quarter of the picture may be scratched.
///
/// # Source
/// ISO/IEC 18004:2015.
pub(crate) fn square(text: &str) -> Result<Square, ReportError> {
    let wrong = |_| ReportError::Square;
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).map_err(|_| ReportError::Square)?;
    let width = code.width();
    let mut runs = Vec::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let [x, y, length] = [x, y, run.len()].map(u16::try_from);
                runs.push([x.map_err(wrong)? + QUIET, y.map_err(wrong)? + QUIET, length.map_err(wrong)?]);
            }
            x += run.len();
        }
    }
    let width = u16::try_from(width).map_err(wrong)?;
    Ok(Square { size: width + 2 * QUIET, runs })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Code;

    #[test]
    fn a_code_is_a_small_picture_with_its_three_corners() {
        let square = square(&Code::of(b"content").drawn()).unwrap();
        // Version 3: 29 modules, and the quiet zone.
        assert_eq!(square.size, 37);
        let far = 4 + 29 - 7;
        for corner in [[4, 4, 7], [far, 4, 7], [4, far, 7]] {
            assert!(square.runs.contains(&corner), "{corner:?}");
        }
        assert!(super::square(&"A".repeat(10_000)).is_err());
    }
}
