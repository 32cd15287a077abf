//! A laptop with the person's key is stolen: the key retires at once, and guardians take the circle back from a thief who was faster.

use salus_chain::circle::Guardians;

use super::*;

fn retire(family: &Family, from: &SigningKey, to: &SigningKey) -> Result<(), CircleError> {
    block_on(speak::retire(&family.town, family.voice(from), to.verifying_key()))
}

#[test]
fn a_retired_key_says_and_signs_nothing_any_more_and_the_new_one_goes_on() {
    let mut family = Family::new();
    family.sealed();
    let (daughter, son, stolen) = (family.daughter.clone(), family.son.clone(), family.person.clone());
    let (new, thiefs) = (SigningKey::from_bytes(&[41; 32]), SigningKey::from_bytes(&[42; 32]));
    let word = family.told(&daughter, &steward());
    let gift = family.gift(&[Category::HeartRate], 2);
    let id = family.give(&word, &gift).0.permission().id();
    assert_eq!(
        (retire(&family, &stolen, &new), retire(&family, &stolen, &new)),
        (Ok(()), Ok(())),
        "twice is once"
    );

    let nobody: CircleError = TxRefused::CircleSigner.into();
    assert_eq!(retire(&family, &stolen, &thiefs), Err(nobody.clone()));
    let removed = speak::change(&family.town, family.voice(&stolen), Change::RemoveDelegate(1));
    assert_eq!(block_on(removed).map(drop), Err(nobody));
    let stopped = block_on(speak::stop(&family.town, family.voice(&stolen), id));
    assert!(matches!(stopped, Err(CircleError::Refused(_))), "{stopped:?}");
    // Helpers believe no word of the stolen key.
    let (chain, pk) = (family.town.genesis.chain_id(), son.signing.verifying_key());
    let said = Word::new(family.circle, pk, family.now(), "Maria K.", family.inbox.public());
    let said = Word::read_for(&said.sign(&chain, &stolen).unwrap(), &pk).unwrap();
    assert!(said.verify(&chain, &family.standing()).is_err());

    family.person = new;
    family.told(&son, &approver());
    assert_eq!(family.opens(id), Ok(20));
    block_on(speak::stop(&family.town, family.voice(&family.person), id)).unwrap();
}

#[test]
fn guardians_give_the_circle_back_whatever_the_thief_says() {
    let family = Family::new();
    let guardians = [60, 61, 62].map(|seed| SigningKey::from_bytes(&[seed; 32]));
    let keys = guardians.iter().map(SigningKey::verifying_key).collect();
    let set = Change::SetGuardians(Guardians { keys, threshold: 2 });
    block_on(speak::change(&family.town, family.voice(&family.person), set)).unwrap();
    family.town.wait(DELAY_MS);
    let (thiefs, regained) = (SigningKey::from_bytes(&[43; 32]), SigningKey::from_bytes(&[44; 32]));
    retire(&family, &family.person, &thiefs).unwrap();
    let recover = |guardian: &SigningKey| {
        block_on(speak::recover(&family.town, family.voice(guardian), regained.verifying_key()))
    };
    recover(&guardians[0]).unwrap();
    let waits = family.standing().pending.unwrap();
    let veto = speak::object(&family.town, family.voice(&thiefs), Subject::Change(waits.subject));
    assert_eq!(block_on(veto).map(drop), Err(TxRefused::BeyondRole.into()));
    recover(&guardians[1]).unwrap();
    family.town.wait(DELAY_MS);
    assert_eq!(family.standing().patient_pk, regained.verifying_key());
}
