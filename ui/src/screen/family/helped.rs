//! Somebody whom I help: their name and colour, my authority and its limits, what I have to decide, who can see it now.

use salus_wire::command::{ApproveChange, LayDown, ObjectChange};
use salus_wire::view::{FamilyView, GivenView, HelpedView, HelperRole, PowerState};
use yew::prelude::*;
use yew_router::prelude::*;

use super::emergencies::Emergencies;
use super::given::GivenList;
use super::guardian::Guarding;
use super::handover::AskForIt;
use super::said::{power, power_tag, waiting, whom};
use super::springs::AskThem;
use crate::part::{Busy, Dialog, Icon, Notice, band_of, icon};
use crate::route::Route;
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct HelpingProps {
    pub(super) helped: HelpedView,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Helping(props: &HelpingProps) -> Html {
    let shared = use_shared();
    let (w, clock, helped) = (&shared.words, shared.clock(), &props.helped);
    let going = use_state(|| false);
    let done = {
        let (going, changed) = (going.clone(), props.changed.clone());
        Callback::from(move |_: FamilyView| {
            going.set(false);
            changed.emit(());
        })
    };
    let agree = use_act::<ApproveChange>(done.clone());
    let object = use_act::<ObjectChange>(done.clone());
    let lay_down = use_act::<LayDown>(done);
    let close = {
        let going = going.clone();
        Callback::from(move |()| going.set(false))
    };
    let circle = helped.circle;
    let me = helped.helpers.iter().find(|helper| helper.you);
    let (deciding, others): (Vec<GivenView>, Vec<GivenView>) =
        helped.given.iter().cloned().partition(|given| given.may_agree);
    let steward =
        me.is_some_and(|me| me.limits.role == HelperRole::Steward && me.state == PowerState::InForce);
    let to_decide = !deciding.is_empty() || helped.waiting.is_some();
    html! {
        <section data-circle={circle.to_string()}>
            <header class={format!("band band-{}", band_of(&helped.person))}>
                <h2 class="band-name"><bdi>{ &helped.person }</bdi></h2>
                if let Some(me) = me { { power_tag(&shared, me.state) } }
            </header>
            if let Some(me) = me {
                <p>{ t!(w, "family-my-authority", name = helped.person.clone()) }{ " " }{ power(&shared, me) }</p>
                if let Some(whom) = whom(&shared, me) { <p>{ whom }</p> }
                <p class="quiet">{ t!(w, "family-until", when = clock.date(me.limits.lapses)) }</p>
                if me.state == PowerState::AwaitsClinicians { <AskThem {circle} seat={me.seat} /> }
            } else if !helped.guardian {
                <p>{ t!(w, "family-no-more", name = helped.person.clone()) }</p>
            }
            if !helped.emergencies.is_empty() { <Emergencies helped={helped.clone()} changed={props.changed.clone()} /> }
            if steward {
                <div class="row">
                    <Link<Route> to={Route::Helped { circle: circle.to_string() }} classes="button main">{ t!(w, "family-read", name = helped.person.clone()) }</Link<Route>>
                    <Link<Route> to={Route::GiveFor { circle: circle.to_string() }} classes="button">{ t!(w, "family-give", name = helped.person.clone()) }</Link<Route>>
                </div>
            }
            if let Some(failure) = agree.failure.clone().or(object.failure.clone()) { <Notice {failure} /> }
            if to_decide && (me.is_some() || helped.guardian) {
                <h3 data-part="decide">{ t!(w, "family-decide") }</h3>
                if let Some(change) = &helped.waiting {
                    <p>{ waiting(&shared, change) }</p>
                    <div class="row">
                        if change.may_agree {
                            <Busy class="main" label={t!(w, "given-agree")} busy={agree.busy}
                                onclick={{ let change = change.change; agree.starter().reform(move |_: MouseEvent| ApproveChange { circle, change }) }} />
                        }
                        <Busy label={t!(w, "family-object")} busy={object.busy}
                            onclick={{ let change = change.change; object.starter().reform(move |_: MouseEvent| ObjectChange { circle, change }) }} />
                    </div>
                }
                <GivenList {circle} given={deciding} changed={props.changed.clone()} />
            }
            if helped.guardian {
                <Guarding {circle} person={helped.person.clone()} back={helped.back.clone()} changed={props.changed.clone()} />
            } else {
                <h3 data-part="seeing">{ t!(w, "family-seeing", name = helped.person.clone()) }</h3>
                if others.is_empty() { <p class="quiet">{ t!(w, "family-seeing-none") }</p> }
                <GivenList {circle} given={others} changed={props.changed.clone()} />
            }
            if let Some(at) = helped.retired {
                <p class="caution" role="status">{ icon(Icon::Warning) }{ t!(w, "family-retired-of", name = helped.person.clone(), when = clock.moment(at)) }</p>
            }
            if let Some(at) = helped.handed_over {
                <p>{ t!(w, "handover-helper", name = helped.person.clone(), when = clock.date(at)) }</p>
            }
            if me.is_some_and(|me| me.state == PowerState::InForce) {
                <AskForIt {circle} person={helped.person.clone()} others={helped.helpers.len().saturating_sub(1)} changed={props.changed.clone()} />
            }
            if me.is_some() {
                <div class="row"><button type="button" onclick={{ let going = going.clone(); Callback::from(move |_: MouseEvent| going.set(true)) }}>{ t!(w, "family-lay-down") }</button></div>
            }
            if *going {
                <Dialog title={t!(w, "family-lay-down-title", name = helped.person.clone())} on_close={close.clone()}>
                    <p>{ t!(w, "family-lay-down-sentence", name = helped.person.clone()) }</p>
                    if let Some(failure) = &lay_down.failure { <Notice failure={failure.clone()} /> }
                    <div class="row">
                        <Busy class="danger" label={t!(w, "family-lay-down-yes")} busy={lay_down.busy}
                            onclick={lay_down.starter().reform(move |_: MouseEvent| LayDown { circle })} />
                        <button type="button" autofocus=true onclick={close.reform(|_: MouseEvent| ())}>{ t!(w, "family-remove-no") }</button>
                    </div>
                </Dialog>
            }
        </section>
    }
}
