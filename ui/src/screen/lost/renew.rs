//! Beginning new keys. With the passphrase: it takes every other laptop out of the record, so whoever finds it open cannot.

use salus_wire::command::RenewKeys;
use salus_wire::view::LostView;
use yew::prelude::*;

use crate::part::{Notice, Submit, field_text};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct RenewProps {
    /// Called once the keys are new.
    pub(super) done: Callback<()>,
}

#[component]
pub(super) fn Renew(props: &RenewProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let passphrase = use_state(String::new);
    let renew = use_act::<RenewKeys>(props.done.reform(|_: LostView| ()));
    let oninput = {
        let passphrase = passphrase.clone();
        Callback::from(move |event: InputEvent| passphrase.set(field_text(&event)))
    };
    let onsubmit = {
        let (passphrase, go) = (passphrase.clone(), renew.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            go.emit(RenewKeys { passphrase: (*passphrase).clone() });
        })
    };
    html! {
        <form {onsubmit}>
            <p class="field">
                <label for="renew-passphrase">{ t!(w, "laptop-passphrase") }</label>
                <input id="renew-passphrase" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto"
                    value={(*passphrase).clone()} {oninput} />
            </p>
            if let Some(failure) = renew.failure.as_ref().filter(|_| !renew.busy) { <Notice failure={failure.clone()} /> }
            <div class="row"><Submit id="renew-keys" label={t!(w, "lost-renew")} busy={renew.busy} disabled={passphrase.is_empty()} /></div>
        </form>
    }
}
