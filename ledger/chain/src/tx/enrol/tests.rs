//! The octets below were computed apart from this crate, with another implementation of SHA-256 and Ed25519.

use proptest::prelude::*;

use super::*;
use crate::codec::Record;
use crate::tx::Tx;

const CHAIN: ChainId = ChainId([1; 32]);
const COMMITMENT: &str = "382aaefdc87b4530fdb22c284dcbe997d954796ff93f05b9d1ec3be3cbecda8c";
const ENROL: &str = "0106ca93ac1705187071d67b83c7ff0efe8108e8ec4530575d7726879333dbdabe7c\
    382aaefdc87b4530fdb22c284dcbe997d954796ff93f05b9d1ec3be3cbecda8c0000000000000092\
    12e3ccf5416729d08b241789d1e8479114a87d308d9994ce0c10333496a62911\
    2765cd1fc68354a50e4e30fc643cbb02938fa06ba3c4d7d71afa4dc9c4d28303";
const WITHDRAW: &str = "0107ca93ac1705187071d67b83c7ff0efe8108e8ec4530575d7726879333dbdabe7c00000000000000c8\
    8949381076ad1998792d21c3a68aa12eeb2f74247b151187cd53bfc17f1d8b33\
    c57882b00679c42d555c7fe1d1f5d08bc67abb9e71eafd65a83382e2f4d1e60b";

fn golden() -> (EnrolBody, SigningKey) {
    let key = SigningKey::from_bytes(&[4; 32]);
    let commitment = enrolment_commitment(&CHAIN, &[2; 32], &VerifyingKey([3; 32]));
    (EnrolBody { enrolment_pk: key.verifying_key(), commitment }, key)
}

#[test]
fn the_golden_octets_hold() {
    let (body, key) = golden();
    assert_eq!(body.commitment.to_string(), COMMITMENT);
    assert_eq!(hex::encode(Tx::Enrol(body.sign(&CHAIN, 8, &key)).encode()), ENROL);
    let withdraw = WithdrawBody { enrolment_pk: body.enrolment_pk };
    assert_eq!(hex::encode(Tx::Withdraw(withdraw.sign(&CHAIN, 8, &key)).encode()), WITHDRAW);
}

#[test]
fn a_commitment_is_to_one_key_with_one_salt_on_one_chain() {
    let (body, _) = golden();
    let gateway = VerifyingKey([3; 32]);
    for other in [
        enrolment_commitment(&ChainId([9; 32]), &[2; 32], &gateway),
        enrolment_commitment(&CHAIN, &[9; 32], &gateway),
        enrolment_commitment(&CHAIN, &[2; 32], &VerifyingKey([9; 32])),
    ] {
        assert_ne!(other, body.commitment);
    }
}

#[test]
fn an_enrolment_is_no_withdrawal_and_the_other_way() {
    let (body, key) = golden();
    let enrol = body.sign(&CHAIN, 0, &key);
    let verify = |label| body.enrolment_pk.verify(label, &CHAIN, &enrol.signed(), &enrol.signature);
    assert!(
        verify(Label::Enrol).is_ok() && verify(Label::Withdraw).is_err() && verify(Label::Grant).is_err()
    );
}

proptest! {
    #[test]
    fn accepted_octets_are_the_only_way_to_write_what_they_say(
        kind in 6u8..=7,
        octets in prop::collection::vec(any::<u8>(), 0..160),
    ) {
        let framed = [&[1, kind], &octets[..]].concat();
        // Key 32, of an enrolment also the commitment 32, proof of work 8, signature 64.
        let length = if kind == 6 { 136 } else { 104 };
        match Tx::decode(&framed) {
            Ok(tx) => {
                prop_assert_eq!(octets.len(), length);
                prop_assert_eq!(tx.encode(), framed);
            }
            Err(_) => prop_assert_ne!(octets.len(), length),
        }
    }

    #[test]
    fn signed_ones_round_trip(seed: [u8; 32], salt: [u8; 32], gateway: [u8; 32]) {
        let key = SigningKey::from_bytes(&seed);
        let commitment = enrolment_commitment(&CHAIN, &salt, &VerifyingKey(gateway));
        let tx = EnrolBody { enrolment_pk: key.verifying_key(), commitment }.sign(&CHAIN, 2, &key);
        prop_assert_eq!(Tx::decode(&Tx::Enrol(tx.clone()).encode()), Ok(Tx::Enrol(tx)));
    }
}
