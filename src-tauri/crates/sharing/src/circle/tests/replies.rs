//! Where clinicians write to about what a helper gave: to the person of the circle by the circle's own word, and to no helper who went.

use super::*;
use crate::reply::person::{PersonAddress, giver_stays, said_by};

/// A permission that the daughter gave.
fn given(family: &mut Family) -> (GrantId, Gift) {
    let daughter = family.daughter.clone();
    let word = family.told(&daughter, &steward());
    let gift = family.gift(&[Category::HeartRate], 2);
    let (given, _) = family.give(&word, &gift);
    (given.permission().id(), gift)
}

#[test]
fn an_address_of_the_persons_counts_by_the_circles_key_and_no_helper_makes_one() {
    let mut family = Family::new();
    let (grant, gift) = given(&mut family);
    let (chain, circle) = (family.town.ctx.chain_id, family.circle);
    let inbox = ReaderSecret::generate(&mut family.rng).public();
    let sign = |key: &SigningKey, grant: GrantId, circle: CircleId| {
        PersonAddress::sign(grant, circle, NOW, inbox, &chain, key)
    };
    let by = |address: &PersonAddress| block_on(said_by(&family.town, address)).unwrap();
    let address = sign(&family.person, grant, circle);
    assert_eq!(PersonAddress::decode(&address.encode()), Ok(address.clone()));
    assert_eq!(by(&address), Some(family.person.verifying_key()));
    for key in [&family.daughter.signing, &family.son.signing, &gift.grant_key] {
        assert_eq!(
            by(&sign(key, grant, circle)),
            None,
            "who gave it does not say where the person is written to"
        );
    }
    assert_eq!(by(&sign(&family.person, grant, CircleId([9; 32]))), None);
    assert_eq!(by(&sign(&family.person, GrantId([9; 32]), circle)), None, "nobody gave it under that circle");
    let said = address.encode();
    for at in 0..said.len() {
        assert!(PersonAddress::decode(&said[..at]).is_err(), "cut at {at}");
    }
    let mut bent = said.clone();
    bent[90] ^= 1;
    assert!(PersonAddress::decode(&bent).ok().is_none_or(|bent| by(&bent).is_none()));
}

#[test]
fn a_helper_who_went_is_written_to_no_longer() {
    let mut family = Family::new();
    let (grant, _) = given(&mut family);
    assert_eq!(block_on(giver_stays(&family.town, &grant)), Ok(true));
    assert_eq!(block_on(giver_stays(&family.town, &GrantId([9; 32]))), Ok(true), "the person's own");
    let gone = speak::change(&family.town, family.voice(&family.person), Change::RemoveDelegate(1));
    block_on(gone).unwrap();
    assert_eq!(block_on(giver_stays(&family.town, &grant)), Ok(false));
}
