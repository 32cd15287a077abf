//! Some part of the record does not open any more: said on every screen, with where to look.

use yew::prelude::*;
use yew_router::prelude::*;

use super::{Icon, icon};
use crate::route::Route;
use crate::state::use_shared;
use crate::t;

/// Nothing in a whole record.
#[component]
pub fn DamagedRecord() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    if !shared.app.as_ref().is_some_and(|a| a.damaged) {
        return Html::default();
    }
    html! {
        <section class="notice" role="status" id="damaged-record">
            { icon(Icon::Warning) }
            <div>
                <p class="strong">{ t!(w, "damaged-title") }</p>
                <p>{ t!(w, "damaged-happened") }</p>
                <div class="row"><Link<Route> to={Route::Settings} classes="button">{ t!(w, "damaged-look") }</Link<Route>></div>
            </div>
        </section>
    }
}
