//! A clinician who is the second one too: the patient lets it be opened by two only, and the reader's key, which nobody attests, is
//! used with an application that leaves out every rule.

use anyhow::{Result, bail, ensure};
use salus_chain::contract::{Ready, contract_hash};
use salus_chain::sign::SigningKey;
use salus_chain::state::{StatementRecord, TxRefused};
use salus_chain::tx::{ContractBody, Purpose, Second, StatedAccessBody, Tx};
use salus_keeper::message::ReleaseRequest;
use salus_keeper::release::Refusal;

use crate::family::STRANGER;
use crate::permission::Permission;
use crate::stage::{CLINICIANS, DAY, NEVER, Stage, clinician, key};

const CASE: u8 = 14;
const PERSON: u8 = 10;
const READER: u8 = 11;
/// Another key of the first clinician, which the same member attests.
const OTHER_KEY: u8 = 12;

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let text = Ready::TwoPersons.text()?;
    let (contract, author) = (contract_hash(&text), key(CASE, PERSON));
    let body = ContractBody { author_pk: author.verifying_key(), valid_until_height: NEVER, text };
    let tx = Tx::Contract(body.sign(&stage.chain(), stage.pow_bits(), &author));
    stage.record("the contract of two persons", &tx).await?;
    stage.attest(0, "Dr Ana Wójcik", "North Clinic", &key(CASE, OTHER_KEY)).await?;
    let (own, reader) = (key(CASE, 100), key(CASE, READER));
    let permission = Permission::deal(stage, own, reader, 2 * DAY, contract).await?;
    stage.record("the person's permission for two", &permission.plain(stage)).await?;
    permission.closed(stage, "no second one", TxRefused::ContractDenies).await?;
    is_both(stage, &permission).await?;
    says_nothing_of_who_opens(stage, &permission).await?;
    uses_a_word_again(stage, &permission).await?;
    opens_with_somebody_else(stage, &permission).await
}

fn doctor() -> SigningKey {
    clinician(CLINICIANS[0])
}

fn colleague() -> SigningKey {
    clinician(CLINICIANS[1])
}

/// Every member refuses the receipt, and every keeper what it is for.
async fn refused(stage: &Stage, what: &str, sent: &(Tx, ReleaseRequest), why: TxRefused) -> Result<()> {
    stage.refused(what, &sent.0, why).await?;
    stage.keepers_refuse(what, &sent.1, &[Refusal::NoReceipt]).await
}

async fn is_both(stage: &Stage, permission: &Permission) -> Result<()> {
    let (reader, other) = (&permission.reader, key(CASE, OTHER_KEY));
    let stranger = key(CASE, STRANGER);
    let (second, opener) = (TxRefused::Second, TxRefused::Opener);
    for (what, opens, agrees, why) in [
        ("the doctor is both", doctor(), doctor(), second),
        ("the doctor's other key agrees", doctor(), other.clone(), second),
        ("the doctor agrees to the other key", other, doctor(), second),
        ("the reader's key agrees", doctor(), reader.clone(), second),
        ("a stranger agrees", doctor(), stranger.clone(), second),
        ("a stranger opens", stranger, colleague(), opener),
        ("the reader's key opens", reader.clone(), colleague(), opener),
    ] {
        let sent = permission.opening(stage, reader)?.together(stage, reader, 0, &opens, &agrees);
        refused(stage, what, &sent, why).await?;
    }
    Ok(())
}

/// The form with which one clinician was enough: the second one signs, and nobody is named who opens.
async fn says_nothing_of_who_opens(stage: &Stage, permission: &Permission) -> Result<()> {
    let (reader, purpose) = (&permission.reader, Purpose::Treatment);
    for (what, agrees) in [("the doctor agrees to nobody", doctor()), ("a colleague does", colleague())] {
        let opening = permission.opening(stage, reader)?;
        let word = Second::sign(&opening.access, purpose, 0, &stage.chain(), &agrees);
        let sent = opening.stated(stage, reader, (purpose, 0), Some(word));
        refused(stage, what, &sent, TxRefused::Opener).await?;
    }
    Ok(())
}

async fn uses_a_word_again(stage: &Stage, permission: &Permission) -> Result<()> {
    let reader = &permission.reader;
    let (before, opening) = (permission.opening(stage, reader)?, permission.opening(stage, reader)?);
    let (doctor, purpose) = (doctor(), Purpose::Treatment);
    let opener = doctor.verifying_key();
    let word = Second::sign_for(&opener, &before.access, purpose, 0, &stage.chain(), &colleague());
    let (Tx::StatedAccess(honest), _) = opening.together(stage, reader, 0, &doctor, &colleague()) else {
        bail!("no statement");
    };
    let body = StatedAccessBody { second: Some(word), ..honest.body };
    let sent = opening.restated(stage, reader, body);
    refused(stage, "a word for another opening", &sent, TxRefused::Signature).await
}

/// With a colleague it opens, both are shown for ever, and it is no emergency.
async fn opens_with_somebody_else(stage: &Stage, permission: &Permission) -> Result<()> {
    let reader = &permission.reader;
    let opening = permission.opening(stage, reader)?;
    let (receipt, request) = opening.together(stage, reader, 0, &doctor(), &colleague());
    stage.record("an opening by two", &receipt).await?;
    stage.keepers_release("an opening by two", &request).await?;
    let said = stage.client.prove_statement(&receipt.hash()).await?.value;
    let second_pk = Some(colleague().verifying_key());
    let (purpose, reason, opener_pk) = (Purpose::Treatment, 0, Some(doctor().verifying_key()));
    let expected = StatementRecord { purpose, reason, second_pk, opener_pk };
    ensure!(said == Some(expected), "what is shown is {said:?}");
    let emergency = stage.client.prove_emergency(&permission.id).await?.value;
    ensure!(emergency.is_none(), "it counts as an emergency: {emergency:?}");
    Ok(())
}
