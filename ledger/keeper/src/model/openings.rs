//! The model of openings and emergencies.

use std::collections::BTreeSet;

use super::act::{Key, Opening, Speaker, Stated, Who};
use super::case::{Asked, Condition, EPOCH_MS, FIRST_READER, HOUR, MINUTE, PERMISSIONS, Way};
use super::rules::{Receipt, Rules, Voice};

/// Openings of one permission in an epoch.
const IN_AN_EPOCH: usize = 2;
pub(super) const DAY: i64 = 24 * HOUR;

impl Stated {
    pub(super) fn opener(self) -> Option<usize> {
        match self {
            Self::Emergency { opener, .. } => opener,
            Self::Nothing | Self::Treatment(_) => None,
        }
    }

    pub(super) fn second(self) -> Option<usize> {
        match self {
            Self::Emergency { second, .. } | Self::Treatment(second) => second,
            Self::Nothing => None,
        }
    }
}

impl Rules {
    pub(super) fn open(&mut self, opening: Opening) -> bool {
        let (now, number) = (self.now, opening.number);
        let may = self.active(number, now)
            && self.reads(number, opening.key, now)
            && self.vouched(&opening, now)
            && !self.was_recorded(&opening)
            && self.has_room(number)
            && self.permits(&opening, None);
        if !may {
            return false;
        }
        self.receipts.push(Receipt { opening, height: self.height });
        let emergency = opening.stated.opener().is_some();
        if let Some(given) = self.given.get_mut(&number) {
            given.openings.push(now);
            if emergency {
                given.first.get_or_insert(now);
            }
        }
        if emergency {
            self.emergencies.push((number, BTreeSet::new()));
        }
        true
    }

    /// Whether the key is one that this permission is given to, and answered for.
    pub(super) fn reads(&self, number: usize, key: Key, at: i64) -> bool {
        match (PERMISSIONS[number].way, key) {
            (Way::Duty(role), Key::Person(who)) => self.serves(who, role, at),
            (Way::Duty(_), Key::Reader(_)) | (_, Key::Person(_)) => false,
            (_, Key::Reader(reader)) if reader != number => false,
            (Way::Steward { clinician, .. }, _) => self.attested(clinician, at) && self.is_let(number, at),
            // Of whom a member said something, that has to hold.
            (Way::Own | Way::Mandated, _) => {
                number != 0 || !self.people.contains_key(&FIRST_READER) || self.attested(FIRST_READER, at)
            }
        }
    }

    /// Ready, and not resting: who gave it helps still, or the person confirmed it.
    fn is_let(&self, number: usize, at: i64) -> bool {
        self.given.get(&number).is_some_and(|given| {
            given.ready.is_some_and(|ready| at >= ready) && (!self.anna_left || given.confirmed)
        })
    }

    /// The attested key of who reads, if the chain knows it.
    fn answers(opening: &Opening) -> Option<usize> {
        match (PERMISSIONS[opening.number].way, opening.key) {
            (Way::Steward { clinician, .. }, _) => Some(clinician),
            (_, Key::Person(who)) => Some(who),
            (_, Key::Reader(0)) => Some(FIRST_READER),
            (_, Key::Reader(_)) => None,
        }
    }

    /// In an emergency an attested clinician opens; a second one is attested and somebody else.
    pub(super) fn vouched(&self, opening: &Opening, at: i64) -> bool {
        let opener = match opening.stated {
            Stated::Nothing => return true,
            Stated::Treatment(_) => None,
            Stated::Emergency { opener: None, .. } => return false,
            Stated::Emergency { opener, .. } => opener,
        };
        let second = |second: usize| {
            self.attested(second, at)
                && Self::answers(opening) != Some(second)
                && opener.is_none_or(|opener| self.are_two(second, opener))
        };
        opener.is_none_or(|opener| self.attested(opener, at)) && opening.stated.second().is_none_or(second)
    }

    /// The same once more, or what an opener signed for one request.
    fn was_recorded(&self, opening: &Opening) -> bool {
        let signed = |of: &Opening| match of.stated {
            Stated::Emergency { opener: Some(opener), reason, .. } => Some((opener, reason)),
            _ => None,
        };
        self.receipts.iter().map(|receipt| &receipt.opening).any(|earlier| {
            let request = |of: &Opening| (of.number, of.key, of.slot, of.request);
            let once = signed(opening).is_some() && signed(opening) == signed(earlier);
            request(earlier) == request(opening) && (earlier.stated == opening.stated || once)
        })
    }

