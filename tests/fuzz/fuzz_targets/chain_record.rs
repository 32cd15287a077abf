//! Records of the state, as a member hands them out: one encoding each.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::codec::Record;
use salus_chain::ids::{TxHash, VerifyingKey};
use salus_chain::state::{
    AccessPointer, AccessRecord, ActRecord, Announcement, ChainRecord, ContractRecord, CredentialRecord,
    DutyGrantRecord, DutyRecord, EmergencyRecord, EnrolmentRecord, GrantRecord, ObjectionCount,
    ObjectionRecord, Review, Reviewer, StatementRecord,
};
use salus_chain::tx::Verdict;

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
    if let Some(credential) = strict::<CredentialRecord>(bytes) {
        assert!(!credential.another_person(&credential));
        let _ = credential.in_force(0);
    }
    let _ = strict::<EnrolmentRecord>(bytes).map(|enrolment| enrolment.status_at(0));
    let _ = strict::<StatementRecord>(bytes);
    let by = VerifyingKey([1; 32]);
    if let Some(emergency) = strict::<EmergencyRecord>(bytes) {
        let _ = emergency.serves(i64::MAX, &by);
        let one = Announcement { by, reason: 1, at_ms: emergency.follows_ms(), tx: TxHash([2; 32]) };
        let _ = emergency.announced(one).map(|after| assert!(after.encode().len() <= EmergencyRecord::MAX));
    }
    if let Some(act) = strict::<ActRecord>(bytes) {
        let review = Review { by, verdict: Verdict::Objected, at_ms: 0 };
        let _ = act
            .reviewed(review, Reviewer::Person)
            .map(|after| assert!(after.encode().len() <= ActRecord::MAX));
    }
    let _ = (strict::<ObjectionCount>(bytes), strict::<ObjectionRecord>(bytes));
    let _ = strict::<DutyRecord>(bytes)
        .map(|duty| (duty.in_force(0), duty.body.group.serves(None, Some(&duty), 0)));
    let _ = strict::<DutyGrantRecord>(bytes).map(|given| (given.group.tag(), given.group.contract_hash()));
    let _ = strict::<ContractRecord>(bytes).map(|contract| contract.hash());
    let _ = strict::<CircleRecord>(bytes).map(|circle| circle.at(i64::MAX).encode());
    let _ = strict::<CircleGrantRecord>(bytes);
});
