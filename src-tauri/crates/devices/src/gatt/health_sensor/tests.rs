use super::*;
use proptest::prelude::*;

const SATURATION: &str = "01 1b00 6300 b84b0200 22729d2b2900000600 01 01 3c4c0200 2002 62000000";
const PRESSURE: &str = "07 3500 1300 044a0200 22729d2b2900000600 40e20100 03 \
                        054a0200 01 200f 64000000 064a0200 01 200f 3c000000 074a0200 01 200f 50000000";
const BUNDLE: &str = "ff 2f00 4200 22729d2b2900000600 01 3c4c0200 02 \
                      01 0c00 0100 b84b0200 2002 62000000 01 0c00 0100 1a480200 a00a 48000000";

fn bytes(hex: &str) -> Vec<u8> {
    hex::decode(hex.replace(' ', "")).unwrap()
}

fn number(value: &Simple<'_>) -> String {
    match value {
        Simple::Numeric(n) => format!("{} {}", n.unit, n.value.unwrap()),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_numeric_observation_and_all_its_cuts() {
    let full = bytes(SATURATION);
    let o = live(&full).unwrap();
    assert_eq!((o.kind, o.patient, o.id), (Some(150_456), Some(1), None));
    assert_eq!(o.time.unwrap().millis(), 690_724_210_000);
    assert_eq!(o.supplemental.iter().collect::<Vec<_>>(), [150_588]);
    let Value::Simple(value) = o.value else { panic!() };
    assert_eq!(number(&value), "544 98");
    for cut in 0..full.len() {
        assert_eq!(live(&full[..cut]), Err(Malformed::Truncated), "{cut}");
    }
    assert_eq!(live(&[&full[..], &[0]].concat()), Err(Malformed::Trailing));
}

#[test]
fn every_optional_field_is_read_in_order() {
    let full = bytes(
        "01 3800 ff03 b84b0200 22729d2b2900000600 3c000000 2200 07000000 ff 01 3c4c0200 01 05000000 \
         01 06000000 01 b84b0200 0100 04 62 2002 620000ff",
    );
    let o = live(&full).unwrap();
    assert_eq!(o.duration.unwrap().unwrap().to_string(), "60");
    assert!(o.status.any(Status::QUESTIONABLE) && o.status.any(Status::EARLY_ESTIMATE));
    assert_eq!((o.id, o.patient), (Some(7), None));
    assert_eq!(o.derived_from.iter().collect::<Vec<_>>(), [5]);
    assert_eq!(o.member_of.iter().collect::<Vec<_>>(), [6]);
    let attributes: Vec<Attribute<'_>> = o.attributes.iter().collect();
    assert_eq!(attributes, [Attribute { kind: 150_456, format: 4, octets: &[0x62] }]);
    let Value::Simple(value) = o.value else { panic!() };
    assert_eq!(number(&value), "544 9.8");
}

#[test]
fn a_compound_has_components_and_a_bundle_observations() {
    let pressure = bytes(PRESSURE);
    let o = live(&pressure).unwrap();
    let Value::Compound(components) = o.value else { panic!() };
    let values: Vec<String> = components.iter().map(|c| format!("{} {}", c.kind, number(&c.value))).collect();
    assert_eq!(values, ["150021 3872 100", "150022 3872 60", "150023 3872 80"]);
    let bundle = bytes(BUNDLE);
    let o = live(&bundle).unwrap();
    let Value::Bundle(members) = o.value else { panic!() };
    assert_eq!(members.iter().map(|m| m.kind).collect::<Vec<_>>(), [Some(150_456), Some(149_530)]);
    for full in [&pressure, &bundle] {
        for cut in 0..full.len() {
            assert_eq!(live(&full[..cut]), Err(Malformed::Truncated), "{cut}");
        }
    }
}

#[test]
fn every_other_class() {
    for (hex, expected) in [
        ("02 0600 0000 62000000", "Discrete(98)"),
        ("03 0700 0000 0300 4d616e", "Text(\"Man\")"),
        ("05 0b00 0000 02 f0000300 ae010300", "Events("),
        ("06 0900 0000 02 ffff 0f00 f000", "States(States { supported: [255, 255], states: [15, 0]"),
        ("04 1a00 0000 b210 01000000 00000000 0a0000fd 01 02 02000000 f907fb07", "width: 2"),
        ("08 0b00 0000 01 b84b0200 0100 04 62", "Attributes("),
    ] {
        let full = bytes(hex);
        let mut fixed = full.clone();
        fixed[1] = u8::try_from(full.len() - 3).unwrap();
        let text = format!("{:?}", live(&fixed).unwrap().value);
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn what_is_not_defined_is_refused() {
    for (hex, error) in [
        ("00 0200 0000", Malformed::Undefined),
        ("09 0200 0000", Malformed::Undefined),
        ("03 0500 0000 0100 ff", Malformed::NotText),
        // A compound in a compound, a bundle in a bundle.
        ("07 0900 0000 01 00000000 07 00", Malformed::Undefined),
        ("ff 0900 0000 01 ff 0300 0000 00", Malformed::Undefined),
        // A length that is too long or too short for the value.
        ("02 0700 0000 62000000", Malformed::Truncated),
        ("02 0700 0000 62000000 00", Malformed::Trailing),
        ("04 1600 0000 b210 01000000 00000000 0a0000fd 01 ff ffffffff", Malformed::Truncated),
    ] {
        let bytes = bytes(hex);
        assert_eq!(live(&bytes), Err(error), "{hex}");
    }
}

#[test]
fn a_stored_observation_begins_with_its_number() {
    let full = bytes(&("05000000".to_owned() + SATURATION));
    let s = stored(&full).unwrap();
    assert_eq!((s.record, s.observation.kind), (5, Some(150_456)));
    assert_eq!(stored(&full[1..]), Err(Malformed::Truncated));
    assert_eq!(stored(&full[..3]), Err(Malformed::Truncated));
}

proptest! {
    #[test]
    fn never_panics_and_never_invents(
        class in 0u8..10, flags in 0u16..1024, rest in proptest::collection::vec(any::<u8>(), 0..80),
    ) {
        let length = u16::try_from(rest.len() + 2).unwrap().to_le_bytes();
        let class = if class == 9 { 0xFF } else { class };
        let full = [&[class], &length[..], &flags.to_le_bytes()[..], &rest[..]].concat();
        if let Ok(o) = live(&full) {
            prop_assert_eq!(o.kind.is_some(), flags & 1 != 0);
            prop_assert!(live(&full[..full.len() - 1]).is_err());
            match o.value {
                Value::Compound(c) => prop_assert!(c.iter().count() <= 255),
                Value::Attributes(a) => prop_assert!(a.iter().count() <= 255),
                Value::Bundle(m) => prop_assert!(m.iter().count() <= 255),
                Value::Simple(_) => {}
            }
        }
    }

    /// What was checked is what is read: no component is lost, and none is made up.
    #[test]
    fn a_compound_gives_every_component(
        components in proptest::collection::vec((any::<[u8; 4]>(), 1u8..4, any::<[u8; 6]>()), 0..20),
    ) {
        let mut body = vec![0, 0, u8::try_from(components.len()).unwrap()];
        for (kind, class, octets) in &components {
            body.extend(kind);
            body.push(*class);
            match class {
                1 => body.extend(octets),
                2 => body.extend(&octets[..4]),
                _ => body.extend([&[3, 0][..], b"abc"].concat()),
            }
        }
        let length = u16::try_from(body.len()).unwrap().to_le_bytes();
        let full = [&[7], &length[..], &body[..]].concat();
        let Ok(Observation { value: Value::Compound(read), .. }) = live(&full) else { panic!("{full:?}") };
        let kinds: Vec<u32> = components.iter().map(|(kind, ..)| u32::from_le_bytes(*kind)).collect();
        prop_assert_eq!(read.iter().map(|c| c.kind).collect::<Vec<_>>(), kinds);
        prop_assert!(live(&full[..full.len() - 1]).is_err());
    }

    #[test]
    fn random_octets_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        let _ = (live(&bytes), stored(&bytes));
    }
}
