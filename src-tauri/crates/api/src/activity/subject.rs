//! Which permissions the list of openings is about, and by whom each was given and, where it was stopped, stopped.

use std::collections::BTreeSet;

use salus_sharing::Members;
use salus_sharing::issue::Progress;
use salus_vault::Vault;
use salus_wire::view::{ActivityBy, ProofView};
use salus_wire::{Failure, GrantId, UnixMillis};

use crate::share::kept::{self, Kept, Opener};
use crate::{App, family, laptops};

/// One permission.
pub(crate) struct Subject {
    pub(crate) id: GrantId,
    /// For whom; empty for an emergency card.
    pub(super) name: String,
    pub(crate) given: ActivityBy,
    /// Who stopped it, if it was stopped.
    pub(super) stopped: ActivityBy,
    /// Of one for staff on duty, who of them is known to have opened.
    pub(super) duty: Option<Vec<Opener>>,
    /// The members that hold a part, as far as this laptop dealt them; `None` where another one did.
    pub(super) holding: Option<Members>,
    /// The clinician's attested key, where it is kept.
    pub(super) credential: Option<[u8; 32]>,
    /// When it was recorded, where that is known without the members, and how it was proven last.
    pub(super) remembered: Option<(UnixMillis, ProofView)>,
}

/// What this laptop gave, what the person's other laptops told of, and what helpers gave for the person; each once.
pub(crate) async fn all(app: &App, vault: &Vault) -> Result<Vec<Subject>, Failure> {
    let own = kept::all(vault).await?;
    let stands = |kept: &&Kept| !matches!(kept.permission.progress(), Progress::Pending);
    let again: BTreeSet<GrantId> = own.iter().filter(stands).filter_map(|kept| kept.facts.replaces).collect();
    let mut all: Vec<Subject> = own.iter().map(|kept| of_own(kept, again.contains(&kept.id()))).collect();
    let mut known: BTreeSet<GrantId> = all.iter().map(|subject| subject.id).collect();
    for told in laptops::views(vault, app.now(), 0).await? {
        if known.insert(told.id) {
            // What another laptop gave is given again here, once that one is removed or the keys are new.
            let stopped = if again.contains(&told.id) { ActivityBy::Salus } else { ActivityBy::Unknown };
            all.push(of_others(told.id, told.clinician.name, ActivityBy::OtherLaptop, stopped));
        }
    }
    for helped in family::by_helpers(app, vault).await? {
        let view = helped.view;
        if known.insert(view.id) {
            let stopped = if helped.ended_by_person { ActivityBy::You } else { ActivityBy::Unknown };
            let stopped = if again.contains(&view.id) { ActivityBy::Salus } else { stopped };
            all.push(of_others(view.id, view.clinician.name, ActivityBy::Helper(view.by), stopped));
        }
    }
    Ok(all)
}

/// One of this laptop's. A stop that this laptop did not bring is somebody else's: another laptop's, or a helper's who may.
fn of_own(kept: &Kept, given_again: bool) -> Subject {
    let facts = &kept.facts;
    let given = if facts.replaces.is_some() { ActivityBy::Salus } else { ActivityBy::You };
    let (recorded, stopped) = match kept.permission.progress() {
        Progress::Pending => (None, ActivityBy::Unknown),
        Progress::Recorded(given) => (Some(given.time_ms), ActivityBy::Unknown),
        Progress::Stopped { given, .. } => (Some(given.time_ms), ActivityBy::You),
    };
    Subject {
        id: kept.id(),
        name: facts.clinician.name.clone(),
        given,
        stopped: if given_again { ActivityBy::Salus } else { stopped },
        duty: facts.group.as_ref().map(|_| facts.openers.clone()),
        holding: Some(kept.permission.holding()),
        credential: facts.credential,
        remembered: recorded.zip(facts.proven.as_ref().map(|proven| proven.proof.clone())),
    }
}

/// One of which this laptop keeps no more than that there is one.
fn of_others(id: GrantId, name: String, given: ActivityBy, stopped: ActivityBy) -> Subject {
    Subject { id, name, given, stopped, duty: None, holding: None, credential: None, remembered: None }
}
