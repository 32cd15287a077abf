//! What helpers permitted: who can see it until when, what it waits for, and Agree, Object, Stop.

use salus_wire::CircleId;
use salus_wire::command::{DecidePermission, StopForRelative};
use salus_wire::view::{FamilyView, GivenState, GivenView, PermissionState};
use yew::prelude::*;

use super::guard::named_or;
use super::said::given_tag;
use crate::part::{Busy, Dialog, Notice, WorkProgress, condition, standing, terms};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct GivenListProps {
    pub(super) circle: CircleId,
    pub(super) given: Vec<GivenView>,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn GivenList(props: &GivenListProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let stopping = use_state(|| None::<GivenView>);
    let done = {
        let (stopping, changed) = (stopping.clone(), props.changed.clone());
        Callback::from(move |_: FamilyView| {
            stopping.set(None);
            changed.emit(());
        })
    };
    let decide = use_act::<DecidePermission>(done.clone());
    let stop = use_act::<StopForRelative>(done);
    let (circle, busy) = (props.circle, decide.busy || stop.busy);
    let close = {
        let stopping = stopping.clone();
        Callback::from(move |()| stopping.set(None))
    };
    html! {
        <>
            if let Some(failure) = &decide.failure { <Notice failure={failure.clone()} /> }
            <ul class="entries">{ for props.given.iter().map(|given| {
                let id = given.id;
                let say = |agree: bool| decide.starter().reform(move |_: MouseEvent| DecidePermission { circle, id, agree });
                let ask = { let (stopping, given) = (stopping.clone(), given.clone()); Callback::from(move |_: MouseEvent| stopping.set(Some(given.clone()))) };
                html! { <li key={id.to_string()} data-state={format!("{:?}", given.state)}>
                    { entry(&shared, given) }
                    if given.may_agree || given.may_stop || given.may_object { <div class="row">
                        if given.may_agree { <Busy class="main" label={t!(w, "given-agree")} {busy} onclick={say(true)} /> }
                        if given.may_object { <Busy label={t!(w, "given-object")} {busy} onclick={say(false)} /> }
                        if given.may_stop { <button type="button" class="stop" disabled={busy} onclick={ask}>{ t!(w, "permission-stop") }</button> }
                    </div> }
                </li> }
            }) }</ul>
            if let Some(given) = &*stopping {
                <Dialog title={t!(w, "stop-title", name = given.clinician.name.clone())} on_close={close.clone()}>
                    <p>{ t!(w, "promise") }</p>
                    if let Some(failure) = &stop.failure { <Notice failure={failure.clone()} /> }
                    if stop.busy { <WorkProgress work="stop_for_relative" label={t!(w, "stop-working")} /> }
                    <div class="row">
                        <Busy class="danger" label={t!(w, "stop-yes", name = given.clinician.name.clone())} busy={stop.busy}
                            onclick={{ let id = given.id; stop.starter().reform(move |_: MouseEvent| StopForRelative { circle, id }) }} />
                        <button type="button" autofocus=true onclick={close.reform(|_: MouseEvent| ())}>{ t!(w, "stop-no") }</button>
                    </div>
                </Dialog>
            }
        </>
    }
}

/// Whose objection counts, where that of the one who looks does not.
fn whose_objection(given: &GivenView) -> Option<&str> {
    let waits = matches!(given.state, GivenState::AwaitsOthers | GivenState::AwaitsTime);
    given.objector.as_deref().filter(|_| waits && !given.may_object)
}

/// A permission, in lines.
pub(super) fn entry(shared: &Shared, given: &GivenView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let by = if given.by.is_empty() { t!(w, "family-somebody") } else { given.by.clone() };
    let state = match given.state {
        GivenState::Ended => PermissionState::Ended,
        GivenState::Objected | GivenState::Stopped => PermissionState::Stopped,
        _ => PermissionState::Active,
    };
    html! {
        <>
            <div class="entry-head"><h3><bdi>{ &given.clinician.name }</bdi></h3>{ given_tag(shared, given.state) }</div>
            { standing(shared, &given.clinician) }
            <p class="quiet">{ t!(w, "given-by", name = by) }</p>
            { terms(shared, &given.categories, (given.data_from, given.data_to), (given.starts, given.ends), state) }
            { for given.condition.iter().map(|view| condition(shared, view)) }
            if given.state == GivenState::AwaitsOthers {
                <p>{ t!(w, "given-needs", n = u32::from(given.needs.saturating_sub(given.agreed))) }</p>
            }
            if let (GivenState::AwaitsTime, Some(ready)) = (given.state, given.ready) {
                <p>{ t!(w, "given-ready", when = clock.moment(ready)) }</p>
            }
            if let Some(name) = whose_objection(given) {
                <p class="quiet">{ t!(w, "given-objector", name = named_or(shared, name)) }</p>
            }
            if given.state == GivenState::Rests {
                <p>{ if given.by.is_empty() { t!(w, "given-rests-why") } else { t!(w, "given-rests-handed") } }</p>
            }
            <p class="quiet">{ t!(w, "permission-openings", n = u32::try_from(given.opened.len()).unwrap_or(u32::MAX)) }
                if let Some(last) = given.opened.first() { { " · " }{ t!(w, "given-opened-last", when = clock.moment(*last)) } }
            </p>
        </>
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::GrantId;
    use salus_wire::view::ClinicianView;

    use super::*;

    #[test]
    fn whose_objection_counts_is_told_to_whom_it_is_not_and_only_while_it_matters() {
        let none = String::new;
        let clinician = ClinicianView {
            name: none(),
            organisation: none(),
            attested_by: none(),
            proven_at_height: none(),
            asks: None,
            on_duty: false,
        };
        let given = GivenView {
            id: GrantId([1; 32]),
            clinician,
            categories: Vec::new(),
            data_from: 0,
            data_to: 0,
            starts: 0,
            ends: 0,
            condition: None,
            by: none(),
            state: GivenState::AwaitsTime,
            agreed: 1,
            needs: 1,
            ready: Some(1),
            may_agree: false,
            may_stop: true,
            may_object: false,
            objector: Some("Karim".into()),
            opened: Vec::new(),
            left: false,
        };
        assert_eq!(whose_objection(&given), Some("Karim"));
        assert_eq!(whose_objection(&GivenView { may_object: true, ..given.clone() }), None);
        assert_eq!(whose_objection(&GivenView { objector: None, ..given.clone() }), None);
        assert_eq!(whose_objection(&GivenView { state: GivenState::Active, ..given }), None);
    }
}
