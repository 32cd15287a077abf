//! A file as shades of grey. Its size is looked at before anything is made for its pixels.

use std::io::Cursor;

use png::{ColorType, DecodingError, Limits, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::plane::Plane;
use crate::{MAX_FILE, MAX_PIXELS, PictureError};

/// What a PNG begins with.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// What a JPEG begins with.
const JPEG: &[u8] = b"\xff\xd8\xff";
/// Octets that the PNG decoder may take for itself, beside the pixels: a row and its neighbours. 8 MiB.
const PNG_OWN: usize = 8 << 20;
/// Longest side of a JPEG, as its header can say.
const JPEG_SIDE: usize = 65_535;
/// Passes over a progressive JPEG; cameras make about ten.
const JPEG_SCANS: usize = 32;

/// The picture of a file.
///
/// # Errors
/// [`PictureError`], but [`PictureError::NoCode`].
pub(crate) fn picture(octets: &[u8]) -> Result<Plane, PictureError> {
    if octets.len() > MAX_FILE {
        Err(PictureError::TooLarge)
    } else if octets.starts_with(PNG) {
        of_png(octets)
    } else if octets.starts_with(JPEG) {
        of_jpeg(octets)
    } else {
        Err(PictureError::NotAPicture)
    }
}

/// Fails above [`MAX_PIXELS`].
fn check_size(width: usize, height: usize) -> Result<(), PictureError> {
    match width.checked_mul(height) {
        Some(pixels) if pixels <= MAX_PIXELS => Ok(()),
        _ => Err(PictureError::TooLarge),
    }
}

fn of_png(octets: &[u8]) -> Result<Plane, PictureError> {
    let why = |error: DecodingError| match error {
        DecodingError::LimitsExceeded => PictureError::TooLarge,
        _ => PictureError::Damaged,
    };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(octets), Limits { bytes: PNG_OWN });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let (width, height) = decoder.read_header_info().map_err(why)?.size();
    let side = |side: u32| usize::try_from(side).map_err(|_| PictureError::TooLarge);
    check_size(side(width)?, side(height)?)?;
    let mut reader = decoder.read_info().map_err(why)?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(PictureError::TooLarge)?];
    let frame = reader.next_frame(&mut pixels).map_err(why)?;
    let (width, height) = (side(frame.width)?, side(frame.height)?);
    pixels.truncate(frame.buffer_size());
    let shades = match frame.color_type {
        ColorType::Grayscale => pixels,
        ColorType::GrayscaleAlpha => {
            pixels.as_chunks::<2>().0.iter().map(|&[g, a]| over_white(g, a)).collect()
        }
        ColorType::Rgb => pixels.as_chunks::<3>().0.iter().map(shade).collect(),
        ColorType::Rgba => {
            pixels.as_chunks::<4>().0.iter().map(|&[r, g, b, a]| over_white(shade(&[r, g, b]), a)).collect()
        }
        // The transformation leaves none.
        ColorType::Indexed => return Err(PictureError::Damaged),
    };
    Plane::new(width, height, shades).ok_or(PictureError::Damaged)
}

fn of_jpeg(octets: &[u8]) -> Result<Plane, PictureError> {
    let options = DecoderOptions::new_safe()
        .set_max_width(JPEG_SIDE)
        .set_max_height(JPEG_SIDE)
        .jpeg_set_max_scans(JPEG_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(octets), options);
    decoder.decode_headers().map_err(|_| PictureError::Damaged)?;
    let (width, height) = decoder.dimensions().ok_or(PictureError::Damaged)?;
    check_size(width, height)?;
    // Colours of print are nobody's photo, and take more memory.
    if !matches!(decoder.input_colorspace(), Some(ColorSpace::Luma | ColorSpace::YCbCr | ColorSpace::RGB)) {
        return Err(PictureError::Damaged);
    }
    let pixels = decoder.decode().map_err(|_| PictureError::Damaged)?;
    let shades = pixels.as_chunks::<3>().0.iter().map(shade).collect();
    Plane::new(width, height, shades).ok_or(PictureError::Damaged)
}

/// How light a colour is.
///
/// # Source
/// Rec. ITU-R BT.601-7, 2.5.1: 0.299 R + 0.587 G + 0.114 B, in 256ths.
fn shade(&[red, green, blue]: &[u8; 3]) -> u8 {
    let sum = 77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue);
    u8::try_from(sum / 256).unwrap_or(u8::MAX)
}

/// A shade that is seen through, on white paper.
fn over_white(shade: u8, opaque: u8) -> u8 {
    let (shade, opaque) = (u32::from(shade), u32::from(opaque));
    u8::try_from((shade * opaque + 255 * (255 - opaque)) / 255).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_as_light_as_they_look() {
        assert_eq!([[0, 0, 0], [255, 255, 255]].map(|c| shade(&c)), [0, 255]);
        let [red, green, blue] = [[255, 0, 0], [0, 255, 0], [0, 0, 255]].map(|c| shade(&c));
        assert!(blue < red && red < green);
        assert_eq!((over_white(0, 0), over_white(0, 255), over_white(200, 255)), (255, 0, 200));
    }
}
