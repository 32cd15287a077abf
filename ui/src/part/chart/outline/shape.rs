//! The surface that dense columns cover, as one closed shape: its upper edge leads to the right, its lower one back.

use super::Bar;
use super::pen::Pen;

/// Half of a line's thickness: `.line path` in parts.css strokes 1.5 pixels.
pub(super) const HALF: i32 = 8;
/// What is narrower than this between two that reach further nobody sees.
const SLIT: i32 = 3;

/// Each column is as thick as a line around its place; of two neighbours the one that reaches further keeps its whole width, as strokes
/// over one another do.
pub(super) fn draw(path: &mut String, near: &[Bar]) {
    let bars = apart(near);
    let (up, down) = (edge(&bars, |bar| -bar.top), edge(&bars, |bar| bar.base));
    let (Some(begin), Some(end)) = (up.first(), down.last()) else { return };
    let mut pen = Pen::down(path, begin.x - HALF, -begin.out - HALF);
    for pair in up.windows(2) {
        if let [a, b] = pair {
            pen.step(between(a, b), -b.out - HALF);
        }
    }
    pen.step(end.x + HALF, end.out + HALF);
    for pair in down.windows(2).rev() {
        if let [a, b] = pair {
            pen.step(between(a, b), a.out + HALF);
        }
    }
    pen.close(begin.x - HALF);
}

/// Bars that lie at least half a line apart, so that each has a place of its own: what is closer becomes one, as far up and down as
/// both. Neighbours touch, as a line from one to the other would.
pub(super) fn apart(near: &[Bar]) -> Vec<Bar> {
    let mut all: Vec<Bar> = Vec::with_capacity(near.len());
    for bar in near {
        match all.last_mut() {
            Some(before) if bar.x - before.x < HALF => {
                (before.top, before.base) = (before.top.min(bar.top), before.base.max(bar.base));
            }
            Some(before) => {
                let (top, base) = (bar.top.min(before.base), bar.base.max(before.top));
                all.push(Bar { top, base, ..*bar });
            }
            None => all.push(*bar),
        }
    }
    all
}

/// How far the surface reaches at a place: upwards or downwards, more is further.
struct Reach {
    x: i32,
    out: i32,
}

/// One edge of the surface, without the slits that nobody sees. It only ever reaches further by that.
fn edge(bars: &[Bar], out: impl Fn(&Bar) -> i32) -> Vec<Reach> {
    let mut all: Vec<Reach> = Vec::with_capacity(bars.len());
    for bar in bars {
        let new = Reach { x: bar.x, out: out(bar) };
        let slit = match all.as_slice() {
            [.., before, last] => last.out < before.out.min(new.out) && new.x - before.x <= 2 * HALF + SLIT,
            _ => false,
        };
        if slit {
            all.pop();
        }
        all.push(new);
    }
    all
}

/// Where one ends and the next begins.
const fn between(a: &Reach, b: &Reach) -> i32 {
    if b.out > a.out { b.x - HALF } else { a.x + HALF }
}
