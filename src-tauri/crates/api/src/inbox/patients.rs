//! The list of patients: every permission that a clinician holds, with the clinician's own marks and what was seen.

use std::collections::BTreeSet;

use salus_wire::command::{FlagPatient, ListPatients};
use salus_wire::view::{PatientView, PermissionState};
use salus_wire::{ErrorCode, Failure};

use super::desk;
use super::kept::{self, Shared};
use crate::failure::OrFail;
use crate::lock::Open;
use crate::namespace::FLAGS;
use crate::{App, Run};

/// What is kept under a marked permission: that it is.
const MARKED: &[u8] = &[1];

impl Run for ListPatients {
    async fn run(self, app: &App) -> Result<Vec<PatientView>, Failure> {
        let open = app.open().await?;
        list(app, &open).await
    }
}

impl Run for FlagPatient {
    async fn run(self, app: &App) -> Result<Vec<PatientView>, Failure> {
        let open = app.open().await?;
        let shared = Shared::load(&open.vault, &self.id).await?.ok_or(ErrorCode::UnknownPermission)?;
        let cabinet = open.vault.cabinet();
        if self.flagged {
            cabinet.put(FLAGS, &self.id.0, MARKED).await.or_fail()?;
        } else {
            // The mark may have been made before the patient's app gave the same again under new keys.
            let all = Shared::all(&open.vault).await?;
            for one in all.iter().filter(|one| one.id == self.id || one.is_same(&shared)) {
                cabinet.remove(FLAGS, &one.id.0).await.or_fail()?;
            }
        }
        app.tell(salus_wire::event::Event::PermissionsChanged);
        list(app, &open).await
    }
}

async fn list(app: &App, open: &Open) -> Result<Vec<PatientView>, Failure> {
    let now = app.now();
    let marked = open.vault.cabinet().readable(FLAGS).await.or_fail()?;
    let marked: BTreeSet<Vec<u8>> = marked.into_iter().map(|(id, _)| id).collect();
    let all = Shared::all(&open.vault).await?;
    let is_marked = |shared: &Shared| marked.contains(shared.id.0.as_slice());
    let one = |shared: &Shared| {
        let view = shared.view(now);
        let over = matches!(view.state, PermissionState::Ended | PermissionState::Stopped);
        PatientView {
            // A mark stays when the patient's app gave the same again under new keys.
            flagged: is_marked(shared) || all.iter().any(|other| other.is_same(shared) && is_marked(other)),
            glimpse: if over { None } else { desk::glimpse(open, &view.id, now) },
            shared: view,
        }
    };
    Ok(all.iter().filter(|shared| !kept::is_followed(&all, shared)).map(one).collect())
}
