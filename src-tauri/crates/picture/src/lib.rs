//! The texts of the QR codes in a picture that a person chose: a screenshot, or a photo of a screen or of paper.
//!
//! ```text
//! octets -> decode   PNG or JPEG, told by its first octets, as shades of grey; the size is looked at before anything is made for it
//!        -> plane    averaged down to 2000 pixels a side, then to half of that; dark is what is darker than around it
//!        -> corner   the squares in three corners of a code: dark and light as 1:1:3:1:1, across and down
//!        -> triple   which three belong together
//!        -> grid     how many modules a side, where each lies (the small square near the fourth corner says it), dark or light
//!        -> rqrr     errors corrected, text
//! ```
//!
//! Every octet is hostile. A file has at most [`MAX_FILE`] octets and [`MAX_PIXELS`] pixels, so that reading it takes less than
//! 400 MiB (a progressive JPEG; 200 MiB for a PNG). Each step has as many turns as its constants say, whatever the picture shows:
//! so many corners, so many triples, so many places of the fourth corner. That is why finding is done here and only what was found
//! is decoded by `rqrr`, whose own search copies the picture for each pair of corners and goes as far out as they say.
//!
//! Nothing is done with a text: not opened, not followed. Whether it is of any use, who asks says.
//!
//! # Source
//! ISO/IEC 18004:2015; W3C PNG, third edition; ITU-T T.81.

mod corner;
mod decode;
mod grid;
mod plane;
#[cfg(test)]
mod tests;
mod triple;

use std::collections::BTreeSet;

use thiserror::Error;

use plane::{Bits, Plane};

/// Most octets of a file. 16 MiB.
pub const MAX_FILE: usize = 16 << 20;
/// Most pixels of a picture: what cameras of telephones make, and no more.
pub const MAX_PIXELS: usize = 40_000_000;
/// Most pixels of a side that are searched. A code of 97 modules a side has ten for each then, if it fills half of the picture.
const SEARCHED: usize = 2000;
/// Once as it is and once at half of that, where the noise of a photo is averaged away.
const SCALES: [usize; 2] = [1, 2];

/// Why a picture gave no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PictureError {
    /// It is neither a PNG nor a JPEG.
    #[error("no picture of a kind that is read")]
    NotAPicture,
    /// More octets than [`MAX_FILE`], or more pixels than [`MAX_PIXELS`].
    #[error("the picture is too large")]
    TooLarge,
    /// It is cut, altered, or of a variety that nobody uses.
    #[error("the picture is damaged")]
    Damaged,
    /// No QR code was found that can be read.
    #[error("no code is seen in the picture")]
    NoCode,
}

/// The texts of all codes in a picture, each once, in order of their characters.
///
/// # Errors
/// [`PictureError`]; [`PictureError::NoCode`] when there would be none.
pub fn texts(octets: &[u8]) -> Result<Vec<String>, PictureError> {
    let picture = decode::picture(octets)?;
    let by = picture.longest().div_ceil(SEARCHED).max(1);
    let whole = if by == 1 { picture } else { picture.shrunk(by).ok_or(PictureError::NoCode)? };
    for scale in SCALES {
        let Some(plane) = whole.shrunk(scale) else { continue };
        let found = search(&plane);
        if !found.is_empty() {
            return Ok(found.into_iter().collect());
        }
    }
    Err(PictureError::NoCode)
}

/// As it is, and with dark and light exchanged, as a dark screen shows it.
fn search(plane: &Plane) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for bits in [Bits::of(plane), Bits::of(&plane.inverted())] {
        for triple in triple::triples(corner::corners(&bits)) {
            found.extend(grid::read(&bits, &triple));
        }
    }
    found
}
