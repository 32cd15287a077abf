//! Whose record it is, on top of every part of their page: their name and colour, what I may do for them, and the ways to do it.

use salus_wire::view::{HelpedView, HelperRole, PowerState};
use yew::prelude::*;
use yew_router::prelude::*;

use super::said::{power, power_tag};
use crate::part::{Icon, band_of, icon};
use crate::route::Route;
use crate::state::use_shared;
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct WhoseProps {
    pub(super) helped: HelpedView,
}

#[component]
pub(super) fn Whose(props: &WhoseProps) -> Html {
    let shared = use_shared();
    let (w, helped) = (&shared.words, &props.helped);
    let (circle, name) = (helped.circle.to_string(), helped.person.clone());
    let me = helped.helpers.iter().find(|helper| helper.you);
    let steward =
        me.is_some_and(|me| me.limits.role == HelperRole::Steward && me.state == PowerState::InForce);
    html! {
        <>
            <header class={format!("band band-{}", band_of(&name))}>
                <h2 class="band-name"><bdi>{ name.clone() }</bdi></h2>
                if let Some(me) = me { { power_tag(&shared, me.state) } }
            </header>
            if let Some(me) = me {
                <p>{ t!(w, "family-my-authority", name = name.clone()) }{ " " }{ power(&shared, me) }</p>
            } else if !helped.guardian {
                <p>{ t!(w, "family-no-more", name = name.clone()) }</p>
            }
            if let Some(at) = helped.retired {
                <p class="caution" role="status">{ icon(Icon::Warning) }{ t!(w, "family-retired-of", name = name.clone(), when = shared.clock().moment(at)) }</p>
            }
            if steward {
                <div class="row">
                    <Link<Route> to={Route::Helped { circle: circle.clone() }} classes="button main">{ t!(w, "family-read", name = name.clone()) }</Link<Route>>
                    <Link<Route> to={Route::GiveFor { circle }} classes="button">{ t!(w, "family-give", name = name) }</Link<Route>>
                </div>
            }
        </>
    }
}
