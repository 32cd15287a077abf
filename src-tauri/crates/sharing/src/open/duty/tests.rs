use futures::executor::block_on;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::duty::DutyGroup;
use salus_keeper::Scope;
use salus_keeper::message::KeeperRefused;
use salus_keeper::release::Refusal;
use salus_wire::{Category, ErrorCode};

use super::*;
use crate::duty::{advance, prepare};
use crate::issue::upload;
use crate::town::{Clinician, NOW, Patient, Town};

const EPOCH: u32 = 438_232;
const HOUR: i64 = 3_600_000;

/// A permission to the night staff of member 1, and an attested clinician of it who is on duty.
pub(crate) struct Scene {
    pub(crate) town: Town,
    pub(crate) patient: Patient,
    pub(crate) clinician: Clinician,
    pub(crate) found: ForGroup,
    rng: ChaCha20Rng,
}

fn night() -> DutyGroup {
    DutyGroup::new(1, "Night").unwrap()
}

impl Scene {
    /// With three values of heart rate in the running epoch; the patient deleted what `hole` says.
    pub(crate) fn with(hole: Option<(u32, u32)>) -> Self {
        let town = Town::new(4);
        let (clinician, mut patient) = (Clinician::new(&town), Patient::new());
        if let Some((first, last)) = hole {
            for (_, tree) in &mut patient.roots {
                *tree = tree.without(first, last).unwrap();
            }
        }
        let mut rng = ChaCha20Rng::seed_from_u64(5);
        town.knows(&clinician.attestation);
        town.duty(clinician.credential.verifying_key(), &night(), 8 * HOUR, 1);
        let scope = Scope::new(EPOCH - 40, EPOCH + 40).unwrap();
        let plan = patient.plan_for(salus_chain::ids::ReaderKey([0; 64]), scope);
        let expires = plan.expires;
        let mut permission = prepare(plan, &night(), &town.genesis, NOW, &mut rng).unwrap();
        let key = &patient.grant_key;
        block_on(advance(&town, &mut permission, &night(), key, NOW, &mut |_| {})).unwrap();
        let sealed = [patient.sealed(Category::HeartRate, EPOCH, 3, 1)];
        block_on(upload(&town, &sealed, expires, NOW)).unwrap();
        let person = &clinician.credential;
        let found = block_on(list_for_group(&town, &night(), person, NOW, &mut rng)).unwrap();
        let [found] = <[ForGroup; 1]>::try_from(found).unwrap();
        Self { town, patient, clinician, found, rng }
    }

    pub(crate) fn open(&mut self) -> Result<Opened, OpenError> {
        let person = self.clinician.credential.clone();
        self.open_as(&person)
    }

    fn open_as(&mut self, person: &SigningKey) -> Result<Opened, OpenError> {
        let now = self.town.inside().now;
        self.town.forget_rate();
        let (town, found, rng) = (&self.town, &self.found, &mut self.rng);
        block_on(open_for_group(town, found, person, now, rng, &mut |_| {})).map(|(_, opened)| opened)
    }

    fn off_duty(&self) {
        self.town.duty(self.clinician.credential.verifying_key(), &night(), 0, 2);
    }
}

#[test]
fn who_is_on_duty_finds_it_at_the_desk_and_opens_it_with_one_receipt() {
    let mut scene = Scene::with(None);
    assert_eq!(scene.found.note.patient, "Maria K.");
    let opened = scene.open().unwrap();
    let (category, readings) = &opened.readings[0];
    assert_eq!((*category, readings.len()), (Category::HeartRate, 3));
    let log = scene.town.inside().log.clone();
    assert_eq!(log.iter().filter(|line| **line == "receipt").count(), 1);
    // The receipt comes before the desk is asked, and the desk before any member.
    let place = |what: &str| log.iter().position(|line| *line == what).unwrap();
    assert!(place("receipt") < place("desk") && place("desk") < place("release"));
    let receipt = scene.town.inside().last_access().unwrap();
    let signer = receipt.opening().unwrap().reader_pk.signing();
    assert_eq!(signer, scene.clinician.credential.verifying_key());
}

