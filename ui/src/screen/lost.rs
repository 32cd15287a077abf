//! A lost or stolen laptop: what to do now, one step after another, and what it could open. For a patient that is the own record and
//! the permissions given, for a clinician the permissions received; for both the other records on the computer.

mod clinician;
mod family;
mod others;
mod patient;
mod renew;
mod retired;
mod withdraw;

use salus_wire::command::GetLost;
use salus_wire::view::Role;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::unanswered;
use crate::route::Route;
use crate::state::{Shared, use_ask, use_shared};
use crate::t;
use clinician::ClinicianSteps;
use family::family_steps;
use others::others;
use patient::{PatientSteps, held};

/// The screen.
#[component]
pub fn Lost() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = use_state(|| 0_u32);
    let beat = shared.beats.members.wrapping_add(shared.beats.permissions).wrapping_add(*turn);
    let asked = use_ask(Some(GetLost {}), beat);
    let again = {
        let turn = turn.clone();
        Callback::from(move |()| turn.set(turn.wrapping_add(1)))
    };
    let role = shared.app.as_ref().and_then(|a| a.profile.as_ref()).map_or(Role::Patient, |p| p.role);
    html! {
        <>
            <h1>{ t!(w, "lost-title") }</h1>
            <p class="lead">{ t!(w, "lost-sentence") }</p>
            { unanswered(&asked) }
            if let Some(view) = &asked.answer {
                <h2>{ t!(w, "lost-now") }</h2>
                <ol class="entries steps">
                    <li>
                        <h3>{ t!(w, "lost-step-keys") }</h3>
                        <p>{ t!(w, "lost-step-keys-why") }</p>
                        <p><Link<Route> to={Route::Settings} classes="button">{ t!(w, "lost-to-settings") }</Link<Route>></p>
                    </li>
                    { match role {
                        Role::Patient => html! { <PatientSteps view={(**view).clone()} done={again} /> },
                        Role::Clinician => html! { <ClinicianSteps view={(**view).clone()} /> },
                        Role::Family => family_steps(&shared),
                    } }
                    <li>
                        <h3>{ t!(w, "lost-step-backup") }</h3>
                        <p>{ t!(w, "lost-step-backup-why") }</p>
                        <p><Link<Route> to={Route::Backups} classes="button">{ t!(w, "backups-title") }</Link<Route>></p>
                    </li>
                    { others(&shared, view) }
                </ol>
            }
            <h2>{ t!(w, "lost-could") }</h2>
            <ul class="points">{ for could(&shared, role).into_iter().map(|said| html! { <li>{ said }</li> }) }</ul>
            { for asked.answer.iter().map(|view| held(&shared, view)) }
        </>
    }
}

/// What whoever has it could do, the likeliest first.
fn could(shared: &Shared, role: Role) -> Vec<String> {
    let w = &shared.words;
    let (open, key, not) = (t!(w, "lost-could-open"), t!(w, "lost-could-key"), t!(w, "lost-could-not"));
    match role {
        Role::Patient => vec![
            open,
            t!(w, "lost-could-files"),
            t!(w, "lost-could-passphrase"),
            key,
            t!(w, "lost-could-write"),
            t!(w, "lost-could-give"),
            not,
        ],
        Role::Clinician => {
            vec![open, t!(w, "lost-could-patients"), key, t!(w, "lost-could-codes"), not]
        }
        Role::Family => vec![open, t!(w, "lost-could-relatives"), key, not],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_is_told_what_its_own_laptop_could_open() {
        let shared = Shared::default();
        let (patient, clinician) = (could(&shared, Role::Patient), could(&shared, Role::Clinician));
        let both = patient.iter().filter(|said| clinician.contains(said)).count();
        assert_eq!(both, 3, "open at that moment, the paper, and what is out of reach");
        assert!(clinician.iter().any(|said| said.contains("patients")));
        assert!(
            !clinician.iter().any(|said| said.contains("enrolment")),
            "no computer of theirs is enrolled"
        );
        let family = could(&shared, Role::Family);
        assert!(
            family.iter().any(|said| said.contains("help"))
                && family.iter().all(|said| !said.contains("patients"))
        );
    }
}
