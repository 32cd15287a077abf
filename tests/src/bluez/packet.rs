//! A profile's packets from the values that they carry: the other direction of `salus_devices::gatt`, written from the
//! layouts and not from the decoders.

pub mod activity;
pub mod body;
pub mod overheard;
pub mod pressure;
pub mod sensor;
pub mod sugar;

use super::wave::{date_time, wall};

/// An instant in UTC as the seven octets of a Date Time.
fn time(unix_millis: i64) -> [u8; 7] {
    date_time(wall(unix_millis))
}

#[cfg(test)]
mod tests {
    use super::super::wave::Wave;
    use super::*;
    use salus_devices::gatt;
    use salus_devices::gatt::crc::Protection;

    const AT: i64 = 1_779_352_245_000;

    #[test]
    fn every_packet_decodes_to_what_went_in() {
        let mut wave = Wave::new(11);
        for _ in 0..200 {
            let n = |wave: &mut Wave, high: i64| u16::try_from(wave.between(1, high)).unwrap();
            let kg_200 = n(&mut wave, 40_000);
            let w = gatt::weight::decode(&body::weight(kg_200, AT, 3)).unwrap();
            assert_eq!(w.weight.map(|v| v.mantissa), Some(i64::from(kg_200) * 5));
            assert_eq!(w.user, Some(3));
            let [first, second] = body::composition(250, 9000, kg_200, AT, 1);
            assert!(gatt::body_composition::decode(&first).unwrap().in_two);
            assert_eq!(gatt::body_composition::decode(&second).unwrap().weight, w.weight);
            let tenths = wave.between(350, 410);
            let t = gatt::thermometer::decode(&body::temperature(tenths, AT, 3)).unwrap();
            assert_eq!(t.value.unwrap().mantissa, tenths);
            let spot = gatt::pulse_oximeter::spot_check(&body::spot_check(97, 61, AT)).unwrap();
            assert_eq!(spot.oxygen.saturation.unwrap().mantissa, 97);
            gatt::pulse_oximeter::continuous(&body::continuous(97, 61, 0)).unwrap();
            let (number, mg) = (n(&mut wave, 60_000), n(&mut wave, 500));
            let g = gatt::glucose::decode(&sugar::glucose(number, AT, 15, mg, true)).unwrap();
            assert_eq!((g.sequence, g.context_follows), (number, true));
            let c = gatt::glucose::context::decode(&sugar::context(number, 45, 2)).unwrap();
            assert_eq!(c.sequence, number);
            let records = sugar::sensor(&[(5, 120), (10, 125)]);
            assert_eq!(gatt::cgm::decode(&records, Protection::Plain).unwrap().count(), 2);
            gatt::running::decode(&activity::running(700, 170, 110, 12_345)).unwrap();
            gatt::cycling::decode(&activity::cycling(9, 1024, 3, 512)).unwrap();
            let power = activity::power(230, 9, 2048, 3, 1024);
            assert_eq!(gatt::cycling_power::decode(&power).unwrap().watt, 230);
        }
    }
}
