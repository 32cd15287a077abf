//! One test for each branch of the rule.

use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::ids::{Hash32, KeeperSetId, KemPublicKey, TxHash, VerifyingKey};
use salus_chain::merkle::MerklePath;
use salus_chain::state::{
    CredentialRecord, DutyGrantRecord, DutyRecord, EmergencyRecord, GrantEnd, GrantRecord, Head,
};
use salus_chain::tx::Tx;

use super::*;
use crate::Slot;
use crate::fixture::{NOW_EPOCH, World};
use crate::message::SlotRequest;

mod contract;
mod credential;
mod duty;
mod emergency;

struct Case {
    world: World,
    tx: Tx,
    request: ReleaseRequest,
    access_height: Option<u64>,
    at_access: Option<GrantRecord>,
    at_head: Option<GrantRecord>,
    head: Head,
    clock_ms: i64,
    revoke_seen: bool,
    held: Option<HeldShare>,
    released: u32,
    text: Option<String>,
    credential: Option<CredentialRecord>,
    second: Option<CredentialRecord>,
    opener: Option<CredentialRecord>,
    emergency: Option<EmergencyRecord>,
    circle: Option<(CircleGrantRecord, CircleRecord)>,
    duty: Option<(DutyGrantRecord, Option<DutyRecord>)>,
}

impl Case {
    fn new() -> Self {
        Self::of(World::slots())
    }

    fn of(slots: Vec<Slot>) -> Self {
        let mut world = World::new();
        let held = world.held(2);
        let (tx, request) = world.access(slots);
        let (grant, now, attested) = (world.grant(), world.now(), world.attested());
        Self {
            tx,
            request,
            access_height: Some(100),
            at_access: Some(grant.clone()),
            at_head: Some(grant),
            head: Head { height: 105, time_ms: now },
            clock_ms: now,
            revoke_seen: false,
            held: Some(held),
            released: 0,
            text: None,
            credential: Some(attested.clone()),
            second: Some(attested),
            opener: None,
            emergency: None,
            circle: None,
            duty: None,
            world,
        }
    }

    fn with(change: impl FnOnce(&mut Self)) -> Result<Permit, Refusal> {
        let mut case = Self::new();
        change(&mut case);
        case.decide()
    }

    fn both(&mut self, change: impl Fn(&mut GrantRecord)) {
        self.at_access.iter_mut().chain(self.at_head.iter_mut()).for_each(change);
    }

    fn decide(&self) -> Result<Permit, Refusal> {
        decide(&self.facts())
    }

    fn facts(&self) -> ReleaseFacts<'_> {
        ReleaseFacts {
            ctx: &self.world.ctx,
            request: &self.request,
            access: self.access_height.map(|height| FinalAccess { tx: &self.tx, height }),
            grant_at_access: self.at_access.as_ref(),
            grant_at_head: self.at_head.as_ref(),
            head: self.head,
            clock_ms: self.clock_ms,
            revoke_seen: self.revoke_seen,
            held: self.held.as_ref(),
            released_in_window: self.released,
            contract: self
                .text
                .as_deref()
                .map(|text| ContractFacts { text, emergency: self.emergency.as_ref() }),
            credentials: Credentials {
                reader: self.credential.as_ref(),
                second: self.second.as_ref(),
                opener: self.opener.as_ref(),
            },
            circle: self.circle.as_ref().map(|(given, circle)| (given, circle)),
            duty: self.duty.as_ref().map(|(given, duty)| DutyFacts { given, duty: duty.as_ref() }),
        }
    }
}

fn refused(change: impl FnOnce(&mut Case)) -> Option<Refusal> {
    Case::with(change).err()
}

#[test]
fn everything_in_order_is_permitted_with_its_log_entry() {
    let case = Case::new();
    let permit = case.decide().unwrap();
    let entry = permit.entry();
    assert_eq!(entry.access_tx_hash, case.request.access_tx_hash);
    assert_eq!((entry.height, entry.released_ms), (100, case.clock_ms));
    assert_eq!(entry.slots, case.request.slots.slots());
    assert!(matches!(case.decide().unwrap().log(|_| Err("disk full")), Err("disk full")));
}

#[test]
fn rule_1_the_receipt_is_final_and_the_one_named() {
    assert_eq!(refused(|c| c.access_height = None), Some(Refusal::NoReceipt));
    assert_eq!(refused(|c| c.access_height = Some(106)), Some(Refusal::NoReceipt));
    assert_eq!(refused(|c| c.request.access_tx_hash = TxHash([0; 32])), Some(Refusal::NoReceipt));
}

#[test]
fn rule_1_the_receipt_is_at_most_twenty_blocks_old() {
    assert_eq!(refused(|c| c.head.height = 120), None);
    assert_eq!(refused(|c| c.head.height = 121), Some(Refusal::ReceiptTooOld));
    assert_eq!(refused(|c| c.head.height = 100), None);
}

