//! The text of a path, as short as it can be said: a web view reads all of it in each frame.

use std::fmt::Write as _;

/// Level and upright steps from where it stands; how far is shorter to say than where to.
pub(super) struct Pen<'a> {
    path: &'a mut String,
    x: i32,
    y: i32,
}

impl<'a> Pen<'a> {
    /// Begins there.
    pub(super) fn down(path: &'a mut String, x: i32, y: i32) -> Self {
        path.push('M');
        number(path, x);
        path.push(' ');
        number(path, y);
        Self { path, x, y }
    }

    /// Along to `x`, then up or down to `y`. Where it does not go up or down there is no corner.
    pub(super) fn step(&mut self, x: i32, y: i32) {
        if y != self.y {
            self.along(x);
            self.path.push('v');
            number(self.path, y - self.y);
            self.y = y;
        }
    }

    /// Along to `x`, and back to where it began.
    pub(super) fn close(mut self, x: i32) {
        self.along(x);
        self.path.push('Z');
    }

    fn along(&mut self, x: i32) {
        if x != self.x {
            self.path.push('h');
            number(self.path, x - self.x);
            self.x = x;
        }
    }
}

/// A line from place to place. A place that follows a place needs no letter before it.
#[derive(Debug, Default)]
pub(super) struct Line {
    begun: bool,
    is_upright: bool,
}

impl Line {
    pub(super) const fn is_begun(&self) -> bool {
        self.begun
    }

    pub(super) fn to(&mut self, path: &mut String, x: i32, y: i32) {
        path.push(match (self.begun, self.is_upright) {
            (false, _) => 'M',
            (true, true) => 'L',
            (true, false) => ' ',
        });
        number(path, x);
        path.push(' ');
        number(path, y);
        (self.begun, self.is_upright) = (true, false);
    }

    /// Up or down to `y`.
    pub(super) fn upright(&mut self, path: &mut String, y: i32) {
        path.push('V');
        number(path, y);
        self.is_upright = true;
    }
}

/// Tenths as a number, without what does not count: "12.5", "12", "-.5".
fn number(path: &mut String, tenths: i32) {
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if tenths < 0 {
        path.push('-');
    }
    // Writing into a string cannot fail.
    if whole > 0 || rest == 0 {
        let _ = write!(path, "{whole}");
    }
    if rest > 0 {
        let _ = write!(path, ".{rest}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_decimal_at_most_and_none_that_does_not_count() {
        let said = [0, 5, -5, 10, 125, -1_200, 1_203].map(|tenths| {
            let mut path = String::new();
            number(&mut path, tenths);
            path
        });
        assert_eq!(said, ["0", ".5", "-.5", "1", "12.5", "-120", "120.3"]);
    }

    #[test]
    fn a_line_says_a_letter_only_where_it_needs_one() {
        let (mut line, mut path) = (Line::default(), String::new());
        for (x, y) in [(0, 5), (10, 15)] {
            line.to(&mut path, x, y);
        }
        line.upright(&mut path, 20);
        line.to(&mut path, 20, 3);
        assert_eq!(path, "M0 .5 1 1.5V2L2 .3");
    }

    #[test]
    fn steps_have_no_corner_on_a_level_edge() {
        let mut path = String::new();
        let mut pen = Pen::down(&mut path, 0, 10);
        pen.step(10, 10);
        pen.step(20, 5);
        pen.step(30, 25);
        pen.close(0);
        assert_eq!(path, "M0 1h2v-.5h1v2h-3Z");
    }
}
