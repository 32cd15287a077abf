//! Steps 5, 6 and 8: the daughter permits, the son agrees, the cardiologist opens, the son stops it.

use anyhow::ensure;
use salus_chain::ids::GrantId;
use salus_chain::time::Epoch;
use salus_keeper::Slot;
use salus_wire::command as c;
use salus_wire::view::{GivenState, GivenView, HelpedView, RelativeDraft};
use salus_wire::{Category, CircleId, ErrorCode};

use super::super::app::PASSPHRASE;
use super::super::bare::{Bare, all_over};
use super::cast::{all_equal, wake};
use super::circle::VETO_HOURS;
use super::person::soon;
use super::{DAY, HOUR, MINUTE, Stage};

/// What Leila permits: it is not ordinary, so somebody has to agree.
const SENSITIVE: Category = Category::BloodPressure;

/// A permission by Leila.
pub(super) struct Given {
    pub(super) circle: CircleId,
    pub(super) id: salus_wire::GrantId,
    /// The cardiologist's code that it is for.
    pub(super) code: String,
}

impl Given {
    pub(super) fn grant(&self) -> GrantId {
        GrantId(self.id.0)
    }

    fn opening(&self) -> c::OpenRecord {
        c::OpenRecord { id: self.id, width: 400, second: None }
    }
}

/// What Leila asks the members for, from her own application.
pub(super) fn issue(
    stage: &Stage,
    circle: CircleId,
    code: &str,
    category: Category,
    days: i64,
) -> c::IssueForRelative {
    let now = stage.now();
    let draft = RelativeDraft {
        code: code.to_owned(),
        categories: vec![category],
        data_from: now - 4 * DAY,
        data_to: now + DAY,
        ends: now + days * DAY,
        condition: salus_wire::view::Condition::Whenever,
    };
    c::IssueForRelative { circle, draft, passphrase: PASSPHRASE.into() }
}

/// The only permission that helpers gave.
fn only(given: &[GivenView]) -> anyhow::Result<&GivenView> {
    let [one] = given else { anyhow::bail!("{} permissions: {given:?}", given.len()) };
    Ok(one)
}

/// Whether one of them stands like this.
fn stands(helped: &HelpedView, state: GivenState) -> bool {
    helped.given.iter().any(|given| given.state == state)
}

/// Step 5.
pub(super) async fn give(stage: &mut Stage, circle: CircleId) -> anyhow::Result<(Given, String)> {
    stage.cardiologist.wake().await?;
    let code = stage.cardiologist.code("Maria").await?;
    stage.leila.ok_soon(issue(stage, circle, &code, SENSITIVE, 2)).await?;
    let given = |helped: &HelpedView| !helped.given.is_empty();
    let view = stage.leila.helped("Leila sees what she permitted", given).await?;
    let one = only(&view.given)?;
    ensure!(one.state == GivenState::AwaitsOthers && one.needs == 1 && one.by == "Leila", "{one:?}");
    let given = Given { circle, id: one.id, code };
    let arrived = async || {
        let inbox = stage.cardiologist.app.run(c::ListInbox {}).await.ok()?;
        inbox.shared.into_iter().find(|shared| shared.id == given.id)
    };
    let shared = soon("the permission reaches the cardiologist", arrived).await?;
    ensure!(shared.patient == "Maria", "it says that it is of {}", shared.patient);
    let early = stage.cardiologist.refused(given.opening(), ErrorCode::NotAllowed).await?;

    let asked = |helped: &HelpedView| helped.given.iter().any(|given| given.may_agree);
    let seen = stage.karim.helped("Karim is asked", asked).await?;
    let one = only(&seen.given)?;
    ensure!(one.categories == [SENSITIVE] && one.clinician.organisation == "Heart Clinic", "{one:?}");
    let agree = c::DecidePermission { circle, id: given.id, agree: true };
    stage.karim.ok_soon(agree).await?;
    stage.karim.helped("Karim agreed", |helped| stands(helped, GivenState::AwaitsTime)).await?;
    let waits = stage.cardiologist.refused(given.opening(), ErrorCode::NotAllowed).await?;
    stage.pass(i64::from(VETO_HOURS) * HOUR + MINUTE)?;
    wake(&[&stage.maria, &stage.leila, &stage.karim, &stage.cardiologist]).await?;
    let told = async || {
        let own = stage.maria.app.run(c::GetFamily {}).await.ok()?.own?;
        own.given.into_iter().find(|one| one.id == given.id)
    };
    // Attested by a member, and not as anybody of the family wrote it.
    let who = soon("Maria is told of the permission", told).await?.clinician;
    let detail = format!(
        "Leila permits {} of {} blood pressure for two days, for the appointment; before Karim agreed: {early}; he \
         agreed, and in the hour for objections: {waits}; nobody objected",
        who.name, who.organisation
    );
    Ok((given, detail))
}

