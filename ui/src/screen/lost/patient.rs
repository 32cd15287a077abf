//! A patient's steps: new keys for new readings, withdraw the lost computer's enrolment, stop permissions.

use salus_wire::view::{ComputerView, LostView};
use yew::prelude::*;
use yew_router::prelude::*;

use super::renew::Renew;
use super::retired::Retired;
use super::withdraw::Withdraw;
use crate::format::count;
use crate::part::whom;
use crate::route::Route;
use crate::screen::laptops::list::LostLaptops;
use crate::state::{Shared, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct PatientStepsProps {
    pub(super) view: LostView,
    /// Called once something was withdrawn.
    pub(super) done: Callback<()>,
}

#[component]
pub(super) fn PatientSteps(props: &PatientStepsProps) -> Html {
    let shared = use_shared();
    let (w, view) = (&shared.words, &props.view);
    let computers = view.computers.iter().filter(|computer| enrolled(computer)).count();
    let running = match view.new_keys {
        Some(_) => t!(w, "lost-permissions-renewed", n = view.permissions.len()),
        None => t!(w, "lost-permissions", n = view.permissions.len()),
    };
    html! {
        <>
            if !view.laptops.is_empty() {
                <li>
                    <h3>{ t!(w, "lost-step-laptop") }</h3>
                    <p>{ t!(w, "lost-step-laptop-why") }</p>
                    <LostLaptops laptops={view.laptops.clone()} done={props.done.clone()} />
                </li>
            }
            <li>
                <h3>{ t!(w, "lost-step-renew") }</h3>
                <p>{ t!(w, "lost-step-renew-why") }</p>
                <div role="status" class="told">
                    if let Some(at) = view.new_keys { <p>{ t!(w, "lost-renewed", when = shared.clock().moment(at)) }</p> }
                </div>
                if let Some(retired) = &view.retired { <Retired view={retired.clone()} done={props.done.clone()} /> }
                if view.new_keys.is_none() { <Renew done={props.done.clone()} /> }
            </li>
            <li>
                <h3>{ t!(w, "lost-step-computer") }</h3>
                { said_of(&shared, view) }
                if computers > 0 { <Withdraw {computers} done={props.done.clone()} /> }
            </li>
            <li>
                <h3>{ t!(w, "lost-step-permissions") }</h3>
                <p>{ running }</p>
                <ul class="points">{ for view.permissions.iter().map(|p| html! {
                    <li>{ t!(w, "lost-permission", name = whom(w, &p.name), end = shared.clock().moment(p.ends)) }</li>
                }) }</ul>
                <p><Link<Route> to={Route::Permissions} classes="button">{ t!(w, "nav-permissions") }</Link<Route>></p>
            </li>
        </>
    }
}

const fn enrolled(computer: &ComputerView) -> bool {
    computer.enrolled.is_some() && computer.withdrawn.is_none()
}

/// What of the record may have been on it.
pub(super) fn held(shared: &Shared, view: &LostView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    if view.held.is_empty() {
        return Html::default();
    }
    html! {
        <details>
            <summary>{ t!(w, "lost-held", n = view.held.len()) }</summary>
            <ul class="points">{ for view.held.iter().map(|h| html! {
                <li>{ t!(w, "lost-held-line", what = w.category(h.category), n = h.readings, count = count(h.readings),
                    span = clock.span(h.from, h.to)) }</li>
            }) }</ul>
        </details>
    }
}

/// The computers before this one; on a computer that the record was never restored to, how to come to this point.
fn said_of(shared: &Shared, view: &LostView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    if view.computers.is_empty() {
        return html! { <p>{ t!(w, "lost-same-computer") }</p> };
    }
    html! {
        <ul class="points">{ for view.computers.iter().map(|computer| html! { <li>{ match (computer.enrolled, computer.withdrawn) {
            (_, Some(at)) => t!(w, "lost-withdrawn", date = clock.date(at)),
            (Some(at), None) => t!(w, "lost-enrolled", date = clock.date(at)),
            (None, None) => t!(w, "lost-never-enrolled"),
        } }</li> }) }</ul>
    }
}