#[test]
fn around_what_was_deleted_a_second_receipt_opens_the_rest() {
    let mut scene = Scene::with(Some((EPOCH - 20, EPOCH - 19)));
    let opened = scene.open().unwrap();
    assert_eq!((opened.readings[0].1.len(), opened.older), (3, 0));
    let receipts = scene.town.inside().log.iter().filter(|line| **line == "receipt").count();
    assert_eq!(receipts, 2);
}

#[test]
fn off_duty_nothing_is_left_and_a_receipt_of_before_gives_nothing() {
    let mut scene = Scene::with(None);
    let ctx = scene.town.genesis.context();
    let person = scene.clinician.credential.clone();
    let slots = vec![Slot::new(0, EPOCH).unwrap()];
    let unsigned = Unsigned::in_person(scene.found.grant, &person, slots, &mut scene.rng).unwrap();
    let request = unsigned.signed(&person, &ctx);
    scene.town.block(Some(request.receipt())).unwrap();
    scene.off_duty();
    assert_eq!(scene.open().unwrap_err(), OpenError::OffDuty);
    assert_eq!(OpenError::OffDuty.code(), ErrorCode::OffDuty);
    // A modified app goes on with what it has.
    let off = KeeperRefused::Release(Refusal::OffDuty);
    let reply = block_on(scene.town.keeper(2, request.message()));
    assert_eq!(reply, Err(LightError::Keeper { member: 2, why: off }));
    let sealed = Envelope { enc: [9; 32], ciphertext: vec![0; 48] };
    let header = salus_chain::ids::Hash32([1; 32]);
    let secret = block_on(request.secret(&scene.town, 1, header, &sealed)).unwrap_err();
    assert_eq!(secret, OpenError::Light(LightError::Keeper { member: 1, why: off }));
    // Nor does it find anything, and the chain takes no receipt.
    let now = scene.town.inside().now;
    let listed = block_on(list_for_group(&scene.town, &night(), &person, now, &mut scene.rng));
    assert_eq!(listed, Err(LightError::Keeper { member: 1, why: off }));
    let slots = vec![Slot::new(0, EPOCH).unwrap()];
    let another = Unsigned::in_person(scene.found.grant, &person, slots, &mut scene.rng).unwrap();
    let refused = scene.town.block(Some(another.signed(&person, &ctx).receipt())).unwrap_err();
    assert_eq!(refused, LightError::Refused(TxRefused::OffDuty));
}

#[test]
fn others_are_none_of_the_group() {
    let mut scene = Scene::with(None);
    let stranger = SigningKey::from_bytes(&[9; 32]);
    assert_eq!(scene.open_as(&stranger).unwrap_err(), OpenError::OffDuty);
    // Attested by the same member, on duty as something else.
    let colleague = Clinician::of_seed(&scene.town, 78).credential;
    let day = DutyGroup::new(1, "Day").unwrap();
    scene.town.duty(colleague.verifying_key(), &day, HOUR, 1);
    assert_eq!(scene.open_as(&colleague).unwrap_err(), OpenError::OffDuty);
    let found = block_on(list_for_group(&scene.town, &day, &colleague, NOW, &mut scene.rng));
    assert_eq!(found, Ok(Vec::new()));
}

#[test]
fn a_duty_is_proven_with_its_end() {
    let scene = Scene::with(None);
    let key = scene.clinician.credential.verifying_key();
    let proven = block_on(on_duty(&scene.town, &key, NOW)).unwrap().unwrap();
    assert_eq!(proven, OnDuty { group: night(), until: NOW + 8 * HOUR });
    assert_eq!(block_on(on_duty(&scene.town, &key, NOW + 8 * HOUR)), Ok(None));
    scene.off_duty();
    assert_eq!(block_on(on_duty(&scene.town, &key, NOW)), Ok(None));
    let nobody = SigningKey::from_bytes(&[9; 32]).verifying_key();
    assert_eq!(block_on(on_duty(&scene.town, &nobody, NOW)), Ok(None));
}

#[test]
fn a_desk_that_lags_is_asked_again() {
    let mut scene = Scene::with(None);
    scene.town.inside().lag = 1;
    assert!(scene.open().is_ok());
}
