//! Emergencies: who opens, who is the second, who announced it and for how long that serves.

use super::*;
use crate::contract::{Ready, contract_hash};
use crate::fixture::START;
use crate::ids::{TxHash, VerifyingKey};
use crate::tx::{Opener, Purpose, Second};

mod model;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// Two clinicians of member 1.
const DOCTOR: u8 = 201;
const COLLEAGUE: u8 = 202;
/// The doctor's other key.
const OTHER_KEY: u8 = 203;
const STRANGER: u8 = 204;

/// What a member says of the key `of`; `subject` is its own name for the person.
fn attested(chain: &Chain, of: u8, member: u16, subject: Option<u8>, nonce: u64) -> Tx {
    let body = CredentialBody {
        credential_pk: key(of).verifying_key(),
        member_index: member,
        status: CredentialStatus::Active,
        attestation_hash: Hash32([1; 32]),
        valid_until_ms: START + 30 * DAY,
        nonce,
        subject: subject.map(|subject| Hash32([subject; 32])),
    };
    Tx::Credential(body.sign(&chain.ctx.chain_id, &chain.keepers[usize::from(member) - 1]))
}

/// The permission 1 under the contract for emergencies, for four days, and two attested clinicians.
fn carded() -> Chain {
    let mut chain = Chain::new(4);
    let text = Ready::BreakGlass.text().unwrap();
    let mut body = chain.body(1);
    body.terms.contract_hash = contract_hash(&text);
    body.terms.expires_ms += 3 * DAY;
    let clinicians = [DOCTOR, COLLEAGUE].map(|who| attested(&chain, who, 1, Some(who), 1));
    let mut txs = vec![chain.contract_tx(1, &text), chain.sign(1, body)];
    txs.extend(clinicians);
    let effects = chain.block(1, &txs);
    assert!(effects.results.iter().all(|result| result.outcome.is_ok()));
    chain
}

fn emergency(chain: &Chain) -> EmergencyRecord {
    chain.record(&StateKey::Emergency(chain.grant_id(1))).unwrap()
}

fn alone(chain: &Chain, request: u8) -> Tx {
    chain.emergency_tx(1, request, 2, DOCTOR, None)
}

fn announced(chain: &Chain, reason: u8) -> Tx {
    let before: Option<EmergencyRecord> = chain.record(&StateKey::Emergency(chain.grant_id(1)));
    chain.announce_by(1, reason, DOCTOR, before.unwrap_or_default().follows_ms())
}

fn announcement(by: u8, reason: u8, at_ms: i64, tx: &Tx) -> Announcement {
    Announcement { by: key(by).verifying_key(), reason, at_ms, tx: tx.hash() }
}

#[test]
fn an_announcement_keeps_its_reason_and_serves_openings_that_begin_within_a_day() {
    let mut chain = carded();
    let tx = announced(&chain, 2);
    chain.block(1, std::slice::from_ref(&tx));
    let first = announcement(DOCTOR, 2, chain.time_ms, &tx);
    assert_eq!(emergency(&chain), EmergencyRecord { announcements: vec![first], opened_ms: None });
    let act: ActRecord = chain.record(&StateKey::EmergencyAct(tx.hash())).unwrap();
    assert_eq!((act.did, act.by, act.reason, act.at_ms), (Did::Announced, first.by, 2, first.at_ms));
    chain.block(ANNOUNCEMENT_LASTS_MS, &[]);
    let (last, again) = (alone(&chain, 1), announced(&chain, 3));
    assert_eq!(agree(&mut chain, &last), None);
    assert_eq!(agree(&mut chain, &again), Some(TxRefused::Announced));
    chain.block(1, &[]);
    assert_eq!(agree(&mut chain, &last), Some(TxRefused::ContractDenies));
    // The next emergency is announced anew, with its own wait.
    assert_eq!(agree(&mut chain, &again), None);
    chain.block(1, std::slice::from_ref(&again));
    let second = announcement(DOCTOR, 3, chain.time_ms, &again);
    assert_eq!(emergency(&chain).announcements, [first, second]);
    assert_eq!(agree(&mut chain, &last), Some(TxRefused::ContractDenies));
    chain.block(30 * MINUTE, &[]);
    assert_eq!(agree(&mut chain, &last), None);
}

#[test]
fn an_opening_that_began_in_time_goes_on_to_its_own_end() {
    let mut chain = carded();
    chain.block(1, &[announced(&chain, 1)]);
    chain.block(ANNOUNCEMENT_LASTS_MS, &[alone(&chain, 1)]);
    assert_eq!(emergency(&chain).opened_ms, Some(chain.time_ms));
    // Four hours from the first opening, though the day is over.
    chain.block(4 * HOUR, &[]);
    let (last, again) = (alone(&chain, 2), announced(&chain, 1));
    assert_eq!(agree(&mut chain, &last), None);
    assert_eq!(agree(&mut chain, &again), Some(TxRefused::Announced));
    chain.block(1, &[]);
    assert_eq!(agree(&mut chain, &last), Some(TxRefused::ContractDenies));
}

