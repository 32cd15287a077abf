//! Requests and attestations: their octets, and what neither of them lets through.

use super::*;

const CHAIN: ChainId = ChainId([3; 32]);

fn made() -> (AttestationRequest, Attestation, SigningKey) {
    let (credential, member) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
    let request = AttestationRequest::sign("Dr Ana Wójcik", "Clinic 北", &CHAIN, &credential).unwrap();
    let attestation =
        Attestation::sign(request.person.clone(), 2, 1_795_000_000_000, [9; 16], &CHAIN, &member);
    (request, attestation, member)
}

#[test]
fn both_texts_round_trip_and_verify() {
    let (request, attestation, member) = made();
    assert_eq!(AttestationRequest::from_text(&request.to_text().unwrap(), &CHAIN), Ok(request.clone()));
    let read = Attestation::from_text(&attestation.to_text().unwrap()).unwrap();
    assert_eq!(read, attestation);
    assert_eq!(read.verify(&CHAIN, &member.verifying_key()), Ok(()));
    assert_eq!(read.verify(&ChainId([4; 32]), &member.verifying_key()), Err(BadSignature));
    assert_eq!(read.verify(&CHAIN, &request.person.credential_pk), Err(BadSignature));
    let other = AttestationRequest::from_text(&request.to_text().unwrap(), &ChainId([4; 32]));
    assert_eq!(other, Err(BadSignature.into()));
}

#[test]
fn every_cut_and_every_flipped_bit_is_refused() {
    let (_, attestation, member) = made();
    let octets = attestation.encode();
    for cut in 0..octets.len() {
        assert!(Attestation::decode(&octets[..cut]).is_err(), "{cut}");
    }
    for bit in 0..octets.len() * 8 {
        let mut flipped = octets.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let held =
            Attestation::decode(&flipped).is_ok_and(|a| a.verify(&CHAIN, &member.verifying_key()).is_ok());
        assert!(!held, "{bit}");
    }
}

#[test]
fn a_subject_is_the_same_for_one_person_at_one_member_and_tells_nobody_who_it_is() {
    let (one, two) = (SigningKey::from_bytes(&[2; 32]), SigningKey::from_bytes(&[3; 32]));
    let of = |known_as: &[&str], member: &SigningKey| subject(known_as, &CHAIN, member);
    let ana = of(&["Dr Ana", "Clinic"], &one);
    assert_eq!(of(&["Dr Ana", "Clinic"], &one), ana);
    for other in [
        of(&["Dr An", "aClinic"], &one),
        of(&["Dr Bo", "Clinic"], &one),
        of(&["Dr Ana", "Clinic"], &two),
        subject(&["Dr Ana", "Clinic"], &ChainId([4; 32]), &one),
    ] {
        assert_ne!(other, ana);
    }
}

#[test]
fn names_that_mislead_are_refused() {
    let key = SigningKey::from_bytes(&[1; 32]);
    let long = "x".repeat(MAX_NAME + 1);
    for bad in ["", " ", "a\nb", "Dr \u{202e}evil", "a\u{200b}b", " padded", long.as_str()] {
        assert_eq!(
            AttestationRequest::sign(bad, "Clinic", &CHAIN, &key),
            Err(CodecError::Value("name")),
            "{bad:?}"
        );
    }
    assert!(AttestationRequest::sign(&"北".repeat(MAX_NAME), &"é".repeat(MAX_NAME), &CHAIN, &key).is_ok());
}
