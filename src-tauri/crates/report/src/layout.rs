//! Where everything stands: blocks become lines and shapes at their places, in points from the page's upper left corner.
//!
//! A page is tried smaller and smaller until it fits ([`Squeeze`]); what does not fit even then is an error, never a second page.

mod picture;
mod table;

use crate::error::ReportError;
use crate::letters::{Fonts, Line, Style, Weight};
use crate::page::{Block, Column, Squeeze, Tone};
use crate::words::{Words, plain};

/// A4.
pub(crate) const WIDTH: f32 = 595.0;
pub(crate) const HEIGHT: f32 = 842.0;
/// Around the page: 15 mm.
const MARGIN: f32 = 42.0;
/// Between columns.
const BETWEEN: f32 = 16.0;
/// Above the foot.
const ABOVE_FOOT: f32 = 8.0;
/// Size of the text of the foot.
const FOOT: f32 = 9.0;

/// The light colours of the screens (`ui/style/tokens.css`), as sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) u8, pub(crate) u8, pub(crate) u8);

pub(crate) const INK: Colour = Colour(0x1c, 0x26, 0x2b);
pub(crate) const SOFT: Colour = Colour(0x4a, 0x58, 0x60);
pub(crate) const ACCENT: Colour = Colour(0x00, 0x5c, 0x5e);
pub(crate) const SECOND: Colour = Colour(0x6c, 0x45, 0x9c);
pub(crate) const RULE: Colour = Colour(0xd9, 0xd5, 0xcc);
pub(crate) const BAND: Colour = Colour(0xd5, 0xe9, 0xe8);
pub(crate) const INNER: Colour = Colour(0x9f, 0xce, 0xcc);
pub(crate) const BLACK: Colour = Colour(0, 0, 0);

/// What a group is to whoever reads it aloud.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Role {
    Title(String),
    Heading(String),
    Para,
    Table(String),
    TableHead,
    TableBody,
    Row,
    ColumnHead,
    RowHead,
    Cell,
    Figure { alt: String, place: [f32; 4] },
    Caption,
}

/// A line at its place.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    pub(crate) line: Line,
    /// Its left edge.
    pub(crate) x: f32,
    pub(crate) baseline: f32,
    pub(crate) colour: Colour,
}

/// A shape; points from the upper left.
#[derive(Debug, Clone)]
pub(crate) enum Shape {
    /// A filled outline.
    Filled { points: Vec<[f32; 2]>, colour: Colour },
    /// A line.
    Stroked { points: Vec<[f32; 2]>, colour: Colour, width: f32, dashed: bool },
    /// Filled rectangles: left, top, width, height.
    Boxes { all: Vec<[f32; 4]>, colour: Colour },
}

/// What is drawn, in reading order.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Group(Role, Vec<Piece>),
    Line(Placed),
    Picture(Vec<Shape>, Vec<Placed>),
    /// Nobody reads it aloud.
    Ornament(Vec<Shape>),
}

/// What came of a block.
pub(crate) struct Laid {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) height: f32,
}

/// Where a block may stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    x: f32,
    y: f32,
    width: f32,
}

/// Lays blocks out at one size.
pub(crate) struct Layout<'a> {
    fonts: &'a Fonts,
    rtl: bool,
    size: f32,
}

/// The page, and how far it was squeezed: what `body` gives for the smallest squeeze that fits, with `foot` at its end.
pub(crate) fn page(
    fonts: &Fonts,
    w: &Words,
    body: impl Fn(Squeeze) -> Vec<Block>,
    foot: &[Block],
) -> Result<(Vec<Piece>, Squeeze), ReportError> {
    let whole = Frame { x: MARGIN, y: MARGIN, width: WIDTH - 2.0 * MARGIN };
    let small = Layout { fonts, rtl: w.rtl, size: FOOT };
    let below = small.stack(foot, whole)?.height;
    let room = HEIGHT - 2.0 * MARGIN - if foot.is_empty() { 0.0 } else { below + 2.0 * ABOVE_FOOT };
    for squeeze in Squeeze::ALL {
        let layout = Layout { fonts, rtl: w.rtl, size: squeeze.text() };
        let laid = layout.stack(&body(squeeze), whole)?;
        if laid.height > room {
            continue;
        }
        let mut pieces = laid.pieces;
        if !foot.is_empty() {
            let y = HEIGHT - MARGIN - below;
            let rule = vec![[MARGIN, y - ABOVE_FOOT], [WIDTH - MARGIN, y - ABOVE_FOOT]];
            let rule = Shape::Stroked { points: rule, colour: RULE, width: 0.75, dashed: false };
            pieces.push(Piece::Ornament(vec![rule]));
            pieces.extend(small.stack(foot, Frame { y, ..whole })?.pieces);
        }
        return Ok((pieces, squeeze));
    }
    Err(ReportError::DoesNotFit)
}

