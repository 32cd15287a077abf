//! What is drawn of a line's runs: a stroked line, and filled shapes where values are dense.
//!
//! Where columns lie about as close as a line is wide, and most reach from one value to another, a stroked line goes up and down over its
//! own ink, and a web view works out thousands of round corners of what is a surface to the eye. The outline of that surface has nothing
//! but upright and level edges, and is filled at once. Where columns lie apart, the line is stroked; it leads to the shapes and on from
//! them.

mod pen;
mod shape;

use salus_wire::view::ColumnView;

use super::picture::Picture;
use pen::Line;

/// Columns that are further apart than this have a line between them, in tenths of a pixel like every number here.
const FAR: i32 = 30;
/// Where there is no more than this from column to column, as a rule, they are dense.
const CLOSE: i32 = 20;
/// A column reaches from one value to another where they are a pixel apart.
const REACHES: i32 = 10;
/// Fewer columns than this are no surface.
const LEAST: usize = 8;
/// What a column takes of a path's text, rarely more: so that it is made room for once.
const LINE_TEXT: usize = 24;
const SHAPE_TEXT: usize = 20;

/// The two paths of a line; empty where there is nothing of it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Outline {
    /// Stroked.
    pub(super) line: String,
    /// Filled.
    pub(super) shape: String,
}

impl Outline {
    /// Nothing is drawn between runs, and a value alone is no line.
    pub(super) fn of(picture: &Picture, runs: &[Vec<ColumnView>]) -> Self {
        let mut drawn = Self::default();
        for run in runs.iter().filter(|run| run.len() > 1 || run.iter().any(|c| c.min < c.max)) {
            drawn.run(picture, run);
        }
        drawn
    }

    fn run(&mut self, picture: &Picture, run: &[ColumnView]) {
        let bars: Vec<Bar> = run.iter().map(|column| Bar::of(picture, column)).collect();
        let mut line = Line::default();
        // The end of a shape, from where the line goes on.
        let mut from: Option<Bar> = None;
        for near in bars.chunk_by(|a, b| b.x - a.x <= FAR) {
            let (Some(first), Some(last)) = (near.first(), near.last()) else { continue };
            if let Some(from) = from.take() {
                line = Line::default();
                line.to(&mut self.line, from.x, from.last);
            }
            if dense(near) {
                if line.is_begun() {
                    line.to(&mut self.line, first.x, first.base);
                }
                from = Some(*last);
                self.shape.reserve(near.len() * SHAPE_TEXT);
                shape::draw(&mut self.shape, near);
            } else {
                self.line.reserve(near.len() * LINE_TEXT);
                for bar in near {
                    column(&mut line, &mut self.line, *bar);
                }
            }
        }
    }
}

/// True for a surface: enough columns, close together, and at least half of them reach from one value to another. By all of them, so that
/// what is a little closer here than there is not drawn in two ways.
fn dense(near: &[Bar]) -> bool {
    let (Some(first), Some(last)) = (near.first(), near.last()) else { return false };
    let steps = i32::try_from(near.len()).unwrap_or(i32::MAX).saturating_sub(1);
    let reach = near.iter().filter(|bar| bar.base - bar.top >= REACHES).count();
    near.len() >= LEAST && reach * 2 >= near.len() && last.x - first.x <= steps.saturating_mul(CLOSE)
}

/// A column on the screen, in tenths of a pixel; upwards is less.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bar {
    x: i32,
    /// The highest value.
    top: i32,
    /// The lowest one.
    base: i32,
    /// Where the line goes on.
    last: i32,
}

impl Bar {
    fn of(picture: &Picture, column: &ColumnView) -> Self {
        let y = |value| tenths(picture.y(value));
        let (top, base, last) = (y(column.max), y(column.min), y(column.last));
        Self { x: tenths(picture.x(column.at)), top, base, last }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a screen is far narrower; float to integer casts saturate"
)]
fn tenths(pixels: f64) -> i32 {
    (pixels * 10.0).round() as i32
}

/// Down to the lowest and up to the highest value, so that no extreme is lost.
fn column(line: &mut Line, path: &mut String, bar: Bar) {
    line.to(path, bar.x, bar.base);
    if bar.top < bar.base {
        line.upright(path, bar.top);
        line.upright(path, bar.last);
    }
}

#[cfg(test)]
mod tests;
