//! Two laptops get to know each other: the new one's code, and the digits that both show.

use salus_wire::command::{CancelLaptop, ConfirmLaptop, JoinLaptop, ReadLaptopCode, ShowLaptopCode};
use salus_wire::view::{LaptopPairingView, LaptopStep, MAX_LAPTOP_NAME};
use yew::prelude::*;

use super::typed::Understood;
use super::use_laptops;
use crate::part::{Busy, CodePicture, CodeWords, Icon, Notice, Submit, TextFile, field_text, icon, square};
use crate::state::use_shared;
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct BeginProps {
    pub(super) first: bool,
    pub(super) can_join: bool,
    pub(super) changed: Callback<()>,
}

/// Both ways in: reading a new laptop's code here, or being the new one.
#[component]
pub(super) fn Begin(props: &BeginProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let code = use_state(String::new);
    let read = use_laptops::<ReadLaptopCode>(props.changed.clone());
    let show = use_laptops::<ShowLaptopCode>(props.changed.clone());
    let oninput = {
        let code = code.clone();
        Callback::from(move |event: InputEvent| code.set(field_text(&event)))
    };
    let on_text = {
        let code = code.clone();
        Callback::from(move |text| code.set(text))
    };
    let onsubmit = {
        let (code, go) = (code.clone(), read.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            go.emit(ReadLaptopCode { code: (*code).clone() });
        })
    };
    html! {
        <>
            if props.first {
                <section>
                    <h2>{ t!(w, "laptops-add-title") }</h2>
                    <p>{ t!(w, "laptops-add-hint") }</p>
                    <form {onsubmit}>
                        <p class="field">
                            <label for="laptop-code">{ t!(w, "laptops-code") }</label>
                            <textarea id="laptop-code" rows="3" dir="ltr" lang="en" spellcheck="false" autocapitalize="none" autocomplete="off" maxlength="1024" required=true
                                aria-describedby="laptop-code-hint laptop-heard-said" value={(*code).clone()} {oninput} />
                            <small id="laptop-code-hint">{ t!(w, "laptops-code-hint") }</small>
                        </p>
                        <Understood text={(*code).clone()} />
                        <TextFile label={t!(w, "laptops-code-file")} on_text={on_text.clone()} />
                        <CodePicture {on_text} />
                        if let Some(failure) = read.failure.clone() { <Notice {failure} /> }
                        <div class="row"><Submit id="read-laptop-code" label={t!(w, "laptops-read")} busy={read.busy} disabled={code.trim().is_empty()} /></div>
                    </form>
                </section>
            }
            if props.can_join {
                <section>
                    <h2>{ t!(w, "laptops-join-title") }</h2>
                    <p>{ t!(w, "laptops-join-hint") }</p>
                    if let Some(failure) = show.failure.clone() { <Notice {failure} /> }
                    <div class="row"><Busy id="show-laptop-code" label={t!(w, "laptops-show")} busy={show.busy}
                        onclick={show.starter().reform(|_: MouseEvent| ShowLaptopCode {})} /></div>
                </section>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct MeetingProps {
    pub(super) pairing: LaptopPairingView,
    pub(super) changed: Callback<()>,
}

/// The code or the digits, and what to do with them.
#[component]
pub(super) fn Meeting(props: &MeetingProps) -> Html {
    let shared = use_shared();
    let (w, clock, pairing) = (&shared.words, shared.clock(), &props.pairing);
    let cancel = use_laptops::<CancelLaptop>(props.changed.clone());
    let new = pairing.code.is_some();
    let said = match (pairing.step, new) {
        (LaptopStep::Waiting, true) => t!(w, "laptops-wait-new", when = clock.time(pairing.until)),
        (LaptopStep::Waiting, false) => t!(w, "laptops-wait-old"),
        (LaptopStep::Compare, _) => t!(w, "laptops-compare"),
        (LaptopStep::Agreed, _) => t!(w, "laptops-agreed"),
        (LaptopStep::Broken, _) => t!(w, "laptops-broken"),
    };
    let again = pairing.step == LaptopStep::Broken;
    html! {
        <section id="laptop-meeting">
            <h2>{ if new { t!(w, "laptops-join-title") } else { t!(w, "laptops-add-title") } }</h2>
            if let (Some(code), LaptopStep::Waiting) = (&pairing.code, pairing.step) {
                if let Some(picture) = &pairing.square { { square(picture, t!(w, "code-square")) } }
                <CodeWords id="laptop-words" label={t!(w, "laptops-own-code")} code={code.clone()} file="salus-laptop-code.txt" />
            }
            <p role="status" class={classes!(again.then_some("caution"))}>if again { { icon(Icon::Warning) } }{ said }</p>
            if let Some(digits) = &pairing.digits {
                <p class="lead strong" id="laptop-digits"><bdi dir="ltr">{ digits }</bdi></p>
                if pairing.step == LaptopStep::Compare {
                    if new {
                        <Join person={pairing.person.clone().unwrap_or_default()} changed={props.changed.clone()} />
                    } else {
                        <Confirm changed={props.changed.clone()} />
                    }
                }
            }
            if let Some(failure) = cancel.failure.clone() { <Notice {failure} /> }
            <div class="row"><Busy id="cancel-laptop" label={if again { t!(w, "laptops-again") } else { t!(w, "laptops-cancel") }} busy={cancel.busy}
                onclick={cancel.starter().reform(|_: MouseEvent| CancelLaptop {})} /></div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct JoinProps {
    person: String,
    changed: Callback<()>,
}

#[component]
fn Join(props: &JoinProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let join = use_laptops::<JoinLaptop>(props.changed.clone());
    html! {
        <>
            <p>{ t!(w, "laptops-whose", name = props.person.clone()) }</p>
            if let Some(failure) = join.failure.clone() { <Notice {failure} /> }
            <div class="row"><Busy id="join-laptop" class="main" label={t!(w, "laptops-same")} busy={join.busy}
                onclick={join.starter().reform(|_: MouseEvent| JoinLaptop {})} /></div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ConfirmProps {
    changed: Callback<()>,
}

#[component]
fn Confirm(props: &ConfirmProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let (name, passphrase) = (use_state(String::new), use_state(String::new));
    let confirm = use_laptops::<ConfirmLaptop>(props.changed.clone());
    let typing = |state: &UseStateHandle<String>| {
        let state = state.clone();
        Callback::from(move |event: InputEvent| state.set(field_text(&event)))
    };
    let onsubmit = {
        let (name, passphrase, go) = (name.clone(), passphrase.clone(), confirm.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            go.emit(ConfirmLaptop { name: (*name).clone(), passphrase: (*passphrase).clone() });
        })
    };
    let missing = name.trim().is_empty() || passphrase.is_empty();
    html! {
        <form {onsubmit}>
            <p>{ t!(w, "laptops-will") }</p>
            <p class="field">
                <label for="laptop-new-name">{ t!(w, "laptop-name") }</label>
                <input id="laptop-new-name" type="text" maxlength={MAX_LAPTOP_NAME.to_string()} required=true dir="auto" value={(*name).clone()} oninput={typing(&name)} />
            </p>
            <p class="field">
                <label for="laptop-add-passphrase">{ t!(w, "laptop-passphrase") }</label>
                <input id="laptop-add-passphrase" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto"
                    value={(*passphrase).clone()} oninput={typing(&passphrase)} />
            </p>
            if let Some(failure) = confirm.failure.clone() { <Notice {failure} /> }
            <div class="row"><Submit id="confirm-laptop" label={t!(w, "laptops-same-add")} busy={confirm.busy} disabled={missing} /></div>
        </form>
    }
}
