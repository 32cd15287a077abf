//! Locked: one field, one button, and the other way in.

use salus_wire::ErrorCode;
use salus_wire::command::{Unlock, UnlockWithRecoveryKey};
use salus_wire::view::{AppView, ProfileView, Role};
use yew::prelude::*;

use crate::part::{NAMELESS, Notice, Submit, field_text};
use crate::state::{Change, use_act, use_shared};
use crate::t;

/// Properties of [`Locked`].
#[derive(Properties, PartialEq)]
pub struct LockedProps {
    /// Whose record this is.
    pub profile: ProfileView,
}

/// True when no passphrase and no paper mends it.
const fn is_damage(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::Damaged | ErrorCode::BadParameters | ErrorCode::Storage | ErrorCode::NoProfile)
}

/// The lock screen.
#[component]
pub fn Locked(props: &LockedProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let with_key = use_state(|| false);
    let shown = use_state(|| false);
    let text = use_state(String::new);
    let opened = {
        let shared = shared.clone();
        Callback::from(move |app: AppView| shared.dispatch(Change::App(Ok(app))))
    };
    let by_passphrase = use_act::<Unlock>(opened.clone());
    let by_key = use_act::<UnlockWithRecoveryKey>(opened);
    let busy = by_passphrase.busy || by_key.busy;
    let failure = if *with_key { &by_key.failure } else { &by_passphrase.failure };
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with(*with_key, move |_| {
            if let Some(field) = field.cast::<web_sys::HtmlElement>() {
                let _ = field.focus();
            }
        });
    }
    let onsubmit = {
        let (text, with_key, passphrase, key) =
            (text.clone(), *with_key, by_passphrase.starter(), by_key.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if with_key {
                key.emit(UnlockWithRecoveryKey { key: (*text).clone() });
            } else {
                passphrase.emit(Unlock { passphrase: (*text).clone() });
            }
        })
    };
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(field_text(&event)))
    };
    let other_way = {
        let (with_key, text) = (with_key.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            text.set(String::new());
            with_key.set(!*with_key);
        })
    };
    let toggle = {
        let shown = shown.clone();
        Callback::from(move |_: Event| shown.set(!*shown))
    };
    let (label, other) = if *with_key {
        (t!(w, "field-recovery-key"), t!(w, "locked-use-passphrase"))
    } else {
        (t!(w, "field-passphrase"), t!(w, "locked-use-key"))
    };
    let receiving = shared.app.as_ref().is_some_and(|a| a.receiving);
    let hint = match (props.profile.role, receiving) {
        (Role::Clinician, _) => t!(w, "locked-hint-clinician"),
        (Role::Family, _) => t!(w, "locked-hint-family"),
        (Role::Patient, true) => t!(w, "locked-hint-receiving"),
        (Role::Patient, false) => t!(w, "locked-hint"),
    };
    html! {
        <main class="plain locked">
            <div class={format!("band-edge band-{}", crate::part::band_of(&props.profile.name))}></div>
            <p class="wordmark">{ "Salus" }</p>
            <h1>{ t!(w, "locked-title", name = props.profile.name.clone()) }</h1>
            if props.profile.name == NAMELESS { <p>{ t!(w, "locked-nameless") }</p> }
            <p>{ hint }</p>
            <form {onsubmit}>
                <p class="field">
                    <label for="unlock">{ label }</label>
                    <input id="unlock" ref={field} type={if *shown || *with_key { "text" } else { "password" }} autocomplete="current-password"
                        dir={if *with_key { "ltr" } else { "auto" }} maxlength="1024" required=true spellcheck="false" autocapitalize="off" aria-describedby={with_key.then_some("unlock-hint")}
                        value={(*text).clone()} {oninput} />
                    if *with_key { <small id="unlock-hint">{ t!(w, "restore-key-hint") }</small> }
                </p>
                if !*with_key {
                    <label class="choice slim"><input type="checkbox" checked={*shown} onchange={toggle} /><span>{ t!(w, "passphrase-show") }</span></label>
                }
                if let Some(failure) = failure.as_ref().filter(|_| !busy) { <Notice failure={failure.clone()} /> }
                <div class="row">
                    <Submit id="open" label={t!(w, "locked-open")} {busy} disabled={text.is_empty()} />
                    <button type="button" class="link" onclick={other_way} disabled={busy}>{ other }</button>
                </div>
            </form>
            if failure.as_ref().is_some_and(|f| !busy && is_damage(f.code)) { <super::FromBackup /> }
            <super::Others add=false />
        </main>
    }
}
