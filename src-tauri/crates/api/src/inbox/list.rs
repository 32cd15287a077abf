//! The inbox.

use std::time::Duration;

use salus_vault::Vault;
use salus_wire::command::ListInbox;
use salus_wire::view::{InboxView, PermissionState, ReceivedView, SharedView};
use salus_wire::{Failure, UnixMillis};

use super::duty;
use super::find::look;
use super::kept::{self, Invited, Shared};
use crate::{App, Run};

/// How long the members may take; after that, what is known already is shown.
const PATIENCE: Duration = Duration::from_secs(3);

impl Run for ListInbox {
    async fn run(self, app: &App) -> Result<InboxView, Failure> {
        let open = app.open().await?;
        let newest = async {
            let _turn = open.sharing.take().await;
            look(app, &open).await
        };
        if let Ok(Err(failure)) = tokio::time::timeout(PATIENCE, newest).await {
            tracing::debug!(code = %failure.code, "the inbox shows what is known already");
        }
        let now = app.now();
        let all = Shared::all(&open.vault).await?;
        let mut shared: Vec<SharedView> =
            all.iter().filter(|one| !kept::is_followed(&all, one)).map(|s| s.view(now)).collect();
        let duty = duty::listed(app, &open, now, &mut shared);
        let waiting = Invited::all(&open.vault).await?.into_iter().map(|i| i.facts);
        let waiting = waiting.filter(|f| !f.answered && !f.note.is_empty()).map(|f| f.note).collect();
        Ok(InboxView { shared, waiting, duty })
    }
}

/// What patients shared, as it was proven last.
pub(crate) async fn received(vault: &Vault, now: UnixMillis) -> Result<Vec<SharedView>, Failure> {
    Ok(Shared::all(vault).await?.iter().map(|s| s.view(now)).collect())
}

/// What this record opens wherever it is: the permissions that run, and how many codes nobody answered.
pub(crate) async fn within_reach(
    vault: &Vault,
    now: UnixMillis,
) -> Result<(Vec<ReceivedView>, u32), Failure> {
    let runs = |state| matches!(state, PermissionState::NotYet | PermissionState::Active);
    let all = Shared::all(vault).await?;
    let all = all.iter().map(|s| s.view(now)).filter(|s| runs(s.state));
    let received = all.map(|s| ReceivedView { patient: s.patient, note: s.note, ends: s.ends }).collect();
    let codes = Invited::all(vault).await?.iter().filter(|i| !i.facts.answered).count();
    Ok((received, u32::try_from(codes).unwrap_or(u32::MAX)))
}
