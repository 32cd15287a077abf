use futures::executor::block_on;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::time::Epoch;
use salus_keeper::Scope;

use super::*;
use crate::capsule::Disclosure;
use crate::enrol::{Enrolment, enrol, withdraw};
use crate::issue::{advance, prepare, upload};
use crate::open::{accept, fetch, open, poll};
use crate::town::{Clinician, NOW, Patient, Town};

const EPOCH: u32 = 438_232;
const HEART: Category = Category::HeartRate;

struct Scene {
    town: Town,
    clinician: Clinician,
    patient: Patient,
    rng: ChaCha20Rng,
}

impl Scene {
    fn new() -> Self {
        let town = Town::new(4);
        let clinician = Clinician::new(&town);
        Self { town, clinician, patient: Patient::new(), rng: ChaCha20Rng::seed_from_u64(11) }
    }

    /// A recorded enrolment of this gateway.
    fn enrolled(&mut self, gateway: &Writer) -> Enrolment {
        let mut enrolment = Enrolment::generate(gateway, &mut self.rng);
        block_on(enrol(&self.town, &mut enrolment)).unwrap();
        enrolment
    }

    /// Time goes on to the beginning of an epoch.
    fn until(&self, epoch: u32) {
        let ms = Epoch(epoch).start() - self.town.head_of_tests();
        self.town.wait(ms);
    }

    /// What a clinician is told of a permission with these disclosures, over epochs that these patients' gateways sealed.
    fn told(&mut self, disclosures: &[Disclosure], sealed: &[(&Patient, u32)]) -> Vec<Provenance> {
        let now = self.town.inside().now;
        self.town.forget_rate();
        let scope = Scope::new(EPOCH - 40, EPOCH + 40).unwrap();
        let mut plan = self.patient.plan(&self.clinician.invitation(&self.town), scope);
        plan.disclosures = disclosures.to_vec();
        plan.writers = sealed.iter().map(|(by, _)| by.writer()).collect();
        plan.writers.dedup();
        let mut permission = prepare(&plan, &self.town.genesis, now, &mut self.rng).unwrap();
        block_on(advance(&self.town, &mut permission, &plan.grant_key, now, &mut |_| {})).unwrap();
        let epochs: Vec<_> = sealed.iter().map(|(by, epoch)| by.sealed(HEART, *epoch, 5, 1)).collect();
        block_on(upload(&self.town, &epochs, plan.expires, now)).unwrap();

        let notes = block_on(poll(&self.town, &self.clinician.reader)).unwrap();
        let note = notes.iter().find(|note| note.grant == permission.id()).unwrap();
        let capsule = block_on(fetch(&self.town, note)).unwrap();
        let record = block_on(self.town.grant(&permission.id())).unwrap().value;
        let reader = &self.clinician.reader;
        let shared = accept(&capsule, reader, record.as_ref(), &self.town.genesis).unwrap();
        let opened = block_on(open(&self.town, &shared, reader, now, &mut self.rng, &mut |_| {})).unwrap();
        // Whatever is known of the gateway: it opens.
        assert_eq!(opened.readings[0].1.len(), 5 * sealed.len());
        opened.provenance
    }

    fn one(&mut self, disclosures: &[Disclosure], epochs: &[u32]) -> Provenance {
        let patient = Patient::new();
        let sealed: Vec<_> = epochs.iter().map(|epoch| (&patient, *epoch)).collect();
        let told = self.told(disclosures, &sealed);
        let [one] = told[..] else { panic!("{told:?}") };
        assert_eq!((one.category, one.writer), (HEART, patient.writer().id));
        one
    }
}

#[test]
fn readings_of_an_enrolled_gateway_are_told_with_its_proven_record() {
    let mut scene = Scene::new();
    let gateway = scene.patient.writer();
    let enrolment = scene.enrolled(&gateway);
    let disclosure = enrolment.disclosure(&gateway).unwrap();
    scene.until(EPOCH + 2);
    let told = scene.one(&[disclosure], &[EPOCH + 1]);
    let record = told.enrolment.unwrap();
    assert_eq!((told.standing, record.height), (Standing::Enrolled, enrolment.recorded().unwrap().height));
    assert_eq!((record.time_ms, record.withdrawn), (NOW, None));
}

