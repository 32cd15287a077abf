//! Spans, days and epochs.

use super::*;

const HOUR: i64 = 3_600_000;

#[test]
fn a_span_is_covered_once_by_the_coarsest_intervals_that_fit() {
    let (from, to) = (HOUR * 5 + 30 * 60_000, HOUR * 24 * 4 - HOUR * 18 - 30 * 60_000);
    let parts = parts(Level::Day, from, to);
    let mut at = from;
    for (level, from, to) in parts.into_iter().filter(|(_, from, to)| from < to) {
        assert_eq!((from, from % level.millis(), to % level.millis()), (at, 0, 0));
        at = to;
    }
    assert_eq!(at, to);
}

#[test]
fn days_and_epochs_agree() {
    for number in [0, 21, 22, 438_232, Epoch::LAST.number()] {
        let epoch = Epoch::new(number).unwrap();
        for day in days(epoch) {
            assert!(epochs(day).unwrap().contains(&epoch), "{number} {day}");
        }
    }
    assert_eq!(days(Epoch::new(21).unwrap()).collect::<Vec<_>>(), [0, 1]);
}
