//! A device that keeps several people apart, on one link.

use btleplug::api::Characteristic;
use futures::FutureExt;
use salus_wire::UnixMillis;

use super::{Conversation, Done, SessionEvent, write_to};
use crate::gatt::user_data::Response;
use crate::gatt::user_data::ask::{Ask, Outcome, Person, Step};

/// What is due about who the person is.
pub(super) enum Due {
    /// These octets to the control point.
    Write(Characteristic, Vec<u8>),
    /// The device is being asked; nothing else is written meanwhile.
    Waiting,
    /// Nothing.
    Nothing,
}

/// The control point, and what is asked there.
#[derive(Debug)]
pub(super) struct People {
    control: Characteristic,
    /// `None` once the last outcome was told.
    ask: Option<Ask>,
    /// Nothing was said about who the person is, and the caller does not know yet.
    unsaid: bool,
}

impl People {
    pub(super) fn new(control: Characteristic, person: Option<Person>) -> Self {
        Self { control, unsaid: person.is_none(), ask: person.map(Ask::new) }
    }

    /// The person said it while the link is up.
    pub(super) fn introduce(&mut self, person: Person) {
        (self.ask, self.unsaid) = (Some(Ask::new(person)), false);
    }

    /// What the device has answered already: an answer can come before the end of the write that it answers, and what it
    /// lets out then follows at once.
    pub(super) fn outcomes(&mut self, told: &mut Vec<Outcome>) {
        told.extend(core::mem::take(&mut self.unsaid).then_some(Outcome::Unsaid));
        told.extend(self.ask.as_mut().and_then(Ask::outcome));
        self.ask.take_if(|ask| ask.is_over());
    }

    /// One step; what is to be told goes to `told`.
    pub(super) fn step(&mut self, now: UnixMillis, told: &mut Vec<Outcome>) -> Due {
        self.outcomes(told);
        while let Some(ask) = &mut self.ask {
            match ask.step(now) {
                Step::Send(octets) => return Due::Write(self.control.clone(), octets),
                Step::Wait => return Due::Waiting,
                Step::Tell(outcome) => {
                    told.push(outcome);
                    if ask.is_over() {
                        self.ask = None;
                    }
                }
            }
        }
        Due::Nothing
    }

    pub(super) fn answered(&mut self, response: Response) {
        self.ask.iter_mut().for_each(|ask| ask.response(response));
    }

    /// The write failed.
    pub(super) fn lost(&mut self) {
        self.ask.iter_mut().for_each(Ask::lost);
    }

    /// Whether a user was made of which we were not told yet.
    pub(super) fn is_registering(&self) -> bool {
        self.ask.as_ref().is_some_and(Ask::is_registering)
    }
}

impl Conversation {
    /// One step of asking who the person is; false while that is under way.
    pub(super) fn ask_on(&mut self, now: UnixMillis, told: &mut Vec<SessionEvent>) -> bool {
        let Some(people) = &mut self.people else { return true };
        let mut outcomes = Vec::new();
        let due = if self.running.is_none() {
            people.step(now, &mut outcomes)
        } else {
            people.outcomes(&mut outcomes);
            Due::Waiting
        };
        told.extend(outcomes.into_iter().map(SessionEvent::Person));
        if let Due::Write(control, octets) = due {
            let write = write_to(self.peripheral.clone(), control, octets);
            self.running = Some(write.map(Done::Asked).boxed());
            return false;
        }
        matches!(due, Due::Nothing)
    }

    /// The person said who they are while the link is up.
    pub(in crate::central) fn introduce(&mut self, person: Person) {
        self.people.iter_mut().for_each(|people| people.introduce(person));
    }

    /// The User Control Point answered.
    pub(in crate::central) fn person_answered(&mut self, response: Response) {
        self.people.iter_mut().for_each(|people| people.answered(response));
    }

    /// The device may have made a user without having told us.
    pub(in crate::central) fn is_registering(&self) -> bool {
        self.people.as_ref().is_some_and(People::is_registering)
    }
}
