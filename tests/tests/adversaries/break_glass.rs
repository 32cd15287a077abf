//! Break-glass by whoever holds the card: the emergency contract on a permission to a key on paper, and a clinician in a hurry with
//! an application that leaves out every rule.

use anyhow::{Context, Result, ensure};
use salus_chain::contract::{Ready, contract_hash};
use salus_chain::ids::Hash32;
use salus_chain::merkle::MerklePath;
use salus_chain::sign::SigningKey;
use salus_chain::state::{StatementRecord, TxRefused};
use salus_chain::tx::{
    AnnounceBody, Announcer, ContractBody, Entrusted, Opener, Purpose, ReviewBody, Second, StatedAccessBody,
    Tx, Verdict,
};
use salus_keeper::message::ReleaseRequest;
use salus_keeper::release::Refusal;

use crate::family::{BEN, CLEO, Family, STRANGER};
use crate::permission::{Opening, Permission, reader_pk};
use crate::stage::{CLINICIANS, DAY, HOUR, NEVER, Stage, clinician, key};

const CASE: u8 = 8;
/// Those who help the person have keys of another case.
const FAMILY: u8 = 12;
const PERSON: u8 = 10;
const CARD: u8 = 11;
/// Another key of the first clinician, which the same member attests.
const OTHER_KEY: u8 = 12;
const MINUTE: i64 = 60_000;

/// A reason that the contract accepts.
const REASON: u8 = 1;

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let text = Ready::BreakGlass.text()?;
    let contract = contract_hash(&text);
    let author = key(CASE, PERSON);
    let body = ContractBody { author_pk: author.verifying_key(), valid_until_height: NEVER, text };
    let tx = Tx::Contract(body.sign(&stage.chain(), stage.pow_bits(), &author));
    stage.record("the emergency contract", &tx).await?;
    stage.attest(0, "Dr Ana Wójcik", "North Clinic", &key(CASE, OTHER_KEY)).await?;
    let permission = given(stage, contract).await?;
    says_no_reason(stage, &permission).await?;
    is_nobody(stage, &permission).await?;
    seconds_themselves(stage, &permission).await?;
    uses_what_others_signed(stage, &permission).await?;
    nothing_happened(stage, &permission).await?;
    announces_and_does_not_wait(stage, &permission).await?;
    let opened = opens_in_the_open(stage, &permission).await?;
    reviews(stage, &permission, &opened).await
}

/// A receipt, and the request that it is for.
type Sent = (Tx, ReleaseRequest);

fn doctor() -> SigningKey {
    clinician(CLINICIANS[0])
}

fn colleague() -> SigningKey {
    clinician(CLINICIANS[1])
}

async fn given(stage: &Stage, contract: Hash32) -> Result<Permission> {
    let (own, card) = (key(CASE, 100), key(CASE, CARD));
    let permission = Permission::deal(stage, own, card, 2 * DAY, contract).await?;
    stage.record("the person's emergency permission", &permission.plain(stage)).await?;
    Ok(permission)
}

/// The word of `by` for an opening by `opener`.
fn word(stage: &Stage, opening: &Opening, reason: u8, opener: &SigningKey, by: &SigningKey) -> Second {
    let (opener, chain) = (opener.verifying_key(), stage.chain());
    Second::sign_for(&opener, &opening.access, Purpose::Emergency, reason, &chain, by)
}

/// Every member refuses the receipt, and every keeper what it is for.
async fn refused(stage: &Stage, what: &str, sent: &Sent, why: TxRefused) -> Result<()> {
    stage.refused(what, &sent.0, why).await?;
    stage.keepers_refuse(what, &sent.1, &[Refusal::NoReceipt]).await
}

