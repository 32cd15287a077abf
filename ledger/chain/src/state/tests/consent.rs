//! Consent contracts on the chain: recorded, named by permissions, asked at each giving and opening.

use super::*;
use crate::contract::{Ready, contract_hash};
use crate::tx::{AnnounceBody, ContractTx, CredentialBody, Purpose};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const GIVE_ONLY: &str = "permit (principal, action == Action::\"give\", resource);\n";
const ATTESTED: u8 = 201;
/// The clinician who opens in an emergency and with a second one.
const DOCTOR: u8 = 203;

fn text(ready: Ready) -> String {
    ready.text().unwrap()
}

/// A chain with the permission 1 under `contract`, and two attested clinicians besides its reader.
fn under(contract: &str) -> Chain {
    let mut chain = Chain::new(1);
    let attested = |who| chain.credential_tx(who, CredentialStatus::Active, DAY, 1);
    let (one, two) = (attested(ATTESTED), attested(DOCTOR));
    let txs = [chain.contract_tx(1, contract), chain.grant_under(1, contract), one, two];
    let effects = chain.block(1, &txs);
    assert!(effects.results.iter().all(|result| result.outcome.is_ok()));
    chain
}

fn seconded(chain: &Chain, request: u8, purpose: Purpose, reason: u8) -> Tx {
    match purpose {
        Purpose::Emergency => chain.emergency_tx(1, request, reason, DOCTOR, Some(ATTESTED)),
        Purpose::Treatment => chain.seconded_tx(1, request, reason, DOCTOR, ATTESTED),
    }
}

fn alone(chain: &Chain, request: u8, reason: u8) -> Tx {
    chain.emergency_tx(1, request, reason, DOCTOR, None)
}

fn emergency(chain: &Chain) -> Option<EmergencyRecord> {
    chain.record(&StateKey::Emergency(chain.grant_id(1)))
}

#[test]
fn a_contract_is_recorded_once_and_for_good() {
    let mut chain = Chain::new(4);
    let contract = chain.contract_tx(1, GIVE_ONLY);
    assert_eq!(agree(&mut chain, &contract), None);
    let effects = chain.block(1, std::slice::from_ref(&contract));
    let hash = contract_hash(GIVE_ONLY);
    assert_eq!(effects.events, [Event::Contract(hash)]);
    let record: ContractRecord = chain.record(&StateKey::Contract(hash)).unwrap();
    assert_eq!((record.text.as_str(), record.height, record.hash()), (GIVE_ONLY, 1, hash));
    // By nobody again, whoever was first.
    assert_eq!(agree(&mut chain, &contract), Some(TxRefused::ContractExists));
    let other = chain.contract_tx(2, GIVE_ONLY);
    assert_eq!(agree(&mut chain, &other), Some(TxRefused::ContractExists));
}

#[test]
fn every_reason_to_refuse_a_contract() {
    let mut chain = Chain::new(4);
    for bad in [
        "",
        "permit everything;",
        "forbid (principal, action, resource);",
        "permit (principal == ?principal, action, resource);",
        "permit (principal, action, resource) when { context.diagnosis == \"x\" };",
        "permit (principal, action, resource) when { false };",
    ] {
        let tx = chain.contract_tx(1, bad);
        assert_eq!(agree(&mut chain, &tx), Some(TxRefused::ContractInvalid), "{bad}");
    }
    let (ctx, bits) = (chain.ctx.clone(), chain.ctx.params.pow_bits);
    let Tx::Contract(good) = chain.contract_tx(1, GIVE_ONLY) else { panic!() };
    let mut case = |change: &dyn Fn(&mut ContractTx)| {
        let mut tx = good.clone();
        change(&mut tx);
        agree(&mut chain, &Tx::Contract(tx))
    };
    assert_eq!(case(&|_| {}), None);
    assert_eq!(case(&|tx| tx.signature.0[0] ^= 1), Some(TxRefused::Signature));
    assert_eq!(
        case(&|tx| *tx = tx.body.clone().sign(&ctx.chain_id, bits, &key(2))),
        Some(TxRefused::Signature)
    );
    let unpaid = |tx: &mut ContractTx| {
        let weak = |pow: &Pow| !crate::tx::pow_valid(&ctx.chain_id, &tx.body.octets(), *pow, bits);
        tx.pow = (0..).map(Pow).find(weak).unwrap();
    };
    assert_eq!(case(&unpaid), Some(TxRefused::ProofOfWork));
    let late = |tx: &mut ContractTx| {
        tx.body.valid_until_height = 0;
        *tx = tx.body.clone().sign(&ctx.chain_id, bits, &key(1));
    };
    assert_eq!(case(&late), Some(TxRefused::TooLate));
}

