//! What happened with emergency cards, and what the patient says to it.

use salus_wire::command::ReviewEmergency;
use salus_wire::view::{EmergencyAct, EmergencyReason, EmergencyUseView, EmergencyView, Verdict};
use yew::prelude::*;

use crate::part::{Busy, Icon, Notice, Proof, answers, icon, reason_words};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct UsesProps {
    pub(super) view: EmergencyView,
    pub(super) reviewed: Callback<()>,
}

#[component]
pub(super) fn Uses(props: &UsesProps) -> Html {
    let shared = use_shared();
    let (w, view) = (&shared.words, &props.view);
    html! {
        <>
            <h2>{ t!(w, "uses-title") }</h2>
            if !view.complete { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "uses-incomplete") }</p> }
            if view.complete && view.uses.is_empty() { <p class="quiet">{ t!(w, "uses-none") }</p> }
            <ol class="entries timeline">{ for view.uses.iter().map(|one| html! {
                <One key={format!("{}{:?}{}", one.permission, one.act, one.at)} one={one.clone()} reviewed={props.reviewed.clone()} />
            }) }</ol>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    one: EmergencyUseView,
    reviewed: Callback<()>,
}

#[component]
fn One(props: &OneProps) -> Html {
    let shared = use_shared();
    let (w, one) = (&shared.words, &props.one);
    let review = use_act::<ReviewEmergency>(props.reviewed.reform(|_| ()));
    let (permission, act, at) = (one.permission, one.act, one.at);
    let say = |verdict: Verdict| {
        review.starter().reform(move |_: MouseEvent| ReviewEmergency { permission, act, at, verdict })
    };
    let reason = reason_words(w, one.reason.unwrap_or(EmergencyReason::Other));
    let (picture, line) = match one.act {
        EmergencyAct::Announced => (Icon::Warning, t!(w, "use-announced", reason = reason)),
        EmergencyAct::Opened => (Icon::Eye, t!(w, "use-opened", reason = reason)),
    };
    html! {
        <li data-act={format!("{:?}", one.act)}>
            <p class="line">{ icon(picture) }<span>{ line }</span></p>
            <p class="quiet">{ shared.clock().moment(one.at) }</p>
            { answers(w, one) }
            { match one.verdict {
                Some(Verdict::Right) => html! { <p class="strong">{ t!(w, "use-said-right") }</p> },
                Some(Verdict::Objected) => html! { <><p class="strong">{ t!(w, "use-said-object") }</p><p>{ t!(w, "use-said-where") }</p></> },
                None => Html::default(),
            } }
            if let Some(failure) = &review.failure { <Notice failure={failure.clone()} /> }
            <div class="row">
                <Busy label={t!(w, "use-right")} busy={review.busy} onclick={say(Verdict::Right)} />
                <Busy class="stop" label={t!(w, "use-object")} busy={review.busy} onclick={say(Verdict::Objected)} />
            </div>
            <Proof proof={one.proof.clone()} />
        </li>
    }
}
