//! The rules of emergencies a second time, as plain lists and times, and random histories that hold the state machine to them.
//!
//! The model knows no record and no function of the state machine. Signatures are left out: they have tests of their own.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::state::{StateError, StateReader, apply_unsigned};
use crate::tx::Verdict;

/// Clinicians by number: two of one member, the other key of the first, and one of another member.
const KEYS: [u8; 4] = [DOCTOR, COLLEAGUE, OTHER_KEY, STRANGER];
/// Who they are.
const PERSONS: [usize; 4] = [0, 1, 0, 3];
const MEMBERS: [u16; 4] = [1, 1, 1, 2];
const PER_EPOCH: usize = 3;

#[derive(Debug, Clone, Copy)]
enum Act {
    Wait { minutes: i64 },
    Announce { by: usize },
    Open { by: usize, second: Option<usize> },
    Attest { who: usize, holds: bool },
    Review { nth: usize, person: bool, verdict: Verdict },
}

#[derive(Default)]
struct Model {
    now: i64,
    ends: i64,
    holds: [bool; 4],
    announced: Vec<(usize, i64)>,
    first: Option<i64>,
    opened: Vec<i64>,
    acts: usize,
    said: Vec<usize>,
    stopped: bool,
}

impl Model {
    fn running(&self) -> bool {
        !self.stopped && self.now < self.ends
    }

    fn serving(&self, who: usize) -> Option<i64> {
        let begins = self.first.unwrap_or(self.now);
        let serving = self.announced.iter().filter(|(by, at)| *by == who && begins - at <= DAY);
        serving.map(|(_, at)| *at).next()
    }

    fn announce(&mut self, by: usize) -> bool {
        let may = self.running() && self.holds[by] && self.serving(by).is_none();
        if may {
            self.announced.push((by, self.now));
            self.acts += 1;
        }
        may
    }

    fn open(&mut self, by: usize, second: Option<usize>) -> bool {
        let waited = self.serving(by).is_some_and(|at| self.now - at >= 30 * MINUTE);
        let agreed = match second {
            Some(who) if !self.holds[who] || PERSONS[who] == PERSONS[by] => return false,
            Some(_) => true,
            None => waited,
        };
        let same = |at: &&i64| (**at / 1000) >> 12 == (self.now / 1000) >> 12;
        let room = self.opened.iter().filter(same).count() < PER_EPOCH;
        let in_time = self.first.is_none_or(|first| self.now - first <= 4 * HOUR);
        let may = self.running() && self.holds[by] && agreed && room && in_time;
        if may {
            self.first.get_or_insert(self.now);
            self.opened.push(self.now);
            self.acts += 1;
        }
        may
    }

    fn review(&mut self, nth: usize, person: bool, verdict: Verdict) -> bool {
        let may = person && nth < self.acts && !self.said.contains(&nth);
        if may {
            self.said.push(nth);
            self.stopped |= verdict == Verdict::Stopped;
        }
        may
    }
}

struct State<'a> {
    base: &'a Chain,
    writes: BTreeMap<StateKey, Option<Vec<u8>>>,
}

impl StateReader for State<'_> {
    fn get(&self, key: &StateKey) -> Result<Option<Vec<u8>>, StateError> {
        match self.writes.get(key) {
            Some(written) => Ok(written.clone()),
            None => self.base.tree.get(key),
        }
    }
}

impl State<'_> {
    fn run(&mut self, now: i64, tx: &Tx) -> bool {
        let head = Head { height: 100, time_ms: now };
        match apply_unsigned(&self.base.ctx, &*self, head, tx) {
            Ok(writes) => {
                self.writes.extend(writes);
                true
            }
            Err(_) => false,
        }
    }

    fn follows(&self) -> i64 {
        let octets = self.get(&StateKey::Emergency(self.base.grant_id(1))).unwrap();
        octets.map_or(0, |octets| EmergencyRecord::decode(&octets).unwrap().follows_ms())
    }
}

