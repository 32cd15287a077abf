//! A family over [`crate::town`]: Maria, her daughter as steward, her son as approver, and a clinician.

use std::collections::BTreeSet;

use futures::executor::block_on;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::circle::{Change, CircleRecord, DELAY_MS, Role, Subject};
use salus_chain::codec::Record;
use salus_chain::ids::{ChainId, CircleId, GrantId, Hash32, Nonce16, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_keeper::Scope;
use salus_wire::{Category, ErrorCode};
use zeroize::Zeroizing;

use super::estate::Estate;
use super::give::{Gift, GiveError};
use super::word::{Helper, KEEP_MS, Recipient};
use super::*;
use crate::issue::{SeriesKey, upload};
use crate::open::{OpenError, accept, fetch, open, poll};
use crate::reader::ReaderSecret;
use crate::town::{Clinician, NOW, Patient, Town};

mod handover;
mod laptop;
mod notices;
mod recovery;
mod replies;
mod retired;
mod springs;
mod steward;
mod stops;
mod watch;

const EPOCH: u32 = 438_232;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

struct Family {
    town: Town,
    patient: Patient,
    clinician: Clinician,
    person: SigningKey,
    inbox: ReaderSecret,
    daughter: RelativeSecret,
    son: RelativeSecret,
    circle: CircleId,
    rng: ChaCha20Rng,
}

fn salts() -> Salts {
    Salts::new(Zeroizing::new([77; 32]))
}

fn steward() -> Power {
    Power {
        role: Role::Steward,
        categories: [Category::HeartRate, Category::BloodPressure].into(),
        recipients: BTreeSet::new(),
        longest_ms: 10 * DAY,
        begins_ms: NOW,
        lapses_ms: NOW + 60 * DAY,
        review_ms: None,
        springs: false,
        instrument: power::instrument_hash(&[1; 32], b"a deed"),
    }
}

fn approver() -> Power {
    Power { role: Role::Approver, categories: BTreeSet::new(), instrument: Hash32::ZERO, ..steward() }
}

fn rules() -> Rules {
    let ordinary = [Category::HeartRate].into();
    Rules { approvals: 1, long_ms: 5 * DAY, ordinary, veto_ms: HOUR, objector: 0 }
}

impl Family {
    fn new() -> Self {
        Self::with(steward())
    }

    fn with(power: Power) -> Self {
        let town = Town::new(4);
        let mut rng = ChaCha20Rng::seed_from_u64(21);
        let person = SigningKey::generate(&mut rng);
        let inbox = ReaderSecret::generate(&mut rng);
        let (daughter, son) = (RelativeSecret::generate(&mut rng), RelativeSecret::generate(&mut rng));
        let delegates = vec![
            power.delegate(daughter.signing.verifying_key(), &salts()),
            approver().delegate(son.signing.verifying_key(), &salts()),
        ];
        let made = speak::make(&town, &person, Nonce16([3; 16]), delegates.clone(), rules().policy(&salts()));
        let circle = block_on(made).unwrap();
        // After a crash that forgot the answer.
        let again = speak::make(&town, &person, Nonce16([3; 16]), delegates, rules().policy(&salts()));
        assert_eq!(block_on(again), Ok(circle));
        let clinician = Clinician::new(&town);
        Self { town, patient: Patient::new(), clinician, person, inbox, daughter, son, circle, rng }
    }

    fn now(&self) -> i64 {
        self.town.inside().now
    }

    fn standing(&self) -> CircleRecord {
        block_on(speak::standing(&self.town, &self.circle)).unwrap().value
    }

    fn voice<'a>(&self, key: &'a SigningKey) -> Voice<'a> {
        Voice { circle: self.circle, key }
    }

    fn helpers(&self) -> Vec<Helper> {
        let helper = |(seat, secret, name): (u8, &RelativeSecret, &str)| Helper {
            seat,
            relative: Relative {
                pk: secret.signing.verifying_key(),
                inbox: secret.inbox.public(),
                name: name.into(),
            },
        };
        [(1, &self.daughter, "Leïla"), (2, &self.son, "Karim")].map(helper).to_vec()
    }

    /// The word for one of them as the person writes it, sends it, and they read it.
    fn told(&mut self, to: &RelativeSecret, power: &Power) -> Word {
        let (chain, now) = (self.town.ctx.chain_id, self.now());
        let pk = to.signing.verifying_key();
        let mut word = Word::new(self.circle, pk, now, "Maria K.", self.inbox.public());
        word.tell_salts(&salts());
        word.helpers = self.helpers();
        word.ordinary = rules().ordinary;
        word.allowed = power.categories.clone();
        let named = |pk: &VerifyingKey| Recipient {
            salt: salts().recipient(pk),
            name: "Dr Ana Wójcik".into(),
            organisation: "Heart Clinic".into(),
        };
        word.recipients = power.recipients.iter().map(|pk| (*pk, named(pk))).collect();
        if power.role == Role::Steward {
            let of = |(s, tree): &(salus_vault::Series, salus_vault::Tree)| SeriesKey {
                series: *s,
                tree: tree.clone(),
            };
            let roots = self.patient.roots.iter().filter(|(s, _)| power.categories.contains(&s.category));
            let series: Vec<SeriesKey> = roots.map(of).collect();
            let scope = power.lease(NOW - 30 * DAY, now).unwrap();
            let (writer, devices) = (self.patient.writer(), vec![Patient::told()]);
            let estate = Estate::lease(&series, scope, "Maria K.", &[writer], Vec::new(), devices);
            word.estate = Some(estate.unwrap());
        }
        let said = word.sign(&chain, &self.person).unwrap();
        let inbox = to.inbox.public();
        block_on(letter::send(&self.town, &said, &inbox, now + KEEP_MS, now, &mut self.rng)).unwrap();
        let letters = block_on(letter::collect(&self.town, &to.inbox, &BTreeSet::new())).unwrap();
        let words = letters.iter().filter_map(|(_, said)| Word::read_for(said, &pk).ok());
        let word = words.max_by_key(|word| word.number).unwrap();
        word.verify(&chain, &self.standing()).unwrap();
        word
    }

    fn gift(&self, categories: &[Category], days: i64) -> Gift {
        Gift {
            invitation: self.clinician.invitation(&self.town),
            categories: categories.iter().copied().collect(),
            scope: Scope::new(EPOCH - 40, EPOCH + 40).unwrap(),
            not_before: self.now(),
            expires: self.now() + days * DAY,
            contract: None,
            grant_key: SigningKey::from_bytes(&[6; 32]),
        }
    }

    fn prepare(&mut self, word: &Word, gift: &Gift) -> Result<Given, GiveError> {
        let (circle, now) = (self.standing(), self.now());
        let pk = self.daughter.signing.verifying_key();
        give::prepare(word, &circle, pk, gift, &self.town.genesis, now, &mut self.rng)
    }

    /// Gives and tells; the notice as the son reads it.
    fn give(&mut self, word: &Word, gift: &Gift) -> (Given, Notice) {
        let mut given = self.prepare(word, gift).unwrap();
        let (now, key) = (self.now(), self.daughter.signing.clone());
        let advanced =
            block_on(give::advance(&self.town, &mut given, &gift.grant_key, &key, now, &mut |_| {}));
        assert!(advanced.unwrap().missing.is_empty());
        assert_eq!(Given::decode(&given.encode()), Ok(given.clone()));
        let chain = self.town.ctx.chain_id;
        let attestation = gift.invitation.attestation.clone();
        let (id, categories) = (given.permission().id(), gift.categories.clone());
        let notice = Notice::sign(self.circle, id, attestation, categories, gift.scope, &chain, &key);
        (given, Notice::decode(&notice.encode()).unwrap())
    }

    fn sealed(&self) {
        let epochs = [
            self.patient.sealed(Category::BloodPressure, EPOCH - 1, 3, 1),
            self.patient.sealed(Category::HeartRate, EPOCH - 30, 20, 1),
            self.patient.sealed(Category::OxygenSaturation, EPOCH - 1, 4, 1),
        ];
        block_on(upload(&self.town, &epochs, NOW + 60 * DAY, NOW)).unwrap();
    }

    /// What the clinician's application opens of a permission.
    fn opens(&mut self, id: GrantId) -> Result<usize, OpenError> {
        let (town, reader, now) = (&self.town, &self.clinician.reader, self.now());
        let pointers = block_on(poll(town, reader)).unwrap();
        let pointer = pointers.iter().find(|pointer| pointer.grant == id).unwrap();
        let capsule = block_on(fetch(town, pointer)).unwrap();
        let record = block_on(crate::Network::grant(town, &id)).unwrap().value;
        let shared = accept(&capsule, reader, record.as_ref(), &town.genesis)?;
        assert_eq!(shared.patient(), "Maria K.");
        let opened = block_on(open(town, &shared, reader, now, &mut self.rng, &mut |_| {}))?;
        town.forget_rate();
        Ok(opened.readings.iter().map(|(_, readings)| readings.len()).sum())
    }
}

