use futures::executor::block_on;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::codec::Record;
use salus_chain::contract::{OutOfRange, Ready, contract_hash};
use salus_chain::ids::Hash32;
use salus_chain::state::{ContractRecord, StateKey};
use salus_keeper::Scope;

use super::*;
use crate::issue::{Plan, Progress, advance, prepare};
use crate::town::{Clinician, NOW, Patient, Town};

const EPOCH: u32 = 438_232;
const NIGHTS: Ready = Ready::Hours { from: 22 * 60, to: 6 * 60, utc_offset_minutes: 60 };

fn plan(town: &Town, patient: &Patient, seed: u64) -> Plan {
    let invitation = Clinician::of_seed(town, seed).invitation(town);
    Plan { contract: Some(NIGHTS), ..patient.plan(&invitation, Scope::new(EPOCH, EPOCH + 5).unwrap()) }
}

fn recorded(town: &Town) -> Option<ContractRecord> {
    town.inside().get(&StateKey::Contract(contract_hash(&NIGHTS.text().unwrap())))
}

#[test]
fn a_contract_is_recorded_before_the_permission_and_once_for_everybody() {
    let town = Town::new(4);
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let mut heights = Vec::new();
    for (seed, grant_key) in [(1, [6; 32]), (2, [7; 32])] {
        let patient = Patient { grant_key: SigningKey::from_bytes(&grant_key), ..Patient::new() };
        let mut given = prepare(&plan(&town, &patient, seed), &town.genesis, NOW, &mut rng).unwrap();
        assert_eq!(given.terms().contract_hash, contract_hash(&NIGHTS.text().unwrap()));
        assert_eq!(given.contract, NIGHTS.text().unwrap());
        let key = &patient.grant_key;
        let advanced = block_on(advance(&town, &mut given, key, NOW, &mut |_| {})).unwrap();
        let contract = recorded(&town).unwrap();
        assert!(contract.height < advanced.inclusion.height && given.contract.is_empty());
        heights.push(contract.height);
    }
    assert_eq!(heights[0], heights[1]);
}

#[test]
fn a_crash_after_the_contract_goes_on_with_the_permission() {
    let town = Town::new(4);
    let patient = Patient::new();
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let permission = prepare(&plan(&town, &patient, 1), &town.genesis, NOW, &mut rng).unwrap();
    let kept = permission.encode();
    let mut lost = permission;
    block_on(record(&town, &mut lost, &town.ctx, &patient.grant_key)).unwrap();
    let height = recorded(&town).unwrap().height;

    let mut again = Permission::parse(&kept).unwrap();
    assert!(!again.contract.is_empty());
    block_on(advance(&town, &mut again, &patient.grant_key, NOW, &mut |_| {})).unwrap();
    assert!(matches!(again.progress(), Progress::Recorded(_)));
    assert_eq!(recorded(&town).unwrap().height, height);
}

#[test]
fn a_permission_without_a_contract_names_none_and_an_impossible_one_is_refused() {
    let town = Town::new(4);
    let patient = Patient::new();
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let whenever = Plan { contract: None, ..plan(&town, &patient, 1) };
    let whenever = prepare(&whenever, &town.genesis, NOW, &mut rng).unwrap();
    assert_eq!((whenever.terms().contract_hash, whenever.contract.as_str()), (Hash32::ZERO, ""));
    let never = Ready::Hours { from: 1440, to: 0, utc_offset_minutes: 0 };
    let never = Plan { contract: Some(never), ..plan(&town, &patient, 2) };
    let refused = prepare(&never, &town.genesis, NOW, &mut rng).unwrap_err();
    assert_eq!(refused, IssueError::Condition(OutOfRange("hour")));
}
