use proptest::prelude::*;

use super::*;

/// 120/80, mean 93 mmHg, pulse 60.
const PLAIN: [u8; 9] = [0x04, 120, 0, 80, 0, 93, 0, 60, 0];

/// The segments that a device cuts a value into; counters begin at `counter`.
fn segments(value: &[u8], size: usize, counter: u8, protection: Protection) -> Vec<Vec<u8>> {
    let parts: Vec<&[u8]> = value.chunks(size).collect();
    let mut crc = Crc::default();
    let mut packets = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        let count = (usize::from(counter) + at) % 64;
        let header = u8::from(at == 0) | u8::from(last) << 1 | u8::try_from(count).unwrap() << 2;
        let mut packet = vec![header, 7, 0, 0x35, 0x2A];
        packet.extend(*part);
        crc = crc.over(&packet);
        if last && protection == Protection::Checked {
            packet.extend(crc.value().to_le_bytes());
        }
        packets.push(packet);
    }
    packets
}

#[test]
fn one_segment_is_a_record() {
    for protection in [Protection::Plain, Protection::Checked] {
        let packet = segments(&PLAIN, 20, 0, protection).remove(0);
        let record = Assembly::new(protection).segment(&packet).unwrap().unwrap();
        assert_eq!((record.sequence, record.uuid, &record.value[..]), (7, 0x2A35, &PLAIN[..]));
        assert_eq!(record.blood_pressure().unwrap().unwrap().systolic.unwrap().to_string(), "120");
        for cut in 0..5 {
            assert_eq!(Assembly::new(protection).segment(&packet[..cut]), Err(Malformed::Truncated));
        }
    }
}

#[test]
fn the_uuid_decides_the_decoder() {
    let record = |uuid, value: &[u8]| Record { sequence: 0, uuid, value: value.to_vec() };
    assert!(record(0x2B34, &PLAIN).blood_pressure().unwrap().is_some());
    assert_eq!(record(0x2A36, &PLAIN).blood_pressure(), Ok(None));
    assert_eq!(record(0x2A35, &PLAIN[..8]).blood_pressure(), Err(Malformed::Truncated));
}

#[test]
fn a_missing_segment_costs_the_record_and_no_other() {
    let mut assembly = Assembly::new(Protection::Checked);
    let packets = segments(&PLAIN, 3, 62, Protection::Checked);
    assert_eq!(packets.len(), 3);
    assert_eq!(assembly.segment(&packets[0]), Ok(None));
    assert_eq!(assembly.segment(&packets[2]), Err(Malformed::Truncated));
    assert_eq!(assembly.segment(&packets[1]), Err(Malformed::Truncated));
    assert_eq!(assembly.segment(&packets[0]), Ok(None));
    assert_eq!(assembly.segment(&packets[0]), Ok(None));
    assert_eq!(assembly.segment(&packets[1]), Ok(None));
    assert!(assembly.segment(&packets[2]).unwrap().is_some());
}

#[test]
fn a_damaged_octet_anywhere_is_found() {
    let packets = segments(&PLAIN, 5, 0, Protection::Checked);
    for at in 0..packets.concat().len() {
        let mut damaged = packets.clone();
        let (packet, octet) = if at < packets[0].len() { (0, at) } else { (1, at - packets[0].len()) };
        damaged[packet][octet] ^= 0x20;
        let mut assembly = Assembly::new(Protection::Checked);
        let answers: Vec<_> = damaged.iter().map(|p| assembly.segment(p)).collect();
        assert!(answers.iter().all(|a| !matches!(a, Ok(Some(_)))), "{at}");
    }
}

#[test]
fn an_endless_record_is_dropped() {
    let value = vec![0; MAX_VALUE + 1];
    let packets = segments(&value, 100, 0, Protection::Plain);
    let mut assembly = Assembly::new(Protection::Plain);
    let (last, before) = packets.split_last().unwrap();
    assert!(before.iter().all(|p| assembly.segment(p) == Ok(None)));
    assert_eq!(assembly.segment(last), Err(Malformed::Trailing));
}

proptest! {
    #[test]
    fn cut_and_put_together_again(
        value in proptest::collection::vec(any::<u8>(), 1..200), size in 1usize..20, counter in 0u8..64, checked in any::<bool>(),
    ) {
        let protection = if checked { Protection::Checked } else { Protection::Plain };
        let mut assembly = Assembly::new(protection);
        let mut whole = None;
        for packet in segments(&value, size, counter, protection) {
            prop_assert!(whole.is_none());
            whole = assembly.segment(&packet).unwrap();
        }
        prop_assert_eq!(whole.unwrap().value, value);
    }

    #[test]
    fn never_panics_and_never_grows(packets in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..60)) {
        let mut assembly = Assembly::new(Protection::Checked);
        for packet in packets {
            if let Ok(Some(record)) = assembly.segment(&packet) {
                prop_assert!(record.value.len() <= MAX_VALUE);
                let _ = record.blood_pressure();
            }
        }
    }
}