async fn says_no_reason(stage: &Stage, permission: &Permission) -> Result<()> {
    let (card, denied) = (&permission.reader, TxRefused::ContractDenies);
    permission.closed(stage, "no statement at all", denied).await?;
    for (what, reason) in [("an emergency without a reason", 0), ("a reason that there is not", 6)] {
        let opening = permission.opening(stage, card)?;
        let second = word(stage, &opening, reason, &doctor(), &colleague());
        let sent = opening.emergency(stage, card, reason, &doctor(), Some(second));
        refused(stage, what, &sent, denied).await?;
    }
    let opening = permission.opening(stage, card)?;
    let sent = opening.together(stage, card, REASON, &doctor(), &colleague());
    refused(stage, "a reason, and no emergency", &sent, denied).await?;
    let sent = permission.opening(stage, card)?.emergency(stage, card, REASON, &doctor(), None);
    refused(stage, "nobody else, and no announcement", &sent, denied).await
}

/// The card with nobody who answers for it, in the forms of before and in the one that names somebody.
async fn is_nobody(stage: &Stage, permission: &Permission) -> Result<()> {
    let (card, why) = (&permission.reader, TxRefused::Opener);
    let emergency = (Purpose::Emergency, REASON);
    let opening = permission.opening(stage, card)?;
    let signed = Second::sign(&opening.access, emergency.0, REASON, &stage.chain(), &doctor());
    let sent = opening.stated(stage, card, emergency, Some(signed));
    refused(stage, "one attested key in the second person's place", &sent, why).await?;
    let sent = permission.opening(stage, card)?.stated(stage, card, emergency, None);
    refused(stage, "the card alone", &sent, why).await?;
    for (what, opener) in [("a stranger opens", key(CASE, STRANGER)), ("the card opens", card.clone())] {
        let opening = permission.opening(stage, card)?;
        let second = word(stage, &opening, REASON, &opener, &colleague());
        let sent = opening.emergency(stage, card, REASON, &opener, Some(second));
        refused(stage, what, &sent, why).await?;
    }
    let unnamed = announcement(stage, permission, REASON, None);
    stage.refused("an announcement by nobody", &unnamed, why).await?;
    for (what, by) in [("one by a stranger", key(CASE, STRANGER)), ("one by the card", card.clone())] {
        stage.refused(what, &announcement(stage, permission, REASON, Some((&by, 0))), why).await?;
    }
    Ok(())
}

async fn seconds_themselves(stage: &Stage, permission: &Permission) -> Result<()> {
    let card = &permission.reader;
    for (what, opener, by) in [
        ("the doctor is the second", doctor(), doctor()),
        ("the doctor's other key is", doctor(), key(CASE, OTHER_KEY)),
        ("the doctor is the second of their other key", key(CASE, OTHER_KEY), doctor()),
        ("the card is", doctor(), card.clone()),
        ("a stranger is", doctor(), key(CASE, STRANGER)),
    ] {
        let opening = permission.opening(stage, card)?;
        let second = word(stage, &opening, REASON, &opener, &by);
        let sent = opening.emergency(stage, card, REASON, &opener, Some(second));
        refused(stage, what, &sent, TxRefused::Second).await?;
    }
    Ok(())
}

async fn uses_what_others_signed(stage: &Stage, permission: &Permission) -> Result<()> {
    let card = &permission.reader;
    let (one, other) = (permission.opening(stage, card)?, permission.opening(stage, card)?);
    for (what, second) in [
        ("a word for another opening", word(stage, &one, REASON, &doctor(), &colleague())),
        ("a word for another reason", word(stage, &other, 2, &doctor(), &colleague())),
        ("a word for another clinician", word(stage, &other, REASON, &key(CASE, STRANGER), &colleague())),
    ] {
        let sent = other.emergency(stage, card, REASON, &doctor(), Some(second));
        refused(stage, what, &sent, TxRefused::Signature).await?;
    }
    // Whoever else has the card: with the doctor's signature for another opening, or with a key of their own for the answers.
    let opener = Some(Opener::sign(&one.access, REASON, &stage.chain(), &doctor()));
    let second = Some(word(stage, &other, REASON, &doctor(), &colleague()));
    let (access, purpose, reason) = (other.access.clone(), Purpose::Emergency, REASON);
    let body = StatedAccessBody { access, purpose, reason, second, opener };
    let sent = other.restated(stage, card, body.clone());
    refused(stage, "the doctor's signature for another opening", &sent, TxRefused::Signature).await?;
    let mut access = one.access.clone();
    access.epk_hash = other.access.epk_hash;
    let second = Some(word(stage, &one, REASON, &doctor(), &colleague()));
    let (receipt, _) = one.restated(stage, card, StatedAccessBody { access, second, ..body });
    stage.refused("another key for the answers", &receipt, TxRefused::Signature).await
}

