//! The octets below were computed apart from this crate, with another implementation of SHA-256 and Ed25519.

use proptest::prelude::*;

use super::*;
use crate::codec::Record;
use crate::duty::MAX_ROLE;
use crate::ids::{GrantId, Hash32, KeeperSetId, Nonce16};
use crate::tx::{GrantAck, GrantTerms, PaidBody, Tx};

const CHAIN: ChainId = ChainId([1; 32]);
const TAG: &str = "2ac5c4485df448ed7d4193e8ae4ca6e52924f1e06f2785c9fa8442f91f840791";
const ON_DUTY: &str = "01158a875fff1eb38451577acd5afee405456568dd7c89e090863a0557bc7af49f1700020000000e4e61636874646965\
    6e737420c38400000000000000090000000000000003f6f02f2c371d3fd6fccf377e9a67bd680ad0ea76ddcb9687fcadd694\
    7364b0284b2da21e1a2f8019ea49ddd38eb67b234390f37f2b121811096d085ce0e8260d";
const CONTRACT: &str = "39d7f33487fcb2235e5f10bb1d5c37c36bbc75ff13d637b4057891c282eb9ad5";
/// SHA-256 of the transaction.
const GIVEN: &str = "837733a459219e242f98a42c89a2eeaadd84f9100e059e1d9286b0e46dfb58de";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn group() -> DutyGroup {
    DutyGroup::new(2, "Nachtdienst \u{c4}").unwrap()
}

fn on_duty(until_ms: i64) -> Tx {
    let body = DutyBody { credential_pk: key(6).verifying_key(), group: group(), until_ms, nonce: 3 };
    Tx::Duty(body.sign(&CHAIN, &key(9)))
}

fn given(group: DutyGroup) -> Tx {
    let (patient_grant_pk, nonce) = (key(5).verifying_key(), Nonce16([7; 16]));
    let terms = GrantTerms {
        grant_id: GrantId::derive(&CHAIN, &patient_grant_pk, &nonce),
        patient_grant_pk,
        reader_pk_root: group.tag(),
        keeper_set_id: KeeperSetId([0x62; 32]),
        threshold: 1,
        commit_hash: Hash32([0x63; 32]),
        capsule_hash: Hash32([0x64; 32]),
        not_before_ms: 10,
        expires_ms: 20,
        contract_hash: group.contract_hash().unwrap(),
        revoker_root: Hash32([0x65; 32]),
    };
    let acks = vec![GrantAck { keeper: 1, signature: Signature([0x66; 64]) }];
    let grant = GrantBody { terms, nonce, valid_until_height: 6, acks };
    Tx::DutyGrant(Box::new(DutyGrantBody { grant, group }.sign(&CHAIN, 8, &key(5))))
}

#[test]
fn the_golden_octets_hold() {
    assert_eq!(group().tag().to_string(), TAG);
    assert_eq!(group().contract_hash().unwrap().to_string(), CONTRACT);
    assert_eq!(hex::encode(on_duty(9).encode()), ON_DUTY);
    let tx = given(group());
    assert_eq!((tx.encode().len(), tx.hash().to_string().as_str()), (460, GIVEN));
}

#[test]
fn a_role_is_bounded_where_it_is_read() {
    let octets = on_duty(9).encode();
    // Version, kind, key; then member, length and role.
    let member = 2 + 32;
    let mut nobody = octets.clone();
    (nobody[member], nobody[member + 1]) = (0, 0);
    assert_eq!(Tx::decode(&nobody), Err(CodecError::Value("duty group")));
    let mut broken = octets.clone();
    broken[member + 6] = b'\n';
    assert_eq!(Tx::decode(&broken), Err(CodecError::Value("duty group")));
    let mut long = octets[..member + 2].to_vec();
    long.extend_from_slice(&161u32.to_be_bytes());
    long.extend_from_slice(&[b'a'; 161]);
    assert_eq!(Tx::decode(&long), Err(CodecError::TooLong { length: 161, limit: 160 }));
    let widest = given(DutyGroup::new(21, &"\u{1f600}".repeat(MAX_ROLE)).unwrap());
    assert_eq!(Tx::decode(&widest.encode()), Ok(widest));
}

#[test]
fn what_is_signed_for_a_group_is_neither_a_plain_permission_nor_anothers() {
    let Tx::DutyGrant(tx) = given(group()) else { panic!() };
    let verify =
        |label, octets: &[u8]| key(5).verifying_key().verify(label, &CHAIN, octets, &tx.signature).is_ok();
    assert!(verify(Label::DutyGrant, &tx.signed()));
    assert!(!verify(Label::Grant, &tx.signed()) && !verify(Label::DelegatedGrant, &tx.signed()));
    let mut other = tx.clone();
    other.body.group = DutyGroup::new(2, "Day").unwrap();
    assert!(!verify(Label::DutyGrant, &other.signed()));
}

proptest! {
    #[test]
    fn accepted_octets_are_the_only_way_to_write_what_they_say(
        kind in 0x15u8..=0x16,
        octets in prop::collection::vec(any::<u8>(), 0..500),
    ) {
        let framed = [&[1, kind], &octets[..]].concat();
        if let Ok(tx) = Tx::decode(&framed) {
            prop_assert_eq!(tx.encode(), framed);
        }
    }

    #[test]
    fn signed_ones_round_trip(member in 1u16..=21, role in "[a-z]{1,40}", until in 0i64..1 << 40) {
        let tx = on_duty(until);
        prop_assert_eq!(Tx::decode(&tx.encode()), Ok(tx));
        let tx = given(DutyGroup::new(member, &role).unwrap());
        prop_assert_eq!(Tx::decode(&tx.encode()), Ok(tx));
    }
}
