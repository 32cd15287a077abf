//! Emergencies over [`crate::town`]: the contract, the keepers' release rule and the chain are the real ones.

mod planted;

use futures::executor::block_on;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::sign::SigningKey;
use salus_chain::state::{ANNOUNCEMENT_LASTS_MS, StatementRecord, TxRefused};
use salus_chain::tx::{Opener, Purpose, Second, StatedAccessBody, Tx, Verdict};
use salus_keeper::Scope;
use salus_light::LightError;
use salus_wire::ErrorCode;

use super::*;
use crate::activity::{What, activity};
use crate::issue::{Permission, Plan, advance, prepare, upload};
use crate::network::Network;
use crate::open::{OpenError, Opened, Request, Unsigned};
use crate::stop::stop;
use crate::town::{Clinician, NOW, Patient, Town};

const EPOCH: u32 = 438_232;
const MINUTE: i64 = 60_000;
const UNCONSCIOUS: u8 = 1;

struct Scene {
    town: Town,
    patient: Patient,
    own: Clinician,
    other: Clinician,
    card: Card,
    permission: Permission,
    rng: ChaCha20Rng,
}

fn given_under(contract: Option<Ready>) -> Scene {
    let town = Town::new(4);
    let (own, other) = (Clinician::of_seed(&town, 77), Clinician::of_seed(&town, 78));
    let (patient, mut rng) = (Patient::new(), ChaCha20Rng::seed_from_u64(5));
    let card = Card::generate(&town.ctx.chain_id, &patient.grant_key.verifying_key(), &mut rng);
    let scope = Scope::new(EPOCH - 700, EPOCH + 200).unwrap();
    let plan = Plan { contract, ..patient.plan_for(card.reader().public(), scope) };
    let mut permission = prepare(&plan, &town.genesis, NOW, &mut rng).unwrap();
    block_on(advance(&town, &mut permission, &patient.grant_key, NOW, &mut |_| {})).unwrap();
    let heart = Category::HeartRate;
    let epochs = [
        patient.sealed(heart, EPOCH - 640, 7, 1),
        patient.sealed(heart, EPOCH - 600, 20, 1),
        patient.sealed(heart, EPOCH, 10, 1),
    ];
    block_on(upload(&town, &epochs, plan.expires, NOW)).unwrap();
    Scene { town, patient, own, other, card, permission, rng }
}

fn given() -> Scene {
    given_under(Some(CONTRACT))
}

impl Scene {
    fn now(&self) -> i64 {
        self.town.inside().now
    }

    fn found(&self) -> Found {
        block_on(find(&self.town, &self.card)).unwrap()
    }

    fn announce(&self, reason: u8) -> Result<Standing, EmergencyError> {
        let own = &self.own.credential;
        block_on(announce(&self.town, &self.found(), &self.card, reason, own, self.now()))
    }

    fn alone(&mut self, reason: u8) -> Result<Opened, EmergencyError> {
        self.town.forget_rate();
        let (found, now) = (self.found(), self.now());
        let own = &self.own.credential;
        block_on(alone(&self.town, &found, &self.card, reason, own, now, &mut self.rng, &mut |_| {}))
    }

    fn prepared(&mut self) -> Prepared {
        let (found, now) = (self.found(), self.now());
        Prepared::new(&found.shared, &self.card.reader(), UNCONSCIOUS, now, &mut self.rng).unwrap()
    }

    fn seconded(&self, prepared: Prepared, word: Word) -> Result<Opened, EmergencyError> {
        self.town.forget_rate();
        let (found, now, own) = (self.found(), self.now(), &self.own.credential);
        block_on(seconded(&self.town, &found, &self.card, prepared, word, own, now, &mut |_| {}))
    }

    fn word(&self, prepared: &Prepared, by: &SigningKey) -> Word {
        let ask = prepared.ask(self.own.credential.verifying_key()).to_text().unwrap();
        let word = Ask::from_text(&ask).unwrap().answer(&self.town.ctx.chain_id, by).unwrap();
        Word::from_text(&word.to_text().unwrap()).unwrap()
    }

    fn unsigned(&mut self) -> Unsigned {
        let found = self.found();
        let now = self.town.head_of_tests();
        let mut slots = crate::cover::to_ask(found.shared.scope(), now);
        // What is outside of the small set is refused for that alone.
        slots.retain(|slot| slot.end_ms() > now - salus_keeper::release::EMERGENCY_SET_MS);
        Unsigned::new(&found.shared, &self.card.reader(), slots, &mut self.rng).unwrap()
    }

    /// The last opening's receipt.
    fn receipt(&self) -> salus_chain::ids::TxHash {
        self.town.inside().last_access().unwrap().hash()
    }

