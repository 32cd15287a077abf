//! A chain of two members with everything in it that no history has to make: contracts, four attested clinicians, a circle.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use salus_chain::circle::{Beginning, Delegate, Guardians, Policy, Role as Helper, category_leaf};
use salus_chain::codec::Record;
use salus_chain::contract::{Ready, contract_hash};
use salus_chain::duty::DutyGroup;
use salus_chain::genesis::{ChainContext, Params};
use salus_chain::ids::{
    ChainId, CircleId, GrantId, Hash32, KeeperSetId, KemPublicKey, Nonce16, ReaderKey, VerifyingKey,
};
use salus_chain::merkle;
use salus_chain::sign::SigningKey;
use salus_chain::state::{StateKey, execute_block, genesis_writes};
use salus_chain::tx::{CircleBody, ContractBody, PaidBody, Tx};

use super::act::{Says, Who};
use super::case::{CLINICIANS, Condition, HOUR, LAPSES, LONG, LONGEST, PERMISSIONS, Role, START, VETO};
use super::fault::{Seen, Store};
use super::people::Statement;
use crate::deal::Share;
use crate::fixture::World;

/// Seeds of keys.
pub(super) const KEEPERS: [u8; 2] = [251, 252];
pub(super) const STRANGER: u8 = 99;
/// Whom a mandate is for that is not for whom it is meant.
pub(super) const SOMEBODY: u8 = 98;
const FIRST_READER: u8 = 101;
/// Later than every history.
pub(super) const VALID: u64 = 100_000;
const NONCE: Nonce16 = Nonce16([7; 16]);

/// A transaction and its octets.
pub(super) struct Signed {
    pub(super) tx: Tx,
    pub(super) octets: Vec<u8>,
}

impl Signed {
    pub(super) fn of(tx: Tx) -> Rc<Self> {
        let octets = tx.encode();
        Rc::new(Self { tx, octets })
    }
}

pub(super) struct Stage {
    pub(super) ctx: ChainContext,
    keys: Vec<SigningKey>,
    pks: Vec<VerifyingKey>,
    pub(super) circle: CircleId,
    pub(super) share: Share,
    pub(super) base: Rc<BTreeMap<StateKey, Vec<u8>>>,
    /// What is the same in many histories is signed once.
    kept: RefCell<BTreeMap<[u64; 4], Rc<Signed>>>,
}

/// The leaf of a category; the second one is sensitive.
pub(super) fn leaves() -> [Hash32; 2] {
    [1, 2].map(|category| category_leaf(&[category; 16], category))
}

pub(super) fn group(member: u16, role: Role) -> DutyGroup {
    let role = match role {
        Role::Night => "Night",
        Role::Day => "Day",
    };
    DutyGroup::new(member, role).unwrap()
}

fn text(condition: Condition) -> Option<String> {
    let ready = match condition {
        Condition::None => return None,
        Condition::Hours => Ready::Hours { from: 600, to: 1080, utc_offset_minutes: 0 },
        Condition::Summaries => Ready::SummariesOnly,
        Condition::OnDuty => Ready::OnDuty { member: 1 },
        Condition::TwoPersons => Ready::TwoPersons,
        Condition::BreakGlass => Ready::BreakGlass,
    };
    Some(ready.text().unwrap())
}

pub(super) fn contract(condition: Condition) -> Hash32 {
    text(condition).map_or(Hash32::ZERO, |text| contract_hash(&text))
}

impl Stage {
    pub(super) fn new() -> Self {
        let keys: Vec<SigningKey> = (0..=u8::MAX).map(|seed| SigningKey::from_bytes(&[seed; 32])).collect();
        let pks: Vec<VerifyingKey> = keys.iter().map(SigningKey::verifying_key).collect();
        let chain_id = ChainId([3; 32]);
        let ctx = ChainContext {
            chain_id,
            keeper_set_id: KeeperSetId([4; 32]),
            keeper_pks: KEEPERS.map(|seed| pks[usize::from(seed)]).to_vec(),
            threshold: 1,
            params: Params { pow_bits: 0, access_per_epoch: 2, ..Params::default() },
            genesis_time_ms: START - 2 * HOUR,
        };
        let circle = CircleId::derive(&chain_id, &pks[usize::from(Self::seed(Who::Person))], &NONCE);
        let base =
            genesis_writes(&ctx).into_iter().filter_map(|(key, value)| value.map(|value| (key, value)));
        let base = Rc::new(base.collect());
        let (share, kept) = (World::new().held(2).share.clone(), RefCell::default());
        let mut stage = Self { ctx, keys, pks, circle, share, base, kept };
        stage.begin();
        stage
    }

