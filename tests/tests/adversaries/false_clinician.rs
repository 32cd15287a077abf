//! An organisation that attests a false clinician. Nobody can keep it from doing so; what it did is shown, is its own for ever,
//! and ends when it takes its word back.

use anyhow::{Context, Result, ensure};
use salus_chain::attestation::Attestation;
use salus_chain::contract::contract_hash;
use salus_chain::ids::Hash32;
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::tx::{ContractBody, Tx};
use salus_keeper::release::Refusal;

use crate::family::{ANNA, Family};
use crate::permission::{Permission, reader_pk};
use crate::stage::{DAY, NEVER, Stage, key};

const CASE: u8 = 10;
const FALSE: u8 = 31;
const NAME: &str = "Dr Nobody";

/// The organisation: its place among the members from 0, and its index from 1.
const PLACE: usize = 2;
const INDEX: u16 = 3;

/// Newer than any word of a member's, and of nobody in particular.
const NEWEST: (u64, Option<Hash32>) = (u64::MAX, None);

/// Who opens is attested at each opening and at each release, also by the contract.
const ATTESTED: &str = "permit (principal, action == Action::\"give\", resource);\n\
    permit (principal, action in [Action::\"open\", Action::\"release\"], resource)\n\
    when { principal.attested };";

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let mallory = key(CASE, FALSE);
    let pk = mallory.verifying_key();
    let attestation = stage.attest(PLACE, NAME, "Member 3", &mallory).await?;
    in_nobody_elses_name(stage, &mallory).await?;

    let family = Family::make(stage, CASE, |_| {}).await?;
    let asks = asking(&family).await?;
    let permission = deceived(&family, &mallory, 1, asks).await?;
    let without = deceived(&family, &mallory, 3, Hash32::ZERO).await?;
    let opened = permission.opened(stage, "the false clinician opens").await?;
    let opened_without = without.opened(stage, "and where no contract asks").await?;
    is_shown(&family, &permission, &attestation).await?;

    let withdrawn = stage.withdraw(PLACE, &pk).await?;
    ensure!(withdrawn.body.member_index == INDEX, "another organisation withdrew it");
    let what = "after the organisation took its word back";
    // The receipts of before are final and fresh; they open nothing more, whatever the contract asks.
    for request in [&opened.request, &opened_without.request] {
        stage.keepers_refuse(what, request, &[Refusal::Credential]).await?;
    }
    for permission in [&permission, &without] {
        permission.closed(stage, what, TxRefused::Credential).await?;
    }
    let another = family.deal(2, DAY).await?;
    let mut body = family.body(&another, ANNA, &[1]);
    body.readers = vec![family.reader(&another, &mallory)];
    let tx = family.sign(&another, body, ANNA);
    family.not_given(what, &another, &tx, TxRefused::Credential).await?;
    let again = stage.forged(pk, INDEX, NEWEST, &mallory);
    stage.refused("it is attested again", &again, TxRefused::CredentialOwner).await?;
    is_shown_for_ever(&family, &permission).await
}

async fn in_nobody_elses_name(stage: &Stage, mallory: &SigningKey) -> Result<()> {
    let friend = key(CASE, 32).verifying_key();
    for member in 1..=stage.client.genesis().n() {
        let tx = stage.forged(friend, member, NEWEST, mallory);
        stage.refused("a word in a member's name", &tx, TxRefused::Signature).await?;
    }
    let other = stage.forged(mallory.verifying_key(), INDEX - 1, NEWEST, mallory);
    stage.refused("another member takes it over", &other, TxRefused::CredentialOwner).await?;
    let said = stage.client.prove_credential(&friend).await?.value;
    ensure!(said.is_none(), "the friend is attested: {said:?}");
    Ok(())
}

/// A contract that asks for an attestation.
async fn asking(family: &Family<'_>) -> Result<Hash32> {
    let (stage, author) = (family.stage, family.key(40));
    let body = ContractBody {
        author_pk: author.verifying_key(),
        valid_until_height: NEVER,
        text: ATTESTED.to_owned(),
    };
    let tx = Tx::Contract(body.sign(&stage.chain(), stage.pow_bits(), &author));
    stage.record("a contract that asks for an attestation", &tx).await?;
    Ok(contract_hash(ATTESTED))
}

/// Anna was deceived: she permits, with her power and in good faith, to somebody whom an organisation calls a clinician.
async fn deceived(
    family: &Family<'_>,
    mallory: &SigningKey,
    number: u8,
    contract: Hash32,
) -> Result<Permission> {
    let stage = family.stage;
    let (own, reader) = (family.key(100 + number), family.key(200 + number));
    let permission = Permission::deal(stage, own, reader, DAY, contract).await?;
    let mut body = family.body(&permission, ANNA, &[1]);
    body.readers = vec![family.reader(&permission, mallory)];
    stage.record("a permission in good faith", &family.sign(&permission, body, ANNA)).await?;
    Ok(permission)
}

/// From the opening in the log to the person's name and the signature of the organisation that vouched.
async fn is_shown(family: &Family<'_>, permission: &Permission, attestation: &Attestation) -> Result<()> {
    let stage = family.stage;
    is_shown_for_ever(family, permission).await?;
    let given = family.given(permission.id).await?.context("it is no delegate's permission")?;
    let reader = reader_pk(&permission.reader);
    let credential_pk = given.credential_of(&reader).context("nobody answers for the reader")?;
    let credential = stage.client.prove_credential(&credential_pk).await?.value;
    let credential = credential.context("nobody's word on the reader is recorded")?;
    let (member, hash) = (credential.body.member_index, credential.body.attestation_hash);
    ensure!((member, hash) == (INDEX, attestation.hash()), "member {member} said something else");
    let person = (&attestation.person.credential_pk, attestation.person.name.as_str());
    ensure!(person == (&credential_pk, NAME), "it is about {person:?}");
    for (index, organisation) in (1u16..).zip(&stage.client.genesis().members) {
        let signed = attestation.verify(&stage.chain(), &organisation.keeper_pk).is_ok();
        ensure!(signed == (index == INDEX), "whether member {index} signed: {signed}");
    }
    Ok(())
}

async fn is_shown_for_ever(family: &Family<'_>, permission: &Permission) -> Result<()> {
    let proven = family.stage.client.grant_log(&permission.id).await?.value;
    let (_, log) = proven.context("there is no such permission")?;
    let readers: Vec<_> = log.iter().map(|receipt| receipt.reader_pk).collect();
    ensure!(readers == [reader_pk(&permission.reader)], "in the log are {readers:?}");
    Ok(())
}
