//! The rules a second time, as plain sets and times, and random histories that hold the state machine to them.
//!
//! [`rules`] and [`permissions`] know nothing of the state machine: no record, no function of this crate. [`play`] does
//! each act in both and compares what was accepted and which permissions may be opened. Signatures are left out, because
//! they have tests of their own and 100,000 of them would take minutes; keys, revisions and subjects are real.

mod act;
mod permissions;
mod play;
mod rules;

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use play::Play;

#[test]
fn no_history_opens_what_the_model_forbids() {
    let config = Config { cases: 10_000, failure_persistence: None, ..Config::default() };
    let begun = Play::new();
    let (accepted, opened, approved, rested) = <(Cell<u64>, Cell<u64>, Cell<u64>, Cell<u64>)>::default();
    let count = |cell: &Cell<u64>, more: bool| cell.set(cell.get() + u64::from(more));
    let histories = prop::collection::vec(act::any_act(), 8..=20);
    let result = TestRunner::new(config).run(&histories, |acts| {
        let mut play = begun.clone();
        for (number, act) in (0u8..).zip(acts) {
            let both = play.act(number, act);
            prop_assert_eq!(both.0, both.1, "accepted by the state machine, by the model");
            count(&accepted, both.0);
            for (machine, model, needed) in play.open() {
                prop_assert_eq!(machine, model, "opened by the state machine, by the model");
                count(&opened, machine);
                count(&approved, machine && needed);
                count(&rested, !machine);
            }
        }
        prop_assert!(play.receipts_agree(), "what a receipt meets is what was compared");
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    // A history in which nothing happens agrees with anything.
    assert!(accepted.get() > 10_000 && opened.get() > 1_000 && rested.get() > 1_000);
    assert!(
        approved.get() > 20,
        "permissions that needed approvals, had them, and opened: {}",
        approved.get()
    );
}
