use curve25519_dalek::{RistrettoPoint, Scalar};
use salus_chain::ids::{GrantId, KeeperSetId, KemPublicKey, Nonce16};
use salus_chain::sign::{Label, SigningKey};

use super::*;
use crate::envelope::seal;
use crate::fixture::World;
use crate::message::DealMessage;

fn verdict(world: &World, message: &DealMessage) -> Option<DealRefused> {
    accept(&world.ctx, 2, &world.kem[1], &world.signing[1], message).err()
}

fn resign(world: &World, mut message: DealMessage, key: &SigningKey) -> DealMessage {
    message.signature = key.sign(Label::Deal, &world.ctx.chain_id, &message.signed());
    message
}

// A dealing to keeper 2 of any octets under any commitments, honestly sealed and signed.
fn forged(world: &mut World, text: &[u8], commitments: Vec<[u8; 32]>) -> DealMessage {
    let context = world.context.clone();
    let t = u16::try_from(commitments.len()).unwrap().to_be_bytes();
    let (grant, set) = (context.grant_id, context.keeper_set_id);
    let hash = sha256(&[b"hg/v1/commit", &grant.0, &set.0, &t, commitments.as_flattened()]);
    let (info, aad) = (share_info(&world.ctx.chain_id, &set), share_aad(&grant, 2, &Hash32(hash)));
    let to = world.kem_pk(2);
    let sealed_share = seal(&to, &info, &aad, text, &mut world.rng).unwrap();
    let signature = salus_chain::ids::Signature([0; 64]);
    let message = DealMessage { context, keeper: 2, sealed_share, commitments, signature };
    resign(world, message, &world.patient)
}

#[test]
fn an_honest_dealing_is_acknowledged_verifiably() {
    let mut world = World::new();
    for index in 1..=4u16 {
        let message = world.deal(index);
        let place = usize::from(index) - 1;
        let (held, ack) =
            accept(&world.ctx, index, &world.kem[place], &world.signing[place], &message).unwrap();
        let body = salus_chain::tx::ack_body(&held.grant_id, &held.keeper_set_id, &held.commit_hash, index);
        let pk = world.signing[place].verifying_key();
        assert_eq!(pk.verify(Label::Ack, &world.ctx.chain_id, &body, &ack.signature), Ok(()));
        assert_eq!((ack.keeper, held.share), (index, world.dealing.share(index).unwrap()));
    }
}

#[test]
fn who_where_and_by_whom_are_checked() {
    let mut world = World::new();
    let good = world.deal(2);
    assert_eq!(verdict(&world, &good), None);
    let to_three = world.deal(3);
    assert_eq!(verdict(&world, &to_three), Some(DealRefused::Index));
    let zero = DealMessage { keeper: 0, ..good.clone() };
    let own_zero = accept(&world.ctx, 0, &world.kem[1], &world.signing[1], &zero).err();
    assert_eq!(own_zero, Some(DealRefused::Index));

    let mut other = good.clone();
    other.context.keeper_set_id = KeeperSetId([0; 32]);
    assert_eq!(verdict(&world, &other), Some(DealRefused::KeeperSet));
    let mut other = good.clone();
    other.context.threshold = 2;
    assert_eq!(verdict(&world, &other), Some(DealRefused::KeeperSet));
    let mut other = good.clone();
    other.context.nonce = Nonce16([0; 16]);
    assert_eq!(verdict(&world, &other), Some(DealRefused::GrantId));
    let mut other = good.clone();
    other.context.grant_id = GrantId([0; 32]);
    assert_eq!(verdict(&world, &other), Some(DealRefused::GrantId));
    let mut other = good.clone();
    other.context.scope.last_epoch += 1;
    assert_eq!(verdict(&world, &other), Some(DealRefused::Signature));
    let stranger = resign(&world, good, &SigningKey::from_bytes(&[1; 32]));
    assert_eq!(verdict(&world, &stranger), Some(DealRefused::Signature));
}

#[test]
fn a_share_sealed_for_another_context_does_not_open() {
    let mut world = World::new();
    let mut message = world.deal(2);
    message.sealed_share = world.deal(3).sealed_share;
    let message = resign(&world, message, &world.patient);
    assert_eq!(verdict(&world, &message), Some(DealRefused::Sealed));
    let context = world.context.clone();
    let chain = world.ctx.chain_id;
    let small = KemPublicKey([0; 32]);
    let refused = seal_deal(&chain, &world.dealing, context, 2, &small, &world.patient, &mut world.rng);
    assert_eq!(refused.err(), Some(DealRefused::Sealed));
}

#[test]
fn the_committed_points_are_checked() {
    let mut world = World::new();
    let share = *world.dealing.share(2).unwrap().to_bytes();
    let points = world.dealing.commitments().octets().to_vec();

    let few = forged(&mut world, &share, points[..2].to_vec());
    assert_eq!(verdict(&world, &few), Some(DealRefused::PointCount));
    // One point more raises the degree: t shares would no longer open.
    let many = forged(&mut world, &share, [points.clone(), vec![points[0]]].concat());
    assert_eq!(verdict(&world, &many), Some(DealRefused::PointCount));
    let mut bad = points.clone();
    bad[2] = [0; 32];
    let identity = forged(&mut world, &share, bad.clone());
    assert_eq!(verdict(&world, &identity), Some(DealRefused::Identity));
    bad[2] = [0xff; 32];
    let encoding = forged(&mut world, &share, bad);
    assert_eq!(verdict(&world, &encoding), Some(DealRefused::Point));
}

#[test]
fn the_share_is_checked() {
    let mut world = World::new();
    let points = world.dealing.commitments().octets().to_vec();
    for text in [&[0u8; 32][..], &[0xff; 32], &[1; 31]] {
        let message = forged(&mut world, text, points.clone());
        assert_eq!(verdict(&world, &message), Some(DealRefused::Share));
    }
    let wrong = *world.dealing.share(3).unwrap().to_bytes();
    let message = forged(&mut world, &wrong, points);
    assert_eq!(verdict(&world, &message), Some(DealRefused::Mismatch));
}

#[test]
fn degenerate_polynomials_are_refused() {
    let zero = Dealing::from_coefficients(vec![Scalar::ONE, Scalar::ZERO]).err();
    assert_eq!(zero, Some(DealRefused::Identity));
    assert_eq!(Dealing::from_coefficients(vec![]).err(), Some(DealRefused::PointCount));
    let many = vec![Scalar::ONE; MAX_COMMITMENTS + 1];
    assert_eq!(Dealing::from_coefficients(many).err(), Some(DealRefused::PointCount));
    // f(x) = 1 - x is zero at 1.
    let root = Dealing::from_coefficients(vec![Scalar::ONE, -Scalar::ONE]).unwrap();
    assert_eq!(
        (root.share(1).err(), root.share(0).err()),
        (Some(DealRefused::Share), Some(DealRefused::Index))
    );
    assert_eq!(root.commitments().public_share(0).err(), Some(DealRefused::Index));
    assert_eq!(root.secret().public(), RistrettoPoint::mul_base(&Scalar::ONE));
}

#[test]
fn every_code_names_its_reason_and_debug_shows_no_share() {
    for code in 1..=10 {
        assert_eq!(DealRefused::from_code(code).map(DealRefused::code), Some(code));
    }
    assert_eq!((DealRefused::from_code(0), DealRefused::from_code(11)), (None, None));
    let mut world = World::new();
    let held = world.held(1);
    assert!(!format!("{held:?}").contains(&hex::encode(*held.share.to_bytes())[..8]));
}
