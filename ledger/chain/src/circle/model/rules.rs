//! The model of a circle, in plain sets and times. It shares no function with the state machine.

use std::collections::{BTreeMap, BTreeSet};

use super::act::Who;
use super::permissions::Permission;

pub(super) const HOUR: i64 = 3_600_000;
pub(super) const DAY: i64 = 24 * HOUR;
const FOR_OBJECTIONS: i64 = 72 * HOUR;
const GUARDIANS_NEEDED: usize = 2;
const YOUNG: i64 = 30 * DAY;

/// What a delegate may do.
#[derive(Debug, Clone)]
pub(super) struct Power {
    pub(super) key: u8,
    pub(super) steward: bool,
    pub(super) longest: i64,
    pub(super) lapses: i64,
    pub(super) review: Option<i64>,
    pub(super) waits_for_clinicians: bool,
    pub(super) attested: BTreeSet<usize>,
}

/// A change, with its times and keys.
#[derive(Debug, Clone)]
pub(super) enum Wish {
    Remove(u8),
    Lower(u8, Power),
    Raise(u8, Power),
    Add(Power),
    Policy { m: u8, veto: i64, objector: u8 },
    NewKey(u8),
    Retire(u8),
    Review(u8, i64),
    Handover,
}

#[derive(Debug, Clone)]
struct Waiting {
    wish: Wish,
    by: Who,
    yes: BTreeSet<Who>,
    need: usize,
    from: Option<i64>,
}

#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) now: i64,
    pub(super) person: u8,
    first_person: u8,
    pub(super) person_since: i64,
    /// When a key of the person came at once, until guardians gave another.
    came_at_once: Option<i64>,
    pub(super) delegates: BTreeMap<u8, Power>,
    next_seat: u8,
    pub(super) m: u8,
    pub(super) veto: i64,
    pub(super) long: i64,
    pub(super) objector: u8,
    waiting: Option<Waiting>,
    pub(super) handed_over: Option<i64>,
    pub(super) permissions: BTreeMap<usize, Permission>,
}

impl Rules {
    pub(super) fn new(now: i64, person: u8, delegates: Vec<Power>, long: i64) -> Self {
        let next_seat = u8::try_from(delegates.len()).unwrap() + 1;
        Self {
            now,
            person,
            first_person: person,
            person_since: now,
            came_at_once: None,
            delegates: (1..).zip(delegates).collect(),
            next_seat,
            m: 2,
            veto: DAY,
            long,
            objector: 0,
            waiting: None,
            handed_over: None,
            permissions: BTreeMap::new(),
        }
    }

    pub(super) fn until(&mut self, now: i64) {
        self.now = now;
        let due = self.waiting.as_ref().and_then(|waiting| waiting.from).filter(|from| *from <= now);
        if let Some(from) = due
            && let Some(waiting) = self.waiting.take()
            && self.possible(&waiting.wish, from)
        {
            self.make(waiting.wish, from);
            if matches!(waiting.by, Who::Guardian(_)) {
                self.came_at_once = None;
            }
        }
    }

    /// The same somebody as the circle knows them, if it does.
    pub(super) fn known(&self, who: Who) -> Option<Who> {
        match who {
            Who::Person => Some(who),
            Who::Former => (self.person == self.first_person).then_some(Who::Person),
            Who::Delegate(seat) => self.delegates.contains_key(&seat).then_some(who),
            Who::Guardian(_) => Some(who),
        }
    }

    pub(super) fn holds(&self, seat: u8) -> bool {
        self.handed_over.is_none()
            && self.delegates.get(&seat).is_some_and(|power| {
                self.now < power.lapses
                    && power.review.is_none_or(|review| self.now < review)
                    && (!power.waits_for_clinicians || power.attested.len() >= 2)
            })
    }

