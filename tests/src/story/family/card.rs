//! Step 9: an emergency. Without a reason nothing opens; with a second clinician it does, for four hours; and Maria objects.

use anyhow::{Context, ensure};
use salus_chain::genesis::ChainContext;
use salus_chain::ids::GrantId;
use salus_chain::state::TxRefused;
use salus_chain::tx::{Purpose, StatedAccessBody};
use salus_sharing::emergency::{Card, Found, find};
use salus_sharing::open::{Request, Unsigned};
use salus_wire::ErrorCode;
use salus_wire::command as c;
use salus_wire::view::{EmergencyAct, EmergencyReason, EmergencyUseView, Verdict};
use serde_json::json;

use super::super::app::PASSPHRASE;
use super::super::bare::rng;
use super::super::step_stop::running;
use super::cast::{BOTH, all_equal, wake};
use super::person::soon;
use super::{HOUR, MINUTE, Stage};

const WHY: EmergencyReason = EmergencyReason::Unconscious;

pub(super) async fn play(stage: &mut Stage) -> anyhow::Result<(GrantId, String)> {
    // The hour that passed in the step before has closed what nobody touched.
    wake(&[&stage.maria, &stage.doctor]).await?;
    let (id, text) = make(stage).await?;
    let held = async || stage.doctor.app.run(c::ReadCard { card: text.clone() }).await.ok();
    let held = soon("the doctor finds the card's permission", held).await?;
    ensure!(held.patient == "Maria" && held.id.0 == id.0, "{held:?}");

    let members = without_a_reason(stage, &text).await?;
    let alone = stage.doctor.refused(opening(&text, None), ErrorCode::EmergencyWaits).await?;

    let ask = c::AskEmergencySecond { card: text.clone(), reason: WHY };
    let ask = stage.doctor.ok_soon(ask).await?.text;
    let word = stage.cardiologist.ok(c::SecondEmergency { ask }).await?.text;
    let opened = stage.doctor.ok_soon(opening(&text, Some(word))).await?;
    let values = all_equal(&opened.records, &BOTH)?;

    let seen = used(stage, id).await?;
    let who = seen.attested_by.clone().context("nobody attests the clinician who opened")?;
    ensure!(seen.reason == Some(WHY) && seen.clinician_key.is_some() && seen.verdict.is_none(), "{seen:?}");
    ensure!(seen.second_by.is_some(), "nobody attests the second clinician: {seen:?}");
    let verdict = Verdict::Objected;
    let (permission, act) = (seen.permission, seen.id.clone());
    stage.maria.ok_soon(c::ReviewEmergency { permission, id: act.clone(), verdict }).await?;
    let reviewed = used(stage, id).await?.verdict;
    ensure!(reviewed == Some(Verdict::Objected), "Maria objected, and her screen says {reviewed:?}");
    let again = c::ReviewEmergency { permission, id: act, verdict: Verdict::Right };
    stage.maria.refused(again, ErrorCode::NothingWaits).await?;

    stage.pass(4 * HOUR + MINUTE)?;
    wake(&[&stage.maria, &stage.leila, &stage.doctor]).await?;
    let over = stage.doctor.refused(opening(&text, None), ErrorCode::EmergencyOver).await?;
    let detail = format!(
        "with Maria's card the doctor opens nothing without a reason, not even with a modified application: {members} of \
         {members} members refuse; alone and at once: {alone}; with the cardiologist's agreement {values} values open, \
         because she is unconscious; Maria sees why, and who answers for it (attested by {who}), and objects, once and for \
         good; after four hours: {over}"
    );
    Ok((id, detail))
}

/// Makes Maria's card; its permission, and the text on it.
async fn make(stage: &Stage) -> anyhow::Result<(GrantId, String)> {
    let (categories, call) = (BOTH.to_vec(), "Leila, 555 0101".to_owned());
    let make = c::MakeCard { categories, call, passphrase: PASSPHRASE.into() };
    let card = stage.maria.ok_soon(make).await?.card.context("there is no card")?;
    let shown = stage.maria.ok(c::ShowCard {}).await?;
    ensure!(shown.name == "Maria" && shown.text.starts_with("SE1-"), "the card is of {}", shown.name);
    Ok((GrantId(card.id.0), shown.text))
}

fn opening(card: &str, word: Option<String>) -> c::OpenEmergency {
    c::OpenEmergency { card: card.into(), reason: WHY, word, width: 400 }
}

/// The application has no word for an opening without a reason, and no member takes one. How many they are.
async fn without_a_reason(stage: &mut Stage, text: &str) -> anyhow::Result<usize> {
    let request = json!({ "card": text, "reason": null, "word": null, "width": 400 });
    let page = stage.doctor.app.call("open_emergency", request).await;
    let page = page.err().context("it opened without a reason")?.code;
    ensure!(page == ErrorCode::BadRequest, "without a reason the doctor's page says {page}");

    let ctx = stage.light.genesis().context();
    let card = Card::from_text(text, &ctx.chain_id)?;
    let found = find(&stage.light, &card).await?;
    // Every member knows the card's permission, so that each refuses for that reason.
    stage.network.reach(found.proven.head.height).await?;
    for (what, request, why) in silent(stage, &card, &found, &ctx)? {
        stage.straight.refused(what, request.receipt(), why).await?;
    }
    let emergency = stage.light.prove_emergency(&found.shared.grant()).await?.value;
    ensure!(emergency.is_none(), "recorded is {emergency:?}");
    Ok(stage.network.len())
}

/// Receipts that a modified application signs with the card's own key: one that states nothing, one with an empty reason, and
/// nobody who answers for it.
fn silent(
    stage: &Stage,
    card: &Card,
    found: &Found,
    ctx: &ChainContext,
) -> anyhow::Result<[(&'static str, Request, TxRefused); 2]> {
    let (reader, slot) = (card.reader(), running(stage.now())?);
    let plain = Request::new(&found.shared, &reader, vec![slot], ctx, &mut rng()?)?;
    let empty = Unsigned::new(&found.shared, &reader, vec![slot], &mut rng()?)?;
    let state = |access| StatedAccessBody {
        access,
        purpose: Purpose::Emergency,
        reason: 0,
        second: None,
        opener: None,
    };
    let empty = empty.stated(&reader, ctx, state);
    Ok([
        ("no statement at all", plain, TxRefused::ContractDenies),
        ("an emergency without a reason, by nobody", empty, TxRefused::Opener),
    ])
}

/// The one opening with the card, as Maria's screen lists it, proven.
async fn used(stage: &Stage, id: GrantId) -> anyhow::Result<EmergencyUseView> {
    let seen = async || {
        let view = stage.maria.app.run(c::GetEmergency {}).await.ok()?;
        let mut uses = view.uses.into_iter().filter(|one| one.permission.0 == id.0);
        let one = uses.find(|one| one.act == EmergencyAct::Opened)?;
        view.complete.then_some(one)
    };
    soon("Maria sees the emergency", seen).await
}