    /// The first block, an hour before every history.
    fn begin(&mut self) {
        let mut txs = vec![Tx::Circle(self.circle_body().sign(
            &self.ctx.chain_id,
            0,
            self.key(Self::seed(Who::Person)),
        ))];
        for condition in [
            Condition::Hours,
            Condition::Summaries,
            Condition::OnDuty,
            Condition::TwoPersons,
            Condition::BreakGlass,
        ] {
            let text = text(condition).unwrap();
            let body = ContractBody { author_pk: self.pk(STRANGER), valid_until_height: VALID, text };
            txs.push(Tx::Contract(body.sign(&self.ctx.chain_id, 0, self.key(STRANGER))));
        }
        let octets: Vec<Vec<u8>> = txs.iter().map(Record::encode).chain(self.attested()).collect();
        let store = Store::new(self.base.clone());
        let seen = Seen { store: &store, fault: None, now: START - HOUR };
        let effects = execute_block(&self.ctx, &seen, 1, START - HOUR, &octets).unwrap();
        assert!(effects.results.iter().all(|result| result.outcome.is_ok()), "{:?}", effects.results);
        let mut base = (*self.base).clone();
        base.extend(effects.writes.into_iter().filter_map(|(key, value)| value.map(|value| (key, value))));
        self.base = Rc::new(base);
    }

    fn attested(&self) -> Vec<Vec<u8>> {
        (0..4).map(|who| self.attest(Self::first_statement(who), START).octets.clone()).collect()
    }

    /// What a member says of a clinician before every history; as of [`START`].
    pub(super) fn first_statement(who: usize) -> Statement {
        Statement { who, says: Says::For(40), by: CLINICIANS[who].member, told: true, nonce: 1 }
    }

    fn circle_body(&self) -> CircleBody {
        let helper = |who: Who, role: Helper, categories_root: Hash32| Delegate {
            pk: self.pk(Self::seed(who)),
            role,
            instrument_hash: Hash32([5; 32]),
            categories_root,
            recipients_root: Hash32::ZERO,
            longest_ms: LONGEST,
            begins_ms: START - HOUR,
            lapses_ms: LAPSES,
            review_ms: None,
            beginning: Beginning::AtOnce,
        };
        CircleBody {
            circle_id: self.circle,
            patient_pk: self.pk(Self::seed(Who::Person)),
            nonce: NONCE,
            valid_until_height: VALID,
            delegates: vec![
                helper(Who::Anna, Helper::Steward, merkle::root(&leaves())),
                helper(Who::Ben, Helper::Approver, Hash32::ZERO),
            ],
            guardians: Guardians { keys: Vec::new(), threshold: 0 },
            policy: Policy {
                approvals: 1,
                long_ms: LONG,
                ordinary_root: leaves()[0],
                veto_ms: VETO,
                objector: 0,
            },
        }
    }

    pub(super) const fn seed(who: Who) -> u8 {
        match who {
            Who::Person => 80,
            Who::Anna => 81,
            Who::Ben => 82,
            Who::Stranger => STRANGER,
        }
    }

    pub(super) fn key(&self, seed: u8) -> &SigningKey {
        &self.keys[usize::from(seed)]
    }

    pub(super) fn pk(&self, seed: u8) -> VerifyingKey {
        self.pks[usize::from(seed)]
    }

    pub(super) fn clinician(&self, who: usize) -> VerifyingKey {
        self.pk(CLINICIANS[who].seed)
    }

    pub(super) fn grant_id(&self, number: usize) -> GrantId {
        GrantId::derive(&self.ctx.chain_id, &self.pk(PERMISSIONS[number].own), &Self::nonce(number))
    }

    /// The seed of the key that a permission's reader signs with.
    pub(super) fn reader_seed(number: usize) -> u8 {
        FIRST_READER + u8::try_from(number).unwrap()
    }

    /// What keeps two permissions of one key apart.
    pub(super) fn nonce(number: usize) -> Nonce16 {
        Nonce16([u8::try_from(number).unwrap(); 16])
    }

    pub(super) fn reader(&self, number: usize) -> ReaderKey {
        let seed = Self::reader_seed(number);
        ReaderKey::new(self.pk(seed), KemPublicKey([seed; 32]))
    }

    /// What was signed for these numbers before, or signs it.
    pub(super) fn kept(&self, of: [u64; 4], sign: impl FnOnce() -> Tx) -> Rc<Signed> {
        if let Some(signed) = self.kept.borrow().get(&of) {
            return signed.clone();
        }
        let signed = Signed::of(sign());
        self.kept.borrow_mut().insert(of, signed.clone());
        signed
    }
}
