//! From three corners to the modules of a code, and from those to its text.
//!
//! ```text
//! side     = modules between the corners + 7, as the three say it, and two sizes more and less
//! fourth   = where the small square near the fourth corner lies: looked for around where the three say it is, flat and aslant
//! best     = the side and the fourth place with which corners and the dotted lines between them look most as they have to
//! ```
//!
//! A code is tried in five sizes, and its fourth place at 17 by 17 places (69 by 69 in the largest code) from two beginnings.
//!
//! # Source
//! ISO/IEC 18004:2015, 6.3.3 to 6.3.6 (finder, separator, timing and alignment patterns), annex E (where the last are).

mod place;

use crate::plane::Bits;
use crate::triple::Triple;
use place::Place;

/// Sizes that are tried on each side of the estimate.
const SIZES: i32 = 2;
/// Of the small square's 25 modules so many have to be as they are.
const LEAST_SQUARE: usize = 20;
/// Shares of the corners and of the dotted lines, added: 2 is a perfect code.
const LEAST_LIKENESS: f64 = 1.55;
/// A fourth place that was found counts for more than one that was reckoned.
const FOUND: f64 = 0.05;
/// Where in a module it is looked at, from its middle.
const WITHIN: [f64; 3] = [-0.22, 0.0, 0.22];

type Point = (f64, f64);

/// The text of the code that has these corners, if there is one.
pub(crate) fn read(bits: &Bits, triple: &Triple) -> Option<String> {
    let estimate = ((triple.modules + 7.0 - 17.0) / 4.0).round();
    let sizes = (-SIZES..=SIZES).map(|off| estimate + f64::from(off));
    let tried = sizes.filter_map(version).map(|version| best(bits, triple, version));
    let (likeness, place) = tried.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    if likeness < LEAST_LIKENESS {
        return None;
    }
    let side = usize::from(place.side());
    let dark = |x: usize, y: usize| is_dark(bits, &place, x, y);
    let grid = rqrr::Grid::new(rqrr::SimpleGrid::from_func(side, dark));
    grid.decode().ok().map(|(_, text)| text)
}

/// A version of the standard, 1 to 40.
fn version(number: f64) -> Option<u16> {
    (1..=40).find(|version| (f64::from(*version) - number).abs() < 0.5)
}

/// How much a code of this version it is, and where.
fn best(bits: &Bits, triple: &Triple, version: u16) -> (f64, Place) {
    let side = 17 + 4 * version;
    let flat = Place::flat(triple, side);
    let mut best = (likeness(bits, &flat), flat);
    if version == 1 {
        // The smallest code has no small square.
        return best;
    }
    for begin in [Some(flat), Place::aslant(triple, side)].into_iter().flatten() {
        if let Some(place) = fourth(bits, triple, &begin) {
            let found = (likeness(bits, &place) + FOUND, place);
            if found.0 > best.0 {
                best = found;
            }
        }
    }
    best
}

/// How far to each side of where it is reckoned the small square is looked for, in halves of a module: four modules, or a tenth of
/// the code.
fn reach(side: u16) -> i32 {
    2 * i32::from((side / 10).max(4))
}

/// The place with the small square where it looks most like one; of several that do, what lies between those around the nearest.
fn fourth(bits: &Bits, triple: &Triple, begin: &Place) -> Option<Place> {
    let steps = reach(begin.side());
    let (mut most, mut where_most) = (LEAST_SQUARE, Vec::new());
    for across in -steps..=steps {
        for down in -steps..=steps {
            let place = begin.moved(triple, f64::from(across) / 2.0, f64::from(down) / 2.0);
            let right = square_likeness(bits, &place);
            if right > most {
                most = right;
                where_most.clear();
            }
            if right == most {
                where_most.push((across, down));
            }
        }
    }
    let near = where_most.iter().copied().min_by_key(|(across, down)| across * across + down * down)?;
    let around = where_most.iter().filter(|at| at.0.abs_diff(near.0) <= 2 && at.1.abs_diff(near.1) <= 2);
    let (count, sum) = around.fold((0.0, (0.0, 0.0)), |(count, sum), (across, down)| {
        (count + 1.0, (sum.0 + f64::from(*across), sum.1 + f64::from(*down)))
    });
    Some(begin.moved(triple, sum.0 / count / 2.0, sum.1 / count / 2.0))
}

/// How many of the small square's 25 modules are as they have to be.
fn square_likeness(bits: &Bits, place: &Place) -> usize {
    let middle = place.square();
    let modules = (-2..=2_i32).flat_map(|x| (-2..=2_i32).map(move |y| (x, y)));
    let right = modules.filter(|(x, y)| {
        let at = place.at(middle + f64::from(*x), middle + f64::from(*y));
        bits.at_point(at) == (x.abs().max(y.abs()) != 1)
    });
    right.count()
}

/// The share of the corners' modules that are as they have to be, and that of the dotted lines between them.
fn likeness(bits: &Bits, place: &Place) -> f64 {
    let side = f64::from(place.side());
    let corners = [(3.5, 3.5), (side - 3.5, 3.5), (3.5, side - 3.5)];
    let mut share = Share::default();
    for (left, top) in corners {
        for x in -3..=3_i32 {
            for y in -3..=3_i32 {
                let dark = bits.at_point(place.at(left + f64::from(x), top + f64::from(y)));
                share.count(dark == (x.abs().max(y.abs()) != 2));
            }
        }
    }
    let mut dots = Share::default();
    for module in 8..place.side().saturating_sub(8) {
        let along = f64::from(module) + 0.5;
        for at in [place.at(along, 6.5), place.at(6.5, along)] {
            dots.count(bits.at_point(at) == module.is_multiple_of(2));
        }
    }
    share.right() + dots.right()
}

/// How many of some are right.
#[derive(Default)]
struct Share {
    all: u32,
    right: u32,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.all += 1;
        self.right += u32::from(right);
    }

    fn right(&self) -> f64 {
        f64::from(self.right) / f64::from(self.all.max(1))
    }
}

/// Whether most of a module is dark.
fn is_dark(bits: &Bits, place: &Place, x: usize, y: usize) -> bool {
    let (x, y) = (x as f64 + 0.5, y as f64 + 0.5);
    let points = WITHIN.into_iter().flat_map(|right| WITHIN.into_iter().map(move |below| (right, below)));
    let dark = points.filter(|(right, below)| bits.at_point(place.at(x + right, y + below)));
    2 * dark.count() > WITHIN.len() * WITHIN.len()
}
