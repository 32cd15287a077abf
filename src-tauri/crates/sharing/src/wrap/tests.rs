use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../../tests/vectors/golden-vectors.json")).unwrap()
}

fn array<const N: usize>(value: &Value) -> [u8; N] {
    hex::decode(value.as_str().unwrap()).unwrap().try_into().unwrap()
}

fn number(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

#[test]
fn commitments_and_wraps_are_the_golden_ones() {
    let v = vectors();
    let secret = GrantSecret::from_bytes(array(&v["c_g"]));
    let slots = v["slots"].as_array().unwrap();
    assert_eq!(slots.len(), 3);
    for s in slots {
        let level = u8::try_from(number(&s["level"])).unwrap();
        let place = Place {
            grant: GrantId(array(&v["grant_id"])),
            series: SeriesId(array(&v["series_id"])),
            generation: number(&v["generation"]),
            slot: Slot::new(level, number(&s["start_epoch"])).unwrap(),
        };
        let (prf, node): ([u8; 64], [u8; 32]) = (array(&s["prf"]), array(&s["node_key"]));
        let wrapped = wrap(&place, &secret, &prf, &node);
        assert_eq!(wrapped, array::<WRAP>(&s["wrap"]));
        assert_eq!(wrapped[..32], array::<32>(&s["kek_commit"]));
        assert_eq!(*unwrap(&place, &secret, &prf, &wrapped).unwrap(), node);
    }
}

proptest! {
    #[test]
    fn opens_in_its_place_only(
        grant: [u8; 32], series: [u8; 16], generation: u32, start in 0u32..1 << 20, key: [u8; 32], node: [u8; 32],
        seed: [u8; 32], bit in 0usize..WRAP * 8,
    ) {
        let mut prf = [0; 64];
        prf[..32].copy_from_slice(&seed);
        let secret = GrantSecret::from_bytes(key);
        let place = Place {
            grant: GrantId(grant), series: SeriesId(series), generation, slot: Slot::new(0, start).unwrap(),
        };
        let wrapped = wrap(&place, &secret, &prf, &node);
        prop_assert_eq!(*unwrap(&place, &secret, &prf, &wrapped).unwrap(), node);

        let mut bent = wrapped;
        bent[bit / 8] ^= 1 << (bit % 8);
        let why = if bit < 256 { WrapError::OtherKey } else { WrapError::Altered };
        prop_assert_eq!(unwrap(&place, &secret, &prf, &bent).map(drop), Err(why));

        let mut other = [place; 4];
        other[0].grant.0[0] ^= 1;
        other[1].series.0[0] ^= 1;
        other[2].generation ^= 1;
        other[3].slot = Slot::new(0, start ^ 1).unwrap();
        for other in other {
            prop_assert_eq!(unwrap(&other, &secret, &prf, &wrapped).map(drop), Err(WrapError::OtherKey));
        }
        prf[63] ^= 1;
        prop_assert_eq!(unwrap(&place, &secret, &prf, &wrapped).map(drop), Err(WrapError::OtherKey));
    }
}

#[test]
fn a_secret_prints_as_nothing() {
    assert_eq!(format!("{:?}", GrantSecret::from_bytes([1; 32])), "GrantSecret(..)");
}