async fn nothing_happened(stage: &Stage, permission: &Permission) -> Result<()> {
    let emergency = stage.client.prove_emergency(&permission.id).await?.value;
    ensure!(emergency.is_none(), "recorded is {emergency:?}");
    let log = stage.client.grant_log(&permission.id).await?.value.context("there is no such permission")?.1;
    ensure!(log.is_empty(), "it was opened");
    Ok(())
}

/// By a clinician after the announcement of a time, or by nobody.
fn announcement(stage: &Stage, permission: &Permission, reason: u8, by: Option<(&SigningKey, i64)>) -> Tx {
    let (grant_id, reader_pk, chain) = (permission.id, reader_pk(&permission.reader), stage.chain());
    let by = by.map(|(key, follows)| Announcer::sign(&grant_id, &reader_pk, reason, follows, &chain, key));
    let body = AnnounceBody { grant_id, reader_pk, path: MerklePath::single(), reason, by };
    Tx::Announce(body.sign(&chain, &permission.reader))
}

async fn announces_and_does_not_wait(stage: &Stage, permission: &Permission) -> Result<()> {
    let (card, doctor) = (&permission.reader, doctor());
    let silent = announcement(stage, permission, 0, Some((&doctor, 0)));
    stage.refused("an announcement without a reason", &silent, TxRefused::Malformed).await?;
    let first = announcement(stage, permission, REASON, Some((&doctor, 0)));
    let at = stage.record("an announcement", &first).await?.time_ms;
    let sent = permission.opening(stage, card)?.emergency(stage, card, REASON, &doctor, None);
    refused(stage, "at once after it", &sent, TxRefused::ContractDenies).await?;
    let again = announcement(stage, permission, 2, Some((&doctor, at)));
    stage.refused("another announcement", &again, TxRefused::Announced).await?;
    let before = announcement(stage, permission, REASON, Some((&colleague(), 0)));
    stage.refused("one that was signed before", &before, TxRefused::Follows).await
}

/// With a reason and after half an hour in which the family could answer: it opens for who announced it, and shows for ever.
async fn opens_in_the_open(stage: &Stage, permission: &Permission) -> Result<Sent> {
    let (card, doctor) = (&permission.reader, doctor());
    stage.pass(31 * MINUTE).await?;
    permission.closed(stage, "still no statement", TxRefused::ContractDenies).await?;
    let sent = permission.opening(stage, card)?.emergency(stage, card, REASON, &colleague(), None);
    refused(stage, "what somebody else announced", &sent, TxRefused::ContractDenies).await?;
    let (receipt, request) = permission.opening(stage, card)?.emergency(stage, card, REASON, &doctor, None);
    stage.record("the emergency opening", &receipt).await?;
    stage.keepers_release("the emergency opening", &request).await?;
    let said = stage.client.prove_statement(&receipt.hash()).await?.value;
    let (purpose, opener_pk) = (Purpose::Emergency, Some(doctor.verifying_key()));
    let expected = StatementRecord { purpose, reason: REASON, second_pk: None, opener_pk };
    ensure!(said == Some(expected), "what is shown is {said:?}");
    Ok((receipt, request))
}

