//! The end of the band over every screen: finding, what happened, help. Always in the same place and the same order.
//!
//! # Source
//! WCAG 2.2, 3.2.6 Consistent Help.

use salus_wire::command::ListNotices;
use yew::prelude::*;
use yew_router::prelude::*;

use super::{Icon, icon};
use crate::format::count;
use crate::route::Route;
use crate::state::{Change, Over, use_ask, use_shared};
use crate::t;

/// Three ways on, and the one place where is said that something happened.
#[component]
pub fn BandEnd() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let route = use_route::<Route>();
    let listed = use_ask(Some(ListNotices {}), shared.beats.notices);
    let unread = listed.answer.as_ref().map_or(0, |view| view.unread);
    let find = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.dispatch(Change::Over(Some(Over::Palette))))
    };
    let new = (unread > 0).then(|| t!(w, "notices-new", n = unread, count = count(unread)));
    let link = |name: &'static str, to: Route, picture: Icon, label: String, tag: Option<String>| {
        let here = route.as_ref() == Some(&to);
        html! {
            <span class={classes!("band-link", here.then_some("here"))} data-nav={name}>
                <Link<Route> {to}>{ icon(picture) }<span>{ label }</span>if let Some(tag) = tag { <span class="tag on">{ tag }</span> }</Link<Route>>
            </span>
        }
    };
    html! {
        <div class="band-end">
            <span class="band-link"><button type="button" id="find" onclick={find} aria-keyshortcuts="Control+K">{ icon(Icon::Find) }<span>{ t!(w, "palette-open") }</span></button></span>
            { link("notices", Route::Notices, Icon::Bell, t!(w, "notices-title"), new.clone()) }
            { link("help", Route::Help, Icon::Help, t!(w, "help-title"), None) }
            // Said once more as it changes: the words in a link are read when it is reached.
            <span class="hidden" role="status">{ new.map(|new| t!(w, "notices-said", new = new)).unwrap_or_default() }</span>
        </div>
    }
}
