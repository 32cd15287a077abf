//! Brings a measurement and its context together: they come as two notifications with one sequence number.
//!
//! Bounds: at most [`Join::HELD`] measurements wait, none longer than [`Join::WAIT`] once the caller asks. Whatever a
//! device sends, every measurement comes out exactly once.

use std::collections::VecDeque;

use salus_wire::UnixMillis;

use crate::Moment;
use crate::gatt::glucose::Glucose;
use crate::gatt::glucose::context::Context;

/// A measurement with what is known about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joined {
    /// The measurement.
    pub glucose: Glucose,
    /// Its context, if it came.
    pub context: Option<Context>,
    /// When the measurement arrived.
    pub arrived: Moment,
}

/// Measurements whose context was announced and has not come.
#[derive(Debug, Clone, Default)]
pub struct Join {
    waiting: VecDeque<Joined>,
}

impl Join {
    /// Most measurements that wait; a device sends each context right behind its measurement.
    pub const HELD: usize = 8;

    /// Longest wait: 5 s. The context is the next notification of the same link, and a link that stays silent for longer
    /// is about to be lost.
    pub const WAIT: i64 = 5_000;

    /// Takes in a measurement. One without a context is given back at once; one with a context waits, and pushes the
    /// oldest out when too many do. The same record again pushes its copy out.
    pub fn measurement(&mut self, glucose: Glucose, arrived: Moment) -> Option<Joined> {
        let joined = Joined { glucose, context: None, arrived };
        if !glucose.context_follows {
            return Some(joined);
        }
        let copy = self.position(glucose.sequence);
        let pushed = match copy {
            Some(at) => self.waiting.remove(at),
            None if self.waiting.len() >= Self::HELD => self.waiting.pop_front(),
            None => None,
        };
        self.waiting.push_back(joined);
        pushed
    }

    /// Takes in a context and gives its measurement back; `None` when none waits for it.
    pub fn context(&mut self, context: Context) -> Option<Joined> {
        let at = self.position(context.sequence)?;
        let joined = self.waiting.remove(at)?;
        Some(Joined { context: Some(context), ..joined })
    }

    /// The oldest measurement that has waited too long; ask until there is none.
    pub fn overdue(&mut self, now: UnixMillis) -> Option<Joined> {
        let oldest = self.waiting.front()?;
        if now.saturating_sub(oldest.arrived.at) < Self::WAIT { None } else { self.waiting.pop_front() }
    }

    /// The oldest measurement that waits, when the link or a transfer has ended; ask until there is none.
    pub fn flush(&mut self) -> Option<Joined> {
        self.waiting.pop_front()
    }

    fn position(&self, sequence: u16) -> Option<usize> {
        self.waiting.iter().position(|j| j.glucose.sequence == sequence)
    }
}
