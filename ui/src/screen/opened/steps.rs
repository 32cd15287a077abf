//! Days, weeks, months and years of an opened record. Steps go by whole days, as in the patient's own record; what is shown and asked for is
//! cut to what was permitted.

use crate::format::{DAY, day_start};
use crate::part::Move;
use crate::screen::readings::view::{Length, Limits, View};

/// The whole days that a permission reaches into.
fn whole_days(limits: Limits, offset: i32) -> Limits {
    Limits { first: day_start(limits.first, offset), end: day_start(limits.end - 1, offset) + DAY }
}

/// What of a view was permitted.
pub(super) fn cut(view: View, limits: Limits) -> View {
    View { from: view.from.max(limits.first), to: view.to.min(limits.end) }
}

/// The lengths that fit into what was permitted.
pub(super) fn offered(limits: Limits, offset: i32) -> Vec<Length> {
    let Limits { first, end } = whole_days(limits, offset);
    Length::ALL.into_iter().filter(|length| length.before(end, offset) >= first).collect()
}

/// Another length, up to the end where that is shown, and else around what is.
pub(super) fn of_length(view: View, length: Length, limits: Limits, offset: i32) -> View {
    if cut(view, limits).is_last(limits) {
        return View::ending(length, limits.end - 1, offset);
    }
    view.of_length(length, whole_days(limits, offset), offset)
}

/// Where a move leads. A day, a week, a month or a year is followed by the next one; anything else moves within what was permitted.
pub(super) fn moved(view: View, asked: Move, limits: Limits, offset: i32) -> View {
    match asked {
        Move::Earlier | Move::Later if view.length(offset).is_some() => {
            view.moved(asked, whole_days(limits, offset), offset)
        }
        _ => cut(view, limits).moved(asked, limits, offset),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::HOUR;

    /// 2026-11-18 00:00 UTC.
    const TODAY: i64 = 20_775 * DAY;
    /// Ninety days up to noon today, from five in the morning on.
    const LIMITS: Limits = Limits { first: TODAY - 90 * DAY + 5 * HOUR, end: TODAY + 12 * HOUR };

    fn whole() -> View {
        View { from: LIMITS.first, to: LIMITS.end }
    }

    #[test]
    fn lengths_are_offered_as_far_as_the_permission_reaches() {
        assert_eq!(offered(LIMITS, 0), [Length::Day, Length::Week, Length::Month]);
        let short = Limits { first: TODAY - 2 * DAY, ..LIMITS };
        assert_eq!(offered(short, 0), [Length::Day]);
        let long = Limits { first: TODAY - 400 * DAY, ..LIMITS };
        assert_eq!(offered(long, 0), Length::ALL);
    }

    #[test]
    fn a_length_ends_with_what_was_permitted_and_steps_by_whole_days() {
        let week = of_length(whole(), Length::Week, LIMITS, 0);
        assert_eq!((week.from, week.to), (TODAY - 6 * DAY, TODAY + DAY));
        assert_eq!(cut(week, LIMITS).to, LIMITS.end, "nothing that is still to come");
        let before = moved(week, Move::Earlier, LIMITS, 0);
        assert_eq!((before.from, before.to), (TODAY - 13 * DAY, TODAY - 6 * DAY));
        assert_eq!(moved(before, Move::Later, LIMITS, 0), week);
        // 19 October to 18 November, then the whole of October.
        let month = of_length(whole(), Length::Month, LIMITS, 0);
        let october = moved(month, Move::Earlier, LIMITS, 0);
        assert_eq!((october.from, october.to), (TODAY - 48 * DAY, TODAY - 17 * DAY));
        assert_eq!(october.length(0), Some(Length::Month));
    }

    #[test]
    fn whatever_is_asked_there_is_something_of_it_and_nothing_beyond_the_permission() {
        let asked = [
            Move::Earlier,
            Move::Later,
            Move::Pan(-1.0),
            Move::Pan(1.0),
            Move::CLOSER,
            Move::WIDER,
            Move::First,
            Move::Last,
        ];
        for offset in [-600, 0, 345] {
            let lengths = Length::ALL.into_iter().map(|length| of_length(whole(), length, LIMITS, offset));
            for start in lengths.chain([whole()]) {
                for asked in asked {
                    let mut view = start;
                    for _ in 0..200 {
                        view = moved(view, asked, LIMITS, offset);
                        let shown = cut(view, LIMITS);
                        assert!(shown.from < shown.to, "{asked:?} from {start:?}: {view:?}");
                        assert!(shown.from >= LIMITS.first && shown.to <= LIMITS.end);
                    }
                }
            }
        }
    }
}
