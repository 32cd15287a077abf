use proptest::prelude::*;

use super::*;
use crate::codec::{CodecError, Record};
use crate::contract::MAX_CONTRACT;
use crate::duty::{DutyGroup, MAX_ROLE};
use crate::fixture::Chain;
use crate::ids::{GrantId, Hash32, TxHash, VerifyingKey};
use crate::merkle::MerklePath;
use crate::state::{
    AccessPointer, AccessRecord, ActRecord, Announcement, ChainRecord, ContractRecord, CredentialRecord, Did,
    DutyGrantRecord, DutyRecord, EmergencyRecord, EnrolmentRecord, GrantRecord, MAX_ANNOUNCEMENTS,
    MAX_REVIEWS, ObjectionCount, ObjectionRecord, Review, StateKey, StatementRecord, TxRefused, Withdrawn,
};
use crate::tx::{CredentialBody, CredentialStatus, DutyBody, Purpose, Tx, Verdict};

fn strict<T: Record + PartialEq + std::fmt::Debug>(record: &T) {
    let octets = record.encode();
    assert!(octets.len() <= T::MAX, "{} octets", octets.len());
    assert_eq!(T::decode(&octets).as_ref(), Ok(record));
    for end in 0..octets.len() {
        assert!(T::decode(&octets[..end]).is_err());
    }
    assert!(T::decode(&[&octets[..], &[0]].concat()).is_err());
    assert!(matches!(T::decode(&vec![1; T::MAX + 1]), Err(CodecError::TooLong { .. })));
    for bit in 0..8 * octets.len() {
        let mut flipped = octets.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        if let Ok(other) = T::decode(&flipped) {
            assert_ne!(&other, record);
        }
    }
}

