//! Which emergency cards a helper is told of: by the person, for this helper, whole.

use super::*;
use crate::circle::watch::{MAX_CARDS, Watched};
use crate::emergency::entrust;

#[test]
fn a_helper_watches_what_the_person_names_and_nothing_else() {
    let family = Family::new();
    let (chain, son) = (family.town.genesis.chain_id(), family.son.signing.verifying_key());
    let own = SigningKey::from_bytes(&[6; 32]);
    let card = |n| {
        let grant = GrantId([n; 32]);
        Watched { grant, entrusted: entrust(&chain, &grant, family.circle, &own) }
    };
    let cards: Vec<Watched> = (0..10).map(card).collect();
    let by = |key: &SigningKey, to| Watch::sign(family.circle, to, NOW, &cards, &chain, key);
    let watch = by(&family.person, son);
    assert_eq!(Watch::decode(&watch.encode()).as_ref(), Ok(&watch));
    assert_eq!(watch.items, cards[..MAX_CARDS], "the newest");
    let circle = family.standing();
    assert!(watch.holds(&chain, &circle, &son));
    let daughter = family.daughter.signing.verifying_key();
    assert!(!watch.holds(&chain, &circle, &daughter), "for somebody else");
    assert!(!by(&family.daughter.signing, son).holds(&chain, &circle, &son), "by another helper");
    assert!(!watch.holds(&ChainId([9; 32]), &circle, &son));
    let mut gone = circle.clone();
    gone.delegates.retain(|seated| seated.delegate.pk != son);
    assert!(!watch.holds(&chain, &gone, &son), "who helps no longer");
    let grant = GrantId([1; 32]);
    let elsewhere = Watched { grant, entrusted: entrust(&chain, &grant, CircleId([9; 32]), &own) };
    let other = Watch::sign(family.circle, son, NOW, &[elsewhere], &chain, &family.person);
    let other = Watch::decode(&other.encode()).unwrap();
    assert!(!other.holds(&chain, &circle, &son), "the word was for another circle");
    let octets = watch.encode();
    for at in 0..octets.len() {
        let mut bent = octets.clone();
        bent[at] ^= 0x10;
        assert!(!Watch::decode(&bent).is_ok_and(|bent| bent.holds(&chain, &circle, &son)), "{at}");
        assert!(Watch::decode(&octets[..at]).is_err(), "{at}");
    }
}
