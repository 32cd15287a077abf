//! A child comes of age: this record hands the say over to a computer of theirs, or a helper asks for it.

use salus_wire::CircleId;
use salus_wire::command::{AskHandover, HandOver};
use salus_wire::view::{CircleView, FamilyView, GivenState, GivenView, HandingView};
use yew::prelude::*;

use super::before;
use super::read::{ReadCode, What, again, compare, use_request};
use crate::format::DAY;
use crate::part::{Icon, Notice, Submit, WorkProgress, icon};
use crate::state::{Shared, use_act, use_shared};
use crate::t;
use crate::words::Words;

/// The new key speaks so many days after the handover.
const WAIT: i64 = 3 * DAY;

#[derive(Properties, PartialEq)]
pub(super) struct HandingOverProps {
    pub(super) own: CircleView,
    /// Whose record this is.
    pub(super) name: String,
    pub(super) changed: Callback<()>,
}

/// On the computer that holds the child's record.
#[component]
pub(super) fn HandingOver(props: &HandingOverProps) -> Html {
    let shared = use_shared();
    let (w, clock, own) = (&shared.words, shared.clock(), &props.own);
    let read = use_request();
    let hand = {
        let (read, changed) = (read.clone(), props.changed.clone());
        use_act::<HandOver>(Callback::from(move |_: FamilyView| {
            read.forget();
            changed.emit(());
        }))
    };
    let onsubmit = {
        let (start, read) = (hand.starter(), read.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some((request, passphrase)) = read.said() else { return };
            start.emit(HandOver { request, passphrase });
        })
    };
    let name = props.name.clone();
    let waits = own.waiting.is_some() && own.handing.is_none();
    html! {
        <section id="handover">
            if let Some(handing) = &own.handing { { standing(&shared, handing, own.handed_over) } }
            if own.handed_over.is_some() { { before::done(&shared, &own.before, &name) } } else { { before::cut_off(&shared, &own.before) } }
            // Asked for and not objected to: nothing more is to be done here.
            if own.speaks && own.handing.as_ref().is_none_or(|handing| handing.effective.is_none()) {
                <details>
                    <summary>{ t!(w, "handover-more") }</summary>
                    { child_only(w, t!(w, "handover-title", name = name.clone())) }
                    <ReadCode key={read.turn.to_string()} id="handover-request" file="handover-file" what={What::Request} on_read={read.on_read()}>
                        <p>{ t!(w, "handover-hint", name = name.clone()) }</p>
                        if waits { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "family-add-replaces") }</p> }
                    </ReadCode>
                    if let Some((_, view)) = &*read.who {
                        <form {onsubmit}>
                            <p>{ t!(w, "guard-calls", name = view.name.clone()) }</p>
                            { compare(&shared, &name, &view.digits, &read.same) }
                            <dl class="terms">
                                <dt>{ t!(w, "handover-first") }</dt>
                                <dd>{ before::first(&shared, &own.before, &name) }</dd>
                                <dt>{ t!(w, "handover-today") }</dt>
                                <dd>{ clock.date(clock.now) }{ ": " }{ t!(w, "handover-freezes") }</dd>
                                <dt>{ t!(w, "handover-then") }</dt>
                                <dd>{ clock.moment(clock.now + WAIT) }{ ": " }{ t!(w, "handover-speaks", name = view.name.clone()) }</dd>
                                <dt>{ t!(w, "handover-confirms", name = view.name.clone()) }</dt>
                                <dd>{ freezing(&shared, &own.given) }</dd>
                                <dt>{ t!(w, "handover-stays") }</dt>
                                <dd>{ t!(w, "handover-stays-what") }</dd>
                            </dl>
                            <p class="caution">{ icon(Icon::Warning) }{ t!(w, "handover-final") }</p>
                            { again(&shared, "handover-passphrase", &read.passphrase) }
                            if let Some(failure) = &hand.failure { <Notice failure={failure.clone()} /> }
                            if hand.failure.is_some() && own.handed_over.is_none() { <p>{ t!(w, "handover-not-yet") }</p> }
                            if hand.busy { <WorkProgress work="hand_over" label={t!(w, "working")} /> }
                            <div class="row"><Submit id="hand-over" label={t!(w, "handover-yes", name = name.clone())} busy={hand.busy} disabled={read.lacks()} /></div>
                        </form>
                    }
                </details>
            }
        </section>
    }
}

