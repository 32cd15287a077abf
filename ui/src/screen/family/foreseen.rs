//! What a clinician will see of somebody whom I help, before anything is given: who they are as proven, what their screen makes of the
//! readings as they are now, and the pictures. All of it is made by the application, with the functions of that screen.

use salus_wire::command::ForeseeForRelative;
use salus_wire::view::ForeseenView;
use salus_wire::{Category, CircleId, ErrorCode, UnixMillis};
use yew::prelude::*;

use crate::part::{
    Busy, LeaveOpening, Notice, Outcome, SeenBy, WorkProgress, first_look, foreseen_glance, standing,
};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct ForeseenProps {
    pub(super) circle: CircleId,
    /// Whose readings they are.
    pub(super) person: String,
    /// The clinician's code.
    pub(super) code: String,
    /// What is to be permitted. Another code or another choice is another preview: give it another key.
    pub(super) categories: Vec<Category>,
    /// Since when.
    pub(super) from: UnixMillis,
}

#[component]
pub(super) fn Foreseen(props: &ForeseenProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let seen = use_state(|| None::<ForeseenView>);
    let look = {
        let seen = seen.clone();
        use_act::<ForeseeForRelative>(Callback::from(move |view: ForeseenView| seen.set(Some(view))))
    };
    let onclick = {
        let start = look.starter();
        let (circle, data_from) = (props.circle, props.from);
        let (code, categories) = (props.code.trim().to_owned(), props.categories.clone());
        Callback::from(move |_: MouseEvent| {
            let (code, categories) = (code.clone(), categories.clone());
            start.emit(ForeseeForRelative { circle, code, categories, data_from });
        })
    };
    let said = (*seen).as_ref().map(|view| t!(w, "preview-title", name = view.clinician.name.clone()));
    html! {
        <section class="foreseen">
            if let Some(failure) = look.failure.clone() {
                if failure.code == ErrorCode::Cancelled {
                    <p role="status">{ t!(w, "family-reading-stopped") }</p>
                } else {
                    <Notice {failure} />
                }
            }
            if look.busy { <WorkProgress work="foresee_for_relative" label={t!(w, "family-reading-working")} /><LeaveOpening /> }
            if seen.is_none() { <div class="row"><Busy id="foresee" label={t!(w, "family-give-preview")} busy={look.busy} {onclick} /></div> }
            <Outcome {said} />
            if let Some(view) = &*seen { { shown(&shared, view, props) } }
        </section>
    }
}

/// Who will see it, then their screen behind one press.
fn shown(shared: &Shared, view: &ForeseenView, props: &ForeseenProps) -> Html {
    let w = &shared.words;
    let (name, person) = (view.clinician.name.clone(), props.person.clone());
    // As of when it was looked at, whatever the clock says since.
    let span = shared.clock().span(props.from, view.minute.glimpse.opened);
    html! {
        <>
            { standing(shared, &view.clinician) }
            <p>{ t!(w, "family-give-preview-hint", name = name.clone(), person = person.clone()) }</p>
            <SeenBy name={name.clone()} records={view.records.clone()} span={t!(w, "span-of", span = span)}><>
                { first_look(shared, &view.minute.glimpse) }
                { foreseen_glance(shared, &view.minute, &props.categories, &name, Some(&person)) }
            </></SeenBy>
        </>
    }
}
