//! CSC Measurement as a reading: speed and cadence from two packets' counters.
//!
//! ```text
//! speed   = (revolutions - before) * circumference / (time - before)      wheel, u32 and u16, both wrap
//! cadence = (revolutions - before) / (time - before)                      crank, u16 and u16, both wrap
//! ```
//!
//! | counters | value |
//! |---|---|
//! | the first packet | none |
//! | the event's time is the one before: no revolution ended since | none |
//! | the event before was seen so long ago that its time may have wrapped | none; counting begins anew |
//! | a counter ran backwards: a wheel that is rolled back, a sensor that restarted | none; counting begins anew |
//! | else | as above, modulo the counter's size |

use salus_wire::{Category, Decimal, Quantity, Reading, UnixMillis};

use super::{Draft, Source, unit};
use crate::gatt::cycling::{Crank, Cycling, Wheel};
use crate::{Moment, Reason};

/// Ticks a second of a crank's time, and of a wheel's in 2A5B.
pub const TICKS: u16 = 1024;

/// Ticks a second of a wheel's time in 2A63.
pub const POWER_WHEEL_TICKS: u16 = 2048;

/// Way of one revolution of the most usual wheel, 700 x 25C, mm.
pub const USUAL_CIRCUMFERENCE_MM: u16 = 2105;

/// A counter's last event.
#[derive(Debug, Clone, Copy)]
struct Event<N> {
    revolutions: N,
    ticks: u16,
    seen: UnixMillis,
}

/// The counters of one sensor as the packet before left them.
#[derive(Debug, Clone, Copy)]
pub struct Counters {
    circumference_mm: u16,
    wheel_hertz: u16,
    wheel: Option<Event<u32>>,
    crank: Option<Event<u16>>,
}

impl Counters {
    /// For 2A5B and a wheel of this circumference.
    #[must_use]
    pub const fn cycling(circumference_mm: u16) -> Self {
        Self { circumference_mm, wheel_hertz: TICKS, wheel: None, crank: None }
    }

    /// For 2A63 and a wheel of this circumference.
    #[must_use]
    pub const fn power(circumference_mm: u16) -> Self {
        Self { circumference_mm, wheel_hertz: POWER_WHEEL_TICKS, wheel: None, crank: None }
    }

    /// Takes the wheel's counter and gives the speed, m/s, since its last event.
    pub fn speed(&mut self, now: Wheel, arrived: UnixMillis) -> Option<Decimal> {
        let event = Event { revolutions: now.revolutions, ticks: now.ticks, seen: arrived };
        let before = follow(&mut self.wheel, event)?;
        let turns = now.revolutions.wrapping_sub(before.revolutions);
        if turns > u32::MAX / 2 || is_stale(before.seen, arrived, self.wheel_hertz) {
            return None;
        }
        let ticks = now.ticks.wrapping_sub(before.ticks);
        unit::wheel_speed(turns, self.circumference_mm, ticks, self.wheel_hertz)
    }

    /// Takes the crank's counter and gives the cadence, /min, since its last event.
    pub fn cadence(&mut self, now: Crank, arrived: UnixMillis) -> Option<Decimal> {
        let event = Event { revolutions: now.revolutions, ticks: now.ticks, seen: arrived };
        let before = follow(&mut self.crank, event)?;
        let turns = now.revolutions.wrapping_sub(before.revolutions);
        if turns > u16::MAX / 2 || is_stale(before.seen, arrived, TICKS) {
            return None;
        }
        unit::crank_cadence(turns, now.ticks.wrapping_sub(before.ticks), TICKS)
    }
}

/// Remembers a new event and gives the one before; an event that is sent again keeps the time when it was first seen.
fn follow<N: Copy>(last: &mut Option<Event<N>>, now: Event<N>) -> Option<Event<N>> {
    match *last {
        Some(before) if before.ticks == now.ticks => None,
        before => {
            *last = Some(now);
            before
        }
    }
}

/// True when 2^16 ticks may have passed between two events: half of that is allowed, because a packet can arrive late.
const fn is_stale(before: UnixMillis, now: UnixMillis, hertz: u16) -> bool {
    let half_a_wrap = 32_768 * 1000 / hertz as i64;
    let gap = now.saturating_sub(before);
    gap < 0 || gap > half_a_wrap
}

/// A cycling packet as a reading. The time of arrival is its time: the packet carries none.
///
/// # Errors
/// [`Reason::NoValue`] when neither speed nor cadence can be told from the packet before, [`Reason::Impossible`]
/// outside the ranges.
pub fn reading(
    packet: &Cycling,
    counters: &mut Counters,
    source: &Source,
    arrived: Moment,
) -> Result<Reading, Reason> {
    let speed = packet.wheel.and_then(|wheel| counters.speed(wheel, arrived.at));
    let cadence = packet.crank.and_then(|crank| counters.cadence(crank, arrived.at));
    if speed.is_none() && cadence.is_none() {
        return Err(Reason::NoValue);
    }
    let mut draft = Draft::new(source);
    draft.include(Quantity::Speed, speed.map(Ok))?;
    draft.include(Quantity::Cadence, cadence.map(Ok))?;
    draft.untimed(Category::Activity, arrived)
}

#[cfg(test)]
mod tests;
