//! One history, done by the state machine and by the model at once.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::act::{Act, What, Who};
use super::rules::{DAY, HOUR, Power, Rules, Wish};
use crate::circle::tests::family::{
    ANNA, BEN, CLEO, CLINICIANS, DAN, Family, GUARDIANS, PERSON, SENSITIVE, approver, pk, policy, steward,
};
use crate::circle::{Beginning, Change, CircleGrantRecord, CircleRecord, Delegate, Policy, Subject};
use crate::codec::Record;
use crate::fixture::START;
use crate::ids::{GrantId, Hash32, Signature, VerifyingKey};
use crate::merkle::MerklePath;
use crate::state::{GrantRecord, GrantStatus, Head, StateError, StateKey, StateReader, apply_unsigned};
use crate::tx::{
    AccessBody, AccessTx, ApproveBody, ChangeBody, DelegatedGrantBody, DelegatedGrantTx, ObjectBody, Paid,
    Pow, RevokeBody, RevokeTx, SpringBody, Tx,
};

/// Permissions in a history.
const GRANTS: usize = 3;
/// Somebody of no circle.
const STRANGER: u8 = 250;
/// No height matters here.
const HEIGHT: u64 = 100;
const NONE: Signature = Signature([0; 64]);

/// What every history begins with; made once.
struct Begun {
    family: Family,
    keys: Vec<VerifyingKey>,
    steward: Delegate,
    approver: Delegate,
    /// By number: of ordinary categories, and with a sensitive one.
    grants: Vec<[DelegatedGrantBody; 2]>,
}

#[derive(Clone)]
struct State {
    begun: Rc<Begun>,
    writes: BTreeMap<StateKey, Option<Vec<u8>>>,
}

impl StateReader for State {
    fn get(&self, key: &StateKey) -> Result<Option<Vec<u8>>, StateError> {
        match self.writes.get(key) {
            Some(written) => Ok(written.clone()),
            None => self.begun.family.chain.tree.get(key),
        }
    }
}

#[derive(Clone)]
pub(super) struct Play {
    state: State,
    rules: Rules,
    /// The key of whoever has or had a seat.
    seats: BTreeMap<u8, u8>,
    tries: usize,
}

fn unsigned<B>(body: B) -> Paid<B> {
    Paid { body, pow: Pow(0), signature: NONE }
}

impl Play {
    pub(super) fn new() -> Self {
        let review = START + 20 * DAY;
        let family = Family::with(|body| {
            body.guardians.threshold = 2;
            body.delegates[2].review_ms = Some(review);
        });
        let body = |number: u8, categories: &[u8]| family.grant_body(number, ANNA, DAY, categories);
        let grants = (1..=3).map(|number| [body(number, &[1]), body(number, &[2, SENSITIVE])]).collect();
        let power = |key: u8, steward: bool, review, waits_for_clinicians| Power {
            key,
            steward,
            longest: 10 * DAY,
            lapses: START + 60 * DAY,
            review,
            waits_for_clinicians,
            attested: BTreeSet::new(),
        };
        let powers = vec![
            power(ANNA, true, None, false),
            power(BEN, false, None, false),
            power(CLEO, false, Some(review), false),
            power(DAN, true, None, true),
        ];
        let rules = Rules::new(family.chain.time_ms, PERSON, powers, policy().long_ms);
        let keys = (0..=u8::MAX).map(pk).collect();
        let begun = Begun { family, keys, steward: steward(ANNA), approver: approver(BEN), grants };
        let state = State { begun: Rc::new(begun), writes: BTreeMap::new() };
        let mut play = Self { state, rules, seats: BTreeMap::new(), tries: 0 };
        play.remember_seats();
        play
    }

    fn begun(&self) -> &Begun {
        &self.state.begun
    }

    fn remember_seats(&mut self) {
        let seats = self.rules.delegates.iter().map(|(seat, power)| (*seat, power.key));
        self.seats.extend(seats);
    }

    fn key(&self, seed: u8) -> VerifyingKey {
        self.begun().keys[usize::from(seed)]
    }

    fn key_of(&self, who: Who) -> VerifyingKey {
        self.key(match who {
            Who::Person => self.rules.person,
            Who::Former => PERSON,
            Who::Delegate(seat) => self.seats.get(&seat).copied().unwrap_or(STRANGER),
            Who::Guardian(number) => GUARDIANS[usize::from(number)],
        })
    }

    fn grant_id(&self, number: usize) -> GrantId {
        self.begun().grants[number][0].grant.terms.grant_id
    }

    fn read<T: Record>(&self, key: &StateKey) -> Option<T> {
        self.state.get(key).unwrap().map(|octets| T::decode(&octets).unwrap())
    }

