//! Who saw a card makes a permission for its reader, under the same contract, with another name and other readings: nobody opens it.

use salus_chain::ids::ReaderKey;

use super::*;

const FALSE_NAME: &str = "Somebody Else";

impl Scene {
    /// What anybody can do who knows a reader: a permission for it by a key of their own, recorded, with its note in the inbox.
    fn plant(&mut self, reader: ReaderKey, key: &SigningKey, name: &str) -> Permission {
        let scope = Scope::new(EPOCH - 700, EPOCH + 200).unwrap();
        let plan = Plan {
            contract: Some(CONTRACT),
            grant_key: key.clone(),
            patient: name.to_owned(),
            ..self.patient.plan_for(reader, scope)
        };
        let now = self.now();
        let mut permission = prepare(&plan, &self.town.genesis, now, &mut self.rng).unwrap();
        block_on(advance(&self.town, &mut permission, key, now, &mut |_| {})).unwrap();
        permission
    }
}

fn key(n: u8) -> SigningKey {
    SigningKey::from_bytes(&[n; 32])
}

#[test]
fn what_somebody_planted_behind_a_card_is_refused_whichever_came_first() {
    let mut scene = given();
    // The same card as whoever saw it has it, with nothing of the person's behind it yet.
    let issuer = scene.patient.grant_key.clone();
    let chain = scene.town.ctx.chain_id;
    let card = Card::generate(&chain, &issuer.verifying_key(), &mut scene.rng);
    let reader = card.reader().public();
    scene.plant(reader, &key(13), FALSE_NAME);
    let refused = block_on(find(&scene.town, &card)).unwrap_err();
    assert_eq!((refused.code(), refused), (ErrorCode::CardOfAnother, EmergencyError::Planted));

    // The person's comes after it, and is the one; and stays it when more are planted.
    let given = scene.plant(reader, &issuer, "Maria K.");
    scene.plant(reader, &key(14), FALSE_NAME);
    let found = block_on(find(&scene.town, &card)).unwrap();
    assert_eq!((found.shared.patient(), found.shared.grant()), ("Maria K.", given.id()));

    // Stopped, it is told as that: what was planted does not take its place.
    let mut given = given;
    block_on(stop(&scene.town, &mut given, &issuer)).unwrap();
    let found = block_on(find(&scene.town, &card)).unwrap();
    assert_eq!(found.shared.grant(), given.id());
    let now = scene.now();
    let own = scene.own.credential.clone();
    let announced = block_on(announce(&scene.town, &found, &card, UNCONSCIOUS, &own, now));
    assert_eq!(announced.unwrap_err(), EmergencyError::Open(OpenError::Stopped));
}

#[test]
fn what_takes_a_permissions_place_by_the_same_key_is_found_with_the_same_card() {
    let mut scene = given();
    let (issuer, reader) = (scene.patient.grant_key.clone(), scene.card.reader().public());
    let after = scene.plant(reader, &issuer, "Maria K.");
    block_on(stop(&scene.town, &mut scene.permission, &issuer)).unwrap();
    assert_eq!(scene.found().shared.grant(), after.id());
    scene.announce(UNCONSCIOUS).unwrap();
    scene.town.wait(WAIT_MS);
    let opened = scene.alone(UNCONSCIOUS).unwrap();
    assert!(opened.readings.iter().any(|(_, readings)| readings.len() == 30));
}
