//! Permissions to those on duty: who is, who may say so, and who opens.

use super::*;
use crate::contract::Ready;
use crate::duty::{DutyGroup, MAX_DUTY_MS, person_key};
use crate::ids::{KemPublicKey, ReaderKey};
use crate::tx::{AccessBody, DutyBody, Purpose};

const HOUR: i64 = 3_600_000;
const ANNA: u8 = 201;
const BEN: u8 = 202;

fn night() -> DutyGroup {
    DutyGroup::new(1, "Night").unwrap()
}

fn text(member: u16) -> String {
    Ready::OnDuty { member }.text().unwrap()
}

/// A chain of two members with the permission 1 to the night staff of the first, which attests Anna and has her on duty for
/// eight hours.
fn opened_to() -> Chain {
    let mut chain = Chain::new(2);
    let txs = [
        chain.contract_tx(1, &text(1)),
        chain.duty_grant_tx(1, &night(), |_| {}),
        chain.credential_tx(ANNA, CredentialStatus::Active, 300 * DAY, 1),
        chain.duty_tx(ANNA, &night(), 8 * HOUR, 1),
    ];
    let effects = chain.block(1, &txs);
    assert!(effects.results.iter().all(|result| result.outcome.is_ok()), "{:?}", effects.results);
    chain
}

/// What member 2 says of a key.
fn attested_elsewhere(chain: &Chain, of: u8) -> Tx {
    let body = CredentialBody {
        credential_pk: key(of).verifying_key(),
        member_index: 2,
        status: CredentialStatus::Active,
        attestation_hash: Hash32([1; 32]),
        valid_until_ms: chain.time_ms + 300 * DAY,
        nonce: 1,
        subject: None,
    };
    Tx::Credential(body.sign(&chain.ctx.chain_id, &chain.keepers[1]))
}

fn on_duty_elsewhere(chain: &Chain, of: u8, role: &str) -> Tx {
    let group = DutyGroup::new(2, role).unwrap();
    let until_ms = chain.time_ms + HOUR;
    let body = DutyBody { credential_pk: key(of).verifying_key(), group, until_ms, nonce: 1 };
    Tx::Duty(body.sign(&chain.ctx.chain_id, &chain.keepers[1]))
}

#[test]
fn who_is_on_duty_opens_and_the_log_names_the_person() {
    let mut chain = opened_to();
    let tx = chain.duty_access_tx(1, 1, ANNA);
    assert_eq!(agree(&mut chain, &tx), None);
    chain.block(1, std::slice::from_ref(&tx));
    let (grant, id) = (chain.grant(1).unwrap(), chain.grant_id(1));
    let receipt: AccessRecord = chain.record(&StateKey::AccessLog(id, 0)).unwrap();
    assert_eq!(receipt.reader_pk, person_key(key(ANNA).verifying_key()));
    assert_eq!((grant.access_count, grant.access_head), (1, access_log_head(&id, [&receipt])));
    let given: DutyGrantRecord = chain.record(&StateKey::DutyGrant(id)).unwrap();
    assert_eq!(given.group, night());
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::Replayed));
}

#[test]
fn off_duty_opens_nothing() {
    let mut chain = opened_to();
    // Nobody whom the member does not attest, nor whom it attests and has not on duty.
    let tx = chain.duty_access_tx(1, 1, BEN);
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::Credential));
    chain.block(1, &[chain.credential_tx(BEN, CredentialStatus::Active, 300 * DAY, 1)]);
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::OffDuty));
    // Taken off at once.
    chain.block(1, &[chain.duty_tx(ANNA, &night(), 0, 2)]);
    let tx = chain.duty_access_tx(1, 2, ANNA);
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::OffDuty));
}

#[test]
fn a_duty_ends_by_itself() {
    let mut chain = opened_to();
    let until = chain.record::<DutyRecord>(&StateKey::Duty(key(ANNA).verifying_key())).unwrap().body.until_ms;
    chain.block(until - 1 - chain.time_ms, &[]);
    let tx = chain.duty_access_tx(1, 1, ANNA);
    assert_eq!(agree(&mut chain, &tx), None);
    chain.block(1, &[]);
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::OffDuty));
}