#[test]
fn rule_1_the_preimages_match() {
    assert_eq!(refused(|c| c.request.epk = KemPublicKey([1; 32])), Some(Refusal::Preimage));
    let others = vec![Slot::new(0, NOW_EPOCH - 1).unwrap()];
    let swap = |c: &mut Case| c.request.slots = c.world.access(others).1.slots;
    assert_eq!(refused(swap), Some(Refusal::Preimage));
}

#[test]
fn rule_1_the_reader_is_under_the_root() {
    assert_eq!(refused(|c| c.both(|g| g.terms.reader_pk_root = Hash32([0; 32]))), Some(Refusal::Reader));
    let wrong_path = |c: &mut Case| {
        let Tx::Access(tx) = &mut c.tx else { panic!() };
        tx.body.path = MerklePath { index: 1, size: 2, siblings: vec![Hash32([0; 32])] };
        c.request.access_tx_hash = c.tx.hash();
    };
    assert_eq!(refused(wrong_path), Some(Refusal::Reader));
}

#[test]
fn rule_2_the_grant_exists_and_is_the_same_at_both_heights() {
    assert_eq!(refused(|c| c.at_access = None), Some(Refusal::NoGrant));
    assert_eq!(refused(|c| c.at_head = None), Some(Refusal::NoGrant));
    let differing = |c: &mut Case| c.at_access.as_mut().unwrap().terms.capsule_hash = Hash32([9; 32]);
    assert_eq!(refused(differing), Some(Refusal::NoGrant));
    let other_grant = |c: &mut Case| c.both(|g| g.terms.grant_id.0[0] ^= 1);
    assert_eq!(refused(other_grant), Some(Refusal::NoGrant));
}

#[test]
fn rule_2_it_is_in_force_at_the_receipt_and_at_the_head() {
    let ended = |revoked| Some(GrantEnd { revoked, height: 99 });
    for revoked in [true, false] {
        assert_eq!(refused(|c| c.at_access.as_mut().unwrap().end = ended(revoked)), Some(Refusal::Ended));
        assert_eq!(refused(|c| c.at_head.as_mut().unwrap().end = ended(revoked)), Some(Refusal::Ended));
    }
}

#[test]
fn rule_2_a_stop_merely_seen_counts() {
    assert_eq!(refused(|c| c.revoke_seen = true), Some(Refusal::RevokeSeen));
}

#[test]
fn rule_2_a_delegates_permission_holds_at_the_head_and_by_the_own_clock() {
    let now = World::new().now();
    let delegated = |change: &dyn Fn(&mut CircleGrantRecord, &mut CircleRecord)| {
        refused(|c| {
            let (mut given, mut circle) = (c.world.given(), c.world.circle());
            change(&mut given, &mut circle);
            c.circle = Some((given, circle));
        })
    };
    let rests = Some(Refusal::Circle);
    assert_eq!(delegated(&|_, _| {}), None);
    assert_eq!(delegated(&|given, _| given.ready_ms = None), rests);
    assert_eq!(delegated(&|given, _| given.ready_ms = Some(now)), None);
    assert_eq!(delegated(&|given, _| given.ready_ms = Some(now + 1)), rests);
    assert_eq!(delegated(&|given, _| given.objected = true), rests);
    assert_eq!(delegated(&|given, _| given.circle_id.0[0] ^= 1), rests);
    assert_eq!(delegated(&|_, circle| circle.handover_ms = Some(now - 1)), rests);
    assert_eq!(delegated(&|_, circle| circle.delegates.clear()), rests);
    // The removed delegate's permission, confirmed by the person's present key and by an earlier one.
    let removed = |confirmed_by| {
        delegated(&move |given, circle| {
            circle.delegates.clear();
            given.confirmed_by = Some(confirmed_by);
        })
    };
    assert_eq!(removed(World::new().circle().patient_pk), None);
    assert_eq!(removed(VerifyingKey([9; 32])), rests);
    let ready_between = |head: i64, clock: i64| {
        refused(|c| {
            let mut given = c.world.given();
            given.ready_ms = Some(now);
            c.circle = Some((given, c.world.circle()));
            (c.head.time_ms, c.clock_ms) = (head, clock);
        })
    };
    assert_eq!(ready_between(now, now), None);
    assert_eq!(ready_between(now - 1, now), rests);
    assert_eq!(ready_between(now, now - 1), rests);
}

#[test]
fn rule_2_the_share_is_held_and_of_this_dealing() {
    assert_eq!(refused(|c| c.held = None), Some(Refusal::NoShare));
    let other = Some(Refusal::OtherDealing);
    assert_eq!(refused(|c| c.held.as_mut().unwrap().commit_hash = Hash32([0; 32])), other);
    assert_eq!(refused(|c| c.held.as_mut().unwrap().grant_id.0[0] ^= 1), other);
    assert_eq!(refused(|c| c.held.as_mut().unwrap().patient_grant_pk.0[0] ^= 1), other);
    assert_eq!(refused(|c| c.held.as_mut().unwrap().keeper_set_id = KeeperSetId([0; 32])), other);
    assert_eq!(refused(|c| c.world.ctx.keeper_set_id = KeeperSetId([0; 32])), other);
}

