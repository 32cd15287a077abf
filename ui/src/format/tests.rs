//! Dates, times and ages as they are written.

use super::*;

#[test]
fn dates_round_trip_across_leap_years_and_offsets() {
    for offset in [-720, -300, 0, 60, 330, 840] {
        for (y, m, d) in [(1970, 1, 1), (2000, 2, 29), (2024, 2, 29), (2026, 11, 22), (2100, 3, 1)] {
            let at = from_date(y, m, d, offset).expect("a date");
            assert_eq!(date_of(at, offset), (y, m, d));
            assert_eq!(date_of(at + DAY - 1, offset), (y, m, d));
            assert_eq!(day_start(at + 5 * HOUR, offset), at);
            assert_eq!(parse_date(&field_date(at, offset), offset), Some(at));
        }
    }
}

#[test]
fn months_follow_the_calendar_and_end_where_it_says() {
    let on = |from: (i64, i64, i64), months| {
        let at = from_date(from.0, from.1, from.2, 120).expect("a date") + 5 * HOUR;
        let then = months_on(at, months, 120);
        assert_eq!(then - day_start(then, 120), 5 * HOUR, "the time of day stays");
        date_of(then, 120)
    };
    assert_eq!((on((2026, 11, 24), 1), on((2026, 11, 24), -1)), ((2026, 12, 24), (2026, 10, 24)));
    assert_eq!((on((2026, 12, 31), 1), on((2026, 1, 1), -1)), ((2027, 1, 31), (2025, 12, 1)));
    assert_eq!((on((2026, 1, 31), 1), on((2024, 1, 31), 1)), ((2026, 2, 28), (2024, 2, 29)));
    assert_eq!((on((2024, 2, 29), 12), on((2024, 2, 29), -48)), ((2025, 2, 28), (2020, 2, 29)));
    assert_eq!(on((9999, 12, 1), 1), (9999, 12, 1), "there is no later date");
}

#[test]
fn thousands_stand_apart() {
    assert_eq!([0, 999, 1_000, 218_455, 4_000_000].map(count), ["0", "999", "1,000", "218,455", "4,000,000"]);
}

#[test]
fn fields_refuse_what_is_no_date_or_time() {
    for bad in ["", "2026-02-30", "2026-13-01", "26/11/2026", "2026-11", "99999-01-01"] {
        assert_eq!(parse_date(bad, 0), None, "{bad}");
    }
    for bad in ["", "24:00", "1260", "12:6x", "12:61", "12:5"] {
        assert_eq!(parse_time(bad), None, "{bad}");
    }
    assert_eq!(parse_time("14:05"), Some(14 * HOUR + 5 * MINUTE));
    assert_eq!(field_time(14 * HOUR + 5 * MINUTE, 0), "14:05");
}

#[test]
fn a_moment_comes_back_from_its_field() {
    let at = 1_795_000_000_000 / MINUTE * MINUTE;
    for offset in [0, 120, -570] {
        assert_eq!(parse_moment(&field_moment(at, offset), offset), Some(at));
    }
    assert_eq!(parse_moment("2026-11-22 14:05", 0), parse_moment("2026-11-22T14:05", 0));
    for bad in ["", "2026-11-22", "14:05", "2026-11-22T", "2026-02-30T10:00"] {
        assert_eq!(parse_moment(bad, 0), None, "{bad}");
    }
}
