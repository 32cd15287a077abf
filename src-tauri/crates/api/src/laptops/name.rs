//! What a laptop is called.

use salus_chain::attestation::check_name;
use salus_wire::command::{GetLaptops, RenameLaptop};
use salus_wire::event::Event;
use salus_wire::view::{LaptopsView, MAX_LAPTOP_NAME};
use salus_wire::{ErrorCode, Failure};

use super::kept::Own;
use super::view;
use crate::{App, Run};

impl Run for GetLaptops {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        view::of(app, &*app.open().await?).await
    }
}

impl Run for RenameLaptop {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        let name = checked(&self.name)?;
        let open = app.open().await?;
        {
            let _turn = open.sharing.take().await;
            let mut own = Own::load(&open.vault).await?;
            if self.number == own.number {
                own.name = name;
            } else if own.is_first() {
                own.peer(self.number)?.name = name;
            } else {
                return Err(ErrorCode::OtherLaptopOnly.into());
            }
            own.save(&open.vault).await?;
        }
        app.tell(Event::MembersChanged);
        view::of(app, &open).await
    }
}

/// A name as it may be shown in a question.
pub(super) fn checked(name: &str) -> Result<String, Failure> {
    let name = name.trim();
    let fits = check_name(name).is_ok() && name.chars().count() <= MAX_LAPTOP_NAME;
    if fits { Ok(name.to_owned()) } else { Err(Failure::with(ErrorCode::BadRequest, "name")) }
}
