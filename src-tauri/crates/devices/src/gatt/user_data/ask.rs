//! Being let in by a device that keeps several people apart: from what the person said to what the device answers.
//!
//! ```text
//! Register(code) --register--> user --consent--> Agreed      refused at either: Refused, nothing is kept
//! Known(user, code) --consent--> Agreed                      refused: Refused
//! no answer for PATIENCE: Unanswered
//! ```
//!
//! Sans-I/O: the session writes what [`Ask::step`] says and hands in each response and the time. A user is registered
//! once: whoever gets [`Outcome::Registered`] keeps the user with the code, and consents with them from then on.

use salus_wire::UnixMillis;

use super::{ConsentCode, Kind, Refusal, Request, Response};

/// How long a device may take to answer: 30 s, the procedure timeout of User Data Service 1.1, section 3.2.2.8.
pub const PATIENCE: i64 = 30_000;

/// What the person said about who they are to the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// They have a user on it.
    Known {
        /// User index, 0 to 254.
        user: u8,
        /// The user's code.
        code: ConsentCode,
    },
    /// A user is to be made.
    New {
        /// The code that the user gets.
        code: ConsentCode,
    },
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was said about who the person is; a device that insists sends nothing.
    Unsaid,
    /// A user was made; consent is asked for next.
    Registered {
        /// User index.
        user: u8,
        /// The user's code.
        code: ConsentCode,
    },
    /// The user's readings come out on this link.
    Agreed {
        /// User index.
        user: u8,
    },
    /// The device refused.
    Refused(Refusal),
    /// It did not answer, or the link ended before it did.
    Unanswered,
}

/// What to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Write these octets to 2A9F; they are given once.
    Send(Vec<u8>),
    /// Nothing, until a response or the next step.
    Wait,
    /// Tell this; more may follow until [`Ask::is_over`].
    Tell(Outcome),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Send(Person),
    Waiting(Person, UnixMillis),
    /// Registered: told, and then consented.
    Made {
        user: u8,
        code: ConsentCode,
    },
    Ending(Outcome),
    Over,
}

/// One conversation about who the person is.
#[derive(Debug, Clone)]
pub struct Ask(State);

impl Ask {
    /// Begins with what the person said.
    #[must_use]
    pub const fn new(person: Person) -> Self {
        Self(State::Send(person))
    }

    /// What is to be told already, also while nothing can be written.
    pub fn outcome(&mut self) -> Option<Outcome> {
        match self.0 {
            State::Made { user, code } => {
                self.0 = State::Send(Person::Known { user, code });
                Some(Outcome::Registered { user, code })
            }
            State::Ending(outcome) => {
                self.0 = State::Over;
                Some(outcome)
            }
            State::Send(_) | State::Waiting(..) | State::Over => None,
        }
    }

    /// What to do at `now`.
    pub fn step(&mut self, now: UnixMillis) -> Step {
        if let Some(outcome) = self.outcome() {
            return Step::Tell(outcome);
        }
        match self.0 {
            State::Send(person) => match request(person).encode() {
                Some(octets) => {
                    self.0 = State::Waiting(person, now.saturating_add(PATIENCE));
                    Step::Send(octets)
                }
                // User 255 is nobody.
                None => self.end(Outcome::Refused(Refusal::InvalidParameter)),
            },
            State::Waiting(_, until) if now < until => Step::Wait,
            State::Waiting(..) => self.end(Outcome::Unanswered),
            State::Made { .. } | State::Ending(_) | State::Over => Step::Wait,
        }
    }

    const fn end(&mut self, outcome: Outcome) -> Step {
        self.0 = State::Over;
        Step::Tell(outcome)
    }

    /// Takes in a response. One that does not answer the open request is ignored.
    pub fn response(&mut self, response: Response) {
        let State::Waiting(person, _) = self.0 else { return };
        self.0 = match (person, response.to, response.outcome) {
            (Person::New { code }, Kind::Register, Ok(Some(user))) if user != 255 => {
                State::Made { user, code }
            }
            (Person::New { .. }, Kind::Register, Ok(_)) => {
                State::Ending(Outcome::Refused(Refusal::OperationFailed))
            }
            (Person::Known { user, .. }, Kind::Consent, Ok(_)) => State::Ending(Outcome::Agreed { user }),
            (Person::New { .. }, Kind::Register, Err(why))
            | (Person::Known { .. }, Kind::Consent, Err(why)) => State::Ending(Outcome::Refused(why)),
            _ => return,
        };
    }

    /// The write failed, or the link ended.
    pub fn lost(&mut self) {
        if !self.is_over() {
            self.0 = State::Ending(Outcome::Unanswered);
        }
    }

    /// True once the last outcome was told.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.0 == State::Over
    }

    /// True while a user may have been made of which we do not know yet: asking again could make a second one.
    #[must_use]
    pub const fn is_registering(&self) -> bool {
        matches!(self.0, State::Waiting(Person::New { .. }, _))
    }
}

const fn request(person: Person) -> Request {
    match person {
        Person::Known { user, code } => Request::Consent { user, code },
        Person::New { code } => Request::Register(code),
    }
}

#[cfg(test)]
mod tests;
