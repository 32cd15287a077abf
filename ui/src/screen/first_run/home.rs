//! The end of the first run: what is done, and where to find what was skipped.

use salus_wire::view::{FirstRunStep as Step, FirstRunView, Role};
use yew::prelude::*;

use super::steps::{Move, is_made};
use crate::part::{Icon, icon};
use crate::state::{Shared, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct DoneProps {
    pub(super) at: FirstRunView,
    pub(super) go: Callback<Move>,
}

#[component]
pub(super) fn Done(props: &DoneProps) -> Html {
    let shared = use_shared();
    let (w, at) = (&shared.words, &props.at);
    let go = |by: Move| props.go.reform(move |_: MouseEvent| by);
    let open = match at.role {
        Role::Patient | Role::Clinician => t!(w, "first-home"),
        Role::Family => t!(w, "first-home-family"),
    };
    html! {
        <div class="step">
            <h1>{ t!(w, "first-ready") }</h1>
            <p>{ t!(w, "first-ready-hint") }</p>
            <ul class="entries done-list">{ for Step::ALL.into_iter().filter(|step| *step != Step::Home).map(|step| {
                let skipped = at.skipped.contains(&step);
                html! { <li key={format!("{step:?}")} data-done={(!skipped).to_string()}>
                    <p class="strong">{ what(&shared, step, at.role) }</p>
                    { tag(&shared, skipped) }
                    if skipped { <p class="quiet">{ found_again(&shared, step, at.role) }</p> }
                    if skipped && is_made(step) { <button type="button" onclick={go(Move::To(step))}>{ t!(w, "first-do-now") }</button> }
                </li> }
            }) }</ul>
            <div class="onward"><div class="row">
                <button type="button" id="next" class="main" onclick={go(Move::Next)}>{ open }</button>
                <button type="button" id="back" onclick={go(Move::Back)}>{ t!(w, "back") }</button>
            </div></div>
        </div>
    }
}

fn tag(shared: &Shared, skipped: bool) -> Html {
    let w = &shared.words;
    let (class, picture, word) = match skipped {
        true => ("tag off", Icon::Clock, t!(w, "first-skipped")),
        false => ("tag on", Icon::Check, t!(w, "first-done")),
    };
    html! { <span {class}>{ icon(picture) }<span>{ word }</span></span> }
}

/// What the step was about.
fn what(shared: &Shared, step: Step, role: Role) -> String {
    let w = &shared.words;
    match (step, role) {
        (Step::Looks, _) => t!(w, "first-what-looks"),
        (Step::Who, Role::Patient) => t!(w, "role-patient"),
        (Step::Who, Role::Clinician) => t!(w, "role-clinician"),
        (Step::Who, Role::Family) => t!(w, "role-family"),
        (Step::Passphrase, _) => t!(w, "first-what-passphrase"),
        (Step::Key, _) => t!(w, "first-what-key"),
        (Step::Begin | Step::Home, Role::Patient) => t!(w, "first-reading"),
        (Step::Begin | Step::Home, Role::Clinician) => t!(w, "code-title"),
        (Step::Begin | Step::Home, Role::Family) => t!(w, "first-relative"),
    }
}

/// Where it is found again.
fn found_again(shared: &Shared, step: Step, role: Role) -> String {
    let w = &shared.words;
    match (step, role) {
        (Step::Looks, _) => t!(w, "first-find-looks"),
        (Step::Who, _) => t!(w, "first-find-who"),
        (Step::Passphrase, _) => t!(w, "first-find-passphrase"),
        (Step::Key, _) => t!(w, "first-find-key"),
        (Step::Begin | Step::Home, Role::Patient) => t!(w, "first-find-reading"),
        (Step::Begin | Step::Home, Role::Clinician) => t!(w, "first-find-code"),
        (Step::Begin | Step::Home, Role::Family) => t!(w, "first-find-relative"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::words::{LANGUAGES, Words};

    #[test]
    fn each_step_of_each_role_says_what_it_was_and_where_it_is_found_again() {
        for language in LANGUAGES {
            let shared = Shared { words: Words::of(language.tag), ..Shared::default() };
            for role in [Role::Patient, Role::Clinician, Role::Family] {
                let steps = Step::ALL.into_iter().filter(|step| *step != Step::Home);
                let said: Vec<[String; 2]> =
                    steps.map(|step| [what(&shared, step, role), found_again(&shared, step, role)]).collect();
                let all: BTreeSet<&String> = said.iter().flatten().collect();
                assert_eq!(all.len(), 10, "{}: {role:?}: {said:?}", language.tag);
                assert!(all.iter().all(|text| !text.starts_with("first-")), "{}: {said:?}", language.tag);
            }
        }
    }
}
