//! A text as a QR code, as a path of an SVG picture.

use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};
use salus_wire::Failure;
use salus_wire::view::SquareView;

use crate::failure::bug;

/// Light modules that a reader needs around a code.
const QUIET: usize = 4;
/// Most characters of a text that is handed over as a picture too: 101 modules a side, which a photo still tells apart.
const MOST_HANDED: usize = 1000;

/// Draws a text; a quarter of the picture may be scratched.
///
/// # Source
/// ISO/IEC 18004:2015.
pub(crate) fn square(text: &str) -> Result<SquareView, Failure> {
    drawn(text, EcLevel::Q)
}

/// Draws a text that is handed over, without its separators; `None` for one so long that its modules would be too small. It is on a
/// screen and not scratched, so larger modules are worth more than a second quarter.
pub(crate) fn handed(text: &str) -> Option<SquareView> {
    let text = text.replace(['-', '\n'], "");
    if text.len() > MOST_HANDED {
        return None;
    }
    drawn(&text, EcLevel::M).ok()
}

fn drawn(text: &str, level: EcLevel) -> Result<SquareView, Failure> {
    let code = code(text, level).ok_or_else(|| bug("a card fits a code"))?;
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

/// The smallest code of a text; of capitals, digits and hyphens in one segment: the library begins another for each few digits in a row,
/// and by the bits that each costs a card would be larger or smaller by its random octets.
fn code(text: &str, level: EcLevel) -> Option<QrCode> {
    if !text.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'-') {
        return QrCode::with_error_correction_level(text, level).ok();
    }
    (1..=40).find_map(|version| {
        let mut bits = Bits::new(Version::Normal(version));
        bits.push_alphanumeric_data(text.as_bytes()).ok()?;
        bits.push_terminator(level).ok()?;
        QrCode::with_bits(bits, level).ok()
    })
}

#[cfg(test)]
mod tests {
    use rand::rngs::StdRng;
    use rand::{Rng, SeedableRng};
    use salus_chain::ids::{ChainId, VerifyingKey, sha256};
    use salus_chain::text::{Kind, from_text};
    use salus_sharing::emergency::Card;

    use super::*;

    /// Pixels of a module's side.
    const MODULE: usize = 8;

    /// What is drawn, as a PNG.
    fn picture(view: &SquareView) -> Vec<u8> {
        let side = usize::from(view.size);
        let mut dark = vec![false; side * side];
        for run in view.path.split_terminator('z') {
            let (place, run) = run[1..].split_once('h').unwrap();
            let ((left, top), (length, _)) = (place.split_once(' ').unwrap(), run.split_once('v').unwrap());
            let [left, top, length] = [left, top, length].map(|number| number.parse::<usize>().unwrap());
            dark[top * side + left..][..length].fill(true);
        }
        let width = side * MODULE;
        let shade = |i: usize| if dark[i / width / MODULE * side + i % width / MODULE] { 0 } else { 255 };
        let shades: Vec<u8> = (0..width * width).map(shade).collect();
        let (mut octets, width) = (Vec::new(), u32::try_from(width).unwrap());
        let mut encoder = png::Encoder::new(&mut octets, width, width);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&shades).unwrap();
        writer.finish().unwrap();
        octets
    }

    #[test]
    fn the_code_of_a_card_holds_its_members_a_hash_and_random_octets_and_nothing_else() {
        let (chain, issuer) = (ChainId([7; 32]), VerifyingKey([9; 32]));
        let card = Card::generate(&chain, &issuer, &mut StdRng::seed_from_u64(5));
        let drawn = card.to_text().unwrap().replace(['-', '\n'], "");
        let read = salus_picture::texts(&picture(&square(&drawn).unwrap())).unwrap();
        assert_eq!(read, [drawn]);
        let mut seed = [0; 32];
        StdRng::seed_from_u64(5).fill_bytes(&mut seed);
        // Version and kind, the beginning of the members' name, a hash of the permission's key, the seed: no person, no category, no
        // reading, no permission.
        let reader = card.reader().public();
        let named = sha256(&[b"hg/v1/card-issuer", &chain.0, &reader.0, &issuer.0]);
        let held = [&[2, 0x45][..], &[7; 8], &named[..16], &seed].concat();
        assert_eq!(from_text(Kind::Card, &read[0]), Ok(held));
    }

    #[test]
    fn a_card_is_a_small_code_with_its_three_corners() {
        let text = "SE1".to_owned() + &"0123456789ABCDEFGHJKMNPQRSTVWXYZ".repeat(4)[..103];
        let view = square(&text).unwrap();
        // Version 6: 41 modules, and the quiet zone. In print each is a millimetre, as the whole is 50 of them wide.
        assert_eq!(view.size, 49);
        let far = 4 + 41 - 7;
        for corner in ["M4 4h7v1h-7z".to_owned(), format!("M{far} 4h7v1h-7z"), format!("M4 {far}h7v1h-7z")] {
            assert!(view.path.contains(&corner), "{corner}");
        }
        assert!(view.path.bytes().all(|c| b"Mhvz- 0123456789".contains(&c)));
    }

    #[test]
    fn what_is_handed_over_is_drawn_as_long_as_a_photo_can_show_it() {
        let text = |length: usize| "SC1-".to_owned() + &"7K".repeat(length)[..length - 3];
        // Version 21 at most: 101 modules, and the quiet zone.
        assert!(handed(&text(MOST_HANDED)).is_some_and(|view| view.size <= 109));
        assert_eq!(handed(&text(MOST_HANDED + 1)), None);
    }
}
