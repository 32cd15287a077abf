//! A permission under a contract: recorded, with something to read, and accepted by its clinician.

use futures::executor::block_on;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::contract::Ready;
use salus_keeper::Scope;
use salus_wire::Category;

use super::{Clinician, NOW, Patient, Town};
use crate::Network;
use crate::issue::{Plan, advance, prepare, upload};
use crate::open::{OpenError, Opened, Shared, accept, fetch, open, poll};

const EPOCH: u32 = 438_232;

pub(crate) struct Given {
    pub(crate) clinician: Clinician,
    pub(crate) shared: Shared,
    pub(crate) rng: ChaCha20Rng,
}

impl Given {
    /// With three values of heart rate in the running epoch.
    pub(crate) fn under(town: &Town, contract: Ready) -> Self {
        let (clinician, patient) = (Clinician::new(town), Patient::new());
        let mut rng = ChaCha20Rng::seed_from_u64(5);
        let scope = Scope::new(EPOCH - 40, EPOCH + 40).unwrap();
        let plan = Plan { contract: Some(contract), ..patient.plan(&clinician.invitation(town), scope) };
        let mut permission = prepare(&plan, &town.genesis, NOW, &mut rng).unwrap();
        block_on(advance(town, &mut permission, &patient.grant_key, NOW, &mut |_| {})).unwrap();
        let sealed = [patient.sealed(Category::HeartRate, EPOCH, 3, 1)];
        block_on(upload(town, &sealed, plan.expires, NOW)).unwrap();
        let notes = block_on(poll(town, &clinician.reader)).unwrap();
        let capsule = block_on(fetch(town, &notes[0])).unwrap();
        let record = block_on(town.grant(&permission.id())).unwrap().value;
        let shared = accept(&capsule, &clinician.reader, record.as_ref(), &town.genesis).unwrap();
        Self { clinician, shared, rng }
    }

    pub(crate) fn open(&mut self, town: &Town) -> Result<Opened, OpenError> {
        let now = town.inside().now;
        town.forget_rate();
        block_on(open(town, &self.shared, &self.clinician.reader, now, &mut self.rng, &mut |_| {}))
    }
}
