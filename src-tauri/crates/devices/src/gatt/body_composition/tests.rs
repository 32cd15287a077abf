use super::*;
use proptest::prelude::*;

const FULL: &str = "fe0fc800e80706140a1e0003580eb301581b204e1c25882c8813b036d606";

#[test]
fn a_full_packet_and_all_its_cuts() {
    let bytes = hex::decode(FULL).unwrap();
    let b = decode(&bytes).unwrap();
    let values = [
        b.fat,
        b.basal,
        b.muscle_share,
        b.muscle,
        b.fat_free,
        b.soft_lean,
        b.water,
        b.impedance,
        b.weight,
        b.height,
    ];
    let text: Vec<_> = values.iter().map(|v| v.unwrap().to_string()).collect();
    assert_eq!(
        text,
        ["20.0", "3672", "43.5", "35.000", "100.000", "47.500", "57.000", "500.0", "70.000", "175.0"]
    );
    assert_eq!((b.unit, b.in_two, b.user), (Unit::Metric, false, Some(3)));
    for cut in 0..bytes.len() {
        assert_eq!(decode(&bytes[..cut]), Err(Malformed::Truncated), "{cut}");
    }
    let mut long = bytes;
    long.push(0);
    assert_eq!(decode(&long), Err(Malformed::Trailing));
}

#[test]
fn a_time_that_no_clock_shows_is_refused_but_can_be_looked_at() {
    let bytes = hex::decode("fe0f0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c").unwrap();
    assert_eq!(decode(&bytes), Err(Malformed::Undefined));
    let f = fields(&bytes).unwrap();
    assert_eq!((f.fat, f.time, f.user), (513, Some([3, 4, 5, 6, 7, 8, 9]), Some(10)));
    assert_eq!(f.optional[0], Some(3083));
    assert_eq!(f.optional[8], Some(7195));
}

#[test]
fn pounds_and_an_unsuccessful_measurement() {
    let b = decode(&[0x01, 0x04, 0xFF, 0xFF, 0x49, 0x3C]).unwrap();
    assert_eq!((b.fat, b.weight.unwrap().to_string(), b.unit), (None, "154.33".into(), Unit::Imperial));
    assert!(decode(&[0x00, 0x10, 0, 0]).unwrap().in_two);
    assert_eq!(decode(&[0x04, 0, 0, 0, 255]).unwrap().user, None);
}

#[test]
fn an_analyser_says_what_it_sends() {
    let f = decode_feature(&[0x05, 0x3E, 0x01, 0x00]).unwrap();
    assert_eq!((f.time, f.users), (true, false));
    assert_eq!(f.optional, [true, false, false, false, false, false, false, true, true]);
    assert_eq!(f.weight_step.unwrap().to_string(), "0.005");
    assert_eq!(f.height_step.unwrap().to_string(), "0.5");
    assert_eq!(decode_feature(&[0; 3]), Err(Malformed::Truncated));
    assert_eq!(decode_feature(&[0; 5]), Err(Malformed::Trailing));
}

proptest! {
    #[test]
    fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let _ = decode_feature(&bytes);
        if let Ok(f) = fields(&bytes) {
            let expected = 4
                + if f.time.is_some() { date_time::LEN } else { 0 }
                + usize::from(f.user.is_some())
                + 2 * f.optional.iter().flatten().count();
            prop_assert_eq!(bytes.len(), expected);
        } else {
            prop_assert!(decode(&bytes).is_err());
        }
    }
}
