//! A new recovery key: the passphrase again, the key shown once, two groups of it typed back from the paper. Until then the old
//! one works.

use salus_wire::command::MakeRecoveryKey;
use salus_wire::view::RecoveryKeyView;
use yew::prelude::*;

use super::TypeBack;
use crate::part::{KeyGroups, Notice, Submit, field_text};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(crate) struct NewKeyProps {
    pub(crate) done: Callback<()>,
    pub(crate) close: Callback<()>,
}

#[component]
pub(crate) fn NewKey(props: &NewKeyProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let key = use_state(|| None::<RecoveryKeyView>);
    let written = use_state(|| false);
    let made = {
        let key = key.clone();
        Callback::from(move |view| key.set(Some(view)))
    };
    let go_on = {
        let written = written.clone();
        Callback::from(move |()| written.set(true))
    };
    let look_again = {
        let written = written.clone();
        Callback::from(move |()| written.set(false))
    };
    match &*key {
        None => html! { <Ask {made} close={props.close.clone()} /> },
        Some(view) if !*written => html! { <Show view={view.clone()} {go_on} close={props.close.clone()} /> },
        Some(_) => html! {
            <TypeBack why={t!(w, "doors-type-back")} label={t!(w, "doors-key-set")} done={props.done.clone()} {look_again} />
        },
    }
}

#[derive(Properties, PartialEq)]
struct AskProps {
    made: Callback<RecoveryKeyView>,
    close: Callback<()>,
}

#[component]
fn Ask(props: &AskProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let passphrase = use_state(String::new);
    let make = use_act::<MakeRecoveryKey>(props.made.clone());
    let onsubmit = {
        let (start, passphrase) = (make.starter(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(MakeRecoveryKey { passphrase: (*passphrase).clone() });
        })
    };
    let oninput = {
        let passphrase = passphrase.clone();
        Callback::from(move |event: InputEvent| passphrase.set(field_text(&event)))
    };
    html! {
        <form {onsubmit}>
            <p>{ t!(w, "doors-new-key-why") }</p>
            <p class="field">
                <label for="key-passphrase">{ t!(w, "field-passphrase") }</label>
                <input id="key-passphrase" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto"
                    value={(*passphrase).clone()} {oninput} />
            </p>
            if let Some(failure) = make.failure.as_ref().filter(|_| !make.busy) { <Notice failure={failure.clone()} /> }
            <div class="row">
                <Submit id="key-make" label={t!(w, "doors-new-key")} busy={make.busy} disabled={passphrase.is_empty()} />
                <button type="button" id="doors-close" onclick={props.close.reform(|_: MouseEvent| ())} disabled={make.busy}>{ t!(w, "doors-close") }</button>
            </div>
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct ShowProps {
    view: RecoveryKeyView,
    go_on: Callback<()>,
    close: Callback<()>,
}

#[component]
fn Show(props: &ShowProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    html! {
        <form onsubmit={props.go_on.reform(|e: SubmitEvent| e.prevent_default())}>
            <p>{ t!(w, "key-why") }</p>
            <KeyGroups view={props.view.clone()} />
            <p>{ t!(w, "key-where") }</p>
            <div class="row">
                <Submit id="key-written" label={t!(w, "key-written")} />
                <button type="button" onclick={props.close.reform(|_: MouseEvent| ())}>{ t!(w, "doors-keep-old") }</button>
            </div>
        </form>
    }
}
