use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::circle::{Guardians, Policy};
use salus_chain::ids::Hash32;
use salus_keeper::Scope;
use salus_vault::Epoch;

use super::*;
use crate::circle::RelativeSecret;
use crate::issue::SeriesKey;
use crate::town::{NOW, Patient};

const CHAIN: ChainId = ChainId([3; 32]);
const CIRCLE: CircleId = CircleId([4; 32]);

fn person() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn circle() -> CircleRecord {
    CircleRecord {
        circle_id: CIRCLE,
        patient_pk: person().verifying_key(),
        patient_since_ms: 1,
        revision: 0,
        next_seat: 1,
        delegates: Vec::new(),
        guardians: Guardians { keys: Vec::new(), threshold: 0 },
        policy: Policy { approvals: 1, long_ms: 0, ordinary_root: Hash32::ZERO, veto_ms: 0, objector: 0 },
        pending: None,
        handover_ms: None,
        retired_ms: None,
        height: 1,
    }
}

fn estate(scope: Scope) -> Estate {
    let patient = Patient::new();
    let series: Vec<SeriesKey> =
        patient.roots.iter().take(2).map(|(s, tree)| SeriesKey { series: *s, tree: tree.clone() }).collect();
    Estate::lease(&series, scope, "Maria K.", &[patient.writer()], Vec::new(), vec![Patient::told()]).unwrap()
}

fn word(to: &RelativeSecret) -> Word {
    let inbox = RelativeSecret::generate(&mut ChaCha20Rng::seed_from_u64(9)).inbox.public();
    let mut word = Word::new(CIRCLE, to.signing.verifying_key(), NOW, "Maria K.", inbox);
    word.tell_salts(&Salts::new(Zeroizing::new([5; 32])));
    word.ordinary = [Category::HeartRate].into();
    word.allowed = [Category::BloodPressure, Category::HeartRate].into();
    word.recipients = [(VerifyingKey([8; 32]), recipient("Dr Ana"))].into();
    let relative =
        Relative { pk: to.signing.verifying_key(), inbox: to.inbox.public(), name: "Leïla".into() };
    word.helpers = vec![Helper { seat: 1, relative }];
    word
}

fn recipient(name: &str) -> Recipient {
    Recipient { salt: [1; 16], name: name.into(), organisation: "Heart Clinic".into() }
}

fn daughter() -> RelativeSecret {
    RelativeSecret::generate(&mut ChaCha20Rng::seed_from_u64(7))
}

#[test]
fn a_word_counts_for_its_delegate_when_its_person_signed_it() {
    let daughter = daughter();
    let mut said = word(&daughter);
    said.estate = Some(estate(Scope::new(438_000, 438_500).unwrap()));
    let octets = said.clone().sign(&CHAIN, &person()).unwrap();
    let read = Word::read_for(&octets, &daughter.signing.verifying_key()).unwrap();
    assert_eq!(read.verify(&CHAIN, &circle()), Ok(()));
    assert_eq!((read.helper(1).unwrap().relative.name.as_str(), read.helper(2)), ("Leïla", None));
    assert_eq!((&read.estate, &read.recipients), (&said.estate, &said.recipients));
    let other = Word::read_for(&octets, &VerifyingKey([9; 32]));
    assert_eq!(other, Err(WordError::OtherDelegate));
    let stranger = said.sign(&CHAIN, &SigningKey::from_bytes(&[2; 32])).unwrap();
    let forged = Word::read_for(&stranger, &daughter.signing.verifying_key()).unwrap();
    assert_eq!(forged.verify(&CHAIN, &circle()), Err(BadSignature.into()));
    assert_eq!(read.verify(&ChainId([9; 32]), &circle()), Err(BadSignature.into()));
    let elsewhere = CircleRecord { circle_id: CircleId([9; 32]), ..circle() };
    assert_eq!(read.verify(&CHAIN, &elsewhere), Err(WordError::OtherDelegate));
}

#[test]
fn a_lease_opens_its_epochs_and_nothing_before_or_after() {
    let scope = Scope::new(438_000, 438_500).unwrap();
    let leased = estate(scope);
    for (tree, (_, whole)) in leased.trees.iter().zip(&Patient::new().roots) {
        assert_eq!(tree.holes(), [(0, 437_999), (438_501, Epoch::LAST.number())]);
        let at = Epoch::new(438_123).unwrap();
        assert_eq!(tree.leaf(at), whole.leaf(at));
    }
    assert_eq!(leased.until(), salus_chain::time::Epoch(438_500).end());
    let everything = estate(Scope::new(0, Epoch::LAST.number()).unwrap());
    assert!(everything.trees.iter().all(|tree| tree.root().is_some()));
    assert_eq!(leased.series(Category::HeartRate).len(), 1);
    assert!(leased.series(Category::Surroundings).is_empty());
    assert!(!format!("{leased:?}").contains("Maria"));
}

#[test]
fn every_cut_and_every_flipped_octet_is_refused() {
    let daughter = daughter();
    let mut said = word(&daughter);
    said.estate = Some(estate(Scope::new(438_230, 438_235).unwrap()));
    let octets = said.sign(&CHAIN, &person()).unwrap();
    for at in 0..octets.len() {
        assert!(Word::decode(&octets[..at]).is_err(), "{at}");
        let mut bent = octets.clone();
        bent[at] ^= 0x10;
        let held = Word::decode(&bent).is_ok_and(|word| word.verify(&CHAIN, &circle()).is_ok());
        assert!(!held, "{at}");
    }
}

#[test]
fn what_may_not_travel_is_not_signed() {
    let daughter = daughter();
    let bad = Word { person: "a\u{202e}b".into(), ..word(&daughter) };
    assert!(matches!(bad.sign(&CHAIN, &person()), Err(WordError::Codec(_))));
    let many =
        (0..=MAX_RECIPIENTS).map(|n| (VerifyingKey([u8::try_from(n).unwrap(); 32]), recipient("Dr Ana")));
    let many = Word { recipients: many.collect(), ..word(&daughter) };
    assert!(matches!(many.sign(&CHAIN, &person()), Err(WordError::Codec(_))));
    let hidden = [(VerifyingKey([8; 32]), recipient("Dr\u{200b}Ana"))].into();
    let hidden = Word { recipients: hidden, ..word(&daughter) };
    assert!(matches!(hidden.sign(&CHAIN, &person()), Err(WordError::Codec(_))));
}
