//! Emergencies over [`crate::town`]: the contract, the keepers' release rule and the chain are the real ones.

use futures::executor::block_on;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::sign::SigningKey;
use salus_chain::state::{ANNOUNCEMENT_LASTS_MS, StatementRecord, TxRefused};
use salus_chain::tx::{Purpose, Second, StatedAccessBody, Tx};
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
    let card = Card::generate(&town.ctx.chain_id, &mut rng);
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
        block_on(announce(&self.town, &self.found(), &self.card, reason, self.now()))
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
        let own = self.own.credential.verifying_key();
        let (found, now) = (self.found(), self.now());
        block_on(seconded(&self.town, &found, &self.card, prepared, word, &own, now, &mut |_| {}))
    }

    fn word(&self, prepared: &Prepared, by: &SigningKey) -> Word {
        let ask = prepared.ask(self.own.credential.verifying_key()).to_text().unwrap();
        let word = Ask::from_text(&ask).unwrap().answer(&self.town.ctx.chain_id, by).unwrap();
        Word::from_text(&word.to_text().unwrap()).unwrap()
    }

    fn unsigned(&mut self) -> Unsigned {
        let found = self.found();
        let slots = crate::cover::to_ask(found.shared.scope(), self.town.head_of_tests());
        Unsigned::new(&found.shared, &self.card.reader(), slots, &mut self.rng).unwrap()
    }

    /// What an app without any rule of its own sends.
    fn sent(&mut self, reason: u8, second: Option<&SigningKey>) -> Result<(), LightError> {
        let ctx = self.town.ctx.clone();
        let unsigned = self.unsigned();
        let purpose = Purpose::Emergency;
        let second = second.map(|key| Second::sign(unsigned.body(), purpose, reason, &ctx.chain_id, key));
        let state = |access| StatedAccessBody { access, purpose, reason, second };
        let request = unsigned.stated(&self.card.reader(), &ctx, state);
        self.town.block(Some(request.receipt())).map(|_| ())
    }
}

#[test]
fn a_card_leads_to_its_permission_and_another_to_none() {
    let mut scene = given();
    let found = scene.found();
    assert_eq!((found.shared.patient(), found.shared.grant()), ("Maria K.", scene.permission.id()));
    assert!(is_emergency(found.shared.terms()));
    let other = Card::generate(&scene.town.ctx.chain_id, &mut scene.rng);
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
    let second_pk = Some(scene.own.credential.verifying_key());
    assert_eq!(stated, Some(StatementRecord { purpose: Purpose::Emergency, reason: UNCONSCIOUS, second_pk }));

    let begun = block_on(standing(&scene.town, &scene.permission.id())).unwrap();
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
    let stale = block_on(standing(&scene.town, &scene.permission.id())).unwrap();
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
    assert_eq!(scene.sent(UNCONSCIOUS, None), denied);
    assert_eq!(scene.sent(0, Some(&own)), denied);
    assert_eq!(scene.sent(6, Some(&own)), denied);
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&stranger)), Err(LightError::Refused(TxRefused::Second)));
    scene.announce(UNCONSCIOUS).unwrap();
    scene.town.wait(WAIT_MS - 1);
    assert_eq!(scene.sent(UNCONSCIOUS, None), denied);
    scene.town.wait(1);
    assert_eq!(scene.sent(UNCONSCIOUS, None), Ok(()));
    scene.town.wait(OPEN_MS + 1);
    assert_eq!(scene.sent(UNCONSCIOUS, None), denied);
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&own)), denied);
}

#[test]
fn a_receipt_from_within_the_four_hours_releases_nothing_after_them() {
    let mut scene = given();
    let (own, ctx) = (scene.own.credential.clone(), scene.town.ctx.clone());
    scene.sent(UNCONSCIOUS, Some(&own)).unwrap();
    scene.town.wait(OPEN_MS);
    let found = scene.found();
    let unsigned = scene.unsigned();
    let purpose = Purpose::Emergency;
    let second = Some(Second::sign(unsigned.body(), purpose, UNCONSCIOUS, &ctx.chain_id, &own));
    let state = |access| StatedAccessBody { access, purpose, reason: UNCONSCIOUS, second };
    let request: Request = unsigned.stated(&scene.card.reader(), &ctx, state);
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
    assert_eq!(scene.sent(UNCONSCIOUS, Some(&other)), Err(LightError::Refused(TxRefused::Ended)));
}

#[test]
fn whoever_opens_alone_is_attested() {
    let mut scene = given();
    scene.announce(UNCONSCIOUS).unwrap();
    scene.town.wait(WAIT_MS);
    scene.own.credential = SigningKey::from_bytes(&[99; 32]);
    assert_eq!(scene.alone(UNCONSCIOUS).unwrap_err(), EmergencyError::NotAttested);
}
