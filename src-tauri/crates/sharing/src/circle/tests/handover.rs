//! A child comes of age: what was permitted rests, and the grown-up's own key, 72 hours later, confirms each permission or not.

use salus_wire::view::BeforeWhom;

use super::*;
use crate::circle::before::{Before, MAX_BEFORE};
use crate::circle::giveback::{ReturnError, check};
use crate::circle::handed::send;
use crate::circle::{Handed, Plea};

fn handed(family: &Family, key: &SigningKey, nonce: u8, plea: &Plea) -> Handed {
    let chain = family.town.genesis.chain_id();
    let mut word = Word::new(family.circle, plea.person().pk, NOW, "Maria K.", family.inbox.public());
    word.helpers = family.helpers();
    word.ordinary = rules().ordinary;
    word.tell_salts(&salts());
    Handed::sign(word, before(), plea.person().pk, Nonce16([nonce; 16]), &chain, key)
}

fn before() -> Vec<Before> {
    let what: BTreeSet<Category> = [Category::HeartRate, Category::BloodPressure].into();
    let one = |id: u8, whom, name| {
        Before::new(GrantId([id; 32]), whom, (name, "Heart Clinic"), what.clone(), NOW + i64::from(id))
    };
    let long = "x".repeat(200);
    vec![
        one(1, BeforeWhom::Clinician, "Dr Ana Wójcik"),
        one(2, BeforeWhom::OnDuty, long.as_str()),
        one(3, BeforeWhom::Card, "nobody"),
    ]
}

#[test]
fn what_the_record_itself_permitted_travels_with_names_that_may_and_a_card_without_any() {
    let family = Family::new();
    let mut rng = ChaCha20Rng::seed_from_u64(72);
    let (chain, new) = (family.town.genesis.chain_id(), RelativeSecret::generate(&mut rng));
    let plea = Plea::make(&new, "Maria K.", &chain).unwrap();
    let said = handed(&family, &family.person, 3, &plea);
    let read = Handed::decode(&said.encode()).unwrap();
    assert_eq!(read.before, before());
    let names: Vec<&str> = read.before.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Dr Ana Wójcik", "x".repeat(80).as_str(), ""]);
    assert!(read.before[2].organisation.is_empty());

    // A longer list is cut, and the largest one is read; a card under a name is none.
    let word = || {
        let mut word = Word::new(family.circle, plea.person().pk, NOW, "Maria K.", family.inbox.public());
        word.helpers = family.helpers();
        word
    };
    let sign =
        |before| Handed::sign(word(), before, plea.person().pk, Nonce16([3; 16]), &chain, &family.person);
    let wide = "北".repeat(80);
    let (whom, all) = (BeforeWhom::Clinician, Category::ALL.iter().copied().collect::<BTreeSet<_>>());
    let largest = Before::new(GrantId([9; 32]), whom, (wide.as_str(), wide.as_str()), all, NOW);
    let many = sign(vec![largest; MAX_BEFORE + 1]);
    assert_eq!(many.before.len(), MAX_BEFORE);
    assert_eq!(Handed::decode(&many.encode()), Ok(many));
    let named = Before { name: "Dr Ana Wójcik".into(), ..before()[2].clone() };
    assert!(Handed::decode(&sign(vec![named]).encode()).is_err());
}