#[test]
fn the_son_approves_the_veto_window_passes_and_the_clinician_opens() {
    let mut family = Family::new();
    family.sealed();
    let (daughter, son) = (family.daughter.clone(), family.son.clone());
    let word = family.told(&daughter, &steward());
    let gift = family.gift(&[Category::BloodPressure], 2);
    let (given, notice) = family.give(&word, &gift);
    let id = given.permission().id();
    assert_eq!(given.needs(), 1, "blood pressure is not among the ordinary ones");
    assert_eq!(family.opens(id).unwrap_err().code(), ErrorCode::NotAllowed);

    let sons = family.told(&son, &approver());
    assert!(sons.estate.is_none());
    let shown = block_on(notice::prove(&family.town, &sons, &notice)).unwrap();
    assert_eq!((shown.given.needs, shown.given.ready_ms), (1, None));
    assert_eq!(shown.grant.terms.expires_ms, gift.expires);
    let own = speak::approve(&family.town, family.voice(&daughter.signing), Subject::Grant(id));
    assert_eq!(block_on(own), Err(TxRefused::Concerned.into()));
    let approve = || speak::approve(&family.town, family.voice(&son.signing), Subject::Grant(id));
    block_on(approve()).unwrap();
    assert_eq!(block_on(approve()), Err(TxRefused::AlreadySaid.into()));
    assert_eq!(family.opens(id).unwrap_err().code(), ErrorCode::NotAllowed, "the veto window");
    family.town.wait(HOUR);
    assert_eq!(family.opens(id), Ok(3));

    block_on(speak::stop(&family.town, family.voice(&son.signing), id)).unwrap();
    assert_eq!(family.opens(id).unwrap_err().code(), ErrorCode::Stopped);
    let again = block_on(speak::stop(&family.town, family.voice(&son.signing), id));
    assert_eq!(again, Err(TxRefused::Ended.into()));
}

