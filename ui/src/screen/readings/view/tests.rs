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
    let odd = view(Length::Day).moved(Move::Zoom { times: 0.3, around: 0.7 }, limits());
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
    assert_eq!(week.moved(Move::Pan(0.5), limits()), week, "there is nothing after today");
    let before = week.moved(Move::Pan(-1.0), limits());
    assert_eq!((before.to, before.to - before.from), (week.from, 7 * DAY));
    assert_eq!(before.moved(Move::Pan(1.0), limits()), week);
    let first = week.moved(Move::First, limits());
    assert!(first.is_first(limits()) && first.from == limits().first);
    assert_eq!(first.moved(Move::Pan(-0.5), limits()), first);
    assert_eq!(first.moved(Move::Last, limits()), week);
    // A record of one day in a year's view: up to today.
    let young = Limits::new(Some(NOW), NOW, OFFSET);
    assert_eq!(view(Length::Year).moved(Move::Pan(-1.0), young), view(Length::Year));
}

#[test]
fn zooming_keeps_what_it_goes_around_and_has_ends() {
    let week = view(Length::Week).moved(Move::Pan(-10.0), limits());
    let closer = week.moved(Move::CLOSER, limits());
    assert_eq!((closer.to - closer.from) * 2, week.to - week.from);
    assert!((closer.middle() - week.middle()).abs() <= MINUTE);
    let left = week.moved(Move::Zoom { times: 0.5, around: 0.0 }, limits());
    assert_eq!(left.from, week.from);
    let (mut near, mut far) = (week, week);
    for _ in 0..30 {
        (near, far) = (near.moved(Move::CLOSER, limits()), far.moved(Move::WIDER, limits()));
    }
    assert_eq!((near.to - near.from, far.to - far.from), (SHORTEST, LONGEST));
    for silly in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
        let view = week
            .moved(Move::Zoom { times: silly, around: silly }, limits())
            .moved(Move::Pan(silly), limits());
        assert!((SHORTEST..=LONGEST).contains(&(view.to - view.from)), "{silly}");
    }
}

#[test]
fn another_length_is_around_what_was_shown_and_ends_today_when_today_was_shown() {
    assert_eq!(view(Length::Week).of_length(Length::Year, limits(), OFFSET), view(Length::Year));
    let old = view(Length::Week).moved(Move::Pan(-2.0), limits());
    let month = old.of_length(Length::Month, limits(), OFFSET);
    assert_eq!(month.length(OFFSET), Some(Length::Month));
    assert!(month.from <= old.from && old.to <= month.to);
    let day = old.of_length(Length::Day, limits(), OFFSET);
    assert!(old.from <= day.from && day.to <= old.to);
}
