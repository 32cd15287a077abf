//! The name and the passphrase; at its end the record is made. Who does not want to think of one is given one.

use salus_wire::command::CreateProfile;
use salus_wire::view::{RecoveryKeyView, Role};
use yew::prelude::*;

use super::onward::Onward;
use super::steps::Move;
use super::suggest;
use crate::part::{Icon, Notice, PassphraseField, Submit, field_text, icon};
use crate::state::{Change, FirstRunShown, use_act, use_shared};
use crate::t;

/// What was typed, in this window's memory only: going back and forth loses nothing of it.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) passphrase: String,
    /// Salus chose the passphrase, and it is as it chose it.
    pub(super) chosen: bool,
}

#[derive(Properties, PartialEq)]
pub(super) struct PassphraseProps {
    pub(super) role: Role,
    pub(super) typed: Typed,
    pub(super) type_in: Callback<Typed>,
    pub(super) go: Callback<Move>,
    pub(super) made: Callback<RecoveryKeyView>,
}

#[component]
pub(super) fn Passphrase(props: &PassphraseProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let typed = &props.typed;
    let make = use_act::<CreateProfile>(props.made.clone());
    let onsubmit = {
        let (start, role, typed, shared) = (make.starter(), props.role, typed.clone(), shared.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (name, passphrase) = (typed.name.trim().to_owned(), typed.passphrase.clone());
            // The record may be heard of before the answer, which alone has the key to show: this screen stays.
            shared.dispatch(Change::FirstRun(FirstRunShown::Shown));
            start.emit(CreateProfile { name, role, passphrase });
        })
    };
    let oninput = {
        let typed = typed.clone();
        props.type_in.reform(move |event: InputEvent| Typed { name: field_text(&event), ..typed.clone() })
    };
    let on_text = {
        let typed = typed.clone();
        props.type_in.reform(move |passphrase| Typed { passphrase, chosen: false, ..typed.clone() })
    };
    let choose = {
        let (typed, type_in, rtl) = (typed.clone(), props.type_in.clone(), w.language.rtl);
        let nameless = t!(w, "first-name-chosen");
        Callback::from(move |()| {
            let Some(passphrase) = suggest::fresh(rtl) else { return };
            let name = if typed.name.trim().is_empty() { nameless.clone() } else { typed.name.clone() };
            type_in.emit(Typed { name, passphrase, chosen: true });
        })
    };
    let hint = match props.role {
        Role::Patient => t!(w, "field-name-hint"),
        Role::Clinician => t!(w, "field-name-hint-clinician"),
        Role::Family => t!(w, "field-name-hint-family"),
    };
    let missing = typed.name.trim().is_empty() || typed.passphrase.chars().count() < 8;
    html! {
        <form class="step" {onsubmit}>
            <h1>{ t!(w, "first-who") }</h1>
            <p class="field">
                <label for="name">{ t!(w, "field-name") }</label>
                <input id="name" type="text" autocomplete="name" maxlength="80" required=true dir="auto" value={typed.name.clone()} {oninput} />
                <small>{ hint }</small>
            </p>
            <PassphraseField label={t!(w, "field-passphrase")} text={typed.passphrase.clone()} name={typed.name.clone()} {on_text} />
            <div role="status" class="told">
                if typed.chosen { <p class="caution" id="chosen">{ icon(Icon::Warning) }<span>{ t!(w, "first-chosen") }</span></p> }
            </div>
            if let Some(failure) = &make.failure { <Notice failure={failure.clone()} /> }
            <Onward meaning={t!(w, "first-passphrase-skip")} label={t!(w, "first-choose")} skip={choose}
                back={props.go.reform(|()| Move::Back)} busy={make.busy}>
                <Submit id="next" label={t!(w, "first-make")} busy={make.busy} disabled={missing} />
            </Onward>
        </form>
    }
}
