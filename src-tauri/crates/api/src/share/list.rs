//! Who can see what until when, and stopping it.

use salus_sharing::issue::Progress;
use salus_sharing::stop::{StopError, stop};
use salus_wire::Failure;
use salus_wire::command::{ListPermissions, StopPermission};
use salus_wire::event::Event;
use salus_wire::view::PermissionView;

use super::kept::{self, Kept};
use super::{Fail, keep_up};
use crate::{App, Run};

impl Run for ListPermissions {
    async fn run(self, app: &App) -> Result<Vec<PermissionView>, Failure> {
        let open = app.open().await?;
        let members = app.0.network.genesis().map_or(0, salus_chain::genesis::Genesis::n);
        let now = app.now();
        Ok(kept::all(&open.vault).await?.iter().map(|k| k.view(now, members)).collect())
    }
}

impl Run for StopPermission {
    async fn run(self, app: &App) -> Result<PermissionView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let _turn = open.sharing.take().await;
        let mut kept = kept::one(&open.vault, &self.id).await?;
        let members = client.genesis().n();
        let key = Kept::key(&open.vault, &kept.facts.nonce);
        match stop(&client, &mut kept.permission, &key).await {
            Ok(_) => {}
            Err(StopError::NotRecorded) if kept.permission.progress() == Progress::Pending => {
                // It never came into force: there is nothing to show any more.
                kept.discard(&open.vault).await?;
                app.tell(Event::PermissionsChanged);
                return Err(StopError::NotRecorded.fail());
            }
            Err(error) => return Err(error.fail()),
        }
        kept.save(&open.vault).await?;
        if let Err(failure) = keep_up::prove(app, &client, &mut kept).await {
            tracing::debug!(code = %failure.code, "the stop is proven; where it stands is proven again later");
        }
        kept.save(&open.vault).await?;
        app.tell(Event::PermissionsChanged);
        Ok(kept.view(app.now(), members))
    }
}