#[test]
fn what_arrived_before_the_enrolment_is_told_apart() {
    let mut scene = Scene::new();
    let gateway = scene.patient.writer();
    let disclosure = scene.enrolled(&gateway).disclosure(&gateway).unwrap();
    scene.until(EPOCH + 2);
    for epochs in [&[EPOCH - 1][..], &[EPOCH - 1, EPOCH + 1]] {
        let told = scene.one(&[disclosure], epochs);
        assert!(told.standing == Standing::Early && told.enrolment.is_some(), "{epochs:?}");
    }
}

#[test]
fn a_withdrawal_counts_from_its_time_on() {
    let mut scene = Scene::new();
    let gateway = scene.patient.writer();
    let enrolment = scene.enrolled(&gateway);
    let disclosure = enrolment.disclosure(&gateway).unwrap();
    scene.until(EPOCH + 3);
    block_on(withdraw(&scene.town, &enrolment)).unwrap();
    scene.until(EPOCH + 5);
    let before = scene.one(&[disclosure], &[EPOCH + 1]);
    assert_eq!(before.standing, Standing::Enrolled);
    assert_eq!(before.enrolment.unwrap().withdrawn.unwrap().time_ms, Epoch(EPOCH + 3).start());
    let after = scene.one(&[disclosure], &[EPOCH + 1, EPOCH + 4]);
    assert!(after.standing == Standing::Withdrawn && after.enrolment.is_some());
}

#[test]
fn somebody_elses_enrolment_none_and_an_unrecorded_one_are_told_apart() {
    let mut scene = Scene::new();
    let gateway = scene.patient.writer();
    let other = Writer { key: [9; 32], ..gateway };
    let borrowed = scene.enrolled(&other).disclosure(&other).unwrap();
    let own = scene.enrolled(&gateway).disclosure(&gateway).unwrap();
    let unrecorded = Enrolment::generate(&gateway, &mut scene.rng).disclosure(&gateway).unwrap();
    let of_another_writer = Disclosure { writer: WriterId([1; 16]), ..own };
    scene.until(EPOCH + 2);
    for (disclosures, standing) in [
        (&[own][..], Standing::Enrolled),
        (&[borrowed], Standing::OtherGateway),
        (&[Disclosure { salt: [0; 32], ..own }], Standing::OtherGateway),
        (&[Disclosure { enrolment: borrowed.enrolment, ..own }], Standing::OtherGateway),
        (&[unrecorded], Standing::NotEnrolled),
        (&[of_another_writer], Standing::NotEnrolled),
        (&[], Standing::NotEnrolled),
    ] {
        let told = scene.one(disclosures, &[EPOCH + 1]);
        assert_eq!((told.standing, told.enrolment.is_some()), (standing, standing == Standing::Enrolled));
    }
}

#[test]
fn a_second_gateway_that_is_not_enrolled_does_not_hide_behind_the_first() {
    let mut scene = Scene::new();
    let (first, mut second) = (Patient::new(), Patient::new());
    second.writing = ed25519_dalek::SigningKey::from_bytes(&[9; 32]);
    let gateway = first.writer();
    let disclosure = scene.enrolled(&gateway).disclosure(&gateway).unwrap();
    scene.until(EPOCH + 3);
    let told = scene.told(&[disclosure], &[(&first, EPOCH + 1), (&second, EPOCH + 2)]);
    let standings: Vec<_> = told.iter().map(|one| (one.writer, one.standing)).collect();
    assert_eq!(standings, [(gateway.id, Standing::Enrolled), (second.writer().id, Standing::NotEnrolled)]);
}

#[test]
fn members_that_prove_nothing_do_not_keep_a_record_closed() {
    let mut scene = Scene::new();
    let gateway = scene.patient.writer();
    let disclosure = scene.enrolled(&gateway).disclosure(&gateway).unwrap();
    scene.until(EPOCH + 2);
    scene.town.inside().mute = true;
    let told = scene.one(&[disclosure], &[EPOCH + 1]);
    assert_eq!((told.standing, told.enrolment), (Standing::Unproven, None));
}
