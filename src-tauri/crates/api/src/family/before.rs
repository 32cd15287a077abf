//! What the record itself permits, at a handover: listed before anybody agrees, stopped before anything is handed over, and told to
//! the person who came of age, who gives it anew or not.
//!
//! ```text
//! parent     get_family: the list -> hand_over: noted, each stopped and proven, and only then handed over
//!              cut off in between: what is stopped stays so, nothing was handed over, and doing it again goes on
//! grown-up   take_circle: what was told, each held against the members
//! ```
//!
//! Nothing in the chain ties these permissions to the circle, so the members cannot freeze them, as they do what helpers gave.

use salus_chain::ids;
use salus_light::LightClient;
use salus_sharing::circle::Before;
use salus_sharing::circle::before::MAX_BEFORE;
use salus_vault::Vault;
use salus_wire::command::{Command, HandOver};
use salus_wire::view::{BeforeView, BeforeWhom, PermissionView};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};

use super::kept::Own;
use crate::App;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::share::freeze;

fn view(permission: PermissionView) -> BeforeView {
    let whom = match (&permission.emergency, permission.clinician.on_duty) {
        (Some(_), _) => BeforeWhom::Card,
        (None, true) => BeforeWhom::OnDuty,
        (None, false) => BeforeWhom::Clinician,
    };
    BeforeView {
        id: permission.id,
        whom,
        name: permission.clinician.name,
        organisation: permission.clinician.organisation,
        categories: permission.categories,
        ends: permission.ends,
        stopped: false,
    }
}

/// What a handover would stop now.
pub(super) async fn running(vault: &Vault, now: UnixMillis) -> Result<Vec<BeforeView>, Failure> {
    Ok(freeze::running(vault, now).await?.into_iter().map(view).collect())
}

/// Stops all of it. What was to be stopped is on disk before the first is, so that the person hears of it whatever comes between. The
/// caller has the turn.
///
/// # Errors
/// As [`freeze::all`]: nothing was handed over, and doing it again goes on.
pub(super) async fn stop(app: &App, open: &Open, client: &LightClient) -> Result<(), Failure> {
    let vault = &open.vault;
    let mut own = Own::load(vault).await?.ok_or(ErrorCode::NothingYet)?;
    for one in running(vault, app.now()).await? {
        if own.before.iter().all(|known| known.id != one.id) {
            own.before.push(one);
        }
    }
    own.save(vault).await?;
    freeze::all(app, open, client, HandOver::NAME).await
}

/// As screens show it: what was noted, and what runs while this computer can hand over.
pub(super) async fn shown(
    vault: &Vault,
    own: &Own,
    speaks: bool,
    now: UnixMillis,
) -> Result<Vec<BeforeView>, Failure> {
    // What was told to this computer was held against the members when it was taken.
    if own.given_back.is_some() {
        return Ok(own.before.clone());
    }
    Ok(merged(&own.before, running(vault, now).await?, speaks && own.is_made_here()))
}

fn merged(noted: &[BeforeView], running: Vec<BeforeView>, hands_over: bool) -> Vec<BeforeView> {
    let runs = |id: &GrantId| running.iter().any(|one| one.id == *id);
    let mut all: Vec<BeforeView> =
        noted.iter().map(|one| BeforeView { stopped: !runs(&one.id), ..one.clone() }).collect();
    all.extend(running.into_iter().filter(|one| hands_over && noted.iter().all(|known| known.id != one.id)));
    sort(&mut all);
    all
}

fn sort(all: &mut [BeforeView]) {
    all.sort_by_key(|one| std::cmp::Reverse((one.ends, one.id.0)));
}

/// What the person is told of it.
pub(super) fn told(own: &Own) -> Vec<Before> {
    let mut all = own.before.clone();
    sort(&mut all);
    let one = |one: BeforeView| {
        let whom = (one.name.as_str(), one.organisation.as_str());
        Before::new(ids::GrantId(one.id.0), one.whom, whom, one.categories.into_iter().collect(), one.ends)
    };
    all.into_iter().take(MAX_BEFORE).map(one).collect()
}

/// What the person was told, as it is kept until it is held against the members.
pub(super) fn heard(before: Before) -> BeforeView {
    let Before { grant, whom, name, organisation, categories, ends } = before;
    let (id, categories) = (GrantId(grant.0), categories.into_iter().collect());
    BeforeView { id, whom, name, organisation, categories, ends, stopped: false }
}

/// It with what the members prove of each: whether it can be opened no more.
pub(super) async fn proven(
    client: &LightClient,
    mut told: Vec<BeforeView>,
) -> Result<Vec<BeforeView>, Failure> {
    for one in &mut told {
        let record = client.prove_grant(&ids::GrantId(one.id.0)).await.or_fail()?.value;
        one.stopped = record.is_none_or(|record| record.end.is_some());
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use salus_wire::Category;

    use super::*;

    fn one(id: u8, ends: UnixMillis) -> BeforeView {
        let (name, organisation) = ("Dr Ana Example".to_owned(), "Heart Clinic".to_owned());
        let (id, categories) = (GrantId([id; 32]), vec![Category::HeartRate]);
        BeforeView { id, whom: BeforeWhom::Clinician, name, organisation, categories, ends, stopped: false }
    }

    fn said(all: &[BeforeView]) -> Vec<(u8, bool)> {
        all.iter().map(|one| (one.id.0[0], one.stopped)).collect()
    }

    #[test]
    fn what_a_handover_that_was_cut_off_stopped_and_what_still_runs_are_told_apart() {
        // The first try noted two and stopped one of them; a third was given since.
        let noted = [one(1, 10), one(2, 30)];
        let running = || vec![one(2, 30), one(3, 20)];
        assert_eq!(said(&merged(&noted, running(), true)), [(2, false), (3, false), (1, true)]);
        // Handed over, what is given afterwards is none of it.
        assert_eq!(said(&merged(&noted, running(), false)), [(2, false), (1, true)]);
        assert_eq!(said(&merged(&noted, Vec::new(), false)), [(2, true), (1, true)]);
        assert_eq!(said(&merged(&[], running(), true)), [(2, false), (3, false)]);
    }

    #[test]
    fn what_is_told_is_kept_as_it_was_and_as_running_until_the_members_say_otherwise() {
        let card = BeforeView {
            whom: BeforeWhom::Card,
            name: String::new(),
            organisation: String::new(),
            ..one(4, 50)
        };
        for known in [one(1, 10), card] {
            let BeforeView { id, whom, name, organisation, categories, ends, .. } = known.clone();
            let categories = categories.into_iter().collect();
            let before = Before::new(
                ids::GrantId(id.0),
                whom,
                (name.as_str(), organisation.as_str()),
                categories,
                ends,
            );
            assert_eq!(heard(before), known);
        }
    }
}
