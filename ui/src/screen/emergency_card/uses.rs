//! What happened with emergency cards, and what the patient says to it.

use salus_wire::command::ReviewEmergency;
use salus_wire::view::{EmergencyAct, EmergencyReason, EmergencyUseView, EmergencyView, Verdict};
use yew::prelude::*;

use crate::part::{Busy, Icon, Notice, Proof, answers, icon, reason_words, said_of_it as said};
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
                <One key={one.id.clone()} one={one.clone()} elsewhere={view.elsewhere.contains(&one.id)} reviewed={props.reviewed.clone()} />
            }) }</ol>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct OneProps {
    one: EmergencyUseView,
    /// It was with a card of the first laptop, where something can be said to it.
    elsewhere: bool,
    reviewed: Callback<()>,
}

#[component]
fn One(props: &OneProps) -> Html {
    let shared = use_shared();
    let (w, one) = (&shared.words, &props.one);
    let review = use_act::<ReviewEmergency>(props.reviewed.reform(|_| ()));
    let (permission, id) = (one.permission, one.id.clone());
    let say = |verdict: Verdict| {
        let id = id.clone();
        review.starter().reform(move |_: MouseEvent| ReviewEmergency { permission, id: id.clone(), verdict })
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
            { for one.helpers.iter().map(|one| said(&shared, one)) }
            { match one.verdict {
                Some(Verdict::Right) => html! { <p class="strong">{ t!(w, "use-said-right") }</p> },
                Some(Verdict::Objected) => html! { <><p class="strong">{ t!(w, "use-said-object") }</p><p>{ t!(w, "use-said-where") }</p></> },
                Some(Verdict::Stopped) => html! { <><p class="strong">{ t!(w, "use-said-stop") }</p><p>{ t!(w, "use-said-where") }</p></> },
                None if props.elsewhere => html! { <p class="quiet">{ t!(w, "use-say-elsewhere") }</p> },
                None => html! {
                    <>
                        <p>{ t!(w, "use-say-hint") }</p>
                        <div class="row">
                            <Busy label={t!(w, "use-right")} busy={review.busy} onclick={say(Verdict::Right)} />
                            <Busy label={t!(w, "use-object")} busy={review.busy} onclick={say(Verdict::Objected)} />
                            <Busy class="stop" label={t!(w, "use-stop")} busy={review.busy} onclick={say(Verdict::Stopped)} />
                        </div>
                    </>
                },
            } }
            if let Some(failure) = &review.failure { <Notice failure={failure.clone()} /> }
            <Proof proof={one.proof.clone()} />
        </li>
    }
}