/// What is said of it: by the person and by who helps them, once each, never by anybody else, and for good.
async fn reviews(stage: &Stage, permission: &Permission, opened: &Sent) -> Result<()> {
    let (receipt, request) = opened;
    let lapse = stage.now() + 2 * HOUR;
    let family = Family::make(stage, FAMILY, |body| body.delegates[1].lapses_ms = lapse).await?;
    let (own, person) = (&permission.own, permission.own.verifying_key());
    let entrusted = |by: &SigningKey| Some(Entrusted::sign(&permission.id, family.id, &stage.chain(), by));
    let say = |verdict, by: &SigningKey, entrusted| {
        let (grant_id, act, signer_pk) = (permission.id, receipt.hash(), by.verifying_key());
        let valid_until_height = NEVER;
        let body = ReviewBody { grant_id, act, verdict, signer_pk, entrusted, valid_until_height };
        Tx::Review(Box::new(stage.signed(body, by)))
    };
    let (justified, stopped) = (Verdict::Justified, Verdict::Stopped);
    for (what, by) in [
        ("the doctor says that it was right", doctor()),
        ("the card does", permission.reader.clone()),
        ("a stranger does", key(CASE, STRANGER)),
        ("a helper without the person's word", family.key(CLEO)),
    ] {
        stage.refused(what, &say(justified, &by, None), TxRefused::Reviewer).await?;
    }
    let stranger = say(justified, &key(CASE, STRANGER), entrusted(own));
    stage.refused("a stranger with it", &stranger, TxRefused::CircleSigner).await?;
    let helper = say(justified, &family.key(BEN), entrusted(&family.key(BEN)));
    stage.refused("a helper with their own word", &helper, TxRefused::Reviewer).await?;

    let objected = say(Verdict::Objected, &family.key(CLEO), entrusted(own));
    stage.record("a helper objects", &objected).await?;
    stage.record("the person says that it was right", &say(justified, own, None)).await?;
    let again = say(stopped, &family.key(CLEO), entrusted(own));
    stage.refused("the helper again", &again, TxRefused::AlreadySaid).await?;
    stage.refused("the person otherwise", &say(stopped, own, None), TxRefused::AlreadySaid).await?;

    stage.pass(5 * HOUR).await?;
    let lapsed = say(stopped, &family.key(BEN), entrusted(own));
    stage.refused("a helper whose power lapsed", &lapsed, TxRefused::PowerNotInForce).await?;
    let ended = [Refusal::Contract, Refusal::ReceiptTooOld];
    stage.keepers_refuse("five hours later", request, &ended).await?;
    let card = &permission.reader;
    let late = permission.opening(stage, card)?;
    let second = word(stage, &late, REASON, &doctor(), &colleague());
    let sent = late.emergency(stage, card, REASON, &doctor(), Some(second));
    refused(stage, "a new opening after four hours", &sent, TxRefused::ContractDenies).await?;

    let act = stage.client.prove_act(&receipt.hash()).await?.value.context("there is no such act")?;
    let said: Vec<_> = act.reviews.iter().map(|one| (one.by, one.verdict)).collect();
    ensure!(said == [(family.pk(CLEO), Verdict::Objected), (person, justified)], "said is {said:?}");
    ensure!(act.by == doctor().verifying_key(), "it was {}", act.by);
    stops(stage, permission).await
}

/// An objection that says so ends the permission, for members and keepers.
async fn stops(stage: &Stage, permission: &Permission) -> Result<()> {
    let emergency = stage.client.prove_emergency(&permission.id).await?.value.context("no emergency")?;
    let act = emergency.newest().context("nobody announced it")?.tx;
    let (grant_id, signer_pk) = (permission.id, permission.own.verifying_key());
    let (verdict, valid_until_height) = (Verdict::Stopped, NEVER);
    let body = ReviewBody { grant_id, act, verdict, signer_pk, entrusted: None, valid_until_height };
    let tx = Tx::Review(Box::new(stage.signed(body, &permission.own)));
    stage.record("the person objects to the announcement, and stops the card", &tx).await?;
    permission.closed(stage, "after that", TxRefused::Ended).await
}
