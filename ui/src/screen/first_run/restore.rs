//! "I have a backup": the recovery key, a new passphrase, and the file.

use salus_wire::command::{RestoreBackup, StopWork};
use salus_wire::view::AppView;
use yew::prelude::*;

use crate::part::PassphraseField;
use crate::part::{Notice, Submit, WorkProgress, field_text};
use crate::state::{Change, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct RestoreProps {
    pub(super) back: Callback<()>,
}

#[component]
pub(super) fn Restore(props: &RestoreProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let key = use_state(String::new);
    let passphrase = use_state(String::new);
    let restore = {
        let shared = shared.clone();
        use_act::<RestoreBackup>(Callback::from(move |app: AppView| {
            shared.dispatch(Change::App(Ok(app)));
            super::end();
        }))
    };
    let stop = use_act::<StopWork>(Callback::noop());
    let onsubmit = {
        let (start, key, passphrase) = (restore.starter(), key.clone(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(RestoreBackup { key: (*key).clone(), passphrase: (*passphrase).clone() });
        })
    };
    let oninput = {
        let key = key.clone();
        Callback::from(move |event: InputEvent| key.set(field_text(&event)))
    };
    let on_passphrase = {
        let passphrase = passphrase.clone();
        Callback::from(move |text| passphrase.set(text))
    };
    let back = props.back.reform(|_: MouseEvent| ());
    let missing = key.trim().is_empty() || passphrase.chars().count() < 8;
    html! {
        <form {onsubmit}>
            <h1>{ t!(w, "restore-title") }</h1>
            <p>{ t!(w, "restore-how") }</p>
            <p class="field">
                <label for="restore-key">{ t!(w, "field-recovery-key") }</label>
                <input id="restore-key" type="text" dir="ltr" autocomplete="off" spellcheck="false" autocapitalize="characters" maxlength="120" required=true
                    value={(*key).clone()} {oninput} />
                <small>{ t!(w, "restore-key-hint") }</small>
            </p>
            <PassphraseField label={t!(w, "field-new-passphrase")} text={(*passphrase).clone()} name="" on_text={on_passphrase} />
            if let Some(failure) = &restore.failure { <Notice failure={failure.clone()} /> }
            if restore.busy { <WorkProgress work="restore_backup" label={t!(w, "restore-working")} /> }
            <div class="row">
                <Submit id="restore" label={t!(w, "restore-choose")} busy={restore.busy} disabled={missing} />
                if restore.busy {
                    <button type="button" onclick={stop.starter().reform(|_: MouseEvent| StopWork {})}>{ t!(w, "work-stop") }</button>
                } else {
                    <button type="button" onclick={back}>{ t!(w, "back") }</button>
                }
            </div>
        </form>
    }
}