#[test]
fn a_childs_permissions_rest_until_a_key_of_their_own_confirms_each() {
    let mut family = Family::new();
    family.sealed();
    let (daughter, person, new) =
        (family.daughter.clone(), family.person.clone(), RelativeSecret::generate(&mut family.rng));
    let word = family.told(&daughter, &steward());
    let gift = family.gift(&[Category::HeartRate], 5);
    let (given, notice) = family.give(&word, &gift);
    let id = given.permission().id();
    assert_eq!(family.opens(id), Ok(20));

    let (chain, pk) = (family.town.genesis.chain_id(), new.signing.verifying_key());
    let plea = Plea::make(&new, "Maria K.", &chain).unwrap();
    let hand = |key: &SigningKey| block_on(speak::hand_over(&family.town, family.voice(key), pk));
    assert_eq!(
        hand(&daughter.signing),
        Err(TxRefused::BeyondRole.into()),
        "a helper does not hand over alone"
    );
    assert_eq!((hand(&person), hand(&person)), (Ok(()), Ok(())), "twice is once");
    let circle = family.standing();
    let waits = circle.pending.clone().unwrap();
    assert_eq!((circle.handover_ms, waits.effective_ms), (Some(NOW), Some(NOW + DELAY_MS)));
    assert_eq!(family.opens(id).unwrap_err().code(), ErrorCode::NotAllowed);
    let confirm = |family: &Family, key: &SigningKey| {
        block_on(speak::approve(&family.town, family.voice(key), Subject::Grant(id))).map(drop)
    };
    assert_eq!(confirm(&family, &person), Err(TxRefused::BeyondRole.into()), "not who handed over");

    // Nothing is handed over before the new key speaks.
    let honest = handed(&family, &person, 3, &plea);
    let mut rng = ChaCha20Rng::seed_from_u64(71);
    let mut early = |family: &Family| {
        let now = family.now();
        block_on(send(&family.town, &honest, std::slice::from_ref(&notice), &plea, now, &mut rng))
    };
    family.town.wait(DELAY_MS - 1);
    assert!(matches!(early(&family), Err(ReturnError::NotTaken)));
    family.town.wait(1);
    early(&family).unwrap();
    let circle = family.standing();
    let letters = block_on(letter::collect(&family.town, &new.inbox, &BTreeSet::new())).unwrap();
    let said: Vec<Handed> = letters.iter().filter_map(|(_, said)| Handed::decode(said).ok()).collect();
    let told: Vec<Notice> = letters.iter().filter_map(|(_, said)| Notice::decode(said).ok()).collect();
    assert_eq!((said.as_slice(), told.as_slice()), ([honest.clone()].as_slice(), [notice].as_slice()));
    assert!(honest.holds(&chain, &circle, &pk));
    assert_eq!(honest.digits(), check(&family.circle, &pk));

    // By whom else, for whom else, of another circle, or of one that was not handed over: nothing.
    let by = |key: &SigningKey, nonce| handed(&family, key, nonce, &plea).holds(&chain, &circle, &pk);
    assert!(!by(&daughter.signing, 3) && !by(&person, 4) && !by(&new.signing, 3));
    assert!(!honest.holds(&chain, &circle, &daughter.signing.verifying_key()));
    for other in [
        CircleRecord { handover_ms: None, ..circle.clone() },
        CircleRecord { patient_since_ms: NOW, ..circle.clone() },
        CircleRecord { patient_pk: person.verifying_key(), ..circle.clone() },
        CircleRecord { circle_id: CircleId([9; 32]), ..circle.clone() },
    ] {
        assert!(!honest.holds(&chain, &other, &pk), "{other:?}");
    }
    let octets = honest.encode();
    for at in 0..octets.len() {
        let mut bent = octets.clone();
        bent[at] ^= 0x10;
        assert!(!Handed::decode(&bent).is_ok_and(|bent| bent.holds(&chain, &circle, &pk)), "{at}");
        assert!(Handed::decode(&octets[..at]).is_err(), "{at}");
    }

    // With what was handed over the grown-up reads what the steward told, and confirms it.
    let mut own = Word::new(family.circle, pk, 0, "", new.inbox.public());
    own.salts = honest.salts.clone();
    let shown = block_on(notice::prove(&family.town, &own, &told[0])).unwrap();
    assert!(!shown.given.opens(&circle, family.now()));
    assert_eq!(confirm(&family, &person), Err(TxRefused::CircleSigner.into()));
    assert_eq!(confirm(&family, &new.signing), Ok(()));
    assert_eq!(family.opens(id), Ok(20));
    let gift = family.gift(&[Category::HeartRate], 2);
    let late = family.prepare(&word, &gift).unwrap_err();
    assert_eq!(late, GiveError::Refused(TxRefused::PowerNotInForce));
}
