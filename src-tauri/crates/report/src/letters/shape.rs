//! One segment of one level and one font, as glyphs.

use core::ops::Range;

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};

use super::fonts::Face;

/// Glyphs from left to right, and how wide they are, both for a size of 1. Ranges are of `text`, moved by `offset`.
pub(super) fn shape(face: &Face, text: &str, rtl: bool, offset: usize) -> (Vec<KrillaGlyph>, f32) {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    let shaped = rustybuzz::shape(&face.shaper, &[], buffer);
    let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|g| g.cluster as usize).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut width = 0.0;
    let glyph = |(info, place): (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition)| {
        let scaled = |n: i32| units(n) / face.units;
        width += scaled(place.x_advance);
        KrillaGlyph::new(
            GlyphId::new(info.glyph_id),
            scaled(place.x_advance),
            scaled(place.x_offset),
            scaled(place.y_offset),
            scaled(place.y_advance),
            moved(&cluster(&starts, info.cluster as usize, text.len()), offset),
            None,
        )
    };
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(glyph).collect();
    (glyphs, width)
}

/// What of the text a cluster is: up to the next one.
fn cluster(starts: &[usize], start: usize, end: usize) -> Range<usize> {
    start..starts.iter().copied().find(|next| *next > start).unwrap_or(end)
}

fn moved(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// Font units; none is above what a float has exactly.
fn units(n: i32) -> f32 {
    i16::try_from(n).map_or(0.0, f32::from)
}
