//! The octets of the specification, and hostile ones.

use super::*;
use proptest::prelude::*;

/// All flags: 121/81, mean 94 mmHg, 2026-05-21T08:30:45 by itself, 72 /min, user 1, cuff loose, two hours later shown.
const FULL: &str = "7e790051005e00 357fa131 4800 01 0200 559ba131";

fn full() -> Vec<u8> {
    hex::decode(FULL.replace(' ', "")).unwrap()
}

#[test]
fn a_full_packet_and_all_its_cuts() {
    let bytes = full();
    let bp = decode(&bytes).unwrap();
    assert_eq!([bp.systolic, bp.diastolic, bp.mean].map(|v| v.unwrap().to_string()), ["121", "81", "94"]);
    let time = DeviceTime { year: 2026, month: 5, day: 21, hour: 10, minute: 30, second: 45 };
    assert_eq!((bp.context.epoch, bp.context.time()), (Epoch::Y2000, Some(time)));
    let own = Context { shown_time: None, ..bp.context };
    assert_eq!(own.time(), Some(DeviceTime { hour: 8, ..time }));
    assert_eq!((bp.plain().context.time, bp.plain().context.user), (Some(time), Some(1)));
    assert!(bp.plain().context.status.unwrap().cuff_loose);
    for cut in 0..bytes.len() {
        assert_eq!(decode(&bytes[..cut]), Err(Malformed::Truncated), "{cut}");
    }
    assert_eq!(decode(&[bytes, vec![0]].concat()), Err(Malformed::Trailing));
}

#[test]
fn a_cuff_pressure_is_one_number() {
    let cuff = decode_cuff(&[0x09, 0x9F, 0xF0, 255]).unwrap();
    assert_eq!((cuff.cuff.unwrap().to_string(), cuff.context.unit), ("15.9".into(), Unit::KPa));
    assert_eq!((cuff.context.user, cuff.context.time()), (None, None));
    assert_eq!(decode_cuff(&[0x00, 0x51]), Err(Malformed::Truncated));
    assert_eq!(decode_cuff(&[0x00, 0x51, 0, 0]), Err(Malformed::Trailing));
}

#[test]
fn two_epochs() {
    for (epoch, seconds, year, month, day) in [
        (Epoch::Y1900, 0, 1900, 1, 1),
        (Epoch::Y2000, 0, 2000, 1, 1),
        (Epoch::Y1900, 3_155_673_600, 2000, 1, 1),
        (Epoch::Y1900, u32::MAX, 2036, 2, 7),
        (Epoch::Y2000, u32::MAX, 2136, 2, 7),
    ] {
        let t = epoch.wall(seconds).unwrap();
        assert_eq!((t.year, t.month, t.day), (year, month, day), "{epoch:?} {seconds}");
    }
}

#[test]
fn a_feature_says_whether_records_are_checked() {
    assert_eq!(decode_feature(&[0xBF, 0x01]).unwrap().protection(), Protection::Plain);
    assert_eq!(decode_feature(&[0x40, 0x00]).unwrap().protection(), Protection::Checked);
    assert_eq!(decode_feature(&[0x40]), Err(Malformed::Truncated));
    assert_eq!(decode_feature(&[0x40, 0, 0]), Err(Malformed::Trailing));
}

proptest! {
    #[test]
    fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..32)) {
        let fields = |c: &Context| {
            let _ = c.time();
            4 * usize::from(c.time_stamp.is_some())
                + 2 * usize::from(c.pulse.is_some())
                + usize::from(bytes[0] & 0x08 != 0)
                + 2 * usize::from(c.status.is_some())
                + 4 * usize::from(c.shown_time.is_some())
        };
        if let Ok(bp) = decode(&bytes) {
            prop_assert_eq!(bytes.len(), 7 + fields(&bp.context));
        }
        if let Ok(cuff) = decode_cuff(&bytes) {
            prop_assert_eq!(bytes.len(), 3 + fields(&cuff.context));
        }
    }
}