    /// What an app without any rule of its own sends.
    fn sent(
        &mut self,
        reason: u8,
        opener: Option<&SigningKey>,
        second: Option<&SigningKey>,
    ) -> Result<(), LightError> {
        let request = self.request(reason, opener, second);
        self.town.block(Some(request.receipt())).map(|_| ())
    }

    fn request(&mut self, reason: u8, opener: Option<&SigningKey>, second: Option<&SigningKey>) -> Request {
        let ctx = self.town.ctx.clone();
        let (unsigned, chain) = (self.unsigned(), ctx.chain_id);
        let (purpose, access) = (Purpose::Emergency, unsigned.body());
        let opener = opener.map(|key| Opener::sign(access, reason, &chain, key));
        let second = second.map(|key| match &opener {
            Some(opener) => Second::sign_for(&opener.pk, access, purpose, reason, &chain, key),
            None => Second::sign(access, purpose, reason, &chain, key),
        });
        let state = |access| StatedAccessBody { access, purpose, reason, second, opener };
        unsigned.stated(&self.card.reader(), &ctx, state)
    }
}

#[test]
fn a_card_leads_to_its_permission_and_another_to_none() {
    let mut scene = given();
    let found = scene.found();
    assert_eq!((found.shared.patient(), found.shared.grant()), ("Maria K.", scene.permission.id()));
    assert!(is_emergency(found.shared.terms()));
    let issuer = scene.patient.grant_key.verifying_key();
    let other = Card::generate(&scene.town.ctx.chain_id, &issuer, &mut scene.rng);
    assert_eq!(block_on(find(&scene.town, &other)).unwrap_err(), EmergencyError::NoPermission);
    // A permission that anybody who holds its key could open at once is none for emergencies.
    let plain = given_under(None);
    assert_eq!(block_on(find(&plain.town, &plain.card)).unwrap_err(), EmergencyError::NoPermission);
}

#[test]
fn alone_half_an_hour_after_the_announcement_and_for_four_hours() {
    let mut scene = given();
    assert_eq!(scene.alone(UNCONSCIOUS).unwrap_err(), EmergencyError::NotAnnounced);
    for reason in [0, 6, u8::MAX] {
        assert_eq!(scene.announce(reason).unwrap_err(), EmergencyError::NoReason);
    }
    let announced = scene.announce(UNCONSCIOUS).unwrap();
    assert_eq!((announced.announced, announced.opened), (Some(NOW), None));
    // Once: the wait does not begin anew.
    scene.town.wait(MINUTE);
    assert_eq!(scene.announce(2).unwrap().announced, Some(NOW));
    scene.town.wait(WAIT_MS - MINUTE - 1);
    let early = scene.alone(UNCONSCIOUS).unwrap_err();
    assert_eq!(
        (early.code(), early),
        (ErrorCode::EmergencyWaits, EmergencyError::Waits { until: NOW + WAIT_MS })
    );
    scene.town.wait(1);
    assert_eq!(scene.alone(0).unwrap_err(), EmergencyError::NoReason);
    let opened = scene.alone(UNCONSCIOUS).unwrap();
    let heart = opened.readings.iter().find(|(category, _)| *category == Category::HeartRate).unwrap();
    // The last 30 days, and nothing before them although whole slots are opened.
    assert_eq!(heart.1.len(), 20 + 10);
    assert!(heart.1.iter().all(|reading| reading.at >= scene.now() - SET_MS));

    // The record names who answers for it.
    let log = block_on(activity(&scene.town, &scene.permission.id())).unwrap().unwrap();
    let receipt =
        log.entries.iter().find_map(|e| if let What::Opened(tx) = e.what { Some(tx) } else { None });
    let stated = block_on(scene.town.statement(&receipt.unwrap())).unwrap().value;
    let opener_pk = Some(scene.own.credential.verifying_key());
    let (purpose, reason, second_pk) = (Purpose::Emergency, UNCONSCIOUS, None);
    assert_eq!(stated, Some(StatementRecord { purpose, reason, second_pk, opener_pk }));

    let begun = block_on(standing(&scene.town, &scene.permission.id(), None)).unwrap();
    assert_eq!((begun.opened, begun.until()), (Some(scene.now()), Some(scene.now() + OPEN_MS)));
    scene.town.wait(OPEN_MS);
    scene.alone(UNCONSCIOUS).unwrap();
    scene.town.wait(1);
    let late = scene.alone(UNCONSCIOUS).unwrap_err();
    assert_eq!((late.code(), late), (ErrorCode::EmergencyOver, EmergencyError::Over));
}

