//! Two packets of one measurement put together.
//!
//! An analyser whose fields do not fit one packet sets bit 12 in both and sends them one after the other. Nothing
//! numbers them: two belong together when no field is in both and nothing that both say differs.

use salus_wire::{Decimal, UnixMillis};

use super::BodyComposition;

/// How long a first packet waits for its second: 30 s, the time after which an indication that is not confirmed ends
/// the link.
///
/// # Source
/// Core specification 6.0, volume 3 part F 3.3.3, transaction timeout.
pub const PATIENCE: i64 = 30_000;

/// Holds at most one packet.
#[derive(Debug, Clone, Copy, Default)]
pub struct Joiner {
    first: Option<(BodyComposition, UnixMillis)>,
}

/// What came of one packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joined {
    /// A whole measurement, when there is one.
    pub whole: Option<BodyComposition>,
    /// True when a first packet was given up, because its second did not come: the caller counts it as malformed.
    pub given_up: bool,
}

impl Joiner {
    /// Takes the next packet.
    pub fn push(&mut self, packet: BodyComposition, now: UnixMillis) -> Joined {
        let waiting = self.first.take();
        if !packet.in_two {
            return Joined { whole: Some(packet), given_up: waiting.is_some() };
        }
        let whole = waiting
            .filter(|(_, since)| (0..=PATIENCE).contains(&now.saturating_sub(*since)))
            .and_then(|(first, _)| join(first, packet));
        if whole.is_none() {
            self.first = Some((packet, now));
        }
        Joined { whole, given_up: whole.is_none() && waiting.is_some() }
    }

    /// Forgets a first packet, as when the link ends; true when there was one.
    pub const fn give_up(&mut self) -> bool {
        self.first.take().is_some()
    }
}

fn join(a: BodyComposition, b: BodyComposition) -> Option<BodyComposition> {
    // The fat is in every packet: the second repeats it, or has the code for none.
    let fat = agree(a.fat, b.fat)?;
    (a.unit == b.unit).then_some(())?;
    Some(BodyComposition {
        unit: a.unit,
        in_two: false,
        fat,
        time: agree(a.time, b.time)?,
        user: agree(a.user, b.user)?,
        basal: once(a.basal, b.basal)?,
        muscle_share: once(a.muscle_share, b.muscle_share)?,
        muscle: once(a.muscle, b.muscle)?,
        fat_free: once(a.fat_free, b.fat_free)?,
        soft_lean: once(a.soft_lean, b.soft_lean)?,
        water: once(a.water, b.water)?,
        impedance: once(a.impedance, b.impedance)?,
        weight: once(a.weight, b.weight)?,
        height: once(a.height, b.height)?,
    })
}

/// The outer `None` when both say something and not the same.
fn agree<T: PartialEq>(a: Option<T>, b: Option<T>) -> Option<Option<T>> {
    match (a, b) {
        (Some(a), Some(b)) => (a == b).then_some(Some(a)),
        (a, b) => Some(a.or(b)),
    }
}

/// The outer `None` when the field is in both: then these are two first packets.
fn once(a: Option<Decimal>, b: Option<Decimal>) -> Option<Option<Decimal>> {
    if a.is_some() && b.is_some() { None } else { Some(a.or(b)) }
}

#[cfg(test)]
mod tests {
    use super::super::decode;
    use super::*;
    use proptest::prelude::*;

    /// Fat 20 %, user 3, muscle 35 kg.
    const FIRST: [u8; 7] = [0x24, 0x10, 200, 0, 3, 0x58, 0x1B];
    /// Fat not repeated, user 3, weight 70 kg.
    const SECOND: [u8; 7] = [0x04, 0x14, 0xFF, 0xFF, 3, 0xB0, 0x36];

    fn packet(bytes: &[u8]) -> BodyComposition {
        decode(bytes).unwrap()
    }

    #[test]
    fn two_packets_become_one_measurement() {
        let mut joiner = Joiner::default();
        assert_eq!(joiner.push(packet(&FIRST), 0), Joined { whole: None, given_up: false });
        let joined = joiner.push(packet(&SECOND), 1000);
        let whole = joined.whole.unwrap();
        assert_eq!(whole.fat.unwrap().to_string(), "20.0");
        assert_eq!(whole.muscle.unwrap().to_string(), "35.000");
        assert_eq!(whole.weight.unwrap().to_string(), "70.000");
        assert_eq!((whole.user, whole.in_two, joined.given_up), (Some(3), false, false));
        assert!(!joiner.give_up());
    }

    #[test]
    fn a_second_packet_that_is_late_or_of_another_is_a_first() {
        for (second, at) in
            [(SECOND, PATIENCE + 1), (SECOND, -1), ([0x04, 0x14, 0xFF, 0xFF, 4, 0xB0, 0x36], 0)]
        {
            let mut joiner = Joiner::default();
            joiner.push(packet(&FIRST), 0);
            assert_eq!(joiner.push(packet(&second), at), Joined { whole: None, given_up: true });
            assert!(joiner.give_up());
        }
    }

    #[test]
    fn the_same_packet_twice_is_never_a_whole() {
        let mut joiner = Joiner::default();
        joiner.push(packet(&FIRST), 0);
        assert_eq!(joiner.push(packet(&FIRST), 0), Joined { whole: None, given_up: true });
        assert!(joiner.push(packet(&SECOND), 0).whole.is_some());
    }

    #[test]
    fn a_packet_that_is_whole_passes_and_ends_the_waiting() {
        let mut joiner = Joiner::default();
        joiner.push(packet(&FIRST), 0);
        let alone = packet(&[0, 0, 200, 0]);
        assert_eq!(joiner.push(alone, 0), Joined { whole: Some(alone), given_up: true });
        assert_eq!(joiner.push(alone, 0), Joined { whole: Some(alone), given_up: false });
    }

    proptest! {
        #[test]
        fn packets_are_whole_or_given_up_or_waiting(
            packets in proptest::collection::vec((any::<[u8; 4]>(), any::<[u8; 18]>(), any::<i64>()), 0..20),
        ) {
            let (mut joiner, mut taken, mut parts, mut lost) = (Joiner::default(), 0, 0, 0);
            for (head, tail, now) in packets {
                // Without a time, any flags make a packet of their own length.
                let flags = [head[0] & !0x02, head[1]];
                let bits = u16::from_le_bytes(flags);
                let len = usize::from(bits >> 2 & 1 != 0) + 2 * (3..12).filter(|b| bits >> b & 1 != 0).count();
                let mut bytes = vec![flags[0], flags[1], head[2], head[3]];
                bytes.extend(tail.iter().chain(&[0]).take(len));
                let packet = packet(&bytes);
                let joined = joiner.push(packet, now);
                taken += 1;
                lost += usize::from(joined.given_up);
                parts += joined.whole.map_or(0, |_| if packet.in_two { 2 } else { 1 });
            }
            prop_assert_eq!(taken, parts + lost + usize::from(joiner.give_up()));
        }
    }
}