    fn possible(&self, wish: &Wish, now: i64) -> bool {
        let others = self.delegates.len().saturating_sub(1).max(1);
        match wish {
            Wish::Remove(seat) | Wish::Lower(seat, _) | Wish::Raise(seat, _) => {
                self.delegates.contains_key(seat)
            }
            Wish::Add(_) => self.delegates.len() < 8,
            Wish::Policy { m, objector, .. } => {
                let named = *objector == 0 || self.delegates.contains_key(objector);
                *m >= 1 && (usize::from(*m) <= others || *m == self.m) && named
            }
            Wish::NewKey(_) => true,
            Wish::Retire(_) => self.handed_over.is_none() && !self.young(now),
            Wish::Review(seat, review) => {
                let reviewed = self.delegates.get(seat).is_some_and(|power| power.review.is_some());
                reviewed && *review > now && *review <= now + 366 * DAY
            }
            Wish::Handover => self.handed_over.is_none(),
        }
    }

    fn make(&mut self, wish: Wish, at: i64) {
        match wish {
            Wish::Remove(seat) => {
                self.delegates.remove(&seat);
                if self.objector == seat {
                    self.objector = 0;
                }
            }
            Wish::Lower(seat, to) => {
                let attested = self.delegates.get(&seat).map(|power| power.attested.clone());
                let attested = attested.unwrap_or_default();
                self.delegates.insert(seat, Power { attested, ..to });
            }
            Wish::Raise(seat, to) => {
                self.delegates.insert(seat, Power { attested: BTreeSet::new(), ..to });
            }
            Wish::Add(power) => {
                self.delegates.insert(self.next_seat, power);
                self.next_seat += 1;
            }
            Wish::Policy { m, veto, objector } => (self.m, self.veto, self.objector) = (m, veto, objector),
            Wish::NewKey(key) => (self.person, self.person_since) = (key, at),
            Wish::Retire(key) => {
                (self.person, self.person_since, self.came_at_once) = (key, at, Some(at));
            }
            Wish::Review(seat, review) => {
                if let Some(power) = self.delegates.get_mut(&seat) {
                    power.review = Some(review);
                }
            }
            Wish::Handover => self.handed_over = Some(at),
        }
    }

    pub(super) fn ask(&mut self, who: Who, wish: Wish) -> bool {
        let Some(who) = self.known(who) else { return false };
        if !self.possible(&wish, self.now) {
            return false;
        }
        let at_once = match (who, &wish) {
            (
                Who::Person,
                Wish::Remove(_) | Wish::Lower(..) | Wish::Review(..) | Wish::Handover | Wish::Retire(_),
            ) => true,
            (Who::Person, Wish::Policy { m, veto, objector }) => {
                *m >= self.m && *veto >= self.veto && (*objector == 0 || *objector == self.objector)
            }
            (Who::Delegate(seat), Wish::Remove(other)) => seat == *other,
            _ => false,
        };
        if at_once {
            self.void_by(&wish);
            self.make(wish, self.now);
            return true;
        }
        let need = match (who, &wish) {
            (Who::Person, Wish::Add(_)) if self.young(self.now) => return false,
            (Who::Person, _) => 0,
            (Who::Guardian(_), Wish::NewKey(_)) => GUARDIANS_NEEDED - 1,
            (Who::Delegate(seat), Wish::Add(_) | Wish::Policy { .. } | Wish::Handover)
                if self.holds(seat) =>
            {
                usize::from(self.m)
            }
            (Who::Delegate(seat), Wish::Raise(other, _)) if self.holds(seat) && seat != *other => {
                usize::from(self.m)
            }
            (Who::Delegate(seat), Wish::Review(other, review))
                if self.holds(seat)
                    && seat != *other
                    && self.delegates.get(other).and_then(|p| p.review) < Some(*review) =>
            {
                usize::from(self.m)
            }
            _ => return false,
        };
        let young = self.young(self.now);
        let before = self.waiting.as_ref().map(|waiting| waiting.by);
        let gives_way = match (who, before) {
            (_, None) => true,
            (Who::Person, Some(by)) => !(young && matches!(by, Who::Guardian(_))),
            (Who::Guardian(_), Some(by)) => young && by == Who::Person,
            _ => false,
        };
        if !gives_way {
            return false;
        }
        let from = (need == 0).then_some(self.now + FOR_OBJECTIONS);
        self.waiting = Some(Waiting { wish, by: who, yes: BTreeSet::new(), need, from });
        true
    }

