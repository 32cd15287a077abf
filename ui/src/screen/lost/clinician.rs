//! A clinician's steps: patients stop what they shared, the organisation suspends its confirmation.

use salus_wire::view::LostView;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::route::Route;
use crate::state::use_shared;
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct ClinicianStepsProps {
    pub(super) view: LostView,
}

#[component]
pub(super) fn ClinicianSteps(props: &ClinicianStepsProps) -> Html {
    let shared = use_shared();
    let (w, view) = (&shared.words, &props.view);
    html! {
        <>
            <li>
                <h3>{ t!(w, "lost-step-patients") }</h3>
                <p>{ t!(w, "lost-received", n = view.received.len()) }</p>
                <ul class="points">{ for view.received.iter().map(|p| html! {
                    <li>
                        { t!(w, "lost-permission", name = p.patient.clone(), end = shared.clock().moment(p.ends)) }
                        if !p.note.is_empty() { <span class="quiet line-of-its-own"><bdi>{ &p.note }</bdi></span> }
                    </li>
                }) }</ul>
                if view.codes > 0 { <p>{ t!(w, "lost-codes", n = view.codes) }</p> }
                <p><Link<Route> to={Route::Code} classes="button">{ t!(w, "nav-code") }</Link<Route>></p>
            </li>
            <li>
                <h3>{ t!(w, "lost-step-organisation") }</h3>
                <p>{ t!(w, "lost-step-organisation-why") }</p>
            </li>
        </>
    }
}
