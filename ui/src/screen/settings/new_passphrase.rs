//! Changing the passphrase: with the old one, or with the recovery key when it is forgotten.

use salus_wire::command::{ChangePassphrase, ResetPassphrase};
use yew::prelude::*;

use crate::part::{Notice, PassphraseField, Submit, field_text};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct NewPassphraseProps {
    pub(super) done: Callback<()>,
    pub(super) close: Callback<()>,
}

#[component]
pub(super) fn NewPassphrase(props: &NewPassphraseProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let forgotten = use_state(|| false);
    let proof = use_state(String::new);
    let new = use_state(String::new);
    let change = use_act::<ChangePassphrase>(props.done.reform(|_| ()));
    let reset = use_act::<ResetPassphrase>(props.done.reform(|_| ()));
    let busy = change.busy || reset.busy;
    let failure = if *forgotten { &reset.failure } else { &change.failure };
    let onsubmit = {
        let (forgotten, proof, new) = (*forgotten, proof.clone(), new.clone());
        let (change, reset) = (change.starter(), reset.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (proof, new) = ((*proof).clone(), (*new).clone());
            if forgotten {
                reset.emit(ResetPassphrase { key: proof, new });
            } else {
                change.emit(ChangePassphrase { old: proof, new });
            }
        })
    };
    let on_proof = {
        let proof = proof.clone();
        Callback::from(move |event: InputEvent| proof.set(field_text(&event)))
    };
    let on_new = {
        let new = new.clone();
        Callback::from(move |text| new.set(text))
    };
    let other_way = {
        let (forgotten, proof) = (forgotten.clone(), proof.clone());
        Callback::from(move |_: MouseEvent| {
            proof.set(String::new());
            forgotten.set(!*forgotten);
        })
    };
    let (label, other) = if *forgotten {
        (t!(w, "field-recovery-key"), t!(w, "locked-use-passphrase"))
    } else {
        (t!(w, "field-old-passphrase"), t!(w, "doors-forgotten"))
    };
    let name = shared.app.as_ref().and_then(|a| a.profile.as_ref()).map(|p| p.name.clone());
    let missing = proof.is_empty() || new.chars().count() < 8;
    html! {
        <form {onsubmit}>
            <p class="field">
                <label for="old-passphrase">{ label }</label>
                <input id="old-passphrase" type={if *forgotten { "text" } else { "password" }} autocomplete="current-password" maxlength="1024" required=true
                    dir={if *forgotten { "ltr" } else { "auto" }} spellcheck="false" autocapitalize="off" value={(*proof).clone()} oninput={on_proof} />
            </p>
            <PassphraseField label={t!(w, "field-new-passphrase")} text={(*new).clone()} name={name.unwrap_or_default()} on_text={on_new} />
            <p class="quiet">{ t!(w, "doors-copies") }</p>
            if let Some(failure) = failure.as_ref().filter(|_| !busy) { <Notice failure={failure.clone()} /> }
            <div class="row">
                <Submit id="passphrase-set" label={t!(w, "doors-change-passphrase")} {busy} disabled={missing} />
                <button type="button" id="doors-close" onclick={props.close.reform(|_: MouseEvent| ())} disabled={busy}>{ t!(w, "doors-close") }</button>
                <button type="button" class="link" onclick={other_way} disabled={busy}>{ other }</button>
            </div>
        </form>
    }
}
