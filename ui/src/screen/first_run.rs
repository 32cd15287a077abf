//! First run: how it looks, who am I, name and passphrase, recovery key, home. Every step but the last can be undone.

mod helpers;
mod restore;

use helpers::ByHelpers;
use restore::Restore;
use salus_wire::command::CreateProfile;
use salus_wire::view::{RecoveryKeyView, Role};
use yew::prelude::*;
use yew_router::prelude::*;

use super::recovery_key::TypeBack;
use super::{SettingsForm, refresh};
use crate::part::{KeyGroups, Notice, PassphraseField, Submit, field_text};
use crate::route::Route;
use crate::state::{Change, use_act, use_shared};
use crate::t;

/// Shown in place of the steps: what it takes to get back with others' help.
const HELPERS: u32 = 8;
/// Shown in place of the steps: a record out of a backup.
const RESTORE: u32 = 9;
/// How many steps there are before home.
const STEPS: u32 = 4;

/// The first run.
#[component]
pub fn FirstRun() -> Html {
    let shared = use_shared();
    let step = use_state(|| 1_u32);
    {
        let step = step.clone();
        // Said at the lock screen of a record that does not open; this screen may stand here before the answer does.
        use_effect_with(shared.from_backup, move |from_backup| {
            if *from_backup {
                step.set(RESTORE);
            }
        });
    }
    let role = use_state(|| Role::Patient);
    let key = use_state(|| None::<RecoveryKeyView>);
    // The record is made to wait in it for those who help: its first screen is the family's.
    let waits = use_state(|| false);
    let navigator = use_navigator();
    let go = |to: u32| {
        let step = step.clone();
        Callback::from(move |()| step.set(to))
    };
    let made = {
        let (key, step, shared) = (key.clone(), step.clone(), shared.clone());
        Callback::from(move |view| {
            shared.dispatch(Change::FirstRun(true));
            key.set(Some(view));
            step.set(4);
        })
    };
    let finish = {
        let (shared, waits) = (shared.clone(), *waits);
        Callback::from(move |()| {
            if let Some(navigator) = navigator.as_ref().filter(|_| waits) {
                navigator.push(&Route::Family);
            }
            shared.dispatch(Change::FirstRun(false));
            refresh(&shared);
        })
    };
    let helped = |to: u32, on: bool| {
        let (step, waits, role) = (step.clone(), waits.clone(), role.clone());
        Callback::from(move |()| {
            waits.set(on);
            if on {
                role.set(Role::Patient);
            }
            step.set(to);
        })
    };
    let before = if *waits { HELPERS } else { 2 };
    let choose_role = {
        let role = role.clone();
        Callback::from(move |chosen| role.set(chosen))
    };
    html! {
        <main class="plain first-run">
            <p class="wordmark">{ "Salus" }</p>
            if *step <= STEPS { <p class="overline">{ t!(shared.words, "first-step", n = *step, total = STEPS) }</p> }
            { match (*step, &*key) {
                (4, Some(key)) => html! { <KeepKey view={key.clone()} done={finish} /> },
                (3, _) => html! { <WhoAmI role={*role} back={go(before)} {made} /> },
                (2, _) => html! { <WhatFor role={*role} choose={choose_role} back={go(1)} next={go(3)} /> },
                (RESTORE, _) => html! { <Restore back={go(1)} /> },
                (HELPERS, _) => html! { <ByHelpers back={helped(1, false)} next={helped(3, true)} /> },
                _ => html! { <Looks next={go(2)} restore={go(RESTORE)} helpers={go(HELPERS)} /> },
            } }
            if *step == 1 { <super::Others add=false /> }
        </main>
    }
}

#[derive(Properties, PartialEq)]
struct LooksProps {
    next: Callback<()>,
    restore: Callback<()>,
    helpers: Callback<()>,
}

