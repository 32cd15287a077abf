//! The model of who is who: attested, on duty, of the circle; and who stops a permission.

use super::act::{Says, Stopper, Who};
use super::case::{CLINICIANS, FIRST_STOP, HOUR, PERMISSIONS, Role, VETO, Way};
use super::rules::{Credential, Duty, Rules};

/// What a member says of a key, signed with its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement {
    pub(super) who: usize,
    pub(super) says: Says,
    pub(super) by: u16,
    /// Whether it tells whose key it is.
    pub(super) told: bool,
    pub(super) nonce: u64,
}

impl Rules {
    pub(super) fn attest(&mut self, statement: Statement) -> bool {
        let Statement { who, says, by, told, nonce } = statement;
        // Its own member's for good; neither after a withdrawal nor played back.
        let may = self
            .people
            .get(&who)
            .is_none_or(|last| last.member == by && !last.for_good && nonce > last.nonce);
        let (active, hours) = match says {
            Says::For(hours) => (true, hours),
            Says::Suspended | Says::Withdrawn => (false, 1),
        };
        if !may || hours <= 0 {
            return false;
        }
        let credential = Credential {
            member: by,
            person: told.then_some(CLINICIANS[who].person),
            active,
            until: self.now + hours * HOUR,
            for_good: matches!(says, Says::Withdrawn),
            nonce,
        };
        self.people.insert(who, credential);
        true
    }

    pub(super) fn attested(&self, who: usize, at: i64) -> bool {
        self.people.get(&who).is_some_and(|credential| credential.active && at < credential.until)
    }

    /// Whether two keys are two people's, as far as members say.
    pub(super) fn are_two(&self, one: usize, two: usize) -> bool {
        let (Some(first), Some(second)) = (self.people.get(&one), self.people.get(&two)) else {
            return false;
        };
        let differ = match (first.person, second.person) {
            (Some(first), Some(second)) => first != second,
            _ => false,
        };
        one != two && (first.member != second.member || differ)
    }

    /// For so many hours on duty; for none no longer.
    pub(super) fn on_duty(&mut self, who: usize, role: Role, hours: i64, by: u16) -> bool {
        let own = self.people.get(&who).is_some_and(|credential| credential.member == by);
        let may = hours == 0 || ((1..=24).contains(&hours) && self.attested(who, self.now));
        if own && may {
            let until = if hours == 0 { 0 } else { self.now + hours * HOUR };
            self.duties.insert(who, Duty { member: by, role, until });
        }
        own && may
    }

    pub(super) fn serves(&self, who: usize, role: Role, at: i64) -> bool {
        let duty = |duty: &Duty| duty.member == 1 && duty.role == role && at < duty.until;
        self.people.get(&who).is_some_and(|credential| credential.member == 1)
            && self.attested(who, at)
            && self.duties.get(&who).is_some_and(duty)
    }

    pub(super) fn remove_anna(&mut self) -> bool {
        !std::mem::replace(&mut self.anna_left, true)
    }

    /// Ben approves what Anna gives while both help; the person confirms what rests since she went.
    pub(super) fn approve(&mut self, number: usize, who: Who) -> bool {
        if !Self::is_stewards(number) || !self.running(number) {
            return false;
        }
        let (both, now) = (self.helps(Who::Anna) && self.helps(Who::Ben), self.now);
        let anna_left = self.anna_left;
        let Some(given) = self.given.get_mut(&number) else { return false };
        match who {
            Who::Person if anna_left && !given.confirmed => given.confirmed = true,
            Who::Ben if both && given.ready.is_none() => given.ready = Some(now + VETO),
            _ => return false,
        }
        true
    }

    pub(super) fn object(&mut self, number: usize, who: Who) -> bool {
        let may = Self::is_stewards(number) && self.running(number) && self.of_circle(who);
        self.end(number, may)
    }

    pub(super) fn stop(&mut self, number: usize, by: Stopper) -> bool {
        let permission = &PERMISSIONS[number];
        let may = match by {
            Stopper::Own => self.own_counts(number),
            Stopper::MandateKey => permission.way == Way::Mandated,
            Stopper::Root(_) => permission.stops,
            Stopper::Hand(place) => permission.stops && self.stands(FIRST_STOP + place),
            Stopper::OtherHand(_) => false,
            Stopper::Circle(who) => Self::is_stewards(number) && self.of_circle(who),
        };
        let running = self.running(number);
        self.end(number, may && running)
    }

    /// Ends it when somebody may.
    pub(super) fn end(&mut self, number: usize, may: bool) -> bool {
        if let Some(given) = self.given.get_mut(&number) {
            given.over |= may;
        }
        may
    }
}
