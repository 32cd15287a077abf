//! What a record itself permitted, at a handover: what is stopped first, what a handover that was cut off left running, and, for whoever
//! came of age, what there was, to give it anew or not.

use salus_wire::view::{BeforeView, BeforeWhom};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{Icon, icon, whom};
use crate::route::Route;
use crate::state::{Shared, use_shared};
use crate::t;

/// Whose organisation is said besides: that of staff on duty is in their name, and a card has none.
fn organisation(one: &BeforeView) -> Option<&str> {
    let said = one.whom == BeforeWhom::Clinician && !matches!(one.organisation.as_str(), "" | "-");
    said.then_some(one.organisation.as_str())
}

/// For whom, what, and until when it goes on, or would have.
fn list(shared: &Shared, all: &[&BeforeView]) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    html! { <ul>{ for all.iter().map(|one| html! {
        <li key={one.id.to_string()} data-stopped={one.stopped.to_string()}>
            <bdi>{ whom(w, &one.name) }</bdi>
            if let Some(organisation) = organisation(one) { { " · " }<bdi>{ organisation.to_owned() }</bdi> }
            { ": " }{ w.categories(&one.categories) }{ " · " }{ t!(w, "family-until", when = clock.date(one.ends)) }
        </li>
    }) }</ul> }
}

fn parted(all: &[BeforeView]) -> (Vec<&BeforeView>, Vec<&BeforeView>) {
    all.iter().partition(|one| one.stopped)
}

/// What is stopped before anything is handed over to `name`.
pub(super) fn first(shared: &Shared, before: &[BeforeView], name: &str) -> Html {
    let w = &shared.words;
    let (_, runs) = parted(before);
    if runs.is_empty() {
        return html! { { t!(w, "handover-first-none") } };
    }
    html! {
        <>
            { t!(w, "handover-first-what", name = name.to_owned()) }
            { list(shared, &runs) }
            if runs.iter().any(|one| one.whom == BeforeWhom::Card) {
                <p class="caution">{ icon(Icon::Warning) }{ t!(w, "handover-first-card", name = name.to_owned()) }</p>
            }
        </>
    }
}

/// A handover that was cut off: nothing was handed over, what is stopped, and what is not. Nothing where none was begun.
pub(super) fn cut_off(shared: &Shared, before: &[BeforeView]) -> Html {
    let w = &shared.words;
    let (stopped, runs) = parted(before);
    if stopped.is_empty() {
        return Html::default();
    }
    html! {
        <div id="handover-cut-off" role="status">
            <p class="caution">{ icon(Icon::Warning) }{ t!(w, "handover-cut-off") }</p>
            <p>{ t!(w, "handover-cut-off-stopped") }</p>
            { list(shared, &stopped) }
            if !runs.is_empty() {
                <p>{ t!(w, "handover-cut-off-runs") }</p>
                { list(shared, &runs) }
            }
        </div>
    }
}

/// On the computer that handed over: what was stopped with it, to read out to `name`.
pub(super) fn done(shared: &Shared, before: &[BeforeView], name: &str) -> Html {
    let w = &shared.words;
    let (stopped, _) = parted(before);
    if stopped.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <p>{ t!(w, "handover-stopped", name = name.to_owned()) }</p>
            { list(shared, &stopped) }
        </>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct BeforeProps {
    /// What was told.
    pub(super) before: Vec<BeforeView>,
}

/// On the computer of whoever came of age.
#[component]
pub(super) fn Before(props: &BeforeProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let (stopped, runs) = parted(&props.before);
    let card = props.before.iter().any(|one| one.whom == BeforeWhom::Card);
    html! {
        <section id="permitted-before">
            <h3>{ t!(w, "before-title") }</h3>
            if !stopped.is_empty() {
                <p>{ t!(w, "before-hint") }</p>
                { list(&shared, &stopped) }
            }
            if !runs.is_empty() {
                <p class="caution">{ icon(Icon::Warning) }{ t!(w, "before-runs") }</p>
                { list(&shared, &runs) }
            }
            <div class="row">
                <Link<Route> to={Route::Share} classes="button">{ t!(w, "before-give") }</Link<Route>>
                if card { <Link<Route> to={Route::Emergency} classes="button">{ t!(w, "before-card") }</Link<Route>> }
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::{Category, GrantId};

    use super::*;

    fn one(id: u8, whom: BeforeWhom, organisation: &str, stopped: bool) -> BeforeView {
        BeforeView {
            id: GrantId([id; 32]),
            whom,
            name: "Dr Ana Example".to_owned(),
            organisation: organisation.to_owned(),
            categories: vec![Category::HeartRate],
            ends: 1,
            stopped,
        }
    }

    #[test]
    fn an_organisation_is_said_of_a_clinician_who_has_one() {
        let said = |whom, name| organisation(&one(1, whom, name, false)).map(str::to_owned);
        assert_eq!(said(BeforeWhom::Clinician, "Heart Clinic").as_deref(), Some("Heart Clinic"));
        for (whom, name) in [
            (BeforeWhom::Clinician, "-"),
            (BeforeWhom::Clinician, ""),
            (BeforeWhom::OnDuty, "City Hospital"),
            (BeforeWhom::Card, ""),
        ] {
            assert_eq!(said(whom, name), None, "{whom:?} {name}");
        }
    }

    #[test]
    fn what_is_stopped_and_what_runs_are_told_apart() {
        let all = [
            one(1, BeforeWhom::Clinician, "-", true),
            one(2, BeforeWhom::Card, "", false),
            one(3, BeforeWhom::OnDuty, "", true),
        ];
        let (stopped, runs) = parted(&all);
        let ids = |some: Vec<&BeforeView>| some.iter().map(|one| one.id.0[0]).collect::<Vec<u8>>();
        assert_eq!((ids(stopped), ids(runs)), (vec![1, 3], vec![2]));
    }
}
