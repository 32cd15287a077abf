//! The step of somebody who only helps: those whom they help end that help, and let the new computer help.

use yew::prelude::*;
use yew_router::prelude::*;

use crate::route::Route;
use crate::state::Shared;
use crate::t;

pub(super) fn family_steps(shared: &Shared) -> Html {
    let w = &shared.words;
    html! {
        <li>
            <h3>{ t!(w, "lost-step-relatives") }</h3>
            <p>{ t!(w, "lost-step-relatives-why") }</p>
            <p><Link<Route> to={Route::Home} classes="button">{ t!(w, "nav-family") }</Link<Route>></p>
        </li>
    }
}