#[test]
fn a_permission_names_a_contract_that_is_recorded_and_permits_it() {
    let mut chain = Chain::new(4);
    let grant = chain.grant_under(1, GIVE_ONLY);
    assert_eq!(agree(&mut chain, &grant), Some(TxRefused::Contract));
    let never = "permit (principal, action == Action::\"open\", resource);\n";
    // A block after the other, and in the same block after it; before it, it is unknown.
    let effects =
        chain.block(1, &[grant.clone(), chain.contract_tx(1, GIVE_ONLY), chain.contract_tx(2, never)]);
    assert_eq!(effects.results[0].outcome, Err(TxRefused::Contract));
    assert_eq!(agree(&mut chain, &grant), None);
    let refused_by_it = chain.grant_under(2, never);
    assert_eq!(agree(&mut chain, &refused_by_it), Some(TxRefused::ContractDenies));
    let short = "permit (principal, action, resource) when { resource.lasts <= duration(\"23h\") };\n";
    let both = [chain.contract_tx(3, short), chain.grant_under(3, short)];
    let effects = chain.block(1, &both);
    assert_eq!(effects.results[1].outcome, Err(TxRefused::ContractDenies));
}

#[test]
fn a_contract_that_permits_giving_only_lets_nobody_open() {
    let mut chain = under(GIVE_ONLY);
    for tx in [chain.access_tx(1, 1), seconded(&chain, 2, Purpose::Emergency, 1)] {
        assert_eq!(agree(&mut chain, &tx), Some(TxRefused::ContractDenies));
    }
    let stop = chain.revoke_tx(1, 1, MerklePath::single());
    assert_eq!(agree(&mut chain, &stop), None);
}

#[test]
fn a_stated_opening_is_logged_as_any_other() {
    let mut chain = under(&text(Ready::Plain));
    let stated = seconded(&chain, 2, Purpose::Treatment, 7);
    let effects = chain.block(1, &[chain.access_tx(1, 1), stated.clone()]);
    assert_eq!(effects.events.len(), 2);
    let (grant, id) = (chain.grant(1).unwrap(), chain.grant_id(1));
    let log: Vec<AccessRecord> =
        (0..2).map(|place| chain.record(&StateKey::AccessLog(id, place)).unwrap()).collect();
    assert_eq!((grant.access_count, grant.access_head), (2, access_log_head(&id, &log)));
    assert_eq!((log[1].tx_hash, log[1].request_hash), (stated.hash(), Hash32([2; 32])));
    assert!(chain.record::<AccessPointer>(&StateKey::Access(stated.hash())).is_some());
    let statement: StatementRecord = chain.record(&StateKey::Statement(stated.hash())).unwrap();
    let second_pk = Some(key(ATTESTED).verifying_key());
    let (purpose, opener_pk) = (Purpose::Treatment, Some(key(DOCTOR).verifying_key()));
    assert_eq!(statement, StatementRecord { purpose, reason: 7, second_pk, opener_pk });
    assert_eq!(chain.record::<StatementRecord>(&StateKey::Statement(log[0].tx_hash)), None);
    assert_eq!(emergency(&chain), None);
    assert_eq!(agree(&mut chain, &stated), Some(TxRefused::Replayed));
    // Together they are three in this epoch.
    chain.block(1, &[seconded(&chain, 3, Purpose::Treatment, 0)]);
    let fourth = seconded(&chain, 4, Purpose::Treatment, 0);
    assert_eq!(agree(&mut chain, &fourth), Some(TxRefused::TooMany));
}

#[test]
fn a_stated_opening_is_the_readers() {
    let mut chain = under(&text(Ready::Plain));
    let Tx::StatedAccess(good) = seconded(&chain, 1, Purpose::Treatment, 0) else { panic!() };
    let (id, mut case) = (chain.ctx.chain_id, |tx| agree(&mut chain, &Tx::StatedAccess(tx)));
    let mut forged = good.clone();
    forged.signature.0[0] ^= 1;
    assert_eq!(case(forged), Some(TxRefused::Signature));
    // What was stated cannot be changed on the way.
    let mut other = good.clone();
    other.body.reason = 1;
    assert_eq!(case(other), Some(TxRefused::Signature));
    let mut stranger = good.clone();
    (stranger.body.second, stranger.body.opener) = (None, None);
    stranger.body.access.reader_pk =
        crate::ids::ReaderKey::new(key(150).verifying_key(), crate::ids::KemPublicKey([150; 32]));
    assert_eq!(case(Box::new(stranger.body.sign(&id, &key(150)))), Some(TxRefused::Reader));
    let mut unknown = good.clone();
    unknown.body.access.grant_id = GrantId([9; 32]);
    assert_eq!(case(Box::new(unknown.body.sign(&id, &key(101)))), Some(TxRefused::UnknownGrant));
    assert_eq!(case(good), None);
}

