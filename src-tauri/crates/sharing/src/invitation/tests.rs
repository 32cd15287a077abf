use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::ids::VerifyingKey;
use salus_chain::state::StateKey;

use super::*;
use crate::town::{Clinician, NOW, Town};

#[test]
fn a_code_survives_retyping_and_says_who_it_is() {
    let town = Town::new(4);
    let clinician = Clinician::new(&town);
    let code = clinician.code(&town);
    let text = code.to_text().unwrap();
    let retyped = text.to_lowercase().replace('-', " ").replace('\n', "\r\n\r\n");
    for text in [text.as_str(), &retyped] {
        let read = Code::from_text(text).unwrap();
        assert_eq!(read, code);
        let invitation = read.verify(&town.genesis).unwrap();
        assert_eq!(invitation.reader, clinician.reader.public());
        let who = (&*invitation.attestation.person.name, &*invitation.member);
        assert_eq!(who, ("Dr Ana Wójcik", "Member 1"));
    }
}

#[test]
fn every_cut_flip_and_extra_octet_is_refused() {
    let town = Town::new(1);
    let octets = Clinician::new(&town).code(&town).encode();
    let holds =
        |octets: &[u8]| Code::decode(octets).map_err(CodeError::from).and_then(|c| c.verify(&town.genesis));
    assert!(holds(&octets).is_ok());
    for cut in 0..octets.len() {
        assert!(holds(&octets[..cut]).is_err(), "{cut}");
    }
    for at in 0..octets.len() {
        let mut bent = octets.clone();
        bent[at] ^= 1 << (at % 8);
        assert!(holds(&bent).is_err(), "{at}");
    }
    assert!(holds(&[octets.as_slice(), &[0]].concat()).is_err());
}

#[test]
fn bad_text_has_the_code_for_it() {
    let town = Town::new(1);
    let text = Clinician::new(&town).code(&town).to_text().unwrap();
    let cut = Code::from_text(&text[..text.len() / 2]).unwrap_err();
    assert!(matches!(cut, CodeError::Text(TextError::Cut { .. })), "{cut}");
    let swapped = text.replacen(&text[30..32], &text[30..32].chars().rev().collect::<String>(), 1);
    for bad in ["", "hello", &text[..40], &format!("{text}A"), &swapped, &"A".repeat(9000)] {
        if bad != text {
            assert_eq!(Code::from_text(bad).unwrap_err().code(), ErrorCode::BadCode, "{bad}");
        }
    }
}

#[test]
fn strangers_cannot_make_codes() {
    let town = Town::new(4);
    let clinician = Clinician::new(&town);
    let (chain, genesis) = (town.ctx.chain_id, &town.genesis);
    let thief = SigningKey::from_bytes(&[1; 32]);
    let code = Code::make(&clinician.reader, clinician.attestation.clone(), &chain, &thief);
    assert_eq!(code.verify(genesis), Err(CodeError::Reader));

    let mut person = clinician.attestation.person.clone();
    person.credential_pk = thief.verifying_key();
    let own = |member| Attestation::sign(person.clone(), member, NOW, [0; 16], &chain, &thief);
    let code = Code::make(&clinician.reader, own(1), &chain, &thief);
    assert_eq!(code.verify(genesis), Err(CodeError::Attestation));
    let code = Code::make(&clinician.reader, own(9), &chain, &thief);
    assert_eq!(code.verify(genesis), Err(CodeError::UnknownMember(9)));
    let elsewhere = Town::new(7);
    assert_eq!(clinician.code(&town).verify(&elsewhere.genesis), Err(CodeError::Attestation));
}

#[test]
fn only_the_recorded_attestation_in_force_counts() {
    let town = Town::new(4);
    let clinician = Clinician::new(&town);
    let invitation = clinician.invitation(&town);
    let key = StateKey::Credential(clinician.credential.verifying_key());
    let mut record: CredentialRecord = town.inside().get(&key).unwrap();
    assert_eq!(invitation.in_force(Some(&record), NOW), Ok(()));
    assert_eq!(invitation.in_force(None, NOW), Err(CodeError::NotRecorded));
    let until = record.body.valid_until_ms;
    assert_eq!(invitation.in_force(Some(&record), until), Err(CodeError::RunOut));
    record.body.status = CredentialStatus::Suspended;
    assert_eq!(invitation.in_force(Some(&record), NOW), Err(CodeError::NotActive));
    record.body.credential_pk = VerifyingKey([1; 32]);
    let error = invitation.in_force(Some(&record), NOW).unwrap_err();
    assert_eq!((error, error.code()), (CodeError::NotRecorded, ErrorCode::NotAttested));
}

#[test]
fn reader_keys_are_fresh_and_keep() {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let (one, two) = (ReaderSecret::generate(&mut rng), ReaderSecret::generate(&mut rng));
    assert_ne!(one.public(), two.public());
    assert_eq!(ReaderSecret::from_bytes(&one.to_bytes()).public(), one.public());
    assert!(!format!("{one:?}").contains(&hex::encode(&one.to_bytes()[..32])));
}
