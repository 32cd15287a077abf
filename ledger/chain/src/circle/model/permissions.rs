//! The model of what a circle's stewards permit.

use std::collections::BTreeSet;

use super::act::Who;
use super::rules::Rules;

#[derive(Debug, Clone)]
pub(super) struct Permission {
    by: u8,
    until: i64,
    need: usize,
    yes: BTreeSet<u8>,
    ready: Option<i64>,
    over: bool,
    confirmed_with: Option<u8>,
}

impl Rules {
    pub(super) fn give(&mut self, number: usize, seat: u8, lasts: i64, sensitive: bool) -> bool {
        let until = self.now + lasts;
        let Some(power) = self.delegates.get(&seat) else { return false };
        let within = power.steward && lasts <= power.longest && until <= power.lapses;
        if !within || !self.holds(seat) || self.permissions.contains_key(&number) {
            return false;
        }
        let need = if sensitive || lasts > self.long { usize::from(self.m) } else { 0 };
        let ready = (need == 0).then_some(self.now);
        let permission = Permission {
            by: seat,
            until,
            need,
            yes: BTreeSet::new(),
            ready,
            over: false,
            confirmed_with: None,
        };
        self.permissions.insert(number, permission);
        true
    }

    /// Until somebody with a present key says so, after who gave it is gone or everything was handed over.
    fn rests(&self, permission: &Permission) -> bool {
        self.handed_over.is_some() || !self.delegates.contains_key(&permission.by)
    }

    fn key_counts(&self) -> bool {
        self.handed_over.is_none_or(|handed_over| self.person_since > handed_over)
    }

    pub(super) fn approve(&mut self, number: usize, who: Who) -> bool {
        let Some(who) = self.known(who) else { return false };
        let Some(mut permission) = self.permissions.get(&number).cloned() else { return false };
        if permission.over || self.now >= permission.until {
            return false;
        }
        match who {
            Who::Person => {
                let confirmed = permission.confirmed_with == Some(self.person);
                if !self.rests(&permission) || !self.key_counts() || confirmed {
                    return false;
                }
                permission.confirmed_with = Some(self.person);
            }
            Who::Delegate(seat) => {
                let steward = self.delegates.get(&permission.by).is_some_and(|power| power.steward);
                let both = steward && self.holds(permission.by) && self.holds(seat);
                if seat == permission.by || !both || permission.ready.is_some() {
                    return false;
                }
                permission.yes.retain(|yes| self.delegates.contains_key(yes));
                if !permission.yes.insert(seat) {
                    return false;
                }
                if permission.yes.iter().filter(|yes| self.holds(**yes)).count() >= permission.need {
                    permission.ready = Some(self.now + self.veto);
                }
            }
            Who::Former | Who::Guardian(_) => return false,
        }
        self.permissions.insert(number, permission);
        true
    }

    pub(super) fn object(&mut self, number: usize, who: Who) -> bool {
        let Some(who) = self.known(who) else { return false };
        let (now, named) = (self.now, self.objector);
        let Some(permission) = self.permissions.get_mut(&number) else { return false };
        let running = permission.ready.is_some_and(|ready| now >= ready);
        let counts = match who {
            Who::Person => true,
            Who::Delegate(seat) => running || named == 0 || named == seat,
            Who::Former | Who::Guardian(_) => !running && named == 0,
        };
        let ended = permission.over || now >= permission.until;
        permission.over |= counts && !ended;
        counts && !ended
    }

    pub(super) fn stop(&mut self, number: usize, who: Who) -> bool {
        let may = matches!(self.known(who), Some(Who::Person | Who::Delegate(_)));
        let now = self.now;
        match self.permissions.get_mut(&number) {
            Some(permission) if may && !permission.over && now < permission.until => {
                permission.over = true;
                true
            }
            _ => false,
        }
    }

    pub(super) fn opens(&self, number: usize) -> bool {
        self.permissions.get(&number).is_some_and(|permission| {
            let confirmed = permission.confirmed_with == Some(self.person) && self.key_counts();
            !permission.over
                && self.now < permission.until
                && permission.ready.is_some_and(|ready| self.now >= ready)
                && (!self.rests(permission) || confirmed)
        })
    }
}