#[test]
fn two_persons_are_two_attested_clinicians_at_this_opening() {
    let mut chain = under(&text(Ready::TwoPersons));
    let purpose = Purpose::Treatment;
    let by = |chain: &Chain, who: u8| chain.seconded_tx(1, 1, 0, DOCTOR, who);
    for alone in [chain.access_tx(1, 1), chain.stated_tx(1, 1, purpose, 0, None)] {
        assert_eq!(agree(&mut chain, &alone), Some(TxRefused::ContractDenies));
    }
    // Nobody that a member attested, and the reader's own key.
    for nobody in [202, 101] {
        let (second, opener) = (by(&chain, nobody), chain.seconded_tx(1, 1, 0, nobody, ATTESTED));
        assert_eq!(agree(&mut chain, &second), Some(TxRefused::Second));
        assert_eq!(agree(&mut chain, &opener), Some(TxRefused::Opener));
    }
    // One clinician alone: in the form that names nobody who opens, as both, and under another key of theirs.
    let word = chain.second(1, 1, purpose, 0, ATTESTED);
    let unnamed = chain.stated_tx(1, 1, purpose, 0, Some(word));
    assert_eq!(agree(&mut chain, &unnamed), Some(TxRefused::Opener));
    let both = by(&chain, DOCTOR);
    assert_eq!(agree(&mut chain, &both), Some(TxRefused::Second));
    let theirs = CredentialBody { subject: Some(Hash32([DOCTOR; 32])), ..chain.credential_body(202, 1, 1) };
    chain.block(1, &[Tx::Credential(theirs.sign(&chain.ctx.chain_id, &chain.keepers[0]))]);
    let other_key = by(&chain, 202);
    assert_eq!(agree(&mut chain, &other_key), Some(TxRefused::Second));
    let good = by(&chain, ATTESTED);
    // The word for another request.
    let Tx::StatedAccess(another) = chain.seconded_tx(1, 2, 0, DOCTOR, ATTESTED) else { panic!() };
    let Tx::StatedAccess(mut replayed) = good.clone() else { panic!() };
    replayed.body.second = another.body.second;
    let replayed = Tx::StatedAccess(Box::new(replayed.body.sign(&chain.ctx.chain_id, &key(101))));
    assert_eq!(agree(&mut chain, &replayed), Some(TxRefused::Signature));
    assert_eq!(agree(&mut chain, &good), None);
    chain.block(1, &[chain.credential_tx(ATTESTED, CredentialStatus::Suspended, DAY, 2)]);
    assert_eq!(agree(&mut chain, &good), Some(TxRefused::Second));
    chain.block(1, &[chain.credential_tx(ATTESTED, CredentialStatus::Active, HOUR, 3)]);
    assert_eq!(agree(&mut chain, &good), None);
    chain.block(HOUR, &[]);
    assert_eq!(agree(&mut chain, &good), Some(TxRefused::Second));
    chain.block(1, &[chain.credential_tx(ATTESTED, CredentialStatus::Active, HOUR, 4)]);
    assert_eq!(agree(&mut chain, &good), None);
    chain.block(1, &[chain.credential_tx(DOCTOR, CredentialStatus::Suspended, DAY, 2)]);
    assert_eq!(agree(&mut chain, &good), Some(TxRefused::Opener));
}

#[test]
fn whom_a_member_attests_as_the_reader_is_who_opens() {
    let mut chain = under(&text(Ready::TwoPersons));
    chain.block(1, &[chain.credential_tx(101, CredentialStatus::Active, DAY, 1)]);
    for (opener, second, why) in [
        (DOCTOR, ATTESTED, Some(TxRefused::Opener)),
        (101, 101, Some(TxRefused::Second)),
        (101, ATTESTED, None),
    ] {
        let tx = chain.seconded_tx(1, 1, 0, opener, second);
        assert_eq!(agree(&mut chain, &tx), why, "{opener}, {second}");
    }
}

