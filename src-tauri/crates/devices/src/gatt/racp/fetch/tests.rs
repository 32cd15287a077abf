use proptest::prelude::*;

use super::*;

const SEQUENCE: Filter = Filter::SequenceNumber;

fn ended(request: u8, outcome: Outcome) -> Response {
    Response::Ended { request, outcome }
}

/// Answers as a device with records 0..`stored` does, whatever it is asked, and says what was new.
fn run(fetch: &mut Fetch, stored: u32) -> (Vec<u32>, End) {
    let mut new = Vec::new();
    loop {
        match fetch.step(0) {
            Step::Send(Request::Count(records)) => {
                fetch.response(Response::Number(stored.saturating_sub(lowest(records))), 0);
            }
            Step::Send(Request::Report(records)) => {
                for number in lowest(records)..stored {
                    if fetch.record(Some(number), 0) {
                        new.push(number);
                    }
                }
                fetch.response(ended(1, Outcome::Success), 0);
            }
            Step::Send(Request::Combined(records)) => {
                for number in lowest(records)..stored {
                    if fetch.record(Some(number), 0) {
                        new.push(number);
                    }
                }
                fetch.response(Response::Sent(stored - lowest(records)), 0);
            }
            Step::Send(Request::Abort) => fetch.response(ended(3, Outcome::Success), 0),
            Step::Wait(_) => unreachable!("everything is answered"),
            Step::End(end) => return (new, end),
        }
    }
}

fn lowest(records: Records) -> u32 {
    match records {
        Records::All => 0,
        Records::From(_, n) => n,
    }
}

#[test]
fn ten_thousand_records_once_and_the_second_pass_adds_nothing() {
    let mut first = Fetch::new(SEQUENCE, None, 0);
    let (new, end) = run(&mut first, 10_000);
    assert_eq!((new.len(), end, first.last()), (10_000, End::Done, Some(9999)));
    let mut second = Fetch::new(SEQUENCE, first.last(), 0);
    assert_eq!(run(&mut second, 10_000), (vec![], End::Done));
    assert_eq!((second.arrived(), second.last()), (0, Some(9999)));
    let mut third = Fetch::new(SEQUENCE, second.last(), 0);
    assert_eq!(run(&mut third, 10_003), (vec![10_000, 10_001, 10_002], End::Done));
}

#[test]
fn a_device_without_filters_sends_all_and_the_known_ones_are_told_apart() {
    let mut fetch = Fetch::new(SEQUENCE, Some(1), 0);
    assert_eq!(fetch.step(0), Step::Send(Request::Count(Records::From(SEQUENCE, 2))));
    fetch.response(ended(4, Outcome::OperatorNotSupported), 0);
    assert_eq!(run(&mut fetch, 4), (vec![2, 3], End::Done));
    assert_eq!((fetch.arrived(), fetch.last()), (4, Some(3)));
}

#[test]
fn a_device_that_cannot_count_is_asked_at_once() {
    let mut fetch = Fetch::new(Filter::TimeOffset, None, 0);
    assert_eq!(fetch.step(0), Step::Send(Request::Count(Records::All)));
    fetch.response(ended(4, Outcome::OpCodeNotSupported), 0);
    assert_eq!(fetch.step(0), Step::Send(Request::Report(Records::All)));
    fetch.response(ended(1, Outcome::NoRecords), 0);
    assert_eq!(fetch.step(0), Step::End(End::Done));
    assert_eq!(fetch.last(), None);
}

#[test]
fn a_lost_record_is_asked_for_again() {
    let mut fetch = Fetch::new(SEQUENCE, Some(4), 0);
    let _ = fetch.step(0);
    fetch.response(Response::Number(3), 0);
    let _ = fetch.step(0);
    assert!(fetch.record(Some(5), 0) && fetch.record(None, 0));
    fetch.response(ended(1, Outcome::Success), 0);
    assert_eq!(fetch.step(0), Step::End(End::Incomplete(1)));
    assert_eq!(fetch.last(), Some(4));
}

#[test]
fn refused_and_reserved_outcomes_end_it() {
    for outcome in [Outcome::Busy, Outcome::NotCompleted, Outcome::Reserved(0x77)] {
        let mut fetch = Fetch::new(SEQUENCE, None, 0);
        let _ = fetch.step(0);
        fetch.response(ended(4, outcome), 0);
        assert_eq!(fetch.step(0), Step::End(End::Refused(outcome)));
    }
}

