//! A power that waits for two clinicians.

use salus_chain::ids::VerifyingKey;

use super::*;
use crate::circle::springing::{PowerError, PowerQuestion};

fn ask(family: &Family, helper: &VerifyingKey, key: &SigningKey) -> PowerQuestion {
    let chain = family.town.genesis.chain_id();
    let asked = PowerQuestion::ask(family.circle, *helper, "Maria K.", "Leïla", &chain, key).unwrap();
    PowerQuestion::from_text(&asked.to_text().unwrap()).unwrap()
}

#[test]
fn a_power_begins_when_two_different_clinicians_were_asked_and_said_so() {
    let family = Family::with(Power { springs: true, ..steward() });
    let (chain, hers) = (family.town.genesis.chain_id(), family.daughter.signing.verifying_key());
    let asked = ask(&family, &hers, &family.daughter.signing);
    assert_eq!(asked.waits(&family.standing(), &chain).map(|seated| seated.seat), Ok(1));
    assert!(!family.standing().in_force(1, family.now()));
    let attest =
        |key: &SigningKey| block_on(speak::attest(&family.town, &asked.circle, &asked.helper_pk, key));
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