/// What this is, and for whom: nothing that Salus knows of a person tells a child from an elder whom others help.
fn child_only(w: &Words, what: String) -> Html {
    html! { <div class="stack"><p class="strong">{ what }</p><p class="quiet">{ t!(w, "handover-child") }</p></div> }
}

/// What is at rest from then on: for whom, and until when.
fn freezing(shared: &Shared, given: &[GivenView]) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let over = |given: &&GivenView| {
        matches!(given.state, GivenState::Objected | GivenState::Stopped | GivenState::Ended)
    };
    let all: Vec<&GivenView> = given.iter().filter(|given| !over(given)).collect();
    if all.is_empty() {
        return html! { { t!(w, "handover-nothing") } };
    }
    html! { <ul>{ for all.into_iter().map(|given| html! {
        <li key={given.id.to_string()}><bdi>{ &given.clinician.name }</bdi>{ ": " }{ w.categories(&given.categories) }{ " · " }{ t!(w, "family-until", when = clock.date(given.ends)) }</li>
    }) }</ul> }
}

/// How far it is.
fn standing(shared: &Shared, handing: &HandingView, at: Option<i64>) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let name = handing.name.clone();
    html! {
        <>
            if let Some(at) = at { <h3>{ t!(w, "handover-was", when = clock.date(at)) }</h3> }
            if let Some(at) = handing.effective { <p>{ t!(w, "handover-waits", name = name.clone(), when = clock.moment(at)) }</p> }
            if handing.effective.is_none() && handing.digits.is_none() { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "handover-objected", name = name.clone()) }</p> }
            if let Some(digits) = &handing.digits {
                <p>{ t!(w, "handover-digits", name = name.clone()) }</p>
                <p class="lead strong" id="handover-digits"><bdi dir="ltr">{ digits.clone() }</bdi></p>
                if !handing.sent { <p class="quiet">{ t!(w, "handover-sending") }</p> }
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct AskForItProps {
    pub(super) circle: CircleId,
    pub(super) person: String,
    /// How many help besides the one who looks.
    pub(super) others: usize,
    pub(super) changed: Callback<()>,
}

/// On a helper's computer.
#[component]
pub(super) fn AskForIt(props: &AskForItProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let passphrase = use_state(String::new);
    let ask = {
        let (passphrase, changed) = (passphrase.clone(), props.changed.clone());
        use_act::<AskHandover>(Callback::from(move |_: FamilyView| {
            passphrase.set(String::new());
            changed.emit(());
        }))
    };
    let onsubmit = {
        let (start, passphrase, circle) = (ask.starter(), passphrase.clone(), props.circle);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(AskHandover { circle, passphrase: (*passphrase).clone() });
        })
    };
    let name = props.person.clone();
    html! {
        <details>
            <summary>{ t!(w, "handover-more") }</summary>
            { child_only(w, t!(w, "handover-ask", name = name.clone())) }
            <form {onsubmit}>
                <p>{ t!(w, "handover-ask-hint", name = name.clone()) }</p>
                <p>{ t!(w, "handover-ask-then", name = name.clone()) }</p>
                if props.others == 0 { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "handover-ask-alone") }</p> }
                { again(&shared, "ask-handover-passphrase", &passphrase) }
                if let Some(failure) = &ask.failure { <Notice failure={failure.clone()} /> }
                if ask.busy { <WorkProgress work="ask_handover" label={t!(w, "working")} /> }
                <div class="row"><Submit id="ask-handover" label={t!(w, "handover-ask-yes")} busy={ask.busy} disabled={passphrase.is_empty() || props.others == 0} /></div>
            </form>
        </details>
    }
}
