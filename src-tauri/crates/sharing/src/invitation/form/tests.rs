use proptest::prelude::*;
use salus_chain::attestation::{MAX_NAME, Person};
use salus_chain::ids::ChainId;
use salus_chain::sign::{Label, SigningKey};

use super::*;
use crate::invitation::CodeError;
use crate::town::{Clinician, Town};

const WORDS: &str = "After your visit on Monday.";

fn asked() -> AskedView {
    AskedView {
        purpose: Purpose::FollowUp,
        words: WORDS.into(),
        categories: vec![Category::HeartRate, Category::BloodPressure],
        days_back: 30,
        days_ahead: 7,
        lasts_days: 14,
    }
}

/// A code as its octets are; its signatures hold nothing.
fn drawn(name: &str, request: Option<AskedView>) -> Code {
    let (key, chain) = (SigningKey::from_bytes(&[1; 32]), ChainId([3; 32]));
    let person = Person { credential_pk: key.verifying_key(), name: name.into(), organisation: name.into() };
    let attestation = Attestation::sign(person, 1, 0, [9; 16], &chain, &key);
    Code { reader: ReaderKey([1; 64]), attestation, request, signature: Signature([5; 64]) }
}

/// Everything before the request: version, kind, reader, attestation.
fn who(version: u8, code: &Code) -> Vec<u8> {
    let attestation = code.attestation.encode();
    let length = u32::try_from(attestation.len()).unwrap().to_be_bytes();
    [&[version, 0x43][..], &[1; 64], &length, &attestation[..]].concat()
}

fn asking(town: &Town, clinician: &Clinician, request: AskedView) -> Result<Code, CodecError> {
    let attestation = clinician.attestation.clone();
    Code::asking(&clinician.reader, attestation, request, &town.ctx.chain_id, &clinician.credential)
}

#[test]
fn golden_octets_of_both_versions() {
    let first = drawn("Dr Ana", None);
    let octets = [who(1, &first), vec![5; 64]].concat();
    assert_eq!(first.encode(), octets);
    assert_eq!(Code::decode(&octets), Ok(first.clone()), "version 1 is still read");
    assert_eq!(first.unsigned(), [1; 64], "and signs what it signed");

    let second = drawn("Dr Ana", Some(asked()));
    let request = hex::decode("0200020102001e0007000e0000001b").unwrap();
    let before = [who(2, &second), request, WORDS.as_bytes().to_vec()].concat();
    let octets = [before.clone(), vec![5; 64]].concat();
    assert_eq!(second.encode(), octets);
    assert_eq!(Code::decode(&octets), Ok(second.clone()));
    assert_eq!(second.unsigned(), before);
}

#[test]
fn a_request_arrives_as_it_was_signed() {
    let town = Town::new(4);
    let clinician = Clinician::new(&town);
    let text = asking(&town, &clinician, asked()).unwrap().to_text().unwrap();
    let invitation = Code::from_text(&text).unwrap().verify(&town.genesis).unwrap();
    assert_eq!((invitation.request, invitation.reader), (Some(asked()), clinician.reader.public()));
    assert_eq!(clinician.invitation(&town).request, None);
    let key = clinician.credential.verifying_key();
    let code = Code::from_text(&text).unwrap();
    assert_eq!(key.verify(Label::Code, &town.ctx.chain_id, &code.unsigned(), &code.signature), Ok(()));
}

#[test]
fn an_altered_request_is_refused() {
    let town = Town::new(1);
    let clinician = Clinician::new(&town);
    let octets = asking(&town, &clinician, asked()).unwrap().encode();
    let holds =
        |octets: &[u8]| Code::decode(octets).map_err(CodeError::from).and_then(|c| c.verify(&town.genesis));
    assert!(holds(&octets).is_ok());
    for cut in 0..octets.len() {
        assert!(holds(&octets[..cut]).is_err(), "{cut}");
    }
    for at in 0..octets.len() {
        for bit in 0..8 {
            let mut bent = octets.clone();
            bent[at] ^= 1 << bit;
            assert!(holds(&bent).is_err(), "{at}");
        }
    }
    assert!(holds(&[octets.as_slice(), &[0]].concat()).is_err());

    // Taken out, put in, and put in the place of another one.
    let code = Code::decode(&octets).unwrap();
    let plain = clinician.code(&town);
    let wider = AskedView { days_back: 365, ..asked() };
    for bent in [
        Code { request: None, ..code.clone() },
        Code { request: Some(asked()), ..plain },
        Code { request: Some(wider), ..code },
    ] {
        assert_eq!(holds(&bent.encode()), Err(CodeError::Reader));
    }
}