fn any_act() -> impl Strategy<Value = Act> {
    let who = || prop_oneof![4 => Just(0usize), 2 => Just(1), 2 => Just(2), 1 => Just(3)];
    let minutes = prop_oneof![3 => Just(30i64), 3 => 1i64..60, 2 => 60i64..300, 1 => 1_000i64..2_000];
    let verdict =
        prop_oneof![4 => Just(Verdict::Justified), 4 => Just(Verdict::Objected), 1 => Just(Verdict::Stopped)];
    prop_oneof![
        5 => minutes.prop_map(|minutes| Act::Wait { minutes }),
        4 => who().prop_map(|by| Act::Announce { by }),
        6 => (who(), prop::option::of(who())).prop_map(|(by, second)| Act::Open { by, second }),
        1 => (who(), any::<bool>()).prop_map(|(who, holds)| Act::Attest { who, holds }),
        2 => (0usize..6, prop::bool::weighted(0.8), verdict)
            .prop_map(|(nth, person, verdict)| Act::Review { nth, person, verdict }),
    ]
}

#[test]
fn no_history_opens_announces_or_says_what_the_model_forbids() {
    let mut chain = carded();
    let more = [(OTHER_KEY, 1, Some(DOCTOR)), (STRANGER, 2, None)];
    let more = more.map(|(who, member, subject)| attested(&chain, who, member, subject, 1));
    chain.block(1, &more);
    let ends = chain.grant(1).unwrap().terms.expires_ms;
    // The engine of contracts is slow without optimisation.
    let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
    let counts = std::cell::Cell::new((0u32, 0u32));
    let histories = prop::collection::vec(any_act(), 4..=16);
    let result = TestRunner::new(config).run(&histories, |acts| {
        let mut model = Model { now: chain.time_ms, ends, holds: [true; 4], ..Model::default() };
        let mut state = State { base: &chain, writes: BTreeMap::new() };
        let mut done: Vec<Tx> = Vec::new();
        for (number, act) in (1u8..).zip(acts) {
            // A block takes time, and no two acts share one.
            model.now += 1;
            let (machine, expected, tx) = match act {
                Act::Wait { minutes } => {
                    model.now += minutes * MINUTE;
                    continue;
                }
                Act::Announce { by } => {
                    let tx = chain.announce_by(1, 1, KEYS[by], state.follows());
                    (state.run(model.now, &tx), model.announce(by), Some(tx))
                }
                Act::Open { by, second } => {
                    let tx = chain.emergency_tx(1, number, 1, KEYS[by], second.map(|who| KEYS[who]));
                    (state.run(model.now, &tx), model.open(by, second), Some(tx))
                }
                Act::Attest { who, holds } => {
                    let mut body = chain.credential_body(KEYS[who], MEMBERS[who], u64::from(number) + 10);
                    body.subject = (MEMBERS[who] == 1).then_some(Hash32([KEYS[PERSONS[who]]; 32]));
                    body.valid_until_ms = model.now + 60 * DAY;
                    if !holds {
                        body.status = CredentialStatus::Suspended;
                    }
                    let signer = &chain.keepers[usize::from(MEMBERS[who]) - 1];
                    let said = state.run(model.now, &Tx::Credential(body.sign(&chain.ctx.chain_id, signer)));
                    model.holds[who] = holds;
                    (said, true, None)
                }
                Act::Review { nth, person, verdict } => {
                    // A transaction that recorded nothing stands for an act that there is not.
                    let act = done.get(nth).cloned().unwrap_or_else(|| chain.announce_tx(1, 1));
                    let by = if person { 1 } else { STRANGER };
                    let tx = chain.review_tx(1, &act, verdict, by, None);
                    (state.run(model.now, &tx), model.review(nth, person, verdict), None)
                }
            };
            prop_assert_eq!(machine, expected, "by the state machine, by the model: {:?}", act);
            if machine {
                done.extend(tx);
            }
            let (yes, no) = counts.get();
            let is_opening = matches!(act, Act::Open { .. });
            counts.set((yes + u32::from(is_opening && machine), no + u32::from(is_opening && !machine)));
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let (opened, refused) = counts.get();
    // A history in which nothing happens agrees with anything.
    assert!(opened > 20 && refused > 20, "{opened} opened, {refused} refused");
}
