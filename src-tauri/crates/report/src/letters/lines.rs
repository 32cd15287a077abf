//! A paragraph as lines that fit a width.

use core::ops::Range;

use krilla::text::KrillaGlyph;
use unicode_bidi::{BidiInfo, Level, ParagraphInfo};

use super::fonts::{Fonts, SCRIPTS, Weight};
use super::shape::shape;
use crate::words::is_mark;

/// Characters of a paragraph; what is longer is cut.
const MOST: usize = 4_000;
/// What stands for a character that no font has.
const UNKNOWN: char = '?';

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) weight: Weight,
    /// The direction of the paragraph.
    pub(crate) rtl: bool,
}

/// One line.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// What it says, in reading order; with a space at its end where the paragraph goes on.
    pub(crate) text: String,
    /// In reading order.
    pub(crate) segments: Vec<Segment>,
    /// Without that space, points.
    pub(crate) width: f32,
    /// With it.
    pub(crate) whole: f32,
    /// Some of it reads from right to left.
    pub(crate) turned: bool,
    /// As it was set.
    pub(crate) style: Style,
}

/// A part of one font.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    /// Number of the face.
    pub(crate) face: usize,
    /// From left to right.
    pub(crate) glyphs: Vec<KrillaGlyph>,
    /// From the line's left edge, points.
    pub(crate) x: f32,
}

/// A part of one font before it is shaped.
struct Run {
    face: usize,
    range: Range<usize>,
    rtl: bool,
}

/// A paragraph with its levels.
struct Paragraph<'a> {
    fonts: &'a Fonts,
    style: Style,
    info: BidiInfo<'a>,
}

impl Fonts {
    /// Breaks a text into lines of at most `width` points. A word that is wider is broken anywhere.
    pub(crate) fn lines(&self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let text = self.clean(text);
        let level = if style.rtl { Level::rtl() } else { Level::ltr() };
        let paragraph = Paragraph { fonts: self, style, info: BidiInfo::new(&text, Some(level)) };
        let Some(info) = paragraph.info.paragraphs.first() else { return Vec::new() };
        paragraph.broken(width).into_iter().map(|range| paragraph.line(info, range)).collect()
    }

    /// Without what cannot be printed.
    fn clean(&self, text: &str) -> String {
        let printable = |c: char| match c {
            // Whatever separates paragraphs would make several of one.
            '\u{2028}' | '\u{2029}' | '\u{85}' => ' ',
            // No character by itself, and refused in a page.
            '\u{FEFF}' | '\u{FFFE}' => ' ',
            c if c.is_control() => ' ',
            c if is_mark(c) || self.any_has(c) => c,
            c if c.is_whitespace() => ' ',
            _ => UNKNOWN,
        };
        text.chars().take(MOST).map(printable).collect()
    }
}

