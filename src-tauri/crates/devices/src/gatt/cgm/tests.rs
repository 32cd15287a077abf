use proptest::prelude::*;

use super::*;

const FULL: &str = "0fe3d2e405000214ff02f0e5f38e3f";
const SMALL: [u8; 6] = [6, 0, 0x0C, 0x10, 6, 0];

#[test]
fn a_full_record_and_all_its_cuts() {
    let bytes = hex::decode(FULL).unwrap();
    let records: Vec<Record> = decode(&bytes, Protection::Checked).unwrap().collect();
    let [record] = records[..] else { panic!("{records:?}") };
    assert_eq!((record.glucose.unwrap().to_string(), record.offset_minutes), ("12.34".into(), 5));
    let noticed = record.annunciation;
    assert_eq!((noticed.status, noticed.cal_temp, noticed.warning), (Some(2), Some(20), Some(255)));
    assert!(noticed.any(Annunciation::BATTERY_LOW) && noticed.any(Annunciation::TOO_HOT));
    assert!(!noticed.any(Annunciation::SENSOR_MALFUNCTION | Annunciation::CALIBRATION_REQUIRED));
    assert_eq!(record.trend.unwrap().unwrap().to_string(), "0.2");
    assert_eq!(record.quality.unwrap().unwrap().to_string(), "99.7");
    for cut in 0..bytes.len() {
        assert!(decode(&bytes[..cut], Protection::Checked).is_err(), "{cut}");
    }
    assert!(decode(&bytes, Protection::Plain).is_err(), "a checksum is no field");
}

#[test]
fn several_records_in_one_notification() {
    let mut later = SMALL;
    later[4] = 11;
    let both = [SMALL, later].concat();
    let offsets: Vec<u16> = decode(&both, Protection::Plain).unwrap().map(|r| r.offset_minutes).collect();
    assert_eq!(offsets, [6, 11]);
    // One damaged record costs the notification, not a part of it.
    for cut in 7..both.len() {
        assert_eq!(decode(&both[..cut], Protection::Plain).err(), Some(Malformed::Truncated), "{cut}");
    }
}

#[test]
fn a_size_that_does_not_fit_the_flags_is_refused() {
    for (size, error) in [(0, Malformed::Truncated), (5, Malformed::Truncated), (7, Malformed::Trailing)] {
        let mut bytes = SMALL.to_vec();
        bytes[0] = size;
        bytes.push(0);
        assert_eq!(decode(&bytes, Protection::Plain).err(), Some(error), "{size}");
    }
    let long = SMALL.repeat(MAX_LEN / 6 + 1);
    assert_eq!(decode(&long, Protection::Plain).err(), Some(Malformed::Trailing));
    assert_eq!(decode(&long[6..], Protection::Plain).unwrap().count(), MAX_LEN / 6);
    assert_eq!(decode(&[], Protection::Plain).err(), Some(Malformed::Truncated));
}

#[test]
fn a_feature_says_whether_it_is_checked() {
    let plain = decode_feature(&[0x01, 0x80, 0x01, 0x59, 0xFF, 0xFF]).unwrap();
    assert_eq!((plain.bits, plain.fluid, plain.site), (0x01_8001, 9, 5));
    assert_eq!(plain.protection(), Protection::Plain);
    let mut bytes = vec![0x00, 0x10, 0x00, 0x59];
    Protection::Checked.close(&mut bytes);
    assert_eq!(decode_feature(&bytes).unwrap().protection(), Protection::Checked);
    bytes[5] ^= 1;
    assert_eq!(decode_feature(&bytes), Err(Malformed::Checksum));
    assert_eq!(decode_feature(&bytes[..5]), Err(Malformed::Truncated));
    assert_eq!(decode_feature(&[0; 7]), Err(Malformed::Trailing));
}

#[test]
fn a_status_has_all_three_octets() {
    let bytes = hex::decode("05003f3fffa7e0").unwrap();
    let status = decode_status(&bytes, Protection::Checked).unwrap();
    assert_eq!((status.offset_minutes, status.annunciation.bits()), (5, 0x00FF_3F3F));
    assert_eq!(decode_status(&bytes[..5], Protection::Plain).unwrap(), status);
    assert_eq!(decode_status(&bytes, Protection::Plain), Err(Malformed::Trailing));
    assert_eq!(decode_status(&bytes[..4], Protection::Plain), Err(Malformed::Truncated));
}

proptest! {
    #[test]
    fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..40), sized in any::<bool>()) {
        let mut bytes = bytes;
        if sized && let Ok(len) = u8::try_from(bytes.len()) && len > 0 {
            bytes[0] = len;
        }
        for protection in [Protection::Plain, Protection::Checked] {
            let _ = (decode_status(&bytes, protection), decode_feature(&bytes));
            let Ok(records) = decode(&bytes, protection) else { continue };
            let crc = if protection == Protection::Checked { 2 } else { 0 };
            let octets = |r: Record| {
                let a = r.annunciation;
                6 + [a.status, a.cal_temp, a.warning].iter().flatten().count()
                    + 2 * usize::from(r.trend.is_some())
                    + 2 * usize::from(r.quality.is_some())
                    + crc
            };
            prop_assert_eq!(records.map(octets).sum::<usize>(), bytes.len());
        }
    }
}
