//! What can be done with an opened record: flag it, ask for more, print it.

use salus_wire::GrantId;
use salus_wire::command::{FlagPatient, ListPatients};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{FlagButton, Notice};
use crate::route::Route;
use crate::state::{use_act, use_ask, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct ActsProps {
    /// The permission.
    pub(super) id: GrantId,
    /// Whose it is.
    pub(super) patient: String,
}

/// One row of buttons.
#[component]
pub(super) fn Acts(props: &ActsProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let id = props.id;
    let listed = use_ask(Some(ListPatients {}), shared.beats.permissions);
    let flag = use_act::<FlagPatient>(Callback::noop());
    let known = listed.answer.iter().flat_map(|all| all.iter()).find(|p| p.shared.id == id);
    let on_print = Callback::from(|_: MouseEvent| {
        if let Some(window) = web_sys::window() {
            let _ = window.print();
        }
    });
    html! {
        <div class="no-print">
            <div class="row">
                { for known.iter().map(|p| html! {
                    <FlagButton {id} patient={props.patient.clone()} flagged={p.flagged} busy={flag.busy} on_flag={flag.starter()} />
                }) }
                <Link<Route> to={Route::More { id: id.to_string() }} classes="button">{ t!(w, "opened-more") }</Link<Route>>
                <button type="button" id="print-record" onclick={on_print}>{ t!(w, "opened-print") }</button>
            </div>
            if let Some(failure) = &flag.failure { <Notice failure={failure.clone()} /> }
        </div>
    }
}