/// Step 6.
pub(super) async fn open(stage: &Stage, given: &Given) -> anyhow::Result<((), String)> {
    let opened = stage.cardiologist.ok_soon(given.opening()).await?;
    let values = all_equal(&opened.records, &[SENSITIVE])?;
    let seen = async || {
        let own = stage.maria.app.run(c::GetFamily {}).await.ok()?.own?;
        own.given.into_iter().find(|one| one.id == given.id && !one.opened.is_empty())
    };
    let one = soon("Maria sees that it was opened", seen).await?;
    ensure!(one.state == GivenState::Active && one.by == "Leila", "{one:?}");
    let at = opened.receipt.time;
    ensure!(one.opened.contains(&at), "the receipt is of {at}, Maria sees {:?}", one.opened);
    let detail = format!(
        "{values} values as Maria typed them, blood pressure alone; {} members released; Maria's list names {}, \
         attested by {}, by Leila's permission, with the receipt of height {}",
        opened.released_by.len(),
        one.clinician.name,
        one.clinician.attested_by,
        opened.receipt.height
    );
    Ok(((), detail))
}

/// Step 8.
pub(super) async fn stop(stage: &mut Stage, given: &Given) -> anyhow::Result<((), String)> {
    // The cardiologist's own keys, and a receipt from before the stop for what is measured next.
    stage.cardiologist.ok(c::Lock {}).await?;
    let bare = Bare::take(&stage.cardiologist.home, &given.grant(), &stage.light).await?;
    stage.cardiologist.wake().await?;
    let next = Slot::new(0, Epoch::at(stage.now()).0 + 1)?;
    let request = bare.request(vec![next])?;
    let receipt = salus_sharing::Network::record(&stage.light, request.receipt()).await?;

    let stop = c::StopForRelative { circle: given.circle, id: given.id };
    stage.karim.ok_soon(stop).await?;
    stage.karim.helped("Karim stopped it", |helped| stands(helped, GivenState::Stopped)).await?;
    let ended = async || stage.light.prove_grant(&given.grant()).await.ok()?.value?.end;
    let end = soon("the end is proven", ended).await?;
    ensure!(end.revoked && receipt.height < end.height, "the receipt was not before the stop");

    stage.hands.next_epoch(&stage.network)?;
    let head = soon("a fresh block", async || stage.light.fresh_head().await.ok()).await?;
    stage.network.reach(head.height).await?;
    let refused = all_over(&bare.ask_each(&stage.light, &request).await)?;
    stage.cardiologist.wake().await?;
    let page = stage.cardiologist.refused(given.opening(), ErrorCode::Stopped).await?;
    let detail = format!(
        "Karim stops it at height {}; for what is measured next, with a receipt of height {} from before: {refused}; \
         the cardiologist's page: {page}. What was opened before cannot be taken back",
        end.height, receipt.height
    );
    Ok(((), detail))
}
