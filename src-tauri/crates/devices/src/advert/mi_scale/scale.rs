//! One reading for one weighing, however often the scale sends it.
//!
//! A scale sends a weighing again and again: while the weight moves, when it is stable, with the impedance some
//! seconds later, when the person stepped off, and after that for as long as it is awake. What is told apart is the
//! time of the weighing; without one, that the weight moved in between.

use salus_wire::measure::DeviceTime;
use salus_wire::{Decimal, UnixMillis};

use super::Weighing;
use crate::Moment;

/// Longest wait of a stable weighing for its impedance, or for the person to step off: 30 s. With bare feet the impedance comes
/// within about ten, and with shoes the packet of the step off may be missed.
pub const WAIT: i64 = 30_000;

/// What makes two packets one weighing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    At(DeviceTime),
    Untimed(Decimal),
}

/// A weighing, and when it was first heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// The weighing, with the impedance if it came.
    pub weighing: Weighing,
    /// When its weight was stable.
    pub arrived: Moment,
}

/// One scale's packets, in order of arrival. Holds at most one weighing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scale {
    given: Option<Key>,
    waiting: Option<Heard>,
}

impl Scale {
    /// Takes a packet; gives a weighing when it is complete: stable, and of an analyser with the impedance or after the
    /// person stepped off. A weighing that another one replaced before it was complete is given too.
    pub fn hear(&mut self, packet: &Weighing, now: Moment) -> Option<Heard> {
        if !packet.stable {
            if matches!(self.given, Some(Key::Untimed(_))) {
                self.given = None;
            }
            return None;
        }
        if self.given == Some(key(packet)) {
            return None;
        }
        let (same, replaced) = match self.waiting.take() {
            Some(waiting) if key(&waiting.weighing) == key(packet) => (Some(waiting), None),
            waiting => (None, waiting),
        };
        let heard = Heard { weighing: *packet, arrived: same.map_or(now, |same| same.arrived) };
        let complete = !packet.analyser || packet.impedance.is_some() || packet.stepped_off;
        if let Some(replaced) = replaced {
            // The new one is sent again, so it can wait even when it is complete.
            self.waiting = Some(heard);
            return self.give(replaced);
        }
        if complete { self.give(heard) } else { self.waiting.replace(heard).and(None) }
    }

    /// Gives the weighing that has waited for [`WAIT`]; to be asked about once a second.
    pub fn overdue(&mut self, now: UnixMillis) -> Option<Heard> {
        let since = self.waiting.as_ref()?.arrived.at;
        if now.saturating_sub(since) < WAIT { None } else { self.silence() }
    }

    /// Gives the weighing that still waits for its impedance, when the link ended.
    pub fn silence(&mut self) -> Option<Heard> {
        let waiting = self.waiting.take()?;
        self.give(waiting)
    }

    fn give(&mut self, heard: Heard) -> Option<Heard> {
        self.given = Some(key(&heard.weighing));
        Some(heard)
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

    const NOW: Moment = Moment { at: 1_564_422_904_000, utc_offset_minutes: 0 };

    fn all(packets: &[&str]) -> Vec<Weighing> {
        let mut scale = Scale::default();
        let decode = |hex: &&str| {
            let bytes = hex::decode(hex).unwrap();
            if bytes.len() == 10 { decode_first(&bytes) } else { decode_second(&bytes) }.unwrap()
        };
        let mut given: Vec<_> = packets.iter().filter_map(|p| scale.hear(&decode(p), NOW)).collect();
        given.extend(scale.silence());
        assert_eq!(scale.silence(), None);
        given.into_iter().map(|heard| heard.weighing).collect()
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
    fn a_step_off_that_was_missed_is_not_waited_for() {
        let mut scale = Scale::default();
        let after = |ms| Moment { at: NOW.at + ms, ..NOW };
        let hear = |scale: &mut Scale, hex: &str, ms| {
            scale.hear(&decode_second(&hex::decode(hex).unwrap()).unwrap(), after(ms))
        };
        // However often it is said.
        for ms in [0, 10_000, 29_000] {
            assert_eq!(hear(&mut scale, STABLE, ms), None);
            assert_eq!(scale.overdue(NOW.at + ms), None);
        }
        let given = scale.overdue(NOW.at + WAIT).unwrap();
        assert_eq!((given.arrived, given.weighing.impedance), (NOW, None));
        assert_eq!(scale.overdue(NOW.at + 10 * WAIT), None);
        for late in [STABLE, COMPLETE, OFF] {
            assert_eq!(hear(&mut scale, late, WAIT), None, "one weighing is one reading");
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
                if let Some(Heard { weighing: given, .. }) = scale.hear(&decode_second(&bytes).unwrap(), NOW) {
                    prop_assert!(given.stable);
                    prop_assert_ne!(last, given.time);
                    last = given.time;
                }
            }
        }
    }
}