#[test]
fn break_glass_with_a_second_person_is_open_for_four_hours() {
    let mut chain = under(&text(Ready::BreakGlass));
    for tx in [
        chain.access_tx(1, 1),
        seconded(&chain, 1, Purpose::Treatment, 1),
        alone(&chain, 1, 1),
        seconded(&chain, 1, Purpose::Emergency, 0),
        seconded(&chain, 1, Purpose::Emergency, 6),
    ] {
        assert_eq!(agree(&mut chain, &tx), Some(TxRefused::ContractDenies));
    }
    let first = seconded(&chain, 1, Purpose::Emergency, 1);
    chain.block(1, &[first]);
    let begun = chain.time_ms;
    assert_eq!(
        emergency(&chain),
        Some(EmergencyRecord { opened_ms: Some(begun), ..EmergencyRecord::default() })
    );
    // The first opening is the one that counts.
    chain.block(HOUR, &[seconded(&chain, 2, Purpose::Emergency, 1)]);
    assert_eq!(emergency(&chain).unwrap().opened_ms, Some(begun));
    chain.block(3 * HOUR, &[]);
    assert_eq!(chain.time_ms, begun + 4 * HOUR);
    let last = seconded(&chain, 3, Purpose::Emergency, 1);
    assert_eq!(agree(&mut chain, &last), None);
    chain.block(1, &[]);
    assert_eq!(agree(&mut chain, &last), Some(TxRefused::ContractDenies));
}

#[test]
fn break_glass_alone_waits_half_an_hour_after_its_announcement() {
    let mut chain = under(&text(Ready::BreakGlass));
    let announce = chain.announce_by(1, 2, DOCTOR, 0);
    assert_eq!(agree(&mut chain, &announce), None);
    let effects = chain.block(1, std::slice::from_ref(&announce));
    assert_eq!(effects.events, [Event::Announced(chain.grant_id(1))]);
    let announced = chain.time_ms;
    let by = key(DOCTOR).verifying_key();
    let one = Announcement { by, reason: 2, at_ms: announced, tx: announce.hash() };
    let record = EmergencyRecord { announcements: vec![one], opened_ms: None };
    assert_eq!(emergency(&chain), Some(record.clone()));
    let alone = alone(&chain, 1, 2);
    assert_eq!(agree(&mut chain, &alone), Some(TxRefused::ContractDenies));
    chain.block(30 * MINUTE - 1, &[]);
    assert_eq!(agree(&mut chain, &alone), Some(TxRefused::ContractDenies));
    // Announcing again neither helps nor harms.
    let again = chain.announce_by(1, 3, DOCTOR, announced);
    assert_eq!(agree(&mut chain, &again), Some(TxRefused::Announced));
    chain.block(1, &[]);
    assert_eq!(agree(&mut chain, &alone), None);
    chain.block(1, &[alone]);
    let opened_ms = Some(chain.time_ms);
    assert_eq!(emergency(&chain), Some(EmergencyRecord { opened_ms, ..record }));
    chain.block(4 * HOUR + 1, &[]);
    let late = chain.emergency_tx(1, 2, 2, DOCTOR, None);
    assert_eq!(agree(&mut chain, &late), Some(TxRefused::ContractDenies));
}