#[test]
fn an_announcement_that_nobody_used_for_a_day_has_lapsed() {
    let mut scene = given();
    scene.announce(UNCONSCIOUS).unwrap();
    scene.town.wait(ANNOUNCEMENT_LASTS_MS + 1);
    assert_eq!(scene.alone(UNCONSCIOUS).unwrap_err(), EmergencyError::NotAnnounced);
    let own = scene.own.credential.verifying_key();
    let stale = block_on(standing(&scene.town, &scene.permission.id(), Some(&own))).unwrap();
    assert_eq!((stale.announced, stale.serving, stale.alone_from()), (Some(NOW), None, None));
    // Announced anew it waits anew.
    let again = scene.announce(2).unwrap();
    assert_eq!((again.announced, again.serving), (Some(scene.now()), Some(scene.now())));
    scene.town.wait(WAIT_MS);
    scene.alone(UNCONSCIOUS).unwrap();
}

#[test]
fn at_once_with_a_second_clinicians_word_for_this_opening() {
    let mut scene = given();
    let (prepared, another) = (scene.prepared(), scene.prepared());
    let own = scene.own.credential.clone();
    let ask = prepared.ask(own.verifying_key());
    assert_eq!(ask.answer(&scene.town.ctx.chain_id, &own).unwrap_err(), SecondError::SamePerson);
    // One's own word under another name in the ask.
    let forged = Ask { by: scene.other.credential.verifying_key(), ..ask };
    let word = forged.answer(&scene.town.ctx.chain_id, &own).unwrap();
    let same = scene.seconded(prepared, word).unwrap_err();
    assert_eq!(
        (same.code(), same),
        (ErrorCode::SecondIsYourself, EmergencyError::Second(SecondError::SamePerson))
    );
    let other = scene.other.credential.clone();
    let word = scene.word(&another, &other);
    let prepared = scene.prepared();
    assert_eq!(
        scene.seconded(prepared, word).unwrap_err(),
        EmergencyError::Second(SecondError::OtherOpening)
    );
    let prepared = scene.prepared();
    let stranger = scene.word(&prepared, &SigningKey::from_bytes(&[99; 32]));
    let refused = scene.seconded(prepared, stranger).unwrap_err();
    assert_eq!(
        (refused.code(), refused),
        (ErrorCode::NotAttested, EmergencyError::Second(SecondError::NotAttested))
    );

    let opened = scene.seconded(another, word).unwrap();
    assert!(opened.readings.iter().any(|(_, readings)| readings.len() == 30));
    scene.town.wait(OPEN_MS + 1);
    let late = scene.prepared();
    let word = scene.word(&late, &other);
    assert_eq!(scene.seconded(late, word).unwrap_err(), EmergencyError::Over);
}

#[test]
fn an_app_without_rules_gains_nothing_from_the_members() {
    let mut scene = given();
    let denied = Err(LightError::Refused(TxRefused::ContractDenies));
    let (own, stranger) = (scene.own.credential.clone(), SigningKey::from_bytes(&[99; 32]));
    let ctx = scene.town.ctx.clone();
    let plain = scene.unsigned().plain(&scene.card.reader(), &ctx);
    assert!(matches!(plain.receipt(), Tx::Access(_)));
    assert_eq!(scene.town.block(Some(plain.receipt())).map(|_| ()), denied);
    let other = scene.other.credential.clone();
    let (nobody, same) =
        (Err(LightError::Refused(TxRefused::Opener)), Err(LightError::Refused(TxRefused::Second)));
    // The card alone, and with one attested key in the second person's place: one clinician with two keys.
    assert_eq!(scene.sent(UNCONSCIOUS, None, None), nobody);
    assert_eq!(scene.sent(UNCONSCIOUS, None, Some(&own)), nobody);
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&stranger), Some(&other)), nobody);
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&own), Some(&own)), same);
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&own), Some(&stranger)), same);
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&own), None), denied);
    assert_eq!(scene.sent(0, Some(&own), Some(&other)), denied);
    assert_eq!(scene.sent(6, Some(&own), Some(&other)), denied);
    scene.announce(UNCONSCIOUS).unwrap();
    scene.town.wait(WAIT_MS - 1);
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&own), None), denied);
    scene.town.wait(1);
    // What one clinician announced, another has not waited for.
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&other), None), denied);
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&own), None), Ok(()));
    scene.town.wait(OPEN_MS + 1);
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&own), None), denied);
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&own), Some(&other)), denied);
}