#[test]
fn an_attestation_that_is_out_of_force_ends_the_duty_with_it() {
    for status in [CredentialStatus::Suspended, CredentialStatus::Withdrawn] {
        let mut chain = opened_to();
        chain.block(1, &[chain.credential_tx(ANNA, status, DAY, 2)]);
        let tx = chain.duty_access_tx(1, 1, ANNA);
        assert_eq!(agree(&mut chain, &tx), Some(TxRefused::Credential));
        let again = chain.duty_tx(ANNA, &night(), HOUR, 2);
        assert_eq!(agree(&mut chain, &again), Some(TxRefused::Credential));
        // That somebody is no longer on duty can always be said.
        let off = chain.duty_tx(ANNA, &night(), 0, 2);
        assert_eq!(agree(&mut chain, &off), None);
    }
    let mut chain = opened_to();
    chain.block(1, &[chain.credential_tx(ANNA, CredentialStatus::Active, HOUR, 2)]);
    chain.block(HOUR, &[]);
    let tx = chain.duty_access_tx(1, 1, ANNA);
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::Credential));
}

#[test]
fn another_organisation_or_role_opens_nothing() {
    let mut chain = opened_to();
    chain.block(1, &[attested_elsewhere(&chain, BEN)]);
    chain.block(1, &[on_duty_elsewhere(&chain, BEN, "Night")]);
    let tx = chain.duty_access_tx(1, 1, BEN);
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::Credential));
    let day = DutyGroup::new(1, "Day").unwrap();
    chain.block(1, &[chain.duty_tx(ANNA, &day, 8 * HOUR, 2)]);
    let tx = chain.duty_access_tx(1, 2, ANNA);
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::OffDuty));
}

#[test]
fn a_receipt_is_signed_by_the_person_and_written_in_one_way() {
    let mut chain = opened_to();
    let (ctx, id) = (chain.ctx.clone(), chain.grant_id(1));
    let person = key(ANNA).verifying_key();
    let access = |reader_pk, path| AccessBody {
        grant_id: id,
        reader_pk,
        path,
        request_hash: Hash32([1; 32]),
        epk_hash: Hash32([1; 32]),
    };
    let mut case =
        |body: AccessBody, by: u8| agree(&mut chain, &Tx::Access(body.sign(&ctx.chain_id, &key(by))));
    let single = MerklePath::single;
    assert_eq!(case(access(person_key(person), single()), BEN), Some(TxRefused::Signature));
    let other_half = ReaderKey::new(person, KemPublicKey([7; 32]));
    assert_eq!(case(access(other_half, single()), ANNA), Some(TxRefused::Reader));
    let beside = MerklePath { index: 0, size: 2, siblings: vec![Hash32([1; 32])] };
    assert_eq!(case(access(person_key(person), beside), ANNA), Some(TxRefused::Reader));
    // The stand-in of the group is nobody's key.
    let stand_in = ReaderKey::new(crate::ids::VerifyingKey(night().tag().0), KemPublicKey([3; 32]));
    assert_eq!(case(access(stand_in, single()), ANNA), Some(TxRefused::Reader));
}

#[test]
fn it_opens_with_a_statement_too_and_is_never_an_emergency() {
    let mut chain = opened_to();
    let stated = |chain: &Chain, by: u8| {
        let Tx::Access(access) = chain.duty_access_tx(1, 1, by) else { panic!() };
        let body = crate::tx::StatedAccessBody {
            access: access.body,
            purpose: Purpose::Treatment,
            reason: 0,
            second: None,
            opener: None,
        };
        Tx::StatedAccess(Box::new(body.sign(&chain.ctx.chain_id, &key(by))))
    };
    let (anna, ben) = (stated(&chain, ANNA), stated(&chain, BEN));
    assert_eq!(agree(&mut chain, &anna), None);
    assert_eq!(agree(&mut chain, &ben), Some(TxRefused::Credential));
    let announced = chain.announce_by(1, 1, ANNA, 0);
    assert_eq!(agree(&mut chain, &announced), Some(TxRefused::Reader));
}

#[test]
fn stopped_and_ended_it_opens_nothing() {
    let mut chain = opened_to();
    chain.block(1, &[chain.revoke_tx(1, 1, MerklePath::single())]);
    let tx = chain.duty_access_tx(1, 1, ANNA);
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::Ended));
    let mut chain = opened_to();
    chain.block(DAY - 1, &[chain.duty_tx(ANNA, &night(), DAY, 2)]);
    chain.block(1, &[]);
    let tx = chain.duty_access_tx(1, 1, ANNA);
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::Ended));
}

