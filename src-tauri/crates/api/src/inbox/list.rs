//! The inbox.

use std::time::Duration;

use salus_wire::Failure;
use salus_wire::command::ListInbox;
use salus_wire::view::InboxView;

use super::find::look;
use super::kept::{Invited, Shared};
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
        let shared = Shared::all(&open.vault).await?.iter().map(|s| s.view(now)).collect();
        let waiting = Invited::all(&open.vault).await?.into_iter().map(|i| i.facts);
        let waiting = waiting.filter(|f| !f.answered && !f.note.is_empty()).map(|f| f.note).collect();
        Ok(InboxView { shared, waiting })
    }
}
