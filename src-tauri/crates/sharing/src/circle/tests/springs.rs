//! A power that waits for two clinicians.

use salus_chain::ids::VerifyingKey;
use salus_chain::tx::{CredentialBody, CredentialStatus, Tx};

use super::*;
use crate::circle::springing::{PowerError, PowerQuestion};

fn ask(family: &Family, helper: &VerifyingKey, key: &SigningKey) -> PowerQuestion {
    let chain = family.town.genesis.chain_id();
    let asked = PowerQuestion::ask(family.circle, *helper, "Maria K.", "Leïla", &chain, key).unwrap();
    PowerQuestion::from_text(&asked.to_text().unwrap()).unwrap()
}

/// The first member's word on a key, and on whose it is.
fn is_said_of(family: &Family, key: &SigningKey, (status, nonce): (CredentialStatus, u64), of: Option<u8>) {
    let (town, chain) = (&family.town, family.town.ctx.chain_id);
    let body = CredentialBody {
        credential_pk: key.verifying_key(),
        member_index: 1,
        status,
        attestation_hash: Hash32::ZERO,
        valid_until_ms: NOW + 365 * DAY,
        nonce,
        subject: of.map(|of| Hash32([of; 32])),
    };
    town.block(Some(&Tx::Credential(body.sign(&chain, &town.signing[0])))).unwrap();
}

#[test]
fn a_power_begins_when_two_different_clinicians_were_asked_and_said_so() {
    let family = Family::with(Power { springs: true, ..steward() });
    let (chain, hers) = (family.town.genesis.chain_id(), family.daughter.signing.verifying_key());
    let asked = ask(&family, &hers, &family.daughter.signing);
    assert_eq!(asked.waits(&family.standing(), &chain).map(|seated| seated.seat), Ok(1));
    assert!(!family.standing().in_force(1, family.now()));
    let attest =
        |key: &SigningKey| block_on(speak::attest(&family.town, &family.standing(), &asked.helper_pk, key));
    let other = Clinician::of_seed(&family.town, 78);
    attest(&family.clinician.credential).unwrap();
    assert_eq!(attest(&family.clinician.credential), Err(TxRefused::AlreadySaid.into()));
    assert_eq!(attest(&SigningKey::from_bytes(&[251; 32])), Err(TxRefused::Credential.into()));
    assert!(!family.standing().in_force(1, family.now()), "one is not two");
    attest(&other.credential).unwrap();
    assert!(family.standing().in_force(1, family.now()));
    assert_eq!(asked.waits(&family.standing(), &chain).unwrap_err(), PowerError::NothingWaits);
}

#[test]
fn an_application_takes_two_keys_of_one_clinician_for_one_before_anything_is_sent() {
    let family = Family::with(Power { springs: true, ..steward() });
    let hers = family.daughter.signing.verifying_key();
    let attest = |key: &SigningKey| block_on(speak::attest(&family.town, &family.standing(), &hers, key));
    let sent = || family.town.inside().sent;
    let active = (CredentialStatus::Active, 1);
    attest(&family.clinician.credential).unwrap();
    let before = sent();
    // Another key of the same person (77 is their number), and one of which the member does not say whose it is.
    for (seed, of) in [(241, Some(77)), (242, None)] {
        let key = SigningKey::from_bytes(&[seed; 32]);
        is_said_of(&family, &key, active, of);
        assert_eq!(attest(&key), Err(TxRefused::AlreadySaid.into()), "{of:?}");
    }
    assert_eq!(sent(), before, "the members would refuse it, too: the application asks none of them to");
    assert!(!family.standing().in_force(1, family.now()));
    let second = SigningKey::from_bytes(&[243; 32]);
    is_said_of(&family, &second, active, Some(78));
    attest(&second).unwrap();
    assert_eq!(sent(), before + 1);
    assert!(family.standing().in_force(1, family.now()));
}

#[test]
fn an_application_counts_no_clinician_for_whom_no_member_stands_any_more() {
    let family = Family::with(Power { springs: true, ..steward() });
    let hers = family.daughter.signing.verifying_key();
    let attest = |key: &SigningKey| block_on(speak::attest(&family.town, &family.standing(), &hers, key));
    let first = &family.clinician.credential;
    attest(first).unwrap();
    is_said_of(&family, first, (CredentialStatus::Suspended, 2), None);
    assert_eq!(attest(first), Err(TxRefused::Credential.into()));
    // Under another key she says so anew: that is the first word again, and not the second.
    let other = SigningKey::from_bytes(&[241; 32]);
    is_said_of(&family, &other, (CredentialStatus::Active, 1), Some(77));
    attest(&other).unwrap();
    assert_eq!(family.standing().attested(&hers), [other.verifying_key()]);
    assert!(!family.standing().in_force(1, family.now()));
}

#[test]
fn a_clinician_says_so_of_the_power_that_they_read_of_and_of_none_in_its_place() {
    let family = Family::with(Power { springs: true, ..approver() });
    let hers = family.daughter.signing.verifying_key();
    let read = family.standing();
    let wider = Power { springs: true, ..steward() }.delegate(hers, &salts());
    let raise = speak::change(&family.town, family.voice(&family.person), Change::RaiseDelegate(1, wider));
    block_on(raise).unwrap();
    family.town.wait(DELAY_MS);
    let sent = family.town.inside().sent;
    let said = block_on(speak::attest(&family.town, &read, &hers, &family.clinician.credential));
    assert_eq!(said, Err(TxRefused::CircleRevision.into()));
    assert_eq!(family.town.inside().sent, sent);
    assert!(family.standing().attested(&hers).is_empty());
}

#[test]
fn while_a_power_waits_that_is_why_nothing_is_permitted() {
    let power = Power { springs: true, ..steward() };
    let mut family = Family::with(power.clone());
    let daughter = family.daughter.clone();
    let mut word = family.told(&daughter, &power);
    // As an honest application of the person's writes it: nothing is leased before the power begins.
    word.estate = None;
    let gift = family.gift(&[Category::HeartRate], 2);
    let refused = family.prepare(&word, &gift).unwrap_err();
    assert_eq!(
        (refused.code(), refused),
        (ErrorCode::PowerNotInForce, GiveError::Refused(TxRefused::PowerNotInForce))
    );
}

#[test]
fn only_somebody_of_the_circle_asks_and_only_for_what_waits() {
    let family = Family::with(Power { springs: true, ..steward() });
    let chain = family.town.genesis.chain_id();
    let (hers, his) = (family.daughter.signing.verifying_key(), family.son.signing.verifying_key());
    let strange = ask(&family, &hers, &SigningKey::from_bytes(&[252; 32]));
    assert_eq!(strange.waits(&family.standing(), &chain).unwrap_err().code(), ErrorCode::ProofFailed);
    let other = ask(&family, &his, &family.person);
    assert_eq!(other.waits(&family.standing(), &chain).unwrap_err(), PowerError::NothingWaits);
    let (octets, circle) = (ask(&family, &hers, &family.person).encode(), family.standing());
    for bit in 0..octets.len() * 8 {
        let mut flipped = octets.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let counts = |read: PowerQuestion| read.waits(&circle, &chain).is_ok();
        assert!(!PowerQuestion::decode(&flipped).is_ok_and(counts), "{bit}");
    }
    assert_eq!(PowerQuestion::from_text("SP1-").unwrap_err().code(), ErrorCode::BadRecoveryText);
}
