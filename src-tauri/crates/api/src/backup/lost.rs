//! What a lost laptop of this record could open, and taking its enrolment away.

use salus_vault::Epoch;
use salus_wire::command::{GetLost, ListPermissions, WithdrawLost};
use salus_wire::event::Event;
use salus_wire::view::{ComputerView, HeldView, HolderView, LostView, PermissionState, PermissionView};
use salus_wire::{Category, Failure};

use crate::failure::OrFail;
use crate::lock::Open;
use crate::share::enrol;
use crate::{App, Run};

impl Run for GetLost {
    async fn run(self, app: &App) -> Result<LostView, Failure> {
        let (computers, held) = {
            let open = app.open().await?;
            (computers(&open).await?, held(&open).await?)
        };
        let running = |state| {
            matches!(state, PermissionState::Pending | PermissionState::NotYet | PermissionState::Active)
        };
        let all = ListPermissions {}.run(app).await?;
        let holder = |p: &PermissionView| HolderView { name: p.clinician.name.clone(), ends: p.ends };
        let permissions = all.iter().filter(|p| running(p.state)).map(holder).collect();
        Ok(LostView { computers, held, permissions })
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

/// Everything that the record holds: which of it was there on the day nobody knows, so none of it is left out.
async fn held(open: &Open) -> Result<Vec<HeldView>, Failure> {
    let mut held = Vec::new();
    for category in Category::ALL {
        let everything = Epoch::at(0).unwrap_or(Epoch::LAST)..=Epoch::LAST;
        let heads = open.vault.epochs(*category, everything).await.or_fail()?;
        let (Some(first), Some(last)) = (heads.first(), heads.last()) else { continue };
        let readings: u64 = heads.iter().map(|h| h.readings + h.unsealed).sum();
        held.push(HeldView {
            category: *category,
            readings: u32::try_from(readings).unwrap_or(u32::MAX),
            from: first.epoch.start(),
            to: last.epoch.end(),
        });
    }
    Ok(held)
}
