//! Withdrawing the enrolment of the computers before this one, asked first: nobody enrols them again.

use salus_wire::command::WithdrawLost;
use yew::prelude::*;

use crate::part::{Busy, Dialog, Notice, WorkProgress};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct WithdrawProps {
    /// How many of them are enrolled.
    pub(super) computers: usize,
    /// Called once they are not any more.
    pub(super) done: Callback<()>,
}

#[component]
pub(super) fn Withdraw(props: &WithdrawProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let asking = use_state(|| false);
    let withdraw = {
        let (asking, done) = (asking.clone(), props.done.clone());
        use_act::<WithdrawLost>(Callback::from(move |_| {
            asking.set(false);
            done.emit(());
        }))
    };
    let open = {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| asking.set(true))
    };
    let close = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(false))
    };
    html! {
        <>
            <div class="row"><button type="button" id="withdraw-lost" class="stop" onclick={open}>{ t!(w, "lost-withdraw") }</button></div>
            if *asking {
                <Dialog title={t!(w, "lost-withdraw-title", n = props.computers)} on_close={close.clone()}>
                    <p>{ t!(w, "lost-withdraw-then") }</p>
                    <p>{ t!(w, "lost-withdraw-stays") }</p>
                    <p>{ t!(w, "lost-withdraw-for-good", n = props.computers) }</p>
                    if let Some(failure) = &withdraw.failure { <Notice failure={failure.clone()} /> }
                    if withdraw.busy { <WorkProgress work="withdraw_lost" label={t!(w, "withdraw-working")} /> }
                    <div class="row">
                        <Busy id="withdraw-lost-yes" class="danger" label={t!(w, "withdraw-yes")} busy={withdraw.busy}
                            onclick={withdraw.starter().reform(|_: MouseEvent| WithdrawLost {})} />
                        // What is being recorded is no longer kept by closing the question.
                        <button type="button" id="withdraw-lost-no" autofocus=true disabled={withdraw.busy} onclick={close.reform(|_: MouseEvent| ())}>{ t!(w, "withdraw-no") }</button>
                    </div>
                </Dialog>
            }
        </>
    }
}
