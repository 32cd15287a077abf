//! What is asked at the control point, and what it answers.

use super::*;
use proptest::prelude::*;

#[test]
fn requests_are_these_octets() {
    assert_eq!(settings_request(Kind::Ecg), [1, 0]);
    assert_eq!(hex::encode(start_ecg()), "02000001820001010e00");
    assert_eq!(hex::encode(start_acc(200, 8)), "02020001c8000101100002010800");
    assert_eq!((start_ppi(), stop(Kind::Acc)), ([2, 3], [3, 2]));
}

#[test]
fn an_answer_brings_settings_or_an_error() {
    let bytes = hex::decode("f00102000000013400010110000204f500f401e803d007040103").unwrap();
    let Message::Answer(answer) = message(&bytes).unwrap() else { panic!() };
    assert_eq!((answer.op, answer.kind, answer.more), (1, 2, false));
    let all = settings(answer.outcome.unwrap()).unwrap();
    let values: Vec<(SettingKind, Vec<u32>)> = all.iter().map(|s| (s.kind, s.values().collect())).collect();
    let expected = [
        (SettingKind::SampleRate, vec![52]),
        (SettingKind::Resolution, vec![16]),
        (SettingKind::Range, vec![245, 500, 1000, 2000]),
        (SettingKind::Channels, vec![3]),
    ];
    assert_eq!(values, expected);
    let Message::Answer(refused) = message(&[0xF0, 1, 6, 7, 0]).unwrap() else { panic!() };
    assert_eq!(refused.outcome, Err(Error::Resolution));
    let Message::Answer(short) = message(&[0xF0, 2, 0, 6]).unwrap() else { panic!() };
    assert_eq!((short.outcome, short.more), (Err(Error::AlreadyInState), false));
    let Message::Answer(part) = message(&[0xF0, 1, 0, 0, 1, 9]).unwrap() else { panic!() };
    assert_eq!((part.outcome, part.more), (Ok(&[9][..]), true));
}

#[test]
fn a_device_can_stop_by_itself() {
    assert_eq!(message(&[1, 0, 2]), Ok(Message::Stopped(&[0, 2])));
    assert_eq!(message(&[1]), Err(Malformed::Truncated));
    assert_eq!(message(&[0x0D, 0, 0, 0]), Err(Malformed::Undefined));
    assert_eq!(message(&[0xF0, 1, 0]), Err(Malformed::Truncated));
}

#[test]
fn what_a_sensor_can_is_read_and_is_no_answer() {
    // A chest strap with electrodes, and an armband with light.
    let strap = Features { ecg: true, acc: true, ppi: false };
    let armband = Features { ecg: false, acc: true, ppi: true };
    assert_eq!(features(&[0x0F, 0x05, 0, 0]), Ok(strap));
    assert_eq!(features(&[0x0F, 0x0E]), Ok(armband));
    assert_eq!(message(&[0x0F, 0x0E]), Ok(Message::Features(armband)));
    assert_eq!(features(&[0x0F]), Err(Malformed::Truncated));
    assert_eq!(features(&[1, 0]), Err(Malformed::Undefined));
}

#[test]
fn settings_that_are_cut_or_unknown_are_refused() {
    assert_eq!(settings(&[0, 1, 130]), Err(Malformed::Truncated));
    assert_eq!(settings(&[6, 1, 0]), Err(Malformed::Undefined));
    assert_eq!(settings(&[]).unwrap().iter().count(), 0);
}

proptest! {
    #[test]
    fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let _ = message(&bytes);
        if let Ok(all) = settings(&bytes) {
            let octets: usize = all.iter().map(|s| 2 + s.width * s.values().count()).sum();
            prop_assert_eq!(octets, bytes.len());
        }
    }
}
