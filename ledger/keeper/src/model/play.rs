//! One history, done by the machine and by the rules at once.

use std::rc::Rc;

use salus_chain::tx::Verdict;

use super::act::{Act, How, Key, Opening, Stated, Stopper};
use super::case::{Condition, HOUR, MINUTE, PERMISSIONS, START, Way};
use super::fault::Fault;
use super::machine::{Machine, Outcome};
use super::people::Statement;
use super::rules::Rules;
use super::stage::Stage;

/// Statements of a member before a history have number 1.
const FIRST_NONCE: u64 = 2;
/// No announcement was made then.
const NEVER: i64 = 7;

/// What both said to one thing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Both {
    pub(super) what: &'static str,
    pub(super) machine: Outcome,
    pub(super) rules: bool,
}

impl Both {
    pub(super) fn agree(&self) -> bool {
        self.machine.is_ok() == self.rules
    }
}

pub(super) struct Play {
    theme: [usize; 3],
    machine: Machine,
    rules: Rules,
    nonce: u64,
    request: u8,
}

impl Play {
    pub(super) fn new(stage: &Rc<Stage>, theme: [usize; 3], fault: Option<Fault>) -> Self {
        let mut rules = Rules { now: START, height: 2, ..Rules::default() };
        for who in 0..4 {
            assert!(rules.attest(Stage::first_statement(who)));
        }
        let machine = Machine::new(stage.clone(), fault);
        Self { theme, machine, rules, nonce: FIRST_NONCE, request: 0 }
    }

    /// What both say to an act: one thing, of a release also what the desk says, of what cannot be tried nothing.
    pub(super) fn act(&mut self, act: Act) -> Vec<Both> {
        self.nonce += 1;
        let (what, machine, rules) = match act {
            Act::Wait { minutes, blocks } => {
                self.machine.wait(minutes * MINUTE, blocks);
                self.rules.now += minutes * MINUTE;
                self.rules.height += blocks;
                return Vec::new();
            }
            Act::Release { nth, how, late } => return self.release(nth, how, late),
            Act::Open { .. } => return vec![self.open(act)],
            Act::Review { nth, by, verdict } => {
                let Some(nth) = newest(self.machine.emergencies.len(), nth) else { return Vec::new() };
                let (number, act) = self.machine.emergencies[nth];
                let signed = self.machine.stage.review(number, act, by, verdict);
                let rules = self.rules.review(nth, by, verdict == Verdict::Stopped);
                ("review", self.machine.run(&signed), rules)
            }
            Act::Announce { at, by, right, fresh } => {
                let number = self.theme[at];
                let key = Key::Reader(if right { number } else { (number + 1) % PERMISSIONS.len() });
                let follows = if fresh { self.rules.newest(number) } else { NEVER };
                let signed = self.machine.stage.announce(number, key, by, follows);
                let machine = self.machine.run(&signed);
                if machine.is_ok() {
                    self.machine.emergencies.push((number, signed.tx.hash()));
                }
                ("announcement", machine, self.rules.announce(number, key, by, follows))
            }
            other => self.paper(other),
        };
        vec![Both { what, machine, rules }]
    }