#[test]
fn a_permission_to_a_group_is_under_its_contract_and_its_tag() {
    let mut chain = Chain::new(2);
    let group = night();
    let tx = chain.duty_grant_tx(1, &group, |_| {});
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::Contract));
    let contracts = [
        chain.contract_tx(1, &text(1)),
        chain.contract_tx(2, &text(2)),
        chain.contract_tx(3, &Ready::Plain.text().unwrap()),
    ];
    chain.block(1, &contracts);
    assert_eq!(agree(&mut chain, &tx), None);
    let of = |ready: Ready| crate::contract::contract_hash(&ready.text().unwrap());
    for contract in [Hash32::ZERO, of(Ready::Plain), of(Ready::OnDuty { member: 2 })] {
        let tx = chain.duty_grant_tx(1, &group, |body| body.grant.terms.contract_hash = contract);
        assert_eq!(agree(&mut chain, &tx), Some(TxRefused::DutyForm), "{contract}");
    }
    let reader = chain.reader_pk(7).leaf();
    for root in [Hash32::ZERO, reader, DutyGroup::new(1, "Day").unwrap().tag()] {
        let tx = chain.duty_grant_tx(1, &group, |body| body.grant.terms.reader_pk_root = root);
        assert_eq!(agree(&mut chain, &tx), Some(TxRefused::DutyForm));
    }
    let nobody = DutyGroup::new(3, "Night").unwrap();
    let tx = chain.duty_grant_tx(1, &nobody, |_| {});
    // The state says first that nobody recorded such a contract, the signatures say it in a block.
    assert!(agree(&mut chain, &tx).is_some());
    assert_eq!(check_signatures(&chain.ctx, &tx), Err(TxRefused::UnknownMember));
    let Tx::DutyGrant(mut forged) = chain.duty_grant_tx(1, &group, |_| {}) else { panic!() };
    forged.signature.0[0] ^= 1;
    assert_eq!(agree(&mut chain, &Tx::DutyGrant(forged)), Some(TxRefused::Signature));
}

#[test]
fn only_the_attesting_member_says_who_is_on_duty_and_for_a_day_at_most() {
    let mut chain = opened_to();
    let mut case = |tx: Tx| agree(&mut chain, &tx);
    let stage = opened_to();
    assert_eq!(case(stage.duty_tx(ANNA, &night(), MAX_DUTY_MS, 2)), None);
    assert_eq!(case(stage.duty_tx(ANNA, &night(), MAX_DUTY_MS + 1, 2)), Some(TxRefused::Times));
    assert_eq!(case(stage.duty_tx(ANNA, &night(), -HOUR, 2)), Some(TxRefused::Times));
    assert_eq!(case(stage.duty_tx(ANNA, &night(), HOUR, 1)), Some(TxRefused::Nonce));
    assert_eq!(case(stage.duty_tx(BEN, &night(), HOUR, 1)), Some(TxRefused::Credential));
    assert_eq!(case(on_duty_elsewhere(&stage, ANNA, "Night")), Some(TxRefused::CredentialOwner));
    // Signed by member 1 in the name of member 2, and in that of none.
    let other = DutyGroup::new(2, "Night").unwrap();
    assert_eq!(
        check_signatures(&stage.ctx, &stage.duty_tx(ANNA, &other, HOUR, 2)),
        Err(TxRefused::Signature)
    );
    let none = DutyGroup::new(9, "Night").unwrap();
    assert_eq!(
        check_signatures(&stage.ctx, &stage.duty_tx(ANNA, &none, HOUR, 2)),
        Err(TxRefused::UnknownMember)
    );
}

#[test]
fn a_duty_opens_no_permission_to_a_reader() {
    let mut chain = opened_to();
    chain.block(1, &[chain.grant_tx(2)]);
    let tx = chain.duty_access_tx(2, 1, ANNA);
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::Reader));
    // Nor does the contract take a duty for an attestation where the reader's own key has none.
    chain.block(1, &[chain.grant_under(3, &text(1))]);
    let tx = chain.access_tx(3, 1);
    assert_eq!(agree(&mut chain, &tx), Some(TxRefused::ContractDenies));
}