    fn circle(&self) -> CircleRecord {
        let stored: CircleRecord = self.read(&StateKey::Circle(self.begun().family.id)).unwrap();
        stored.at(self.rules.now)
    }

    fn head(&self) -> Head {
        Head { height: HEIGHT, time_ms: self.rules.now }
    }

    fn run(&mut self, tx: &Tx) -> bool {
        let head = self.head();
        match apply_unsigned(&self.state.begun.family.chain.ctx, &self.state, head, tx) {
            Ok(writes) => {
                self.state.writes.extend(writes);
                true
            }
            Err(_) => false,
        }
    }

    /// Whether the state machine and whether the model accepted it.
    pub(super) fn act(&mut self, number: u8, act: Act) -> (bool, bool) {
        let both = match act {
            Act::Wait { hours } => {
                self.rules.until(self.rules.now + hours * HOUR);
                (true, true)
            }
            Act::Give { by, days, sensitive } => self.give(by, days * DAY, sensitive),
            Act::Approve { by, grant } => {
                let tx = self.approve(by, Subject::Grant(self.grant_id(grant)));
                (self.run(&tx), self.rules.approve(grant, by))
            }
            Act::Object { by, grant } => {
                let tx = self.object(by, Subject::Grant(self.grant_id(grant)));
                (self.run(&tx), self.rules.object(grant, by))
            }
            Act::Stop { by, grant } => {
                let (grant_id, revoker_pk) = (self.grant_id(grant), self.key_of(by));
                let body = RevokeBody { grant_id, revoker_pk, path: MerklePath::single() };
                let tx = Tx::Revoke(RevokeTx { body, pow: Pow(0), signature: NONE });
                (self.run(&tx), self.rules.stop(grant, by))
            }
            Act::Ask { by, what } => self.ask(number, by, what),
            Act::Second { by } => {
                let tx = self.approve(by, self.waiting());
                (self.run(&tx), self.rules.second(by))
            }
            Act::Veto { by } => {
                let tx = self.object(by, self.waiting());
                (self.run(&tx), self.rules.object_to_change(by))
            }
            Act::Attest { clinician } => {
                let body = SpringBody {
                    circle_id: self.begun().family.id,
                    revision: self.circle().revision,
                    delegate_pk: self.key(DAN),
                    credential_pk: self.key(CLINICIANS[clinician]),
                    valid_until_height: HEIGHT,
                };
                (self.run(&Tx::Spring(unsigned(body))), self.rules.attest(4, clinician))
            }
        };
        self.remember_seats();
        both
    }

    fn waiting(&self) -> Subject {
        Subject::Change(self.circle().pending.map_or(Hash32::ZERO, |pending| pending.subject))
    }

    fn approve(&self, by: Who, subject: Subject) -> Tx {
        Tx::Approve(unsigned(ApproveBody {
            circle_id: self.begun().family.id,
            subject,
            revision: self.circle().revision,
            signer_pk: self.key_of(by),
            valid_until_height: HEIGHT,
        }))
    }

    fn object(&self, by: Who, subject: Subject) -> Tx {
        let (circle_id, signer_pk) = (self.begun().family.id, self.key_of(by));
        Tx::Object(unsigned(ObjectBody { circle_id, subject, signer_pk, valid_until_height: HEIGHT }))
    }

    fn give(&mut self, by: u8, lasts: i64, sensitive: bool) -> (bool, bool) {
        let number = self.tries % GRANTS;
        self.tries += 1;
        let mut body = self.begun().grants[number][usize::from(sensitive)].clone();
        body.delegate_pk = self.key_of(Who::Delegate(by));
        body.grant.terms.not_before_ms = self.rules.now;
        body.grant.terms.expires_ms = self.rules.now + lasts;
        let tx = DelegatedGrantTx { body, pow: Pow(0), grant_signature: NONE, delegate_signature: NONE };
        let tx = Tx::DelegatedGrant(Box::new(tx));
        (self.run(&tx), self.rules.give(number, by, lasts, sensitive))
    }

    fn ask(&mut self, number: u8, by: Who, what: What) -> (bool, bool) {
        let wish = self.wish(number, what);
        // What happened since the person signed that somebody goes does not matter.
        let earlier = matches!((by, what), (Who::Person, What::Remove(_))) && !number.is_multiple_of(2);
        let body = ChangeBody {
            circle_id: self.begun().family.id,
            revision: self.circle().revision.saturating_sub(u32::from(earlier)),
            signer_pk: self.key_of(by),
            valid_until_height: HEIGHT,
            change: self.change(&wish),
        };
        (self.run(&Tx::CircleChange(unsigned(body))), self.rules.ask(by, wish))
    }

