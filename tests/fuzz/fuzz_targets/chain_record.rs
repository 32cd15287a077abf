//! Records of the state, as a member hands them out: one encoding each.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::codec::Record;
use salus_chain::state::{
    AccessPointer, AccessRecord, ChainRecord, ContractRecord, CredentialRecord, DutyGrantRecord, DutyRecord,
    EmergencyRecord, EnrolmentRecord, GrantRecord, StatementRecord,
};

fn strict<T: Record>(octets: &[u8]) -> Option<T> {
    let record = T::decode(octets).ok()?;
    assert!(octets.len() <= T::MAX && record.encode() == octets);
    Some(record)
}

fuzz_target!(|bytes: &[u8]| {
    let _ = (strict::<AccessRecord>(bytes), strict::<AccessPointer>(bytes), strict::<ChainRecord>(bytes));
    if let Some(grant) = strict::<GrantRecord>(bytes) {
        let _ = (grant.status_at(0), grant.counts(), grant.acked(u16::MAX), grant.erasure_confirmed(0));
    }
    let _ = strict::<CredentialRecord>(bytes).map(|credential| credential.in_force(0));
    let _ = strict::<EnrolmentRecord>(bytes).map(|enrolment| enrolment.status_at(0));
    let _ = (strict::<StatementRecord>(bytes), strict::<EmergencyRecord>(bytes));
    let _ = strict::<DutyRecord>(bytes)
        .map(|duty| (duty.in_force(0), duty.body.group.serves(None, Some(&duty), 0)));
    let _ = strict::<DutyGrantRecord>(bytes).map(|given| (given.group.tag(), given.group.contract_hash()));
    let _ = strict::<ContractRecord>(bytes).map(|contract| contract.hash());
    let _ = strict::<CircleRecord>(bytes).map(|circle| circle.at(i64::MAX).encode());
    let _ = strict::<CircleGrantRecord>(bytes);
});
