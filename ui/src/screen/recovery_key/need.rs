//! That the recovery key is not written down: said where the day begins, calmly, until somebody typed it from the paper. The key
//! that was shown is not shown again; a new one takes its place.

use salus_wire::command::GetDoors;
use salus_wire::view::StandingView;
use yew::prelude::*;

use super::{NewKey, TryKey};
use crate::part::{Icon, icon};
use crate::state::{use_ask, use_shared};
use crate::t;

/// What a person does about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    New,
    Have,
}

/// Nothing once it is written down, and in a record that can only be read: nothing could be kept there.
#[component]
pub(crate) fn KeyNeedNote() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let way = use_state(|| None::<Way>);
    let done = use_state(|| None::<Way>);
    let asked = use_ask(Some(GetDoors {}), 0);
    let go = |to: Option<Way>| {
        let way = way.clone();
        Callback::from(move |()| way.set(to))
    };
    let finished = |which: Way| {
        let done = done.clone();
        Callback::from(move |()| done.set(Some(which)))
    };
    if let Some(which) = *done {
        let said = match which {
            Way::New => t!(w, "doors-key-changed"),
            Way::Have => t!(w, "doors-key-works"),
        };
        return html! { <p class="line" role="status" data-paper="done">{ icon(Icon::Check) }<span>{ said }</span></p> };
    }
    let sound = shared.app.as_ref().is_some_and(|app| app.standing == StandingView::Sound);
    let missing = asked.answer.as_ref().is_some_and(|doors| doors.recovery_key && !doors.written);
    if !sound || !missing {
        return Html::default();
    }
    let Some(which) = *way else {
        return html! {
            <div class="proven ask" role="note" aria-label={t!(w, "key-title")} data-need="paper">
                { icon(Icon::Warning) }
                <p><span class="strong line-of-its-own">{ t!(w, "key-need") }</span>{ t!(w, "key-need-why") }</p>
                <div class="row">
                    <button type="button" id="paper-new" onclick={go(Some(Way::New)).reform(|_: MouseEvent| ())}>{ t!(w, "doors-new-key") }</button>
                    <button type="button" id="paper-have" onclick={go(Some(Way::Have)).reform(|_: MouseEvent| ())}>{ t!(w, "key-need-have") }</button>
                </div>
            </div>
        };
    };
    html! {
        <section aria-labelledby="paper-title">
            <h2 id="paper-title">{ match which {
                Way::New => t!(w, "doors-new-key"),
                Way::Have => t!(w, "doors-try-key"),
            } }</h2>
            { match which {
                Way::New => html! { <NewKey done={finished(which)} close={go(None)} /> },
                Way::Have => html! { <TryKey done={finished(which)} close={go(None)} /> },
            } }
        </section>
    }
}
