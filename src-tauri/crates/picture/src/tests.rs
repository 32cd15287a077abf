//! Codes that are drawn as Salus draws them, in pictures as people make them; and files that somebody made to do harm.

use png::{BitDepth, ColorType};
use proptest::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

use crate::plane::whole;
use crate::{MAX_FILE, PictureError, texts};

/// As long as an emergency card of before: version 5.
const CARD: &str = "SE10G0002FHP2NM7X3Z4V1K9Q8R5T6W0Y2A4C6E8G1J3M5P7R9T2V4X6Z8B0D1F3H5K7N9Q2S4T7W9Y1A";
/// Of a report: version 3.
const REPORT: &str = "SALUS-REPORT:9K3F0Q2MXD7H4TBNW1Z8C5VA6R0YJ2EP";
const LIGHT: u8 = 235;
const DARK: u8 = 20;

/// Shades of grey.
#[derive(Clone)]
struct Picture {
    width: usize,
    shades: Vec<u8>,
}

impl Picture {
    /// A code with modules of so many pixels, and the light ones around that belong to it.
    fn of(text: &str, level: EcLevel, module: usize) -> Self {
        let code = QrCode::with_error_correction_level(text, level).unwrap();
        let (side, colors) = (code.width(), code.to_colors());
        let width = (side + 8) * module;
        let shade = |i: usize| {
            let (x, y) = (i % width / module, i / width / module);
            let inside = (4..side + 4).contains(&x) && (4..side + 4).contains(&y);
            if inside && colors[(y - 4) * side + x - 4] == Color::Dark { DARK } else { LIGHT }
        };
        Self { width, shades: (0..width * width).map(shade).collect() }
    }

    fn height(&self) -> usize {
        self.shades.len() / self.width
    }

    fn at(&self, x: f64, y: f64) -> u8 {
        let inside = x >= 0.0 && y >= 0.0 && x < self.width as f64 && y < self.height() as f64;
        if inside { self.shades[whole(y) * self.width + whole(x)] } else { LIGHT }
    }

    /// What each pixel of a square picture shows, by a pixel of this one.
    fn seen(&self, width: usize, from: impl Fn(f64, f64) -> (f64, f64)) -> Self {
        let shade = |i: usize| {
            let (x, y) = from((i % width) as f64 + 0.5, (i / width) as f64 + 0.5);
            self.at(x, y)
        };
        Self { width, shades: (0..width * width).map(shade).collect() }
    }

    fn map(&self, shade: impl FnMut(u8) -> u8) -> Self {
        Self { width: self.width, shades: self.shades.iter().copied().map(shade).collect() }
    }

    /// Beside another of the same height.
    fn beside(&self, other: &Self) -> Self {
        let rows = self.shades.chunks(self.width).zip(other.shades.chunks(other.width));
        let shades = rows.flat_map(|(one, two)| [one, two].concat()).collect();
        Self { width: self.width + other.width, shades }
    }

    fn png(&self) -> Vec<u8> {
        png(self.width, self.height(), ColorType::Grayscale, &self.shades)
    }

    fn texts(&self) -> Result<Vec<String>, PictureError> {
        texts(&self.png())
    }
}

fn png(width: usize, height: usize, color: ColorType, pixels: &[u8]) -> Vec<u8> {
    let mut octets = Vec::new();
    let [width, height] = [width, height].map(|side| u32::try_from(side).unwrap());
    let mut encoder = png::Encoder::new(&mut octets, width, height);
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(pixels).unwrap();
    writer.finish().unwrap();
    octets
}

fn card(module: usize) -> Picture {
    Picture::of(CARD, EcLevel::Q, module)
}

/// Numbers that are the same in each run.
fn numbers() -> impl FnMut() -> u32 {
    let mut state = 1_u32;
    move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 16
    }
}

fn one(text: &str) -> Result<Vec<String>, PictureError> {
    Ok(vec![text.to_owned()])
}

#[test]
fn a_screenshot_reads_back_in_any_size() {
    for module in [2, 3, 5, 8] {
        assert_eq!(card(module).texts(), one(CARD), "{module}");
        assert_eq!(Picture::of(REPORT, EcLevel::Q, module).texts(), one(REPORT), "{module}");
    }
}

#[test]
fn a_long_code_and_the_smallest_read_back() {
    let long = CARD.repeat(9);
    assert_eq!(Picture::of(&long, EcLevel::M, 4).texts(), one(&long));
    assert_eq!(Picture::of("SE1", EcLevel::L, 6).texts(), one("SE1"));
}

