use super::*;
use proptest::prelude::*;

const SPOT: &str = "1f 6200 4800 e8070a0c081e00 0042 200000 22f0";
const CONTINUOUS: &str = "1f 6200 4800 6100 4900 6300 4700 2001 010080 05e0";

fn bytes(hex: &str) -> Vec<u8> {
    hex::decode(hex.replace(' ', "")).unwrap()
}

#[test]
fn a_full_spot_check_and_all_its_cuts() {
    let full = bytes(SPOT);
    let spot = spot_check(&full).unwrap();
    assert_eq!(spot.oxygen.saturation.unwrap().to_string(), "98");
    assert_eq!(spot.context.amplitude.unwrap().unwrap().to_string(), "3.4");
    assert!(spot.clock_not_set && spot.context.status.unwrap().any(Status::FROM_STORAGE));
    assert!(spot.context.sensor.unwrap().any(Sensor::LOW_PERFUSION));
    for cut in 0..full.len() {
        assert_eq!(spot_check(&full[..cut]), Err(Malformed::Truncated), "{cut}");
    }
    assert_eq!(spot_check(&[&full[..], &[0]].concat()), Err(Malformed::Trailing));
}

#[test]
fn a_full_continuous_packet_and_all_its_cuts() {
    let full = bytes(CONTINUOUS);
    let packet = continuous(&full).unwrap();
    assert_eq!(packet.fast.unwrap().saturation.unwrap().to_string(), "97");
    assert_eq!(packet.slow.unwrap().pulse.unwrap().to_string(), "71");
    assert_eq!(packet.context.amplitude.unwrap().unwrap().to_string(), "0.05");
    for cut in 0..full.len() {
        assert_eq!(continuous(&full[..cut]), Err(Malformed::Truncated), "{cut}");
    }
    assert_eq!(continuous(&[&full[..], &[0]].concat()), Err(Malformed::Trailing));
}

#[test]
fn features_bring_their_support_bits() {
    let all = features(&[0x03, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0x00]).unwrap();
    assert_eq!((all.status, all.sensor), (Some(Status(0xFFE0)), Some(Sensor(0xFFFF))));
    assert_eq!(features(&[0x02, 0, 1, 0]), Err(Malformed::Truncated));
    assert_eq!(features(&[0x44, 0]).unwrap().status, None);
}

proptest! {
    #[test]
    fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..32)) {
        let context = |c: Context| {
            2 * usize::from(c.status.is_some()) + 3 * usize::from(c.sensor.is_some())
                + 2 * usize::from(c.amplitude.is_some())
        };
        if let Ok(spot) = spot_check(&bytes) {
            let time = if spot.time.is_some() { date_time::LEN } else { 0 };
            prop_assert_eq!(bytes.len(), 5 + time + context(spot.context));
        }
        if let Ok(c) = continuous(&bytes) {
            let pairs = usize::from(c.fast.is_some()) + usize::from(c.slow.is_some());
            prop_assert_eq!(bytes.len(), 5 + 4 * pairs + context(c.context));
        }
        if let Ok(f) = features(&bytes) {
            let bits = 2 * usize::from(f.status.is_some()) + 3 * usize::from(f.sensor.is_some());
            prop_assert_eq!(bytes.len(), 2 + bits);
        }
    }
}