#[test]
fn an_announcement_serves_nobody_but_who_made_it() {
    let mut chain = carded();
    chain.block(1, &[announced(&chain, 1)]);
    chain.block(30 * MINUTE, &[]);
    let others = chain.emergency_tx(1, 1, 1, COLLEAGUE, None);
    assert_eq!(agree(&mut chain, &others), Some(TxRefused::ContractDenies));
    // The colleague announces it too, and waits.
    let follows = emergency(&chain).follows_ms();
    let late = chain.announce_by(1, 1, COLLEAGUE, 0);
    assert_eq!(agree(&mut chain, &late), Some(TxRefused::Follows));
    let own = chain.announce_by(1, 1, COLLEAGUE, follows);
    chain.block(1, std::slice::from_ref(&own));
    assert_eq!(emergency(&chain).announcements.len(), 2);
    assert_eq!(agree(&mut chain, &others), Some(TxRefused::ContractDenies));
    let doctors = alone(&chain, 2);
    assert_eq!(agree(&mut chain, &doctors), None);
    chain.block(30 * MINUTE, &[]);
    assert_eq!(agree(&mut chain, &others), None);
    // What was signed for one place in the row is for no other.
    chain.block(2 * DAY, &[]);
    assert_eq!(agree(&mut chain, &own), Some(TxRefused::Follows));
}

#[test]
fn an_emergency_has_an_attested_clinician_who_answers_for_it() {
    let mut chain = carded();
    // The forms of before: a second person's word and nobody who opens.
    let second = chain.second(1, 1, Purpose::Emergency, 1, COLLEAGUE);
    let signed = chain.stated_tx(1, 1, Purpose::Emergency, 1, Some(second));
    let nobody = chain.stated_tx(1, 1, Purpose::Emergency, 1, None);
    // Whom nobody attests, and the card itself.
    let stranger = chain.emergency_tx(1, 1, 1, STRANGER, Some(COLLEAGUE));
    let card = chain.emergency_tx(1, 1, 1, 101, Some(COLLEAGUE));
    for tx in [signed, nobody, stranger, card] {
        assert_eq!(agree(&mut chain, &tx), Some(TxRefused::Opener));
    }
    let good = chain.emergency_tx(1, 1, 1, DOCTOR, Some(COLLEAGUE));
    assert_eq!(agree(&mut chain, &good), None);
    let withdrawn = chain.credential_tx(DOCTOR, CredentialStatus::Suspended, DAY, 2);
    chain.block(1, &[withdrawn]);
    assert_eq!(agree(&mut chain, &good), Some(TxRefused::Opener));
}

#[test]
fn what_the_opener_signed_is_for_one_opening_with_one_key() {
    let mut chain = carded();
    let chain_id = chain.ctx.chain_id;
    let Tx::StatedAccess(good) = chain.emergency_tx(1, 1, 1, DOCTOR, Some(COLLEAGUE)) else { panic!() };
    // Whoever else holds the card signs as the reader, with what the clinicians signed.
    let other = |change: fn(&mut crate::tx::StatedAccessBody)| {
        let mut body = good.body.clone();
        change(&mut body);
        Tx::StatedAccess(Box::new(body.sign(&chain_id, &key(101))))
    };
    for (why, tx) in [
        (TxRefused::Signature, other(|body| body.access.epk_hash = Hash32([9; 32]))),
        (TxRefused::Signature, other(|body| body.access.request_hash = Hash32([9; 32]))),
        (TxRefused::Signature, other(|body| body.reason = 2)),
        (TxRefused::Signature, other(|body| body.opener.as_mut().unwrap().signature.0[0] ^= 1)),
        (TxRefused::Second, other(|body| body.opener.as_mut().unwrap().pk = key(COLLEAGUE).verifying_key())),
        (TxRefused::Opener, other(|body| body.opener = None)),
        (TxRefused::ContractDenies, other(|body| body.second = None)),
    ] {
        assert_eq!(agree(&mut chain, &tx), Some(why));
    }
    chain.block(1, &[Tx::StatedAccess(good.clone())]);
    // The same word of the clinician under another signature of the card, which is another transaction.
    let again = other(|body| body.second = None);
    assert_eq!(agree(&mut chain, &again), Some(TxRefused::Replayed));
}

