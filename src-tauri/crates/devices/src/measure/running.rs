//! RSC Measurement as a reading.

use salus_wire::{Category, Decimal, Quantity, Reading};

use super::{Draft, Source, unit};
use crate::gatt::running::Running;
use crate::{Moment, Reason};

/// A running packet as a reading. The time of arrival is its time: the packet carries none. Whether the person walks or
/// runs is not stored: a sensor that cannot tell says "walking" too.
///
/// # Errors
/// [`Reason::Impossible`] outside the ranges.
pub fn reading(run: &Running, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let mut draft = Draft::new(source);
    draft.require(Quantity::Speed, Ok(unit::speed_256(run.speed_256)))?;
    draft.require(Quantity::Cadence, Ok(Decimal::whole(i64::from(run.cadence))))?;
    draft.include(Quantity::StrideLength, run.stride_cm.map(|cm| Ok(Decimal::whole(i64::from(cm)))))?;
    let metres = run.distance_dm.map(|dm| Ok(Decimal { mantissa: i64::from(dm), exponent: -1 }));
    draft.include(Quantity::Distance, metres)?;
    draft.untimed(Category::Activity, arrived)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gatt::running::decode;
    use crate::measure::clock::DeviceClock;
    use salus_wire::DeviceId;

    const NOW: Moment = Moment { at: 1_779_352_245_000, utc_offset_minutes: 0 };

    fn run(bytes: &[u8]) -> Result<Reading, Reason> {
        let source =
            Source { device: DeviceId([7; 16]), link_encrypted: Some(true), clock: DeviceClock::Unknown };
        reading(&decode(bytes).unwrap(), &source, NOW)
    }

    #[test]
    fn a_packet_becomes_an_activity() {
        let r = run(&[0x07, 0x80, 0x02, 170, 110, 0, 0x10, 0x27, 0, 0]).unwrap();
        let values: Vec<String> =
            r.components.iter().map(|c| format!("{:?} {}", c.quantity, c.value)).collect();
        assert_eq!(values, ["Speed 2.500", "Cadence 170", "StrideLength 110", "Distance 1000.0"]);
        assert_eq!((r.category, r.at), (Category::Activity, NOW.at));
    }

    #[test]
    fn standing_still_is_a_value_and_flying_is_not() {
        assert_eq!(run(&[0, 0, 0, 0]).unwrap().value(Quantity::Speed).unwrap().to_string(), "0.000");
        assert_eq!(run(&[0, 0, 0x3D, 0]), Err(Reason::Impossible));
    }
}
