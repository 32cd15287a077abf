//! The omnipotent custodian: a steward whose application knows no limits, neither of her power nor of the circle's.

use anyhow::{Result, ensure};
use salus_chain::circle::{Change, Delegate, Guardians, Role};
use salus_chain::merkle::MerklePath;
use salus_chain::state::TxRefused;
use salus_chain::tx::CategoryClaim;
use salus_keeper::release::Refusal;

use crate::family::{ANNA, BEN, FORBIDDEN, Family, PERSON, SENSITIVE, STRANGER, claims, power};
use crate::stage::{CLINICIANS, DAY, Stage, clinician};

pub(crate) async fn play(stage: &Stage) -> Result<()> {
    let family = Family::make(stage, 1, |_| {}).await?;
    let before = family.stored().await?;
    permits_beyond_her_power(&family).await?;
    names_readers_of_her_own(&family).await?;
    rules_the_circle(&family).await?;
    ensure!(family.stored().await? == before, "the circle is another one");
    is_undone(&family).await
}

async fn permits_beyond_her_power(family: &Family<'_>) -> Result<()> {
    let long = family.deal(1, 11 * DAY).await?;
    let tx = family.sign(&long, family.body(&long, ANNA, &[1]), ANNA);
    family.not_given("a permission of eleven days", &long, &tx, TxRefused::BeyondPower).await?;

    let permission = family.deal(2, DAY).await?;
    let ordinary = |claim: CategoryClaim| CategoryClaim { ordinary: Some(MerklePath::single()), ..claim };
    for (what, categories) in [
        ("a category that is not hers to permit", claims(&[FORBIDDEN])),
        ("one that is, and one that is not", claims(&[1, FORBIDDEN])),
        ("a sensitive category called ordinary", claims(&[SENSITIVE]).into_iter().map(ordinary).collect()),
        ("no category at all", Vec::new()),
    ] {
        let mut body = family.body(&permission, ANNA, &[1]);
        body.categories = categories;
        let tx = family.sign(&permission, body, ANNA);
        family.not_given(what, &permission, &tx, TxRefused::BeyondPower).await?;
    }
    Ok(())
}

async fn names_readers_of_her_own(family: &Family<'_>) -> Result<()> {
    let permission = family.deal(3, DAY).await?;
    let mut body = family.body(&permission, ANNA, &[1]);
    body.readers = vec![family.reader(&permission, &family.key(STRANGER))];
    let tx = family.sign(&permission, body.clone(), ANNA);
    family.not_given("a reader whom nobody attested", &permission, &tx, TxRefused::Credential).await?;

    // The name of an attested clinician, over a key that this clinician never saw.
    body.readers[0].credential_pk = clinician(CLINICIANS[0]).verifying_key();
    let tx = family.sign(&permission, body.clone(), ANNA);
    family.not_given("a reader behind a clinician's name", &permission, &tx, TxRefused::Recipient).await?;

    body.readers = Vec::new();
    let tx = family.sign(&permission, body, ANNA);
    family.not_given("a reader who is not named", &permission, &tx, TxRefused::Recipient).await
}

async fn rules_the_circle(family: &Family<'_>) -> Result<()> {
    let now = power(family.stage, family.pk(BEN), Role::Approver);
    let narrower = Delegate { lapses_ms: now.lapses_ms - 2 * DAY, ..now };
    let beyond = TxRefused::BeyondRole;
    family.refuses("she removes another", ANNA, Change::RemoveDelegate(2), beyond).await?;
    family.refuses("she lowers another", ANNA, Change::LowerDelegate(2, narrower), beyond).await?;
    family.refuses("a raise that is a lowering", ANNA, Change::RaiseDelegate(2, narrower), beyond).await?;
    let nobody = Guardians { keys: Vec::new(), threshold: 0 };
    family.refuses("she takes the guardians away", ANNA, Change::SetGuardians(nobody), beyond).await?;
    let own = power(family.stage, family.pk(ANNA), Role::Steward);
    let longer = Delegate { lapses_ms: own.lapses_ms + 365 * DAY, longest_ms: 365 * DAY, ..own };
    family.refuses("she raises herself", ANNA, Change::RaiseDelegate(1, longer), TxRefused::Concerned).await
}

/// What is hers to permit is permitted and opened; the person undoes her, and from then on nothing of it holds.
async fn is_undone(family: &Family<'_>) -> Result<()> {
    let stage = family.stage;
    let permission = family.give(4, DAY, &[1]).await?;
    let opened = permission.opened(stage, "what she may permit").await?;
    // She changes the circle in the meantime; the word that the person signed before counts all the same.
    let removal = family.change_tx(PERSON, Change::RemoveDelegate(1)).await?;
    let friend = Change::AddDelegate(power(stage, family.pk(STRANGER), Role::Steward));
    family.change("she asks for a friend meanwhile", ANNA, friend).await?;
    stage.record("the person removes her", &removal).await?;
    ensure!(family.circle().await?.pending.is_none(), "what she asked for still waits");
    let what = "what a removed steward permitted";
    stage.keepers_refuse(what, &opened.request, &[Refusal::Circle]).await?;
    permission.closed(stage, what, TxRefused::PermissionRests).await?;
    let another = family.deal(5, DAY).await?;
    let tx = family.sign(&another, family.body(&another, ANNA, &[1]), ANNA);
    family.not_given("a removed steward permits", &another, &tx, TxRefused::CircleSigner).await?;
    let back = Change::AddDelegate(power(stage, family.pk(ANNA), Role::Steward));
    family.refuses("a removed steward asks to come back", ANNA, back, TxRefused::CircleSigner).await
}
