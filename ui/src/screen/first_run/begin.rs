//! The first thing that each kind of person does: a device or a typed value, an own code, a code for a relative.

use salus_wire::command::{GetOverview, ListDevices};
use salus_wire::view::{DeviceState, Role};
use yew::prelude::*;

use super::onward::Onward;
use super::steps::Move;
use crate::part::{Icon, icon};
use crate::screen::family::{HelpSomebody, use_family};
use crate::screen::{Code, Devices, Entry};
use crate::state::{Change, use_ask, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct BeginProps {
    pub(super) role: Role,
    pub(super) go: Callback<Move>,
}

#[component]
pub(super) fn Begin(props: &BeginProps) -> Html {
    let go = props.go.clone();
    match props.role {
        Role::Patient => html! { <Reading {go} /> },
        Role::Clinician => html! { <OwnCode {go} /> },
        Role::Family => html! { <ForRelative {go} /> },
    }
}

#[derive(Properties, PartialEq)]
struct GoProps {
    go: Callback<Move>,
}

impl GoProps {
    fn by(&self, by: Move) -> Callback<()> {
        self.go.reform(move |()| by)
    }
}

/// A device, or a value that is typed; either can be taken back here.
#[component]
fn Reading(props: &GoProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let device = use_state(|| false);
    let overview = use_ask(Some(GetOverview {}), shared.beats.readings);
    let listed = use_ask(Some(ListDevices {}), shared.beats.devices);
    let kept = overview.answer.as_ref().is_some_and(|held| !held.is_empty());
    let added = listed.answer.iter().flat_map(|all| all.iter()).find(|d| d.state != DeviceState::Found);
    let added = added.map(|d| d.name.clone());
    let turn = |to: bool| {
        let device = device.clone();
        Callback::from(move |_: MouseEvent| device.set(to))
    };
    let add = {
        let shared = shared.clone();
        Callback::from(move |_: MouseEvent| shared.dispatch(Change::Typing(shared.typing.opened())))
    };
    let done = kept || added.is_some();
    html! {
        <div class="step">
            if *device {
                <Devices />
                <div class="row"><button type="button" id="other-way" onclick={turn(false)}>{ t!(w, "first-other-way") }</button></div>
            } else {
                <h1>{ t!(w, "first-reading") }</h1>
                <p>{ t!(w, "first-reading-hint") }</p>
                <div class="two-ways">
                    <button type="button" id="way-device" onclick={turn(true)}>{ icon(Icon::Device) }<strong>{ t!(w, "first-way-device") }</strong><span>{ t!(w, "first-way-device-hint") }</span></button>
                    <button type="button" id="way-typed" onclick={add}>{ icon(Icon::Add) }<strong>{ t!(w, "entry-title") }</strong><span>{ t!(w, "first-way-typed-hint") }</span></button>
                </div>
            }
            <div role="status" class="stack">
                if kept { <p class="line">{ icon(Icon::Check) }<span>{ t!(w, "first-reading-kept") }</span></p> }
                if let Some(name) = added { <p class="line">{ icon(Icon::Check) }<span>{ t!(w, "first-device-added", name = name) }</span></p> }
            </div>
            <Onward meaning={t!(w, "first-reading-skip")} skip={props.by(Move::Skip)} back={props.by(Move::Back)}>
                { next(&shared.words, done, props) }
            </Onward>
            <Entry />
        </div>
    }
}

/// A clinician's request to be confirmed, or a code for a patient.
#[component]
fn OwnCode(props: &GoProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    html! {
        <div class="step">
            <Code key="first" />
            <Onward meaning={t!(w, "first-code-skip")} skip={props.by(Move::Skip)} back={props.by(Move::Back)}>
                <button type="button" id="next" onclick={props.by(Move::Next).reform(|_: MouseEvent| ())}>{ t!(w, "first-code-done") }</button>
            </Onward>
        </div>
    }
}

/// A code for the first person whom a relative is to help.
#[component]
fn ForRelative(props: &GoProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let (asked, changed) = use_family();
    let codes = asked.answer.as_ref().map_or(0, |view| view.codes);
    let done = codes > 0 || asked.answer.as_ref().is_some_and(|view| !view.helped.is_empty());
    html! {
        <div class="step">
            <h1>{ t!(w, "first-relative") }</h1>
            <HelpSomebody waiting={codes} {changed} />
            <Onward meaning={t!(w, "first-relative-skip")} skip={props.by(Move::Skip)} back={props.by(Move::Back)}>
                { next(&shared.words, done, props) }
            </Onward>
        </div>
    }
}

/// On, once there is something; before that the one way on is to skip.
fn next(w: &crate::words::Words, done: bool, props: &GoProps) -> Html {
    if !done {
        return Html::default();
    }
    html! { <button type="button" id="next" class="main" onclick={props.by(Move::Next).reform(|_: MouseEvent| ())}>{ t!(w, "next") }</button> }
}