#[test]
fn the_second_is_another_person_as_far_as_a_member_tells() {
    let mut chain = carded();
    let with = |chain: &Chain, second: u8| chain.emergency_tx(1, 1, 1, DOCTOR, Some(second));
    let own = with(&chain, DOCTOR);
    assert_eq!(agree(&mut chain, &own), Some(TxRefused::Second));
    let card = with(&chain, 101);
    assert_eq!(agree(&mut chain, &card), Some(TxRefused::Second));
    // The doctor's other key, of which the member says that it is the doctor's, then nothing.
    let both = with(&chain, OTHER_KEY);
    assert_eq!(agree(&mut chain, &both), Some(TxRefused::Second));
    for (nonce, subject) in [(1, Some(DOCTOR)), (2, None)] {
        let told = attested(&chain, OTHER_KEY, 1, subject, nonce);
        chain.block(1, &[told]);
        assert_eq!(agree(&mut chain, &both), Some(TxRefused::Second));
    }
    let other = attested(&chain, OTHER_KEY, 1, Some(OTHER_KEY), 3);
    chain.block(1, &[other]);
    assert_eq!(agree(&mut chain, &both), None);
    // A key of another member: whose it is, nobody can compare.
    let elsewhere = attested(&chain, STRANGER, 2, Some(DOCTOR), 1);
    chain.block(1, &[elsewhere]);
    let two_members = with(&chain, STRANGER);
    assert_eq!(agree(&mut chain, &two_members), None);
}

#[test]
fn a_colleagues_word_is_for_the_clinician_who_asked() {
    let mut chain = carded();
    let told = attested(&chain, STRANGER, 2, None, 1);
    chain.block(1, &[told]);
    let access = chain.access_body(1, 1);
    let chain_id = chain.ctx.chain_id;
    let doctor = key(DOCTOR).verifying_key();
    let word = Second::sign_for(&doctor, &access, Purpose::Emergency, 1, &chain_id, &key(COLLEAGUE));
    let stated = |by: u8, second| {
        let opener = Some(Opener::sign(&access, 1, &chain_id, &key(by)));
        let (access, purpose, reason) = (access.clone(), Purpose::Emergency, 1);
        let body = crate::tx::StatedAccessBody { access, purpose, reason, second: Some(second), opener };
        Tx::StatedAccess(Box::new(body.sign(&chain_id, &key(101))))
    };
    assert_eq!(agree(&mut chain, &stated(DOCTOR, word)), None);
    assert_eq!(agree(&mut chain, &stated(STRANGER, word)), Some(TxRefused::Signature));
    // And a word of before, which names nobody.
    let unnamed = Second::sign(&access, Purpose::Emergency, 1, &chain_id, &key(COLLEAGUE));
    assert_eq!(agree(&mut chain, &stated(DOCTOR, unnamed)), Some(TxRefused::Signature));
}

#[test]
fn as_many_announcements_serve_at_once_as_there_are_places() {
    let at =
        |by: u8, at_ms| Announcement { by: VerifyingKey([by; 32]), reason: 1, at_ms, tx: TxHash([by; 32]) };
    let mut record = EmergencyRecord::default();
    for by in 1..=8 {
        record = record.announced(at(by, i64::from(by))).unwrap();
    }
    assert_eq!(record.announced(at(9, 9)), Err(TxRefused::TooMany));
    assert_eq!(record.announced(at(8, 9)), Err(TxRefused::Announced));
    // The first has lapsed and makes room.
    let after = record.announced(at(9, ANNOUNCEMENT_LASTS_MS + 2)).unwrap();
    assert_eq!(after.announcements.len(), MAX_ANNOUNCEMENTS);
    assert_eq!(after.announcements.first().map(|one| one.at_ms), Some(2));
    assert_eq!(after.newest().map(|one| one.at_ms), Some(ANNOUNCEMENT_LASTS_MS + 2));
}

#[test]
fn a_record_has_a_reason_where_it_was_announced() {
    let whole = Announcement { by: VerifyingKey([1; 32]), reason: 5, at_ms: 1, tx: TxHash([2; 32]) };
    for reason in [0, 6] {
        let bad = EmergencyRecord { announcements: vec![Announcement { reason, ..whole }], opened_ms: None };
        assert!(EmergencyRecord::decode(&bad.encode()).is_err(), "{bad:?}");
    }
    let good = EmergencyRecord { announcements: vec![whole], opened_ms: None };
    assert_eq!(EmergencyRecord::decode(&good.encode()), Ok(good.clone()));
    // The first version, which named nobody.
    let mut first = good.encode();
    first[0] = 1;
    assert!(EmergencyRecord::decode(&first).is_err());
}
