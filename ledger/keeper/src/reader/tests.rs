use salus_chain::ids::TxHash;
use salus_chain::sign::Label;

use super::*;
use crate::fixture::World;
use crate::held::HeldShare;
use crate::prf::{finalize, hash_to_group};
use crate::release::{Credentials, FinalAccess, LoggedPermit, ReleaseFacts, decide};
use crate::{Slot, answer};
use salus_chain::state::Head;

const HEIGHT: u64 = 100;

fn permit(world: &World, held: &HeldShare, slots: &[Slot]) -> (LoggedPermit, ReleaseRequest) {
    let (tx, request) = world.access(slots.to_vec());
    let grant = world.grant();
    let facts = ReleaseFacts {
        ctx: &world.ctx,
        request: &request,
        access: Some(FinalAccess { tx: &tx, height: HEIGHT }),
        grant_at_access: Some(&grant),
        grant_at_head: Some(&grant),
        head: Head { height: HEIGHT, time_ms: world.now() },
        clock_ms: world.now(),
        revoke_seen: false,
        held: Some(held),
        released_in_window: 0,
        contract: None,
        credentials: Credentials::default(),
        circle: None,
        duty: None,
    };
    let logged = decide(&facts).unwrap().log(|_| Ok::<(), ()>(())).unwrap();
    (logged, request)
}

fn reply(world: &mut World, index: u16) -> (ReleaseReply, ReleaseRequest) {
    let held = world.held(index);
    let (permit, request) = permit(world, &held, &World::slots());
    let (chain, key) = (world.ctx.chain_id, world.signing[usize::from(index) - 1].clone());
    (answer::release(&chain, permit, &held, &request, &key, &mut world.rng).unwrap(), request)
}

fn combiner<'a>(world: &'a World, request: &'a ReleaseRequest) -> Combiner<'a> {
    let (grant, commitments) = (world.context.grant_id, world.dealing.commitments());
    Combiner::new(&world.ctx, grant, commitments, request, HEIGHT, world.epk.clone())
}

#[test]
fn any_three_of_four_give_the_key_and_a_bad_one_is_named() {
    let mut world = World::new();
    let replies: Vec<(ReleaseReply, ReleaseRequest)> = (1..=4).map(|i| reply(&mut world, i)).collect();
    let request = &replies[0].1;
    let mut combiner = combiner(&world, request);
    let mut bad = replies[0].0.clone();
    bad.sealed.ciphertext[5] ^= 1;
    assert_eq!(combiner.add(1, &bad), Err(BadReply { keeper: 1, fault: ReplyFault::Signature }));
    for index in [4u16, 2, 3] {
        assert!(matches!(combiner.progress(), (have, 3) if have < 3));
        combiner.add(index, &replies[usize::from(index) - 1].0).unwrap();
    }
    let again = combiner.add(2, &replies[1].0);
    assert_eq!(again, Err(BadReply { keeper: 2, fault: ReplyFault::Twice }));
    let outputs = combiner.combine().unwrap();
    for (slot, output) in request.slots.slots().iter().zip(&outputs) {
        let input = slot.input(&world.ctx.chain_id, &world.context.grant_id);
        let expected = finalize(&input, &(hash_to_group(&input) * world.dealing.secret().scalar()));
        assert_eq!(*output, expected);
    }
}

#[test]
fn two_of_four_give_nothing() {
    let mut world = World::new();
    let replies: Vec<(ReleaseReply, ReleaseRequest)> = (1..=2).map(|i| reply(&mut world, i)).collect();
    let mut combiner = combiner(&world, &replies[0].1);
    combiner.add(1, &replies[0].0).unwrap();
    combiner.add(2, &replies[1].0).unwrap();
    assert_eq!(combiner.combine().unwrap_err(), CombineError::TooFew { have: 2, need: 3 });
}

// A reply changed by the keeper itself, so that its signature holds.
fn resigned(world: &World, mut reply: ReleaseReply, request: &ReleaseRequest) -> ReleaseReply {
    let key = &world.signing[usize::from(reply.keeper) - 1];
    reply.signature = key.sign(Label::Release, &world.ctx.chain_id, &reply.signed(&request.access_tx_hash));
    reply
}

#[test]
fn every_fault_has_its_name() {
    let mut world = World::new();
    let (good, request) = reply(&mut world, 2);
    let (third, _) = reply(&mut world, 3);
    let fault = |asked: u16, reply: &ReleaseReply| {
        combiner(&world, &request).add(asked, reply).map_err(|bad| (bad.keeper, bad.fault))
    };
    assert_eq!(fault(2, &good), Ok(()));
    assert_eq!(fault(3, &good), Err((3, ReplyFault::Keeper)));
    assert_eq!(fault(0, &good), Err((0, ReplyFault::Keeper)));
    assert_eq!(fault(5, &good), Err((5, ReplyFault::Keeper)));
    let other_height = resigned(&world, ReleaseReply { height: HEIGHT + 1, ..good.clone() }, &request);
    assert_eq!(fault(2, &other_height), Err((2, ReplyFault::Height)));
    let mut flipped = good.clone();
    flipped.signature.0[0] ^= 1;
    assert_eq!(fault(2, &flipped), Err((2, ReplyFault::Signature)));
    // Keeper 2 passes on what keeper 3 sealed: bound to the index by the aad.
    let relayed = resigned(&world, ReleaseReply { sealed: third.sealed, ..good.clone() }, &request);
    assert_eq!(fault(2, &relayed), Err((2, ReplyFault::Sealed)));
    // A reply to another receipt does not verify for this one.
    let mut other = request.clone();
    other.access_tx_hash = TxHash([1; 32]);
    let replayed = combiner(&world, &other).add(2, &good);
    assert_eq!(replayed, Err(BadReply { keeper: 2, fault: ReplyFault::Signature }));
}

#[test]
fn values_of_another_share_are_named_though_well_signed_and_sealed() {
    let mut world = World::new();
    let mut held = world.held(2);
    held.share = world.dealing.share(3).unwrap();
    let (permit, request) = permit(&world, &held, &World::slots());
    let (chain, key) = (world.ctx.chain_id, world.signing[1].clone());
    let bad = answer::release(&chain, permit, &held, &request, &key, &mut world.rng).unwrap();
    let fault = combiner(&world, &request).add(2, &bad).unwrap_err().fault;
    assert_eq!(fault, ReplyFault::Proof(ProofRefused::Proof));
}

#[test]
fn a_permit_answers_only_its_own_request() {
    let mut world = World::new();
    let held = world.held(2);
    let (permit, _) = permit(&world, &held, &World::slots());
    let (_, other) = world.access(vec![World::slots()[0]]);
    let (chain, key) = (world.ctx.chain_id, world.signing[1].clone());
    let refused = answer::release(&chain, permit, &held, &other, &key, &mut world.rng);
    assert_eq!(refused, Err(answer::AnswerError::OtherRequest));
}
