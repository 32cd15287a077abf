//! Step 9: as many members killed as the network bears, then one more.

use anyhow::ensure;
use salus_chain::ids::GrantId;
use salus_wire::command::{Lock, Unlock};
use salus_wire::{Category, ErrorCode};

use super::app::PASSPHRASE;
use super::bare::Bare;
use super::expect::compare;
use super::play::Stage;
use super::step_measure::record;
use super::step_share::{arrived, code, draft, equal, issue, opening};
use super::step_stop::take;

const HOUR: i64 = 3_600_000;

/// A live permission and the clinician's keys for it.
pub(super) struct Live {
    pub(super) bare: Bare,
}

pub(super) async fn kill(stage: &mut Stage) -> anyhow::Result<(Live, String)> {
    stage.patient.wake().await?;
    stage.clinician.wake().await?;
    let now = stage.hands.now();
    let code = code(&stage.clinician, "Maria, third").await?;
    let issued = issue(&stage.patient, draft(code, now, now + 6 * HOUR), stage.members()).await?;
    arrived(&stage.clinician, issued.id).await?;
    let grant = GrantId(issued.id.0);
    let bare = take(&stage.clinician, &grant, stage).await?;

    let bears = usize::from(stage.light.genesis().faults());
    let last = stage.network.len();
    for member in (last - bears)..last {
        stage.network.kill(member)?;
    }
    let opened = stage.clinician.ok(opening(&grant)).await?;
    let values = equal(stage, &opened).await?;
    let released = opened.released_by.len();

    stage.network.kill(last - bears - 1)?;
    let refused = stage.clinician.refused(opening(&grant)).await?.code;
    let closed = [ErrorCode::TooFewMembers, ErrorCode::OutOfDate, ErrorCode::Offline];
    ensure!(closed.contains(&refused), "with {} killed the clinician's page says {refused}", bears + 1);

    // The patient's own record needs nobody.
    stage.patient.ok(Lock {}).await?;
    stage.patient.ok(Unlock { passphrase: PASSPHRASE.into() }).await?;
    let view = stage.patient.ok(record(Category::HeartRate, stage.hands.now())).await?;
    let own = compare(Category::HeartRate, &view.rows, &stage.sent)?;

    for member in (last - bears - 1)..last {
        stage.network.restart(member)?;
    }
    let height = stage.light.heads().borrow().as_ref().map_or(0, |h| h.height);
    stage.network.reach(height + 2).await?;
    let detail = format!(
        "{bears} killed: {values} values opened with {released} members; {} killed: {refused}; own record: {own} values equal; all are back",
        bears + 1
    );
    Ok((Live { bare }, detail))
}
