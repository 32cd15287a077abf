//! One reading for one weighing, however often the scale sends it.
//!
//! A scale sends a weighing again and again: while the weight moves, when it is stable, with the impedance some
//! seconds later, when the person stepped off, and after that for as long as it is awake. What is told apart is the
//! time of the weighing; without one, that the weight moved in between.

use salus_wire::Decimal;
use salus_wire::measure::DeviceTime;

use super::Weighing;

/// What makes two packets one weighing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    At(DeviceTime),
    Untimed(Decimal),
}

/// One scale's packets, in order of arrival. Holds at most one weighing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scale {
    given: Option<Key>,
    waiting: Option<Weighing>,
}

impl Scale {
    /// Takes a packet; gives a weighing when it is complete: stable, and of an analyser with the impedance or after the
    /// person stepped off. A weighing that another one replaced before it was complete is given too.
    pub fn hear(&mut self, packet: &Weighing) -> Option<Weighing> {
        if !packet.stable {
            if matches!(self.given, Some(Key::Untimed(_))) {
                self.given = None;
            }
            return None;
        }
        if self.given == Some(key(packet)) {
            return None;
        }
        let replaced = self.waiting.take().filter(|waiting| key(waiting) != key(packet));
        let complete = !packet.analyser || packet.impedance.is_some() || packet.stepped_off;
        if let Some(replaced) = replaced {
            // The new one is sent again, so it can wait even when it is complete.
            self.waiting = Some(*packet);
            return self.give(replaced);
        }
        if complete { self.give(*packet) } else { self.waiting.replace(*packet).and(None) }
    }

    /// Gives the weighing that still waits for its impedance, when the link ended or nothing was heard for a while.
    pub fn silence(&mut self) -> Option<Weighing> {
        let waiting = self.waiting.take()?;
        self.give(waiting)
    }

    fn give(&mut self, weighing: Weighing) -> Option<Weighing> {
        self.given = Some(key(&weighing));
        Some(weighing)
    }
}

fn key(w: &Weighing) -> Key {
    match w.time.filter(|t| t.year != 0 && t.month != 0 && t.day != 0) {
        Some(time) => Key::At(time),
        None => Key::Untimed(w.weight),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{decode_first, decode_second};
    use super::*;
    use proptest::prelude::*;

    fn all(packets: &[&str]) -> Vec<Weighing> {
        let mut scale = Scale::default();
        let decode = |hex: &&str| {
            let bytes = hex::decode(hex).unwrap();
            if bytes.len() == 10 { decode_first(&bytes) } else { decode_second(&bytes) }.unwrap()
        };
        let mut given: Vec<_> = packets.iter().filter_map(|p| scale.hear(&decode(p))).collect();
        given.extend(scale.silence());
        assert_eq!(scale.silence(), None);
        given
    }

    const MOVING: &str = "0204e307011d1135100000a852";
    const STABLE: &str = "0224e307011d11351800004c40";
    const COMPLETE: &str = "0226e307011d113518e5014c40";
    const OFF: &str = "02a6e307011d113518e5014c40";

    #[test]
    fn a_weighing_sent_many_times_is_one_reading_with_its_impedance() {
        let given = all(&[MOVING, STABLE, STABLE, COMPLETE, COMPLETE, OFF, OFF, STABLE]);
        assert_eq!(given.len(), 1);
        assert_eq!((given[0].weight.to_string(), given[0].impedance), ("82.300".into(), Some(485)));
    }

    #[test]
    fn shoes_give_no_impedance_and_still_a_reading() {
        for packets in [&[MOVING, STABLE][..], &[STABLE, "02a4e307011d11351800004c40", STABLE]] {
            let given = all(packets);
            assert_eq!(given.len(), 1);
            assert_eq!(given[0].impedance, None);
        }
    }

    #[test]
    fn the_next_person_is_the_next_reading() {
        let other = "0226e307011d11360000025040";
        assert_eq!(all(&[COMPLETE, MOVING, other, other]).len(), 2);
        // The first had not finished when the second began.
        let given = all(&[STABLE, other, other]);
        assert_eq!(given.iter().map(|w| w.impedance).collect::<Vec<_>>(), [None, Some(512)]);
    }

    #[test]
    fn without_a_time_a_moving_weight_begins_another() {
        let (moving, stable) = ("02040000000000000000004c40", "02a40000000000000000004c40");
        assert_eq!(all(&[moving, stable, stable]).len(), 1);
        assert_eq!(all(&[stable, moving, stable]).len(), 2);
    }

    #[test]
    fn the_first_scale_waits_for_nothing() {
        assert_eq!(all(&["229e43e507040b101301", "a29e43e507040b101301"]).len(), 1);
        assert_eq!(all(&["029e43e507040b101301", "829e43e507040b101301"]).len(), 0);
    }

    proptest! {
        #[test]
        fn a_time_is_given_at_most_once_in_a_row(
            packets in proptest::collection::vec((any::<u8>(), 0u8..3), 0..40),
        ) {
            let mut scale = Scale::default();
            let mut last = None;
            for (flags, second) in packets {
                let bytes = [2, flags, 0xE3, 7, 1, 29, 17, 53, second, 1, 1, 0x4C, 0x40];
                if let Some(given) = scale.hear(&decode_second(&bytes).unwrap()) {
                    prop_assert!(given.stable);
                    prop_assert_ne!(last, given.time);
                    last = given.time;
                }
            }
        }
    }
}
