//! What the lost laptop cannot do any more, once new keys began here, and what a person still has to do for that.

use salus_wire::command::MakeRecoveryRequest;
use salus_wire::view::{CircleKeyState, RetiredView};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{Busy, Icon, Notice, icon};
use crate::route::Route;
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct RetiredProps {
    pub(super) view: RetiredView,
    /// Called once a request was made.
    pub(super) done: Callback<()>,
}

#[component]
pub(super) fn Retired(props: &RetiredProps) -> Html {
    let shared = use_shared();
    let (w, view) = (&shared.words, &props.view);
    let make = use_act::<MakeRecoveryRequest>(props.done.reform(|_| ()));
    html! {
        <div id="retired">
            <h4>{ t!(w, "lost-retired") }</h4>
            <ul class="points">
                <li>{ t!(w, "lost-retired-done") }</li>
                <li>{ t!(w, "lost-retired-given", n = view.given_again) }</li>
                if view.still > 0 { <li class="caution">{ icon(Icon::Warning) }{ t!(w, "lost-retired-still", n = view.still) }</li> }
                if view.card { <li class="caution">{ icon(Icon::Warning) }{ t!(w, "lost-retired-card") }</li> }
                { for view.to_compare.iter().map(|name| html! { <li>{ t!(w, "lost-retired-compare", name = name.clone()) }</li> }) }
                { match view.circle {
                    None => Html::default(),
                    Some(CircleKeyState::Waits) => html! { <li>{ t!(w, "lost-retired-circle-waits") }</li> },
                    Some(CircleKeyState::New) => html! { <li>{ t!(w, "lost-retired-circle-new") }</li> },
                    Some(CircleKeyState::Taken) => html! { <li class="caution">{ icon(Icon::Warning) }{ t!(w, "lost-retired-circle-taken") }</li> },
                } }
            </ul>
            if view.card { <p><Link<Route> to={Route::Emergency} classes="button">{ t!(w, "card-open") }</Link<Route>></p> }
            if !view.to_compare.is_empty() {
                <p><Link<Route> to={Route::Laptops} classes="button">{ t!(w, "lost-retired-to-laptops") }</Link<Route>></p>
            }
            if let Some(failure) = &make.failure { <Notice failure={failure.clone()} /> }
            if view.circle == Some(CircleKeyState::Taken) {
                <div class="row"><Busy id="lost-request" label={t!(w, "lost-retired-request")} busy={make.busy}
                    onclick={make.starter().reform(|_: MouseEvent| MakeRecoveryRequest {})} /></div>
            }
        </div>
    }
}