    /// An act that is one transaction, and nothing else to either.
    fn paper(&mut self, act: Act) -> (&'static str, Outcome, bool) {
        let (theme, stage, now) = (self.theme, self.machine.stage.clone(), self.machine.now);
        let (what, signed, rules) = match act {
            Act::Give { at, under } => {
                let (number, paper) = (theme[at], under.of(&theme));
                let what = match PERMISSIONS[number].way {
                    Way::Own => "given",
                    Way::Mandated => "given under a mandate",
                    Way::Steward { .. } => "given by a steward",
                    Way::Duty(_) => "given to those on duty",
                };
                (what, stage.give(number, paper), self.rules.give(number, paper))
            }
            Act::Enrol { paper, meant } => {
                let paper = paper.of(&theme);
                ("enrolled", stage.enrol(paper, meant), self.rules.enrol(paper, meant))
            }
            Act::Withdraw { paper } => {
                let paper = paper.of(&theme);
                ("withdrawn", stage.withdraw(paper), self.rules.withdraw(paper))
            }
            Act::Stop { at, by } => {
                let what = match by {
                    Stopper::Hand(_) => "stopped under a mandate",
                    _ => "stopped",
                };
                (what, stage.stop(theme[at], by), self.rules.stop(theme[at], by))
            }
            Act::Approve { at, by } => {
                let signed = stage.approve(theme[at], by, self.machine.revision());
                ("approved", signed, self.rules.approve(theme[at], by))
            }
            Act::Object { at, by } => {
                ("objected", stage.object(theme[at], by), self.rules.object(theme[at], by))
            }
            Act::RemoveAnna => {
                ("removed", stage.remove_anna(self.machine.revision()), self.rules.remove_anna())
            }
            Act::Attest { who, says, by, told, fresh } => {
                let nonce = if fresh { self.nonce } else { 1 };
                let statement = Statement { who, says, by, told, nonce };
                ("attested", stage.attest(statement, now), self.rules.attest(statement))
            }
            Act::Duty { who, role, hours, by } => {
                let until = if hours == 0 { 0 } else { now + hours * HOUR };
                let signed = stage.duty(who, role, until, by, self.nonce);
                ("on duty", signed, self.rules.on_duty(who, role, hours, by))
            }
            Act::Wait { .. }
            | Act::Open { .. }
            | Act::Announce { .. }
            | Act::Review { .. }
            | Act::Release { .. } => unreachable!("done before"),
        };
        (what, self.machine.run(&signed), rules)
    }

    fn open(&mut self, act: Act) -> Both {
        let Act::Open { at, by, stated, slot, again } = act else { unreachable!("an opening") };
        if !again {
            self.request += 1;
        }
        let (number, request) = (self.theme[at], self.request);
        let opening = Opening { number, key: by.key(number), slot, request, stated };
        let what = match (PERMISSIONS[number].way, stated) {
            (_, Stated::Emergency { second: None, .. })
                if PERMISSIONS[number].condition == Condition::BreakGlass =>
            {
                "emergency alone with a card"
            }
            (_, Stated::Emergency { second: None, .. }) => "emergency alone",
            (_, Stated::Emergency { .. }) => "emergency with a second",
            (_, Stated::Treatment(Some(_))) => "opening with a second",
            (Way::Duty(_), _) => "opening on duty",
            _ => "opening",
        };
        Both { what, machine: self.machine.open(opening), rules: self.rules.open(opening) }
    }

    fn release(&self, nth: usize, how: How, late: i64) -> Vec<Both> {
        let Some(nth) = newest(self.machine.receipts().min(self.rules.receipts.len()), nth) else {
            return Vec::new();
        };
        let receipt = &self.rules.receipts[nth];
        let opening = &receipt.opening;
        let what = match (PERMISSIONS[opening.number].way, opening.stated) {
            (Way::Duty(_), _) => "release on duty",
            (_, Stated::Emergency { .. }) => "release in an emergency",
            (Way::Mandated, _) => "release of what a laptop gave",
            (Way::Steward { .. }, _) => "release of what a steward gave",
            (Way::Own, _) => "release",
        };
        let (keeper, desk) = self.machine.release(nth, how, late);
        vec![
            Both { what, machine: keeper, rules: self.rules.releases(receipt, how, late) },
            Both { what: "desk", machine: desk, rules: self.rules.hands_on(receipt, how, late) },
        ]
    }

    pub(super) fn is_the_same_in_whole_blocks(&self) -> bool {
        self.machine.is_the_same_in_whole_blocks()
    }
}

/// The place of the `nth` newest of so many.
fn newest(of: usize, nth: usize) -> Option<usize> {
    of.checked_sub(1).map(|last| last - nth % of)
}
