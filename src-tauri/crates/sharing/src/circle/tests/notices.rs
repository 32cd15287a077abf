//! A notice against what the chain holds.

use salus_chain::attestation::{Attestation, Person};

use super::*;
use crate::circle::notice::NoticeError;

#[test]
fn a_notice_that_tells_of_another_permission_is_refused() {
    let mut family = Family::new();
    let (daughter, son) = (family.daughter.clone(), family.son.clone());
    let word = family.told(&daughter, &steward());
    let gift = family.gift(&[Category::BloodPressure], 2);
    let (_, honest) = family.give(&word, &gift);
    let sons = family.told(&son, &approver());
    let (chain, key) = (family.town.ctx.chain_id, &daughter.signing);
    let told = |grant, attestation, categories: &[Category], key: &SigningKey| {
        let categories = categories.iter().copied().collect();
        let notice = Notice::sign(family.circle, grant, attestation, categories, honest.scope, &chain, key);
        block_on(notice::prove(&family.town, &sons, &notice)).map(drop)
    };
    let (grant, clinician) = (honest.grant, honest.attestation.clone());
    let pressure = [Category::BloodPressure];
    assert_eq!(told(grant, clinician.clone(), &pressure, key), Ok(()));
    let harmless = told(grant, clinician.clone(), &[Category::HeartRate], key);
    assert_eq!(harmless, Err(NoticeError::Otherwise));
    let nothing = told(GrantId([9; 32]), clinician.clone(), &pressure, key);
    assert_eq!(nothing, Err(NoticeError::NotGiven));
    let other = Person {
        credential_pk: SigningKey::from_bytes(&[8; 32]).verifying_key(),
        ..clinician.person.clone()
    };
    let other = Attestation::sign(other, 1, NOW, [9; 16], &chain, &family.town.signing[0]);
    assert_eq!(told(grant, other, &pressure, key), Err(NoticeError::Otherwise));
    assert_eq!(told(grant, clinician, &pressure, &son.signing), Err(NoticeError::Otherwise));
    let mut bent = honest.encode();
    let at = bent.len() - 70;
    bent[at] ^= 1;
    let bent = Notice::decode(&bent).unwrap();
    let bent = block_on(notice::prove(&family.town, &sons, &bent)).unwrap_err();
    assert_eq!(bent.code(), ErrorCode::ProofFailed);
}
