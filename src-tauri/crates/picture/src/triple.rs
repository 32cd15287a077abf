//! Three corners that may be of one code.

use core::cmp::Reverse;

use crate::corner::Corner;

/// Rows that have to have seen a corner.
const LEAST_SEEN: u32 = 2;
/// Corners that are put together, those that most rows saw.
const MOST_CORNERS: usize = 12;
/// Triples that are looked at, those that are most like a right angle with equal legs.
const MOST: usize = 24;
/// Modules between the middles of two corners: 21 - 7 for the smallest code, 177 - 7 for the largest; and some, because the
/// estimate is a rough one.
const MODULES: core::ops::RangeInclusive<f64> = 12.0..=185.0;

/// Three corners of a code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Triple {
    /// The one at the right angle.
    pub(crate) first: Corner,
    /// The one to its right, in a code that is not mirrored.
    pub(crate) right: Corner,
    /// The one below it.
    pub(crate) below: Corner,
    /// Modules between their middles, about.
    pub(crate) modules: f64,
    /// 0 for a right angle between equal legs with equal corners; more for less.
    wrong: f64,
}

/// The triples that are most like a code, those first.
pub(crate) fn triples(mut corners: Vec<Corner>) -> Vec<Triple> {
    corners.retain(|corner| corner.seen >= LEAST_SEEN);
    corners.sort_by_key(|corner| Reverse(corner.seen));
    corners.truncate(MOST_CORNERS);
    let mut all = Vec::new();
    for (i, a) in corners.iter().enumerate() {
        for (j, b) in corners.iter().enumerate().skip(i + 1) {
            all.extend(corners.iter().skip(j + 1).filter_map(|c| Triple::of([*a, *b, *c])));
        }
    }
    all.sort_by(|one, other| one.wrong.total_cmp(&other.wrong));
    all.truncate(MOST);
    all
}

impl Triple {
    fn of([a, b, c]: [Corner; 3]) -> Option<Self> {
        // The right angle is across the longest side.
        let sides = [(leg(&b, &c), [a, b, c]), (leg(&a, &c), [b, a, c]), (leg(&a, &b), [c, a, b])];
        let longest =
            sides.into_iter().max_by(|(one, _), (other, _)| length(*one).total_cmp(&length(*other)));
        let (_, [first, one, other]) = longest?;
        let (u, v) = (leg(&first, &one), leg(&first, &other));
        let clockwise = u.0 * v.1 - u.1 * v.0 >= 0.0;
        let (right, below, u, v) = if clockwise { (one, other, u, v) } else { (other, one, v, u) };
        let (across, down) = (length(u), length(v));
        let angle = (u.0 * v.0 + u.1 * v.1).abs() / (across * down);
        let legs = apart([across, down]);
        let sizes = apart([first.module, right.module, below.module]);
        let modules = (modules(&first, &right, u) + modules(&first, &below, v)) / 2.0;
        // Seen aslant, but not so much that nobody would take the photo. No number is none of these.
        let likely = angle <= 0.4 && legs <= 1.5 && sizes <= 1.6 && MODULES.contains(&modules);
        likely.then_some(Self { first, right, below, modules, wrong: angle + legs + sizes - 2.0 })
    }
}

fn leg(from: &Corner, to: &Corner) -> (f64, f64) {
    (to.x - from.x, to.y - from.y)
}

fn length((x, y): (f64, f64)) -> f64 {
    x.hypot(y)
}

/// How many times the largest is the smallest.
fn apart<const N: usize>(all: [f64; N]) -> f64 {
    let largest = all.into_iter().fold(f64::MIN, f64::max);
    let smallest = all.into_iter().fold(f64::MAX, f64::min);
    largest / smallest
}

/// Modules between two corners. A module was measured along the pixels: turned, it is shorter than that.
fn modules(from: &Corner, to: &Corner, leg: (f64, f64)) -> f64 {
    let turned = leg.0.abs().max(leg.1.abs()) / length(leg);
    length(leg) / (turned * (from.module + to.module) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corner(x: f64, y: f64) -> Corner {
        Corner { x, y, module: 4.0, seen: 12 }
    }

    #[test]
    fn three_corners_are_told_apart_however_they_are_turned() {
        // 30 modules of 4 pixels between them, turned by the quarter.
        let (o, e, s) = (corner(200.0, 200.0), corner(320.0, 200.0), corner(200.0, 320.0));
        let (w, n) = (corner(80.0, 200.0), corner(200.0, 80.0));
        for (right, below) in [(e, s), (s, w), (w, n), (n, e)] {
            for order in [[o, right, below], [below, o, right], [right, below, o]] {
                let found = triples(order.to_vec());
                let [triple] = found[..] else { panic!("{found:?}") };
                assert_eq!((triple.first, triple.right, triple.below), (o, right, below));
                assert!((triple.modules - 30.0).abs() < 1e-9, "{triple:?}");
            }
        }
    }

    #[test]
    fn what_is_no_corner_of_a_code_is_left_out() {
        let (o, e, s) = (corner(200.0, 200.0), corner(320.0, 200.0), corner(200.0, 320.0));
        for odd in [
            Corner { seen: 1, ..s },
            Corner { module: 7.0, ..s },
            Corner { y: 420.0, ..s },
            Corner { x: 260.0, y: 200.0, ..s },
            Corner { x: f64::NAN, ..s },
            e,
        ] {
            assert_eq!(triples(vec![o, e, odd]), vec![], "{odd:?}");
        }
        let near: Vec<Corner> = [o, e, s].map(|c| Corner { x: c.x / 8.0, y: c.y / 8.0, ..c }).to_vec();
        assert_eq!(triples(near), vec![], "they would lie in each other");
    }

    #[test]
    fn however_many_corners_there_are_so_many_triples_are_looked_at() {
        let lattice: Vec<Corner> =
            (0..100).map(|i| corner(f64::from(i % 4) * 90.0, f64::from(i / 4) * 90.0)).collect();
        assert_eq!(triples(lattice).len(), MOST);
    }
}