#[test]
fn rule_3_the_head_is_the_present() {
    assert_eq!(refused(|c| c.head.time_ms -= 60_000), None);
    assert_eq!(refused(|c| c.head.time_ms -= 60_001), Some(Refusal::StaleHead));
    assert_eq!(refused(|c| c.head.time_ms += 60_000), None);
    assert_eq!(refused(|c| c.head.time_ms += 60_001), Some(Refusal::StaleHead));
    assert_eq!(refused(|c| c.clock_ms = i64::MIN), Some(Refusal::StaleHead));
}

#[test]
fn rule_4_between_beginning_and_end_by_the_chain() {
    let begins = |at: i64| move |c: &mut Case| c.both(|g| g.terms.not_before_ms = at);
    let ends = |at: i64| move |c: &mut Case| c.both(|g| g.terms.expires_ms = at);
    let now = World::new().now();
    assert_eq!(refused(begins(now)), None);
    assert_eq!(refused(begins(now + 1)), Some(Refusal::NotBegun));
    assert_eq!(refused(ends(now + 1)), None);
    assert_eq!(refused(ends(now)), Some(Refusal::Ended));
}

#[test]
fn rule_4_between_beginning_and_end_by_the_own_clock() {
    let now = World::new().now();
    let clock = |at: i64, begins: i64, ends: i64| {
        refused(|c| {
            c.clock_ms = at;
            c.both(|g| (g.terms.not_before_ms, g.terms.expires_ms) = (begins, ends));
        })
    };
    assert_eq!(clock(now - 10, now, now + 50), Some(Refusal::NotBegun));
    assert_eq!(clock(now + 50, now, now + 50), Some(Refusal::Ended));
    assert_eq!(clock(now + 49, now, now + 50), None);
}

#[test]
fn rule_5_inside_the_granted_data() {
    let scope = World::new().context.scope;
    let first = Slot::new(0, scope.first_epoch).unwrap();
    assert!(Case::of(vec![first]).decide().is_ok());
    let before = Slot::new(0, scope.first_epoch - 1).unwrap();
    assert_eq!(Case::of(vec![before]).decide().err(), Some(Refusal::OutsideScope));
    // Reaches across the beginning of the granted data.
    let across = Slot::new(8, (scope.first_epoch >> 8) << 8).unwrap();
    assert_eq!(Case::of(vec![across]).decide().err(), Some(Refusal::OutsideScope));
}

#[test]
fn rule_5_only_the_running_small_slot_reaches_past_now() {
    let slot = |level, start| vec![Slot::new(level, start).unwrap()];
    assert!(Case::of(slot(0, NOW_EPOCH)).decide().is_ok());
    assert_eq!(Case::of(slot(0, NOW_EPOCH + 1)).decide().err(), Some(Refusal::NotYet));
    let running = (NOW_EPOCH >> 4) << 4;
    assert_eq!(Case::of(slot(4, running)).decide().err(), Some(Refusal::NotYet));
    assert!(Case::of(slot(4, running - 16)).decide().is_ok());
}

#[test]
fn rule_5_a_slot_has_come_by_both_clocks() {
    let start = Slot::new(0, NOW_EPOCH).unwrap().start_ms();
    let at = |head: i64, clock: i64| {
        let mut case = Case::of(vec![Slot::new(0, NOW_EPOCH).unwrap()]);
        case.both(|g| g.terms.not_before_ms = 0);
        (case.head.time_ms, case.clock_ms) = (head, clock);
        case.decide().err()
    };
    assert_eq!(at(start, start), None);
    assert_eq!(at(start - 1, start + 10), Some(Refusal::NotYet));
    assert_eq!(at(start + 10, start - 1), Some(Refusal::NotYet));
}

#[test]
fn rule_6_the_rate_is_limited() {
    assert_eq!(refused(|c| c.released = MAX_SLOTS_PER_WINDOW - 2), None);
    assert_eq!(refused(|c| c.released = MAX_SLOTS_PER_WINDOW - 1), Some(Refusal::RateLimit));
    assert_eq!(refused(|c| c.released = u32::MAX), Some(Refusal::RateLimit));
}

#[test]
fn rule_6_at_most_sixty_four_slots_and_at_least_one() {
    let many: Vec<Slot> = (0..65).map(|n| Slot::new(0, NOW_EPOCH - n).unwrap()).collect();
    assert_eq!(SlotRequest::new(many[..64].to_vec(), [0; 32]).err(), None);
    assert_eq!(SlotRequest::new(many, [0; 32]).err(), Some(Refusal::SlotCount));
    assert_eq!(SlotRequest::new(vec![], [0; 32]).err(), Some(Refusal::SlotCount));
}

#[test]
fn every_code_names_its_reason() {
    for code in 1..=19 {
        assert_eq!(Refusal::from_code(code).map(Refusal::code), Some(code));
    }
    assert_eq!((Refusal::from_code(0), Refusal::from_code(20)), (None, None));
}
