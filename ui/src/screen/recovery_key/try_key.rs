//! A rehearsal: the recovery key is typed from the paper and checked, and nothing changes.

use salus_wire::command::TryRecoveryKey;
use yew::prelude::*;

use crate::part::{Notice, Submit, field_text};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(crate) struct TryKeyProps {
    pub(crate) done: Callback<()>,
    pub(crate) close: Callback<()>,
}

#[component]
pub(crate) fn TryKey(props: &TryKeyProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let text = use_state(String::new);
    let tried = use_act::<TryRecoveryKey>(props.done.clone());
    let onsubmit = {
        let (start, text) = (tried.starter(), text.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(TryRecoveryKey { key: (*text).clone() });
        })
    };
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(field_text(&event)))
    };
    html! {
        <form {onsubmit}>
            <p>{ t!(w, "doors-try-why") }</p>
            <p class="field">
                <label for="key-tried">{ t!(w, "field-recovery-key") }</label>
                <input id="key-tried" type="text" dir="ltr" autocomplete="off" maxlength="200" required=true spellcheck="false" autocapitalize="off"
                    value={(*text).clone()} {oninput} />
            </p>
            if let Some(failure) = tried.failure.as_ref().filter(|_| !tried.busy) { <Notice failure={failure.clone()} /> }
            <div class="row">
                <Submit id="key-try" label={t!(w, "doors-try-key")} busy={tried.busy} disabled={text.is_empty()} />
                <button type="button" id="doors-close" onclick={props.close.reform(|_: MouseEvent| ())} disabled={tried.busy}>{ t!(w, "doors-close") }</button>
            </div>
        </form>
    }
}
