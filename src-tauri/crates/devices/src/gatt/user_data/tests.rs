use super::*;
use proptest::prelude::*;

fn code(n: u16) -> ConsentCode {
    ConsentCode::new(n).unwrap()
}

#[test]
fn requests_as_they_are_written() {
    for (request, octets) in [
        (Request::Register(code(1234)), "01d204"),
        (Request::Consent { user: 1, code: code(9999) }, "02010f27"),
        (Request::Erase, "03"),
        (Request::Delete { user: 254 }, "05fe"),
    ] {
        assert_eq!(hex::encode(request.encode().unwrap()), octets);
    }
    assert_eq!(Request::Consent { user: 255, code: code(0) }.encode(), None);
    // Deleting 255 would delete everybody.
    assert_eq!(Request::Delete { user: 255 }.encode(), None);
}

#[test]
fn a_code_has_four_digits_and_stays_out_of_logs() {
    assert_eq!(ConsentCode::new(10_000), None);
    assert!(!format!("{:?}", Request::Register(code(1234))).contains("1234"));
}

#[test]
fn responses_and_all_their_cuts() {
    use Refusal::{InvalidParameter, NotAuthorised, NotSupported, OperationFailed};
    for (octets, to, outcome) in [
        ("20010103", Kind::Register, Ok(Some(3))),
        ("200201", Kind::Consent, Ok(None)),
        ("200301", Kind::Erase, Ok(None)),
        ("20050102", Kind::Delete, Ok(Some(2))),
        ("200102", Kind::Register, Err(NotSupported)),
        ("200203", Kind::Consent, Err(InvalidParameter)),
        ("200304", Kind::Erase, Err(OperationFailed)),
        ("200205", Kind::Consent, Err(NotAuthorised)),
    ] {
        let mut bytes = hex::decode(octets).unwrap();
        assert_eq!(decode_response(&bytes), Ok(Response { to, outcome }), "{octets}");
        for cut in 0..bytes.len() {
            assert_eq!(decode_response(&bytes[..cut]), Err(Malformed::Truncated), "{octets} {cut}");
        }
        bytes.push(0);
        assert_eq!(decode_response(&bytes), Err(Malformed::Trailing), "{octets}");
    }
    for undefined in ["010101", "20ff01", "200200", "200206"] {
        assert_eq!(
            decode_response(&hex::decode(undefined).unwrap()),
            Err(Malformed::Undefined),
            "{undefined}"
        );
    }
}

#[test]
fn increment_and_index() {
    assert_eq!(decode_increment(&[1, 0, 0, 1]), Ok(0x0100_0001));
    assert_eq!(decode_increment(&[0; 3]), Err(Malformed::Truncated));
    assert_eq!(decode_increment(&[0; 5]), Err(Malformed::Trailing));
    assert_eq!(decode_index(&[254]), Ok(Some(254)));
    assert_eq!(decode_index(&[255]), Ok(None));
    assert_eq!(decode_index(&[]), Err(Malformed::Truncated));
    assert_eq!(decode_index(&[1, 1]), Err(Malformed::Trailing));
}

proptest! {
    #[test]
    fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..8)) {
        let _ = (decode_increment(&bytes), decode_index(&bytes));
        if let Ok(response) = decode_response(&bytes) {
            prop_assert_eq!(bytes.len(), if matches!(response.outcome, Ok(Some(_))) { 4 } else { 3 });
        }
    }

    #[test]
    fn no_request_has_more_than_four_octets(user in any::<u8>(), n in 0..=ConsentCode::MAX) {
        for request in [
            Request::Register(code(n)),
            Request::Consent { user, code: code(n) },
            Request::Erase,
            Request::Delete { user },
        ] {
            prop_assert!(request.encode().is_none_or(|bytes| bytes.len() <= 4));
        }
    }
}
