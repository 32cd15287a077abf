//! What the record is for: one of three kinds of people.

use salus_wire::view::Role;
use yew::prelude::*;

use super::onward::Onward;
use super::steps::Move;
use crate::part::Submit;
use crate::state::use_shared;
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct WhatForProps {
    pub(super) role: Role,
    pub(super) go: Callback<Move>,
}

#[component]
pub(super) fn WhatFor(props: &WhatForProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let roles = [
        (Role::Patient, "patient", t!(w, "role-patient"), t!(w, "role-patient-hint")),
        (Role::Clinician, "clinician", t!(w, "role-clinician"), t!(w, "role-clinician-hint")),
        (Role::Family, "family", t!(w, "role-family"), t!(w, "role-family-hint")),
    ];
    let go = |by: Move| props.go.reform(move |()| by);
    let onsubmit = go(Move::Next).reform(|e: SubmitEvent| e.prevent_default());
    html! {
        <form class="step" {onsubmit}>
            <h1>{ t!(w, "first-role") }</h1>
            <fieldset class="choices tall">
                <legend class="hidden">{ t!(w, "first-role") }</legend>
                { for roles.into_iter().map(|(role, value, label, hint)| html! {
                    <label class="choice">
                        <input type="radio" name="role" {value} checked={props.role == role} onchange={props.go.reform(move |_: Event| Move::For(role))} />
                        <span><strong>{ label }</strong><br />{ hint }</span>
                    </label>
                }) }
            </fieldset>
            <Onward meaning={t!(w, "first-role-skip")} skip={go(Move::Skip)} back={go(Move::Back)}>
                <Submit id="next" label={t!(w, "next")} />
            </Onward>
        </form>
    }
}
