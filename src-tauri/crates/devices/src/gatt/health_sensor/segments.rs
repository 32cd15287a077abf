//! Observations from their segments.
//!
//! ```text
//! header  bit 0 first, bit 1 last, bits 2 to 7 a counter that goes up by one with each segment and wraps at 64
//! ```
//!
//! One for each characteristic of each link: the two characteristics may be interleaved. Bounded by [`MAX_LEN`],
//! whatever a device sends.

/// Longest observation: record number, class, length, and the most that a length can say.
pub const MAX_LEN: usize = 4 + 1 + 2 + 65_535;

/// What a segment completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joined<'a> {
    /// An observation was cut: a segment is missing, or it grew too long. Said once for each.
    pub cut: bool,
    /// The observation that this segment ended.
    pub whole: Option<&'a [u8]>,
}

/// Where in an observation the segments are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    /// Between two.
    #[default]
    Between,
    /// Inside; the next segment must carry this counter.
    Inside(u8),
    /// Inside one that is lost.
    Lost,
}

/// Puts observations together.
#[derive(Debug, Default)]
pub struct Segments {
    place: Place,
    bytes: Vec<u8>,
}

impl Segments {
    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { place: Place::Between, bytes: Vec::new() }
    }

    /// Takes one segment.
    pub fn push(&mut self, segment: &[u8]) -> Joined<'_> {
        let before = self.place;
        let Some((header, part)) = segment.split_first() else {
            self.place = Place::Lost;
            return Joined { cut: before != Place::Lost, whole: None };
        };
        let (first, last, counter) = (header & 1 != 0, header & 2 != 0, header >> 2);
        if first {
            self.bytes.clear();
        }
        let follows = first || before == Place::Inside(counter);
        if !follows || self.bytes.len() + part.len() > MAX_LEN {
            self.place = if last { Place::Between } else { Place::Lost };
            self.bytes.clear();
            return Joined { cut: before != Place::Lost, whole: None };
        }
        self.bytes.extend_from_slice(part);
        self.place = if last { Place::Between } else { Place::Inside((counter + 1) & 0x3F) };
        let cut = first && matches!(before, Place::Inside(_));
        Joined { cut, whole: last.then_some(self.bytes.as_slice()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MORE: Joined<'_> = Joined { cut: false, whole: None };
    const CUT: Joined<'_> = Joined { cut: true, whole: None };

    fn header(first: bool, last: bool, counter: u8) -> u8 {
        u8::from(first) | u8::from(last) << 1 | counter << 2
    }

    #[test]
    fn one_segment_and_three() {
        let mut segments = Segments::new();
        let whole = |whole| Joined { cut: false, whole };
        assert_eq!(segments.push(&[header(true, true, 9), 1, 2]), whole(Some(&[1, 2][..])));
        assert_eq!(segments.push(&[header(true, false, 62), 1]), MORE);
        assert_eq!(segments.push(&[header(false, false, 63), 2]), MORE);
        assert_eq!(segments.push(&[header(false, true, 0), 3]), whole(Some(&[1, 2, 3][..])));
    }

    #[test]
    fn a_missing_segment_is_said_once() {
        let mut segments = Segments::new();
        assert_eq!(segments.push(&[header(true, false, 0), 1]), MORE);
        assert_eq!(segments.push(&[header(false, false, 2), 3]), CUT);
        assert_eq!(segments.push(&[header(false, false, 3), 4]), MORE);
        assert_eq!(segments.push(&[header(false, true, 4), 5]), MORE);
        assert_eq!(segments.push(&[header(false, true, 5), 6]), CUT);
        assert_eq!(segments.push(&[]), CUT);
        assert_eq!(segments.push(&[]), MORE);
    }

    #[test]
    fn a_new_beginning_cuts_the_old_one_and_is_kept() {
        let mut segments = Segments::new();
        segments.push(&[header(true, false, 0), 1]);
        let joined = segments.push(&[header(true, true, 1), 2]);
        assert_eq!(joined, Joined { cut: true, whole: Some(&[2]) });
    }

    #[test]
    fn an_observation_does_not_grow_without_bound() {
        let mut segments = Segments::new();
        let mut part = vec![0; 512];
        part[0] = header(true, false, 0);
        segments.push(&part);
        let mut cut = 0;
        for n in 1..1000u16 {
            part[0] = header(false, false, u8::try_from(n % 64).unwrap());
            cut += u32::from(segments.push(&part).cut);
            assert!(segments.bytes.len() <= MAX_LEN);
        }
        assert_eq!(cut, 1);
    }

    proptest! {
        #[test]
        fn any_cutting_gives_the_whole(
            whole in proptest::collection::vec(any::<u8>(), 1..200), size in 1usize..50, start in 0u8..64,
        ) {
            let parts: Vec<&[u8]> = whole.chunks(size).collect();
            let mut segments = Segments::new();
            for (n, part) in parts.iter().enumerate() {
                let counter = (start + u8::try_from(n % 64).unwrap()) % 64;
                let head = header(n == 0, n + 1 == parts.len(), counter);
                let joined = segments.push(&[&[head], *part].concat());
                prop_assert!(!joined.cut);
                prop_assert_eq!(joined.whole, (n + 1 == parts.len()).then_some(&whole[..]));
            }
        }

        #[test]
        fn never_panics(parts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..8), 0..20)) {
            let mut segments = Segments::new();
            for part in &parts {
                let _ = segments.push(part).whole.map(super::super::live);
            }
        }
    }
}
