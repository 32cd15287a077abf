//! Whether those who help see what I permit myself, and can stop it.

use salus_wire::command::LetHelpersStop;
use salus_wire::view::FamilyView;
use yew::prelude::*;

use crate::part::{Busy, Notice};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct LetsProps {
    /// Whether they do.
    pub(super) on: bool,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Lets(props: &LetsProps) -> Html {
    let shared = use_shared();
    let (w, on) = (&shared.words, props.on);
    let act = use_act::<LetHelpersStop>(props.changed.reform(|_: FamilyView| ()));
    let label = if on { t!(w, "lets-end") } else { t!(w, "lets-begin") };
    html! {
        <section id="lets" data-on={on.to_string()}>
            <h3>{ t!(w, "lets-title") }</h3>
            <p>{ if on { t!(w, "lets-on") } else { t!(w, "lets-off") } }</p>
            if on { <p class="quiet">{ t!(w, "lets-after") }</p> }
            if let Some(failure) = &act.failure { <Notice failure={failure.clone()} /> }
            <div class="row"><Busy {label} busy={act.busy} onclick={act.starter().reform(move |_: MouseEvent| LetHelpersStop { on: !on })} /></div>
        </section>
    }
}
