//! A picture in shades of grey, and as dark and light.

/// A pixel is compared with the average of those that are at most this part of the longer side away.
const AROUND: usize = 12;
/// At least so many pixels away.
const LEAST_AROUND: usize = 4;

/// Shades of grey, row by row: 0 is black, 255 is white. It is never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plane {
    width: usize,
    height: usize,
    shades: Vec<u8>,
}

impl Plane {
    /// `None` unless the shades are as many as the size says, and some.
    pub(crate) fn new(width: usize, height: usize, shades: Vec<u8>) -> Option<Self> {
        let fits = !shades.is_empty() && width.checked_mul(height) == Some(shades.len());
        fits.then_some(Self { width, height, shades })
    }

    /// Pixels of the longer side.
    pub(crate) fn longest(&self) -> usize {
        self.width.max(self.height)
    }

    /// Squares of `by` times `by` pixels as their average; what is over at the right and below is left out. `None` when nothing is
    /// left.
    pub(crate) fn shrunk(&self, by: usize) -> Option<Self> {
        let (width, height) = (self.width.checked_div(by)?, self.height.checked_div(by)?);
        let area = u64::try_from(by.checked_mul(by)?).ok()?;
        let mut shades = Vec::with_capacity(width.checked_mul(height)?);
        for rows in self.shades.chunks_exact(self.width.checked_mul(by)?).take(height) {
            let mut sums = vec![0_u64; width];
            for row in rows.chunks_exact(self.width) {
                for (sum, some) in sums.iter_mut().zip(row.chunks_exact(by)) {
                    *sum += some.iter().map(|shade| u64::from(*shade)).sum::<u64>();
                }
            }
            shades.extend(sums.into_iter().map(|sum| u8::try_from(sum / area).unwrap_or(u8::MAX)));
        }
        Self::new(width, height, shades)
    }

    /// With dark and light exchanged.
    pub(crate) fn inverted(&self) -> Self {
        Self { shades: self.shades.iter().map(|shade| u8::MAX - shade).collect(), ..*self }
    }
}

/// Which pixels are dark.
pub(crate) struct Bits {
    width: usize,
    height: usize,
    dark: Vec<bool>,
}

impl Bits {
    /// Dark is what has less than nine tenths of the average around it, so that a shadow over the page does not matter.
    pub(crate) fn of(plane: &Plane) -> Self {
        let Plane { width, height, ref shades } = *plane;
        let around = (plane.longest() / AROUND).max(LEAST_AROUND);
        let span = |at: usize, end: usize| (at.saturating_sub(around), (at + around + 1).min(end));
        let sums = Sums::of(plane);
        let mut dark = Vec::with_capacity(shades.len());
        for (y, row) in shades.chunks_exact(width).enumerate() {
            let rows = span(y, height);
            for (x, shade) in row.iter().enumerate() {
                let (sum, count) = sums.within(span(x, width), rows);
                dark.push(u64::from(*shade) * count * 10 < sum * 9);
            }
        }
        Self { width, height, dark }
    }

    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    pub(crate) const fn height(&self) -> usize {
        self.height
    }

    /// A row of pixels; none below the last.
    pub(crate) fn row(&self, y: usize) -> &[bool] {
        self.dark.chunks_exact(self.width).nth(y).unwrap_or_default()
    }

    /// Whether a pixel is dark; outside nothing is.
    pub(crate) fn at(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.dark.get(y * self.width + x).copied().unwrap_or_default()
    }

    /// [`Bits::at`] for the pixel that a point lies in.
    pub(crate) fn at_point(&self, (x, y): (f64, f64)) -> bool {
        if x.is_nan() || y.is_nan() || x < 0.0 || y < 0.0 {
            return false;
        }
        self.at(whole(x), whole(y))
    }
}

/// The whole number below; 0 for what is less, or no number.
pub(crate) fn whole(number: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, reason = "float to integer casts saturate")]
    let whole = number as usize;
    whole
}

/// Sums of everything above and to the left, so that the sum of a rectangle takes four look-ups.
struct Sums {
    stride: usize,
    sums: Vec<u64>,
}

impl Sums {
    fn of(plane: &Plane) -> Self {
        let stride = plane.width + 1;
        let mut sums = vec![0_u64; stride];
        sums.reserve(stride * plane.height);
        let mut above = sums.clone();
        for row in plane.shades.chunks_exact(plane.width) {
            let mut sum = 0;
            for (total, shade) in above.iter_mut().skip(1).zip(row) {
                sum += u64::from(*shade);
                *total += sum;
            }
            sums.extend_from_slice(&above);
        }
        Self { stride, sums }
    }

    /// The sum and the number of the pixels of some columns and rows, ends excluded.
    fn within(&self, (left, right): (usize, usize), (top, bottom): (usize, usize)) -> (u64, u64) {
        let at = |x: usize, y: usize| self.sums.get(y * self.stride + x).copied().unwrap_or_default();
        let sum = (at(right, bottom) + at(left, top)).saturating_sub(at(right, top) + at(left, bottom));
        let count = right.saturating_sub(left) * bottom.saturating_sub(top);
        (sum, u64::try_from(count).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_are_averaged_and_what_is_over_is_left_out() {
        let plane = Plane::new(5, 3, vec![0, 100, 10, 30, 9, 100, 200, 20, 40, 9, 7, 7, 7, 7, 7]).unwrap();
        assert_eq!(plane.shrunk(2), Plane::new(2, 1, vec![100, 25]));
        assert_eq!(plane.shrunk(1), Some(plane.clone()));
        assert_eq!((plane.shrunk(4), plane.shrunk(0)), (None, None));
        assert_eq!(plane.inverted().inverted(), plane);
    }

    #[test]
    fn a_plane_has_as_many_shades_as_it_says() {
        assert_eq!(Plane::new(2, 2, vec![0; 3]), None);
        assert_eq!(Plane::new(0, 5, vec![]), None);
        assert_eq!(Plane::new(usize::MAX, 2, vec![0; 2]), None);
    }

    #[test]
    fn a_shadow_makes_no_page_dark() {
        let shade = |x: u8| 250 - x;
        let row: Vec<u8> =
            (0..100).map(|x| if x == 10 || x == 90 { shade(x) / 3 } else { shade(x) }).collect();
        let bits = Bits::of(&Plane::new(100, 20, row.repeat(20)).unwrap());
        assert_eq!((bits.width(), bits.height()), (100, 20));
        assert!((0..100).all(|x| bits.at(x, 5) == (x == 10 || x == 90)), "{:?}", bits.row(5));
        assert!(!bits.at(10, 20) && !bits.at(100, 0) && !bits.at(usize::MAX, usize::MAX));
        assert!(bits.at_point((10.9, 0.0)) && bits.row(20).is_empty());
        for nowhere in [f64::NAN, -0.1, -1e300, 1e300, f64::INFINITY] {
            assert!(!bits.at_point((nowhere, 3.0)) && !bits.at_point((10.0, nowhere)));
        }
    }
}