#[test]
fn what_the_person_says_of_an_opening_is_recorded_once_and_stops_the_card_when_it_says_so() {
    let mut scene = given();
    let (own, other) = (scene.own.credential.clone(), scene.other.credential.clone());
    let (id, key) = (scene.permission.id(), scene.patient.grant_key.clone());
    scene.sent(UNCONSCIOUS, Some(&own), Some(&other)).unwrap();
    let first = scene.receipt();
    let said = |scene: &Scene, act, verdict, key: &SigningKey| {
        block_on(review(&scene.town, &id, &act, verdict, key)).map(|_| ())
    };
    let refused = |why| Err(LightError::Refused(why));
    assert_eq!(said(&scene, first, Verdict::Objected, &own), refused(TxRefused::Reviewer));
    assert_eq!(said(&scene, first, Verdict::Objected, &key), Ok(()));
    assert_eq!(said(&scene, first, Verdict::Justified, &key), refused(TxRefused::AlreadySaid));
    let act = block_on(scene.town.act(&first)).unwrap().value.unwrap();
    assert_eq!((act.grant_id, act.by, act.reviews.len()), (id, own.verifying_key(), 1));
    scene.sent(UNCONSCIOUS, Some(&own), Some(&other)).unwrap();
    let second = scene.receipt();
    assert_eq!(said(&scene, second, Verdict::Stopped, &key), Ok(()));
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&own), Some(&other)), refused(TxRefused::Ended));
    // A helper's word takes the person's: without a circle there is nobody.
    let word = entrust(&scene.town.ctx.chain_id, &id, salus_chain::ids::CircleId([1; 32]), &key);
    let helper = review_by_helper(&scene.town, &id, &second, Verdict::Objected, &other, Some(word));
    assert_eq!(block_on(helper).map(|_| ()), refused(TxRefused::UnknownCircle));
}

#[test]
fn a_second_clinician_announces_after_the_first_and_waits_from_then_on() {
    let mut scene = given();
    scene.announce(UNCONSCIOUS).unwrap();
    scene.town.wait(MINUTE);
    let (found, now) = (scene.found(), scene.now());
    let other = scene.other.credential.clone();
    let theirs = block_on(announce(&scene.town, &found, &scene.card, 2, &other, now)).unwrap();
    assert_eq!((theirs.announced, theirs.serving), (Some(NOW + MINUTE), Some(NOW + MINUTE)));
    let own = scene.own.credential.verifying_key();
    let ours = block_on(standing(&scene.town, &scene.permission.id(), Some(&own))).unwrap();
    assert_eq!((ours.announced, ours.serving), (Some(NOW + MINUTE), Some(NOW)));
    scene.town.wait(WAIT_MS - MINUTE);
    scene.alone(UNCONSCIOUS).unwrap();
}

#[test]
fn a_receipt_from_within_the_four_hours_releases_nothing_after_them() {
    let mut scene = given();
    let (own, other) = (scene.own.credential.clone(), scene.other.credential.clone());
    let ctx = scene.town.ctx.clone();
    scene.sent(UNCONSCIOUS, Some(&own), Some(&other)).unwrap();
    scene.town.wait(OPEN_MS);
    let found = scene.found();
    let request = scene.request(UNCONSCIOUS, Some(&own), Some(&other));
    let receipt = scene.town.block(Some(request.receipt())).unwrap();
    scene.town.wait(1);
    scene.town.forget_rate();
    let refused = block_on(request.ask(&scene.town, &found.shared, &ctx, receipt)).unwrap_err();
    assert!(matches!(refused, OpenError::TooFew { have: 0, .. }), "{refused}");
    assert_eq!(refused.code(), ErrorCode::ConditionDenies);
}

#[test]
fn a_card_that_was_stopped_is_neither_announced_nor_opened() {
    let mut scene = given();
    scene.announce(UNCONSCIOUS).unwrap();
    block_on(stop(&scene.town, &mut scene.permission, &scene.patient.grant_key)).unwrap();
    scene.town.wait(WAIT_MS);
    let stopped = EmergencyError::Open(OpenError::Stopped);
    assert_eq!(scene.announce(UNCONSCIOUS).unwrap_err(), stopped);
    assert_eq!(scene.alone(UNCONSCIOUS).unwrap_err(), stopped);
    let prepared = scene.prepared();
    let other = scene.other.credential.clone();
    let word = scene.word(&prepared, &other);
    assert_eq!(scene.seconded(prepared, word).unwrap_err(), stopped);
    let own = scene.own.credential.clone();
    let ended = Err(LightError::Refused(TxRefused::Ended));
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&own), Some(&other)), ended);
}

#[test]
fn whoever_announces_and_opens_alone_is_attested() {
    let mut scene = given();
    scene.announce(UNCONSCIOUS).unwrap();
    scene.town.wait(WAIT_MS);
    // Another key has announced nothing, and one that nobody attests can announce nothing.
    scene.own.credential = SigningKey::from_bytes(&[99; 32]);
    assert_eq!(scene.alone(UNCONSCIOUS).unwrap_err(), EmergencyError::NotAnnounced);
    assert_eq!(scene.announce(UNCONSCIOUS).unwrap_err(), EmergencyError::NotAttested);
}
