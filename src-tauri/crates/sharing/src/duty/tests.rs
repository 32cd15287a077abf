use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::ids::{GrantId, VerifyingKey};
use salus_wire::ErrorCode;

use super::*;
use crate::town::{NOW, Patient, Town};

const EPOCH: u32 = 438_232;

fn night() -> DutyGroup {
    DutyGroup::new(1, "Night").unwrap()
}

fn plan(patient: &Patient) -> Plan {
    // The reader is put in by the group; any will do here.
    patient.plan_for(ReaderKey([0; 64]), Scope::new(EPOCH - 40, EPOCH + 40).unwrap())
}

#[test]
fn a_note_reads_back_only_whole_and_shows_no_name_that_misleads() {
    let note = Note {
        capsule: Hash32([1; 32]),
        patient: "Maria K.".into(),
        scope: Scope::new(1, 9).unwrap(),
        begins: 5,
        ends: 6,
        categories: Category::ALL.to_vec(),
    };
    let octets = note.encode();
    assert_eq!(Note::decode(&octets), Ok(note.clone()));
    for cut in 0..octets.len() {
        assert!(Note::decode(&octets[..cut]).is_err(), "{cut}");
    }
    let widest = Note { patient: "\u{1f600}".repeat(80), ..note.clone() };
    assert_eq!(Note::decode(&widest.encode()), Ok(widest));
    for patient in ["", " ", "a\nb", "Maria \u{202e}K", "x".repeat(81).as_str()] {
        let misleading = Note { patient: patient.into(), ..note.clone() };
        assert!(Note::decode(&misleading.encode()).is_err(), "{patient:?}");
    }
}

#[test]
fn a_permission_to_a_group_is_under_its_tag_and_contract_and_sealed_to_its_member() {
    let (town, patient, mut rng) = (Town::new(4), Patient::new(), ChaCha20Rng::seed_from_u64(1));
    let permission = prepare(plan(&patient), &night(), &town.genesis, NOW, &mut rng).unwrap();
    let terms = permission.terms();
    assert_eq!(terms.reader_pk_root, night().tag());
    assert_eq!(Some(terms.contract_hash), night().contract_hash());
    assert_eq!(permission.reader(), &night().reader(&town.genesis).unwrap());
    assert_eq!(Permission::parse(&permission.encode()), Ok(permission));
}

#[test]
fn what_no_duty_contract_knows_is_refused() {
    let (town, patient, mut rng) = (Town::new(4), Patient::new(), ChaCha20Rng::seed_from_u64(1));
    let daily = Plan { shares: Shares::Days { first: 1, last: 2 }, ..plan(&patient) };
    assert_eq!(prepare(daily, &night(), &town.genesis, NOW, &mut rng), Err(IssueError::Series));
    let nobody = DutyGroup::new(5, "Night").unwrap();
    assert_eq!(prepare(plan(&patient), &nobody, &town.genesis, NOW, &mut rng), Err(IssueError::OtherChain));
}

#[test]
fn a_desk_that_is_away_is_tried_again_and_the_note_is_left_once() {
    use futures::executor::block_on;
    let (town, patient, mut rng) = (Town::new(4), Patient::new(), ChaCha20Rng::seed_from_u64(1));
    let mut permission = prepare(plan(&patient), &night(), &town.genesis, NOW, &mut rng).unwrap();
    town.inside().down = [1].into_iter().collect();
    let key = &patient.grant_key;
    let away = block_on(advance(&town, &mut permission, &night(), key, NOW, &mut |_| {})).unwrap_err();
    assert_eq!(away.code(), ErrorCode::Offline);
    // It is recorded all the same, and waits to be tried again.
    assert!(permission.unsettled());
    assert!(block_on(town.grant(&permission.id())).unwrap().value.is_some());
    town.inside().down = crate::Members::default();
    block_on(advance(&town, &mut permission, &night(), key, NOW, &mut |_| {})).unwrap();
    assert!(!permission.unsettled());
}

#[test]
fn an_answer_who_it_was_counts_from_the_member_about_the_key_in_the_receipt() {
    use futures::executor::block_on;
    let mut scene = crate::open::duty_scene();
    let opened = scene.open().unwrap();
    assert!(!opened.readings.is_empty());
    let receipt = scene.town.inside().last_access().unwrap();
    let signer = receipt.opening().unwrap().reader_pk;
    let ask = |signer: &ReaderKey, key: &SigningKey| {
        block_on(who(&scene.town, &night(), receipt.hash(), signer, key))
    };
    let attestation = ask(&signer, &scene.patient.grant_key).unwrap();
    assert_eq!(attestation, scene.clinician.attestation);
    // Another key asks; the answer is about another key than the receipt's.
    assert!(matches!(ask(&signer, &scene.clinician.credential), Err(LightError::Keeper { .. })));
    let other = salus_chain::duty::person_key(VerifyingKey([1; 32]));
    assert_eq!(ask(&other, &scene.patient.grant_key), Err(LightError::BadAnswer { member: 1 }));
    assert_ne!(scene.found.grant, GrantId([0; 32]));
}

#[test]
fn a_member_says_as_what_it_has_people_on_duty() {
    use futures::executor::block_on;
    let town = Town::new(4);
    assert_eq!(block_on(offered(&town, 1)), Ok(vec![night()]));
}
