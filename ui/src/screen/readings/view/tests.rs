//! The time that the record shows, and its way to and from the address.

use super::*;

const OFFSET: i32 = 120;
/// 2026-11-24 14:05 there.
const NOW: i64 = 1_795_521_900_000;

fn limits() -> Limits {
    Limits::new(Some(NOW - 500 * DAY), NOW, OFFSET)
}

fn view(length: Length) -> View {
    View::ending(length, NOW, OFFSET)
}

#[test]
fn every_length_comes_back_from_its_address() {
    for length in Length::ALL {
        let (span, from) = view(length).address(OFFSET);
        assert_eq!(span, length.slug());
        assert_eq!(View::of_address(&span, &from, OFFSET), Some(view(length)));
        assert_eq!(view(length).length(OFFSET), Some(length));
    }
    let odd = view(Length::Day).moved(Move::Zoom { times: 0.3, around: 0.7 }, limits(), OFFSET);
    let (span, from) = odd.address(OFFSET);
    assert_eq!(View::of_address(&span, &from, OFFSET), Some(odd), "{span} {from}");
    for (span, from) in [
        ("week", "2026-13-01"),
        ("decade", "2026-11-24"),
        ("1", "2026-11-24"),
        ("999999999", "2026-11-24"),
        ("week", "2026-11-24-99"),
        ("week", "2026-11-24-2460"),
        ("week", ""),
        ("-60", "2026-11-24"),
        ("week", "1969-01-01"),
        ("week", "2026-11-2\u{e9}"),
    ] {
        assert_eq!(View::of_address(span, from, OFFSET), None, "{span} {from}");
    }
}

#[test]
fn panning_and_zooming_stay_within_the_record_and_keep_their_length() {
    let week = view(Length::Week);
    assert_eq!(week.moved(Move::Pan(0.5), limits(), OFFSET), week, "there is nothing after today");
    let before = week.moved(Move::Pan(-1.0), limits(), OFFSET);
    assert_eq!((before.to, before.to - before.from), (week.from, 7 * DAY));
    assert_eq!(before.moved(Move::Pan(1.0), limits(), OFFSET), week);
    let first = week.moved(Move::First, limits(), OFFSET);
    assert!(first.is_first(limits()) && first.from == limits().first);
    assert_eq!(first.moved(Move::Pan(-0.5), limits(), OFFSET), first);
    assert_eq!(first.moved(Move::Last, limits(), OFFSET), week);
    // A record of one day in a year's view: up to today.
    let young = Limits::new(Some(NOW), NOW, OFFSET);
    assert_eq!(view(Length::Year).moved(Move::Pan(-1.0), young, OFFSET), view(Length::Year));
}

#[test]
fn zooming_keeps_what_it_goes_around_and_has_ends() {
    let week = view(Length::Week).moved(Move::Pan(-10.0), limits(), OFFSET);
    let closer = week.moved(Move::CLOSER, limits(), OFFSET);
    assert_eq!((closer.to - closer.from) * 2, week.to - week.from);
    assert!((closer.middle() - week.middle()).abs() <= MINUTE);
    let left = week.moved(Move::Zoom { times: 0.5, around: 0.0 }, limits(), OFFSET);
    assert_eq!(left.from, week.from);
    let (mut near, mut far) = (week, week);
    for _ in 0..30 {
        (near, far) = (near.moved(Move::CLOSER, limits(), OFFSET), far.moved(Move::WIDER, limits(), OFFSET));
    }
    assert_eq!((near.to - near.from, far.to - far.from), (SHORTEST, LONGEST));
    for silly in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
        let view = week.moved(Move::Zoom { times: silly, around: silly }, limits(), OFFSET).moved(
            Move::Pan(silly),
            limits(),
            OFFSET,
        );
        assert!((SHORTEST..=LONGEST).contains(&(view.to - view.from)), "{silly}");
    }
}

#[test]
fn another_length_is_around_what_was_shown_and_ends_today_when_today_was_shown() {
    assert_eq!(view(Length::Week).of_length(Length::Year, limits(), OFFSET), view(Length::Year));
    let old = view(Length::Week).moved(Move::Pan(-2.0), limits(), OFFSET);
    let month = old.of_length(Length::Month, limits(), OFFSET);
    assert_eq!(month.length(OFFSET), Some(Length::Month));
    assert!(month.from <= old.from && old.to <= month.to);
    let day = old.of_length(Length::Day, limits(), OFFSET);
    assert!(old.from <= day.from && day.to <= old.to);
}

#[test]
fn months_and_years_step_with_the_calendar_and_leave_no_day_out() {
    let at = |year, month, day| from_date(year, month, day, OFFSET).unwrap();
    let month = |year, n| View { from: at(year, n, 1), to: months_on(at(year, n, 1), 1, OFFSET) };
    let step = |view: View, asked: Move| view.moved(asked, limits(), OFFSET);
    let last = view(Length::Month);
    assert_eq!((last.from, last.to), (at(2026, 10, 25), at(2026, 11, 25)), "up to today");
    let october = step(last, Move::Earlier);
    assert_eq!((october, october.length(OFFSET)), (month(2026, 10), Some(Length::Month)));
    assert_eq!(step(october, Move::Earlier), month(2026, 9));
    assert_eq!(step(month(2026, 3), Move::Earlier), month(2026, 2), "28 days");
    assert_eq!(step(month(2026, 9), Move::Later), october);
    assert_eq!((step(october, Move::Later), step(last, Move::Later)), (last, last), "it is not over");
    // One that was dragged to.
    let odd = View { from: at(2026, 8, 20), to: at(2026, 9, 20) };
    assert_eq!((step(odd, Move::Earlier), step(odd, Move::Later)), (month(2026, 8), month(2026, 9)));
    let year = step(view(Length::Year), Move::Earlier);
    assert_eq!((year.from, year.to), (at(2025, 1, 1), at(2026, 1, 1)));
    assert_eq!(step(year, Move::Earlier), year, "the record begins in it");
    let week = view(Length::Week);
    assert_eq!(step(week, Move::Earlier), step(week, Move::Pan(-1.0)));
}

#[test]
fn another_length_is_a_month_of_the_calendar_and_any_month_comes_back_from_its_address() {
    let at = |year, month, day| from_date(year, month, day, OFFSET).unwrap();
    let week = View { from: at(2026, 2, 9), to: at(2026, 2, 16) };
    let february = week.of_length(Length::Month, limits(), OFFSET);
    assert_eq!((february.from, february.to), (at(2026, 2, 1), at(2026, 3, 1)));
    // The month up to 30 March begins on no day that says so.
    let short = View::ending(Length::Month, at(2026, 3, 30), OFFSET);
    assert_eq!((short.from, short.length(OFFSET)), (at(2026, 2, 28), Some(Length::Month)));
    for view in [february, short] {
        let (span, from) = view.address(OFFSET);
        assert_eq!(View::of_address(&span, &from, OFFSET), Some(view), "{span} {from}");
    }
}

#[test]
fn dragging_goes_where_it_leads_and_not_beyond_the_record() {
    let week = view(Length::Week);
    let to = |at| week.moved(Move::To(at), limits(), OFFSET);
    assert_eq!(to(week.from - 3 * DAY + 29_999).from, week.from - 3 * DAY, "to the minute");
    assert_eq!((to(i64::MAX / 2), to(0).from), (week, limits().first));
}
