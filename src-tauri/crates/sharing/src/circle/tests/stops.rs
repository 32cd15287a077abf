//! Of the person's own permissions a helper is told what the person names, each with a stop that members take from anybody.

use super::*;
use crate::circle::stops::{self, MAX_STOPS, Told};
use crate::issue::{Permission, advance, prepare};
use crate::stop::stop_tx;

impl Family {
    /// One that the person gave herself, recorded.
    fn own_permission(&mut self) -> Permission {
        let scope = Scope::new(EPOCH - 40, EPOCH + 40).unwrap();
        let plan = self.patient.plan(&self.clinician.invitation(&self.town), scope);
        let mut permission = prepare(&plan, &self.town.genesis, self.now(), &mut self.rng).unwrap();
        let key = &self.patient.grant_key;
        block_on(advance(&self.town, &mut permission, key, self.now(), &mut |_| {})).unwrap();
        permission
    }

    fn told_of(&self, permission: &Permission, replaces: Option<GrantId>) -> Told {
        let stop = stop_tx(permission, &self.town.genesis, &self.patient.grant_key);
        let categories = permission.categories().iter().copied().collect();
        Told::new(&stop, replaces, ("Dr Ana Wójcik", "Heart Clinic"), categories)
    }
}

#[test]
fn any_single_helper_stops_what_the_person_gave_herself() {
    let mut family = Family::new();
    family.sealed();
    let permission = family.own_permission();
    let id = permission.id();
    assert_eq!(family.opens(id), Ok(27));
    let voice = family.voice(&family.son.signing);
    let alone = block_on(speak::stop(&family.town, voice, id));
    assert_eq!(alone, Err(TxRefused::Revoker.into()), "a helper's own key stops what helpers gave");

    let (chain, son) = (family.town.genesis.chain_id(), family.son.signing.verifying_key());
    let told = family.told_of(&permission, None);
    let stops = Stops::sign(family.circle, son, NOW, &[told], &chain, &family.person);
    let stops = Stops::decode(&stops.encode()).unwrap();
    assert!(stops.holds(&family.town.genesis, &family.standing(), &son));
    let [told] = stops.items.as_slice() else { panic!("{stops:?}") };
    block_on(stops::stop(&family.town, told)).unwrap();
    assert_eq!(family.opens(id).unwrap_err().code(), ErrorCode::Stopped);
    assert_eq!(block_on(stops::stop(&family.town, told)), Err(TxRefused::Ended.into()), "once");
}

#[test]
fn a_stop_is_of_one_permission_and_counts_for_whom_the_person_told() {
    let mut family = Family::new();
    let permission = family.own_permission();
    let genesis = family.town.genesis.clone();
    let (chain, son) = (genesis.chain_id(), family.son.signing.verifying_key());
    let told = family.told_of(&permission, Some(GrantId([9; 32])));
    let by = |key: &SigningKey, to, told: &[Told]| Stops::sign(family.circle, to, NOW, told, &chain, key);
    let stops = by(&family.person, son, core::slice::from_ref(&told));
    assert_eq!(Stops::decode(&stops.encode()).as_ref(), Ok(&stops));
    let circle = family.standing();
    assert!(stops.holds(&genesis, &circle, &son));
    let daughter = family.daughter.signing.verifying_key();
    assert!(!stops.holds(&genesis, &circle, &daughter), "for somebody else");
    let others = by(&family.daughter.signing, son, core::slice::from_ref(&told));
    assert!(!others.holds(&genesis, &circle, &son), "by another helper");
    let mut gone = circle.clone();
    gone.delegates.retain(|seated| seated.delegate.pk != son);
    assert!(!stops.holds(&genesis, &gone, &son), "who helps no longer");

    // Of another permission, the stop that was signed for this one is nothing.
    let moved = Told { grant: GrantId([8; 32]), ..told.clone() };
    assert!(!moved.holds(&genesis) && told.holds(&genesis));
    let moved = by(&family.person, son, &[moved]);
    assert!(!moved.holds(&genesis, &circle, &son));

    let many = vec![told.clone(); MAX_STOPS + 5];
    let many = by(&family.person, son, &many);
    assert_eq!(many.items.len(), MAX_STOPS);
    let octets = many.encode();
    assert!(octets.len() <= Stops::MAX && octets.len() <= letter::MAX_SAID);
    let nothing = by(&family.person, son, &[]);
    assert!(Stops::decode(&nothing.encode()).unwrap().holds(&genesis, &circle, &son));

    let octets = stops.encode();
    for at in 0..octets.len() {
        let mut bent = octets.clone();
        bent[at] ^= 0x10;
        let counts = |bent: &Stops| bent.holds(&genesis, &circle, &son);
        assert!(!Stops::decode(&bent).is_ok_and(|bent| counts(&bent)), "{at}");
        assert!(Stops::decode(&octets[..at]).is_err(), "{at}");
    }
}

#[test]
fn a_name_that_would_not_read_as_what_it_is_is_not_sent() {
    let mut family = Family::new();
    let permission = family.own_permission();
    let stop = stop_tx(&permission, &family.town.genesis, &family.patient.grant_key);
    let named = |name: &str, organisation: &str| {
        let told = Told::new(&stop, None, (name, organisation), BTreeSet::new());
        (told.name, told.organisation)
    };
    let long = "x".repeat(200);
    assert_eq!(named(&long, ""), ("x".repeat(80), String::new()));
    assert_eq!(named("a\u{202e}b", "a\nb"), ("-".to_owned(), "-".to_owned()));
    assert_eq!(named("Dr Ana", "-"), ("Dr Ana".to_owned(), "-".to_owned()));
}