impl Paragraph<'_> {
    /// The ranges of the lines: each up to and with the space that it is broken at.
    fn broken(&self, width: f32) -> Vec<Range<usize>> {
        let (mut lines, mut start, mut filled) = (Vec::new(), 0, 0.0);
        let mut at = 0;
        for word in self.info.text.split_inclusive(' ') {
            let range = at..at + word.len();
            at = range.end;
            let (bare, whole) = (
                self.measure(range.start..range.start + word.trim_end_matches(' ').len()),
                self.measure(range.clone()),
            );
            if filled + bare <= width {
                filled += whole;
                continue;
            }
            if range.start > start {
                lines.push(start..range.start);
                start = range.start;
            }
            if bare > width {
                let cuts = self.cut(range.clone(), width);
                for cut in cuts {
                    lines.push(start..cut);
                    start = cut;
                }
                filled = self.measure(start..range.end);
            } else {
                filled = whole;
            }
        }
        if start < self.info.text.len() {
            lines.push(start..self.info.text.len());
        }
        lines
    }

    /// Where a word that is too wide is cut.
    fn cut(&self, word: Range<usize>, width: f32) -> Vec<usize> {
        let (mut cuts, mut start) = (Vec::new(), word.start);
        let text = self.info.text.get(word.clone()).unwrap_or_default();
        for (i, c) in text.char_indices() {
            let (from, to) = (word.start + i, word.start + i + c.len_utf8());
            if from > start && self.measure(start..to) > width {
                cuts.push(from);
                start = from;
            }
        }
        cuts
    }

    /// How wide a part is, points.
    fn measure(&self, range: Range<usize>) -> f32 {
        let mut width = 0.0;
        for run in self.levels(range) {
            width += self.shaped(&run, 0).1;
        }
        width
    }

    /// A part in runs of one level, in reading order, each in runs of one font.
    fn levels(&self, range: Range<usize>) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut start = range.start;
        let level = |at: usize| self.info.levels.get(at).copied().unwrap_or(Level::ltr());
        for at in range.clone() {
            if level(at) != level(start) {
                runs.extend(self.fonts_of(start..at, level(start).is_rtl()));
                start = at;
            }
        }
        if start < range.end {
            runs.extend(self.fonts_of(start..range.end, level(start).is_rtl()));
        }
        runs
    }

    /// A part of one level in runs of one font, in reading order. Marks of direction are no part of any.
    fn fonts_of(&self, range: Range<usize>, rtl: bool) -> Vec<Run> {
        let order: [usize; SCRIPTS] = Fonts::order(self.style.weight, rtl);
        let text = self.info.text.get(range.clone()).unwrap_or_default();
        let mut runs: Vec<Run> = Vec::new();
        for (i, c) in text.char_indices() {
            if is_mark(c) {
                continue;
            }
            let place = range.start + i..range.start + i + c.len_utf8();
            // What is no letter stays in the font before it, where that has it; a mark on a letter has to.
            let before = runs.last().filter(|run| run.range.end == place.start).map(|run| run.face);
            let stays = before.filter(|face| !c.is_alphanumeric() && self.fonts.has(*face, c));
            let found = stays.or_else(|| order.into_iter().find(|face| self.fonts.has(*face, c)));
            let Some(face) = found else { continue };
            match runs.last_mut() {
                Some(run) if run.face == face && run.range.end == place.start => run.range.end = place.end,
                _ => runs.push(Run { face, range: place, rtl }),
            }
        }
        runs
    }

    fn shaped(&self, run: &Run, offset: usize) -> (Vec<KrillaGlyph>, f32) {
        let text = self.info.text.get(run.range.clone()).unwrap_or_default();
        let Some(face) = self.fonts.face(run.face) else { return (Vec::new(), 0.0) };
        let (glyphs, width) = shape(face, text, run.rtl, offset);
        (glyphs, width * self.style.size)
    }

    /// A line at its place: runs from left to right, each in the order in which it is seen.
    fn line(&self, info: &ParagraphInfo, range: Range<usize>) -> Line {
        let (levels, seen) = self.info.visual_runs(info, range.clone());
        let original = self.info.text.get(range.clone()).unwrap_or_default();
        let text: String = original.chars().filter(|c| !is_mark(*c)).collect();
        let (mut x, mut turned) = (0.0, false);
        let mut segments: Vec<(usize, Segment)> = Vec::new();
        for run in seen {
            let rtl = levels.get(run.start).is_some_and(Level::is_rtl);
            let mut runs = self.fonts_of(run, rtl);
            // Marks of direction alone turn nothing.
            turned |= rtl && !runs.is_empty();
            if rtl {
                runs.reverse();
            }
            for run in runs {
                let (glyphs, width) = self.shaped(&run, self.plain(range.start, run.range.start));
                segments.push((run.range.start, Segment { face: run.face, glyphs, x }));
                x += width;
            }
        }
        segments.sort_by_key(|(start, _)| *start);
        let ends = text.ends_with(' ');
        let trailing = if ends { range.end - 1..range.end } else { range.end..range.end };
        Line {
            width: x - self.measure(trailing),
            whole: x,
            text,
            segments: segments.into_iter().map(|(_, segment)| segment).collect(),
            turned,
            style: self.style,
        }
    }

    /// How many octets there are from one place to another, marks of direction apart.
    fn plain(&self, from: usize, to: usize) -> usize {
        let text = self.info.text.get(from..to).unwrap_or_default();
        text.chars().filter(|c| !is_mark(*c)).map(char::len_utf8).sum()
    }
}

#[cfg(test)]
mod tests;
