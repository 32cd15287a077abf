//! The rules of releases a second time, and random histories that hold the chain and a keeper to them.
//!
//! ```text
//! act --> play --> machine   signed transactions through execute_block; decide and may_learn on what the state says then
//!              \-> rules     plain sets and times: rules, people, openings, releases
//! ```
//!
//! Both have to say the same to every act and every request for a release, so nothing is released, given or stopped that the rules
//! forbid, and nothing refused that they allow. The rules are written from the design (HG/1) and the table of rules in
//! ARCHITECTURE.md: they know no record and no function of the chain or the keeper. Permissions are the person's own, an added
//! laptop's, a steward's and those to staff on duty, under the contracts of the library. What changes in a circle has a model of its
//! own, in `salus-chain`.
//!
//! The seed is fixed: whoever changes a rule sees the same histories fail.

mod act;
mod asking;
mod case;
mod fault;
mod history;
mod machine;
mod openings;
mod papers;
mod people;
mod play;
mod releases;
mod rules;
mod stage;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use act::Act;
use fault::Fault;
use history::Matter;
use play::{Both, Play};
use stage::Stage;

const HISTORIES: u32 = 10_000;
/// One history of so many is done once more in whole blocks.
const WHOLE: u64 = 16;

/// How often what was done, and why what was not.
#[derive(Debug, Default)]
struct Counts {
    histories: u64,
    with_a_release: u64,
    done: BTreeMap<&'static str, u64>,
    refused: BTreeMap<u16, u64>,
}

impl Counts {
    fn count(&mut self, both: &Both) {
        match both.machine {
            Ok(()) => *self.done.entry(both.what).or_default() += 1,
            Err(why) => *self.refused.entry(why).or_default() += 1,
        }
    }

    /// A history in which nothing happens agrees with anything.
    fn assert_done(&self, least: &[(&str, u64)]) {
        for (what, least) in least {
            let done = self.done.get(*what).copied().unwrap_or_default();
            assert!(done >= *least, "{what}: {done} of at least {least}; {self:?}");
        }
    }

    fn assert_refused(&self, reasons: &[u16]) {
        for why in reasons {
            assert!(self.refused.contains_key(why), "reason {why} came in no history; {self:?}");
        }
    }
}

fn runner(seed: u8) -> TestRunner {
    let config = Config { cases: HISTORIES, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]))
}

fn hold(matter: Matter, seed: u8) -> Counts {
    let stage = Rc::new(Stage::new());
    let counts = RefCell::new(Counts::default());
    let result = runner(seed).run(&matter.history(), |(theme, acts)| {
        let mut play = Play::new(&stage, theme, None);
        let mut released = false;
        for act in acts {
            for both in play.act(act) {
                prop_assert!(both.agree(), "{:?} of {:?}: {:?}", act, theme, both);
                released |= both.what.starts_with("release") && both.rules;
                counts.borrow_mut().count(&both);
            }
        }
        let mut counts = counts.borrow_mut();
        if counts.histories.is_multiple_of(WHOLE) {
            prop_assert!(play.is_the_same_in_whole_blocks(), "in whole blocks another state");
        }
        counts.histories += 1;
        counts.with_a_release += u64::from(released);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    counts.into_inner()
}

#[test]
fn no_history_of_laptops_and_helpers_releases_what_the_rules_forbid() {
    let counts = hold(Matter::Laptops, 1);
    assert!(counts.with_a_release > 500, "{counts:?}");
    counts.assert_done(&[
        ("given under a mandate", 1_000),
        ("given by a steward", 500),
        ("stopped under a mandate", 50),
        ("stopped", 300),
        ("withdrawn", 500),
        ("approved", 30),
        ("removed", 300),
        ("opening", 1_000),
        ("opening with a second", 100),
        ("emergency alone", 100),
        ("emergency with a second", 100),
        ("release", 100),
        ("release of what a laptop gave", 100),
        ("release of what a steward gave", 20),
        ("release in an emergency", 30),
    ]);
    // By TxRefused: it exists, is not there, ended, has not begun; who stops, reads, is attested; said before, too often; enrolments,
    // circles and approvals; second clinicians and openers; mandates for another key, and used before.
    counts.assert_refused(&[6, 11, 12, 13, 14, 15, 16, 17, 18, 22, 23, 24, 25, 26]);
    counts.assert_refused(&[32, 35, 36, 39, 40, 44, 46, 48, 52, 53]);
    // By Refusal: the receipt's age and preimage, ends, a stop that was seen, the share, the head, slots, the rate, people.
    counts.assert_refused(&[1002, 1003, 1006, 1009, 1010, 1012, 1013, 1014, 1016, 1018]);
}

#[test]
fn no_history_under_contracts_releases_what_the_rules_forbid() {
    let counts = hold(Matter::Contracts, 2);
    assert!(counts.with_a_release > 300, "{counts:?}");
    counts.assert_done(&[
        ("given to those on duty", 1_000),
        ("given under a mandate", 500),
        ("on duty", 2_000),
        ("announcement", 200),
        ("review", 50),
        ("opening on duty", 100),
        ("opening with a second", 100),
        ("emergency with a second", 100),
        ("emergency alone with a card", 1),
        ("release", 50),
        ("release on duty", 30),
        ("release in an emergency", 30),
        ("desk", 30),
    ]);
    // By TxRefused: contracts and powers, announcements, reviews, duties. By Refusal: readers, contracts, slots, people, duties.
    counts.assert_refused(&[6, 11, 12, 15, 16, 17, 29, 42, 45, 46, 48, 49, 51, 55]);
    counts.assert_refused(&[1005, 1008, 1013, 1014, 1018, 1019]);
}

/// Histories until one shows that a judge was loosened, at most.
const TRIED: usize = 4_000;

/// Whether the first thing that the two do not agree on is one that was done against the rules.
fn shows(mut play: Play, acts: Vec<Act>) -> bool {
    let first = acts.into_iter().find_map(|act| play.act(act).into_iter().find(|both| !both.agree()));
    first.is_some_and(|both| both.machine.is_ok())
}

#[test]
fn a_judge_that_was_loosened_in_one_place_is_found() {
    let stage = Rc::new(Stage::new());
    for fault in Fault::ALL {
        let matter = fault.matter();
        let (mut runner, histories) = (runner(3), matter.history());
        let found = (0..TRIED).any(|_| {
            let (theme, acts) = histories.new_tree(&mut runner).unwrap().current();
            shows(Play::new(&stage, theme, Some(fault)), acts)
        });
        assert!(found, "{fault:?} is in no history of {TRIED}");
    }
}