#[test]
fn transactions_and_records_are_strict() {
    let mut chain = Chain::new(4);
    let credential = CredentialBody {
        credential_pk: VerifyingKey([1; 32]),
        member_index: 2,
        status: CredentialStatus::Suspended,
        attestation_hash: crate::ids::Hash32([2; 32]),
        valid_until_ms: 3,
        nonce: 4,
        subject: None,
    };
    let attested = Tx::Credential(credential.clone().sign(&chain.ctx.chain_id, &chain.keepers[1]));
    let guardian = MerklePath { index: 1, size: 2, siblings: vec![crate::ids::Hash32([1; 32])] };
    let night = DutyGroup::new(1, "Night").unwrap();
    let txs = [
        chain.grant_tx(1),
        chain.access_tx(1, 1),
        chain.revoke_tx(1, 2, guardian),
        chain.erasure_tx(1, 1),
        attested,
        chain.enrol_tx(1),
        chain.withdraw_tx(1),
        chain.contract_tx(1, "permit (principal, action, resource);"),
        chain.stated_tx(1, 1, Purpose::Emergency, 2, Some(chain.second(1, 1, Purpose::Emergency, 2, 9))),
        chain.stated_tx(1, 2, Purpose::Treatment, 0, None),
        chain.announce_tx(1, 5),
        chain.emergency_tx(1, 1, 2, 9, Some(8)),
        chain.announce_by(1, 5, 9, 7),
        chain.review_tx(1, &chain.announce_tx(1, 5), Verdict::Objected, 1, None),
        chain.credential_tx(9, CredentialStatus::Active, 1, 1),
        chain.duty_tx(9, &night, 5, 1),
        chain.duty_tx(9, &night, 0, 2),
        chain.duty_grant_tx(3, &night, |_| {}),
        chain.duty_access_tx(3, 1, 9),
    ];
    txs.iter().for_each(strict);
    chain.block(1, &txs[..2]);
    strict(&chain.grant(1).unwrap());
    let mut ended: GrantRecord = chain.grant(1).unwrap();
    ended.end = Some(crate::state::GrantEnd { revoked: true, height: 9 });
    strict(&ended);
    let id = chain.grant_id(1);
    strict(&chain.record::<AccessRecord>(&StateKey::AccessLog(id, 0)).unwrap());
    strict(&chain.record::<AccessPointer>(&StateKey::Access(txs[1].hash())).unwrap());
    strict(&chain.record::<ChainRecord>(&StateKey::Chain).unwrap());
    let told = CredentialBody { subject: Some(Hash32([3; 32])), ..credential.clone() };
    strict(&CredentialRecord { body: credential, height: 7 });
    strict(&CredentialRecord { body: told, height: 7 });
    chain.block(1, &txs[5..6]);
    let enrolled: EnrolmentRecord = chain.record(&chain.enrolment(1)).unwrap();
    strict(&enrolled);
    strict(&EnrolmentRecord { withdrawn: Some(Withdrawn { height: 9, time_ms: 10 }), ..enrolled });
    strict(&ContractRecord { text: "permit (principal, action, resource);".into(), height: 7 });
    let longest = ContractRecord { text: " ".repeat(MAX_CONTRACT), height: 7 };
    assert_eq!(longest.encode().len(), ContractRecord::MAX);
    assert_eq!(ContractRecord::decode(&longest.encode()), Ok(longest));
    let (purpose, reason) = (Purpose::Treatment, 0);
    let statement = StatementRecord { purpose, reason, second_pk: None, opener_pk: None };
    strict(&statement);
    strict(&StatementRecord { opener_pk: Some(VerifyingKey([2; 32])), ..statement });
    strict(&StatementRecord { second_pk: Some(VerifyingKey([1; 32])), ..statement });
    let widest = DutyGroup::new(u16::MAX, &"\u{1f600}".repeat(MAX_ROLE)).unwrap();
    for group in [night, widest] {
        let body =
            DutyBody { credential_pk: VerifyingKey([1; 32]), group: group.clone(), until_ms: 3, nonce: 4 };
        strict(&DutyRecord { body, height: 7 });
        strict(&DutyGrantRecord { group });
    }
    strict(&EmergencyRecord::default());
    let (by, tx) = (VerifyingKey([1; 32]), TxHash([2; 32]));
    let announcement = Announcement { by, reason: 1, at_ms: 1, tx };
    let most = vec![announcement; MAX_ANNOUNCEMENTS];
    strict(&EmergencyRecord { announcements: vec![announcement], opened_ms: Some(2) });
    let full = EmergencyRecord { announcements: most, opened_ms: Some(2) };
    assert_eq!(full.encode().len(), EmergencyRecord::MAX);
    let act = ActRecord { grant_id: id, did: Did::Opened, by, reason: 2, at_ms: 3, reviews: Vec::new() };
    strict(&act);
    let review = Review { by, verdict: Verdict::Stopped, at_ms: 4 };
    strict(&ActRecord { did: Did::Announced, reviews: vec![review], ..act.clone() });
    assert_eq!(ActRecord { reviews: vec![review; MAX_REVIEWS], ..act }.encode().len(), ActRecord::MAX);
    strict(&ObjectionCount(7));
    let (credential_pk, verdict) = (by, Verdict::Objected);
    strict(&ObjectionRecord { tx, act: tx, grant_id: id, credential_pk, verdict, at_ms: 5 });
}