    fn has_room(&self, number: usize) -> bool {
        let now = self.now / EPOCH_MS;
        self.given.get(&number).is_some_and(|given| {
            given.openings.iter().filter(|at| **at / EPOCH_MS == now).count() < IN_AN_EPOCH
        })
    }

    /// The sentence of the condition; at a release about what is asked for.
    pub(super) fn permits(&self, opening: &Opening, released: Option<Asked>) -> bool {
        let Some(given) = self.given.get(&opening.number) else { return false };
        let now = self.now;
        match PERMISSIONS[opening.number].condition {
            Condition::None => true,
            Condition::Hours => (10 * HOUR..18 * HOUR).contains(&now.rem_euclid(DAY)),
            Condition::Summaries => released.is_none_or(|asked| asked.level >= 4 && asked.ends() <= now),
            Condition::OnDuty => self.is_on_duty(opening),
            Condition::TwoPersons => opening.stated.second().is_some(),
            Condition::BreakGlass => {
                let Stated::Emergency { opener: Some(opener), second, reason } = opening.stated else {
                    return false;
                };
                let waited = self.announced(opening.number, opener).is_some_and(|at| now - at >= 30 * MINUTE);
                (1..=5).contains(&reason)
                    && (second.is_some() || waited)
                    && given.first.is_none_or(|first| now - first <= 4 * HOUR)
            }
        }
    }

    /// Attested by member 1 for no longer than a day; where the permission is to those on duty, on duty for no longer.
    fn is_on_duty(&self, opening: &Opening) -> bool {
        let Some(who) = opening.stated.opener().or(Self::answers(opening)) else { return false };
        let Some(credential) = self.people.get(&who) else { return false };
        let duty = match (PERMISSIONS[opening.number].way, opening.key) {
            (Way::Duty(_), Key::Person(reader)) => self.duties.get(&reader).map(|duty| duty.until),
            _ => None,
        };
        let until = duty.map_or(credential.until, |until| until.min(credential.until));
        credential.member == 1 && self.attested(who, self.now) && until - self.now <= DAY
    }

    /// When this clinician announced an emergency, if that still serves.
    fn announced(&self, number: usize, by: usize) -> Option<i64> {
        let given = self.given.get(&number)?;
        let begins = given.first.unwrap_or(self.now);
        given.announced.iter().find(|(who, at)| *who == by && begins - at <= DAY).map(|(_, at)| *at)
    }

    /// The time of the newest announcement, 0 for none.
    pub(super) fn newest(&self, number: usize) -> i64 {
        self.given.get(&number).and_then(|given| given.announced.last()).map_or(0, |(_, at)| *at)
    }

    pub(super) fn announce(&mut self, number: usize, key: Key, by: usize, follows: i64) -> bool {
        let now = self.now;
        let may = self.active(number, now)
            && PERMISSIONS[number].condition != Condition::None
            && !matches!(PERMISSIONS[number].way, Way::Duty(_))
            && self.reads(number, key, now)
            && self.attested(by, now)
            && self.announced(number, by).is_none()
            && self.newest(number) == follows;
        if let Some(given) = self.given.get_mut(&number).filter(|_| may) {
            given.announced.push((by, now));
            self.emergencies.push((number, BTreeSet::new()));
        }
        may
    }

    /// Each says it once; who objects for good stops it with that.
    pub(super) fn review(&mut self, nth: usize, by: Speaker, stops: bool) -> bool {
        let Some((number, _)) = self.emergencies.get(nth) else { return false };
        let number = *number;
        let (voice, may) = match by {
            Speaker::Own => (Voice::Own, !Self::is_stewards(number) && self.own_counts(number)),
            Speaker::MandateKey => return false,
            Speaker::Circle(who) => {
                let may = who == Who::Person || self.helps(who);
                (Voice::Circle(who), Self::is_stewards(number) && may)
            }
            Speaker::Entrusted => {
                let may = !Self::is_stewards(number) && self.own_counts(number) && self.helps(Who::Ben);
                (Voice::Circle(Who::Ben), may)
            }
        };
        let may = may && self.emergencies[nth].1.insert(voice);
        let running = self.running(number);
        self.end(number, may && stops && running);
        may
    }
}
