//! What is asked of a device's memory, and what it answers.

use super::*;
use proptest::prelude::*;

#[test]
fn requests_to_the_octet() {
    let from = Records::From(Filter::SequenceNumber, 0x0102);
    for (request, octets) in [
        (Request::Report(Records::All), &[0x01, 0x01][..]),
        (Request::Report(from), &[0x01, 0x03, 0x01, 0x02, 0x01]),
        (Request::Count(Records::All), &[0x04, 0x01]),
        (Request::Count(Records::From(Filter::TimeOffset, 7)), &[0x04, 0x03, 0x01, 0x07, 0x00]),
        (Request::Abort, &[0x03, 0x00]),
        (Request::Combined(Records::All), &[0x07, 0x01]),
        (
            Request::Combined(Records::From(Filter::RecordNumber, 0x0102_0304)),
            &[0x07, 0x03, 0x01, 0x04, 0x03, 0x02, 0x01],
        ),
        (Request::Count(Records::From(Filter::RecordNumber, 7)), &[0x04, 0x03, 0x01, 7, 0, 0, 0]),
        // A number that the service does not have is not cut to another one.
        (
            Request::Report(Records::From(Filter::SequenceNumber, 0x0001_0001)),
            &[0x01, 0x03, 0x01, 0xFF, 0xFF],
        ),
    ] {
        assert_eq!(request.encode(), octets, "{request:?}");
        assert_eq!(decode(octets), Err(Malformed::Undefined), "a request is no response");
    }
}

#[test]
fn responses_and_their_cuts() {
    let number = [0x05, 0x00, 0x10, 0x27];
    assert_eq!(decode(&number), Ok(Response::Number(10_000)));
    let none = [0x06, 0x00, 0x01, 0x06];
    assert_eq!(decode(&none), Ok(Response::Ended { request: 1, outcome: Outcome::NoRecords }));
    for full in [number, none] {
        for cut in 0..full.len() {
            assert_eq!(decode(&full[..cut]), Err(Malformed::Truncated), "{cut}");
        }
        let long: Vec<u8> = full.into_iter().chain([0]).collect();
        assert_eq!(decode(&long), Err(Malformed::Trailing));
    }
    assert_eq!(decode(&[0x06, 0x01, 0x01, 0x01]), Err(Malformed::Undefined));
    assert_eq!(decode(&[0x07, 0x00, 0x01, 0x00]), Err(Malformed::Undefined));
}

#[test]
fn numbers_have_two_octets_or_four() {
    for (op, wide, narrow) in [
        (0x05, Response::Number(65_536), Response::Number(0)),
        (0x08, Response::Sent(65_536), Response::Sent(0)),
    ] {
        let full = [op, 0x00, 0, 0, 1, 0];
        assert_eq!((decode(&full), decode(&full[..4])), (Ok(wide), Ok(narrow)));
        assert_eq!(decode(&full[..3]), Err(Malformed::Truncated));
        assert_eq!(decode(&full[..5]), Err(Malformed::Trailing));
        assert_eq!(decode(&[op, 0x00, 0, 0, 1, 0, 0]), Err(Malformed::Trailing));
    }
}

proptest! {
    #[test]
    fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..8)) {
        let width = bytes.len().saturating_sub(2);
        match decode(&bytes) {
            Ok(Response::Number(n)) => prop_assert_eq!([&[5, 0], &n.to_le_bytes()[..width]].concat(), bytes),
            Ok(Response::Sent(n)) => prop_assert_eq!([&[8, 0], &n.to_le_bytes()[..width]].concat(), bytes),
            Ok(Response::Ended { request, outcome }) => prop_assert_eq!(vec![6, 0, request, outcome.code()], bytes),
            Err(_) => {}
        }
    }
}
