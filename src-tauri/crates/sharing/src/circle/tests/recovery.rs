//! Recovery: two of three guardians, in the open and after 72 hours; before that, and after an objection, nothing.

use salus_chain::circle::Guardians;
use salus_chain::ids::VerifyingKey;

use super::*;
use crate::circle::gather::Fit;
use crate::circle::giveback::{Held, ReturnError, check, give_back};
use crate::circle::rehearsal::{Answer, Asked, RehearsalError};
use crate::circle::{Entrusted, Hello, Part, Plea, Recalled, Return};
use crate::town::parts::fresh;

pub(super) fn secret(seed: u64) -> RelativeSecret {
    RelativeSecret::generate(&mut ChaCha20Rng::seed_from_u64(seed))
}

fn relative(secret: &RelativeSecret, name: &str) -> Relative {
    Relative { pk: secret.signing.verifying_key(), inbox: secret.inbox.public(), name: name.into() }
}

/// Three guardians for a family, two of whom it takes; three days pass.
fn guard(family: &Family) -> [RelativeSecret; 3] {
    let guardians = [secret(60), secret(61), secret(62)];
    let keys: Vec<VerifyingKey> = guardians.iter().map(|g| g.signing.verifying_key()).collect();
    let set = Change::SetGuardians(Guardians { keys, threshold: 2 });
    block_on(speak::change(&family.town, family.voice(&family.person), set)).unwrap();
    family.town.wait(DELAY_MS);
    guardians
}

pub(super) fn guarded() -> (Family, [RelativeSecret; 3]) {
    let family = Family::new();
    let guardians = guard(&family);
    (family, guardians)
}

/// What the person tells a guardian.
fn told(family: &Family, guardian: &RelativeSecret, all: &[RelativeSecret; 3]) -> Word {
    let pk = guardian.signing.verifying_key();
    let mut word = Word::new(family.circle, pk, NOW, "Maria K.", family.inbox.public());
    word.helpers = family.helpers();
    word.guardians = all.iter().map(|one| relative(one, "Guardian")).collect();
    let chain = family.town.genesis.chain_id();
    let said = word.sign(&chain, &family.person).unwrap();
    let read = Word::read_for(&said, &pk).unwrap();
    assert_eq!(read.verify(&chain, &family.standing()), Ok(()));
    read
}

pub(super) fn plea(family: &Family, new: &RelativeSecret) -> Plea {
    Plea::make(new, "Maria K.", &family.town.genesis.chain_id()).unwrap()
}

pub(super) fn agree(family: &Family, guardian: &RelativeSecret, plea: &Plea) {
    let voice = family.voice(&guardian.signing);
    block_on(speak::recover(&family.town, voice, plea.person().pk)).unwrap();
}

fn back(family: &Family, guardian: &RelativeSecret, word: &Word, plea: &Plea) -> Result<(), ReturnError> {
    back_with(family, guardian, word, None, plea)
}

fn back_with(
    family: &Family,
    guardian: &RelativeSecret,
    word: &Word,
    part: Option<&Part>,
    plea: &Plea,
) -> Result<(), ReturnError> {
    let mut rng = ChaCha20Rng::seed_from_u64(70);
    let voice = family.voice(&guardian.signing);
    let held = part.map(|part| Held { part, inbox: &guardian.inbox });
    block_on(give_back(&family.town, voice, word, held, plea, family.now(), &mut rng)).map(drop)
}

/// What came back to a new key, of the proven circle.
fn returned(family: &Family, new: &RelativeSecret) -> Vec<Return> {
    let letters = block_on(letter::collect(&family.town, &new.inbox, &BTreeSet::new())).unwrap();
    let (chain, circle, own) =
        (family.town.genesis.chain_id(), family.standing(), new.signing.verifying_key());
    let read = letters.iter().filter_map(|(_, said)| Return::decode(said).ok());
    read.filter(|back| back.holds(&chain, &circle, &own)).collect()
}

fn parts_of(returned: &[Return]) -> Vec<(VerifyingKey, Part)> {
    returned.iter().filter_map(|back| Some((back.from, back.part.clone()?))).collect()
}

