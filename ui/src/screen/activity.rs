//! Every opening and every change of a permission, each with its proof.

use salus_wire::command::ListActivity;
use salus_wire::view::{ActivityBy, ActivityEntry, ActivityKind};
use yew::prelude::*;

use crate::part::ReplyNote;
use crate::part::{Empty, Icon, Proof, icon, unanswered, whom};
use crate::state::{use_ask, use_shared};
use crate::t;
use crate::words::Words;

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
            { unanswered(&listed) }
            if let Some(view) = &listed.answer {
                <p class={if view.complete { "quiet" } else { "caution" }}>
                    { icon(if view.complete { Icon::Check } else { Icon::Warning }) }
                    { match (&view.proof, view.complete) {
                        (Some(proof), true) => t!(w, "activity-complete", when = clock.moment(proof.time)),
                        _ => t!(w, "activity-incomplete"),
                    } }
                </p>
                if view.elsewhere { <p class="quiet">{ t!(w, "activity-elsewhere") }</p> }
                if view.entries.is_empty() { <Empty title={t!(w, "activity-empty")} hint={t!(w, "activity-empty-hint")} /> }
                <ol class="entries timeline">{ for view.entries.iter().map(|e| {
                    let (picture, line) = said(w, e);
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
            }
        </>
    }
}

/// What happened, and who did it: nobody is told that they did what somebody else did, or Salus.
fn said(w: &Words, entry: &ActivityEntry) -> (Icon, String) {
    let name = whom(w, &entry.clinician);
    match entry.kind {
        ActivityKind::Given => (Icon::Share, given(w, name, entry.by.as_ref())),
        ActivityKind::Opened => (Icon::Eye, t!(w, "activity-opened", name = name)),
        ActivityKind::Stopped => {
            let line = match &entry.by {
                Some(ActivityBy::You) => t!(w, "activity-stopped", name = name),
                Some(ActivityBy::Salus) => t!(w, "activity-stopped-salus", name = name),
                _ => t!(w, "activity-stopped-other", name = name),
            };
            (Icon::Stop, line)
        }
        ActivityKind::Ended => (Icon::Clock, t!(w, "activity-ended", name = name)),
        ActivityKind::Erased => (Icon::Check, t!(w, "activity-erased", name = name)),
    }
}

fn given(w: &Words, name: String, by: Option<&ActivityBy>) -> String {
    match by {
        Some(ActivityBy::You) => t!(w, "activity-given", name = name),
        Some(ActivityBy::OtherLaptop) => t!(w, "activity-given-laptop", name = name),
        Some(ActivityBy::Salus) => t!(w, "activity-given-salus", name = name),
        Some(ActivityBy::Helper(helper)) if !helper.is_empty() => {
            t!(w, "activity-given-helper", name = name, helper = helper.clone())
        }
        Some(ActivityBy::Helper(_) | ActivityBy::Unknown) | None => {
            t!(w, "activity-given-somebody", name = name)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use salus_wire::GrantId;
    use salus_wire::view::ProofView;

    use super::*;
    use crate::words::LANGUAGES;

    fn entry(kind: ActivityKind, by: Option<ActivityBy>) -> ActivityEntry {
        let proof = ProofView { height: "7".into(), block: String::new(), time: 0, signed_by: Vec::new() };
        let clinician = "Dr Weber".into();
        ActivityEntry {
            kind,
            by,
            at: 0,
            permission: GrantId([1; 32]),
            clinician,
            second: None,
            on_duty: None,
            proof,
        }
    }

    #[test]
    fn who_gave_and_who_stopped_is_said_as_it_was() {
        for language in LANGUAGES {
            let words = Words::of(language.tag);
            let line = |kind, by| said(&words, &entry(kind, by)).1;
            let helper = |name: &str| Some(ActivityBy::Helper(name.into()));
            let (you, salus) = (Some(ActivityBy::You), Some(ActivityBy::Salus));
            let other = || Some(ActivityBy::OtherLaptop);
            let all = [
                line(ActivityKind::Given, you.clone()),
                line(ActivityKind::Given, other()),
                line(ActivityKind::Given, salus.clone()),
                line(ActivityKind::Given, helper("Leila")),
                line(ActivityKind::Given, helper("")),
                line(ActivityKind::Opened, None),
                line(ActivityKind::Stopped, you),
                line(ActivityKind::Stopped, salus),
                line(ActivityKind::Stopped, Some(ActivityBy::Unknown)),
                line(ActivityKind::Ended, None),
                line(ActivityKind::Erased, None),
            ];
            assert!(all.iter().all(|line| line.contains("Dr Weber")), "{}: {all:?}", language.tag);
            assert!(all[3].contains("Leila"), "{}", all[3]);
            assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{}: {all:?}", language.tag);
        }
    }
}