#[test]
fn a_large_picture_is_averaged_down_first() {
    let large = Picture::of(REPORT, EcLevel::Q, 60);
    assert!(large.width > super::SEARCHED);
    assert_eq!(large.texts(), one(REPORT));
}

#[test]
fn a_picture_may_be_turned_mirrored_or_of_a_dark_screen() {
    let card = card(7);
    let side = card.width as f64;
    for (name, turned) in [
        ("right", card.seen(card.width, |x, y| (y, side - x))),
        ("over", card.seen(card.width, |x, y| (side - x, side - y))),
        ("left", card.seen(card.width, |x, y| (side - y, x))),
        ("mirrored", card.seen(card.width, |x, y| (side - x, y))),
        ("dark", card.map(|shade| 255 - shade)),
    ] {
        assert_eq!(turned.texts(), one(CARD), "{name}");
    }
}

#[test]
fn a_photo_may_be_held_askew() {
    let card = card(8);
    let middle = card.width as f64 / 2.0;
    for degrees in [5.0_f64, 17.0, 45.0, 80.0] {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let turned = card.seen(card.width * 3 / 2, |x, y| {
            let (x, y) = (x - 1.5 * middle, y - 1.5 * middle);
            (x * cos + y * sin + middle, y * cos - x * sin + middle)
        });
        assert_eq!(turned.texts(), one(CARD), "{degrees}");
    }
}

#[test]
fn a_photo_may_be_taken_from_one_side() {
    let card = card(10);
    for (g, h) in [(0.0004, 0.0), (0.0, 0.0006), (0.0004, 0.0003), (-0.0003, 0.0002)] {
        let aslant = card.seen(card.width * 7 / 4, |x, y| {
            let (x, y) = (x - 40.0, y - 40.0);
            let depth = 1.0 + g * x + h * y;
            (x / depth, y / depth)
        });
        assert_eq!(aslant.texts(), one(CARD), "{g} {h}");
    }
}

#[test]
fn grain_shadow_and_specks_do_not_matter() {
    let card = card(8);
    let mut next = numbers();
    let grain = card.map(|shade| {
        let less = u8::try_from(next() % 90).unwrap();
        if shade == LIGHT { shade - less } else { shade + less / 2 }
    });
    assert_eq!(grain.texts(), one(CARD), "grain");
    let speck = card.map(|shade| if next().is_multiple_of(100) { 255 - shade } else { shade });
    assert_eq!(speck.texts(), one(CARD), "specks");
    let mut shadow = card.clone();
    for (i, shade) in shadow.shades.iter_mut().enumerate() {
        let under = 100 - 70 * (i % card.width) / card.width;
        *shade = u8::try_from(usize::from(*shade) * under / 100).unwrap();
    }
    assert_eq!(shadow.texts(), one(CARD), "shadow");
}

#[test]
fn colours_and_glass_are_looked_through() {
    let card = card(4);
    let (width, height) = (card.width, card.height());
    let ink = |shade: u8| shade == DARK;
    let colored: Vec<u8> =
        card.shades.iter().flat_map(|s| if ink(*s) { [0, 0, 120] } else { [255, 240, 200] }).collect();
    assert_eq!(texts(&png(width, height, ColorType::Rgb, &colored)), one(CARD));
    // Black everywhere, seen through where nothing is.
    let clear: Vec<u8> = card.shades.iter().flat_map(|s| [0, 0, 0, if ink(*s) { 255 } else { 0 }]).collect();
    assert_eq!(texts(&png(width, height, ColorType::Rgba, &clear)), one(CARD));
    let clear: Vec<u8> = card.shades.iter().flat_map(|s| [0, if ink(*s) { 255 } else { 0 }]).collect();
    assert_eq!(texts(&png(width, height, ColorType::GrayscaleAlpha, &clear)), one(CARD));
}

/// Made of the report's code, drawn aslant and in a shadow, by a JPEG encoder: once plain and grey, once progressive and coloured.
#[test]
fn photos_read_back() {
    assert_eq!(texts(include_bytes!("tests/grey.jpg")), one(REPORT));
    assert_eq!(texts(include_bytes!("tests/progressive.jpg")), one(REPORT));
}

#[test]
fn two_codes_are_both_told_and_one_that_is_there_twice_once() {
    let (card, again) = (card(4), card(4));
    let other = Picture::of(&CARD.replace("7X3Z", "8Y4Z"), EcLevel::Q, 4);
    assert_eq!(card.beside(&again).texts(), one(CARD));
    assert_eq!(card.beside(&other).texts(), Ok(vec![CARD.to_owned(), CARD.replace("7X3Z", "8Y4Z")]));
}

