//! What a lost laptop of this record could open, and taking its enrolment away.

use salus_wire::Failure;
use salus_wire::command::{GetLost, ListPermissions, WithdrawLost};
use salus_wire::event::Event;
use salus_wire::view::{ComputerView, LostView, PermissionState};

use crate::lock::Open;
use crate::share::enrol;
use crate::{App, Run};

impl Run for GetLost {
    async fn run(self, app: &App) -> Result<LostView, Failure> {
        let computers = {
            let open = app.open().await?;
            computers(&open).await?
        };
        let running = |state| {
            matches!(state, PermissionState::Pending | PermissionState::NotYet | PermissionState::Active)
        };
        let all = ListPermissions {}.run(app).await?;
        let permissions = all.iter().filter(|p| running(p.state)).count();
        Ok(LostView { computers, permissions: u32::try_from(permissions).unwrap_or(u32::MAX) })
    }
}

impl Run for WithdrawLost {
    async fn run(self, app: &App) -> Result<LostView, Failure> {
        {
            let open = app.open().await?;
            let client = app.0.network.client()?;
            let _turn = open.sharing.take().await;
            enrol::withdraw_earlier(&open.vault, &client).await?;
            app.tell(Event::MembersChanged);
        }
        GetLost {}.run(app).await
    }
}

async fn computers(open: &Open) -> Result<Vec<ComputerView>, Failure> {
    let all = enrol::earlier(&open.vault).await?;
    Ok(all.into_iter().map(|(enrolled, withdrawn)| ComputerView { enrolled, withdrawn }).collect())
}
