//! The octets below were computed apart from this crate, with another implementation of SHA-256 and Ed25519.

use super::*;
use crate::codec::Record;
use crate::ids::Hash32;
use crate::tx::{CredentialBody, CredentialStatus, Tx};

const CHAIN: ChainId = ChainId([1; 32]);
const GRANT: GrantId = GrantId([5; 32]);
const OWN: &str = "011305050505050505050505050505050505050505050505050505050505050505050d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d\
    0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d01ed4928c628d1c2c6eae90338905995612959273a5c63f93636c14614ac8737d100\
    00000000000000004d00000000000000b4bd43683ca5c6f3c3fa773333da9627670ef9c167a7733edf49c9ecf40db4d10803\
    234b9c5bb8db3e22312305db3ab4a3b8566daf8a352b96c0cc0a0f2bb5450e";
const HELPERS: &str = "011305050505050505050505050505050505050505050505050505050505050505050d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d\
    0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d030b513ad9b4924015ca0902ed079044d3ac5dbec2306f06948c10da8eb6e39f2d00\
    010b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0bed4928c628d1c2c6eae903389059956129\
    59273a5c63f93636c14614ac8737d120ef0043bca093cb2eb22d2463230d1fc93e4b67c061ee1cf2652c3590f9590f00336e\
    4e93924f9d12550e4609cf9a7f67394d4ad6f7b7b09566056b926dad08000000000000004d00000000000001c78a4dcad07f\
    7926ee1b5572622ed3688f8946ebe5d81516d3828ee5e116c022c9678a0bd943bac7cdf72696d4b4f496763d6b883ef70266\
    8147e23174a5ff4c0d";
const TOLD: &str = "01140e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0002010f0f0f0f0f0f0f0f0f0f0f0f0f\
    0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f00000000000000640000000000000007101010101010101010101010101010\
    10101010101010101010101010101010103f178bbbaf08b6798e380c4504e0377a8770cded3630074ccce0a676d3e44a7ec1\
    b8f7fbfbddc0e6dd5dab897d6aa3eda44afe3af186710bb37c48b07f215b0a";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn review(by: u8, verdict: Verdict, entrusted: Option<Entrusted>) -> ReviewTx {
    let (act, signer_pk) = (TxHash([13; 32]), key(by).verifying_key());
    let body = ReviewBody { grant_id: GRANT, act, verdict, signer_pk, entrusted, valid_until_height: 77 };
    body.sign(&CHAIN, 8, &key(by))
}

fn word() -> Entrusted {
    Entrusted::sign(&GRANT, CircleId([11; 32]), &CHAIN, &key(3))
}

fn octets(review: ReviewTx) -> Vec<u8> {
    Tx::Review(Box::new(review)).encode()
}

#[test]
fn the_golden_octets_hold() {
    assert_eq!(hex::encode(octets(review(3, Verdict::Justified, None))), OWN);
    assert_eq!(hex::encode(octets(review(12, Verdict::Stopped, Some(word())))), HELPERS);
    let body = CredentialBody {
        credential_pk: VerifyingKey([14; 32]),
        member_index: 2,
        status: CredentialStatus::Active,
        attestation_hash: Hash32([15; 32]),
        valid_until_ms: 100,
        nonce: 7,
        subject: Some(Hash32([16; 32])),
    };
    assert_eq!(hex::encode(Tx::Credential(body.sign(&CHAIN, &key(13))).encode()), TOLD);
}

#[test]
fn what_decodes_is_the_same_and_what_is_none_does_not() {
    for verdict in Verdict::ALL {
        let tx = Tx::Review(Box::new(review(12, verdict, Some(word()))));
        assert_eq!(Tx::decode(&tx.encode()), Ok(tx));
        assert_eq!(verdict.objects(), verdict != Verdict::Justified);
    }
    let good = octets(review(3, Verdict::Justified, None));
    // Version, kind, permission, act.
    let verdict = 2 + 32 + 32;
    for octet in [0, 4, 255] {
        let mut bad = good.clone();
        bad[verdict] = octet;
        assert_eq!(Tx::decode(&bad), Err(CodecError::Value("verdict")));
    }
    let mut two = octets(review(12, Verdict::Justified, Some(word())));
    two[verdict + 1 + 32 + 1] = 2;
    assert_eq!(Tx::decode(&two), Err(CodecError::TooLong { length: 2, limit: 1 }));
}

#[test]
fn the_persons_word_is_for_one_permission_and_one_circle() {
    assert_eq!(word().verify(&GRANT, &CHAIN), Ok(()));
    assert_eq!(word().verify(&GrantId([6; 32]), &CHAIN), Err(BadSignature));
    assert_eq!(word().verify(&GRANT, &ChainId([2; 32])), Err(BadSignature));
    assert_eq!(
        Entrusted { circle_id: CircleId([1; 32]), ..word() }.verify(&GRANT, &CHAIN),
        Err(BadSignature)
    );
    let others = Entrusted { patient_grant_pk: key(4).verifying_key(), ..word() };
    assert_eq!(others.verify(&GRANT, &CHAIN), Err(BadSignature));
}
