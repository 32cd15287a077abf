//! Step 7: stopped in the middle of a window.

use anyhow::{Context, ensure};
use salus_chain::ids::GrantId;
use salus_chain::time::Epoch;
use salus_keeper::Slot;
use salus_light::LightError;
use salus_sharing::Network;
use salus_wire::ErrorCode;
use salus_wire::command::{Lock, StopPermission};
use salus_wire::view::PermissionState;

use super::app::Host;
use super::bare::{Answer, Bare, all_over};
use super::play::Stage;
use super::step_share::opening;

/// The clinician's keys of a permission, without the app around them.
pub(super) async fn take(clinician: &Host, grant: &GrantId, stage: &Stage) -> anyhow::Result<Bare> {
    clinician.wake().await?;
    clinician.ok(Lock {}).await?;
    let bare = Bare::take(clinician.data_dir(), grant, &stage.light).await?;
    clinician.wake().await?;
    Ok(bare)
}

/// The slot that runs at an instant.
pub(super) fn running(now: i64) -> anyhow::Result<Slot> {
    Ok(Slot::new(0, Epoch::at(now).0)?)
}

pub(super) async fn stop(stage: &mut Stage) -> anyhow::Result<(Bare, String)> {
    let bare = take(&stage.clinician, &stage.grant, stage).await?;

    // Before the stop the bare client gets the running slot: it is a working client.
    let control = bare.request(vec![running(stage.hands.now())?])?;
    Network::record(&stage.light, control.receipt()).await?;
    let answers = bare.ask_each(&stage.light, &control).await;
    let released = answers.iter().filter(|(_, a)| matches!(a, Answer::Released)).count();
    let threshold = usize::from(stage.light.genesis().threshold());
    ensure!(released >= threshold, "before the stop only {released} released: {answers:?}");

    // A receipt for the next slot, final before the stop: nothing but the members' own rule stands in its way.
    let next = Slot::new(0, Epoch::at(stage.hands.now()).0 + 1)?;
    let request = bare.request(vec![next])?;
    let receipt = Network::record(&stage.light, request.receipt()).await?;

    stage.patient.wake().await?;
    let stopped = stage.patient.ok(StopPermission { id: salus_wire::GrantId(stage.grant.0) }).await?;
    ensure!(stopped.state == PermissionState::Stopped, "{stopped:?}");
    let on_chain = stage.light.prove_grant(&stage.grant).await?.value.context("a proof of absence")?;
    let end = on_chain.end.context("not ended on the chain")?;
    ensure!(end.revoked && receipt.height < end.height, "the receipt was not before the stop");

    stage.hands.next_epoch(&stage.network)?;
    // Every member knows the end, so that each refuses for that reason and not because its newest block is old.
    let head = stage.light.fresh_head().await?;
    stage.network.reach(head.height).await?;
    let refused = all_over(&bare.ask_each(&stage.light, &request).await)?;
    let again = bare.request(vec![running(stage.hands.now())?])?;
    let tx = match Network::record(&stage.light, again.receipt()).await {
        Err(LightError::Refused(why)) => why,
        other => anyhow::bail!("a new receipt after the stop: {other:?}"),
    };
    stage.clinician.wake().await?;
    let page = stage.clinician.refused(opening(&stage.grant)).await?.code;
    ensure!(page == ErrorCode::Stopped, "the clinician's page says {page}");
    let detail = format!(
        "before: {released} released the running slot; stopped at height {}; next slot with a receipt of height {}: {refused}; new receipt: \"{tx}\"; page: {page}",
        end.height, receipt.height
    );
    Ok((bare, detail))
}
