//! The chain and a keeper as they are: blocks of signed transactions through [`execute_block`], and [`decide`] on what a member's
//! state says, gathered as a member gathers it.

use std::rc::Rc;

use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::ids::{Hash32, TxHash, VerifyingKey};
use salus_chain::state::{
    ContractRecord, CredentialRecord, DutyGrantRecord, DutyRecord, EmergencyRecord, GrantRecord, Head,
    StateKey, execute_block,
};
use salus_chain::tx::Tx;

use super::act::{How, Opening};
use super::asking::request;
use super::case::{PERMISSIONS, SCOPE, START};
use super::fault::{Fault, Seen, Store};
use super::stage::{Signed, Stage};
use crate::Scope;
use crate::held::HeldShare;
use crate::message::ReleaseRequest;
use crate::release::{
    ContractFacts, Credentials, DutyFacts, FinalAccess, MAX_SLOTS_PER_WINDOW, Refusal, ReleaseFacts, decide,
    may_learn,
};

/// Done, or the number of the reason why not: a keeper's are above 1000.
pub(super) type Outcome = Result<(), u16>;
const KEEPERS: u16 = 1000;

/// A recorded opening.
struct Recorded {
    opening: Opening,
    signed: Rc<Signed>,
    height: u64,
    /// The permission after that height; none while it is the head's.
    at_access: Option<GrantRecord>,
}

pub(super) struct Machine {
    pub(super) stage: Rc<Stage>,
    store: Store,
    fault: Option<Fault>,
    pub(super) now: i64,
    height: u64,
    receipts: Vec<Recorded>,
    /// Announcements and openings in emergencies, in order: of which permission, and what recorded them.
    pub(super) emergencies: Vec<(usize, TxHash)>,
    blocks: Vec<(u64, i64, Vec<Rc<Signed>>)>,
}

impl Machine {
    pub(super) fn new(stage: Rc<Stage>, fault: Option<Fault>) -> Self {
        let store = Store::new(stage.base.clone());
        let (receipts, emergencies) = (Vec::new(), Vec::new());
        let blocks = vec![(2, START, Vec::new())];
        Self { stage, store, fault, now: START, height: 2, receipts, emergencies, blocks }
    }