#[test]
fn what_is_too_long_or_misleads_is_refused_on_both_sides() {
    let town = Town::new(1);
    let clinician = Clinician::new(&town);
    let long = "x".repeat(AskedView::MAX_WORDS + 1);
    for words in [long.as_str(), "a\nb", "\u{202e}evil", "\u{2066}", " "] {
        let bad = AskedView { words: words.into(), ..asked() };
        assert_eq!(asking(&town, &clinician, bad.clone()), Err(CodecError::Value("words")), "{words:?}");
        let sent = drawn("Dr Ana", Some(bad)).encode();
        assert_eq!(Code::decode(&sent), Err(CodecError::Value("words")), "{words:?}");
    }
    for (field, bad) in [
        ("categories", AskedView { categories: vec![], ..asked() }),
        ("days_back", AskedView { days_back: u16::MAX, ..asked() }),
        ("lasts_days", AskedView { lasts_days: 0, ..asked() }),
        ("days_ahead", AskedView { days_ahead: 15, ..asked() }),
    ] {
        assert_eq!(asking(&town, &clinician, bad.clone()), Err(CodecError::Value(field)));
        assert_eq!(Code::decode(&drawn("Dr Ana", Some(bad)).encode()), Err(CodecError::Value(field)));
    }
    // A purpose and a category that nobody knows, and lengths above what any request has.
    let octets = drawn("Dr Ana", Some(asked())).encode();
    let at = who(2, &drawn("Dr Ana", None)).len();
    let with = |offset: usize, new: &[u8]| {
        let mut bent = octets.clone();
        bent[at + offset..at + offset + new.len()].copy_from_slice(new);
        Code::decode(&bent)
    };
    assert_eq!(with(0, &[9]), Err(CodecError::Value("purpose")));
    assert_eq!(with(3, &[99]), Err(CodecError::Value("category")));
    assert_eq!(with(1, &[0xff, 0xff]), Err(CodecError::TooLong { length: 65_535, limit: 10 }));
    let length = 4 * AskedView::MAX_WORDS + 1;
    let announced = u32::try_from(length).unwrap().to_be_bytes();
    assert_eq!(with(11, &announced), Err(CodecError::TooLong { length, limit: length - 1 }));
}

#[test]
fn the_largest_code_fits_a_text() {
    let words = "\u{1f600}".repeat(AskedView::MAX_WORDS);
    let (days_back, lasts_days) = (AskedView::MAX_BACK, AskedView::MAX_LASTS);
    let categories = Category::ALL.to_vec();
    let all = AskedView { words, categories, days_back, days_ahead: lasts_days, lasts_days, ..asked() };
    let code = drawn(&"\u{1f600}".repeat(MAX_NAME), Some(all));
    assert_eq!(code.encode().len(), Second::MAX);
    let text = code.to_text().unwrap();
    assert_eq!(Code::from_text(&text), Ok(code));
}

prop_compose! {
    fn requests()(
        purpose in proptest::sample::select(Purpose::ALL),
        categories in proptest::sample::subsequence(Category::ALL, 1..=Category::ALL.len()),
        days_back in 1..=AskedView::MAX_BACK,
        lasts_days in 1..=AskedView::MAX_LASTS,
        days_ahead in 0..=AskedView::MAX_LASTS,
        words in "([a-z0-9?éعن北]{1,3}( [a-zب]{1,9}){0,15})?",
    ) -> AskedView {
        AskedView { purpose, words, categories, days_back, days_ahead: days_ahead.min(lasts_days), lasts_days }
    }
}

proptest! {
    #[test]
    fn every_request_round_trips(request in requests()) {
        let code = drawn("Dr Ana", Some(request));
        prop_assert_eq!(Code::decode(&code.encode()), Ok(code.clone()));
        prop_assert_eq!(Code::from_text(&code.to_text().unwrap()), Ok(code));
    }

    #[test]
    fn any_octets_are_answered(tail in proptest::collection::vec(any::<u8>(), 0..400), version in 0u8..4) {
        let _ = Code::decode(&tail);
        let _ = Code::decode(&[&[version, 0x43][..], &tail[..]].concat());
        // Past the attestation, where the request begins.
        let _ = Code::decode(&[who(version, &drawn("Dr Ana", None)), tail].concat());
    }

    #[test]
    fn any_bent_octet_is_another_code_or_none(request in requests(), at: proptest::sample::Index, flip in 1u8..) {
        let code = drawn("Dr Ana", Some(request));
        let mut octets = code.encode();
        let at = at.index(octets.len());
        octets[at] ^= flip;
        prop_assert_ne!(Code::decode(&octets), Ok(code));
    }
}
