//! A permission to the night staff of one organisation, and those who are not of it: a clinician who went off duty, a clinician
//! of another organisation, and whoever asks the organisation's desk without a receipt.

use anyhow::{Context, Result, ensure};
use salus_chain::contract::Ready;
use salus_chain::duty::{DutyGroup, person_key};
use salus_chain::ids::{GrantId, Hash32, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::tx::{ContractBody, DutyBody, DutyGrantBody, PaidBody, Tx};
use salus_keeper::desk::{seal_note, take_over};
use salus_keeper::envelope::{Envelope, KemSecretKey, seal};
use salus_keeper::message::{
    DutyAsk, DutyNote, KeeperRefused, KeeperReply, KeeperRequest, ReleaseRequest, SecretRequest,
};
use salus_keeper::release::Refusal;

use crate::permission::{Opening, Permission};
use crate::stage::{DAY, NEVER, Stage, key};

const CASE: u8 = 12;
const ANNA: u8 = 31;
const BEN: u8 = 32;
const MALLORY: u8 = 33;
/// Anna's organisation: its place from 0, and its index from 1. Ben's is the next one.
const PLACE: usize = 0;
const INDEX: u16 = 1;
const HEADER: Hash32 = Hash32([8; 32]);
const SECRET: [u8; 32] = [42; 32];

fn night() -> Result<DutyGroup> {
    Ok(DutyGroup::new(INDEX, "Night")?)
}

fn pk(who: u8) -> VerifyingKey {
    key(CASE, who).verifying_key()
}

fn no(why: Refusal) -> KeeperRefused {
    KeeperRefused::Release(why)
}

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    stage.attest(PLACE, "Dr Anna", "Member 1", &key(CASE, ANNA)).await?;
    stage.attest(PLACE + 1, "Dr Ben", "Member 2", &key(CASE, BEN)).await?;
    stage.duty(PLACE, &pk(ANNA), Some("Night")).await?;
    stage.duty(PLACE + 1, &pk(BEN), Some("Night")).await?;
    in_the_organisations_name(stage).await?;
    let permission = given(stage).await?;
    note_by_another(stage, &permission).await?;

    without_a_receipt(stage, &permission).await?;
    of_another_organisation(stage, &permission).await?;
    on_duty(stage, &permission).await?;
    off_duty(stage, &permission).await?;
    names_the_person(stage, &permission).await
}

/// Nobody puts anybody on duty but the organisation, and it nobody whom it does not attest.
async fn in_the_organisations_name(stage: &Stage) -> Result<()> {
    let said = |of: u8, group: DutyGroup| {
        let until_ms = stage.now() + DAY / 2;
        let body = DutyBody { credential_pk: pk(of), group, until_ms, nonce: u64::MAX };
        Tx::Duty(body.sign(&stage.chain(), &key(CASE, MALLORY)))
    };
    stage.refused("a duty in its name", &said(ANNA, night()?), TxRefused::Signature).await?;
    let other = DutyGroup::new(INDEX + 1, "Night")?;
    stage.refused("in that of another", &said(ANNA, other), TxRefused::CredentialOwner).await?;
    stage.refused("of a stranger", &said(MALLORY, night()?), TxRefused::Credential).await
}

/// The patient's permission to Anna's group; under no contract, or for another group, no member takes it.
async fn given(stage: &Stage) -> Result<Permission> {
    let group = night()?;
    let text = Ready::OnDuty { member: INDEX }.text()?;
    let author = key(CASE, 40);
    let contract = ContractBody { author_pk: author.verifying_key(), valid_until_height: NEVER, text };
    let contract = Tx::Contract(contract.sign(&stage.chain(), stage.pow_bits(), &author));
    stage.record("the contract of those on duty", &contract).await?;
    let hash = group.contract_hash().context("no chain has this member")?;
    let mut permission = Permission::deal(stage, key(CASE, 101), key(CASE, 201), DAY, hash).await?;
    permission.body.terms.reader_pk_root = group.tag();
    let tx = |change: &dyn Fn(&mut DutyGrantBody)| {
        let mut body = DutyGrantBody { grant: permission.body.clone(), group: group.clone() };
        change(&mut body);
        Tx::DutyGrant(Box::new(body.sign(&stage.chain(), stage.pow_bits(), &permission.own)))
    };
    let free = tx(&|body| body.grant.terms.contract_hash = Hash32::ZERO);
    stage.refused("without its contract", &free, TxRefused::DutyForm).await?;
    let day = DutyGroup::new(INDEX, "Day")?;
    let other = tx(&|body| body.group = day.clone());
    stage.refused("for another group", &other, TxRefused::DutyForm).await?;
    stage.record("a permission to the night staff", &tx(&|_| {})).await?;
    Ok(permission)
}