#[component]
fn Looks(props: &LooksProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let next = props.next.reform(|_: MouseEvent| ());
    let restore = props.restore.reform(|_: MouseEvent| ());
    let helpers = props.helpers.reform(|_: MouseEvent| ());
    html! {
        <>
            <h1>{ t!(w, "first-looks") }</h1>
            <p>{ t!(w, "first-looks-hint") }</p>
            <SettingsForm />
            <div class="row"><button type="button" id="next" class="main" onclick={next}>{ t!(w, "next") }</button><button type="button" id="have-backup" onclick={restore}>{ t!(w, "restore-have") }</button><button type="button" id="have-helpers" onclick={helpers}>{ t!(w, "helpers-have") }</button></div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct WhatForProps {
    role: Role,
    choose: Callback<Role>,
    back: Callback<()>,
    next: Callback<()>,
}

#[component]
fn WhatFor(props: &WhatForProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let roles = [
        (Role::Patient, "patient", t!(w, "role-patient"), t!(w, "role-patient-hint")),
        (Role::Clinician, "clinician", t!(w, "role-clinician"), t!(w, "role-clinician-hint")),
    ];
    let onsubmit = props.next.reform(|e: SubmitEvent| e.prevent_default());
    let back = props.back.reform(|_: MouseEvent| ());
    html! {
        <form {onsubmit}>
            <h1>{ t!(w, "first-role") }</h1>
            <fieldset class="choices tall">
                <legend class="hidden">{ t!(w, "first-role") }</legend>
                { for roles.into_iter().map(|(role, value, label, hint)| html! {
                    <label class="choice">
                        <input type="radio" name="role" {value} checked={props.role == role} onchange={props.choose.reform(move |_| role)} />
                        <span><strong>{ label }</strong><br />{ hint }</span>
                    </label>
                }) }
            </fieldset>
            <div class="row">
                <Submit id="next" label={t!(w, "next")} />
                <button type="button" onclick={back}>{ t!(w, "back") }</button>
            </div>
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct WhoAmIProps {
    role: Role,
    back: Callback<()>,
    made: Callback<RecoveryKeyView>,
}

#[component]
fn WhoAmI(props: &WhoAmIProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let name = use_state(String::new);
    let passphrase = use_state(String::new);
    let make = use_act::<CreateProfile>(props.made.clone());
    let onsubmit = {
        let (start, role, name, passphrase) = (make.starter(), props.role, name.clone(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(CreateProfile {
                name: name.trim().to_owned(),
                role,
                passphrase: (*passphrase).clone(),
            });
        })
    };
    let oninput = {
        let name = name.clone();
        Callback::from(move |event: InputEvent| name.set(field_text(&event)))
    };
    let on_passphrase = {
        let passphrase = passphrase.clone();
        Callback::from(move |text| passphrase.set(text))
    };
    let back = props.back.reform(|_: MouseEvent| ());
    let missing = name.trim().is_empty() || passphrase.chars().count() < 8;
    html! {
        <form {onsubmit}>
            <h1>{ t!(w, "first-who") }</h1>
            <p class="field">
                <label for="name">{ t!(w, "field-name") }</label>
                <input id="name" type="text" autocomplete="name" maxlength="80" required=true value={(*name).clone()} {oninput} />
                <small>{ if props.role == Role::Patient { t!(w, "field-name-hint") } else { t!(w, "field-name-hint-clinician") } }</small>
            </p>
            <PassphraseField label={t!(w, "field-passphrase")} text={(*passphrase).clone()} name={(*name).clone()} on_text={on_passphrase} />
            if let Some(failure) = &make.failure { <Notice failure={failure.clone()} /> }
            <div class="row">
                <Submit id="next" label={t!(w, "first-make")} busy={make.busy} disabled={missing} />
                <button type="button" onclick={back} disabled={make.busy}>{ t!(w, "back") }</button>
            </div>
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct KeepKeyProps {
    view: RecoveryKeyView,
    done: Callback<()>,
}

/// The key, to be written down; then groups of it, typed back. Who does neither finds it said on the first screen.
#[component]
fn KeepKey(props: &KeepKeyProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let written = use_state(|| false);
    let turn = |to: bool| {
        let written = written.clone();
        Callback::from(move |()| written.set(to))
    };
    if *written {
        return html! {
            <>
                <h1>{ t!(w, "key-title") }</h1>
                <TypeBack why={t!(w, "key-type-back")} label={t!(w, "first-home")} done={props.done.clone()} look_again={turn(false)} later={props.done.clone()} />
            </>
        };
    }
    html! {
        <form onsubmit={turn(true).reform(|e: SubmitEvent| e.prevent_default())}>
            <h1>{ t!(w, "key-title") }</h1>
            <p>{ t!(w, "key-why") }</p>
            <KeyGroups view={props.view.clone()} />
            <p>{ t!(w, "key-where") }</p>
            <div class="row">
                <Submit id="key-written" label={t!(w, "key-written")} />
                <button type="button" id="later" onclick={props.done.reform(|_: MouseEvent| ())}>{ t!(w, "key-later") }</button>
            </div>
        </form>
    }
}