    fn seen(&self) -> Seen<'_> {
        Seen { store: &self.store, fault: self.fault, now: self.now }
    }

    /// So much later, and so many blocks.
    pub(super) fn wait(&mut self, ms: i64, blocks: u64) {
        let ended = self.receipts.iter().filter(|receipt| receipt.height == self.height);
        let ended: Vec<GrantRecord> =
            ended.filter_map(|receipt| self.grant(receipt.opening.number)).collect();
        let of_block = self.receipts.iter_mut().filter(|receipt| receipt.height == self.height);
        of_block.zip(ended).for_each(|(receipt, grant)| receipt.at_access = Some(grant));
        (self.now, self.height) = (self.now + ms, self.height + blocks);
        self.blocks.push((self.height, self.now, Vec::new()));
        let none: &[Vec<u8>] = &[];
        let effects = execute_block(&self.stage.ctx, &self.seen(), self.height, self.now, none).unwrap();
        self.store.write(effects.writes);
    }

    fn grant(&self, number: usize) -> Option<GrantRecord> {
        self.seen().record(&StateKey::Grant(self.stage.grant_id(number)))
    }

    /// One more transaction of the running block.
    pub(super) fn run(&mut self, signed: &Rc<Signed>) -> Outcome {
        let octets = std::slice::from_ref(&signed.octets);
        let effects = execute_block(&self.stage.ctx, &self.seen(), self.height, self.now, octets).unwrap();
        self.store.write(effects.writes);
        self.blocks.last_mut().unwrap().2.push(signed.clone());
        effects.results[0].outcome.map_err(|why| why.code())
    }

    pub(super) fn open(&mut self, opening: Opening) -> Outcome {
        let signed = self.stage.open(&opening);
        self.run(&signed)?;
        if signed.tx.opener().is_some() {
            self.emergencies.push((opening.number, signed.tx.hash()));
        }
        self.receipts.push(Recorded { opening, signed, height: self.height, at_access: None });
        Ok(())
    }

    /// The circle's revision at this time.
    pub(super) fn revision(&self) -> u32 {
        let circle: CircleRecord = self.seen().record(&StateKey::Circle(self.stage.circle)).unwrap();
        circle.at(self.now).revision
    }

    pub(super) fn receipts(&self) -> usize {
        self.receipts.len()
    }

    /// What a keeper says to a receipt when its clock is so much ahead, and what the desk of a member does.
    pub(super) fn release(&self, nth: usize, how: How, late: i64) -> (Outcome, Outcome) {
        let (receipt, seen) = (&self.receipts[nth], self.seen());
        let (tx, number): (&Tx, usize) = (&receipt.signed.tx, receipt.opening.number);
        let body = tx.opening().unwrap();
        let (slots, epk) = request(&receipt.opening, how);
        let request = ReleaseRequest { access_tx_hash: tx.hash(), slots, epk };
        let at_head = self.grant(number);
        let at_access = receipt.at_access.clone().or_else(|| at_head.clone());
        let given: Option<CircleGrantRecord> = seen.record(&StateKey::CircleGrant(body.grant_id));
        let circle: Option<CircleRecord> =
            given.as_ref().and_then(|given| seen.record(&StateKey::Circle(given.circle_id)));
        let answers = CircleGrantRecord::answering(given.as_ref(), &body.reader_pk);
        let said = |pk: VerifyingKey| seen.record::<CredentialRecord>(&StateKey::Credential(pk));
        let (reader, second, opener) =
            (said(answers), tx.second().and_then(said), tx.opener().and_then(said));
        let duty: Option<DutyRecord> = seen.record(&StateKey::Duty(body.reader_pk.signing()));
        let group: Option<DutyGrantRecord> = seen.record(&StateKey::DutyGrant(body.grant_id));
        let contract_hash = at_head.as_ref().map_or(Hash32::ZERO, |grant| grant.terms.contract_hash);
        let contract: Option<ContractRecord> = seen.record(&StateKey::Contract(contract_hash));
        let emergency: Option<EmergencyRecord> = seen.record(&StateKey::Emergency(body.grant_id));
        let held = (how != How::NoShare).then(|| self.held(number));
        let facts = ReleaseFacts {
            ctx: &self.stage.ctx,
            request: &request,
            access: Some(FinalAccess { tx, height: receipt.height }),
            grant_at_access: at_access.as_ref(),
            grant_at_head: at_head.as_ref(),
            head: Head { height: self.height, time_ms: self.now },
            clock_ms: self.now + late,
            revoke_seen: how == How::StopSeen,
            held: held.as_ref(),
            released_in_window: if how == How::Busy { MAX_SLOTS_PER_WINDOW } else { 0 },
            contract: contract
                .as_ref()
                .map(|contract| ContractFacts { text: &contract.text, emergency: emergency.as_ref() }),
            credentials: Credentials {
                reader: reader.as_ref(),
                second: second.as_ref(),
                opener: opener.as_ref(),
            },
            circle: given.as_ref().zip(circle.as_ref()),
            duty: group.as_ref().map(|given| DutyFacts { given, duty: duty.as_ref() }),
        };
        let keeper = decide(&facts).map(|permit| assert!(!permit.entry().slots.is_empty()));
        let code = |why: Refusal| KEEPERS + why.code();
        (keeper.map_err(code), may_learn(&facts).map(|_| ()).map_err(code))
    }

    fn held(&self, number: usize) -> HeldShare {
        let own = PERMISSIONS[number].own;
        HeldShare {
            grant_id: self.stage.grant_id(number),
            patient_grant_pk: self.stage.pk(own),
            keeper_set_id: self.stage.ctx.keeper_set_id,
            keeper: 1,
            commit_hash: Hash32([own; 32]),
            scope: Scope::new(SCOPE.0, SCOPE.1).unwrap(),
            share: self.stage.share.clone(),
        }
    }

    /// Whether the same transactions in whole blocks come to the same state.
    pub(super) fn is_the_same_in_whole_blocks(&self) -> bool {
        let mut store = Store::new(self.stage.base.clone());
        for (height, time, signed) in &self.blocks {
            let octets: Vec<&[u8]> = signed.iter().map(|signed| signed.octets.as_slice()).collect();
            let seen = Seen { store: &store, fault: self.fault, now: *time };
            let effects = execute_block(&self.stage.ctx, &seen, *height, *time, &octets).unwrap();
            store.write(effects.writes);
        }
        store.changes() == self.store.changes()
    }
}
