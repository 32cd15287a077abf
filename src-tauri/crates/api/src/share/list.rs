//! Who can see what until when, and stopping it.

use salus_light::LightClient;
use salus_sharing::issue::Progress;
use salus_sharing::stop::{StopError, stop};
use salus_wire::command::{ListPermissions, StopPermission};
use salus_wire::event::Event;
use salus_wire::view::PermissionView;
use salus_wire::{ErrorCode, Failure};

use super::kept::{self, Kept};
use super::{Fail, again, keep_up};
use crate::lock::Open;
use crate::{App, Run, laptops};

impl Run for ListPermissions {
    async fn run(self, app: &App) -> Result<Vec<PermissionView>, Failure> {
        let open = app.open().await?;
        let members = app.0.network.genesis().map_or(0, salus_chain::genesis::Genesis::n);
        let (now, all) = (app.now(), kept::all(&open.vault).await?);
        let view = |kept: &Kept| {
            let view = kept.view(now, members);
            PermissionView { new_keys: again::standing(&open.vault, &all, kept, now), ..view }
        };
        let mut views: Vec<PermissionView> = all.iter().map(view).collect();
        views.extend(laptops::views(&open.vault, now, members).await?);
        views.sort_by_key(|view| std::cmp::Reverse(view.starts));
        Ok(views)
    }
}

impl Run for StopPermission {
    async fn run(self, app: &App) -> Result<PermissionView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let _turn = open.sharing.take().await;
        let mut kept = match kept::one(&open.vault, &self.id).await {
            // One that another laptop of the person gave.
            Err(failure) if failure.code == ErrorCode::UnknownPermission => {
                let stopped = laptops::stop(app, &open, &client, self.id).await?;
                app.tell(Event::PermissionsChanged);
                return Ok(stopped);
            }
            kept => kept?,
        };
        // What Salus gave again under new keys is one permission to the person: it stops wherever it stands.
        let mut others = again::linked(&kept::all(&open.vault).await?, &kept, app.now());
        let stopped = halt(app, &open, &client, &mut kept).await;
        for other in &mut others {
            match halt(app, &open, &client, other).await {
                Err(failure) if failure.code == ErrorCode::UnknownPermission => {}
                halted => halted?,
            }
        }
        let members = client.genesis().n();
        match (stopped, others.first()) {
            // It never came into force, and the one in whose place it would have come is stopped.
            (Err(failure), Some(other)) if failure.code == ErrorCode::UnknownPermission => {
                Ok(other.view(app.now(), members))
            }
            (stopped, _) => stopped.map(|()| kept.view(app.now(), members)),
        }
    }
}

/// Stops one, and proves where it stands then; one that never came into force is forgotten.
pub(super) async fn halt(
    app: &App,
    open: &Open,
    client: &LightClient,
    kept: &mut Kept,
) -> Result<(), Failure> {
    let key = kept.own_key(&open.vault);
    match stop(client, &mut kept.permission, &key).await {
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
    if let Err(failure) = keep_up::prove(app, client, kept).await {
        tracing::debug!(code = %failure.code, "the stop is proven; where it stands is proven again later");
    }
    kept.save(&open.vault).await?;
    app.tell(Event::PermissionsChanged);
    Ok(())
}
