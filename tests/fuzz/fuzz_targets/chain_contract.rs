//! A consent contract from a stranger: within its bounds it is refused or evaluated, and the policy engine neither panics nor
//! runs out of stack.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::contract::{Action, Compiled, ContractFault, Facts, MAX_CONTRACT, Ready};
use salus_chain::ids::{GrantId, Hash32, KeeperSetId, VerifyingKey};
use salus_chain::tx::{GrantTerms, Purpose};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let checked = Compiled::check(text);
    assert!(checked.is_err() || text.len() <= MAX_CONTRACT);
    assert!(!matches!(checked, Err(ContractFault::Engine)));
    assert!(Ready::of(text).is_none() || checked.is_ok());
    let Ok(contract) = checked else { return };
    let terms = GrantTerms {
        grant_id: GrantId([0; 32]),
        patient_grant_pk: VerifyingKey([0; 32]),
        reader_pk_root: Hash32::ZERO,
        keeper_set_id: KeeperSetId([0; 32]),
        threshold: 1,
        commit_hash: Hash32::ZERO,
        capsule_hash: Hash32::ZERO,
        not_before_ms: 0,
        expires_ms: 1 << 42,
        contract_hash: Hash32::ZERO,
        revoker_root: Hash32::ZERO,
    };
    let facts = Facts::of(&terms, 1 << 40).stated(Purpose::Emergency, 1, true).of_slot(4, 1 << 39, 1 << 40);
    for action in [Action::Give, Action::Open, Action::Release] {
        assert_eq!(contract.permits(action, &facts), contract.permits(action, &facts));
    }
});