#[test]
fn a_part_counts_for_its_guardian_when_the_person_signed_it_and_it_fits() {
    let (family, guardians) = guarded();
    let (_, parts) = fresh(&guardians, 2, 1);
    let (chain, circle) = (family.town.genesis.chain_id(), family.standing());
    let entrusted = |to: usize, part: usize, key: &SigningKey| {
        let pk = guardians[to].signing.verifying_key();
        let entrusted = Entrusted::sign(family.circle, pk, NOW, parts[part].clone(), &chain, key);
        Entrusted::decode(&entrusted.encode()).unwrap()
    };
    let right = entrusted(0, 0, &family.person);
    assert!(right.holds(&chain, &circle, &guardians[0]));
    assert!(!right.holds(&chain, &circle, &guardians[1]), "for somebody else");
    assert!(!entrusted(0, 1, &family.person).holds(&chain, &circle, &guardians[0]), "another one's part");
    assert!(!entrusted(0, 0, &guardians[1].signing).holds(&chain, &circle, &guardians[0]));
    let (_, others) = fresh(&guardians, 2, 2);
    let mixed = Part { checks: others[0].checks.clone(), ..parts[0].clone() };
    let pk = guardians[0].signing.verifying_key();
    let mixed = Entrusted::sign(family.circle, pk, NOW, mixed, &chain, &family.person);
    assert!(!mixed.holds(&chain, &circle, &guardians[0]), "it would never fit");
    let unguarded =
        CircleRecord { guardians: Guardians { keys: Vec::new(), threshold: 0 }, ..circle.clone() };
    assert!(!right.holds(&chain, &unguarded, &guardians[0]));
    let octets = right.encode();
    for cut in 0..octets.len() {
        assert!(Entrusted::decode(&octets[..cut]).is_err(), "{cut}");
    }
    for bit in 0..octets.len() * 8 {
        let mut flipped = octets.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let read = Entrusted::decode(&flipped);
        assert!(read.is_err() || !read.unwrap().holds(&chain, &circle, &guardians[0]), "{bit}");
    }
}

#[test]
fn parts_come_back_with_the_names_once_the_new_key_is_proven_and_a_false_one_is_named() {
    let (family, guardians) = guarded();
    let (_, parts) = fresh(&guardians, 2, 1);
    let (new, [one, two, three]) = (secret(80), &guardians);
    let (plea, word) = (plea(&family, &new), told(&family, one, &guardians));
    agree(&family, one, &plea);
    agree(&family, two, &plea);
    family.town.wait(DELAY_MS - 1);
    let early = back_with(&family, one, &word, Some(&parts[0]), &plea);
    assert!(matches!(early, Err(ReturnError::NotTaken)), "a moment early");
    // A guardian whose application was altered gives back early: it is one part, and it does not count before the key does.
    let mut rng = ChaCha20Rng::seed_from_u64(71);
    let mine = parts[0].hand_over(&one.inbox, &new.inbox.public(), &mut rng).unwrap();
    let alone = gather(&[(one.signing.verifying_key(), mine)], &new.inbox);
    assert!(alone.enough.is_empty() && returned(&family, &new).is_empty());
    family.town.wait(1);

    back_with(&family, one, &word, Some(&parts[0]), &plea).unwrap();
    // The second gives back a part of other guardians: sealed as it has to be, and false.
    let (_, others) = fresh(&guardians, 2, 2);
    back_with(&family, two, &word, Some(&others[1]), &plea).unwrap();
    let first = gather(&parts_of(&returned(&family, &new)), &new.inbox);
    assert_eq!(
        (first.by.len(), first.enough.len(), first.needed),
        (2, 0, 2),
        "one against one is not enough"
    );
    back_with(&family, three, &word, Some(&parts[2]), &plea).unwrap();
    let back = returned(&family, &new);
    assert!(back.iter().all(|back| back.part.is_some() && back.helpers == family.helpers()));
    let all = gather(&parts_of(&back), &new.inbox);
    let fit = |who: &RelativeSecret| {
        all.by.iter().find(|(from, _)| *from == who.signing.verifying_key()).map(|(_, fit)| *fit)
    };
    assert_eq!([fit(one), fit(two), fit(three)], [Some(Fit::Fits), Some(Fit::False), Some(Fit::Fits)]);
    let [enough] = all.enough.as_slice() else { panic!("the right ones") };
    let whole = salus_vault::backup::identity_of_parts(&enough.checks, &enough.shares).unwrap();
    let known = [parts[0].open(&one.inbox).unwrap(), parts[1].open(&two.inbox).unwrap()];
    let expected = salus_vault::backup::identity_of_parts(&parts[0].checks, &known).unwrap();
    assert_eq!(*whole, *expected, "it opens the backups");
    // Nobody else opens what came back.
    assert!(gather(&parts_of(&back), &secret(81).inbox).enough.is_empty());
    assert!(gather(&parts_of(&back), &one.inbox).by.iter().all(|(_, fit)| *fit == Fit::False));
}