    /// The change with its times; `number` makes new keys new.
    fn wish(&self, number: u8, what: What) -> Wish {
        let now = self.rules.now;
        let newcomer = Power {
            key: 60 + number,
            steward: false,
            longest: 10 * DAY,
            lapses: now + 60 * DAY,
            review: None,
            waits_for_clinicians: false,
            attested: BTreeSet::new(),
        };
        let power = |seat: u8| self.rules.delegates.get(&seat).cloned().unwrap_or(newcomer.clone());
        match what {
            What::Remove(seat) => Wish::Remove(seat),
            What::Lower(seat) => {
                let power = power(seat);
                let lapses = power.lapses.min(now + 2 * DAY);
                Wish::Lower(seat, Power { longest: power.longest / 2, lapses, ..power })
            }
            What::Raise(seat) => {
                let power = power(seat);
                let longest = power.longest.max((power.longest * 2).min(400 * DAY));
                Wish::Raise(seat, Power { longest, lapses: power.lapses + 10 * DAY, ..power })
            }
            What::Add => Wish::Add(newcomer),
            What::Policy { m, veto_hours, objector } => Wish::Policy { m, veto: veto_hours * HOUR, objector },
            What::NewKey => Wish::NewKey(110 + number),
            What::Retire => Wish::Retire(180 + number),
            What::Review { seat, days } => Wish::Review(seat, now + days * DAY),
            What::Handover => Wish::Handover,
        }
    }

    fn change(&self, wish: &Wish) -> Change {
        match wish {
            Wish::Remove(seat) => Change::RemoveDelegate(*seat),
            Wish::Lower(seat, power) => Change::LowerDelegate(*seat, self.delegate(power)),
            Wish::Raise(seat, power) => Change::RaiseDelegate(*seat, self.delegate(power)),
            Wish::Add(power) => Change::AddDelegate(self.delegate(power)),
            Wish::Policy { m, veto, objector } => {
                let (approvals, veto_ms, objector) = (*m, *veto, *objector);
                Change::SetPolicy(Policy { approvals, veto_ms, objector, ..self.circle().policy })
            }
            Wish::NewKey(key) => Change::ReplacePatient(self.key(*key)),
            Wish::Retire(key) => Change::RetireKey(self.key(*key)),
            Wish::Review(seat, review_ms) => Change::ConfirmReview { seat: *seat, review_ms: *review_ms },
            Wish::Handover => Change::Handover,
        }
    }

    fn delegate(&self, power: &Power) -> Delegate {
        let begun = self.begun();
        Delegate {
            pk: self.key(power.key),
            instrument_hash: Hash32([power.key; 32]),
            longest_ms: power.longest,
            lapses_ms: power.lapses,
            review_ms: power.review,
            beginning: if power.waits_for_clinicians { Beginning::Attested } else { Beginning::AtOnce },
            ..if power.steward { begun.steward } else { begun.approver }
        }
    }

    /// Of every recorded permission, whether it may be opened now, by the records and by the model, and whether it needed
    /// approvals.
    pub(super) fn open(&self) -> Vec<(bool, bool, bool)> {
        let circle: CircleRecord = self.read(&StateKey::Circle(self.begun().family.id)).unwrap();
        let now = self.rules.now;
        let mut open = Vec::new();
        for number in 0..GRANTS {
            let id = self.grant_id(number);
            let given: Option<CircleGrantRecord> = self.read(&StateKey::CircleGrant(id));
            let grant: Option<GrantRecord> = self.read(&StateKey::Grant(id));
            if let (Some(given), Some(grant)) = (given, grant) {
                let active = grant.status_at(now) == GrantStatus::Active;
                let machine = active && given.opens(&circle, now);
                open.push((machine, self.rules.opens(number), given.needs > 0));
            }
        }
        open
    }

    /// Whether a receipt is refused exactly where the model says so.
    pub(super) fn receipts_agree(&self) -> bool {
        (0..GRANTS).all(|number| {
            let reader_pk = self.begun().grants[number][0].readers[0].reader_pk;
            let body = AccessBody {
                grant_id: self.grant_id(number),
                reader_pk,
                path: MerklePath::single(),
                request_hash: Hash32::ZERO,
                epk_hash: Hash32::ZERO,
            };
            let tx = Tx::Access(AccessTx { body, signature: NONE });
            let ctx = &self.begun().family.chain.ctx;
            apply_unsigned(ctx, &self.state, self.head(), &tx).is_ok() == self.rules.opens(number)
        })
    }
}
