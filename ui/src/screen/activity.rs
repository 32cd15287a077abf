//! Every opening and every change of a permission, each with its proof.

use salus_wire::command::ListActivity;
use salus_wire::view::ActivityKind;
use yew::prelude::*;

use crate::part::ReplyNote;
use crate::part::{Empty, Icon, Notice, Proof, Waiting, icon, whom};
use crate::state::{use_ask, use_shared};
use crate::t;

/// The screen.
#[component]
pub fn Activity() -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let listed = use_ask(Some(ListActivity {}), shared.beats.permissions);
    html! {
        <>
            <h1>{ t!(w, "activity-title") }</h1>
            <ReplyNote />
            if let Some(failure) = &listed.failure { <Notice failure={failure.clone()} /> }
            if let Some(view) = &listed.answer {
                <p class={if view.complete { "quiet" } else { "caution" }}>
                    { icon(if view.complete { Icon::Check } else { Icon::Warning }) }
                    { match (&view.proof, view.complete) {
                        (Some(proof), true) => t!(w, "activity-complete", when = clock.moment(proof.time)),
                        _ => t!(w, "activity-incomplete"),
                    } }
                </p>
                if view.entries.is_empty() { <Empty title={t!(w, "activity-empty")} hint={t!(w, "activity-empty-hint")} /> }
                <ol class="entries timeline">{ for view.entries.iter().map(|e| {
                    let name = whom(w, &e.clinician);
                    let (picture, line) = match e.kind {
                        ActivityKind::Given => (Icon::Share, t!(w, "activity-given", name = name)),
                        ActivityKind::Opened => (Icon::Eye, t!(w, "activity-opened", name = name)),
                        ActivityKind::Stopped => (Icon::Stop, t!(w, "activity-stopped", name = name)),
                        ActivityKind::Ended => (Icon::Clock, t!(w, "activity-ended", name = name)),
                        ActivityKind::Erased => (Icon::Check, t!(w, "activity-erased", name = name)),
                    };
                    html! { <li data-kind={format!("{:?}", e.kind)}>
                        <p class="line">{ icon(picture) }<span>{ line }</span></p>
                        <p class="quiet">{ clock.moment(e.at) }</p>
                        { for e.second.iter().map(|second| html! {
                            <>
                                <p class="quiet">{ t!(w, "activity-second", member = second.attested_by.clone()) }</p>
                                if second.by_another {
                                    <p class="caution">{ icon(Icon::Warning) }{ t!(w, "activity-by-another", name = whom(w, &e.clinician)) }</p>
                                }
                            </>
                        }) }
                        { for e.on_duty.iter().map(|by| if by.known {
                            html! { <p class="quiet">{ t!(w, "activity-on-duty", group = by.group.clone()) }</p> }
                        } else {
                            html! { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "activity-on-duty-unknown", group = by.group.clone()) }</p> }
                        }) }
                        <Proof proof={e.proof.clone()} />
                    </li> }
                }) }</ol>
            } else if listed.failure.is_none() {
                <Waiting />
            }
        </>
    }
}
