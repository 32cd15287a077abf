//! One recording of an electrocardiogram: begun, left running for its length, ended.
//!
//! ```text
//! start --answer--> Started --its length, or stop()--> stop --answer or silence--> Ended
//! refused: Refused      no answer for PATIENCE: Unanswered      the device stops by itself, the link ends: Cut
//! ```
//!
//! Sans-I/O: the session writes what [`Recording::step`] says and hands in each message of the control point and the time.
//! What was measured until a [`Outcome::Cut`] is stored like everything else.

use salus_wire::UnixMillis;

use super::{Answer, Error, Kind, Message, start_ecg, stop};

/// How long a device may take to answer: 10 s.
pub const PATIENCE: i64 = 10_000;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It runs, until this instant.
    Started {
        /// Unix time.
        until: UnixMillis,
    },
    /// It ended as wanted.
    Ended,
    /// It ended too soon.
    Cut,
    /// The device refused.
    Refused(Error),
    /// It did not answer.
    Unanswered,
}

/// What to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Write these octets to the control point; they are given once.
    Send(Vec<u8>),
    /// Nothing, until a message or the next step.
    Wait,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Starting(UnixMillis),
    /// Told, and then left running.
    Begun(UnixMillis),
    Running(UnixMillis),
    Stop,
    Stopping(UnixMillis),
    Ending(Outcome),
    Over,
}

/// One recording.
#[derive(Debug, Clone)]
pub struct Recording {
    state: State,
    length: i64,
}

impl Recording {
    /// A recording of so many milliseconds.
    #[must_use]
    pub const fn new(length: i64) -> Self {
        Self { state: State::Start, length }
    }

    /// What is to be told, also while nothing can be written.
    pub fn outcome(&mut self) -> Option<Outcome> {
        match self.state {
            State::Begun(until) => {
                self.state = State::Running(until);
                Some(Outcome::Started { until })
            }
            State::Ending(outcome) => {
                self.state = State::Over;
                Some(outcome)
            }
            _ => None,
        }
    }

    /// What to do at `now`.
    pub fn step(&mut self, now: UnixMillis) -> Step {
        match self.state {
            State::Start => {
                self.state = State::Starting(now.saturating_add(PATIENCE));
                Step::Send(start_ecg().to_vec())
            }
            State::Running(until) if now >= until => self.send_stop(now),
            State::Stop => self.send_stop(now),
            State::Starting(until) if now >= until => {
                self.state = State::Ending(Outcome::Unanswered);
                Step::Wait
            }
            State::Stopping(until) if now >= until => {
                self.state = State::Ending(Outcome::Ended);
                Step::Wait
            }
            _ => Step::Wait,
        }
    }

    fn send_stop(&mut self, now: UnixMillis) -> Step {
        self.state = State::Stopping(now.saturating_add(PATIENCE));
        Step::Send(stop(Kind::Ecg).to_vec())
    }

    /// Takes in what the control point said; what is about something else is ignored.
    pub fn message(&mut self, message: Message<'_>, now: UnixMillis) {
        let ecg = Kind::Ecg.code();
        self.state = match (message, self.state) {
            (Message::Answer(Answer { op: 0x02, kind, outcome, .. }), State::Starting(_)) if kind == ecg => {
                match outcome {
                    // One that runs already was begun on a link before this one.
                    Ok(_) | Err(Error::AlreadyInState) => State::Begun(now.saturating_add(self.length)),
                    Err(error) => State::Ending(Outcome::Refused(error)),
                }
            }
            (Message::Answer(Answer { op: 0x03, kind, .. }), State::Stopping(_)) if kind == ecg => {
                State::Ending(Outcome::Ended)
            }
            (Message::Stopped(kinds), State::Begun(_) | State::Running(_)) if kinds.contains(&ecg) => {
                State::Ending(Outcome::Cut)
            }
            (Message::Stopped(kinds), State::Stopping(_)) if kinds.contains(&ecg) => {
                State::Ending(Outcome::Ended)
            }
            (_, state) => state,
        };
    }

    /// The person ends it.
    pub fn stop(&mut self) {
        self.state = match self.state {
            State::Start => State::Ending(Outcome::Ended),
            State::Starting(_) | State::Begun(_) | State::Running(_) => State::Stop,
            state => state,
        };
    }

    /// The write failed, or the link ended.
    pub fn lost(&mut self) {
        self.state = match self.state {
            State::Start | State::Starting(_) => State::Ending(Outcome::Unanswered),
            State::Begun(_) | State::Running(_) => State::Ending(Outcome::Cut),
            State::Stop | State::Stopping(_) => State::Ending(Outcome::Ended),
            state => state,
        };
    }

    /// True once the last outcome was told.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.state == State::Over
    }
}

#[cfg(test)]
mod tests;
