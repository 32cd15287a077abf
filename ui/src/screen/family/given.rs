//! What helpers permitted: who can see it until when, what it waits for, and Agree, Object, Stop.

use salus_wire::CircleId;
use salus_wire::command::{DecidePermission, StopForRelative};
use salus_wire::view::{FamilyView, GivenState, GivenView, PermissionState};
use yew::prelude::*;

use super::guard::named_or;
use super::said::given_tag;
use crate::part::{Notice, Question, WorkProgress, condition, standing, terms};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

/// What is said of a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Agree,
    Object,
    Stop,
}

#[derive(Properties, PartialEq)]
pub(super) struct GivenListProps {
    pub(super) circle: CircleId,
    /// Whose readings they are.
    pub(super) person: String,
    pub(super) given: Vec<GivenView>,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn GivenList(props: &GivenListProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let asking = use_state(|| None::<(Word, GivenView)>);
    let done = {
        let (asking, changed) = (asking.clone(), props.changed.clone());
        Callback::from(move |_: FamilyView| {
            asking.set(None);
            changed.emit(());
        })
    };
    let decide = use_act::<DecidePermission>(done.clone());
    let stop = use_act::<StopForRelative>(done);
    let circle = props.circle;
    let close = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(None))
    };
    let question = (*asking).as_ref().map(|(word, given)| {
        let (id, name, person) = (given.id, given.clinician.name.clone(), props.person.clone());
        let say = |agree: bool| decide.starter().reform(move |()| DecidePermission { circle, id, agree });
        match word {
            Word::Agree => html! {
                <Question class="main" title={t!(w, "agree-title", name = name.clone())} yes={t!(w, "agree-yes", name = name.clone())} no={t!(w, "family-remove-no")}
                    busy={decide.busy} failure={decide.failure.clone()} on_yes={say(true)} on_no={close.clone()}>
                    <p>{ t!(w, "agree-sentence", name = name.clone(), person = person.clone(), what = w.categories(&given.categories), when = shared.clock().moment(given.ends)) }</p>
                    <p>{ t!(w, "word-final") }{ " " }{ t!(w, "agree-stop") }</p>
                </Question>
            },
            Word::Object => html! {
                <Question title={t!(w, "object-title", name = name.clone())} yes={t!(w, "object-yes", name = name.clone())} no={t!(w, "family-remove-no")}
                    busy={decide.busy} failure={decide.failure.clone()} on_yes={say(false)} on_no={close.clone()}>
                    <p>{ t!(w, "object-sentence", name = name.clone(), person = person.clone()) }</p>
                    <p>{ t!(w, "word-final") }</p>
                </Question>
            },
            Word::Stop => html! {
                <Question title={t!(w, "stop-title", name = name.clone())} yes={t!(w, "stop-yes", name = name.clone())} no={t!(w, "stop-no")}
                    busy={stop.busy} failure={stop.failure.clone()} on_no={close.clone()}
                    on_yes={stop.starter().reform(move |()| StopForRelative { circle, id })}>
                    <p>{ t!(w, "promise") }</p>
                    if stop.busy { <WorkProgress work="stop_for_relative" label={t!(w, "stop-working")} /> }
                </Question>
            },
        }
    });
    // What is refused after its question was closed is said all the same.
    let refused = decide.failure.clone().or(stop.failure.clone()).filter(|_| asking.is_none());
    html! {
        <>
            if let Some(failure) = refused { <Notice {failure} /> }
            <ul class="entries">{ for props.given.iter().map(|given| {
                let ask = |word: Word| {
                    let (asking, given) = (asking.clone(), given.clone());
                    Callback::from(move |_: MouseEvent| asking.set(Some((word, given.clone()))))
                };
                html! { <li key={given.id.to_string()} data-state={format!("{:?}", given.state)}>
                    { entry(&shared, given) }
                    if given.may_agree || given.may_stop || given.may_object { <div class="row">
                        if given.may_agree { <button type="button" class="main" onclick={ask(Word::Agree)}>{ t!(w, "given-agree") }</button> }
                        if given.may_object { <button type="button" onclick={ask(Word::Object)}>{ t!(w, "given-object") }</button> }
                        if given.may_stop { <button type="button" class="stop" onclick={ask(Word::Stop)}>{ t!(w, "permission-stop") }</button> }
                    </div> }
                </li> }
            }) }</ul>
            if let Some(question) = question { { question } }
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
