//! The squares in three corners of a code: a line through their middle is dark, light, dark, light, dark as 1:1:3:1:1, in every
//! direction.
//!
//! # Source
//! ISO/IEC 18004:2015, 6.3.3.1 (finder pattern).

use crate::plane::{Bits, whole};

/// Dark and light runs of a line through a square, in modules.
const RUNS: [usize; 5] = [1, 1, 3, 1, 1];
/// Modules of a square's side.
const SIDE: usize = 7;
/// Different squares that are kept at most: each new one is compared with all of them.
const MOST: usize = 200;

/// A square that looks like a corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Corner {
    /// Its middle, from the left, pixels.
    pub(crate) x: f64,
    /// From above.
    pub(crate) y: f64,
    /// A module's side, along the pixels, whichever way the code is turned.
    pub(crate) module: f64,
    /// Rows of pixels that saw it.
    pub(crate) seen: u32,
}

/// Everything that looks like a corner.
pub(crate) fn corners(bits: &Bits) -> Vec<Corner> {
    let mut found: Vec<Corner> = Vec::new();
    for y in 0..bits.height() {
        let (mut runs, mut end) = ([0; RUNS.len()], 0);
        for run in bits.row(y).chunk_by(|one, next| one == next) {
            let [_, a, b, c, d] = runs;
            runs = [a, b, c, d, run.len()];
            end += run.len();
            if run.first() == Some(&true)
                && fits(runs)
                && let Some(corner) = confirmed(bits, runs, end, y)
            {
                merge(&mut found, corner);
            }
        }
    }
    found
}

/// Whether runs are 1:1:3:1:1, each wrong by less than a half.
fn fits(runs: [usize; 5]) -> bool {
    let total: usize = runs.iter().sum();
    let near =
        |run: usize, modules: usize| run > 0 && (modules * total).abs_diff(SIDE * run) * 2 < modules * total;
    total >= SIDE && runs.into_iter().zip(RUNS).all(|(run, modules)| near(run, modules))
}

/// Looks down through the middle of runs that end before the pixel `end` of a row, and then across again.
fn confirmed(bits: &Bits, runs: [usize; 5], end: usize, y: usize) -> Option<Corner> {
    let [_, _, middle, light, ring] = runs;
    let total: usize = runs.iter().sum();
    let x = end.checked_sub(ring + light + middle)? + middle / 2;
    let above = (0..y).rev().map(|y| bits.at(x, y));
    let below = (y + 1..bits.height()).map(|y| bits.at(x, y));
    let (down, tall) = across(above, below, middle, total)?;
    let at_y = y as f64 + down;
    let row = whole(at_y);
    if !bits.at(x, row) {
        return None;
    }
    let left = (0..x).rev().map(|x| bits.at(x, row));
    let right = (x + 1..bits.width()).map(|x| bits.at(x, row));
    let (aside, wide) = across(left, right, middle, total)?;
    Some(Corner { x: x as f64 + aside + 0.5, y: at_y + 0.5, module: (tall + wide) / 14.0, seen: 1 })
}

/// The same runs from a dark pixel to both sides: how far the middle is from it, and the length of all five. The middle run goes at
/// most `middle` to each side, and all are as long as `total`, more or less.
fn across(
    before: impl Iterator<Item = bool>,
    after: impl Iterator<Item = bool>,
    middle: usize,
    total: usize,
) -> Option<(f64, f64)> {
    let ([a, b, c], [d, e, f]) = (outward(before, middle)?, outward(after, middle)?);
    let runs = [c, b, a + 1 + d, e, f];
    let length: usize = runs.iter().sum();
    let same = 5 * length.abs_diff(total) < 2 * total && fits(runs);
    same.then(|| ((d as f64 - a as f64) / 2.0, length as f64))
}

/// Dark, light, dark pixels from a point on; none of the runs has more than `most`.
fn outward(line: impl Iterator<Item = bool>, most: usize) -> Option<[usize; 3]> {
    let mut line = line.peekable();
    let mut runs = [0; 3];
    for (run, dark) in runs.iter_mut().zip([true, false, true]) {
        while line.next_if_eq(&dark).is_some() {
            *run += 1;
            if *run > most {
                return None;
            }
        }
    }
    let [_, light, ring] = runs;
    (light > 0 && ring > 0).then_some(runs)
}

/// Adds what a row saw to what rows above saw of the same square.
fn merge(found: &mut Vec<Corner>, new: Corner) {
    let same = |old: &&mut Corner| {
        (old.x - new.x).abs() <= old.module
            && (old.y - new.y).abs() <= old.module
            && (old.module - new.module).abs() <= (old.module / 4.0).max(1.0)
    };
    if let Some(old) = found.iter_mut().find(same) {
        let weight = f64::from(old.seen);
        let mean = |old: f64, new: f64| (old * weight + new) / (weight + 1.0);
        *old = Corner {
            x: mean(old.x, new.x),
            y: mean(old.y, new.y),
            module: mean(old.module, new.module),
            seen: old.seen.saturating_add(1),
        };
    } else if found.len() < MOST {
        found.push(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plane::Plane;

    #[test]
    fn runs_are_measured_in_modules() {
        for good in [[1, 1, 3, 1, 1], [10, 10, 30, 10, 10], [9, 11, 33, 8, 10], [2, 2, 4, 2, 2]] {
            assert!(fits(good), "{good:?}");
        }
        for bad in [[0, 1, 3, 1, 1], [1, 1, 1, 1, 1], [10, 10, 10, 10, 10], [10, 20, 30, 10, 10], [0; 5]] {
            assert!(!fits(bad), "{bad:?}");
        }
    }

    #[test]
    fn a_square_is_found_once_with_its_middle_and_a_frame_is_none() {
        let (side, module) = (100, 4);
        let inside = |x: usize, from: usize, modules: usize| (from..from + modules * module).contains(&x);
        let shade = |i: usize| {
            let (x, y) = (i % side, i / side);
            let square = |from, modules| inside(x, from, modules) && inside(y, from, modules);
            let frame = inside(x, 60, 7) && inside(y, 60, 7) && !(inside(x, 64, 5) && inside(y, 64, 5));
            let ring = square(20, 7) && !square(24, 5);
            if ring || square(28, 3) || frame { 10 } else { 240 }
        };
        let plane = Plane::new(side, side, (0..side * side).map(shade).collect()).unwrap();
        let found = corners(&Bits::of(&plane));
        let [corner] = found[..] else { panic!("{found:?}") };
        assert_eq!((corner.x, corner.y, corner.module), (34.0, 34.0, 4.0));
        assert_eq!(corner.seen, 12, "the rows of the middle square");
    }
}