/// What the desk tells its staff is what the permission's own key signed.
async fn note_by_another(stage: &Stage, permission: &Permission) -> Result<()> {
    let to = stage.client.genesis().members[PLACE].keeper_kem_pk;
    let note = |by: &SigningKey| -> Result<KeeperRequest> {
        let rng = &mut *stage.rng.borrow_mut();
        let sealed = seal_note(&to, &stage.chain(), &permission.id, b"Ada", rng)?;
        Ok(KeeperRequest::Note(Box::new(DutyNote::sign(permission.id, sealed, &stage.chain(), by))))
    };
    let forged = note(&key(CASE, MALLORY))?;
    stage.desk_refuses("a note by somebody else", INDEX, forged, KeeperRefused::NotYours).await?;
    let elsewhere = note(&permission.own)?;
    stage.desk_refuses("at another's desk", INDEX + 1, elsewhere, KeeperRefused::NotYours).await?;
    let kept = stage.client.keeper(INDEX)?.ask(note(&permission.own)?).await?;
    ensure!(kept == KeeperReply::Noted, "the patient's note: {kept:?}");
    Ok(())
}

/// An opening under somebody's own name.
fn opening(stage: &Stage, permission: &Permission, who: u8) -> Result<Opening> {
    let mut opening = permission.opening(stage, &key(CASE, who))?;
    opening.access.reader_pk = person_key(pk(who));
    Ok(opening)
}

/// c_g as a capsule of this permission has it, and what the desk is asked with a receipt.
fn secret(stage: &Stage, permission: &Permission, release: &ReleaseRequest) -> Result<KeeperRequest> {
    let to = stage.client.genesis().members[PLACE].keeper_kem_pk;
    let info = [b"hg/v1/capsule".as_slice(), &stage.chain().0].concat();
    let aad = [permission.id.0, HEADER.0].concat();
    let sealed = seal(&to, &info, &aad, &SECRET, &mut *stage.rng.borrow_mut())?;
    let request = SecretRequest { release: release.clone(), header_hash: HEADER, sealed };
    Ok(KeeperRequest::Secret(Box::new(request)))
}

/// What there is for those on duty; with the key that opens the answer.
fn question(stage: &Stage, who: u8) -> Result<(KemSecretKey, DutyAsk)> {
    let key_of = KemSecretKey::generate(&mut *stage.rng.borrow_mut());
    let kem = key_of.public_key()?;
    let ask = DutyAsk::sign(kem, stage.now(), GrantId([0; 32]), &stage.chain(), &key(CASE, who));
    Ok((key_of, ask))
}

async fn without_a_receipt(stage: &Stage, permission: &Permission) -> Result<()> {
    for who in [MALLORY, ANNA] {
        let (_, request) = opening(stage, permission, who)?.plain(stage, &key(CASE, who));
        let what = "without a receipt";
        let asked = secret(stage, permission, &request)?;
        stage.desk_refuses(what, INDEX, asked, no(Refusal::NoReceipt)).await?;
        stage.keepers_refuse(what, &request, &[Refusal::NoReceipt]).await?;
    }
    let (_, ask) = question(stage, MALLORY)?;
    stage.desk_refuses("a stranger asks", INDEX, KeeperRequest::OnDuty(ask), no(Refusal::OffDuty)).await
}

