//! What somebody whom I help permitted alone and lets me stop: for whom, until when, and Stop.

use salus_wire::command::StopForRelative;
use salus_wire::view::{FamilyView, HelpedView, OwnGivenView, PermissionState};
use yew::prelude::*;

use crate::part::{Notice, Proof, Question, WorkProgress, condition, state_tag};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct OwnGivenProps {
    pub(super) helped: HelpedView,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn OwnGiven(props: &OwnGivenProps) -> Html {
    let shared = use_shared();
    let (w, helped) = (&shared.words, &props.helped);
    let asking = use_state(|| None::<OwnGivenView>);
    let done = {
        let (asking, changed) = (asking.clone(), props.changed.clone());
        Callback::from(move |_: FamilyView| {
            asking.set(None);
            changed.emit(());
        })
    };
    let stop = use_act::<StopForRelative>(done);
    let circle = helped.circle;
    let close = {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(None))
    };
    let question = (*asking).as_ref().map(|given| {
        let (id, name) = (given.id, given.name.clone());
        html! {
            <Question title={t!(w, "stop-title", name = name.clone())} yes={t!(w, "stop-yes", name = name.clone())} no={t!(w, "stop-no")}
                busy={stop.busy} failure={stop.failure.clone()} on_no={close.clone()}
                on_yes={stop.starter().reform(move |()| StopForRelative { circle, id })}>
                <p>{ t!(w, "promise") }</p>
                if stop.busy { <WorkProgress work="stop_for_relative" label={t!(w, "stop-working")} /> }
            </Question>
        }
    });
    let refused = stop.failure.clone().filter(|_| asking.is_none());
    html! {
        <section data-own-given={helped.own_given.len().to_string()}>
            <h3>{ t!(w, "own-given-title", name = helped.person.clone()) }</h3>
            <p>{ t!(w, "own-given-hint", name = helped.person.clone()) }</p>
            if let Some(failure) = refused { <Notice {failure} /> }
            <ul class="entries">{ for helped.own_given.iter().map(|given| {
                let ask = {
                    let (asking, given) = (asking.clone(), given.clone());
                    Callback::from(move |_: MouseEvent| asking.set(Some(given.clone())))
                };
                html! { <li key={given.id.to_string()} data-state={format!("{:?}", given.state)}>
                    { entry(&shared, given) }
                    if may_stop(given) { <div class="row">
                        <button type="button" class="stop" onclick={ask}>{ t!(w, "permission-stop") }</button>
                    </div> }
                </li> }
            }) }</ul>
            if let Some(question) = question { { question } }
        </section>
    }
}

fn may_stop(given: &OwnGivenView) -> bool {
    matches!(given.state, PermissionState::NotYet | PermissionState::Active)
}

fn entry(shared: &Shared, given: &OwnGivenView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let named = given.organisation.chars().any(char::is_alphanumeric);
    html! {
        <>
            <div class="entry-head"><h3><bdi>{ &given.name }</bdi></h3>{ state_tag(shared, given.state) }</div>
            if named { <p class="standing"><bdi>{ &given.organisation }</bdi></p> }
            <dl class="terms">
                <dt>{ t!(w, "terms-what") }</dt><dd>{ w.categories_first(&given.categories) }</dd>
                <dt>{ t!(w, "terms-from") }</dt><dd>{ clock.moment(given.starts) }</dd>
                <dt>{ if may_stop(given) { t!(w, "terms-until") } else { t!(w, "terms-was-until") } }</dt><dd>{ clock.moment(given.ends) }</dd>
            </dl>
            { for given.condition.iter().map(|view| condition(shared, view)) }
            <p class="quiet">{ t!(w, "permission-openings", n = given.openings) }</p>
            <Proof proof={given.proof.clone()} />
        </>
    }
}
