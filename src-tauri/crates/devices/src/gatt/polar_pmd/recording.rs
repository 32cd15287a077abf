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
mod tests {
    use super::*;
    use crate::gatt::polar_pmd::message;
    use proptest::prelude::*;

    const NOW: UnixMillis = 1_779_352_245_000;

    fn say(recording: &mut Recording, hex: &str, now: UnixMillis) {
        let octets = hex::decode(hex).expect("hex");
        recording.message(message(&octets).expect("a message"), now);
    }

    fn running() -> Recording {
        let mut r = Recording::new(30_000);
        assert_eq!(r.step(NOW), Step::Send(start_ecg().to_vec()));
        // Answers about settings and about another kind are not this one.
        say(&mut r, "f0010000", NOW);
        say(&mut r, "f0020200", NOW);
        assert_eq!(r.outcome(), None);
        say(&mut r, "f0020000", NOW + 100);
        assert_eq!(r.outcome(), Some(Outcome::Started { until: NOW + 30_100 }));
        r
    }

    #[test]
    fn it_runs_for_its_length_and_is_stopped() {
        let mut r = running();
        assert_eq!((r.step(NOW + 30_099), r.outcome()), (Step::Wait, None));
        assert_eq!(r.step(NOW + 30_100), Step::Send(vec![3, 0]));
        say(&mut r, "f0030000", NOW + 30_200);
        assert_eq!(r.outcome(), Some(Outcome::Ended));
        assert!(r.is_over());
    }

    #[test]
    fn a_person_a_device_and_a_link_end_it() {
        let mut r = running();
        r.stop();
        assert_eq!(r.step(NOW + 500), Step::Send(vec![3, 0]));
        // Silence after a stop is an end all the same.
        assert_eq!(r.step(NOW + 500 + PATIENCE), Step::Wait);
        assert_eq!(r.outcome(), Some(Outcome::Ended));

        let mut r = running();
        say(&mut r, "0102", NOW);
        assert_eq!(r.outcome(), None);
        say(&mut r, "010200", NOW);
        assert_eq!(r.outcome(), Some(Outcome::Cut));

        let mut r = running();
        r.lost();
        assert_eq!(r.outcome(), Some(Outcome::Cut));
    }

    #[test]
    fn a_refusal_and_a_silence_are_told() {
        let mut r = Recording::new(30_000);
        r.step(NOW);
        say(&mut r, "f002000d", NOW);
        assert_eq!(r.outcome(), Some(Outcome::Refused(Error::Charging)));

        let mut r = Recording::new(30_000);
        r.step(NOW);
        assert_eq!(r.step(NOW + PATIENCE), Step::Wait);
        assert_eq!(r.outcome(), Some(Outcome::Unanswered));
    }

    proptest! {
        /// Whatever a device says: it ends, is started once and stopped once at most.
        #[test]
        fn whatever_a_device_says_it_ends(said in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..8), 0..20)) {
            let mut r = Recording::new(30_000);
            let (mut sent, mut said) = (Vec::new(), said.into_iter());
            for turn in 0..20 {
                let now = NOW + turn * PATIENCE;
                if let Step::Send(octets) = r.step(now) {
                    sent.push(octets[0]);
                }
                if let Some(Ok(m)) = said.next().as_deref().map(message) {
                    r.message(m, now);
                }
                r.outcome();
            }
            prop_assert!(r.is_over());
            prop_assert!(sent == [2] || sent == [2, 3], "{sent:?}");
        }
    }
}
