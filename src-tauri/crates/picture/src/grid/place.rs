//! Where each module of a code lies in a picture, seen straight or aslant.
//!
//! With s and t from 0 to 1 between the middles of the corners, a point is (a s + b t + c) / (g s + h t + 1): c is the first
//! corner, s = 1 the right one, t = 1 the one below, and g and h are what the fourth place says; both 0 in a flat picture.

use super::Point;
use crate::triple::Triple;

/// From the middle of a corner to the edge of the code, modules.
const CORNER: f64 = 3.5;
/// From the middle of the small square near the fourth corner to the edges.
const SQUARE: f64 = 6.5;

/// The place of a code with so many modules a side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    side: u16,
    a: Point,
    b: Point,
    c: Point,
    g: f64,
    h: f64,
    /// The middle of the small square near the fourth corner.
    fourth: Point,
}

impl Place {
    /// As if the picture were taken straight from above.
    pub(super) fn flat(triple: &Triple, side: u16) -> Self {
        let (first, right, below) = middles(triple);
        let part = part(side);
        let fourth = each(|of| of(first) + part * (of(right) - of(first)) + part * (of(below) - of(first)));
        Self::with(triple, side, fourth)
    }

    /// As the sizes of the corners say it is turned: what is farther away is smaller, as the power of 3/2 of its distance. `None`
    /// when they say nothing that can be.
    pub(super) fn aslant(triple: &Triple, side: u16) -> Option<Self> {
        let (first, right, below) = middles(triple);
        let part = part(side);
        let far = |other: f64| (triple.first.module / other).powf(2.0 / 3.0) - 1.0;
        let (g, h) = (far(triple.right.module), far(triple.below.module));
        let depth = 1.0 + part * (g + h);
        let fourth = each(|of| {
            let (a, b) = (of(right) * (1.0 + g) - of(first), of(below) * (1.0 + h) - of(first));
            (part * (a + b) + of(first)) / depth
        });
        (depth > 0.3).then(|| Self::with(triple, side, fourth))
    }

    /// The same corners, and the small square so many modules farther to the right and down.
    pub(super) fn moved(&self, triple: &Triple, across: f64, down: f64) -> Self {
        let (first, right, below) = middles(triple);
        let modules = f64::from(self.side) - 2.0 * CORNER;
        let fourth = each(|of| {
            let (u, v) = ((of(right) - of(first)) / modules, (of(below) - of(first)) / modules);
            of(self.fourth) + u * across + v * down
        });
        Self::with(triple, self.side, fourth)
    }

    /// The only place with this fourth point.
    fn with(triple: &Triple, side: u16, fourth: Point) -> Self {
        let (first, right, below) = middles(triple);
        let part = part(side);
        // At s = t = part: part (a + b) + c = fourth (1 + part (g + h)), two equations for g and h.
        let over = each(|of| of(fourth) - of(first) - part * (of(right) + of(below) - 2.0 * of(first)));
        let p = each(|of| part * (of(right) - of(fourth)));
        let q = each(|of| part * (of(below) - of(fourth)));
        let whole = p.0 * q.1 - p.1 * q.0;
        let (g, h) = if whole.abs() < 1e-9 {
            (0.0, 0.0)
        } else {
            ((over.0 * q.1 - over.1 * q.0) / whole, (p.0 * over.1 - p.1 * over.0) / whole)
        };
        let a = each(|of| of(right) * (1.0 + g) - of(first));
        let b = each(|of| of(below) * (1.0 + h) - of(first));
        Self { side, a, b, c: first, g, h, fourth }
    }

    /// Modules of a side.
    pub(super) const fn side(&self) -> u16 {
        self.side
    }

    /// Where the middle of the small square is, in modules from both edges.
    pub(super) fn square(&self) -> f64 {
        f64::from(self.side) - SQUARE
    }

    /// The pixel of a point, in modules from the left edge and from the upper one. On the horizon it is no number.
    pub(super) fn at(&self, right: f64, down: f64) -> Point {
        let modules = f64::from(self.side) - 2.0 * CORNER;
        let (s, t) = ((right - CORNER) / modules, (down - CORNER) / modules);
        let depth = self.g * s + self.h * t + 1.0;
        each(|of| (of(self.a) * s + of(self.b) * t + of(self.c)) / depth)
    }
}

/// How far along the sides between the corners the small square is, 0 to 1.
fn part(side: u16) -> f64 {
    let side = f64::from(side);
    (side - SQUARE - CORNER) / (side - 2.0 * CORNER)
}

fn middles(triple: &Triple) -> (Point, Point, Point) {
    let middle = |corner: crate::corner::Corner| (corner.x, corner.y);
    (middle(triple.first), middle(triple.right), middle(triple.below))
}

/// The same reckoning for both coordinates.
fn each(of: impl Fn(fn(Point) -> f64) -> f64) -> Point {
    (of(|point| point.0), of(|point| point.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corner::Corner;
    use crate::triple::triples;

    /// A picture of a code that is looked at from one side.
    fn seen(right: f64, down: f64) -> Point {
        let depth = 1.0 + right / 200.0 + down / 400.0;
        ((30.0 + 9.0 * right - down) / depth, (20.0 + right + 8.0 * down) / depth)
    }

    fn corner(right: f64, down: f64) -> Corner {
        let (x, y) = seen(right, down);
        Corner { x, y, module: 8.0, seen: 9 }
    }

    #[test]
    fn four_points_say_where_every_module_is() {
        let side = 37;
        let all = vec![corner(3.5, 3.5), corner(33.5, 3.5), corner(3.5, 33.5)];
        let found = triples(all);
        let [triple] = found[..] else { panic!("{found:?}") };
        let flat = Place::flat(&triple, side);
        let place = Place::with(&triple, side, seen(30.5, 30.5));
        assert_eq!(place.square(), 30.5);
        for (right, down) in [(3.5, 3.5), (33.5, 3.5), (3.5, 33.5), (30.5, 30.5), (36.5, 36.5), (0.5, 20.5)] {
            let (is, ought) = (place.at(right, down), seen(right, down));
            assert!((is.0 - ought.0).abs() < 1e-6 && (is.1 - ought.1).abs() < 1e-6, "{right} {down}: {is:?}");
        }
        assert!(flat.g.hypot(flat.h) < 1e-9, "{flat:?}");
        assert_ne!(flat.at(36.5, 36.5), place.at(36.5, 36.5));
        let there = flat.moved(&triple, 0.0, 0.0);
        let (one, other) = (flat.at(9.5, 30.5), there.at(9.5, 30.5));
        assert!((one.0 - other.0).abs() < 1e-6 && (one.1 - other.1).abs() < 1e-6);
    }
}
