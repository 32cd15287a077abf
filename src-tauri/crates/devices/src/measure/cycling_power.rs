//! Cycling Power Measurement as a reading.

use salus_wire::{Category, Decimal, Quantity, Reading};

use super::cycling::Counters;
use super::{Draft, Source};
use crate::gatt::cycling_power::CyclingPower;
use crate::{Moment, Reason};

/// A power packet as a reading: power, and speed and cadence when the packet before allows them. The time of arrival is
/// its time: the packet carries none. Its energy is work at the pedals, not what the body expended, and is not stored.
///
/// # Errors
/// [`Reason::Impossible`] outside the ranges.
pub fn reading(
    packet: &CyclingPower,
    counters: &mut Counters,
    source: &Source,
    arrived: Moment,
) -> Result<Reading, Reason> {
    let speed = packet.wheel.and_then(|wheel| counters.speed(wheel, arrived.at));
    let cadence = packet.crank.and_then(|crank| counters.cadence(crank, arrived.at));
    let mut draft = Draft::new(source);
    draft.require(Quantity::Power, Ok(Decimal::whole(i64::from(packet.watt))))?;
    draft.include(Quantity::Speed, speed.map(Ok))?;
    draft.include(Quantity::Cadence, cadence.map(Ok))?;
    draft.untimed(Category::Activity, arrived)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gatt::cycling_power::decode;
    use crate::measure::clock::DeviceClock;
    use salus_wire::DeviceId;

    #[test]
    fn power_is_there_at_once_and_the_rest_with_the_second_packet() {
        let source =
            Source { device: DeviceId([7; 16]), link_encrypted: Some(true), clock: DeviceClock::Unknown };
        let mut counters = Counters::power(2000);
        let mut take = |bytes: &[u8], at| {
            reading(&decode(bytes).unwrap(), &mut counters, &source, Moment { at, utc_offset_minutes: 0 })
        };
        let first = take(&[0x30, 0, 250, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0).unwrap();
        assert_eq!(first.components.len(), 1);
        let second = take(&[0x30, 0, 0, 0, 5, 0, 0, 0, 0, 8, 3, 0, 0, 8], 2000).unwrap();
        let values: Vec<String> =
            second.components.iter().map(|c| format!("{:?} {}", c.quantity, c.value)).collect();
        assert_eq!(values, ["Power 0", "Speed 10.000", "Cadence 90.0"]);
        assert_eq!(take(&[0, 0, 0xFF, 0x7F], 3000), Err(Reason::Impossible));
    }
}