    fn young(&self, now: i64) -> bool {
        self.came_at_once.is_some_and(|at| now < at + YOUNG)
    }

    fn standing(&self, yes: &BTreeSet<Who>) -> usize {
        let counts = |who: &&Who| match who {
            Who::Delegate(seat) => self.holds(*seat),
            Who::Person | Who::Former | Who::Guardian(_) => true,
        };
        yes.iter().filter(counts).count()
    }

    /// What waits is off when the person decided on the same thing, or when who asked is gone.
    fn void_by(&mut self, wish: &Wish) {
        let Some(mut waiting) = self.waiting.clone() else { return };
        let off = match wish {
            Wish::Remove(seat) => waiting.by == Who::Delegate(*seat) || about(&waiting.wish) == Some(*seat),
            Wish::Lower(seat, _) | Wish::Review(seat, _) => about(&waiting.wish) == Some(*seat),
            Wish::Policy { .. } => matches!(waiting.wish, Wish::Policy { .. }),
            Wish::Handover => {
                matches!(waiting.by, Who::Delegate(_)) || matches!(waiting.wish, Wish::Handover)
            }
            Wish::Retire(_) => waiting.by == Who::Person,
            Wish::Raise(..) | Wish::Add(_) | Wish::NewKey(_) => false,
        };
        if let Wish::Remove(seat) = wish {
            waiting.yes.remove(&Who::Delegate(*seat));
            if self.standing(&waiting.yes) < waiting.need {
                waiting.from = None;
            }
        }
        self.waiting = if off { None } else { Some(waiting) };
    }

    pub(super) fn second(&mut self, who: Who) -> bool {
        let (Some(who), Some(mut waiting)) = (self.known(who), self.waiting.clone()) else { return false };
        let may = match (who, waiting.by) {
            (Who::Delegate(seat), Who::Delegate(_)) => self.holds(seat) && about(&waiting.wish) != Some(seat),
            (Who::Guardian(_), Who::Guardian(_)) => true,
            _ => false,
        };
        if !may || who == waiting.by || waiting.from.is_some() || !waiting.yes.insert(who) {
            return false;
        }
        if self.standing(&waiting.yes) >= waiting.need {
            waiting.from = Some(self.now + FOR_OBJECTIONS);
        }
        self.waiting = Some(waiting);
        true
    }

    pub(super) fn object_to_change(&mut self, who: Who) -> bool {
        let Some(who) = self.known(who) else { return false };
        let by_guardians = matches!(self.waiting.as_ref().map(|waiting| waiting.by), Some(Who::Guardian(_)));
        if who == Who::Person && by_guardians && self.young(self.now) {
            return false;
        }
        self.waiting.take().is_some()
    }

    pub(super) fn attest(&mut self, seat: u8, clinician: usize) -> bool {
        match self.delegates.get_mut(&seat) {
            Some(power) if power.waits_for_clinicians && power.attested.len() < 2 => {
                power.attested.insert(clinician)
            }
            _ => false,
        }
    }
}

/// Whose power a change is about.
fn about(wish: &Wish) -> Option<u8> {
    match wish {
        Wish::Remove(seat) | Wish::Lower(seat, _) | Wish::Raise(seat, _) | Wish::Review(seat, _) => {
            Some(*seat)
        }
        Wish::Add(_) | Wish::Policy { .. } | Wish::NewKey(_) | Wish::Retire(_) | Wish::Handover => None,
    }
}
