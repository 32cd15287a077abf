//! Empty time before the first and after the last value of a picture, where there is enough of it to be seen.

use salus_wire::view::RecordView;
use salus_wire::{Category, UnixMillis};

use super::drawing::continuous;
use super::drawn::Drawn;
use super::picture::Point;
use crate::format::{DAY, MINUTE};
use crate::state::Shared;
use crate::t;
use crate::words::Words;

/// Less than this share of a picture is no empty time to the eye.
const SHARE: i64 = 20;

/// Where values begin and end, as far as the time beside them is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Edges {
    /// The first value; before it there is none.
    before: Option<UnixMillis>,
    /// The last one; after it there is none.
    after: Option<UnixMillis>,
    /// The picture goes up to now.
    to_now: bool,
}

/// The sentences of a picture, none where values reach from edge to edge.
pub(super) fn said(shared: &Shared, record: &RecordView, drawn: &Drawn) -> Vec<String> {
    let clock = shared.clock();
    let (from, to) = (drawn.chart.from, drawn.chart.to);
    let found = edges(record, (from, to), &drawn.points, clock.now);
    let long = to - from > 2 * DAY;
    // Of a day that is summed up no time is known.
    let when = |at| if record.days.is_empty() { clock.moment(at) } else { clock.date(at) };
    // Before the date of the first value there is none either; of a day or two the time is worth saying.
    let first = |at| if long { clock.date(at) } else { when(at) };
    sentences(&shared.words, found, first, when)
}

fn sentences(
    w: &Words,
    found: Edges,
    first: impl Fn(UnixMillis) -> String,
    last: impl Fn(UnixMillis) -> String,
) -> Vec<String> {
    let before = found.before.map(|at| t!(w, "chart-before", when = first(at)));
    let after = found.after.map(|at| match found.to_now {
        true => t!(w, "chart-since", when = last(at)),
        false => t!(w, "chart-after", when = last(at)),
    });
    before.into_iter().chain(after).collect()
}

/// A sensor's silence counts from a minute on; what is measured by hand is not missing before a day went by without it.
fn edges(
    record: &RecordView,
    (from, to): (UnixMillis, UnixMillis),
    points: &[Point],
    now: UnixMillis,
) -> Edges {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Edges::default() };
    // A strip of some seconds says itself how long it is.
    if record.category == Category::Electrocardiogram {
        return Edges::default();
    }
    let daily = !record.days.is_empty();
    // A day's value stands in its middle, and the newest ones cannot be seen yet.
    let (half, least) = match (daily, continuous(record.category)) {
        (true, _) => (DAY / 2, 2 * DAY),
        (false, true) => (0, MINUTE),
        (false, false) => (0, DAY),
    };
    let least = least.max((to - from) / SHARE);
    // What is still to come is not empty.
    let end = to.min(now);
    let (first, last) = (first.at - half, last.at + half);
    Edges {
        before: (first - from >= least).then_some(first),
        after: (end - last >= least).then_some(if daily { last - 1 } else { last }),
        to_now: to >= now,
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::Quantity;
    use salus_wire::view::{ChartView, DayView};

    use super::*;
    use crate::format::HOUR;
    use crate::words::LANGUAGES;

    fn record(category: Category, days: Vec<DayView>) -> RecordView {
        let (low, high, value_ticks, time_ticks, lines) = (0.0, 1.0, vec![], vec![], vec![]);
        RecordView {
            category,
            latest: None,
            summary: vec![],
            chart: ChartView { from: 0, to: DAY, low, high, value_ticks, time_ticks, lines },
            rows: vec![],
            total: 3,
            variability: None,
            summed: None,
            damaged: 0,
            days,
        }
    }

    fn at(instants: &[UnixMillis]) -> Vec<Point> {
        instants.iter().map(|at| Point { at: *at, values: vec![] }).collect()
    }

    #[test]
    fn a_sensor_s_picture_says_where_it_begins_and_ends_and_not_what_is_to_come() {
        let worn = record(Category::HeartRate, vec![]);
        let points = at(&[7 * HOUR, 9 * HOUR]);
        let of = |now| edges(&worn, (0, DAY), &points, now);
        let begins = Some(7 * HOUR);
        // An hour is too little to be seen in a day; the evening is still to come.
        assert_eq!(of(10 * HOUR), Edges { before: begins, after: None, to_now: true });
        assert_eq!(of(12 * HOUR), Edges { before: begins, after: Some(9 * HOUR), to_now: true });
        assert_eq!(of(5 * DAY), Edges { before: begins, after: Some(9 * HOUR), to_now: false });
        let full = at(&[0, DAY - MINUTE]);
        assert_eq!(edges(&worn, (0, DAY), &full, 5 * DAY), Edges::default());
        assert_eq!(
            edges(&worn, (0, DAY), &[], 5 * DAY),
            Edges::default(),
            "without a value another sentence says so"
        );
    }

    #[test]
    fn nobody_measures_by_hand_all_day() {
        let cuff = record(Category::BloodPressure, vec![]);
        let points = at(&[7 * HOUR, 20 * HOUR]);
        assert_eq!(edges(&cuff, (0, DAY), &points, 2 * DAY), Edges::default());
        let points = at(&[10 * DAY, 12 * DAY]);
        let month = edges(&cuff, (0, 30 * DAY), &points, 90 * DAY);
        assert_eq!(month, Edges { before: Some(10 * DAY), after: Some(12 * DAY), to_now: false });
    }

    #[test]
    fn of_days_whole_days_are_empty_and_of_a_strip_nothing_is() {
        let day = DayView {
            start: 0,
            quantity: Quantity::HeartRate,
            count: 1,
            min: "60".into(),
            mean: None,
            max: "60".into(),
            coverage: 1,
        };
        let daily = record(Category::HeartRate, vec![day]);
        let points = at(&[4 * DAY + DAY / 2, 6 * DAY + DAY / 2]);
        let found = edges(&daily, (0, 8 * DAY), &points, 8 * DAY);
        assert_eq!(
            found,
            Edges { before: Some(4 * DAY), after: None, to_now: true },
            "the newest cannot be seen yet"
        );
        let found = edges(&daily, (0, 10 * DAY), &points, 20 * DAY);
        assert_eq!(found.after, Some(7 * DAY - 1));
        let strip = record(Category::Electrocardiogram, vec![]);
        assert_eq!(edges(&strip, (0, DAY), &at(&[HOUR]), DAY), Edges::default());
    }

    #[test]
    fn each_language_says_from_when_and_since_when() {
        for language in LANGUAGES {
            let words = Words::of(language.tag);
            let both = |to_now| Edges { before: Some(1), after: Some(2), to_now };
            let say = |found| sentences(&words, found, |at| format!("first {at}"), |at| format!("last {at}"));
            let (since, after) = (say(both(true)), say(both(false)));
            assert_eq!((since.len(), after.len()), (2, 2), "{}", language.tag);
            assert!(
                since[0].contains("first 1") && since[1].contains("last 2"),
                "{}: {since:?}",
                language.tag
            );
            assert_eq!(since[0], after[0]);
            assert_ne!(since[1], after[1], "{}", language.tag);
            assert!(say(Edges::default()).is_empty());
        }
    }
}