async fn of_another_organisation(stage: &Stage, permission: &Permission) -> Result<()> {
    let what = "a clinician of another organisation";
    let ben = opening(stage, permission, BEN)?;
    let (receipt, request) = ben.plain(stage, &key(CASE, BEN));
    stage.refused(what, &receipt, TxRefused::Credential).await?;
    stage.keepers_refuse(what, &request, &[Refusal::NoReceipt]).await?;
    let asked = secret(stage, permission, &request)?;
    stage.desk_refuses(what, INDEX, asked, no(Refusal::NoReceipt)).await?;
    let (_, ask) = question(stage, BEN)?;
    stage.desk_refuses(what, INDEX, KeeperRequest::OnDuty(ask), KeeperRefused::NotYours).await?;
    // Signed by one, in the name of the other.
    let (forged, _) = opening(stage, permission, ANNA)?.plain(stage, &key(CASE, BEN));
    stage.refused("in a colleague's name", &forged, TxRefused::Signature).await
}

/// Who is on duty is served, and what the desk hands on opens with the receipt's key only.
async fn on_duty(stage: &Stage, permission: &Permission) -> Result<()> {
    let opening = opening(stage, permission, ANNA)?;
    let (receipt, request) = opening.plain(stage, &key(CASE, ANNA));
    stage.record("who is on duty opens", &receipt).await?;
    stage.keepers_release("who is on duty opens", &request).await?;
    let asked = secret(stage, permission, &request)?;
    // Another organisation's desk has no secret of this one.
    stage.desk_refuses("another desk", INDEX + 1, asked.clone(), KeeperRefused::NotYours).await?;
    let reply = stage.client.keeper(INDEX)?.ask(asked).await?;
    let KeeperReply::Secret(sealed) = reply else { anyhow::bail!("the desk answers {reply:?}") };
    let open = |with: &KemSecretKey, sealed: &Envelope| {
        take_over(with, &stage.chain(), &permission.id, &HEADER, &receipt.hash(), sealed)
    };
    ensure!(open(&opening.key, &sealed)?.as_slice() == SECRET, "the desk handed on something else");
    let stranger = KemSecretKey::generate(&mut *stage.rng.borrow_mut());
    ensure!(open(&stranger, &sealed).is_err(), "it opens with a stranger's key");
    // With the receipt, for a key that it does not name.
    let mut swapped = request.clone();
    swapped.epk = stranger.public_key()?;
    let asked = secret(stage, permission, &swapped)?;
    stage.desk_refuses("a swapped key", INDEX, asked, no(Refusal::Preimage)).await
}

/// A receipt of before is final and fresh; it opens nothing more, and no new one is recorded.
async fn off_duty(stage: &Stage, permission: &Permission) -> Result<()> {
    let (receipt, request) = opening(stage, permission, ANNA)?.plain(stage, &key(CASE, ANNA));
    stage.record("shortly before the end", &receipt).await?;
    let asked = secret(stage, permission, &request)?;
    stage.duty(PLACE, &pk(ANNA), None).await?;
    let what = "after she went off duty";
    stage.keepers_refuse(what, &request, &[Refusal::OffDuty]).await?;
    stage.desk_refuses(what, INDEX, asked, no(Refusal::OffDuty)).await?;
    let (another, _) = opening(stage, permission, ANNA)?.plain(stage, &key(CASE, ANNA));
    stage.refused(what, &another, TxRefused::OffDuty).await?;
    let (_, ask) = question(stage, ANNA)?;
    stage.desk_refuses(what, INDEX, KeeperRequest::OnDuty(ask), no(Refusal::OffDuty)).await?;
    // As something else she is of another group.
    stage.duty(PLACE, &pk(ANNA), Some("Day")).await?;
    stage.refused("on duty as something else", &another, TxRefused::OffDuty).await
}

async fn names_the_person(stage: &Stage, permission: &Permission) -> Result<()> {
    let proven = stage.client.grant_log(&permission.id).await?.value;
    let (_, log) = proven.context("there is no such permission")?;
    ensure!(log.len() == 2, "{} openings are in the log", log.len());
    let named = log.iter().all(|receipt| receipt.reader_pk == person_key(pk(ANNA)));
    ensure!(named, "in the log are {log:?}");
    Ok(())
}
