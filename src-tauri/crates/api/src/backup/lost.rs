//! What a lost laptop of this record could open, new keys for whatever is measured from now on, and taking its enrolment away.

use salus_vault::Epoch;
use salus_wire::command::{GetLost, RenewKeys, WithdrawLost};
use salus_wire::event::Event;
use salus_wire::view::{ComputerView, HeldView, HolderView, LostView, PermissionState, Role};
use salus_wire::{Category, Failure, UnixMillis};

use crate::failure::OrFail;
use crate::lock::Open;
use crate::record::renew::{self, Because, Renewal};
use crate::share::{enrol, kept};
use crate::{App, Run, inbox, laptops, people};

impl Run for GetLost {
    async fn run(self, app: &App) -> Result<LostView, Failure> {
        view(app, &*app.open().await?).await
    }
}

impl Run for WithdrawLost {
    async fn run(self, app: &App) -> Result<LostView, Failure> {
        let open = app.open().await?;
        {
            let client = app.0.network.client()?;
            let _turn = open.sharing.take().await;
            enrol::withdraw_earlier(&open.vault, &client).await?;
            app.tell(Event::MembersChanged);
        }
        view(app, &open).await
    }
}

impl Run for RenewKeys {
    async fn run(self, app: &App) -> Result<LostView, Failure> {
        let open = app.open().await?;
        {
            let _turn = open.sharing.take().await;
            renew::renew(app, &open, Because::Lost).await?;
        }
        view(app, &open).await
    }
}

async fn view(app: &App, open: &Open) -> Result<LostView, Failure> {
    let (mut view, now) = (LostView { others: people::others(app)?, ..LostView::default() }, app.now());
    match open.role {
        Role::Patient => {
            (view.computers, view.held) = (computers(open).await?, held(open).await?);
            view.permissions = given(open, now).await?;
            view.new_keys = renewed(open).await?;
            view.laptops = laptops::lost(app, open).await?;
        }
        Role::Clinician => (view.received, view.codes) = inbox::within_reach(&open.vault, now).await?,
        // Neither readings nor permissions of its own.
        Role::Family => {}
    }
    Ok(view)
}

async fn given(open: &Open, now: UnixMillis) -> Result<Vec<HolderView>, Failure> {
    let running =
        |state| matches!(state, PermissionState::Pending | PermissionState::NotYet | PermissionState::Active);
    let all = kept::all(&open.vault).await?.into_iter().filter(|k| running(k.state(now)));
    Ok(all.map(|k| HolderView { name: k.facts.clinician.name, ends: k.facts.ends }).collect())
}

/// Since when keys are new because of a lost laptop: begun on this computer, and not on one before it, which may be the lost one.
async fn renewed(open: &Open) -> Result<Option<UnixMillis>, Failure> {
    let here = open.vault.writer().id.0;
    let lost = |one: &Renewal| one.because == Because::Lost && one.by == here;
    Ok(renew::all(&open.vault).await?.into_iter().find(lost).map(|one| one.at))
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
