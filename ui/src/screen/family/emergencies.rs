//! What happened with emergency cards of somebody whom I help, and whose word on it counts.

use salus_wire::command::SeenEmergencies;
use salus_wire::view::{EmergencyAct, EmergencyReason, EmergencyUseView, FamilyView, HelpedView};
use yew::prelude::*;

use crate::part::{Busy, Icon, Notice, Proof, answers, icon, reason_words};
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
    let (circle, name) = (helped.circle, helped.person.clone());
    html! {
        <section data-emergencies={helped.emergencies.len().to_string()}>
            <h3>{ t!(w, "helped-uses", name = name.clone()) }</h3>
            <ol class="entries timeline">{ for helped.emergencies.iter().map(|one| html! {
                <li key={format!("{}{:?}{}", one.permission, one.act, one.at)} data-act={format!("{:?}", one.act)}>
                    { entry(&shared, one, &name) }
                </li>
            }) }</ol>
            <p>{ t!(w, "helped-uses-whose", name = name) }</p>
            if let Some(failure) = &seen.failure { <Notice failure={failure.clone()} /> }
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
            <Proof proof={one.proof.clone()} />
        </>
    }
}
