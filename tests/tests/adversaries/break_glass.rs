//! Break-glass without a reason: the emergency contract on a permission of the person's own, and an emergency doctor in a hurry.

use anyhow::{Context, Result, ensure};
use salus_chain::contract::{Ready, contract_hash};
use salus_chain::ids::Hash32;
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::state::{StatementRecord, TxRefused};
use salus_chain::tx::{AnnounceBody, ContractBody, Purpose, Second, Tx};
use salus_keeper::release::Refusal;

use crate::permission::{Opening, Permission, reader_pk};
use crate::stage::{CLINICIANS, DAY, HOUR, NEVER, Stage, clinician, key};

const CASE: u8 = 8;
const PERSON: u8 = 10;
const DOCTOR: u8 = 11;
const STRANGER: u8 = 30;
const MINUTE: i64 = 60_000;

/// A reason that the contract accepts.
const REASON: u8 = 1;
const EMERGENCY: (Purpose, u8) = (Purpose::Emergency, REASON);

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let text = Ready::BreakGlass.text()?;
    let contract = contract_hash(&text);
    let author = key(CASE, PERSON);
    let body = ContractBody { author_pk: author.verifying_key(), valid_until_height: NEVER, text };
    let tx = Tx::Contract(body.sign(&stage.chain(), stage.pow_bits(), &author));
    stage.record("the emergency contract", &tx).await?;
    let permission = given(stage, contract).await?;
    says_no_reason(stage, &permission).await?;
    seconds_themselves(stage, &permission).await?;
    announces_and_does_not_wait(stage, &permission).await?;
    opens_in_the_open(stage, &permission).await
}

async fn given(stage: &Stage, contract: Hash32) -> Result<Permission> {
    let (own, doctor) = (key(CASE, 100), key(CASE, DOCTOR));
    let permission = Permission::deal(stage, own, doctor, 2 * DAY, contract).await?;
    stage.record("the person's emergency permission", &permission.plain(stage)).await?;
    Ok(permission)
}

fn second(stage: &Stage, opening: &Opening, stated: (Purpose, u8), by: &SigningKey) -> Second {
    Second::sign(&opening.access, stated.0, stated.1, &stage.chain(), by)
}

async fn says_no_reason(stage: &Stage, permission: &Permission) -> Result<()> {
    let (doctor, colleague) = (&permission.reader, clinician(CLINICIANS[0]));
    let denied = TxRefused::ContractDenies;
    permission.closed(stage, "no statement at all", denied).await?;
    for (what, stated) in [
        ("an emergency without a reason", (Purpose::Emergency, 0)),
        ("a reason that there is not", (Purpose::Emergency, 6)),
        ("a reason, and no emergency", (Purpose::Treatment, REASON)),
    ] {
        let opening = permission.opening(stage, doctor)?;
        let seconded = second(stage, &opening, stated, &colleague);
        let (receipt, request) = opening.stated(stage, doctor, stated, Some(seconded));
        stage.refused(what, &receipt, denied).await?;
        stage.keepers_refuse(what, &request, &[Refusal::NoReceipt]).await?;
    }
    let (receipt, _) = permission.opening(stage, doctor)?.stated(stage, doctor, EMERGENCY, None);
    stage.refused("nobody else, and no announcement", &receipt, denied).await?;
    nothing_happened(stage, permission).await
}

async fn nothing_happened(stage: &Stage, permission: &Permission) -> Result<()> {
    let emergency = stage.client.prove_emergency(&permission.id).await?.value;
    ensure!(emergency.is_none(), "recorded is {emergency:?}");
    let log = stage.client.grant_log(&permission.id).await?.value.context("there is no such permission")?.1;
    ensure!(log.is_empty(), "it was opened");
    Ok(())
}

async fn seconds_themselves(stage: &Stage, permission: &Permission) -> Result<()> {
    let doctor = &permission.reader;
    for (what, by) in [("the doctor is the second", doctor.clone()), ("a stranger is", key(CASE, STRANGER))] {
        let opening = permission.opening(stage, doctor)?;
        let seconded = second(stage, &opening, EMERGENCY, &by);
        let (receipt, _) = opening.stated(stage, doctor, EMERGENCY, Some(seconded));
        stage.refused(what, &receipt, TxRefused::Second).await?;
    }
    // A colleague's word for one opening is none for another, nor for another reason.
    let (one, other) = (permission.opening(stage, doctor)?, permission.opening(stage, doctor)?);
    let colleague = clinician(CLINICIANS[0]);
    for (what, seconded) in [
        ("a colleague's word for another opening", second(stage, &one, EMERGENCY, &colleague)),
        ("a colleague's word for another reason", second(stage, &other, (Purpose::Emergency, 2), &colleague)),
    ] {
        let (receipt, _) = other.stated(stage, doctor, EMERGENCY, Some(seconded));
        stage.refused(what, &receipt, TxRefused::Signature).await?;
    }
    nothing_happened(stage, permission).await
}

fn announcement(stage: &Stage, permission: &Permission, reason: u8) -> Tx {
    let reader_pk = reader_pk(&permission.reader);
    let body = AnnounceBody { grant_id: permission.id, reader_pk, path: MerklePath::single(), reason };
    Tx::Announce(body.sign(&stage.chain(), &permission.reader))
}

async fn announces_and_does_not_wait(stage: &Stage, permission: &Permission) -> Result<()> {
    let doctor = &permission.reader;
    let silent = announcement(stage, permission, 0);
    stage.refused("an announcement without a reason", &silent, TxRefused::Malformed).await?;
    stage.record("an announcement", &announcement(stage, permission, REASON)).await?;
    let (receipt, request) = permission.opening(stage, doctor)?.stated(stage, doctor, EMERGENCY, None);
    stage.refused("at once after it", &receipt, TxRefused::ContractDenies).await?;
    stage.keepers_refuse("at once after it", &request, &[Refusal::NoReceipt]).await?;
    let again = announcement(stage, permission, 2);
    stage.refused("another announcement", &again, TxRefused::Announced).await
}

/// With a reason and after half an hour in which the family could answer: it opens, it shows for ever, and it ends by itself.
async fn opens_in_the_open(stage: &Stage, permission: &Permission) -> Result<()> {
    let doctor = &permission.reader;
    stage.pass(31 * MINUTE).await?;
    permission.closed(stage, "still no statement", TxRefused::ContractDenies).await?;
    let (receipt, request) = permission.opening(stage, doctor)?.stated(stage, doctor, EMERGENCY, None);
    stage.record("the emergency opening", &receipt).await?;
    stage.keepers_release("the emergency opening", &request).await?;
    let said = stage.client.prove_statement(&receipt.hash()).await?.value;
    let expected = StatementRecord { purpose: Purpose::Emergency, reason: REASON, second_pk: None };
    ensure!(said == Some(expected), "what is shown is {said:?}");
    stage.pass(5 * HOUR).await?;
    let ended = [Refusal::Contract, Refusal::ReceiptTooOld];
    stage.keepers_refuse("five hours later", &request, &ended).await?;
    let (receipt, _) = permission.opening(stage, doctor)?.stated(stage, doctor, EMERGENCY, None);
    stage.refused("a new opening after four hours", &receipt, TxRefused::ContractDenies).await
}