impl Layout<'_> {
    /// Blocks one below the other.
    fn stack(&self, blocks: &[Block], frame: Frame) -> Result<Laid, ReportError> {
        let (mut pieces, mut height) = (Vec::new(), 0.0);
        for block in blocks {
            let laid = self.block(block, Frame { y: frame.y + height, ..frame })?;
            pieces.extend(laid.pieces);
            height += laid.height;
        }
        Ok(Laid { pieces, height })
    }

    fn block(&self, block: &Block, frame: Frame) -> Result<Laid, ReportError> {
        let size = self.size;
        Ok(match block {
            Block::Title(text) => {
                let style = self.style(size * 1.8, Weight::Strong);
                self.paragraph(Role::Title(plain(text)), text, style, INK, frame)
            }
            Block::Heading(text) => {
                let style = self.style(size * 1.05, Weight::Strong);
                self.paragraph(Role::Heading(plain(text)), text, style, ACCENT, frame)
            }
            Block::Para { text, tone } => {
                let (size, weight, colour) = match tone {
                    Tone::Strong => (size * 1.15, Weight::Strong, INK),
                    Tone::Plain => (size, Weight::Regular, INK),
                    Tone::Quiet => (size * 0.88, Weight::Regular, SOFT),
                    Tone::Code => (size * 1.3, Weight::Strong, INK),
                };
                self.paragraph(Role::Para, text, self.style(size, weight), colour, frame)
            }
            Block::Table(table) => self.table(table, frame),
            Block::Picture(picture) => self.picture(picture, frame)?,
            Block::Beside(columns) => self.beside(columns, frame)?,
            Block::Gap(height) => Laid { pieces: Vec::new(), height: *height },
        })
    }

    fn style(&self, size: f32, weight: Weight) -> Style {
        Style { size, weight, rtl: self.rtl }
    }

    /// A paragraph with a little room below it; a text of nothing is none.
    fn paragraph(&self, role: Role, text: &str, style: Style, colour: Colour, frame: Frame) -> Laid {
        let (lines, height) = self.text(text, style, colour, frame);
        if lines.is_empty() {
            return Laid { pieces: Vec::new(), height: 0.0 };
        }
        let pieces = vec![Piece::Group(role, lines.into_iter().map(Piece::Line).collect())];
        Laid { pieces, height: height + style.size * 0.25 }
    }

    /// Lines from the side on which the page begins.
    fn text(&self, text: &str, style: Style, colour: Colour, frame: Frame) -> (Vec<Placed>, f32) {
        let lines = self.fonts.lines(text, style, frame.width);
        let leading = leading(style);
        let mut y = frame.y;
        let place = |line: Line| {
            // From right to left the space at the end of a line hangs over on the left.
            let x = if style.rtl { frame.x + frame.width - line.whole } else { frame.x };
            let placed = Placed { x, baseline: y + leading * 0.76, colour, line };
            y += leading;
            placed
        };
        let placed: Vec<Placed> = lines.into_iter().map(place).collect();
        let height = y - frame.y;
        (placed, height)
    }

    fn beside(&self, columns: &[Column], frame: Frame) -> Result<Laid, ReportError> {
        let gaps = u8::try_from(columns.len().saturating_sub(1)).map_or(0.0, f32::from);
        let room = (frame.width - gaps * BETWEEN).max(1.0);
        let (mut pieces, mut height, mut from) = (Vec::new(), 0.0_f32, 0.0);
        for column in columns {
            let width = room * column.share;
            let x = if self.rtl { frame.x + frame.width - from - width } else { frame.x + from };
            let laid = self.stack(&column.blocks, Frame { x, width, ..frame })?;
            pieces.extend(laid.pieces);
            height = height.max(laid.height);
            from += width + BETWEEN;
        }
        Ok(Laid { pieces, height })
    }
}

/// From one line to the next: Arabic has more above and below its letters.
fn leading(style: Style) -> f32 {
    style.size * if style.rtl { 1.62 } else { 1.34 }
}

#[cfg(test)]
mod tests;
