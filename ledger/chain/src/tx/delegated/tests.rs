//! The octets below were computed apart from this crate, with another implementation of SHA-256 and Ed25519.

use super::*;
use crate::codec::Record;
use crate::ids::{GrantId, Hash32, KeeperSetId, Nonce16, ReaderKey};
use crate::merkle::MerklePath;
use crate::tx::{GrantAck, GrantTerms, Tx};

const CHAIN: ChainId = ChainId([1; 32]);
/// SHA-256 of the transaction.
const TX: &str = "dd263d44bdb41a7d1a40ee8c42d02575ac67cd939544243cbdf3907b7e931e8d";

fn path(index: u32, size: u32, siblings: &[u8]) -> MerklePath {
    MerklePath { index, size, siblings: siblings.iter().map(|octet| Hash32([*octet; 32])).collect() }
}

#[test]
fn the_golden_octets_hold() {
    let key = |seed: u8| SigningKey::from_bytes(&[seed; 32]);
    let (patient_grant_pk, nonce) = (key(5).verifying_key(), Nonce16([7; 16]));
    let terms = GrantTerms {
        grant_id: GrantId::derive(&CHAIN, &patient_grant_pk, &nonce),
        patient_grant_pk,
        reader_pk_root: Hash32([0x61; 32]),
        keeper_set_id: KeeperSetId([0x62; 32]),
        threshold: 1,
        commit_hash: Hash32([0x63; 32]),
        capsule_hash: Hash32([0x64; 32]),
        not_before_ms: 10,
        expires_ms: 20,
        contract_hash: Hash32::ZERO,
        revoker_root: Hash32([0x65; 32]),
    };
    let acks = vec![GrantAck { keeper: 1, signature: Signature([0x66; 64]) }];
    let reader_pk = ReaderKey([0x81; 64]);
    let reader = |place| ReaderClaim {
        reader_pk,
        credential_pk: key(6).verifying_key(),
        code_signature: key(6).sign(Label::Code, &CHAIN, reader_pk.as_ref()),
        place,
    };
    let body = DelegatedGrantBody {
        grant: GrantBody { terms, nonce, valid_until_height: 6, acks },
        circle_id: CircleId([2; 32]),
        delegate_pk: key(4).verifying_key(),
        categories: vec![
            CategoryClaim {
                leaf: Hash32([0x71; 32]),
                path: path(1, 2, &[0x72]),
                ordinary: Some(path(0, 1, &[])),
            },
            CategoryClaim { leaf: Hash32([0x73; 32]), path: path(0, 1, &[]), ordinary: None },
        ],
        readers: vec![
            reader(Some(RecipientPlace { salt: [0x82; 16], path: path(0, 2, &[0x83]) })),
            reader(None),
        ],
    };
    let tx = Tx::DelegatedGrant(Box::new(body.sign(&CHAIN, 8, &key(5), &key(4))));
    assert_eq!((tx.encode().len(), tx.hash().to_string().as_str()), (1080, TX));
}
