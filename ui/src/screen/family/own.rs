//! Who helps me: each helper and their limits, what waits, and undoing.

use salus_wire::command::{ObjectChange, RemoveDelegate};
use salus_wire::view::{CircleView, FamilyView, GivenView, HelperRole, HelperView, PowerState};
use yew::prelude::*;

use super::add::Add;
use super::before::Before;
use super::handover::HandingOver;
use super::less::Less;
use super::lets::Lets;
use super::resting::{Resting, rests};
use super::review::Review;
use super::said::{power, power_tag, waiting, whom};
use super::springs::AskThem;
use crate::part::{Busy, Icon, Notice, Question, icon};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct OwnProps {
    pub(super) own: Option<CircleView>,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Own(props: &OwnProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let going = use_state(|| None::<HelperView>);
    let done = {
        let (going, changed) = (going.clone(), props.changed.clone());
        Callback::from(move |_: FamilyView| {
            going.set(None);
            changed.emit(());
        })
    };
    let remove = use_act::<RemoveDelegate>(done.clone());
    let object = use_act::<ObjectChange>(done);
    let close = {
        let going = going.clone();
        Callback::from(move |()| going.set(None))
    };
    let given = props.own.as_ref().map(|own| own.given.clone()).unwrap_or_default();
    let resting: Vec<GivenView> = given.into_iter().filter(rests).collect();
    let handed_over = props.own.as_ref().and_then(|own| own.handed_over);
    let person =
        shared.app.as_ref().and_then(|app| app.profile.as_ref()).map(|p| p.name.clone()).unwrap_or_default();
    let helpers = props.own.as_ref().map(|own| own.helpers.clone()).unwrap_or_default();
    html! {
        <section>
            <h2>{ t!(w, "family-own-title") }</h2>
            if helpers.is_empty() { <p>{ t!(w, "family-own-none") }</p> }
            if let Some(at) = props.own.as_ref().and_then(|own| own.given_back.filter(|_| own.handed_over.is_none())) { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "family-given-back", when = clock.date(at)) }</p> }
            if let Some(at) = props.own.as_ref().and_then(|own| own.retired.filter(|_| own.speaks)) { <p>{ t!(w, "family-retired", when = clock.moment(at)) }</p> }
            if let Some(own) = props.own.as_ref() { { new_keys(&shared, own) } }
            if !helpers.is_empty() { <ul class="entries">{ for helpers.iter().map(|helper| {
                let seat = helper.seat;
                let ask = { let (going, helper) = (going.clone(), helper.clone()); Callback::from(move |_: MouseEvent| going.set(Some(helper.clone()))) };
                html! { <li key={seat.to_string()} data-state={format!("{:?}", helper.state)}>
                    <div class="entry-head"><h3><bdi>{ &helper.name }</bdi></h3>{ power_tag(&shared, helper.state) }</div>
                    <p>{ power(&shared, helper) }</p>
                    if let Some(whom) = whom(&shared, helper) { <p>{ whom }</p> }
                    <p class="quiet">{ t!(w, "family-until", when = clock.date(helper.limits.lapses)) }
                        if let Some(at) = helper.limits.review { { " · " }{ t!(w, "family-review-by", when = clock.date(at)) } }
                        if helper.paper { { " · " }{ t!(w, "family-paper-named") } }
                    </p>
                    if helper.state == PowerState::AwaitsClinicians {
                        if let Some(circle) = props.own.as_ref().map(|own| own.circle) { <AskThem {circle} {seat} /> }
                    }
                    <div class="row">
                        if helper.state == PowerState::AwaitsReview {
                            <Review helper={helper.clone()} changed={props.changed.clone()} />
                        }
                        if handed_over.is_none() && reads(helper) { <Less helper={helper.clone()} changed={props.changed.clone()} /> }
                        if handed_over.is_none() { <button type="button" class="stop" onclick={ask}>{ t!(w, "family-remove") }</button> }
                    </div>
                </li> }
            }) }</ul> }
            if let Some(own) = props.own.as_ref().filter(|own| own.speaks && own.handed_over.is_none() && !own.helpers.is_empty()) {
                <Lets on={own.lets_stop} changed={props.changed.clone()} />
            }
            if let Some(failure) = object.failure.clone() { <Notice {failure} /> }
            if let Some((own, change)) = props.own.as_ref().and_then(|own| Some((own, own.waiting.as_ref()?))) {
                <h3>{ t!(w, "family-waits") }</h3>
                <p>{ waiting(&shared, change) }</p>
                if change.own_objection_counts(own.retired) {
                    <div class="row"><Busy label={t!(w, "family-object")} busy={object.busy}
                        onclick={{ let (circle, change) = (own.circle, change.change); object.starter().reform(move |_: MouseEvent| ObjectChange { circle, change }) }} /></div>
                } else {
                    <p>{ t!(w, "note-recovery-young") }</p>
                }
            }
            if !resting.is_empty() { <Resting given={resting} changed={props.changed.clone()} /> }
            if let Some(own) = props.own.as_ref().filter(|own| own.given_back.is_some() && !own.before.is_empty()) { <Before before={own.before.clone()} /> }
            if let Some(own) = props.own.as_ref().filter(|own| hands_over(own)) {
                <HandingOver own={own.clone()} name={person.clone()} changed={props.changed.clone()} />
            }
            if let Some(at) = handed_over { <p class="quiet">{ t!(w, "handover-new-circle", when = clock.date(at)) }</p> }
            if handed_over.is_none() { <Add first={props.own.is_none()} waits={props.own.as_ref().is_some_and(|own| own.waiting.is_some())} changed={props.changed.clone()} /> }
            if let Some(helper) = &*going {
                <Question title={t!(w, "family-remove-title", name = helper.name.clone())} yes={t!(w, "family-remove-yes", name = helper.name.clone())}
                    no={t!(w, "family-remove-no")} busy={remove.busy} failure={remove.failure.clone()} on_no={close}
                    on_yes={{ let seat = helper.seat; remove.starter().reform(move |()| RemoveDelegate { seat }) }}>
                    <p>{ t!(w, "family-remove-sentence", name = helper.name.clone()) }</p>
                    if helper.keys_until.is_some() { <p>{ t!(w, "family-remove-keys", name = helper.name.clone()) }</p> }
                </Question>
            }
        </section>
    }
}

/// Since when those who help no longer cannot read what is measured; and who of them still can.
fn new_keys(shared: &Shared, own: &CircleView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    html! {
        <div id="family-new-keys" role="status" class="told">
            { for own.still_hold.iter().map(|holder| html! {
                <p class="caution">{ icon(Icon::Warning) }{ t!(w, "family-still-hold", name = holder.name.clone(), when = clock.date(holder.ends)) }</p>
            }) }
            if let Some(renewal) = &own.new_keys { <p>{
                if renewal.categories.is_empty() {
                    t!(w, "family-new-keys", when = clock.moment(renewal.at), names = w.list(&renewal.names))
                } else {
                    t!(w, "family-new-keys-less", when = clock.moment(renewal.at), names = w.list(&renewal.names), what = w.categories(&renewal.categories))
                }
            }</p> }
        </div>
    }
}

/// Whether a helper reads something that can be taken away.
fn reads(helper: &HelperView) -> bool {
    helper.limits.role == HelperRole::Steward && !helper.limits.categories.is_empty()
}

/// Whether this record can hand over, or did.
fn hands_over(own: &CircleView) -> bool {
    own.handing.is_some() || (own.made_here && !own.helpers.is_empty())
}