#[test]
fn without_a_code_there_is_no_text() {
    let mut next = numbers();
    let empty = Picture { width: 300, shades: vec![LIGHT; 300 * 200] };
    let noise =
        Picture { width: 300, shades: (0..300 * 300).map(|_| u8::try_from(next() % 256).unwrap()).collect() };
    let mut half = card(6);
    half.shades.truncate(half.shades.len() / 2);
    let dot = Picture { width: 1, shades: vec![0] };
    for (name, picture) in [("empty", empty), ("noise", noise), ("half", half), ("dot", dot)] {
        assert_eq!(picture.texts(), Err(PictureError::NoCode), "{name}");
    }
}

/// Nothing but squares that look like corners, and stripes that look like their rows: as many turns as for any other picture.
#[test]
fn a_picture_full_of_corners_has_an_end() {
    let ring = |x: usize, y: usize| x.abs_diff(4).max(y.abs_diff(4));
    let corners = |i: usize| if matches!(ring(i % 600 % 9, i / 600 % 9), 2 | 4) { LIGHT } else { DARK };
    let stripes = |i: usize| if matches!(i % 600 % 9, 1 | 5 | 7 | 8) { LIGHT } else { DARK };
    let full = Picture { width: 600, shades: (0..600 * 600).map(corners).collect() };
    assert_eq!(full.texts(), Err(PictureError::NoCode));
    let striped = Picture { width: 600, shades: (0..600 * 600).map(stripes).collect() };
    assert_eq!(striped.texts(), Err(PictureError::NoCode));
}

#[test]
fn what_is_no_picture_is_told_apart_from_one_that_is_damaged() {
    for octets in [&b""[..], b"hello", b"GIF89a", b"%PDF-1.7", &[0xff; 2], b"\x89PNG"] {
        assert_eq!(texts(octets), Err(PictureError::NotAPicture), "{octets:?}");
    }
    let all = card(3).png();
    for part in [9, 20, all.len() / 2] {
        assert_eq!(texts(&all[..part]), Err(PictureError::Damaged), "{part}");
    }
    let mut bent = all.clone();
    bent[all.len() / 2] ^= 0x55;
    assert_eq!(texts(&bent), Err(PictureError::Damaged));
    let photo = include_bytes!("tests/grey.jpg");
    assert_eq!(texts(&photo[..40]), Err(PictureError::Damaged));
}

#[test]
fn a_size_is_refused_before_anything_is_made_for_it() {
    // The same header with another size and its checksum: nothing else is read.
    let claims = |width: u32, height: u32| {
        let mut octets = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        octets.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
        octets.extend([8, 6, 0, 0, 0]);
        let sum = crc32(&octets[12..]);
        octets.extend(sum.to_be_bytes());
        octets
    };
    for (width, height) in [(100_000, 100_000), (u32::MAX >> 1, 1), (40_000_001, 1), (7_000, 7_000)] {
        assert_eq!(texts(&claims(width, height)), Err(PictureError::TooLarge), "{width} x {height}");
    }
    // A JPEG that says 60,000 by 60,000.
    let mut photo = include_bytes!("tests/grey.jpg").to_vec();
    let frame = photo.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    photo[frame + 5..frame + 9].copy_from_slice(&[0xea, 0x60, 0xea, 0x60]);
    assert_eq!(texts(&photo), Err(PictureError::TooLarge));
    assert_eq!(texts(&vec![0xff; MAX_FILE + 1]), Err(PictureError::TooLarge));
}

/// The checksum of a part of a PNG.
///
/// # Source
/// W3C PNG, third edition, annex D.
fn crc32(octets: &[u8]) -> u32 {
    let bit = |sum: u32| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
    !octets.iter().fold(u32::MAX, |sum, octet| (0..8).fold(sum ^ u32::from(*octet), |sum, _| bit(sum)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_octets_are_answered(octets: Vec<u8>, bent: proptest::sample::Index, to: u8) {
        let _ = texts(&octets);
        let _ = texts(&[&b"\x89PNG\r\n\x1a\n"[..], &octets[..]].concat());
        let mut photo = include_bytes!("tests/grey.jpg").to_vec();
        let at = bent.index(photo.len());
        photo[at] = to;
        // A size of its own may be as large as any that is read: that is for the fuzzer.
        let frame = photo.windows(2).position(|two| two == [0xff, 0xc0]);
        prop_assume!(frame.is_some_and(|frame| !(frame + 5..frame + 9).contains(&at)));
        let _ = texts(&photo);
    }
}
