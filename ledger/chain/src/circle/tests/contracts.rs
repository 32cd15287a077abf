//! A delegate's permission under a consent contract: its circle and its contract are both asked, and neither stands in for the
//! other.

use super::family::*;
use crate::contract::{Ready, contract_hash};
use crate::fixture::DAY;
use crate::state::{StateKey, StatementRecord, TxRefused};
use crate::tx::{CredentialStatus, Tx};

const GIVE_ONLY: &str = "permit (principal, action == Action::\"give\", resource);\n";
const OPEN_ONLY: &str = "permit (principal, action == Action::\"open\", resource);\n";
const TWO_APPROVED: &str = "permit (principal, action == Action::\"give\", resource);\n\
    permit (principal, action == Action::\"open\", resource) when { context.approvals >= 2 };\n";

fn text(ready: Ready) -> String {
    ready.text().unwrap()
}

/// Anna's permission 1 of these categories, for three days, under the contract of this text.
fn give(family: &mut Family, text: &str, categories: &[u8]) -> Result<(), TxRefused> {
    let mut body = family.grant_body(1, ANNA, 3 * DAY, categories);
    body.grant.terms.contract_hash = contract_hash(text);
    let tx = family.sign_grant(body, 1, ANNA);
    family.run(tx)
}

fn under(text: &str, categories: &[u8]) -> Family {
    let mut family = Family::new();
    let contract = family.chain.contract_tx(1, text);
    assert_eq!(family.run(contract), Ok(()));
    assert_eq!(give(&mut family, text, categories), Ok(()));
    family
}

/// Opened in an emergency by the clinician whom the permission names, with another's word.
fn stated(family: &Family, by: Option<u8>) -> Tx {
    family.chain.emergency_tx(1, 2, 1, CLINICIANS[0], by)
}

#[test]
fn a_steward_names_a_contract_that_is_recorded_and_permits_it() {
    let mut family = Family::new();
    assert_eq!(give(&mut family, GIVE_ONLY, &[1]), Err(TxRefused::Contract));
    for contract in [GIVE_ONLY, OPEN_ONLY] {
        let contract = family.chain.contract_tx(1, contract);
        assert_eq!(family.run(contract), Ok(()));
    }
    assert_eq!(give(&mut family, OPEN_ONLY, &[1]), Err(TxRefused::ContractDenies));
    assert_eq!(give(&mut family, GIVE_ONLY, &[1]), Ok(()));
    // The circle has nothing against it, the contract has.
    assert_eq!(family.opens(1), Err(TxRefused::ContractDenies));
}

#[test]
fn what_rests_is_neither_opened_with_a_statement_nor_announced() {
    let mut family = under(&text(Ready::BreakGlass), &[SENSITIVE]);
    let rests = Err(TxRefused::PermissionRests);
    let (seconded, announce) =
        (stated(&family, Some(CLINICIANS[1])), family.chain.announce_by(1, 1, CLINICIANS[0], 0));
    assert_eq!((family.run(seconded.clone()), family.run(announce.clone())), (rests, rests));
    let subject = family.subject(1);
    assert_eq!(family.approve(BEN, subject), Ok(()));
    assert_eq!(family.approve(CLEO, subject), Ok(()));
    family.wait(DAY - 2);
    assert_eq!((family.opens(1), family.run(announce.clone())), (rests, rests));
    family.wait(1);
    assert_eq!(family.run(announce), Ok(()));
    assert_eq!(family.run(seconded.clone()), Ok(()));
    let statement: StatementRecord = family.chain.record(&StateKey::Statement(seconded.hash())).unwrap();
    assert_eq!(statement.second_pk, Some(pk(CLINICIANS[1])));
}

#[test]
fn a_contract_sees_the_approvals() {
    let mut family = under(TWO_APPROVED, &[SENSITIVE]);
    let subject = family.subject(1);
    assert_eq!(family.approve(BEN, subject), Ok(()));
    assert_eq!(family.approve(CLEO, subject), Ok(()));
    family.wait(DAY);
    assert_eq!(family.opens(1), Ok(()));
    // One that needed none is ready at once, and has none.
    assert_eq!(under(TWO_APPROVED, &[1]).opens(1), Err(TxRefused::ContractDenies));
}

#[test]
fn on_duty_is_the_clinician_whom_the_permission_names() {
    let mut family = under(&text(Ready::OnDuty { member: 1 }), &[1]);
    // Attested for ten years, and so not for a shift.
    assert_eq!(family.opens(1), Err(TxRefused::ContractDenies));
    // The reader's own key counts for nothing here.
    let own = family.chain.credential_tx(101, CredentialStatus::Active, DAY, 1);
    assert_eq!(family.run(own), Ok(()));
    assert_eq!(family.opens(1), Err(TxRefused::ContractDenies));
    let shift = family.chain.credential_tx(CLINICIANS[0], CredentialStatus::Active, DAY, 2);
    assert_eq!(family.run(shift), Ok(()));
    assert_eq!(family.opens(1), Ok(()));
}

#[test]
fn nobody_seconds_themselves_under_their_attested_key() {
    let mut family = under(&text(Ready::TwoPersons), &[1]);
    let (alone, own, other) =
        (stated(&family, None), stated(&family, Some(CLINICIANS[0])), stated(&family, Some(CLINICIANS[1])));
    assert_eq!(family.run(alone), Err(TxRefused::ContractDenies));
    assert_eq!(family.run(own), Err(TxRefused::Second));
    assert_eq!(family.run(other), Ok(()));
}

#[test]
fn for_treatment_the_clinician_whom_the_permission_names_opens_with_another() {
    let mut family = under(&text(Ready::TwoPersons), &[1]);
    let [named, other, third] = CLINICIANS;
    for (opener, second, why) in [
        (named, named, Err(TxRefused::Second)),
        (other, named, Err(TxRefused::Opener)),
        (other, third, Err(TxRefused::Opener)),
        (named, other, Ok(())),
    ] {
        let tx = family.chain.seconded_tx(1, 2, 0, opener, second);
        assert_eq!(family.run(tx), why, "{opener}, {second}");
    }
}