#[test]
fn two_of_three_give_the_circle_a_new_key_and_tell_who_helps_no_earlier() {
    let (family, guardians) = guarded();
    let (new, [one, two, _]) = (secret(80), &guardians);
    let (plea, word) = (plea(&family, &new), told(&family, one, &guardians));
    agree(&family, one, &plea);
    let waits = family.standing().pending.unwrap();
    assert_eq!((waits.needs, waits.effective_ms), (1, None), "one of two");
    family.town.wait(2 * DELAY_MS);
    assert_eq!(family.standing().patient_pk, family.person.verifying_key(), "one alone, for ever");
    agree(&family, two, &plea);
    let waits = family.standing().pending.unwrap();
    assert_eq!(waits.effective_ms, Some(family.now() + DELAY_MS));
    family.town.wait(DELAY_MS - 1);
    assert!(matches!(back(&family, one, &word, &plea), Err(ReturnError::NotTaken)), "a moment early");
    family.town.wait(1);
    let circle = family.standing();
    assert_eq!(circle.patient_pk, new.signing.verifying_key());

    back(&family, one, &word, &plea).unwrap();
    let letters = block_on(letter::collect(&family.town, &new.inbox, &BTreeSet::new())).unwrap();
    let [(_, said)] = letters.as_slice() else { panic!("one letter") };
    let given = Return::decode(said).unwrap();
    let (chain, own) = (family.town.genesis.chain_id(), new.signing.verifying_key());
    assert!(given.holds(&chain, &circle, &own));
    assert_eq!((given.person.as_str(), &given.helpers), ("Maria K.", &family.helpers()));
    assert_eq!((given.guardians.len(), given.digits()), (3, check(&family.circle, &own)));
    let other = CircleRecord { patient_pk: family.person.verifying_key(), ..circle.clone() };
    assert!(
        !given.holds(&chain, &other, &own)
            && !given.holds(&chain, &circle, &secret(81).signing.verifying_key())
    );
    let strange = CircleRecord { guardians: Guardians { keys: Vec::new(), threshold: 0 }, ..circle };
    assert!(!given.holds(&chain, &strange, &own), "a guardian of it said so");

    // The new key speaks, and the old one is nobody.
    let go = |key: &SigningKey| {
        block_on(speak::change(&family.town, family.voice(key), Change::RemoveDelegate(1)))
    };
    assert_eq!(go(&family.person).unwrap_err(), CircleError::Refused(TxRefused::CircleSigner));
    assert!(go(&new.signing).unwrap().value.seated(1).is_none());
}

#[test]
fn whoever_is_of_the_circle_ends_a_false_recovery_and_nothing_is_given_back() {
    let by: [fn(&Family, &[RelativeSecret; 3]) -> SigningKey; 4] = [
        |family, _| family.person.clone(),
        |family, _| family.daughter.signing.clone(),
        |family, _| family.son.signing.clone(),
        |_, guardians| guardians[2].signing.clone(),
    ];
    for who in by {
        let (family, guardians) = guarded();
        let key = who(&family, &guardians);
        let thief = secret(90);
        let (plea, word) = (plea(&family, &thief), told(&family, &guardians[0], &guardians));
        agree(&family, &guardians[0], &plea);
        agree(&family, &guardians[1], &plea);
        family.town.wait(DELAY_MS - HOUR);
        let waits = Subject::Change(family.standing().pending.unwrap().subject);
        block_on(speak::object(&family.town, family.voice(&key), waits)).unwrap();
        family.town.wait(2 * HOUR);
        assert_eq!(family.standing().patient_pk, family.person.verifying_key());
        assert!(matches!(back(&family, &guardians[0], &word, &plea), Err(ReturnError::NotTaken)));
        let letters = block_on(letter::collect(&family.town, &thief.inbox, &BTreeSet::new())).unwrap();
        assert!(letters.is_empty());
    }
}

#[test]
fn guardians_hold_no_key_of_a_reading_and_have_no_word_in_permissions() {
    let mut family = Family::new();
    let daughter = family.daughter.clone();
    let hers = family.told(&daughter, &steward());
    let gift = family.gift(&[Category::BloodPressure], 5);
    let (given, _) = family.give(&hers, &gift);
    let id = given.permission().id();
    let guardians = guard(&family);
    let word = told(&family, &guardians[0], &guardians);
    assert!(word.estate.is_none() && word.salts.is_empty() && word.allowed.is_empty());
    let voice = family.voice(&guardians[0].signing);
    assert!(block_on(speak::approve(&family.town, voice, Subject::Grant(id))).is_err());
    assert!(block_on(speak::stop(&family.town, voice, id)).is_err());
    let beyond = block_on(speak::change(&family.town, voice, Change::RemoveDelegate(1)));
    assert_eq!(beyond.unwrap_err(), CircleError::Refused(TxRefused::BeyondRole));
    // A letter to the daughter, whose word has the keys, opens for no guardian.
    assert!(
        block_on(letter::collect(&family.town, &guardians[0].inbox, &BTreeSet::new())).unwrap().is_empty()
    );
}

