//! What happened with emergency cards of somebody whom I help, and whose word on it counts.

use salus_wire::command::{ReviewForRelative, SeenEmergencies};
use salus_wire::view::{
    EmergencyAct, EmergencyReason, EmergencyUseView, FamilyView, HelpedView, PowerState, Verdict,
};
use yew::prelude::*;

use crate::part::{Busy, Icon, Notice, Proof, answers, icon, reason_words, said_of_it as said};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct EmergenciesProps {
    pub(super) helped: HelpedView,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Emergencies(props: &EmergenciesProps) -> Html {
    let shared = use_shared();
    let (w, helped) = (&shared.words, &props.helped);
    let seen = use_act::<SeenEmergencies>(props.changed.reform(|_: FamilyView| ()));
    let review = use_act::<ReviewForRelative>(props.changed.reform(|_: FamilyView| ()));
    let (circle, name) = (helped.circle, helped.person.clone());
    let in_force = helped.helpers.iter().any(|helper| helper.you && helper.state == PowerState::InForce);
    let say = |one: &EmergencyUseView, verdict: Verdict| {
        let id = one.id.clone();
        review.starter().reform(move |_: MouseEvent| ReviewForRelative { circle, id: id.clone(), verdict })
    };
    html! {
        <section data-emergencies={helped.emergencies.len().to_string()}>
            <h3>{ t!(w, "helped-uses", name = name.clone()) }</h3>
            <ol class="entries timeline">{ for helped.emergencies.iter().map(|one| html! {
                <li key={one.id.clone()} data-act={format!("{:?}", one.act)}>
                    { entry(&shared, one, &name) }
                    if in_force && !one.helpers.iter().any(|said| said.you) { <div class="row">
                        <Busy label={t!(w, "use-right")} busy={review.busy} onclick={say(one, Verdict::Right)} />
                        <Busy label={t!(w, "use-object")} busy={review.busy} onclick={say(one, Verdict::Objected)} />
                        <Busy class="stop" label={t!(w, "helped-uses-stop", name = name.clone())} busy={review.busy} onclick={say(one, Verdict::Stopped)} />
                    </div> }
                </li>
            }) }</ol>
            <p>{ t!(w, "helped-uses-whose", name = name) }</p>
            if let Some(failure) = seen.failure.clone().or(review.failure.clone()) { <Notice {failure} /> }
            if helped.unseen > 0 {
                <div class="row"><Busy class="main" label={t!(w, "helped-uses-seen")} busy={seen.busy}
                    onclick={seen.starter().reform(move |_: MouseEvent| SeenEmergencies { circle })} /></div>
            }
        </section>
    }
}

fn entry(shared: &Shared, one: &EmergencyUseView, name: &str) -> Html {
    let w = &shared.words;
    let reason = reason_words(w, one.reason.unwrap_or(EmergencyReason::Other));
    let (picture, line) = match one.act {
        EmergencyAct::Announced => {
            (Icon::Warning, t!(w, "helped-announced", name = name.to_owned(), reason = reason))
        }
        EmergencyAct::Opened => (Icon::Eye, t!(w, "helped-opened", name = name.to_owned(), reason = reason)),
    };
    html! {
        <>
            <p class="line">{ icon(picture) }<span>{ line }</span></p>
            <p class="quiet">{ shared.clock().moment(one.at) }</p>
            { answers(w, one) }
            <p>{ match one.verdict {
                None => t!(w, "helped-person-nothing", name = name.to_owned()),
                Some(Verdict::Right) => t!(w, "helped-person-right", name = name.to_owned()),
                Some(Verdict::Objected) => t!(w, "helped-person-object", name = name.to_owned()),
                Some(Verdict::Stopped) => t!(w, "helped-person-stop", name = name.to_owned()),
            } }</p>
            { for one.helpers.iter().map(|one| said(shared, one)) }
            <Proof proof={one.proof.clone()} />
        </>
    }
}
