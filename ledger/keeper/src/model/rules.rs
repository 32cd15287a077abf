//! The rules once more, in plain sets and times. They share no function and no record with the chain and the keeper.

use std::collections::{BTreeMap, BTreeSet};

use super::act::{Meant, Opening, Who};
use super::case::{LAPSES, LONG, LONGEST, MANDATES, PERMISSIONS, Role, Way};

/// What a member said last of a key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Credential {
    pub(super) member: u16,
    /// Whose key it is, if the member tells.
    pub(super) person: Option<u8>,
    pub(super) active: bool,
    pub(super) until: i64,
    pub(super) for_good: bool,
    pub(super) nonce: u64,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Duty {
    pub(super) member: u16,
    pub(super) role: Role,
    pub(super) until: i64,
}

/// An enrolled mandate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paper {
    /// Whether it is for the key and the use that it is meant for.
    pub(super) right: bool,
    pub(super) withdrawn: bool,
    pub(super) used: bool,
}

/// A permission that was given.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) under: Option<usize>,
    pub(super) over: bool,
    /// From when on its circle lets it be opened.
    pub(super) ready: Option<i64>,
    pub(super) confirmed: bool,
    pub(super) openings: Vec<i64>,
    /// The first opening in an emergency.
    pub(super) first: Option<i64>,
    /// Who announced one, and when.
    pub(super) announced: Vec<(usize, i64)>,
}

/// A recorded opening.
#[derive(Debug, Clone, Copy)]
pub(super) struct Receipt {
    pub(super) opening: Opening,
    pub(super) height: u64,
}

/// Who said something of an emergency: each key once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Voice {
    Own,
    Circle(Who),
}

#[derive(Debug, Clone, Default)]
pub(super) struct Rules {
    pub(super) now: i64,
    pub(super) height: u64,
    pub(super) people: BTreeMap<usize, Credential>,
    pub(super) duties: BTreeMap<usize, Duty>,
    pub(super) papers: BTreeMap<usize, Paper>,
    pub(super) given: BTreeMap<usize, Given>,
    pub(super) anna_left: bool,
    pub(super) receipts: Vec<Receipt>,
    /// Emergencies that were announced or opened: of which permission, and who said something of them.
    pub(super) emergencies: Vec<(usize, BTreeSet<Voice>)>,
}

impl Rules {
    pub(super) fn give(&mut self, number: usize, paper: usize) -> bool {
        let permission = &PERMISSIONS[number];
        if self.given.contains_key(&number) || self.now >= permission.ends {
            return false;
        }
        let mut under = None;
        let ready = match permission.way {
            Way::Own | Way::Duty(_) => Some(self.now),
            Way::Mandated => {
                let stands = self.stands(paper) && MANDATES[paper].hand == permission.own;
                match self.papers.get_mut(&paper) {
                    Some(paper) if stands && !paper.used => paper.used = true,
                    _ => return false,
                }
                under = Some(paper);
                Some(self.now)
            }
            Way::Steward { clinician, sensitive } => {
                let lasts = permission.ends - permission.begins.max(self.now);
                let within = lasts <= LONGEST && permission.ends <= LAPSES;
                if !within || !self.helps(Who::Anna) || !self.attested(clinician, self.now) {
                    return false;
                }
                let approved = !sensitive && permission.ends - self.now <= LONG;
                approved.then_some(self.now)
            }
        };
        let given = Given {
            under,
            over: false,
            ready,
            confirmed: false,
            openings: Vec::new(),
            first: None,
            announced: Vec::new(),
        };
        self.given.insert(number, given);
        true
    }

    pub(super) fn enrol(&mut self, paper: usize, meant: Meant) -> bool {
        let (new, right) = (!self.papers.contains_key(&paper), meant == Meant::Right);
        self.papers.entry(paper).or_insert(Paper { right, withdrawn: false, used: false });
        new
    }

    pub(super) fn withdraw(&mut self, paper: usize) -> bool {
        match self.papers.get_mut(&paper) {
            Some(paper) if !paper.withdrawn => {
                paper.withdrawn = true;
                true
            }
            _ => false,
        }
    }

    /// Whether the laptop that a mandate is meant for may use it.
    pub(super) fn stands(&self, paper: usize) -> bool {
        self.papers.get(&paper).is_some_and(|paper| paper.right && !paper.withdrawn)
    }

    /// Whether the own key of a permission is still the person's to use: not when it is that of a removed laptop.
    pub(super) fn own_counts(&self, number: usize) -> bool {
        let under = self.given.get(&number).and_then(|given| given.under);
        under.is_none_or(|paper| self.stands(paper))
    }

    pub(super) fn is_stewards(number: usize) -> bool {
        matches!(PERMISSIONS[number].way, Way::Steward { .. })
    }

    pub(super) fn of_circle(&self, who: Who) -> bool {
        match who {
            Who::Person | Who::Ben => true,
            Who::Anna => !self.anna_left,
            Who::Stranger => false,
        }
    }

    /// Whether a helper's power is in force.
    pub(super) fn helps(&self, who: Who) -> bool {
        who != Who::Person && self.of_circle(who) && self.now < LAPSES
    }

    /// Given, neither stopped nor over, begun or not.
    pub(super) fn running(&self, number: usize) -> bool {
        self.given.get(&number).is_some_and(|given| !given.over) && self.now < PERMISSIONS[number].ends
    }

    pub(super) fn active(&self, number: usize, at: i64) -> bool {
        let times = PERMISSIONS[number].begins..PERMISSIONS[number].ends;
        self.given.get(&number).is_some_and(|given| !given.over) && times.contains(&at)
    }
}
