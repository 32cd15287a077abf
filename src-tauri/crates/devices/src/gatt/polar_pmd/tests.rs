//! The octets of the maker's document, and hostile ones.

use super::*;
use proptest::prelude::*;

fn bytes(hex: &str) -> Vec<u8> {
    hex::decode(hex.replace(' ', "")).unwrap()
}

#[test]
fn an_ecg_frame_has_signed_microvolts() {
    let full = bytes("00 0094357700000000 00 0280ff 028000");
    let f = frame(&full).unwrap();
    let Samples::Ecg(samples) = f.samples else { panic!() };
    assert_eq!(samples.iter().collect::<Vec<_>>(), [-32_766, 32_770]);
    assert_eq!(f.nanos, 2_000_000_000);
    for cut in 0..full.len() {
        assert_eq!(frame(&full[..cut]).is_ok(), cut == 13, "{cut}");
    }
}

#[test]
fn acceleration_comes_in_two_widths() {
    let f = bytes("02 0094357700000000 01 f7ffffffe703");
    let Samples::Acc16(wide) = frame(&f).unwrap().samples else { panic!() };
    assert_eq!(wide.iter().next(), Some(Acceleration { x: -9, y: -1, z: 999 }));
    let f = bytes("02 0094357700000000 00 80ff7f");
    let Samples::Acc8(narrow) = frame(&f).unwrap().samples else { panic!() };
    assert_eq!(narrow.iter().next(), Some(Acceleration { x: -128, y: -1, z: 127 }));
}

#[test]
fn intervals_carry_their_flags() {
    let f = bytes("03 0000000000000000 00 80 8080 8080 ff 00 0100 0100 00");
    let Samples::Ppi(samples) = frame(&f).unwrap().samples else { panic!() };
    let first =
        PulseInterval { bpm: 128, millis: 32_896, error_millis: 32_896, moved: true, contact: Some(true) };
    let second = PulseInterval { bpm: 0, millis: 1, error_millis: 1, moved: false, contact: None };
    assert_eq!(samples.iter().collect::<Vec<_>>(), [first, second]);
}

#[test]
fn what_is_not_defined_is_refused() {
    for (head, expected) in [("00", 0x80), ("00", 1), ("01", 0), ("02", 2), ("02", 0x81), ("03", 1)] {
        let f = bytes(&format!("{head} 0094357700000000 {expected:02x} 000000000000"));
        assert_eq!(frame(&f), Err(Malformed::Undefined));
    }
    assert_eq!(frame(&bytes("00 0094357700000000 00")), Err(Malformed::Truncated));
    assert_eq!(frame(&[0; MAX_LEN + 1]), Err(Malformed::Trailing));
}

proptest! {
    #[test]
    fn never_panics_and_never_invents(
        kind in 0u8..4, frame_type in 0u8..2, rest in proptest::collection::vec(any::<u8>(), 0..60),
    ) {
        let full = [&[kind, 0, 0, 0, 0, 0, 0, 0, 0, frame_type], &rest[..]].concat();
        if let Ok(f) = frame(&full) {
            let octets = match f.samples {
                Samples::Ecg(s) => 3 * s.iter().len(),
                Samples::Acc8(s) => 3 * s.iter().len(),
                Samples::Acc16(s) => 6 * s.iter().len(),
                Samples::Ppi(s) => 6 * s.iter().len(),
            };
            prop_assert_eq!(rest.len(), octets);
        }
    }

    #[test]
    fn random_octets_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let _ = frame(&bytes);
    }
}