#[test]
fn every_reason_to_refuse_an_announcement() {
    let mut chain = under(&text(Ready::BreakGlass));
    chain.block(1, &[chain.grant_tx(2)]);
    let nowhere = chain.announce_by(3, 1, DOCTOR, 0);
    assert_eq!(agree(&mut chain, &nowhere), Some(TxRefused::UnknownGrant));
    let plain = chain.announce_by(2, 1, DOCTOR, 0);
    assert_eq!(agree(&mut chain, &plain), Some(TxRefused::Contract));
    // The form that names nobody, and clinicians whom nobody attests.
    let nobody = chain.announce_tx(1, 1);
    assert_eq!(agree(&mut chain, &nobody), Some(TxRefused::Opener));
    for who in [202, 101] {
        let unattested = chain.announce_by(1, 1, who, 0);
        assert_eq!(agree(&mut chain, &unattested), Some(TxRefused::Opener));
    }
    let good = chain.announce_by(1, 1, DOCTOR, 0);
    let early = chain.announce_by(1, 1, DOCTOR, 1);
    assert_eq!(agree(&mut chain, &early), Some(TxRefused::Follows));
    // The clinician's word for another reason, card or announcement before.
    for change in [
        (|body: &mut AnnounceBody| body.reason = 2) as fn(&mut AnnounceBody),
        |body: &mut AnnounceBody| body.by.as_mut().unwrap().follows_ms = 0x7f,
        |body: &mut AnnounceBody| body.by.as_mut().unwrap().pk = key(ATTESTED).verifying_key(),
    ] {
        let Tx::Announce(mut other) = good.clone() else { panic!() };
        change(&mut other.body);
        let other = Tx::Announce(other.body.sign(&chain.ctx.chain_id, &key(101)));
        assert!(matches!(agree(&mut chain, &other), Some(TxRefused::Signature | TxRefused::Follows)));
    }
    let Tx::Announce(mut forged) = good.clone() else { panic!() };
    forged.signature.0[0] ^= 1;
    assert_eq!(agree(&mut chain, &Tx::Announce(forged)), Some(TxRefused::Signature));
    let Tx::Announce(mut stranger) = good.clone() else { panic!() };
    stranger.body.reader_pk = chain.reader_pk(150);
    let stranger = Tx::Announce(stranger.body.sign(&chain.ctx.chain_id, &key(150)));
    assert_eq!(agree(&mut chain, &stranger), Some(TxRefused::Reader));
    chain.block(1, &[chain.credential_tx(101, CredentialStatus::Suspended, DAY, 1)]);
    assert_eq!(agree(&mut chain, &good), Some(TxRefused::Credential));
    chain.block(1, &[chain.credential_tx(101, CredentialStatus::Active, DAY, 2)]);
    assert_eq!(agree(&mut chain, &good), None);
    chain.block(1, &[chain.revoke_tx(1, 1, MerklePath::single())]);
    assert_eq!(agree(&mut chain, &good), Some(TxRefused::Ended));
    let mut later = chain.body(4);
    later.terms.contract_hash = contract_hash(&text(Ready::BreakGlass));
    later.terms.not_before_ms += HOUR;
    let later = chain.sign(4, later);
    chain.block(1, &[later]);
    let early = chain.announce_by(4, 1, DOCTOR, 0);
    assert_eq!(agree(&mut chain, &early), Some(TxRefused::NotBegun));
}

#[test]
fn on_duty_is_what_the_chain_knows_of_the_reader() {
    let mut chain = under(&text(Ready::OnDuty { member: 1 }));
    let open = chain.access_tx(1, 1);
    assert_eq!(agree(&mut chain, &open), Some(TxRefused::ContractDenies));
    // Attested, and for longer than a shift.
    chain.block(1, &[chain.credential_tx(101, CredentialStatus::Active, 2 * DAY, 1)]);
    assert_eq!(agree(&mut chain, &open), Some(TxRefused::ContractDenies));
    chain.block(1, &[chain.credential_tx(101, CredentialStatus::Active, 12 * HOUR, 2)]);
    assert_eq!(agree(&mut chain, &open), None);
    chain.block(12 * HOUR, &[]);
    assert_eq!(agree(&mut chain, &open), Some(TxRefused::Credential));
}

#[test]
fn what_the_state_holds_of_consent_is_proven_present_and_absent() {
    let mut chain = under(&text(Ready::BreakGlass));
    let stated = seconded(&chain, 1, Purpose::Emergency, 1);
    chain.block(1, std::slice::from_ref(&stated));
    let root = chain.blocks[1].app_hash().unwrap();
    for key in [
        StateKey::Contract(contract_hash(&text(Ready::BreakGlass))),
        StateKey::Statement(stated.hash()),
        StateKey::Emergency(chain.grant_id(1)),
        StateKey::EmergencyAct(stated.hash()),
    ] {
        let (value, proof) = state_tree::prove(&chain.tree, 2, &key).unwrap();
        assert_eq!(proof.verify_presence(&root, &key, &value.unwrap()), Ok(()));
        assert!(proof.verify_absence(&root, &key).is_err());
    }
    for key in [
        StateKey::Contract(Hash32([1; 32])),
        StateKey::Statement(crate::ids::TxHash([1; 32])),
        StateKey::Emergency(GrantId([1; 32])),
        StateKey::EmergencyAct(crate::ids::TxHash([1; 32])),
        StateKey::Objections(1),
        StateKey::Objection(1, 0),
    ] {
        let (value, proof) = state_tree::prove(&chain.tree, 2, &key).unwrap();
        assert_eq!((value, proof.verify_absence(&root, &key)), (None, Ok(())));
    }
}