#[test]
fn questions_and_answers_are_strict() {
    let mut chain = Chain::new(4);
    chain.block(1, &[chain.grant_tx(1)]);
    chain.block(1, &[chain.access_tx(1, 1)]);
    let id = chain.grant_id(1);
    strict(&LightRequest::Status);
    strict(&LightRequest::LightBlock { height: 3 });
    strict(&LightRequest::Tx(TxHash([1; 32])));
    strict(&LightRequest::GrantLog { grant_id: id, from: 2 });
    let keys = [
        StateKey::Chain,
        StateKey::Grant(id),
        StateKey::Access(TxHash([1; 32])),
        StateKey::AccessLog(GrantId([2; 32]), 3),
        StateKey::Credential(VerifyingKey([3; 32])),
        StateKey::Expiry(4),
        StateKey::Enrolment(VerifyingKey([5; 32])),
        StateKey::Contract(Hash32([6; 32])),
        StateKey::Statement(TxHash([7; 32])),
        StateKey::Emergency(GrantId([8; 32])),
        StateKey::EmergencyAct(TxHash([9; 32])),
        StateKey::Objections(2),
        StateKey::Objection(2, 3),
        StateKey::Circle(crate::ids::CircleId([6; 32])),
        StateKey::CircleGrant(id),
        StateKey::Mandate(VerifyingKey([9; 32])),
        StateKey::Mandated(id),
        StateKey::Duty(VerifyingKey([9; 32])),
        StateKey::DutyGrant(id),
    ];
    for key in keys {
        strict(&LightRequest::State { key, height: 5 });
    }
    let (value, proof) = crate::state_tree::prove(&chain.tree, 2, &StateKey::Grant(id)).unwrap();
    let state = StateReply { height: 2, value, proof: proof.encode().unwrap() };
    strict(&LightReply::State(state.clone()));
    strict(&LightReply::State(StateReply { value: None, ..state.clone() }));
    let receipt: AccessRecord = chain.record(&StateKey::AccessLog(id, 0)).unwrap();
    strict(&LightReply::GrantLog(GrantLogReply { grant: state.clone(), receipts: vec![receipt.clone(); 2] }));
    strict(&LightReply::Status(StatusReply {
        chain_id: chain.ctx.chain_id,
        height: 2,
        earliest: 1,
        header_hash: chain.blocks[1].hash(),
        time_ms: chain.time_ms,
    }));
    let inclusion = crate::block::TxInclusion(MerklePath::single());
    strict(&LightReply::Tx(TxReplyFound { height: 1, tx: vec![1, 2], code: 0, inclusion }));
    for why in [NoAnswer::NotFound, NoAnswer::Pruned, NoAnswer::Busy, NoAnswer::Malformed, NoAnswer::Internal]
    {
        strict(&LightReply::None(why));
    }
    strict(&TxRequest::Submit(chain.grant_tx(1).encode()));
    strict(&TxReply::Accepted);
    strict(&TxReply::Known { height: 4 });
    strict(&TxReply::Busy);
    for why in TxRefused::all() {
        strict(&TxReply::Refused(why));
    }
    let light = LightReply::LightBlock(Box::new(chain.blocks[1].clone()));
    assert_eq!(LightReply::decode(&light.encode()), Ok(light));

    let page = |count| {
        LightReply::GrantLog(GrantLogReply { grant: state.clone(), receipts: vec![receipt.clone(); count] })
    };
    assert!(LightReply::decode(&page(MAX_LOG_PAGE).encode()).is_ok());
    assert!(matches!(LightReply::decode(&page(MAX_LOG_PAGE + 1).encode()), Err(CodecError::TooLong { .. })));
}

proptest! {
    #[test]
    fn noise_never_panics(octets in prop::collection::vec(any::<u8>(), 0..600), kind in 0u8..0x42) {
        let framed = [&[1, kind], &octets[..]].concat();
        for octets in [&octets, &framed] {
            let _ = Tx::decode(octets);
            let _ = GrantRecord::decode(octets);
            let _ = AccessRecord::decode(octets);
            let _ = EnrolmentRecord::decode(octets);
            let _ = ContractRecord::decode(octets);
            let _ = StatementRecord::decode(octets);
            let _ = EmergencyRecord::decode(octets);
            let _ = ActRecord::decode(octets);
            let _ = ObjectionRecord::decode(octets);
            let _ = DutyRecord::decode(octets);
            let _ = DutyGrantRecord::decode(octets);
            let _ = LightRequest::decode(octets);
            let _ = LightReply::decode(octets);
            let _ = TxRequest::decode(octets);
            let _ = TxReply::decode(octets);
            let _ = crate::block::LightBlock::decode(octets);
            let _ = crate::state_tree::StateProof::decode(octets);
        }
    }

    #[test]
    fn any_signed_transaction_round_trips(seed in 1u8..100, request: u8, keeper in 1u16..=4, size in 1u32..9) {
        let chain = Chain::new(4);
        let leaves: Vec<_> = (0..size).map(|n| crate::ids::Hash32([u8::try_from(n).unwrap(); 32])).collect();
        let path = crate::merkle::path(&leaves, usize::try_from(size).unwrap() / 2).unwrap();
        for tx in [
            chain.grant_tx(seed),
            chain.access_tx(seed, request),
            chain.revoke_tx(seed, seed, path),
            chain.erasure_tx(seed, keeper),
            chain.enrol_tx(seed),
            chain.withdraw_tx(seed),
            chain.contract_tx(seed, "permit (principal, action, resource);"),
            chain.stated_tx(seed, request, Purpose::Treatment, request, None),
            chain.announce_tx(seed, 1 + request % 5),
            chain.emergency_tx(seed, request, request, seed, Some(seed + 1)),
            chain.announce_by(seed, 1 + request % 5, seed, i64::from(request)),
            chain.credential_tx(seed, CredentialStatus::Suspended, 1, 1),
        ] {
            prop_assert_eq!(Tx::decode(&tx.encode()), Ok(tx));
        }
    }
}
