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
/// After 60 s a head is out of date.
const STALE: i64 = 61_000;

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
    // A head from before the kill must not help: a minute later it is out of date.
    stage.hands.advance(&stage.network, STALE)?;
    // The patient's own record needs nobody, and works while the clinician's page waits for members.
    let (refused, own) = tokio::join!(stage.clinician.refused(opening(&grant)), own(stage));
    let (refused, own) = (refused?.code, own?);
    let closed = [ErrorCode::TooFewMembers, ErrorCode::OutOfDate, ErrorCode::Offline];
    ensure!(closed.contains(&refused), "with {} killed the clinician's page says {refused}", bears + 1);

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

/// The patient's own record, closed and opened again; the number of equal values.
async fn own(stage: &Stage) -> anyhow::Result<usize> {
    stage.patient.ok(Lock {}).await?;
    stage.patient.ok(Unlock { passphrase: PASSPHRASE.into() }).await?;
    let view = stage.patient.ok(record(Category::HeartRate, stage.hands.now())).await?;
    compare(Category::HeartRate, &view.rows, &stage.sent)
}