#[test]
fn silence_ends_it_and_answers_to_others_are_not_heard() {
    let mut fetch = Fetch::new(SEQUENCE, None, 0);
    let _ = fetch.step(1000);
    assert_eq!(fetch.step(1000), Step::Wait(1000 + IDLE));
    fetch.response(ended(2, Outcome::Success), 20_000);
    fetch.response(ended(1, Outcome::Success), 20_000);
    assert_eq!(fetch.step(20_000), Step::Wait(1000 + IDLE));
    fetch.response(Response::Number(2), 20_000);
    let _ = fetch.step(20_000);
    assert!(fetch.record(Some(0), 40_000));
    assert_eq!(fetch.step(40_000), Step::Wait(40_000 + IDLE));
    assert_eq!(fetch.step(40_000 + IDLE), Step::End(End::TimedOut));
    fetch.response(ended(1, Outcome::Success), 40_000 + IDLE);
    assert_eq!(fetch.step(i64::MAX), Step::End(End::TimedOut));
    assert_eq!(fetch.last(), None);
}

#[test]
fn an_abort_waits_for_the_device() {
    let mut fetch = Fetch::new(SEQUENCE, None, 0);
    let _ = fetch.step(0);
    fetch.response(Response::Number(9), 0);
    let _ = fetch.step(0);
    fetch.abort();
    assert_eq!(fetch.step(0), Step::Send(Request::Abort));
    fetch.response(ended(3, Outcome::AbortUnsuccessful), 0);
    assert_eq!(fetch.step(0), Step::Wait(IDLE));
    fetch.abort();
    let _ = fetch.step(0);
    fetch.response(ended(3, Outcome::Success), 0);
    assert_eq!(fetch.step(0), Step::End(End::Aborted));

    let mut unsent = Fetch::new(SEQUENCE, None, 0);
    unsent.abort();
    assert_eq!(unsent.step(0), Step::End(End::Aborted));
}

#[test]
fn after_the_highest_number_everything_is_asked_again() {
    for filter in [SEQUENCE, Filter::RecordNumber] {
        let mut fetch = Fetch::new(filter, Some(filter.highest()), 0);
        assert_eq!(fetch.step(0), Step::Send(Request::Count(Records::All)));
        assert!(fetch.record(Some(0), 0));
    }
}

#[test]
fn a_generic_sensor_reports_in_one_go_past_16_bits() {
    let mut first = Fetch::new(Filter::RecordNumber, Some(65_534), 0);
    assert_eq!(run(&mut first, 65_538), (vec![65_535, 65_536, 65_537], End::Done));
    assert_eq!(first.last(), Some(65_537));
    let mut second = Fetch::new(Filter::RecordNumber, first.last(), 0);
    assert_eq!(run(&mut second, 65_538), (vec![], End::Done));

    // One that was lost on the way is seen from the number.
    let mut fetch = Fetch::new(Filter::RecordNumber, None, 0);
    let _ = fetch.step(0);
    fetch.response(Response::Number(3), 0);
    assert_eq!(fetch.step(0), Step::Send(Request::Combined(Records::All)));
    assert!(fetch.record(Some(1), 0) && fetch.record(Some(2), 0));
    fetch.response(Response::Sent(3), 0);
    assert_eq!((fetch.step(0), fetch.last()), (Step::End(End::Incomplete(1)), None));
}

#[test]
fn a_generic_sensor_that_only_reports_is_asked_for_that() {
    let mut fetch = Fetch::new(Filter::RecordNumber, Some(4), 0);
    let from = Records::From(Filter::RecordNumber, 5);
    assert_eq!(fetch.step(0), Step::Send(Request::Count(from)));
    fetch.response(Response::Number(1), 0);
    assert_eq!(fetch.step(0), Step::Send(Request::Combined(from)));
    fetch.response(ended(7, Outcome::OpCodeNotSupported), 0);
    assert_eq!(fetch.step(0), Step::Send(Request::Report(from)));
    assert!(fetch.record(Some(5), 0));
    fetch.response(ended(1, Outcome::Success), 0);
    assert_eq!((fetch.step(0), fetch.last()), (Step::End(End::Done), Some(5)));
}

fn any_outcome() -> impl Strategy<Value = Response> {
    prop_oneof![
        any::<u32>().prop_map(Response::Number),
        any::<u32>().prop_map(Response::Sent),
        (0u8..8, 0u8..12).prop_map(|(request, code)| ended(request, Outcome::from_code(code))),
    ]
}

proptest! {
    #[test]
    fn whatever_a_device_answers_it_ends(
        answers in proptest::collection::vec((any_outcome(), any::<bool>()), 0..40),
        last in proptest::option::of(any::<u32>()), generic in any::<bool>(),
    ) {
        let filter = if generic { Filter::RecordNumber } else { SEQUENCE };
        let mut fetch = Fetch::new(filter, last, 0);
        let mut sent = 0;
        for (answer, abort) in answers {
            if matches!(fetch.step(0), Step::Send(_)) {
                sent += 1;
            }
            if abort && sent == 3 {
                fetch.abort();
            }
            fetch.response(answer, 0);
        }
        // Count, report and combined report, each once with and once without filter, and aborts that were asked for.
        prop_assert!(sent <= 46);
        while let Step::Send(_) = fetch.step(0) {
            fetch.response(ended(0, Outcome::Success), 0);
        }
        prop_assert!(matches!(fetch.step(IDLE), Step::End(_)));
    }
}
