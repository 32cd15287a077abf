//! The codes that this person gave out and that nobody has used: listed, and taken back.
//!
//! A code is public keys with a signature, and whoever has it keeps it. Taking it back is forgetting, here, what belongs to them: what is
//! given to it afterwards nobody can open, and who is named by it never answers.
//!
//! Guarantees: a code that somebody used is not taken back, as far as the members can be asked within three seconds; the others' keys
//! are gone from the record before the code is off the list.
//!
//! Non-guarantees: what somebody gave to the code while no member was reached is lost with it; a backup of before still holds the keys.

use std::time::Duration;

use salus_vault::Vault;
use salus_wire::Failure;
use salus_wire::command::{ListGivenCodes, TakeBackCode};
use salus_wire::view::GivenCodeView;

use crate::family::unused as relatives;
use crate::inbox::unused as patients;
use crate::{App, Run};

/// How long the members may take to say whether somebody used a code.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);

impl Run for ListGivenCodes {
    async fn run(self, app: &App) -> Result<Vec<GivenCodeView>, Failure> {
        listed(&app.open().await?.vault).await
    }
}

impl Run for TakeBackCode {
    async fn run(self, app: &App) -> Result<Vec<GivenCodeView>, Failure> {
        let open = app.open().await?;
        {
            // Whoever looks for answers keeps what it knows of a code when it is through.
            let _turn = open.sharing.take().await;
            patients::take_back(app, &open, &self.id).await?;
            relatives::take_back(app, &open, &self.id).await?;
        }
        listed(&open.vault).await
    }
}

async fn listed(vault: &Vault) -> Result<Vec<GivenCodeView>, Failure> {
    let mut all = patients::listed(vault).await?;
    all.extend(relatives::listed(vault).await?);
    all.sort_by_key(|code| std::cmp::Reverse(code.made));
    Ok(all)
}
