//! What waits for my confirmation: a helper permitted it, and it rests. Confirm it, or leave it frozen.

use salus_wire::command::{ConfirmPermission, LeaveAtRest};
use salus_wire::view::{FamilyView, GivenState, GivenView};
use yew::prelude::*;

use super::given::entry;
use super::read::again;
use crate::part::{Busy, Dialog, Notice, Submit, WorkProgress};
use crate::state::{use_act, use_shared};
use crate::t;

/// Whether it waits for the person whose circle it is.
pub(super) fn rests(given: &GivenView) -> bool {
    given.state == GivenState::Rests && given.may_agree
}

#[derive(Properties, PartialEq)]
pub(super) struct RestingProps {
    /// Those that [`rests`] finds.
    pub(super) given: Vec<GivenView>,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Resting(props: &RestingProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let asking = use_state(|| None::<GivenView>);
    let passphrase = use_state(String::new);
    let done = {
        let (asking, passphrase, changed) = (asking.clone(), passphrase.clone(), props.changed.clone());
        Callback::from(move |_: FamilyView| {
            asking.set(None);
            passphrase.set(String::new());
            changed.emit(());
        })
    };
    let confirm = use_act::<ConfirmPermission>(done.clone());
    let leave = use_act::<LeaveAtRest>(done);
    let close = {
        let (asking, passphrase) = (asking.clone(), passphrase.clone());
        Callback::from(move |()| {
            asking.set(None);
            passphrase.set(String::new());
        })
    };
    let onsubmit = {
        let (start, asking, passphrase) = (confirm.starter(), asking.clone(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(given) = &*asking else { return };
            start.emit(ConfirmPermission { id: given.id, passphrase: (*passphrase).clone() });
        })
    };
    let busy = confirm.busy || leave.busy;
    let list = |left: bool| {
        let of = props.given.iter().filter(move |given| given.left == left);
        html! { <ul class="entries">{ for of.map(|given| {
            let id = given.id;
            let ask = { let (asking, given) = (asking.clone(), given.clone()); Callback::from(move |_: MouseEvent| asking.set(Some(given.clone()))) };
            html! { <li key={id.to_string()} data-left={given.left.to_string()}>
                { entry(&shared, given) }
                <div class="row">
                    <button type="button" class="main" disabled={busy} onclick={ask}>{ t!(w, "resting-confirm") }</button>
                    if !left { <Busy label={t!(w, "resting-leave")} busy={leave.busy} onclick={leave.starter().reform(move |_: MouseEvent| LeaveAtRest { id })} /> }
                </div>
            </li> }
        }) }</ul> }
    };
    let waits = props.given.iter().any(|given| !given.left);
    let left = props.given.iter().any(|given| given.left);
    html! {
        <section id="resting">
            if let Some(failure) = &leave.failure { <Notice failure={failure.clone()} /> }
            if waits {
                <h3>{ t!(w, "resting-title") }</h3>
                <p>{ t!(w, "resting-hint") }</p>
                { list(false) }
            }
            if left {
                <h3>{ t!(w, "resting-left") }</h3>
                { list(true) }
            }
            if let Some(given) = &*asking {
                <Dialog title={t!(w, "resting-question", name = given.clinician.name.clone())} on_close={close.clone()}>
                    <p>{ t!(w, "resting-sentence", name = given.clinician.name.clone(), what = w.categories(&given.categories), when = shared.clock().moment(given.ends)) }</p>
                    <p>{ t!(w, "promise") }</p>
                    <form {onsubmit}>
                        { again(&shared, "resting-passphrase", &passphrase) }
                        if let Some(failure) = &confirm.failure { <Notice failure={failure.clone()} /> }
                        if confirm.busy { <WorkProgress work="confirm_permission" label={t!(w, "working")} /> }
                        <div class="row">
                            <Submit id="confirm-resting" label={t!(w, "resting-confirm")} busy={confirm.busy} disabled={passphrase.is_empty()} />
                            <button type="button" onclick={close.reform(|_: MouseEvent| ())}>{ t!(w, "resting-leave") }</button>
                        </div>
                    </form>
                </Dialog>
            }
        </section>
    }
}