#[test]
fn what_an_undone_delegate_gave_rests_until_the_person_confirms_it() {
    let mut family = Family::new();
    family.sealed();
    let (daughter, person) = (family.daughter.clone(), family.person.clone());
    let word = family.told(&daughter, &steward());
    let gift = family.gift(&[Category::HeartRate], 2);
    let (given, _) = family.give(&word, &gift);
    let id = given.permission().id();
    assert_eq!((given.needs(), family.opens(id)), (0, Ok(20)));

    let after = speak::change(&family.town, family.voice(&person), Change::RemoveDelegate(1));
    assert!(block_on(after).unwrap().value.seated(1).is_none());
    assert_eq!(family.opens(id).unwrap_err().code(), ErrorCode::NotAllowed);
    let later = family.prepare(&word, &gift).unwrap_err();
    assert_eq!(later, GiveError::Refused(TxRefused::CircleSigner));
    block_on(speak::approve(&family.town, family.voice(&person), Subject::Grant(id))).unwrap();
    assert_eq!(family.opens(id), Ok(20));
}

#[test]
fn more_power_waits_for_72_hours_and_anybody_of_the_circle_objects() {
    let family = Family::new();
    let niece = RelativeSecret::generate(&mut ChaCha20Rng::seed_from_u64(99));
    let power = approver().delegate(niece.signing.verifying_key(), &salts());
    let add = || speak::change(&family.town, family.voice(&family.person), Change::AddDelegate(power));
    let waits = block_on(add()).unwrap().value.pending.unwrap();
    assert_eq!(waits.effective_ms, Some(NOW + DELAY_MS));
    let object =
        speak::object(&family.town, family.voice(&family.son.signing), Subject::Change(waits.subject));
    block_on(object).unwrap();
    assert_eq!(family.standing().pending, None);
    let nothing =
        speak::object(&family.town, family.voice(&family.son.signing), Subject::Change(waits.subject));
    assert_eq!(block_on(nothing), Err(TxRefused::NothingWaits.into()));
    block_on(add()).unwrap();
    family.town.wait(DELAY_MS);
    assert!(family.standing().seated(3).is_some());
    let stranger = SigningKey::from_bytes(&[250; 32]);
    let strange = speak::change(&family.town, family.voice(&stranger), Change::RemoveDelegate(3));
    assert_eq!(block_on(strange), Err(TxRefused::CircleSigner.into()));
    let own = speak::change(&family.town, family.voice(&niece.signing), Change::RemoveDelegate(3));
    assert!(block_on(own).unwrap().value.seated(3).is_none(), "a power is laid down at once");
    let nowhere = Voice { circle: CircleId([1; 32]), key: &family.person };
    let unknown = speak::change(&family.town, nowhere, Change::RemoveDelegate(1));
    assert_eq!(block_on(unknown), Err(CircleError::Unknown));
}