#[test]
fn a_helper_recalls_the_lost_numbers_for_the_proven_key_and_no_key_of_a_reading() {
    let (mut family, guardians) = guarded();
    let (daughter, new) = (family.daughter.clone(), secret(80));
    let word = family.told(&daughter, &steward());
    let (chain, hers) = (family.town.genesis.chain_id(), daughter.signing.verifying_key());
    let (own, before) = (new.signing.verifying_key(), family.standing());
    let hello = Hello::sign(family.circle, hers, new.inbox.public(), &chain, &new.signing);
    let hello = Hello::decode(&hello.encode()).unwrap();
    assert!(!hello.holds(&chain, &before, &hers), "before the new key has come");
    let plea = plea(&family, &new);
    agree(&family, &guardians[0], &plea);
    agree(&family, &guardians[1], &plea);
    family.town.wait(DELAY_MS);
    let circle = family.standing();
    let his = family.son.signing.verifying_key();
    assert!(hello.holds(&chain, &circle, &hers) && !hello.holds(&chain, &circle, &his));

    let recalled = Recalled::tell(&word, own, &chain, &daughter.signing);
    let recalled = Recalled::decode(&recalled.encode()).unwrap();
    assert!(recalled.holds(&chain, &circle, &own) && !recalled.holds(&chain, &before, &own));
    assert_eq!((&recalled.ordinary, &recalled.allowed), (&rules().ordinary, &steward().categories));
    let proven: Vec<Category> = recalled.proven().map(|(category, _)| category).collect();
    assert_eq!(proven.len(), 2);
    let mine = Salts::new(Zeroizing::new([1; 32]));
    let again = mine.clone().recalled(recalled.salts.clone());
    assert_ne!(mine.category(Category::HeartRate), salts().category(Category::HeartRate));
    assert_eq!(steward().delegate(hers, &again), circle.seated(1).unwrap().delegate);
    let mut other = word.clone();
    other.salts.insert(Category::HeartRate, [0; 16]);
    let false_ones = Recalled::tell(&other, own, &chain, &daughter.signing);
    assert!(!false_ones.holds(&chain, &circle, &own), "the circle has the hashes");
    let stranger = Recalled::tell(&word, own, &chain, &guardians[2].signing);
    assert!(!stranger.holds(&chain, &circle, &own));
}

#[test]
fn a_rehearsal_says_who_holds_their_part_and_changes_nothing() {
    let (family, guardians) = guarded();
    let (chain, before) = (family.town.genesis.chain_id(), family.standing());
    let asked = Asked::ask(family.circle, [1; 16], NOW, &chain, &family.person);
    let asked = Asked::from_text(&asked.to_text().unwrap()).unwrap();
    let (slot, parts) = fresh(&guardians, 2, 1);
    let held = |n: usize| parts[n].open(&guardians[n].inbox).unwrap();
    let answer = |key: &SigningKey| Answer::of(&asked, &before, Some(&held(1)), NOW + 5, &chain, key);
    let said = answer(&guardians[1].signing).unwrap();
    let said = Answer::from_text(&said.to_text().unwrap()).unwrap();
    let [first, second, _] = slot.proof_keys() else { panic!("three guardians") };
    assert!(said.proves(&asked, second) && !said.proves(&asked, first), "the part that is theirs");
    // The part of guardians of before, and none at all, do not prove it.
    let (_, old) = fresh(&guardians, 2, 2);
    let old = old[1].open(&guardians[1].inbox).unwrap();
    for held in [Some(&old), None] {
        let said = Answer::of(&asked, &before, held, NOW, &chain, &guardians[1].signing).unwrap();
        let said = Answer::decode(&said.encode()).unwrap();
        assert!(said.counts(&asked, &before, &chain).is_ok() && !said.proves(&asked, second));
    }
    assert_eq!((said.counts(&asked, &before, &chain), said.at), (Ok(()), NOW + 5));
    assert_eq!(said.guardian, guardians[1].signing.verifying_key());
    assert_eq!(answer(&family.son.signing), Err(RehearsalError::NoGuardian));
    let other = Asked::ask(family.circle, [2; 16], NOW, &chain, &family.person);
    assert_eq!(said.counts(&other, &before, &chain), Err(RehearsalError::OtherQuestion));
    assert!(!said.proves(&other, second), "a proof is for one question");
    let strange = Asked::ask(family.circle, [1; 16], NOW, &chain, &family.son.signing);
    let refused = Answer::of(&strange, &before, None, NOW, &chain, &guardians[1].signing).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::ProofFailed, "the person asks, nobody else");
    let octets = said.encode();
    for bit in 0..octets.len() * 8 {
        let mut flipped = octets.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(
            Answer::decode(&flipped).is_err()
                || Answer::decode(&flipped).unwrap().counts(&asked, &before, &chain).is_err()
        );
    }
    assert_eq!(Asked::from_text("SH1-").unwrap_err().code(), ErrorCode::BadRecoveryText);
    assert_eq!(family.standing(), before);
}
