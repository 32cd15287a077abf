//! The recovery key: written down, groups of it typed back; made anew where the one that was shown is gone, or is to be another.

use salus_wire::command::GetDoors;
use salus_wire::view::{RecoveryKeyView, Role};
use yew::prelude::*;

use super::onward::Onward;
use super::steps::Move;
use crate::part::{Icon, KeyGroups, Submit, icon};
use crate::screen::recovery_key::{NewKey, TypeBack};
use crate::state::{use_ask, use_shared};
use crate::t;

/// What is on the screen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The key, or that there is none to show.
    Look,
    /// Groups of it.
    TypeBack,
    /// Another one.
    New,
}

#[derive(Properties, PartialEq)]
pub(super) struct KeepKeyProps {
    pub(super) role: Role,
    /// The key that the new record was made with; gone after a lock.
    pub(super) view: Option<RecoveryKeyView>,
    /// The passphrase, where Salus chose it and it is still known here.
    pub(super) passphrase: Option<String>,
    pub(super) go: Callback<Move>,
}

#[component]
pub(super) fn KeepKey(props: &KeepKeyProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let way = use_state(|| Way::Look);
    let turn = use_state(|| 0_u32);
    let doors = use_ask(Some(GetDoors {}), *turn);
    let to = |next: Way| {
        let way = way.clone();
        Callback::from(move |()| way.set(next))
    };
    let go = |by: Move| props.go.reform(move |()| by);
    let set = {
        let (way, turn) = (way.clone(), turn.clone());
        Callback::from(move |()| {
            way.set(Way::Look);
            turn.set(turn.wrapping_add(1));
        })
    };
    let written = doors.answer.as_ref().is_some_and(|doors| doors.written);
    let onward = |main: Html| {
        html! { <Onward meaning={t!(w, "first-key-skip")} skip={go(Move::Skip)}>{ main }</Onward> }
    };
    let body = match (*way, &props.view) {
        (Way::New, _) => html! {
            <>
                <section><NewKey done={set} close={to(Way::Look)} /></section>
                { onward(Html::default()) }
            </>
        },
        _ if written => html! {
            <>
                <p class="line" role="status" id="key-kept">{ icon(Icon::Check) }<span>{ t!(w, "first-key-kept") }</span></p>
                <div class="row"><button type="button" id="key-another" onclick={to(Way::New).reform(|_: MouseEvent| ())}>{ t!(w, "first-key-another") }</button></div>
                { onward(html! { <button type="button" id="next" class="main" onclick={go(Move::Next).reform(|_: MouseEvent| ())}>{ t!(w, "next") }</button> }) }
            </>
        },
        (Way::TypeBack, Some(_)) => html! {
            <>
                <TypeBack why={t!(w, "key-type-back")} label={t!(w, "first-key-check")} done={go(Move::Next)} look_again={to(Way::Look)} />
                { onward(Html::default()) }
            </>
        },
        (_, Some(view)) => html! {
            <form onsubmit={to(Way::TypeBack).reform(|e: SubmitEvent| e.prevent_default())}>
                <p>{ t!(w, "key-why") }</p>
                <KeyGroups view={view.clone()} />
                <p>{ t!(w, "key-where") }</p>
                { onward(html! { <Submit id="key-written" label={t!(w, "key-written")} /> }) }
            </form>
        },
        (_, None) => html! {
            <>
                <p>{ t!(w, "key-need-why") }</p>
                { onward(html! { <button type="button" id="key-new" class="main" onclick={to(Way::New).reform(|_: MouseEvent| ())}>{ t!(w, "doors-new-key") }</button> }) }
            </>
        },
    };
    html! {
        <div class="step">
            <h1>{ t!(w, "key-title") }</h1>
            if let Some(passphrase) = &props.passphrase {
                <div class="on-paper">
                    <p>{ t!(w, "first-key-passphrase") }</p>
                    <p class="lead" id="chosen-passphrase"><bdi>{ passphrase }</bdi></p>
                </div>
            }
            { body }
            if props.role == Role::Patient {
                <section>
                    <h2>{ t!(w, "first-guardians") }</h2>
                    <p>{ t!(w, "first-guardians-hint") }</p>
                </section>
            }
        </div>
    }
}
