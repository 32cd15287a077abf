//! The members: who they are, how many must act together, how fresh the newest proof is, and whether this computer is enrolled
//! with them.

use salus_wire::UnixMillis;
use salus_wire::command::{Command, GetMembers, WithdrawEnrolment};
use salus_wire::view::{MembersView, Role};
use yew::prelude::*;

use crate::part::{Busy, Dialog, Icon, Notice, Proof, WorkProgress, icon, unanswered};
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;

/// The screen.
#[component]
pub fn Members() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = use_state(|| 0_u32);
    let asked = use_ask(Some(GetMembers {}), shared.beats.members.wrapping_add(*turn));
    let asking = use_state(|| false);
    let withdraw = {
        let (asking, turn) = (asking.clone(), turn.clone());
        use_act::<WithdrawEnrolment>(Callback::from(move |_| {
            asking.set(false);
            turn.set(turn.wrapping_add(1));
        }))
    };
    let close = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(false))
    };
    html! {
        <>
            <h1>{ t!(w, "members-title") }</h1>
            { unanswered(&asked) }
            if let Some(view) = &asked.answer {
                <p class="lead">{ sentence(&shared, view) }</p>
                if let Some(trouble) = &view.trouble {
                    <Notice failure={trouble.clone()} />
                } else if view.newest.is_none() {
                    // The first time, and as long as none of them was heard: nothing is wrong yet, and nothing to stop.
                    <div id="members-first"><WorkProgress work={GetMembers::NAME} label={t!(w, "members-first")} /></div>
                } else if view.out_of_date {
                    <p class="caution">{ icon(Icon::Warning) }{ t!(w, "members-out-of-date") }</p>
                } else if let Some(age) = view.age_seconds {
                    <p class="quiet">{ icon(Icon::Check) }{ t!(w, "members-fresh", n = age) }</p>
                }
                <ul class="entries">{ for view.members.iter().map(|m| {
                    let (class, picture, word) = if m.reachable { ("tag on", Icon::Check, t!(w, "member-reachable")) } else { ("tag off", Icon::Warning, t!(w, "member-silent")) };
                    html! { <li><div class="entry-head"><h2><bdi>{ &m.name }</bdi></h2><span {class}>{ icon(picture) }<span>{ word }</span></span></div></li> }
                }) }</ul>
                if let Some(proof) = &view.newest { <Proof proof={proof.clone()} /> }
                if let Some(at) = view.anchored {
                    <p class="quiet" data-anchored="true">{ icon(Icon::Check) }{ t!(w, "members-anchored", at = shared.clock().moment(at)) }</p>
                }
                { gateway(&shared, view.enrolled, view.withdrawn, &asking) }
            }
            if *asking {
                <Dialog title={t!(w, "withdraw-title")} on_close={close.clone()}>
                    <p>{ t!(w, "withdraw-from-now") }</p>
                    <p>{ t!(w, "withdraw-stays") }</p>
                    <p>{ t!(w, "withdraw-for-good") }</p>
                    if let Some(failure) = &withdraw.failure { <Notice failure={failure.clone()} /> }
                    if withdraw.busy { <WorkProgress work="withdraw_enrolment" label={t!(w, "withdraw-working")} /> }
                    <div class="row">
                        <Busy id="withdraw-yes" class="danger" label={t!(w, "withdraw-yes")} busy={withdraw.busy}
                            onclick={withdraw.starter().reform(|_: MouseEvent| WithdrawEnrolment {})} />
                        // What is being recorded is no longer kept by closing the question.
                        <button type="button" autofocus=true disabled={withdraw.busy} onclick={close.reform(|_: MouseEvent| ())}>{ t!(w, "withdraw-no") }</button>
                    </div>
                </Dialog>
            }
        </>
    }
}

/// How many act together: of a patient's own permissions, or of those that a clinician was given.
fn sentence(shared: &Shared, view: &MembersView) -> String {
    let (w, threshold, total) = (&shared.words, view.threshold, view.members.len());
    match shared.app.as_ref().and_then(|app| app.profile.as_ref()).map(|profile| profile.role) {
        Some(Role::Clinician) => t!(w, "members-sentence-clinician", threshold = threshold, total = total),
        Some(Role::Patient | Role::Family) | None => {
            t!(w, "members-sentence", threshold = threshold, total = total)
        }
    }
}

/// Whether this computer is enrolled as the gateway of its record, and the way to withdraw that.
fn gateway(
    shared: &Shared,
    enrolled: Option<UnixMillis>,
    withdrawn: Option<UnixMillis>,
    asking: &UseStateHandle<bool>,
) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let onclick = {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| asking.set(true))
    };
    let Some(enrolled) = enrolled else { return Html::default() };
    html! {
        <>
            <h2>{ t!(w, "members-computer") }</h2>
            if let Some(at) = withdrawn {
                <p class="quiet" data-gateway="withdrawn">{ icon(Icon::Stop) }{ t!(w, "members-withdrawn", date = clock.date(at)) }</p>
            } else {
                <p class="quiet" data-gateway="enrolled">{ icon(Icon::Check) }{ t!(w, "members-enrolled", date = clock.date(enrolled)) }</p>
                <div class="row"><button type="button" class="stop" id="withdraw" {onclick}>{ t!(w, "withdraw") }</button></div>
            }
        </>
    }
}
