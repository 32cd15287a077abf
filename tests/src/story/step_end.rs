//! Step 8: a second permission runs out; shares are erased.

use anyhow::{Context, ensure};
use salus_chain::ids::GrantId;
use salus_keeper::message::EraseState;
use salus_sharing::Network;
use salus_wire::ErrorCode;
use salus_wire::command::ListPermissions;
use salus_wire::view::PermissionState;

use super::bare::all_over;
use super::play::Stage;
use super::step_share::{arrived, code, draft, equal, issue, opening};
use super::step_stop::{running, take};
use crate::network::{PATIENCE, eventually};

/// The second permission's length: 10 minutes.
const LENGTH: i64 = 10 * 60_000;

pub(super) async fn run_out(stage: &mut Stage) -> anyhow::Result<((), String)> {
    stage.patient.wake().await?;
    stage.clinician.wake().await?;
    let now = stage.hands.now();
    let code = code(&stage.clinician, "Maria, a short look").await?;
    let issued = issue(&stage.patient, draft(code, now, now + LENGTH), stage.members()).await?;
    arrived(&stage.clinician, issued.id).await?;
    let grant = GrantId(issued.id.0);
    let opened = stage.clinician.ok(opening(&grant)).await?;
    let values = equal(stage, &opened).await?;

    // A receipt from before the end.
    let bare = take(&stage.clinician, &grant, stage).await?;
    let request = bare.request(vec![running(stage.hands.now())?])?;
    Network::record(&stage.light, request.receipt()).await?;
    let left = issued.ends - stage.hands.now();
    ensure!(left > 0, "the permission ended before it was used");
    stage.hands.advance(&stage.network, left + 1_000)?;
    // Every member knows the end, so that each refuses for that reason and not because its newest block is old.
    let head = stage.light.fresh_head().await?;
    stage.network.reach(head.height).await?;
    let refused = all_over(&bare.ask_each(&stage.light, &request).await)?;
    stage.clinician.wake().await?;
    let page = stage.clinician.refused(opening(&grant)).await?.code;
    ensure!(page == ErrorCode::Ended, "the clinician's page says {page}");

    stage.patient.wake().await?;
    let n = stage.members();
    let erased = eventually(PATIENCE, async || {
        let all = stage.patient.ok(ListPermissions {}).await.ok()?;
        let one = all.into_iter().find(|p| p.id == issued.id)?;
        (one.state == PermissionState::Ended && one.members_erased == n).then_some(one)
    });
    let erased = erased.await.context("not every member confirmed deletion")?.members_erased;
    let mut said = 0;
    for member in 1..=n {
        // The signed word of each keeper, asked directly.
        let status = LightKeeper::status(stage, member, &grant).await?;
        ensure!(status != EraseState::Held, "member {member} still holds its part");
        said += 1;
    }
    let detail = format!(
        "{values} values opened before the end; after it {refused}; page: {page}; deletion confirmed by {erased} of {n}, said by {said} of {n} when asked"
    );
    Ok(((), detail))
}

/// One keeper, asked directly.
struct LightKeeper;

impl LightKeeper {
    async fn status(stage: &Stage, member: u16, grant: &GrantId) -> anyhow::Result<EraseState> {
        Ok(salus_light::LightClient::keeper(&stage.light, member)?.erase_status(grant).await?.state)
    }
}
