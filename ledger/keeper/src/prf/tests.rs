use curve25519_dalek::{RistrettoPoint, Scalar};
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;

use super::*;

fn inputs() -> Vec<Vec<u8>> {
    (0u8..5).map(|n| vec![n; 9]).collect()
}

#[test]
fn one_changed_bit_of_values_or_proof_is_refused() {
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let share = Scalar::random(&mut rng);
    let public = RistrettoPoint::mul_base(&share);
    let good = evaluate(&share, &inputs(), &mut rng);
    assert!(verify(&public, &inputs(), &good).is_ok());
    for bit in (0..512).step_by(7) {
        let mut bad = good.clone();
        bad.proof[bit / 8] ^= 1 << (bit % 8);
        assert!(verify(&public, &inputs(), &bad).is_err());
    }
    for bit in 0..256 {
        let mut bad = good.clone();
        bad.points[2][bit / 8] ^= 1 << (bit % 8);
        assert!(verify(&public, &inputs(), &bad).is_err());
    }
}

#[test]
fn a_proof_holds_for_one_share_and_one_list_of_slots() {
    let mut rng = ChaCha20Rng::seed_from_u64(4);
    let share = Scalar::random(&mut rng);
    let public = RistrettoPoint::mul_base(&share);
    let good = evaluate(&share, &inputs(), &mut rng);
    let other = RistrettoPoint::mul_base(&Scalar::random(&mut rng));
    assert_eq!(verify(&other, &inputs(), &good), Err(ProofRefused::Proof));
    let mut swapped = inputs();
    swapped.swap(0, 1);
    assert_eq!(verify(&public, &swapped, &good), Err(ProofRefused::Proof));
    assert_eq!(verify(&public, &inputs()[1..], &good), Err(ProofRefused::Count));
    assert_eq!(
        verify(&public, &[], &Evaluation { points: vec![], proof: good.proof }),
        Err(ProofRefused::Count)
    );
    let mut identity = good.clone();
    identity.points[0] = [0; 32];
    assert_eq!(verify(&public, &inputs(), &identity), Err(ProofRefused::Encoding));
    let mut large = good;
    large.proof[32..].fill(0xff);
    assert_eq!(verify(&public, &inputs(), &large), Err(ProofRefused::Encoding));
}

#[test]
fn the_nonce_differs_with_the_statement_when_the_generator_is_stuck() {
    let share = Scalar::from(5u8);
    let first = evaluate(&share, &inputs(), &mut ChaCha20Rng::seed_from_u64(1));
    let second = evaluate(&share, &inputs()[..4], &mut ChaCha20Rng::seed_from_u64(1));
    // s = r - c * share: equal nonces would show as equal s + c * share.
    let nonce = |evaluation: &Evaluation| {
        let half = |at: usize| {
            Scalar::from_canonical_bytes(evaluation.proof[at..at + 32].try_into().unwrap()).unwrap()
        };
        half(32) + half(0) * share
    };
    assert_ne!(nonce(&first), nonce(&second));
}

#[test]
fn combining_needs_enough_distinct_keepers_and_equal_slots() {
    let point = RistrettoPoint::mul_base(&Scalar::from(3u8));
    let input = [vec![1u8]];
    let value = |index: u16| (index, vec![point]);
    let refused = |values: &[(u16, Vec<RistrettoPoint>)]| combine(3, &input, values).unwrap_err();
    assert_eq!(refused(&[value(1), value(2)]), CombineError::TooFew { have: 2, need: 3 });
    assert_eq!(refused(&[value(1), value(2), value(2)]), CombineError::Index);
    assert_eq!(refused(&[value(0), value(1), value(2)]), CombineError::Index);
    assert_eq!(refused(&[value(1), value(2), (3, vec![])]), CombineError::Slots);
    assert_eq!(combine(0, &input, &[]).unwrap_err(), CombineError::TooFew { have: 0, need: 0 });
}
