//! What the application says of itself and of permissions.

use salus_ui::part::{
    Empty, Icon, NoWords, Notice, Proof, Waiting, condition, icon, purpose_line, standing, state_tag, terms,
};
use salus_ui::state::{Again, use_shared};
use salus_wire::view::{Condition, ConditionView, PermissionState};
use salus_wire::{Category, ErrorCode, Failure};
use yew::prelude::*;

use crate::sample::{DAY, NOW, clinician, proof};

/// Notices, empty states, waiting, and the notes of every screen.
#[component]
pub(crate) fn Told() -> Html {
    html! {
        <section id="told">
            <h2>{ "What happened, and what to do" }</h2>
            <div data-example="notices">
                <Notice failure={Failure::new(ErrorCode::Offline)} again={Again { busy: false, times: 0, go: Callback::noop() }} />
                <Notice failure={Failure::new(ErrorCode::WrongPassphrase)} />
            </div>
            <Empty title="Nothing is measured yet" hint="The one next step, in a sentence.">
                <p><button type="button" class="main">{ "Add a reading" }</button></p>
            </Empty>
            <div data-example="waiting"><Waiting /></div>
            <div class="proven ask">
                { icon(Icon::Inbox) }
                <p class="strong">{ "1 reading waits: whose is it?" }</p>
                <button type="button">{ "Look at it" }</button>
            </div>
            <div class="said">
                <p class="line">{ icon(Icon::Check) }<span>{ "Stored: blood pressure 128/79 mmHg." }</span></p>
                <div class="row"><button type="button">{ "Undo" }</button></div>
            </div>
            <div class="ended">{ icon(Icon::Lock) }<p class="lead">{ "It has ended. Ask for a new permission." }</p></div>
            <ul class="points"><li>{ "One thing" }</li><li>{ "Another thing" }</li></ul>
            <ul class="entries timeline"><li><p class="line">{ icon(Icon::Eye) }<span>{ "Dr Ines Clarke opened your blood pressure." }</span></p><p class="quiet">{ "today at 13:30" }</p></li></ul>
            <details><summary>{ "Folded away" }</summary><p>{ "And shown." }</p></details>
        </section>
    }
}

/// What is said where there are no words to say it with; nothing is tried.
#[component]
pub(crate) fn Wordless() -> Html {
    html! {
        <section id="wordless">
            <h2>{ "Without words" }</h2>
            <div data-example="wordless"><NoWords again={Callback::from(|()| ())} /></div>
        </section>
    }
}

/// A permission in every state, with what may stand beside it.
#[component]
pub(crate) fn Permissions() -> Html {
    let shared = use_shared();
    let states = [
        PermissionState::Pending,
        PermissionState::NotYet,
        PermissionState::Active,
        PermissionState::Ended,
        PermissionState::Stopped,
    ];
    let hours = Condition::Hours { from: 480, to: 1_080, utc_offset_minutes: 60 };
    let policy = "permit (principal, action, resource);".to_owned();
    let who = clinician();
    html! {
        <section id="permissions">
            <h2>{ "Permissions" }</h2>
            <div class="consent" role="note">
                { icon(Icon::Eye) }
                <p>{ "Maria Example lets you see blood pressure of 1 to 30 November until 14 December." }</p>
                { state_tag(&shared, PermissionState::Active) }
            </div>
            <div class="proven">{ icon(Icon::Check) }<div><p class="strong"><bdi>{ &who.name }</bdi></p>{ standing(&shared, &who) }</div></div>
            <ul class="entries">{ for states.into_iter().map(|state| html! {
                <li>
                    <div class="entry-head"><h3><bdi>{ &who.name }</bdi></h3>{ state_tag(&shared, state) }</div>
                    { standing(&shared, &who) }
                    { purpose_line(&shared, who.asks.as_ref()) }
                    { terms(&shared, &[Category::BloodPressure, Category::HeartRate], (NOW - 14 * DAY, NOW + 7 * DAY), (NOW - DAY, NOW + 14 * DAY), state) }
                    if state == PermissionState::Active {
                        { condition(&shared, &ConditionView { condition: hours, policy: policy.clone() }) }
                        <div class="row"><button type="button" class="stop">{ "Stop this permission" }</button></div>
                    }
                    <Proof proof={proof()} />
                </li>
            }) }</ul>
        </section>
    }
}
